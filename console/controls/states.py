"""How each claim stands in each account, and in what is above it: the worst of what is below; pure.

Rules, in this order. Any failure that nobody excepted contradicts the claim. Any unknown finding leaves it unknown:
what was not seen never supports, whoever attests it. Then the claim's basis decides: live evidence needs passes, or an
attestation where no control reads it; evidence and attestation need both; an attestation needs one that counts.
Evidence that is older than the department allows supports nothing, so what it supported is unknown; what it
contradicted stays contradicted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from console.controls.attestation import Attestation, Rules, counting
from console.controls.base import Control, Grain
from console.controls.claims import Basis, Claim
from console.controls.duties import Duties
from console.controls.exceptions import Exempting, GrantedException
from console.domain.finding import Finding, Identity, Verdict


class ClaimState(StrEnum):
    """How a claim stands; worst first, which is the order in which states add up."""

    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"
    UNEVIDENCED = "unevidenced"
    """Nothing speaks against it, and not enough for it."""
    ATTESTED = "attested"
    SUPPORTED = "supported"
    NOT_APPLICABLE = "not applicable"


_RANK = {state: rank for rank, state in enumerate(ClaimState)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStanding:
    """A claim in one account, with what lies beneath."""

    claim_id: str
    account_id: str
    state: ClaimState
    because: str
    """The reason, with counts; a phrase without a full stop."""
    findings: tuple[Finding, ...] = ()
    excepted: tuple[tuple[Finding, GrantedException], ...] = ()
    """Failures that are excepted; they are among the findings too."""
    attestations: tuple[Attestation, ...] = ()
    """Those that count today."""

    @property
    def evidence(self) -> tuple[int, ...]:
        """The observations and deeds that it rests on."""
        behind = [number for finding in self.findings for number in finding.evidence]
        behind += [number for _, exception in self.excepted for number in exception.evidence]
        behind += [number for attestation in self.attestations for number in attestation.evidence]
        return tuple(dict.fromkeys(behind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that claims are judged by."""

    claims: Sequence[Claim]
    controls: Sequence[Control]
    findings: Sequence[Finding]
    duties: Duties
    rules: Rules
    stale: str = ""
    """Why the evidence is too old to support anything; empty if it is not."""
    aged: Mapping[Identity, str] = field(default_factory=dict)
    """Why the evidence of single findings is too old, because a refresh of a part took it over."""


def worst(states: Iterable[ClaimState]) -> ClaimState:
    """Return the state of what is above: the worst of what is below; of nothing, nothing is known."""
    return min(states, key=_RANK.__getitem__, default=ClaimState.UNKNOWN)


def claim_standings(case: Case, accounts: Iterable[str]) -> dict[str, dict[str, ClaimStanding]]:
    """Return how each claim stands in each account: by account, then by claim.

    What is found about the organisation as a whole bears on every account. A finding in an account that is not among
    `accounts`, such as one that says that not all accounts are known, adds that account, perhaps without a name.
    """
    by_place: dict[tuple[str, str], list[Finding]] = {}
    whole: dict[str, list[Finding]] = {}
    serving = {control.id: control for control in case.controls}
    served = {claim_id for control in case.controls for claim_id in control.claims}
    for finding in case.findings:
        control = serving.get(finding.control_id)
        for claim_id in control.claims if control else ():
            if control is not None and control.grain is Grain.ORGANISATION:
                whole.setdefault(claim_id, []).append(finding)
            else:
                by_place.setdefault((claim_id, finding.scope.account_id), []).append(finding)
    known = sorted({*accounts, *(account for _, account in by_place)})
    exempting = Exempting(case.duties.exceptions, case.rules.today)
    attested = counting(case.duties.attestations, case.rules)
    by_claim = {
        claim.id: tuple(each for each in attested if claim.id in each.claims) for claim in case.claims
    }
    return {
        account: {
            claim.id: _standing(
                claim,
                account,
                (*by_place.get((claim.id, account), ()), *whole.get(claim.id, ())),
                tuple(each for each in by_claim[claim.id] if each.is_about(account)),
                exempting,
                is_served=claim.id in served,
                case=case,
            )
            for claim in case.claims
        }
        for account in known
    }


