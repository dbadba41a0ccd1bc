import io

import pytest

from console.base.settings import AwsSettings
from console.services.child import read_event, sign_in_call
from console.services.job import BadJobError, read_sign_in, sign_in_line
from console.services.sign_in import REFUSED, serve_sign_in
from unit.collect.conftest import NOW

SETTINGS = AwsSettings(profile="audit", use_fips=True, attempts=2)


def test_settings_survive_their_line() -> None:
    assert read_sign_in(sign_in_line(SETTINGS)) == SETTINGS
    assert "\n" not in sign_in_line(SETTINGS)


@pytest.mark.parametrize("line", ["", "nonsense", "[]", "1"])
def test_what_is_no_sign_in_is_refused(line: str) -> None:
    with pytest.raises(BadJobError):
        read_sign_in(line)
    out = io.StringIO()
    assert serve_sign_in(io.StringIO(line), out, lambda: NOW) == REFUSED
    assert read_event(out.getvalue())["code"] == "SVC-002"


def test_the_child_that_signs_in_is_this_program_and_shows_no_secret() -> None:
    call = sign_in_call(SETTINGS, {"AWS_SECRET_ACCESS_KEY": "hidden"})
    assert call.arguments[-2:] == ("sign-in", "--worker")
    assert "hidden" not in repr(call)
