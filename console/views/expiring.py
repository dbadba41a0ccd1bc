"""What ends soon, or just ended: attestations, exceptions, commitments, keys, models and AWS's certificates."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from console.controls.attestation import Rules, due_on
from console.controls.duties import Duties
from console.controls.payload import moment, part, said
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.scope import GLOBAL
from console.views.names import account_words, count_words, kind_words, region_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

DAYS_AHEAD = 120
DAYS_BACK = 60
EXPIRED, ENDS_SOON, UNKNOWN = "expired", "ends soon", "unknown"
_KINDS = (
    "iam.service_specific_credential",
    "bedrock.provisioned_model_throughput",
    "marketplace-agreement.agreement",
    "bedrock.foundation_model",
    "artifact.report",
)
"""Kinds in which something may end; what could not be read of them may end soon."""
ATTESTATIONS, EXCEPTIONS, MODELS, KEYS = "attestations", "findings", "models", "keys"
_ACTIVE, _PUBLISHED, _PERIOD = "Active", "PUBLISHED", "SOC"
_EVERYWHERE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringRow:
    """One thing that ends."""

    ends_on: date | None
    """None for what could not be read."""
    state: str
    """`expired`, `ends soon`, or `unknown` for what could not be read."""
    what: str
    thing: str
    where: str
    page: str
    """The page on which there is more of it; empty if there is none."""
    evidence: tuple[int, ...]


EXPIRING_COLUMNS: tuple[Column[ExpiringRow], ...] = (
    Column("state", "State", lambda row: row.state, Kind.STATE),
    Column("ends", "Ends", lambda row: row.ends_on.isoformat() if row.ends_on else None, Kind.TIME),
    Column("what", "What", lambda row: row.what),
    Column("thing", "Which", lambda row: row.thing),
    Column("where", "Where", lambda row: row.where),
)


@dataclass(frozen=True, slots=True)
class _Ending:
    """A thing and the day on which it ends."""

    on: date
    what: str
    thing: str
    where: str
    page: str
    evidence: tuple[int, ...]


def expiring_table(
    snapshot: Snapshot, duties: Duties, rules: Rules, names: Mapping[str, str]
) -> Table[ExpiringRow]:
    """Build the list, the soonest first, below what could not be read; what is long past or far ahead is left out."""
    first, last = rules.today - timedelta(days=DAYS_BACK), rules.today + timedelta(days=DAYS_AHEAD)
    endings = (*_duties(duties, rules, names), *_facts(snapshot, names))
    rows = [
        ExpiringRow(
            ends_on=each.on,
            state=EXPIRED if each.on < rules.today else ENDS_SOON,
            what=each.what,
            thing=each.thing,
            where=each.where,
            page=each.page,
            evidence=each.evidence,
        )
        for each in endings
        if first <= each.on <= last
    ]
    rows.sort(key=lambda row: (str(row.ends_on), row.what, row.thing, row.where))
    return Table(EXPIRING_COLUMNS, (*_unread(snapshot), *rows), evidence=lambda row: row.evidence)


def _unread(snapshot: Snapshot) -> Iterator[ExpiringRow]:
    """Yield a row for each kind and reason for which it is not known what ends."""
    for kind in _KINDS:
        together: dict[str, list[Gap]] = {}
        for gap in snapshot.gaps(kind):
            together.setdefault(gap.reason.value, []).append(gap)
        reasons = {reason: tuple(gap.sequence for gap in gaps) for reason, gaps in together.items()}
        if not snapshot.steps(kind):
            reasons = {"not part of this refresh": ()}
        for reason, evidence in reasons.items():
            yield ExpiringRow(
                ends_on=None,
                state=UNKNOWN,
                what=kind_words(kind),
                thing=f"could not be read: {reason}" if evidence else reason,
                where=count_words(len(evidence), "place", "places") if evidence else "everywhere",
                page="",
                evidence=evidence,
            )


def _duties(duties: Duties, rules: Rules, names: Mapping[str, str]) -> Iterator[_Ending]:
    for each in duties.attestations:
        if each.withdrawal:
            continue
        where = ", ".join(account_words(account, names) for account in each.accounts) or "the organisation"
        thing = f"{', '.join(each.claims)}: {inert(each.statement)}"
        until, due = date.fromisoformat(each.valid_until), date.fromisoformat(due_on(each, rules))
        yield _Ending(until, "Attestation", thing, where, ATTESTATIONS, each.evidence)
        if due < until:
            yield _Ending(due, "Review of an attestation", thing, where, ATTESTATIONS, each.evidence)
    for granted in duties.exceptions:
        if granted.ending:
            continue
        account = granted.account_id
        where = "every account" if account == _EVERYWHERE else account_words(account, names)
        thing = f"{granted.control_id}: {inert(granted.reason)}"
        until = date.fromisoformat(granted.valid_until)
        yield _Ending(until, "Exception", thing, where, EXCEPTIONS, granted.evidence)


def _facts(snapshot: Snapshot, names: Mapping[str, str]) -> Iterator[_Ending]:
    yield from _each(
        "Bedrock API key",
        [fact for fact in snapshot.facts("iam.service_specific_credential") if _is(fact, "Status", _ACTIVE)],
        ("ExpirationDate", "UserName", KEYS),
        names,
    )
    yield from _each(
        "Commitment to provisioned throughput",
        snapshot.facts("bedrock.provisioned_model_throughput"),
        ("commitmentExpirationTime", "provisionedModelName", MODELS),
        names,
    )
    yield from _each(
        "AWS Marketplace agreement",
        [fact for fact in snapshot.facts("marketplace-agreement.agreement") if _is(fact, "status", "ACTIVE")],
        ("endTime", "agreementId", MODELS),
        names,
    )
    yield from _models(snapshot)
    yield from _reports(snapshot)


def _is(fact: Fact, member: str, value: str) -> bool:
    return said(fact.payload, member) == value


def _each(
    what: str, facts: Iterable[Fact], members: tuple[str, str, str], names: Mapping[str, str]
) -> Iterator[_Ending]:
    """Yield things by the member that says when each ends, and the one that names it."""
    end_member, name_member, page = members
    for fact in facts:
        end = moment(fact.payload, end_member)
        if end is not None:
            where = account_words(fact.scope.account_id, names)
            if fact.scope.region != GLOBAL:
                where = f"{where}, {region_words(fact.scope.region)}"
            thing = inert(said(fact.payload, name_member) or fact.key)
            yield _Ending(end.date(), what, thing, where, page, (fact.sequence,))


def _models(snapshot: Snapshot) -> Iterator[_Ending]:
    """Yield each model that AWS withdraws, once for all accounts and Regions in which it ends on that day."""
    ends: dict[tuple[str, date], list[Fact]] = {}
    for fact in snapshot.facts("bedrock.foundation_model"):
        end = moment(part(fact.payload, "modelLifecycle"), "endOfLifeTime")
        if end is not None:
            ends.setdefault((said(fact.payload, "modelId") or fact.key, end.date()), []).append(fact)
    for (model, on), facts in ends.items():
        regions = sorted({region_words(fact.scope.region) for fact in facts})
        evidence = tuple(fact.sequence for fact in facts)
        yield _Ending(on, "Model withdrawn by AWS", inert(model), ", ".join(regions), MODELS, evidence)


def _reports(snapshot: Snapshot) -> Iterator[_Ending]:
    """Yield AWS's certificates, the newest of each series; reports about a period that is over do not end."""
    newest: dict[str, tuple[date, Fact]] = {}
    for fact in snapshot.facts("artifact.report"):
        end = moment(fact.payload, "periodEnd")
        if end is None or not _is(fact, "state", _PUBLISHED) or _is(fact, "category", _PERIOD):
            continue
        series = said(fact.payload, "series") or fact.key
        newest[series] = max(newest.get(series, (date.min, fact)), (end.date(), fact), key=_on)
    for on, fact in newest.values():
        name = inert(said(fact.payload, "name") or fact.key)
        yield _Ending(on, "Certificate of AWS", name, "AWS Artifact", "", (fact.sequence,))


def _on(dated: tuple[date, Fact]) -> date:
    return dated[0]


def ending_words(rows: Sequence[ExpiringRow]) -> str:
    """Say how much ends soon and how much just ended."""
    counts = Counter(row.state for row in rows)
    soon, expired = counts[ENDS_SOON], counts[EXPIRED]
    said_ = [f"{soon:,} within {DAYS_AHEAD} days"] if soon else []
    said_ += [f"{expired:,} just ended"] if expired else []
    if counts[UNKNOWN]:
        said_ += ["some not read"]
    return "; ".join(said_) or f"Nothing ends within {DAYS_AHEAD} days"
