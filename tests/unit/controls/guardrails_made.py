"""Guardrails that something names, and what a control must say of each way of naming them."""

from typing import Any

from console.controls.guardrails import GUARDRAIL
from console.domain.evidence import Fact
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ARN = f"arn:aws:bedrock:eu-west-2:{LONDON.account_id}:guardrail/abc123"
FOREIGN = ARN.replace(LONDON.account_id, "999900001111")
NAMINGS: tuple[tuple[Any, Any, Verdict, str], ...] = (
    ("abc123", "1", PASS, "version 1"),
    (ARN, "1", PASS, "version 1"),
    (None, "1", FAIL, "no guardrail"),
    ("", None, FAIL, "no guardrail"),
    ("abc123", "DRAFT", FAIL, "draft"),
    (ARN, "DRAFT", FAIL, "draft"),
    ("abc123", None, UNKNOWN, "not said"),
    ("abc123", "newest", UNKNOWN, "newest"),
    ("abc123", "2", FAIL, "not there"),
    (ARN, "2", FAIL, "not there"),
    ("other", "1", FAIL, "not there"),
    (FOREIGN, "1", PASS, "version 1"),
    (FOREIGN, "2", UNKNOWN, "its own account"),
    (ARN.replace("eu-west-2", "us-east-1"), "1", UNKNOWN, "its own account"),
    ("broken", "1", FAIL, "FAILED"),
    ("odd", "1", UNKNOWN, "SLEEPING"),
    ("mute", "1", UNKNOWN, "not said"),
)
"""Identifier and version as something names them, the verdict, and a word of the reason."""


def guardrails() -> list[Fact]:
    """Make a guardrail that is ready, one each that is not, and one of another account's."""
    states = {"abc123": "READY", "broken": "FAILED", "odd": "SLEEPING", "mute": None}
    found = [
        _guardrail(ARN.replace("abc123", id_), id_, status, LONDON, number)
        for number, (id_, status) in enumerate(states.items(), 60)
    ]
    return [*found, _guardrail(FOREIGN, "abc123", "READY", Scope("999900001111", "eu-west-2"), 70)]


def _guardrail(arn: str, id_: str, status: Any, scope: Scope, sequence: int) -> Fact:
    payload = {"guardrailArn": arn, "guardrailId": id_, "version": "1", "status": status}
    return fact(GUARDRAIL, f"{arn}:1", payload, scope, sequence)
