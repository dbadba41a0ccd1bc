"""A pack opened as if it were the store: what it shows is what the store showed, and nothing can be done to it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.controls.attestation import Standing
from console.domain.evidence import Gap, GapReason
from console.reports import layout
from console.reports.errors import UnopenablePackError, UnreadablePackError
from console.reports.redaction_rules import Profile
from console.reports.scope import PackScope
from console.reports.verify import verify_pack
from console.services import office
from console.services.catalogues import claim_catalogue
from console.services.office import GrantedException
from console.services.opening import PackDesk, ReadOnlyPackError, open_demo, open_pack
from console.ui.desk import catalogue_of
from console.ui.page import discover_pages
from console.views.claims import Judged, claim_report
from console.views.duties import attestations_table
from unit.reports.estate import STRANGER, Estate, make_estate
from unit.reports.people_estate import make_peopled
from unit.reports.tampering import PAYLOAD, Made, signers_file

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
KEPT_ID = "11d689a1408022b8"


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    made = make_peopled(tmp_path_factory.mktemp("peopled"))
    with made.store:
        yield made


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = make_estate(tmp_path_factory.mktemp("estate"))
    with made.store:
        yield made.export("good.zip").path


@pytest.fixture
def made(exported: Path, tmp_path: Path) -> Made:
    return Made.of(exported, tmp_path)


@pytest.fixture(scope="module")
def packs(peopled: Estate) -> dict[Profile, Path]:
    return {profile: peopled.export(f"{profile}.zip", profile=profile).path for profile in Profile}


def judged(desk: PackDesk) -> Judged:
    latest = desk.latest()
    return Judged(
        snapshot=latest.snapshot,
        findings=latest.assessment.findings,
        controls=desk.controls,
        duties=latest.duties,
        policy=latest.assessment.policy,
        asked_at=latest.asked_at,
    )


def test_it_shows_what_the_store_shows(peopled: Estate, packs: dict[Profile, Path]) -> None:
    desk = open_pack(packs[Profile.INTERNAL])
    latest, stored = desk.latest(), peopled.store.snapshot(peopled.refresh_id)
    kinds = {step.kind for step in stored.steps()}
    assert {kind: tuple(latest.snapshot.facts(kind)) for kind in kinds} == {
        kind: stored.facts(kind) for kind in kinds
    }
    assert latest.snapshot.gaps() == stored.gaps()
    assert latest.snapshot.steps() == stored.steps()
    assert latest.assessment.findings == peopled.assessment.findings
    assert latest.assessment.policy == peopled.assessment.policy
    assert latest.snapshot.refresh == stored.refresh
    assert latest.duties == office.gather(peopled.store)
    for number in (fact.sequence for kind in kinds for fact in stored.facts(kind)):
        assert desk.observation(number) == peopled.store.observation(number)


def test_every_page_reads_a_pack_of_every_profile_and_part(
    peopled: Estate, packs: dict[Profile, Path]
) -> None:
    scope = PackScope(units=("Payments unit",), controls=("BR-GRD",))
    part = peopled.export("part.zip", scope=scope, profile=Profile.AUDITOR).path
    for pack in (*packs.values(), part):
        desk = open_pack(pack)
        for page in discover_pages():
            page.read(desk.latest(), desk.controls)


def test_a_pack_about_some_claims_lists_those_and_no_others(peopled: Estate) -> None:
    about = peopled.export("claims.zip", scope=PackScope(claims=("S10", "S22"))).path
    latest = open_pack(about).latest()
    assert [claim.id for claim in catalogue_of(latest).claims] == ["S10", "S22"]
    desk = open_pack(about)
    shown = next(page for page in discover_pages() if page.name == "claims").read(latest, desk.controls)
    assert {row.claim.id for row in shown.claims.table.rows} == {"S10", "S22"}
    whole = open_pack(peopled.export("whole.zip").path).latest()
    assert len(catalogue_of(whole).claims) == len(claim_catalogue().claims)


@pytest.mark.parametrize("profile", list(Profile))
def test_claims_stand_as_the_pack_says_in_every_profile(packs: dict[Profile, Path], profile: Profile) -> None:
    desk = open_pack(packs[profile])
    report = claim_report(judged(desk), claim_catalogue())
    state = report.states(report.units[0])["S10"].value
    assert state == open_pack(packs[Profile.INTERNAL]).claims()["S10"]
    rows = attestations_table(desk.latest().duties, judged(desk).rules).rows
    assert [row.standing for row in rows] == [Standing.VALID]


def test_what_is_withheld_is_a_gap_and_never_an_empty_answer(packs: dict[Profile, Path]) -> None:
    snapshot = open_pack(packs[Profile.PUBLIC]).latest().snapshot
    assert snapshot.facts("iam.user") == ()
    (gap,) = snapshot.gaps("iam.user")
    assert gap.reason is GapReason.WITHHELD
    assert Counter(each.reason for each in snapshot.gaps())[GapReason.WITHHELD] > 3


def test_what_was_erased_is_a_gap(exported: Path) -> None:
    (gap,) = open_pack(exported).latest().snapshot.gaps("iam.user")
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.ERASED


def test_the_banner_says_whose_it_is_of_when_and_whether_it_is_verified(
    exported: Path, tmp_path: Path
) -> None:
    unknown = open_pack(exported).banner
    assert "Department of <b>Examples</b>, as of 23 November 2026, 09:14 UTC" in unknown
    assert "NOT verified: who signed it is not known" in unknown
    other = open_pack(exported, signers=signers_file(tmp_path, STRANGER)).banner
    assert "NOT verified: nobody whom you named signed it" in other
    good = open_pack(exported, signers=signers_file(tmp_path)).banner
    assert "Verified: " in good
    assert "NOT" not in good


def test_a_pack_that_is_not_what_was_signed_is_not_opened_and_says_why(made: Made) -> None:
    changed = made.change(f"{PAYLOAD}{layout.FINDINGS}", lambda held: held + b"x").write()
    with pytest.raises(UnopenablePackError, match=r"findings\.csv is not the file that was signed"):
        open_pack(changed)
    with pytest.raises(UnreadablePackError):
        open_pack(made.folder / "none.zip")


def test_a_pack_that_verifies_in_a_form_that_is_not_known_is_not_opened(made: Made) -> None:
    odd = made.change_json(layout.ASSESSMENT, lambda said: said.update(policy={"unknown": 1})).sealed_again()
    with pytest.raises(UnopenablePackError, match="not in a form"):
        open_pack(odd.write())


def test_nothing_can_be_done_to_a_pack(packs: dict[Profile, Path], tmp_path: Path) -> None:
    desk = open_pack(packs[Profile.INTERNAL])
    granted: Any = GrantedException(
        id="", control_id=desk.controls[0].id, account_id="*", region="*", subject="*", reason="r", approver="a",
        granted_by="", granted_at="", valid_until="2099-01-01",
    )  # fmt: skip
    for do in (
        lambda: desk.refresh_call(resume=False),
        desk.log_call,
        desk.sign_in_call,
        lambda: desk.export_pack(tmp_path / "x.zip"),
        lambda: desk.preview_pack(None),
        lambda: desk.office.grant(granted, "Jo"),
        lambda: desk.observation(10**6),
    ):
        with pytest.raises(ReadOnlyPackError):
            do()
    assert desk.office.duties().attestations
    assert desk.packs() == []
    assert not desk.unfinished()
    with pytest.raises(ValueError, match="x"):
        desk.read_event("x")
    desk.close()


def test_a_pack_that_an_earlier_version_made_verifies_and_opens(tmp_path: Path) -> None:
    """`pack_0001.zip` is of version 0.1.0: for an auditor, two controls, what holds for the organisation besides."""
    pack = FIXTURES / "pack_0001.zip"
    verification = verify_pack(pack, allowed_signers=signers_file(tmp_path))
    assert verification.verified
    assert verification.pack_id.startswith(KEPT_ID)
    desk = open_pack(pack, signers=signers_file(tmp_path))
    assert desk.claims()["S22"] == "contradicted"
    for page in discover_pages():
        page.read(desk.latest(), desk.controls)


def test_the_demonstration_is_verified_and_says_that_it_is_one() -> None:
    desk = open_demo()
    assert desk.verification.verified
    assert desk.banner.startswith("This is a demonstration")
    assert "invented department" in desk.settings.organisation_name
    assert {finding.verdict.value for finding in desk.latest().assessment.findings} == {
        "pass",
        "fail",
        "unknown",
        "not applicable",
    }
