"""What a control declares, and the verdict rules that hold for all of them alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from console.base.settings import PolicySettings
from console.controls.grounds import Grounds
from console.controls.index import ACCOUNTS, REGIONS, Grain, Index, Slice, is_of_organisation
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.finding import Finding, Severity, Verdict
from console.domain.refresh import StepState
from console.domain.scope import GLOBAL, Scope

__all__ = ["Check", "Control", "Grain", "Opinion", "Question", "Severity", "Verdict", "assess", "assess_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a check thinks of one subject."""

    subject: str
    verdict: Verdict
    because: str
    evidence: Sequence[Fact | Gap]
    """What it rests on; never empty. Gaps only where the check looked beyond its own scope."""
    is_certain: bool = False
    """Of a failure: whatever was missed could not cure it, as one call that went abroad is one too many."""

    @property
    def stands(self) -> bool:
        """Tell whether it holds although not everything could be seen."""
        return self.is_certain and self.verdict is Verdict.FAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The evidence a check is handed: one account, Region or organisation, all of it read.

    A check is only asked where every kind that it reads was read to the end, so it need not (and cannot)
    handle missing evidence. Single things that AWS would not show are answered for it, unless it asks `at` one.
    """

    scope: Scope
    policy: PolicySettings
    basis: tuple[Fact, ...]
    """The facts by which this scope is there to be asked about: what an absence rests on."""
    _facts: Mapping[str, Sequence[Fact]] = field(repr=False)
    _missed: Mapping[str, Sequence[Gap]] = field(repr=False)
    _index: Index = field(repr=False)
    _grounds: Grounds = field(repr=False)

    @property
    def is_approved_region(self) -> bool:
        """Tell whether the question is about a Region that the department approved."""
        return self.scope.region in self.policy.approved_regions

    @property
    def management_account(self) -> str:
        """The organisation's management account; empty if that was not read."""
        return self._index.management

    @property
    def organisation_accounts(self) -> frozenset[str]:
        """The accounts that AWS lists as the organisation's; empty if the list was not read."""
        return frozenset(self._index.listed)

    def facts(self, kind: str) -> Sequence[Fact]:
        """Return the facts of a declared kind within this question's scope."""
        return self._facts[kind]

    def missed(self, kind: str) -> Sequence[Gap]:
        """Return the single things of a declared kind within this question's scope that AWS would not show.

        For a check to which the absence of a thing is good.
        """
        return self._missed[kind]

    def reads(self, kind: str) -> bool:
        """Tell whether the control declared the kind."""
        return kind in self._facts

    def at(self, kind: str, scope: Scope, key: str) -> Fact | Gap | None:
        """Return what is known of one thing of a declared kind by its place, in whichever account.

        A gap if AWS would not show this one thing: nothing that hangs on it can pass. None if there is none.
        """
        if kind not in self._facts:
            raise KeyError(kind)
        self._grounds.kinds.add(kind)
        return self._index.at(kind, scope, key)

    def beyond(self, kind: str) -> Slice:
        """Return all that is known of a declared kind in every account, gaps included.

        For what one account does for others, such as an organisation's trail.
        """
        if kind not in self._facts:
            raise KeyError(kind)
        self._grounds.kinds.add(kind)
        return self._index.everywhere(kind)


