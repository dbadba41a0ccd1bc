"""Copies of a custom model: made by copy jobs, in the model's own account or in one that it was shared with.

Own account: asked afresh, Region by Region; what is not seen there blocks. Another account can hold a copy only if the
model was shared with it. One that the model is shared with now, and that was not looked at, is in the way. One that it
is not shared with now could have been before: it is named in the plan as not looked at, and the approver signs that.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from console.collect.discovery.inquiry import Inquiry
from console.deletion.plan import NOT_LOOKED_AT
from console.domain.evidence import GapReason
from console.domain.scope import Scope

_COPY_JOBS, _ACCOUNTS = "bedrock.model_copy_job", "organizations.account"
_ACCOUNT_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a model is shared as its policy stands."""

    accounts: frozenset[str] = frozenset()
    everybody: bool = False
    """Whether the policy names no accounts that could be told one by one."""

    def has(self, account_id: str) -> bool:
        """Tell whether an account may copy the model."""
        return self.everybody or account_id in self.accounts


def sharing_of(policy: str, own: str) -> Sharing:
    """Read a model's policy; one that cannot be understood is one that lets everybody in."""
    try:
        document = json.loads(policy) if policy else {}
        statements = document.get("Statement", [])
        named = [
            each
            for statement in (statements if isinstance(statements, list) else [statements])
            if statement["Effect"] == "Allow"
            for each in _principals(statement)
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return Sharing(everybody=True)
    accounts = {each.split(":")[4] if each.startswith("arn:") else each for each in named}
    whole = {each for each in accounts if each.isdigit() and len(each) == _ACCOUNT_DIGITS}
    return Sharing(frozenset(whole - {own}), bool(accounts - whole))


def _principals(statement: Mapping[str, Any]) -> Iterator[str]:
    said = statement.get("Principal", "*")
    for value in [said] if isinstance(said, str) else said.values():
        yield from [value] if isinstance(value, str) else value


def copies_of(inquiry: Inquiry, scope: Scope, arn: str, sharing: Sharing) -> list[Any]:
    """Return the jobs that copied a model, and say where copies were not looked for."""
    jobs = [fact.payload for fact in inquiry.snapshot.facts(_COPY_JOBS)]
    places = {scope, *inquiry.regions_of(scope.account_id, _COPY_JOBS)}
    for place in sorted(places):
        subject = f"copies of {arn} in {place}"
        jobs += inquiry.all_of(place, subject, "bedrock:ListModelCopyJobs", "modelCopyJobSummaries")
    for account_id, why in sorted(_unread(inquiry, scope.account_id, sharing).items()):
        _say_unread(inquiry, arn, account_id, why, is_shared=sharing.has(account_id))
    for gap in inquiry.snapshot.gaps(_ACCOUNTS):
        inquiry.sketch.stays(
            f"copies of {arn} in accounts that nobody listed",
            "A copy of the model, if there is one",
            f"{NOT_LOOKED_AT}: the organisation's accounts were not read whole ({gap.reason.value})",
        )
    return [each for each in jobs if each["sourceModelArn"] == arn]


def _unread(inquiry: Inquiry, own: str, sharing: Sharing) -> dict[str, str]:
    """Return the accounts whose copy jobs the last refresh did not see whole, with why."""
    found = {
        gap.scope.account_id: gap.reason.value
        for gap in inquiry.snapshot.gaps(_COPY_JOBS)
        if gap.reason is not GapReason.REGION_NOT_ENABLED
    }
    read = {step.scope.account_id for step in inquiry.snapshot.steps(_COPY_JOBS)}
    for account_id in {fact.key for fact in inquiry.snapshot.facts(_ACCOUNTS)} - read:
        found.setdefault(account_id, "not part of the last refresh")
    for account_id in sharing.accounts - read:
        found.setdefault(account_id, "not an account that was read")
    found.pop(own, None)
    return found


def _say_unread(inquiry: Inquiry, arn: str, account_id: str, why: str, *, is_shared: bool) -> None:
    subject = f"copies of {arn} in account {account_id}"
    if is_shared:
        words = f"The model is shared with account {account_id}, where nobody looked for a copy ({why})"
        inquiry.sketch.block("copy-elsewhere", subject, words)
        return
    inquiry.sketch.stays(
        subject,
        "A copy of the model, if there is one",
        f"{NOT_LOOKED_AT}: account {account_id} ({why}). The model is not shared with it now; a copy could be there "
        "only if it was shared with it before",
    )
