from collections import Counter
from dataclasses import replace

from console.base.settings import PolicySettings
from console.controls.claims import Basis
from console.controls.duties import Duties
from console.controls.guidance import edition_of, match
from console.controls.states import ClaimState
from console.domain.finding import Verdict
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.services.catalogues import claim_catalogue, frameworks
from console.views.claims import (
    Judged,
    claim_accounts_table,
    claim_report,
    claims_table,
    evidence_of,
    state_counts,
)
from console.views.controls import catalogue_table
from console.views.frameworks import UNSERVED, coverages, frameworks_table
from console.views.guidance import guidance_table
from fakes import NOW, FakeSnapshot, fact
from unit.controls.deeds_made import ONE, TWO, attestation, control, exception, finding

HOME = Scope(ONE)
CATALOGUE = claim_catalogue()
CONTROLS = [control("BR-AAA-001", "S02", "S15")]


def snapshot() -> FakeSnapshot:
    tree = [
        fact("organizations.root", "r-1", {"Name": "Root"}, HOME, 1),
        fact("organizations.organizational_unit", "ou-1", {"Name": "Workloads"}, HOME, 2),
        fact(
            "organizations.child",
            "r-1/ou-1",
            {"ParentId": "r-1", "Id": "ou-1", "Type": "ORGANIZATIONAL_UNIT"},
            HOME,
            3,
        ),
        fact("organizations.child", "r-1/a", {"ParentId": "r-1", "Id": ONE, "Type": "ACCOUNT"}, HOME, 4),
        fact("organizations.child", "ou-1/a", {"ParentId": "ou-1", "Id": TWO, "Type": "ACCOUNT"}, HOME, 5),
    ]
    accounts = [
        fact("organizations.account", ONE, {"Name": "one", "Status": "ACTIVE"}, HOME, 6),
        fact("organizations.account", TWO, {"Name": "two", "Status": "ACTIVE"}, HOME, 7),
        fact("organizations.account", "3", {"Name": "gone", "Status": "SUSPENDED"}, HOME, 8),
    ]
    return FakeSnapshot(known=[*tree, *accounts])


def judged(duties: Duties = Duties(), asked_at: str = NOW) -> Judged:  # noqa: B008
    findings = [
        finding(Verdict.FAIL, account=TWO, evidence=(11,)),
        finding(Verdict.PASS, account=ONE, evidence=(12,)),
    ]
    return Judged(
        snapshot=snapshot(),
        findings=findings,
        controls=CONTROLS,
        duties=duties,
        policy=PolicySettings(),
        asked_at=asked_at,
    )


def test_the_organisation_stands_as_its_worst_account_does() -> None:
    report = claim_report(judged(), CATALOGUE)
    whole, root, workloads, one, two = report.units
    assert (whole.kind, root.kind, workloads.kind, one.kind, two.kind) == (
        "organisation", "root", "organisational unit", "account", "account",
    )  # fmt: skip
    assert [report.states(unit)["S15"] for unit in report.units] == [
        ClaimState.CONTRADICTED,
        ClaimState.CONTRADICTED,
        ClaimState.CONTRADICTED,
        ClaimState.SUPPORTED,
        ClaimState.CONTRADICTED,
    ]
    assert workloads.accounts == (TWO,)


def test_a_part_is_found_by_id_or_by_a_name_that_only_it_has() -> None:
    report = claim_report(judged(), CATALOGUE)
    assert report.unit("ou-1") is report.unit("workloads")
    assert report.unit(ONE) is report.unit("one")
    assert report.unit("nobody") is None


def test_a_suspended_account_has_no_claims() -> None:
    assert set(claim_report(judged(), CATALOGUE).standings) == {ONE, TWO}


def test_a_row_says_where_its_state_comes_from() -> None:
    report = claim_report(judged(), CATALOGUE)
    rows = {row.claim.id: row for row in claims_table(report, report.units[0], Duties()).rows}
    assert rows["S15"].because == "contradicted in 1 of 2 accounts: 1 finding fails"
    assert rows["S10"].because == "unevidenced in every account: nobody attests it"
    assert rows["S15"].counts == Counter({ClaimState.CONTRADICTED: 1, ClaimState.SUPPORTED: 1})
    table = claims_table(report, report.units[0], Duties())
    assert table.evidence(rows["S15"]) == (11,)
    assert [cells[0] for cells in table.cells() if cells[1] == "S15"] == ["contradicted"]
    one = claims_table(report, report.units[3], Duties())
    assert {row.claim.id: row.because for row in one.rows}["S15"] == "1 finding passes"
    assert claims_table(
        report, report.units[0].__class__(id="", name="", kind="", accounts=()), Duties()
    ).rows[0].because == ("no account is known")


def test_states_are_counted_worst_first() -> None:
    report = claim_report(judged(), CATALOGUE)
    counts = dict(state_counts(report, report.units[0]))
    assert list(counts) == list(ClaimState)
    assert counts[ClaimState.CONTRADICTED] == 2
    assert sum(counts.values()) == 39


def test_accounts_of_a_claim_come_worst_first() -> None:
    report = claim_report(judged(), CATALOGUE)
    table = claim_accounts_table(report, report.units[0], "S15")
    assert [row.account_name for row in table.rows] == ["two", "one"]
    assert table.evidence(table.rows[0]) == (11,)
    assert table.cells()[0] == ["contradicted", "two", TWO, "1 finding fails", 1, 0]