Check = Callable[[Question], Iterable[Opinion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A question with its metadata beside its logic."""

    id: str
    """`BR-<area>-<number>`, for ever: a changed question gets a new id."""
    title: str
    """What is true when it passes; no full stop."""
    severity: Severity
    grain: Grain
    reads: tuple[str, ...]
    """Kinds of fact; a gap in any of them makes the answer unknown, of the one thing if the gap is of one."""
    rationale: str
    remedy: str
    """The change that makes it pass, in sentences."""
    check: Check
    nothing: tuple[Verdict, str]
    """The stated answer, with its reason, where all was read and `check` had no opinion."""
    references: tuple[str, ...] = ()
    """Addresses of AWS documentation, or names of standards' clauses."""
    claims: tuple[str, ...] = ()
    """Ids of the guidance's claims that its answer bears on."""
    ages: bool = False
    """Whether the answer depends on when the evidence was read, so that it can change while the evidence does not."""


def assess(control: Control, snapshot: Snapshot, policy: PolicySettings) -> Iterator[Finding]:
    """Put one control to every scope of its grain."""
    return assess_all((control,), snapshot, policy)


def assess_all(controls: Sequence[Control], snapshot: Snapshot, policy: PolicySettings) -> Iterator[Finding]:
    """Put each control to every scope of its grain, sorting the snapshot once.

    Rules, the same for all controls. A gap of a whole scope, or evidence that was not planned or not read yet, is
    one `unknown` for the scope, resting on the gaps, and the check is not asked. A single thing that was missed is
    one `unknown` of its own; what the check then says of things that were read stands, and what it says of the scope
    as a whole is unknown, because the missed thing may be otherwise; but a failure that is certain stands. A scope
    without an opinion gets the control's stated answer, resting on the facts by which the scope is known. An account
    whose Regions were not read, and accounts that were not listed, are unknown too: what cannot be asked about is said.
    """
    index = Index(snapshot)
    index.read({kind for control in controls for kind in control.reads})
    for control in controls:
        grounds = Grounds()
        yield from unlisted(control, index)
        for scope in scopes(control.grain, index):
            yield from ask(control, scope, index, policy, grounds)


def scopes(grain: Grain, index: Index) -> Iterator[Scope]:
    """Return what there is to ask about; an account without a known Region is asked about as a whole."""
    if grain is Grain.ORGANISATION:
        organisation = next(iter(index.everywhere(ACCOUNTS).steps), None)
        yield organisation.scope if organisation else Scope("")
        return
    for account in index.accounts:
        if grain is Grain.ACCOUNT:
            yield Scope(account)
        else:
            yield from (Scope(account, region) for region in index.regions.get(account, (GLOBAL,)))


def unlisted(control: Control, index: Index) -> Iterator[Finding]:
    """Say that there may be more accounts than could be asked about."""
    accounts = index.everywhere(ACCOUNTS)
    if control.grain is Grain.ORGANISATION or (accounts.is_read and not accounts.missed):
        return
    if index.accounts and not accounts.steps:
        return
    scope = accounts.steps[0].scope if accounts.steps else Scope("")
    because = f"the organisation's accounts are not all known: {_why(ACCOUNTS, accounts)}"
    yield _finding(control, ACCOUNTS, scope, Verdict.UNKNOWN, because, accounts.gaps)


def ask(
    control: Control, scope: Scope, index: Index, policy: PolicySettings, grounds: Grounds
) -> Iterator[Finding]:
    """Put one question by the rules of `assess_all`, noting in `grounds` what was looked at beyond the scope."""
    slices = {kind: index.within(kind, scope, control.grain) for kind in control.reads}
    basis = index.basis(scope, control.grain)
    missing = {kind: found for kind, found in slices.items() if not found.is_read}
    if missing:
        yield _unknown(control, scope, _with_cause(missing, scope, index), basis)
        return
    facts = {kind: found.facts for kind, found in slices.items()}
    lost = {kind: found.missed for kind, found in slices.items()}
    question = Question(
        scope=scope,
        policy=grounds.noting(policy),
        basis=basis,
        _facts=facts,
        _missed=lost,
        _index=index,
        _grounds=grounds,
    )
    opinions = tuple(control.check(question))
    missed = [gap for gaps in lost.values() for gap in gaps]
    yield from _missed(control, scope, missed)
    seen = {fact.key for found in facts.values() for fact in found} if missed else ()
    for opinion in opinions:
        if missed and opinion.subject not in seen and not opinion.stands:
            because = f"not all of it could be seen; of what was, {opinion.because}"
            evidence = (*opinion.evidence, *missed)
            yield _finding(control, opinion.subject, scope, Verdict.UNKNOWN, because, evidence)
        else:
            yield _finding(
                control, opinion.subject, scope, opinion.verdict, opinion.because, opinion.evidence
            )
    if not opinions and not missed:
        verdict, because = control.nothing
        yield _finding(control, str(scope), scope, verdict, because, basis)


def _missed(control: Control, scope: Scope, missed: Iterable[Gap]) -> Iterator[Finding]:
    """Say of each single thing that AWS would not show that it is not known."""
    for gap in missed:
        because = f"{gap.kind} could not be read of it: {gap.reason.value}"
        yield _finding(control, gap.key, scope, Verdict.UNKNOWN, because, (gap,))


def _with_cause(missing: dict[str, Slice], scope: Scope, index: Index) -> dict[str, Slice]:
    """Name the account's unread Regions, where they are why a kind was not planned."""
    regions = index.within(REGIONS, scope, Grain.ACCOUNT)
    regional = any(not is_of_organisation(kind) and not found.steps for kind, found in missing.items())
    if regional and regions.unread and REGIONS not in missing:
        return {REGIONS: regions, **missing}
    return missing


def _unknown(control: Control, scope: Scope, missing: dict[str, Slice], basis: Sequence[Fact]) -> Finding:
    """Make one finding of all that a question lacks; one unread Region is said with its code."""
    gaps = [gap for found in missing.values() for gap in found.unread]
    because = "; ".join(_why(kind, found) for kind, found in missing.items())
    return _finding(control, next(iter(missing)), scope, Verdict.UNKNOWN, because, gaps or basis)


def _why(kind: str, found: Slice) -> str:
    """Say why a kind is not known whole."""
    if found.unread:
        reasons: dict[str, list[str]] = {}
        for gap in found.unread:
            reasons.setdefault(gap.reason.value, []).append(gap.scope.region)
        return "; ".join(
            f"{kind} could not be read{_where(regions)}: {reason}" for reason, regions in reasons.items()
        )
    if not found.steps:
        return f"{kind} was not part of this refresh"
    if any(step.state is StepState.PENDING for step in found.steps):
        return f"{kind} has not been read yet"
    return f"{kind} could not be read, and no reason was kept"


def _where(regions: Sequence[str]) -> str:
    named = sorted({region for region in regions if region != GLOBAL})
    return f" in {', '.join(named)}" if named else ""


def _finding(
    control: Control,
    subject: str,
    scope: Scope,
    verdict: Verdict,
    because: str,
    evidence: Sequence[Fact | Gap],
) -> Finding:
    return Finding(
        control_id=control.id,
        severity=control.severity,
        subject=subject,
        scope=scope,
        verdict=verdict,
        because=because,
        evidence=tuple(dict.fromkeys(each.sequence for each in evidence)),
    )
