"""How claims stand: what was not seen never supports, and what is above is as bad as the worst below."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.controls.base import Grain
from console.controls.claims import Basis
from console.controls.duties import Duties
from console.controls.states import Case, ClaimState, claim_standings, rolled_up, worst
from console.domain.finding import Verdict
from unit.controls.deeds_made import ONE, RULES, TWO, attestation, claim, control, exception, finding

STATES = st.sampled_from(list(ClaimState))
PASS, FAIL, UNKNOWN, NA = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def case(basis: Basis, verdicts: list[Verdict], duties: Duties = Duties(), **changes: Any) -> Case:  # noqa: B008
    findings = [finding(verdict, subject=f"s{number}") for number, verdict in enumerate(verdicts)]
    said = {
        "claims": [claim("S01", basis)],
        "controls": [control("BR-AAA-001", "S01")],
        "findings": findings,
        "duties": duties,
        "rules": RULES,
    }
    return Case(**{**said, **changes})


def state(of: Case, account: str = ONE) -> tuple[ClaimState, str]:
    standing = claim_standings(of, [ONE])[account]["S01"]
    return standing.state, standing.because


ATTESTED = Duties(attestations=(attestation(),))
EXPIRED = Duties(attestations=(attestation(valid_until="2026-11-01"),))


@pytest.mark.parametrize(
    ("basis", "verdicts", "duties", "expected"),
    [
        (Basis.LIVE, [PASS, NA], Duties(), ClaimState.SUPPORTED),
        (Basis.LIVE, [PASS, FAIL, UNKNOWN], ATTESTED, ClaimState.CONTRADICTED),
        (Basis.LIVE, [PASS, UNKNOWN], ATTESTED, ClaimState.UNKNOWN),
        (Basis.LIVE, [NA], Duties(), ClaimState.NOT_APPLICABLE),
        (Basis.LIVE, [], Duties(), ClaimState.UNEVIDENCED),
        (Basis.LIVE, [], ATTESTED, ClaimState.ATTESTED),
        (Basis.HYBRID, [PASS], ATTESTED, ClaimState.SUPPORTED),
        (Basis.HYBRID, [PASS], Duties(), ClaimState.UNEVIDENCED),
        (Basis.HYBRID, [PASS], EXPIRED, ClaimState.UNEVIDENCED),
        (Basis.HYBRID, [], ATTESTED, ClaimState.UNEVIDENCED),
        (Basis.HYBRID, [], Duties(), ClaimState.UNEVIDENCED),
        (Basis.HYBRID, [NA], Duties(), ClaimState.NOT_APPLICABLE),
        (Basis.HYBRID, [NA], ATTESTED, ClaimState.ATTESTED),
        (Basis.HYBRID, [UNKNOWN], ATTESTED, ClaimState.UNKNOWN),
        (Basis.ATTESTATION, [], Duties(), ClaimState.UNEVIDENCED),
        (Basis.ATTESTATION, [PASS], Duties(), ClaimState.UNEVIDENCED),
        (Basis.ATTESTATION, [NA], Duties(), ClaimState.UNEVIDENCED),
        (Basis.ATTESTATION, [PASS], ATTESTED, ClaimState.ATTESTED),
        (Basis.ATTESTATION, [], EXPIRED, ClaimState.UNEVIDENCED),
        (Basis.ATTESTATION, [FAIL], ATTESTED, ClaimState.CONTRADICTED),
        (Basis.ATTESTATION, [UNKNOWN], ATTESTED, ClaimState.UNKNOWN),
    ],
)
def test_evidence_and_attestations_come_to_one_state(
    basis: Basis, verdicts: list[Verdict], duties: Duties, expected: ClaimState
) -> None:
    assert state(case(basis, verdicts, duties))[0] is expected


@given(
    st.sampled_from(list(Basis)),
    st.lists(st.sampled_from([PASS, UNKNOWN, NA]), min_size=1).filter(lambda each: UNKNOWN in each),
    st.booleans(),
)
def test_what_was_not_seen_never_supports(basis: Basis, verdicts: list[Verdict], attested: bool) -> None:  # noqa: FBT001
    assert state(case(basis, verdicts, ATTESTED if attested else Duties()))[0] is ClaimState.UNKNOWN


@given(st.sampled_from(list(Basis)), st.lists(st.sampled_from(list(Verdict))), st.booleans())
def test_a_failure_contradicts_whatever_else_is_so(
    basis: Basis,
    verdicts: list[Verdict],
    attested: bool,  # noqa: FBT001
) -> None:
    assert (
        state(case(basis, [*verdicts, FAIL], ATTESTED if attested else Duties()))[0]
        is ClaimState.CONTRADICTED
    )


def test_an_excepted_failure_is_said_and_contradicts_no_more() -> None:
    duties = Duties(exceptions=(exception(),))
    made = case(Basis.LIVE, [PASS, FAIL, FAIL], duties)
    found, because = state(made)
    assert found is ClaimState.SUPPORTED
    assert because == "1 finding passes; 2 failures are excepted until 2026-12-31 by Sam"
    standing = claim_standings(made, [ONE])[ONE]["S01"]
    assert len(standing.findings) == 3
    assert [each.verdict for each, _ in standing.excepted] == [FAIL, FAIL]
    assert standing.evidence == (1, 9)


def test_exceptions_alone_support_nothing() -> None:
    found, because = state(case(Basis.LIVE, [FAIL], Duties(exceptions=(exception(),))))
    assert found is ClaimState.UNEVIDENCED
    assert because == "nothing supports it; nobody attests it; 1 failure is excepted until 2026-12-31 by Sam"
    hybrid = Duties(exceptions=(exception(),), attestations=(attestation(),))
    assert state(case(Basis.HYBRID, [FAIL], hybrid)) == (
        ClaimState.UNEVIDENCED,
        "attested by Jo until 2027-03-31; nothing supports it; 1 failure is excepted until 2026-12-31 by Sam",
    )


def test_an_exception_of_one_failure_leaves_the_others() -> None:
    duties = Duties(exceptions=(exception(subject="s0"),))
    assert state(case(Basis.LIVE, [FAIL, FAIL], duties)) == (
        ClaimState.CONTRADICTED,
        "1 finding fails; 1 failure is excepted until 2026-12-31 by Sam",
    )


OLD = "the evidence is 200 hours old, and more than 168 are not allowed"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([PASS], (ClaimState.UNKNOWN, OLD)),
        ([NA], (ClaimState.UNKNOWN, OLD)),
        ([FAIL], (ClaimState.CONTRADICTED, f"1 finding fails; {OLD}")),
        ([UNKNOWN], (ClaimState.UNKNOWN, f"1 finding is unknown; {OLD}")),
        ([], (ClaimState.UNEVIDENCED, "no control concluded anything here; nobody attests it")),
    ],
)
def test_old_evidence_supports_nothing_and_still_contradicts(
    verdicts: list[Verdict], expected: tuple[ClaimState, str]
) -> None:
    assert state(case(Basis.LIVE, verdicts, stale=OLD)) == expected


def test_what_was_taken_over_and_is_old_supports_no_more_than_a_whole_old_refresh() -> None:
    made = case(Basis.LIVE, [PASS, PASS])
    old = {made.findings[1].identity: OLD}
    assert state(replace(made, aged=old)) == (ClaimState.UNKNOWN, OLD)
    assert (
        state(replace(made, aged={finding(PASS, subject="other").identity: OLD}))[0] is ClaimState.SUPPORTED
    )


def test_a_claim_that_no_control_reads_says_so() -> None:
    made = case(Basis.LIVE, [], controls=[])
    assert state(made)[1] == "no control of this build reads it; nobody attests it"


def test_what_holds_for_the_organisation_bears_on_every_account() -> None:
    made = case(
        Basis.LIVE,
        [],
        controls=[control("BR-AAA-001", "S01", grain=Grain.ORGANISATION)],
        findings=[finding(FAIL, account=TWO)],
    )
    assert state(made)[0] is ClaimState.CONTRADICTED


def test_a_finding_outside_the_known_accounts_is_a_place_of_its_own() -> None:
    made = case(Basis.LIVE, [], findings=[finding(UNKNOWN, account="")])
    standings = claim_standings(made, [ONE])
    assert sorted(standings) == ["", ONE]
    assert rolled_up(standings, made.claims, standings)["S01"] is ClaimState.UNKNOWN


def test_a_finding_of_a_control_that_this_build_lacks_bears_on_nothing() -> None:
    made = case(Basis.LIVE, [], findings=[finding(FAIL, "BR-OLD-001")])
    assert state(made)[0] is ClaimState.UNEVIDENCED


def test_an_attestation_for_one_account_is_none_for_another() -> None:
    made = case(Basis.ATTESTATION, [], Duties(attestations=(attestation(accounts=(TWO,)),)))
    assert state(made)[0] is ClaimState.UNEVIDENCED
    both = claim_standings(made, [ONE, TWO])
    assert both[TWO]["S01"].state is ClaimState.ATTESTED
    assert both[TWO]["S01"].evidence == (7,)


@given(st.lists(STATES, min_size=1))
def test_what_is_above_is_the_worst_of_what_is_below(states: list[ClaimState]) -> None:
    order = list(ClaimState)
    assert worst(states) is order[min(order.index(each) for each in states)]


@given(st.lists(STATES), STATES)
def test_one_more_account_never_makes_it_better(states: list[ClaimState], more: ClaimState) -> None:
    order = list(ClaimState)
    if states:
        assert order.index(worst([*states, more])) <= order.index(worst(states))


@given(st.lists(st.lists(STATES, min_size=1), min_size=1))
def test_units_roll_up_as_their_accounts_do(units: list[list[ClaimState]]) -> None:
    assert worst(worst(unit) for unit in units) is worst(each for unit in units for each in unit)


def test_of_no_account_nothing_is_known() -> None:
    assert worst([]) is ClaimState.UNKNOWN
    assert rolled_up({}, [claim()], ["1"]) == {"S01": ClaimState.UNKNOWN}


def test_only_supported_below_is_supported_above() -> None:
    made = case(Basis.LIVE, [PASS])
    standings = claim_standings(
        replace(made, findings=[*made.findings, finding(PASS, account=TWO)]), [ONE, TWO]
    )
    assert rolled_up(standings, made.claims, [ONE, TWO])["S01"] is ClaimState.SUPPORTED
    assert rolled_up(standings, made.claims, [ONE, TWO, "3"])["S01"] is ClaimState.SUPPORTED
