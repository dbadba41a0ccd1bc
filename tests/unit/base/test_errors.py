import pytest

from console.base.errors import ConsoleError


def test_an_error_without_a_remedy_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="remedy"):
        type("MuteError", (ConsoleError,), {"code": "X-001"})


def test_an_error_without_a_code_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="code"):
        type("AnonymousError", (ConsoleError,), {"remedy": "Do it."})


def test_an_instance_may_be_more_exact_than_its_class() -> None:
    class BusyError(ConsoleError):
        code = "X-002"
        remedy = "Wait."

    assert BusyError("busy").remedy == "Wait."
    assert BusyError("busy", remedy="Close the other window.").remedy == "Close the other window."
    assert BusyError.remedy == "Wait."
