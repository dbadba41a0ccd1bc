"""Records as they travel: what is not in their form does not count, and says why."""

from typing import Any

import pytest

from console.deletion.case import What
from console.deletion.records import FORMAT, entry_of, problem_of_said
from unit.deletion.made import ID, JO, PLAN_SAID, REQUEST, plan

HASH = "0" * 64


def body(what: str = "hold", said: Any = None, **changes: Any) -> dict[str, Any]:
    record = {
        "format": FORMAT,
        "what": what,
        "request": ID,
        "person": "Jo",
        "identity": JO,
        "caller": JO,
        "at": "2026-11-24T09:00:00.000Z",
        "key": "ssh-ed25519 AAAA",
        "said": {"reason": "An inquiry"} if said is None else said,
        **changes,
    }
    return {"record": record, "signature": "", "fingerprint": "SHA256:x"}


def test_a_record_is_read_with_the_hash_of_what_was_signed() -> None:
    made = entry_of(body(), lambda _: "", 7)
    assert (made.what, made.sequence, made.problem) == (What.HOLD, 7, "")
    assert made.digest != entry_of(body(person="Sam"), lambda _: "").digest


def test_a_bad_signature_or_a_borrowed_identity_does_not_count() -> None:
    assert entry_of(body(), lambda _: "forged").problem == "forged"
    assert "identity" in entry_of(body(caller=f"{JO}2"), lambda _: "").problem


@pytest.mark.parametrize(
    "changes", [{"format": "other"}, {"at": "yesterday"}, {"what": "else"}, {"person": 1}]
)
def test_what_is_no_record_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        entry_of(body(**changes), lambda _: "")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (What.REQUEST, {}),
        (What.REQUEST, {**REQUEST, "ground": "because"}),
        (What.PLAN, {"plan": {}, "plan_sha256": HASH}),
        (What.PLAN, {**PLAN_SAID, "plan_sha256": HASH}),
        (What.APPROVAL, {"plan_sha256": "ab"}),
        (What.APPROVAL, {}),
        (What.REFUSAL, {"plan_sha256": HASH, "reason": " "}),
        (What.HOLD, {}),
        (What.CLOCK_STOP, {"on": "today", "reason": "r"}),
        (What.DONE, {"plan_sha256": HASH, "step": 1, "outcome": "gone"}),
        (What.VERIFICATION, {"plan_sha256": HASH, "results": [{"step": "s"}]}),
        (What.ACCEPTANCE, {"reason": "r"}),
    ],
)
def test_what_cannot_be_understood_does_not_count(what: What, said: dict[str, Any]) -> None:
    assert problem_of_said(what, ID, said)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (What.REQUEST, REQUEST),
        (What.PLAN, PLAN_SAID),
        (What.APPROVAL, {"plan_sha256": HASH}),
        (What.CLOCK_START, {"on": "2026-11-24"}),
        (What.DONE, {"plan_sha256": HASH, "step": "ST-1", "outcome": "gone"}),
        (What.VERIFICATION, {"plan_sha256": HASH, "results": []}),
        (What.ACCEPTANCE, {"blocker": "BL-1", "reason": "r"}),
    ],
)
def test_what_is_whole_counts(what: What, said: dict[str, Any]) -> None:
    assert problem_of_said(what, ID, said) == ""


def test_a_plan_of_another_request_does_not_count() -> None:
    assert "not the one" in problem_of_said(What.PLAN, "DR-other", PLAN_SAID)
    assert plan().request_id == ID
