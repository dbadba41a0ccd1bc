"""What a request is about: kinds of things that can be asked to be deleted, how each is named, and where it lies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from console.deletion.errors import BadRequestError

_ACCOUNT = re.compile(r"\d{12}")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")


class TargetKind(StrEnum):
    """What can be asked to be deleted; a kind is for ever, because it stands in signed ledgers."""

    CUSTOM_MODEL = "custom-model"
    IMPORTED_MODEL = "imported-model"
    KNOWLEDGE_BASE = "knowledge-base"
    DOCUMENT = "document"
    AGENT = "agent"
    AGENT_MEMORY = "agent-memory"
    AGENT_SESSION = "agent-session"
    FLOW = "flow"
    PROMPT = "prompt"
    MEMORY = "agentcore-memory"
    MEMORY_ACTOR = "agentcore-actor"
    AUTOMATION_PROJECT = "data-automation-project"
    BLUEPRINT = "data-automation-blueprint"
    BATCH_JOB = "batch-job"
    EVALUATION_JOB = "evaluation-job"
    INVOCATION_LOGS = "invocation-logs"
    LOG_GROUP = "log-group"
    OBJECTS = "objects"
    ENCRYPTION_KEY = "encryption-key"
    TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How things of one kind are named."""

    words: str
    names: str
    """A regular expression for names; its groups, where it is an ARN's, are Region and account."""
    details: tuple[str, ...] = ()
    """What must be said besides the name."""
    hint: str = "Name it by its ARN, as the tables of the console show it."
    own: str = ""
    """The part of an ARN by which AWS is asked, as a regular expression with Region, account and name."""


def _arn(service: str, rest: str) -> str:
    return rf"arn:aws[\w-]*:{service}:([a-z0-9-]+):(\d{{12}}):{rest}"


_ID = r"[0-9A-Za-z]{10}"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PERIOD = ("from", "until")
_KINDS: Mapping[TargetKind, _Kind] = {
    TargetKind.CUSTOM_MODEL: _Kind(words="Custom model", names=_arn("bedrock", r"custom-model/\S+")),
    TargetKind.IMPORTED_MODEL: _Kind(words="Imported model", names=_arn("bedrock", r"imported-model/\S+")),
    TargetKind.KNOWLEDGE_BASE: _Kind(
        words="Knowledge base",
        names=_ID,
        hint="Name the knowledge base by its id of ten characters.",
        own=_arn("bedrock", rf"knowledge-base/({_ID})"),
    ),
    TargetKind.DOCUMENT: _Kind(
        words="Document of a knowledge base",
        names=_ID,
        details=("source", "document"),
        hint="Name the knowledge base by its id of ten characters, and the document in --document.",
    ),
    TargetKind.AGENT: _Kind(
        words="Agent",
        names=_ID,
        hint="Name the agent by its id of ten characters.",
        own=_arn("bedrock", rf"agent/({_ID})"),
    ),
    TargetKind.AGENT_MEMORY: _Kind(
        words="Memory of an agent",
        names=_ID,
        details=("alias", "memory"),
        hint="Name the agent by its id of ten characters.",
    ),
    TargetKind.AGENT_SESSION: _Kind(
        words="Session with an agent", names=_arn("bedrock", rf"session/{_UUID}")
    ),
    TargetKind.FLOW: _Kind(words="Flow", names=_arn("bedrock", rf"flow/{_ID}")),
    TargetKind.PROMPT: _Kind(
        words="Prompt",
        names=_arn("bedrock", rf"prompt/{_ID}"),
        hint="Name the prompt by its ARN without a version: all of its versions go.",
        own=rf"({_arn('bedrock', rf'prompt/{_ID}')})(?::\d+)?",
    ),
    TargetKind.MEMORY: _Kind(words="AgentCore memory", names=_arn("bedrock-agentcore", r"memory/[\w-]+")),
    TargetKind.MEMORY_ACTOR: _Kind(
        words="What an AgentCore memory holds of one person",
        names=_arn("bedrock-agentcore", r"memory/[\w-]+"),
        details=("actor",),
        hint="Name the memory by its ARN, and the person's id in it (AgentCore says actor) in --actor.",
    ),
    TargetKind.AUTOMATION_PROJECT: _Kind(
        words="Data Automation project", names=_arn("bedrock", r"data-automation-project/[\w-]+")
    ),
    TargetKind.BLUEPRINT: _Kind(
        words="Data Automation blueprint", names=_arn("bedrock", r"blueprint/[\w-]+")
    ),
    TargetKind.BATCH_JOB: _Kind(
        words="Data of a batch job", names=_arn("bedrock", r"model-invocation-job/\S+")
    ),
    TargetKind.EVALUATION_JOB: _Kind(
        words="Evaluation job and its data", names=_arn("bedrock", r"evaluation-job/\S+")
    ),
    TargetKind.INVOCATION_LOGS: _Kind(
        words="Invocation logs of a period",
        names="",
        details=_PERIOD,
        hint="Logs of a period have no name; give --account, --region, --from and --until.",
    ),
    TargetKind.LOG_GROUP: _Kind(
        words="Records of a period in a log group",
        names=r"[\w./#-]{1,512}",
        details=_PERIOD,
        hint="Name the log group as CloudWatch Logs does, and give --account, --region, --from and --until.",
    ),
    TargetKind.OBJECTS: _Kind(
        words="Objects in a bucket",
        names=r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/\S*)?",
        hint="Name the address as s3://bucket/folder/; one without a slash at the end is a single object.",
    ),
    TargetKind.ENCRYPTION_KEY: _Kind(
        words="Encryption key, and with it all that is encrypted under it",
        names=_arn("kms", r"key/[\w-]+"),
        details=("days",),
        hint="Name the key by its ARN, and in --days how long AWS waits (7 to 30) before it destroys the key.",
    ),
    TargetKind.TAG: _Kind(
        words="Everything with a tag",
        names=r"[\w .:/=+@-]{1,128}",
        details=("value",),
        hint="Name the tag's key, and its value in --value.",
    ),
}
TARGET_WORDS: Mapping[TargetKind, str] = {kind: each.words for kind, each in _KINDS.items()}
DETAILS: Mapping[TargetKind, tuple[str, ...]] = {
    kind: each.details for kind, each in _KINDS.items() if each.details
}
"""What must be said besides the name: ids of the data source and the document's address; alias and memory ids; days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The one thing that a request is about; what hangs on it is for discovery to find."""

    kind: TargetKind
    account_id: str
    """Twelve digits; empty only for a tag, which is looked for in every account."""
    region: str
    name: str
    """An ARN, an id, an address, or a tag's key; empty for logs."""
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


