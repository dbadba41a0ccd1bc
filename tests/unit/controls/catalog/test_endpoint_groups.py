from typing import Any

import pytest

from console.controls.catalog.endpoint_groups import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_none_the_stated_answer_is_given() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def rule(source: Any, protocol: Any = "tcp", **ports: Any) -> Any:
    return {"IpProtocol": protocol, "IpRanges": [{"CidrIp": source}], **ports}


def letting(*rules: Any) -> Any:
    return {"IpPermissions": list(rules)}


HTTPS = {"FromPort": 443, "ToPort": 443}


@pytest.mark.parametrize(
    ("payload", "verdict", "said"),
    [
        (letting(rule("10.0.0.0/16", **HTTPS)), PASS, "it names"),
        (letting(rule("0.0.0.0/0", **HTTPS)), FAIL, "0.0.0.0/0 in on port 443"),
        (letting(rule("0.0.0.0/0", "-1")), FAIL, "0.0.0.0/0"),
        (letting(rule("0.0.0.0/0", FromPort=0, ToPort=65535)), FAIL, "0.0.0.0/0"),
        (letting(rule("0.0.0.0/0", FromPort=80, ToPort=80)), PASS, "it names"),
        (letting(rule("0.0.0.0/0", "udp", **HTTPS)), PASS, "it names"),
        (letting({"IpProtocol": "tcp", **HTTPS, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}), FAIL, "::/0"),
        (letting(), PASS, "it names"),
        ({}, UNKNOWN, "did not say"),
    ],
)
def test_the_answer_follows_what_aws_said(payload: Any, verdict: Any, said: str) -> None:
    found = answer(CONTROL, payload)
    assert (found.subject, found.verdict, found.evidence) == ("k", verdict, (7,))
    assert said in found.because
