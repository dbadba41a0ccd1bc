"""A request to delete: what, on which ground, for whom (never by name), received when and due when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from console.deletion.errors import BadRequestError

SUBJECT = re.compile(r"S-[0-9a-f]{20}")
"""A pseudonym as `console.vault.pseudonym` makes it."""
_ACCOUNT = re.compile(r"\d{12}")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")


class TargetKind(StrEnum):
    """What can be asked to be deleted."""

    CUSTOM_MODEL = "custom-model"
    IMPORTED_MODEL = "imported-model"
    KNOWLEDGE_BASE = "knowledge-base"
    DOCUMENT = "document"
    AGENT_MEMORY = "agent-memory"
    BATCH_JOB = "batch-job"
    EVALUATION_JOB = "evaluation-job"
    INVOCATION_LOGS = "invocation-logs"
    TAG = "tag"


TARGET_WORDS: Mapping[TargetKind, str] = {
    TargetKind.CUSTOM_MODEL: "Custom model",
    TargetKind.IMPORTED_MODEL: "Imported model",
    TargetKind.KNOWLEDGE_BASE: "Knowledge base",
    TargetKind.DOCUMENT: "Document of a knowledge base",
    TargetKind.AGENT_MEMORY: "Memory of an agent",
    TargetKind.BATCH_JOB: "Data of a batch job",
    TargetKind.EVALUATION_JOB: "Evaluation job and its data",
    TargetKind.INVOCATION_LOGS: "Invocation logs of a period",
    TargetKind.TAG: "Everything with a tag",
}
DETAILS: Mapping[TargetKind, tuple[str, ...]] = {
    TargetKind.DOCUMENT: ("source", "document"),
    TargetKind.AGENT_MEMORY: ("alias", "memory"),
    TargetKind.INVOCATION_LOGS: ("from", "until"),
    TargetKind.TAG: ("value",),
}
"""What must be said besides the name: ids of the data source and the document's address; alias and memory ids; days."""
_NAMES: Mapping[TargetKind, str] = {
    TargetKind.CUSTOM_MODEL: r"arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:custom-model/\S+",
    TargetKind.IMPORTED_MODEL: r"arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:imported-model/\S+",
    TargetKind.BATCH_JOB: r"arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:model-invocation-job/\S+",
    TargetKind.EVALUATION_JOB: r"arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:evaluation-job/\S+",
    TargetKind.KNOWLEDGE_BASE: r"[0-9A-Za-z]{10}",
    TargetKind.DOCUMENT: r"[0-9A-Za-z]{10}",
    TargetKind.AGENT_MEMORY: r"[0-9A-Za-z]{10}",
    TargetKind.INVOCATION_LOGS: r"",
    TargetKind.TAG: r"[\w .:/=+@-]{1,128}",
}
_HINTS: Mapping[TargetKind, str] = {
    TargetKind.KNOWLEDGE_BASE: "Name the knowledge base by its id of ten characters.",
    TargetKind.DOCUMENT: "Name the knowledge base by its id of ten characters, and the document in --document.",
    TargetKind.AGENT_MEMORY: "Name the agent by its id of ten characters.",
    TargetKind.INVOCATION_LOGS: "Logs of a period have no name; give --account, --region, --from and --until.",
    TargetKind.TAG: "Name the tag's key, and its value in --value.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why something is deleted, in law or by the department's own rule."""

    code: str
    words: str
    is_statutory: bool
    """Whether a person asked, so that the clock of UK GDPR Article 12(3) runs."""


_GROUNDS = (
    ("17-1-a", "UK GDPR Art. 17(1)(a): no longer necessary for its purpose", True),
    ("17-1-b", "UK GDPR Art. 17(1)(b): consent was withdrawn", True),
    ("17-1-c", "UK GDPR Art. 17(1)(c): the person objects", True),
    ("17-1-d", "UK GDPR Art. 17(1)(d): processed unlawfully", True),
    ("17-1-e", "UK GDPR Art. 17(1)(e): a legal duty to erase", True),
    ("17-1-f", "UK GDPR Art. 17(1)(f): collected from a child for an online service", True),
    ("5-1-e", "UK GDPR Art. 5(1)(e): kept longer than necessary", False),
    ("retention", "The department's retention schedule", False),
    ("contract", "The end of a contract or project", False),
    ("incident", "Data that should never have been there", False),
)
GROUNDS: Mapping[str, Ground] = {
    code: Ground(code=code, words=words, is_statutory=is_statutory) for code, words, is_statutory in _GROUNDS
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The one thing that a request is about; what hangs on it is for discovery to find."""

    kind: TargetKind
    account_id: str
    """Twelve digits; empty only for a tag, which is looked for in every account."""
    region: str
    name: str
    """An ARN, an id, or a tag's key; empty for logs."""
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What it is, in a line."""
        more = ", ".join(f"{name} {value}" for name, value in sorted(self.detail.items()))
        place = f"{self.account_id}/{self.region}" if self.account_id else "every account"
        said = " ".join(each for each in (TARGET_WORDS[self.kind], self.name) if each)
        return f"{said} ({more}) in {place}" if more else f"{said} in {place}"

    def record(self) -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "kind": self.kind.value,
            "account_id": self.account_id,
            "region": self.region,
            "name": self.name,
            "detail": dict(self.detail),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request as somebody is about to raise it."""

    target: Target
    ground: str
    """A code of `GROUNDS`."""
    why: str
    subject: str = ""
    """A pseudonym; empty where no person asked."""
    received_on: str
    due_on: str = ""
    """Only for what no statute times."""

    def record(self) -> dict[str, Any]:
        """Return what is signed, in JSON types; raise `BadRequestError` if it is not whole."""
        _check_target(self.target)
        ground = GROUNDS.get(self.ground)
        if ground is None:
            raise BadRequestError(
                f"there is no ground {self.ground!r}", remedy=f"Choose one of: {', '.join(GROUNDS)}."
            )
        if not self.why.strip():
            raise BadRequestError("a request needs a reason in words")
        if self.subject and not SUBJECT.fullmatch(self.subject):
            raise BadRequestError(
                "the subject is no pseudonym",
                remedy="Never write a person's name or id: `--subject` asks for it and keeps a pseudonym alone.",
            )
        received = checked_day("received on", self.received_on)
        if ground.is_statutory == bool(self.due_on):
            raise BadRequestError(
                "the due day of a person's request follows from the day it was received"
                if ground.is_statutory
                else "a request under this ground needs a due day",
                remedy="Leave --due out." if ground.is_statutory else "Give --due as 2027-03-31.",
            )
        if self.due_on and checked_day("due on", self.due_on) < received:
            raise BadRequestError("it is due before it was received")
        return {
            "target": self.target.record(),
            "ground": self.ground,
            "why": self.why.strip(),
            "subject": self.subject,
            "received_on": self.received_on,
            "due_on": self.due_on,
        }


def target_of(record: Mapping[str, Any]) -> Target:
    """Read what `Target.record` wrote."""
    return Target(
        kind=TargetKind(record["kind"]),
        account_id=str(record["account_id"]),
        region=str(record["region"]),
        name=str(record["name"]),
        detail={str(name): str(value) for name, value in record["detail"].items()},
    )


_BY_ARN: tuple[tuple[TargetKind, str], ...] = (
    (TargetKind.CUSTOM_MODEL, r"arn:[\w-]+:bedrock:([a-z0-9-]+):(\d{12}):custom-model/\S+"),
    (TargetKind.IMPORTED_MODEL, r"arn:[\w-]+:bedrock:([a-z0-9-]+):(\d{12}):imported-model/\S+"),
    (TargetKind.EVALUATION_JOB, r"arn:[\w-]+:bedrock:([a-z0-9-]+):(\d{12}):evaluation-job/\S+"),
    (TargetKind.BATCH_JOB, r"arn:[\w-]+:bedrock:([a-z0-9-]+):(\d{12}):model-invocation-job/\S+"),
    (TargetKind.KNOWLEDGE_BASE, r"arn:[\w-]+:bedrock:([a-z0-9-]+):(\d{12}):knowledge-base/(\w{10})"),
)


def target_of_arn(arn: str) -> Target | None:
    """Return the target that an ARN names; None if no deletion of its kind is planned here."""
    for kind, pattern in _BY_ARN:
        found = re.fullmatch(pattern, arn)
        if found:
            name = found[3] if kind is TargetKind.KNOWLEDGE_BASE else arn
            return Target(kind=kind, account_id=found[2], region=found[1], name=name)
    return None


def checked_day(name: str, text: str) -> date:
    """Return a day written as 2027-03-31; raise `BadRequestError` for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise BadRequestError(f"{name}: {text!r} is no date", remedy="Write dates as 2027-03-31.")
    return day


def _check_target(target: Target) -> None:
    if not re.fullmatch(_NAMES[target.kind], target.name):
        raise BadRequestError(
            f"{target.name!r} is no name of this kind: {TARGET_WORDS[target.kind].lower()}",
            remedy=_HINTS.get(target.kind, "Name it by its ARN, as the tables of the console show it."),
        )
    is_everywhere = target.kind is TargetKind.TAG and not target.account_id
    if not is_everywhere and not (_ACCOUNT.fullmatch(target.account_id) and _REGION.fullmatch(target.region)):
        raise BadRequestError(
            "the place is not whole",
            remedy="Name the account's twelve digits and a Region such as eu-west-2.",
        )
    if target.name.startswith("arn:") and target.name.split(":")[3:5] != [target.region, target.account_id]:
        raise BadRequestError(f"{target.name} is not in {target.account_id}/{target.region}")
    wanted = DETAILS.get(target.kind, ())
    lacking = [name for name in wanted if not target.detail.get(name, "").strip()]
    if lacking or set(target.detail) - set(wanted):
        odd = lacking or sorted(set(target.detail) - set(wanted))
        raise BadRequestError(
            f"{TARGET_WORDS[target.kind]}: {odd[0]!r} is {'missing' if lacking else 'not asked for'}"
        )
    if target.kind is TargetKind.INVOCATION_LOGS:
        first, last = (checked_day(name, target.detail[name]) for name in ("from", "until"))
        if not 0 <= (last - first).days <= _MOST_DAYS:
            raise BadRequestError(f"the period is not one of 1 to {_MOST_DAYS} days")


_MOST_DAYS = 400