def target_of(record: Mapping[str, Any]) -> Target:
    """Read what `Target.record` wrote."""
    return Target(
        kind=TargetKind(record["kind"]),
        account_id=str(record["account_id"]),
        region=str(record["region"]),
        name=str(record["name"]),
        detail={str(name): str(value) for name, value in record["detail"].items()},
    )


_BY_ARN = tuple(
    (kind, each.own or each.names)
    for kind, each in _KINDS.items()
    if (each.own or each.names.startswith("arn:")) and not each.details
)
"""Kinds that an ARN alone names."""


def target_of_arn(arn: str) -> Target | None:
    """Return the target that an ARN names; None if no deletion of its kind is planned by its ARN alone."""
    for kind, pattern in _BY_ARN:
        found = re.fullmatch(pattern, arn)
        if found:
            parts = arn.split(":")
            named = [each for each in found.groups() if each not in (parts[3], parts[4])]
            return Target(kind=kind, account_id=parts[4], region=parts[3], name=named[0] if named else arn)
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


def check_target(target: Target) -> None:
    """Raise `BadRequestError` for a target that is not named whole, saying how it is."""
    kind = _KINDS[target.kind]
    if not re.fullmatch(kind.names, target.name):
        raise BadRequestError(
            f"{target.name!r} is no name of this kind: {kind.words.lower()}",
            remedy=kind.hint,
        )
    is_everywhere = target.kind is TargetKind.TAG and not target.account_id
    if not is_everywhere and not (_ACCOUNT.fullmatch(target.account_id) and _REGION.fullmatch(target.region)):
        raise BadRequestError(
            "the place is not whole",
            remedy="Name the account's twelve digits and a Region such as eu-west-2.",
        )
    if target.name.startswith("arn:") and target.name.split(":")[3:5] != [target.region, target.account_id]:
        raise BadRequestError(f"{target.name} is not in {target.account_id}/{target.region}")
    lacking = [name for name in kind.details if not target.detail.get(name, "").strip()]
    if lacking or set(target.detail) - set(kind.details):
        odd = lacking or sorted(set(target.detail) - set(kind.details))
        raise BadRequestError(
            f"{kind.words}: {odd[0]!r} is {'missing' if lacking else 'not asked for'}",
            remedy=kind.hint if lacking else BadRequestError.remedy,
        )
    if kind.details == _PERIOD:
        _check_period(target)
    if target.kind is TargetKind.ENCRYPTION_KEY and target.detail["days"] not in _WAITS:
        raise BadRequestError(
            f"{target.detail['days']!r} is no waiting period of 7 to 30 days", remedy=kind.hint
        )


def _check_period(target: Target) -> None:
    first, last = (checked_day(name, target.detail[name]) for name in _PERIOD)
    if not 0 <= (last - first).days <= _MOST_DAYS:
        raise BadRequestError(f"the period is not one of 1 to {_MOST_DAYS} days")


_MOST_DAYS = 400
_WAITS = tuple(str(days) for days in range(7, 31))
"""Days for which AWS KMS can be told to wait."""
