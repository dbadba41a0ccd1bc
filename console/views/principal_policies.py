"""Every document that says what one principal may do, as it was read; and the same in two snapshots, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.evidence import Fact, Snapshot
from console.domain.scope import Scope
from console.views.lines import Headings, Line, lines_table
from console.views.table import Kind, Table
from console.views.text import inert
from console.views.written_policy import SideBySide, side_by_side, written_policy

_ACCOUNT_PART = 4
_INLINE = {"iam.user": "UserPolicyList", "iam.role": "RolePolicyList", "iam.group": "GroupPolicyList"}
_NOT_READ = "not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One policy as it bears on a principal."""

    name: str
    where: str
    """How it bears on the principal."""
    written: object
    """None where it was not read."""
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One policy of a principal in two snapshots."""

    name: str
    state: str
    sides: SideBySide


def account_in(arn: str) -> str:
    """Return the account of an ARN; empty where there is none.

    >>> account_in("arn:aws:iam::111122223333:role/r"), account_in("somebody")
    ('111122223333', '')
    """
    parts = arn.split(":")
    return parts[_ACCOUNT_PART] if len(parts) > _ACCOUNT_PART else ""


def principal_fact(snapshot: Snapshot, arn: str) -> Fact | None:
    """Return a user's or role's fact; None if it was not read."""
    scope = Scope(account_in(arn))
    return next(
        (
            fact
            for kind in ("iam.role", "iam.user")
            for fact in snapshot.facts(kind, scope)
            if fact.key == arn
        ),
        None,
    )


def documents_of(snapshot: Snapshot, fact: Fact) -> tuple[Document, ...]:
    """Return a principal's policies: its own, those of its groups, its boundary, and its trust policy."""
    reader = _Reader(snapshot, fact.scope)
    return tuple(reader.documents(fact))


class _Reader:
    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        self._managed = {each.key: each for each in snapshot.facts("iam.policy", scope)}
        self._groups = {
            str(each.payload.get("GroupName")): each for each in snapshot.facts("iam.group", scope)
        }

    def documents(self, fact: Fact) -> Iterator[Document]:
        payload = fact.payload
        yield from self._held(fact, "it")
        for name in payload.get("GroupList", ()):
            group = self._groups.get(str(name))
            if group is not None:
                yield from self._held(group, f"its group {inert(name)}")
            else:
                said = f"its group {inert(name)} was {_NOT_READ}"
                yield Document(
                    name=f"group {inert(name)}", where=said, written=None, evidence=(fact.sequence,)
                )
        boundary = (payload.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn")
        if boundary:
            yield self._of(str(boundary), "set as its permissions boundary", fact)
        if "AssumeRolePolicyDocument" in payload:
            yield Document(
                name="trust policy",
                where="says who may take on the role",
                written=payload["AssumeRolePolicyDocument"],
                evidence=(fact.sequence,),
            )

    def _held(self, fact: Fact, whom: str) -> Iterator[Document]:
        for each in fact.payload.get("AttachedManagedPolicies", ()):
            yield self._of(str(each["PolicyArn"]), f"attached to {whom}", fact)
        for each in fact.payload.get(_INLINE[fact.kind], ()):
            yield Document(
                name=inert(each["PolicyName"]),
                where=f"inline in {whom}",
                written=each["PolicyDocument"],
                evidence=(fact.sequence,),
            )

    def _of(self, arn: str, where: str, holder: Fact) -> Document:
        policy = self._managed.get(arn)
        by = "AWS's own, " if ":iam::aws:" in arn else ""
        evidence = (policy.sequence, holder.sequence) if policy else (holder.sequence,)
        written = in_force(policy.payload) if policy else None
        name = inert(arn.rpartition("/")[2])
        return Document(name=name, where=f"{by}{where}", written=written, evidence=evidence)


def in_force(payload: Mapping[str, Any]) -> object:
    """Return the document of a managed policy's default version; None if it is not among the versions."""
    versions: Sequence[Mapping[str, Any]] = payload.get("PolicyVersionList", ())
    default = payload.get("DefaultVersionId")
    return next((each.get("Document") for each in versions if each.get("VersionId") == default), None)


_HEADINGS: Headings = (
    ("policy", "Policy", Kind.TEXT),
    ("where", "How it bears on the principal", Kind.TEXT),
    ("statements", "Statements", Kind.NUMBER),
)


def documents_table(documents: Sequence[Document]) -> Table[Line]:
    """Return one row for each document; one that was not read is a gap."""
    lines = []
    for each in documents:
        count = len(written_policy(each.written).spans) if each.written is not None else None
        where = each.where if each.written is not None else f"{each.where}: could not be read"
        lines.append(
            Line(
                cells=(each.name, where, count),
                evidence=each.evidence,
                is_gap=each.written is None,
                about=each,
            )
        )
    return lines_table(_HEADINGS, lines)


_COMPARED: Headings = (
    ("state", "Since then", Kind.TEXT),
    ("policy", "Policy", Kind.TEXT),
    ("where", "How it bears on the principal", Kind.TEXT),
    ("lines", "Lines changed", Kind.NUMBER),
)
_STATES = {"changed": 0, "new": 1, "gone": 2, "not known": 3, "the same": 4}


def compared_table(before: Sequence[Document], now: Sequence[Document]) -> Table[Line]:
    """Return each document of either snapshot with what became of it; what changed comes first."""
    then = {(each.name, each.where): each for each in before}
    today = {(each.name, each.where): each for each in now}
    lines = [_compared(key, then.get(key), today.get(key)) for key in dict.fromkeys((*today, *then))]
    return lines_table(_COMPARED, sorted(lines, key=lambda line: _STATES[str(line.cells[0])]))


def _compared(key: tuple[str, str], before: Document | None, now: Document | None) -> Line:
    name, where = key
    sides = side_by_side(_text(before), _text(now))
    changed = len(sides.gone) + len(sides.new)
    if any(each is not None and each.written is None for each in (before, now)):
        state, changed = "not known", 0
    elif before is None:
        state = "new"
    elif now is None:
        state = "gone"
    else:
        state = "changed" if changed else "the same"
    return Line(
        cells=(state, name, where, changed),
        evidence=now.evidence if now else (),
        is_gap=state == "not known",
        about=Compared(name, state, sides),
    )


def _text(document: Document | None) -> str:
    if document is None:
        return ""
    return _NOT_READ if document.written is None else written_policy(document.written).text
