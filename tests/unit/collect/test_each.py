import pytest
from botocore.exceptions import ClientError

from console.collect.base import Missed
from console.collect.each import ask_unless, each, each_of
from unit.collect.answering import of_json
from unit.collect.test_sessions import CALLER


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "GetThing")


def reading(**refusals: str):
    def read(key: str):
        if key in refusals:
            raise refused(refusals[key])
        return {"id": key} if key != "nothing" else None

    return read


def test_each_thing_is_read_once_and_one_that_is_refused_is_missed() -> None:
    found = list(each(["a", "b", "a", "nothing", "c"], reading(b="AccessDenied")))
    assert [found[0], found[2]] == [{"id": "a"}, {"id": "c"}]
    (missed,) = [one for one in found if isinstance(one, Missed)]
    assert missed.key == "b"


@pytest.mark.parametrize("code", ["Throttling", "ExpiredToken", "OptInRequired"])
def test_what_concerns_all_things_ends_the_step(code: str) -> None:
    with pytest.raises(ClientError):
        list(each(["a", "b"], reading(b=code)))


def test_a_list_that_breaks_off_leaves_what_came_and_a_thing_missed() -> None:
    def read(key: str):
        yield {"id": f"{key}1"}
        if key == "b":
            raise refused("AccessDenied")
        yield {"id": f"{key}2"}

    found = list(each_of(["a", "b", "a", "c"], read))
    assert [one.key if isinstance(one, Missed) else one["id"] for one in found] == [
        *("a1", "a2"),
        *("b1", "b"),
        *("c1", "c2"),
    ]


def test_a_bug_is_not_a_missed_thing() -> None:
    def read(_: str):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(each(["a"], read))


def test_an_error_that_says_there_is_none_is_an_answer_and_no_other_is(aws) -> None:
    no_such = of_json({"message": "none"}, 404, **{"x-amzn-ErrorType": "ResourceNotFoundException"})
    denied = of_json({"message": "no"}, 403, **{"x-amzn-ErrorType": "AccessDeniedException"})
    sessions, _ = aws(CALLER, no_such, denied)
    client = sessions.client("bedrock", "eu-west-2")
    with sessions.acting_as(sessions.caller()):
        absent = ("ResourceNotFoundException",)
        asked = {"guardrailIdentifier": "g"}
        assert ask_unless(client, "get_guardrail", absent, **asked) is None
        with pytest.raises(ClientError, match="AccessDenied"):
            ask_unless(client, "get_guardrail", absent, **asked)
