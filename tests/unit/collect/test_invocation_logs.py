from datetime import date

import pytest

from console.collect.answers import BadAnswerError
from console.collect.base import MalformedAnswerError
from console.collect.invocation_logs import (
    LogObject,
    list_objects,
    prefix_of,
    read_events,
    read_object,
)
from unit.collect.answering import Answer
from unit.collect.test_sessions import CALLER

PREFIX = prefix_of("111122223333", "eu-west-2", "/bedrock/")
DAY = date(2026, 11, 3)
FOUND = LogObject(name="2026/11/03/09/a.json.gz", size=3, mark="tag")


def listing(*names: str, count: int | None = None, token: str = "") -> Answer:
    contents = "".join(
        f"<Contents><Key>{PREFIX}{name}</Key><ETag>&quot;tag&quot;</ETag><Size>3</Size></Contents>"
        for name in names
    )
    more = (
        f"<IsTruncated>true</IsTruncated><NextContinuationToken>{token}</NextContinuationToken>"
        if token
        else ""
    )
    said = len(names) if count is None else count
    return Answer(
        f"<ListBucketResult><KeyCount>{said}</KeyCount>{contents}{more}</ListBucketResult>".encode()
    )


def test_objects_are_listed_from_a_day_on_page_after_page(aws) -> None:
    pages = (listing("2026/11/03/09/a.json.gz", token="more"), listing("2026/11/04/data/b.json.gz", "c.txt"))
    sessions, server = aws(CALLER, *pages)
    with sessions.acting_as(sessions.caller()):
        assert list(list_objects(sessions.client("s3", "eu-west-2"), "logs", PREFIX, DAY)) == [FOUND]
    asked = server.requests[1][0]
    assert "list-type=2" in asked
    assert (
        "start-after=bedrock%2FAWSLogs%2F111122223333%2FBedrockModelInvocationLogs%2Feu-west-2%2F2026%2F11%2F03"
        in asked
    )
    assert "continuation-token=more" in server.requests[2][0]


def test_a_page_with_fewer_objects_than_it_says_is_malformed(aws) -> None:
    sessions, _ = aws(CALLER, listing(FOUND.name, count=2))
    with sessions.acting_as(sessions.caller()), pytest.raises(MalformedAnswerError):
        list(list_objects(sessions.client("s3", "eu-west-2"), "logs", PREFIX, DAY))


def test_an_object_is_read_whole_if_it_is_the_one_that_was_listed(aws) -> None:
    sessions, server = aws(CALLER, Answer(b"\x00\xff\x1f" * 100_000, headers={"Content-Type": "x/y"}))
    with sessions.acting_as(sessions.caller()):
        content = read_object(sessions.client("s3", "eu-west-2"), "logs", PREFIX, FOUND)
    assert content == b"\x00\xff\x1f" * 100_000
    assert server.requests[1][1]["If-Match"] == '"tag"'


def test_an_object_cut_on_its_way_is_a_bad_answer(aws) -> None:
    sessions, _ = aws(CALLER, Answer(b"abc", length=10))
    with sessions.acting_as(sessions.caller()), pytest.raises(BadAnswerError):
        read_object(sessions.client("s3", "eu-west-2"), "logs", PREFIX, FOUND)


def test_events_are_lines_whatever_is_in_them(aws) -> None:
    page = b'{"events": [{"message": "{\\"a\\":\\n1}", "timestamp": 1}, {"message": "{}", "timestamp": 2}]}'
    sessions, server = aws(CALLER, Answer(page, headers={"Content-Type": "application/x-amz-json-1.1"}))
    with sessions.acting_as(sessions.caller()):
        (found,) = read_events(sessions.client("logs", "eu-west-2"), "/group", 10, 20)
    assert (found.lines, found.count) == (b'{"a": 1}\n{}', 2)
    assert b'"startTime": 10000' in server.requests[1][2]
    assert b'"endTime": 19999' in server.requests[1][2]


def test_an_answer_without_events_is_malformed(aws) -> None:
    sessions, _ = aws(CALLER, Answer(b"{}", headers={"Content-Type": "application/x-amz-json-1.1"}))
    with sessions.acting_as(sessions.caller()), pytest.raises(MalformedAnswerError):
        list(read_events(sessions.client("logs", "eu-west-2"), "/group", 10, 20))