def _standing(  # noqa: PLR0913 - each bears on the state
    claim: Claim,
    account: str,
    findings: tuple[Finding, ...],
    attestations: tuple[Attestation, ...],
    exempting: Exempting,
    *,
    is_served: bool,
    case: Case,
) -> ClaimStanding:
    stale = case.stale or next(
        (case.aged[each.identity] for each in findings if each.identity in case.aged), ""
    )
    excepted = tuple(
        (finding, exception) for finding in findings if (exception := exempting.of(finding)) is not None
    )
    counted = _Counted.of(findings, len(excepted))
    state, because = _live(counted)
    if state not in (ClaimState.CONTRADICTED, ClaimState.UNKNOWN):
        if stale and state is not None:
            state, because = ClaimState.UNKNOWN, stale
        else:
            state, because = _decided(claim.basis, state, because, attestations, is_served=is_served)
    elif stale:
        because = f"{because}; {stale}"
    if excepted:
        because = f"{because}; {_excepted_words(excepted)}"
    return ClaimStanding(
        claim_id=claim.id,
        account_id=account,
        state=state,
        because=because,
        findings=findings,
        excepted=excepted,
        attestations=attestations,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    passed: int
    failed: int
    """Without those that are excepted."""
    unknown: int
    excepted: int
    other: int

    @classmethod
    def of(cls, findings: Sequence[Finding], excepted: int) -> "_Counted":
        verdicts = [finding.verdict for finding in findings]
        return cls(
            verdicts.count(Verdict.PASS),
            verdicts.count(Verdict.FAIL) - excepted,
            verdicts.count(Verdict.UNKNOWN),
            excepted,
            verdicts.count(Verdict.NOT_APPLICABLE),
        )


def _live(counted: _Counted) -> tuple[ClaimState | None, str]:
    """Return what the findings alone come to; None if they neither support nor contradict."""
    if counted.failed:
        return ClaimState.CONTRADICTED, f"{_count(counted.failed, 'finding fails', 'findings fail')}"
    if counted.unknown:
        return ClaimState.UNKNOWN, _count(counted.unknown, "finding is unknown", "findings are unknown")
    if counted.passed:
        return ClaimState.SUPPORTED, _count(counted.passed, "finding passes", "findings pass")
    if counted.excepted:
        return None, "nothing supports it"
    if counted.other:
        return ClaimState.NOT_APPLICABLE, "there is nothing in the account that it applies to"
    return None, ""


def _decided(
    basis: Basis,
    live: ClaimState | None,
    because: str,
    attestations: Sequence[Attestation],
    *,
    is_served: bool,
) -> tuple[ClaimState, str]:
    """Return what evidence and attestations come to together, once nothing failed and nothing is unknown."""
    persons = ", ".join(dict.fromkeys(each.person for each in attestations))
    if attestations:
        until = max(each.valid_until for each in attestations)
        attested = f"attested by {persons} until {until}"
    else:
        attested = "nobody attests it"
    if basis is Basis.HYBRID and live is ClaimState.SUPPORTED:
        state = ClaimState.SUPPORTED if attestations else ClaimState.UNEVIDENCED
        return state, f"{because}; {attested}"
    if basis is Basis.HYBRID and live is None and attestations:
        return ClaimState.UNEVIDENCED, f"{attested}; {because or _unread(is_served)}"
    if basis is not Basis.ATTESTATION and live is ClaimState.SUPPORTED:
        return live, because
    if attestations:
        return ClaimState.ATTESTED, attested
    if basis is Basis.ATTESTATION:
        return ClaimState.UNEVIDENCED, attested
    if live is ClaimState.NOT_APPLICABLE:
        return live, because
    return ClaimState.UNEVIDENCED, f"{because or _unread(is_served)}; {attested}"


def _unread(is_served: bool) -> str:  # noqa: FBT001 - one of two phrases
    return "no control concluded anything here" if is_served else "no control of this build reads it"


def _excepted_words(excepted: Sequence[tuple[Finding, GrantedException]]) -> str:
    until = min(exception.valid_until for _, exception in excepted)
    approvers = ", ".join(dict.fromkeys(exception.approver for _, exception in excepted))
    counted = _count(len(excepted), "failure is excepted", "failures are excepted")
    return f"{counted} until {until} by {approvers}"


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def rolled_up(
    standings: Mapping[str, Mapping[str, ClaimStanding]], claims: Sequence[Claim], accounts: Iterable[str]
) -> dict[str, ClaimState]:
    """Return each claim's state over some accounts: the worst of theirs."""
    chosen = [standings[account] for account in accounts if account in standings]
    return {claim.id: worst(each[claim.id].state for each in chosen) for claim in claims}