def test_old_evidence_is_said() -> None:
    report = claim_report(judged(asked_at="2026-12-23T09:14:00.000Z"), CATALOGUE)
    assert "720 hours old" in report.stale
    assert report.standings[ONE]["S15"].state is ClaimState.UNKNOWN


def test_evidence_of_an_earlier_refresh_is_as_old_as_that_one() -> None:
    made = judged()
    carried = Step("bedrock.guardrail", Scope(ONE, "eu-west-2"), StepState.READ, carried_from=1)

    class Partial(FakeSnapshot):
        def steps(self, kind: str | None = None) -> list[Step]:
            return [*super().steps(kind), carried]

    partial = Partial(known=snapshot().known)
    old = replace(made, snapshot=partial, earlier={1: "2026-11-01T00:00:00.000Z"})
    assert claim_report(old, CATALOGUE).standings[ONE]["S15"].state is ClaimState.UNKNOWN
    fresh = replace(made, snapshot=partial, earlier={1: "2026-11-23T00:00:00.000Z"})
    assert claim_report(fresh, CATALOGUE).standings[ONE]["S15"].state is ClaimState.SUPPORTED


def test_the_guidances_own_words_stand_beside_the_claim_they_match() -> None:
    edition = edition_of("g", "One line\u202e\nAnother")
    by_hand = {edition.lines[0].sha256: ("S15",), edition.lines[1].sha256: ()}
    matching = match(edition, CATALOGUE.known, [], by_hand)
    report = claim_report(judged(), CATALOGUE)
    rows = claims_table(report, report.units[0], Duties(guidance=matching)).rows
    assert {row.claim.id: row.guidance for row in rows if row.guidance} == {"S15": "One line\\u202e"}
    table = guidance_table(
        match(edition, CATALOGUE.known, [edition.lines[1].sha256], {edition.lines[0].sha256: ("S15",)})
    )
    assert [(row.claims, row.known_by) for row in table.rows] == [(("S15",), "hand"), ((), "its hash")]
    assert table.cells()[1] == [2, "none", "its hash", "Another"]
    unknown = guidance_table(match(edition, CATALOGUE.known, [], {}))
    assert [row.known_by for row in unknown.rows] == ["nothing", "nothing"]


def test_exceptions_and_attestations_are_beneath_and_open() -> None:
    duties = Duties(exceptions=(exception(),), attestations=(attestation("S02"),))
    report = claim_report(judged(duties), CATALOGUE)
    standing = report.standings[TWO]["S02"]
    assert evidence_of([standing, standing]) == (11, 9, 7)
    rows = {row.claim.id: row for row in claims_table(report, report.units[0], duties).rows}
    assert rows["S15"].excepted == 1
    assert rows["S15"].state is not ClaimState.CONTRADICTED


def test_every_entry_says_what_serves_it_or_that_nothing_does() -> None:
    duties = Duties(attestations=(attestation("S10"),))
    report = claim_report(judged(duties), CATALOGUE)
    table = frameworks_table(frameworks(), report, report.units[0], CONTROLS)
    rows = {(row.framework.id, row.entry.id): row for row in table.rows}
    residency = rows["ncsc-csp", "2.1"]
    assert residency.state == "contradicted"
    assert "BR-AAA-001" in residency.controls
    assert 11 in table.evidence(residency)
    terms = rows["ai-playbook", "8"]
    assert terms.attestations == ("AT-1",)
    assert terms.serves == "S10, S11, S12, S13: 0 controls, 1 attestation"
    nothing = rows["ncsc-csp", "6"]
    assert nothing.state == UNSERVED
    assert nothing.serves == "no claim, control or attestation of this console serves it"
    assert table.evidence(nothing) == ()
    assert table.cells()[0][0] in {*(state.value for state in ClaimState), UNSERVED}
    assert "not yet" in {cells[-1] for cells in table.cells()}


def test_coverage_is_honest_about_the_rest() -> None:
    report = claim_report(judged(), CATALOGUE)
    found = {
        each.framework.id: each
        for each in coverages(frameworks_table(frameworks(), report, report.units[0], CONTROLS))
    }
    assert (
        found["ncsc-csp"].sentence
        == "15 of 19 entries are served by a claim; nothing here serves the other 4"
    )
    assert sum(found["ncsc-csp"].counts.values()) == 19
    whole = [each for each in found.values() if each.served == each.entries]
    assert all("nothing" not in each.sentence for each in whole)


def test_a_framework_that_is_served_whole_says_no_more() -> None:
    report = claim_report(judged(), CATALOGUE)
    table = frameworks_table(frameworks(), report, report.units[0], CONTROLS)
    served = [row for row in table.rows if row.state != UNSERVED]
    (one, *_) = coverages(type(table)(table.columns, tuple(served)))
    assert one.sentence == f"{one.served} of {one.entries} entries are served by a claim"


def test_the_catalogue_counts_verdicts_and_names_what_a_control_serves() -> None:
    findings = judged().findings
    table = catalogue_table(findings, [*CONTROLS, control("BR-BBB-001")], frameworks())
    first, second = table.rows
    assert (first.counts[Verdict.FAIL], first.counts[Verdict.PASS]) == (1, 1)
    assert "ncsc-csp 2.1" in first.entries
    assert table.evidence(first) == (11, 12)
    assert (second.entries, table.evidence(second)) == ((), ())
    assert table.cells()[1][-2:] == ["none", 0]


def test_every_claim_has_a_basis_that_is_explained() -> None:
    assert {claim.basis for claim in CATALOGUE.claims} == set(Basis)
