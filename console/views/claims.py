"""The claims as an officer reads them: each with its state, what lies beneath, and the guidance's own words beside."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from console.base.clock import parse_stamp
from console.base.settings import PolicySettings
from console.controls.ageing import age_words, aged
from console.controls.attestation import Rules
from console.controls.base import Control
from console.controls.claims import Catalogue, Claim
from console.controls.duties import Duties
from console.controls.states import Case, ClaimStanding, ClaimState, claim_standings, rolled_up
from console.domain.evidence import Snapshot
from console.domain.finding import Finding
from console.views.names import account_names
from console.views.organisation import Place, places
from console.views.table import Column, Kind, Table
from console.views.text import inert


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One refresh, what was concluded of it, and what people did about it, at one moment."""

    snapshot: Snapshot
    findings: Sequence[Finding]
    controls: Sequence[Control]
    duties: Duties
    policy: PolicySettings
    asked_at: str
    """RFC 3339, UTC; what expires is judged at this moment."""
    earlier: Mapping[int, str] = field(default_factory=dict)
    """When each earlier refresh ended: a refresh of a part takes evidence over from them."""

    @property
    def rules(self) -> Rules:
        """What is asked of attestations on that day."""
        return Rules(
            today=date.fromisoformat(self.asked_at[:10]),
            reminder_days=self.policy.attestation_reminder_days,
            needs_countersignature=self.policy.attestations_need_countersignature,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The organisation, or a part of it, with the accounts below."""

    id: str
    name: str
    kind: str
    """`organisation`, `root`, `organisational unit` or `account`."""
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReport:
    """How every claim stands everywhere."""

    catalogue: Catalogue
    standings: Mapping[str, Mapping[str, ClaimStanding]]
    """By account, then by claim."""
    units: tuple[Unit, ...]
    """The organisation first, then its parts from above; accounts last."""
    names: Mapping[str, str]
    stale: str
    """Why the evidence is too old; empty if it is not."""

    def unit(self, id_or_name: str) -> Unit | None:
        """Return a part of the organisation by its id or name; None if there is none, or several have the name."""
        exact = [unit for unit in self.units if unit.id == id_or_name]
        named = [unit for unit in self.units if unit.name.casefold() == id_or_name.casefold()]
        found = exact or named
        return found[0] if len(found) == 1 else None

    def states(self, unit: Unit) -> dict[str, ClaimState]:
        """Return each claim's state over a part of the organisation."""
        return rolled_up(self.standings, self.catalogue.claims, unit.accounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim over some accounts."""

    claim: Claim
    state: ClaimState
    because: str
    counts: Mapping[ClaimState, int]
    """Accounts by state."""
    guidance: str
    """The imported guidance's own words; empty if none was imported or no line matches."""
    excepted: int
    """Failures that are excepted."""
    standings: tuple[ClaimStanding, ...] = field(repr=False)
    """Those that decide the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAccountRow:
    """One claim in one account."""

    account_id: str
    account_name: str
    standing: ClaimStanding


CLAIM_COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column("state", "State", lambda row: row.state.value, Kind.STATE),
    Column("claim", "Claim", lambda row: row.claim.id),
    Column("heading", "Heading", lambda row: row.claim.heading),
    Column("words", "What is claimed", lambda row: row.claim.words),
    Column("guidance", "In the guidance's own words", lambda row: row.guidance or None),
    Column("because", "Because", lambda row: row.because),
)

CLAIM_ACCOUNT_COLUMNS: tuple[Column[ClaimAccountRow], ...] = (
    Column("state", "State", lambda row: row.standing.state.value, Kind.STATE),
    Column("account", "Account", lambda row: row.account_name or None),
    Column("account_id", "Account id", lambda row: row.account_id or None),
    Column("because", "Because", lambda row: row.standing.because),
    Column("findings", "Findings", lambda row: len(row.standing.findings), Kind.NUMBER),
    Column("attestations", "Attestations", lambda row: len(row.standing.attestations), Kind.NUMBER),
)


def claim_report(judged: Judged, catalogue: Catalogue) -> ClaimReport:
    """Judge every claim in every account that is known to be active or was judged."""
    snapshot = judged.snapshot
    now, hours = parse_stamp(judged.asked_at), judged.policy.stale_after_hours
    stale = age_words(snapshot.refresh.finished_at, now, hours)
    case = Case(
        claims=catalogue.claims,
        controls=judged.controls,
        findings=judged.findings,
        duties=judged.duties,
        rules=judged.rules,
        stale=stale,
        aged=aged(judged.controls, judged.findings, snapshot.steps(), judged.earlier, now, hours),
    )
    active = [
        fact.key for fact in snapshot.facts("organizations.account") if fact.payload.get("Status") == "ACTIVE"
    ]
    standings = claim_standings(case, {*active, *(each.scope.account_id for each in judged.findings)})
    names = account_names(snapshot)
    return ClaimReport(
        catalogue=catalogue,
        standings=standings,
        units=_units(places(snapshot), tuple(standings), names),
        names=names,
        stale=stale,
    )


def claims_table(report: ClaimReport, unit: Unit, duties: Duties) -> Table[ClaimRow]:
    """Build one row for each claim over a part of the organisation, in the order of the guidance."""
    lines = duties.guidance.by_claim if duties.guidance else {}
    chosen = [report.standings[account] for account in unit.accounts if account in report.standings]
    states = report.states(unit)
    rows = tuple(
        _row(claim, states[claim.id], [each[claim.id] for each in chosen], _said(lines.get(claim.id, ())))
        for claim in report.catalogue.claims
    )
    return Table(CLAIM_COLUMNS, rows, evidence=lambda row: evidence_of(row.standings))


def claim_accounts_table(report: ClaimReport, unit: Unit, claim_id: str) -> Table[ClaimAccountRow]:
    """Build one row for each account below: where a claim stands worst comes first."""
    ranks = {state: rank for rank, state in enumerate(ClaimState)}
    rows = [
        ClaimAccountRow(
            account_id=account,
            account_name=report.names.get(account, ""),
            standing=report.standings[account][claim_id],
        )
        for account in unit.accounts
        if account in report.standings
    ]
    rows.sort(key=lambda row: (ranks[row.standing.state], row.account_name.casefold(), row.account_id))
    return Table(CLAIM_ACCOUNT_COLUMNS, tuple(rows), evidence=lambda row: row.standing.evidence)


def evidence_of(standings: Iterable[ClaimStanding]) -> tuple[int, ...]:
    """Return what some standings rest on, each once."""
    return tuple(dict.fromkeys(number for each in standings for number in each.evidence))


def state_counts(report: ClaimReport, unit: Unit) -> tuple[tuple[ClaimState, int], ...]:
    """Count claims by their state over a part of the organisation, worst first, zeros kept."""
    counts = Counter(report.states(unit).values())
    return tuple((state, counts[state]) for state in ClaimState)


def _row(claim: Claim, state: ClaimState, standings: Sequence[ClaimStanding], guidance: str) -> ClaimRow:
    counts = Counter(each.state for each in standings)
    deciding = [each for each in standings if each.state is state]
    return ClaimRow(
        claim=claim,
        state=state,
        because=_because(state, deciding, len(standings)),
        counts=counts,
        guidance=guidance,
        excepted=sum(len(each.excepted) for each in standings),
        standings=tuple(deciding),
    )


def _because(state: ClaimState, deciding: Sequence[ClaimStanding], count: int) -> str:
    """Say where the state comes from; one account's own reason where there is only one."""
    if not count:
        return "no account is known"
    if count == 1:
        return deciding[0].because
    where = "every account" if len(deciding) == count else f"{len(deciding):,} of {count:,} accounts"
    reasons = list(dict.fromkeys(each.because for each in deciding))
    return f"{state.value} in {where}" + (f": {reasons[0]}" if len(reasons) == 1 else "")


def _said(lines: Iterable[object]) -> str:
    return " / ".join(inert(getattr(line, "text", "")) for line in lines)


def _units(roots: Sequence[Place], accounts: tuple[str, ...], names: Mapping[str, str]) -> tuple[Unit, ...]:
    """Return the organisation, its roots and units from above, and each account."""
    whole = Unit(id="", name="Whole organisation", kind="organisation", accounts=accounts)
    found = [whole]
    waiting = list(roots)
    while waiting:
        place = waiting.pop(0)
        if place.kind != "account":
            found.append(
                Unit(id=place.id, name=place.name, kind=place.kind, accounts=tuple(_below(place, accounts)))
            )
            waiting.extend(place.children)
    found += [
        Unit(id=account, name=names.get(account, "") or account, kind="account", accounts=(account,))
        for account in accounts
        if account
    ]
    return tuple(found)


def _below(place: Place, accounts: Sequence[str]) -> list[str]:
    """Return the judged accounts below a place, in their order."""
    inside: set[str] = set()
    waiting = [place]
    while waiting:
        each = waiting.pop()
        waiting.extend(each.children)
        if each.kind == "account":
            inside.add(each.id)
    return [account for account in accounts if account in inside]
