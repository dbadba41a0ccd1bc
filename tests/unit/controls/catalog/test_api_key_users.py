from dataclasses import replace
from typing import Any

from console.controls.catalog.api_key_users import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.people import USER, user

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
NAME = "BedrockAPIKey-abcd"
KIND = "iam.access_key"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def key(name: Any = NAME, **more: Any) -> Any:
    return fact(KIND, "AKIA1", {"UserName": name} | more, HERE, 6)


def judged(*known: Any, missing: Any = ()) -> dict[str, Any]:
    found = ask(CONTROL, known, missing, empty=CONTROL.reads, scope=HERE)
    return {each.subject: (each.verdict, each.evidence) for each in found}


def test_an_access_key_beside_the_bedrock_key_fails() -> None:
    assert judged(user(name=NAME), key(Status="Inactive")) == {USER: (FAIL, (1, 6))}
    assert judged(user(name=NAME), key()) == {USER: (FAIL, (1, 6))}


def test_without_one_it_passes() -> None:
    assert judged(user(name=NAME), key("somebody")) == {USER: (PASS, (1,))}


def test_a_key_that_could_not_be_seen_may_be_its() -> None:
    for lost in (NAME, "AKIA2"):
        missed = replace(gap(KIND, HERE, sequence=8), key=lost)
        found = judged(user(name=NAME), missing=[missed])
        assert found == {USER: (UNKNOWN, (1, 8)), lost: (UNKNOWN, (8,))}


def test_other_users_may_have_keys() -> None:
    ((verdict, _),) = judged(user(), key("u")).values()
    assert verdict is NOT
