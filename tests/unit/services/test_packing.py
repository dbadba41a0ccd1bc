"""What goes into a pack of a part, of a period, after another: and what the ledger's history shows."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.deed import DeedKind
from console.domain.refresh import Step
from console.evidence.note import sign_note
from console.reports import layout
from console.reports.errors import NotInScopeError, UnreadablePackError
from console.reports.scope import PackScope
from console.reports.verify import Verification, verify_pack
from console.reports.wish import StoppedPackError, Turn
from console.services.assess import save_assessment
from console.services.packing import NotExportableError, reading_within
from unit.reports.estate import MANAGEMENT, SIGNER, Estate, judge, make_store, refresh, steps
from unit.reports.people_estate import make_peopled, peopled_steps
from unit.reports.tampering import EVIDENCE, PAYLOAD, Made, failed, signers_file


@pytest.fixture
def peopled(tmp_path: Path) -> Iterator[Estate]:
    made = make_peopled(tmp_path / "estate")
    with made.store:
        yield made


def document(made: Made, name: str) -> dict:
    return json.loads(made.files[f"{PAYLOAD}{name}"])


def test_a_pack_of_a_unit_holds_its_accounts_and_what_holds_for_the_organisation(
    peopled: Estate, tmp_path: Path
) -> None:
    pack = peopled.export("unit.zip", scope=PackScope(units=("Payments unit",)))
    made = Made.of(pack.path, tmp_path)
    assert verify_pack(pack.path, allowed_signers=signers_file(tmp_path)).verified
    said = document(made, layout.ASSESSMENT)
    organisation = {each["id"] for each in said["controls"] if each["grain"] == "organisation"}
    assert {each["account_id"] for each in said["findings"] if each["control"] not in organisation} == {
        "222233334444"
    }
    assert {each["account_id"] for each in said["findings"] if each["control"] in organisation} <= {
        "111122223333", ""
    }  # fmt: skip
    assert not [name for name in made.files if name.startswith(f"{EVIDENCE}111122223333/eu-west-2")]
    accounts = made.files[f"{EVIDENCE}111122223333/global/organizations.account.jsonl"]
    assert b"Payments live" in accounts
    inclusion = next(each for each in made.verify().checks if each.name == "inclusion")
    assert "of the reading are left out" in inclusion.detail


def test_a_pack_of_a_claim_holds_its_controls_and_their_kinds(peopled: Estate, tmp_path: Path) -> None:
    made = Made.of(peopled.export("claim.zip", scope=PackScope(claims=("S22",))).path, tmp_path)
    said = document(made, layout.ASSESSMENT)
    assert all("S22" in each["claims"] for each in said["controls"])
    assert [each["id"] for each in document(made, layout.CLAIMS_JSON)["claims"]] == ["S22"]
    assert made.verify().verified


@pytest.mark.parametrize(
    "scope",
    [
        PackScope(units=("no such unit",)),
        PackScope(accounts=("123456789012",)),
        PackScope(controls=("BR-NO",)),
        PackScope(claims=("S99",)),
    ],
)
def test_a_scope_that_names_what_is_not_there_is_refused(peopled: Estate, scope: PackScope) -> None:
    with pytest.raises(NotInScopeError):
        peopled.export("none.zip", scope=scope)


def test_a_scope_is_said_in_words_and_reads_back() -> None:
    scope = PackScope(units=("Prod",), controls=("BR-LOG",), since="2026-11-01")
    assert PackScope.of(scope.document()) == scope
    assert str(PackScope(until="2026-11-30")) == "the whole organisation; up to 2026-11-30"
    assert str(scope) == "unit Prod; controls BR-LOG; from 2026-11-01"


def test_what_is_the_same_evidence_is_the_same_pack_whoever_was_registered_meanwhile(peopled: Estate) -> None:
    one = peopled.export("one.zip")
    peopled.store.add_deed(DeedKind.PACK, "Jo", one.register)
    assert peopled.export("two.zip").id == one.id


def test_the_first_page_says_what_changed_since_the_last_pack_of_the_scope(tmp_path: Path) -> None:
    with make_store(tmp_path / "estate") as store:
        first = refresh(store, peopled_steps())
        made = Estate(store, tmp_path, first, judge(store, first))
        save_assessment(store, made.assessment)
        before = made.export("one.zip")
        store.add_deed(DeedKind.PACK, "Jo", before.register)
        changed = peopled_steps()
        for step in list(changed):
            if step.kind == "bedrock.data_retention":
                changed[step] = [("data-retention", {"mode": "none"})]
        second = refresh(store, changed)
        after = replace(made, refresh_id=second, assessment=judge(store, second))
        report = Made.of(after.export("two.zip").path, tmp_path).files[f"{PAYLOAD}{layout.REPORT}"].decode()
        assert re.search(r"\d statements? stands? otherwise than in the last pack", report)
        assert "1 no longer fail" in report
        assert "Statements that stand otherwise than in the last pack" in report
        other = Made.of(after.export("three.zip", scope=PackScope(controls=("BR-RET",))).path, tmp_path)
        assert "none to compare with" in other.files[f"{PAYLOAD}{layout.REPORT}"].decode()


def test_a_period_chooses_the_newest_reading_in_it(peopled: Estate) -> None:
    refreshes = peopled.store.refreshes()
    assert reading_within(refreshes, PackScope()) is None
    assert reading_within(refreshes, PackScope(since="2026-11-01", until="2026-11-30")) == refreshes[-1].id
    with pytest.raises(NotExportableError, match="from 2027-01-01"):
        reading_within(refreshes, PackScope(since="2027-01-01"))


def test_a_pack_can_be_stopped_at_every_step_and_leaves_nothing(peopled: Estate) -> None:
    told: list[str] = []
    peopled.export("whole.zip", turn=Turn(tell=lambda words, _done, _of: told.append(words)))
    assert len(told) >= 6
    for step in range(len(told)):
        left = iter([False] * step + [True])
        before = set(peopled.folder.iterdir())
        with pytest.raises(StoppedPackError):
            peopled.export("stopped.zip", turn=Turn(stopped=lambda left=left: next(left)))
        assert set(peopled.folder.iterdir()) == before


def test_a_stop_is_heard_among_thousands_of_entries() -> None:
    asked = iter([False, True])
    seen = []
    with pytest.raises(StoppedPackError):
        seen.extend(Turn(stopped=lambda: next(asked)).heed(range(10_000)))
    assert len(seen) < 1_000
    assert list(Turn().heed(range(1_200))) == list(range(1_200))


# The ledger's history


def history(pack: Path, previous: Path, folder: Path) -> tuple[bool, str]:
    found: Verification = verify_pack(pack, allowed_signers=signers_file(folder), previous=previous)
    said = next(each for each in found.checks if each.name == "previous pack")
    return found.verified, said.detail


def test_a_ledger_that_grew_extends_an_earlier_pack_and_a_rollback_shows(tmp_path: Path) -> None:
    with make_store(tmp_path / "a") as store:
        first = refresh(store, steps())
        one = Estate(store, tmp_path / "a", first, judge(store, first)).export("one.zip").path
        second = refresh(store, steps())
        two = Estate(store, tmp_path / "a", second, judge(store, second)).export("two.zip").path
    assert history(two, one, tmp_path)[0]
    assert "entries added" in history(two, one, tmp_path)[1]
    assert history(one, one, tmp_path) == (True, "the ledger is as it was in the previous pack")
    assert history(one, two, tmp_path)[0] is False
    assert "rolled back" in history(one, two, tmp_path)[1]
    note = tmp_path / "checkpoint"
    note.write_bytes(Made.of(one, tmp_path).files[f"{PAYLOAD}{layout.CHECKPOINT}"])
    assert history(two, note, tmp_path)[0]


def test_a_ledger_that_was_written_anew_shows(tmp_path: Path) -> None:
    packs = []
    for name in ("a", "b"):
        planned = dict(steps())
        if name == "b":
            planned[Step("iam.user", MANAGEMENT)] = []
            planned[Step("ec2.vpc_endpoint", MANAGEMENT)] = [("vpce-1", {"VpcEndpointId": "vpce-1"})]
        with make_store(tmp_path / name) as store:
            for _ in range(2):
                number = refresh(store, planned)
            packs.append(Estate(store, tmp_path / name, number, judge(store, number)).export("p.zip").path)
    one, two = packs
    assert "written anew" in history(two, one, tmp_path)[1]
    assert "rolled back" in history(one, two, tmp_path)[1]
    note = tmp_path / "note"
    tree = verify_pack(one, previous=one)
    assert tree.is_intact
    said = Made.of(one, tmp_path).files[f"{PAYLOAD}{layout.CHECKPOINT}"].decode().splitlines()
    note.write_text(sign_note(said[0], int(said[1]), b"\0" * 32, SIGNER))
    assert "same size has another root" in history(one, note, tmp_path)[1]
    note.write_text(sign_note("bedrock-console/other", 1, b"\0" * 32, SIGNER))
    assert "of another ledger" in history(one, note, tmp_path)[1]


def test_what_is_no_earlier_pack_is_refused(peopled: Estate, tmp_path: Path) -> None:
    pack = peopled.export("p.zip").path
    odd = tmp_path / "odd"
    for content in (b"", b"\xff\xfe", b"words"):
        odd.write_bytes(content)
        with pytest.raises(UnreadablePackError):
            verify_pack(pack, previous=odd)
    bare = Made.of(pack, tmp_path).without(f"{PAYLOAD}{layout.CHECKPOINT}").write()
    with pytest.raises(UnreadablePackError):
        verify_pack(pack, previous=bare)
    assert failed(verify_pack(pack, allowed_signers=signers_file(tmp_path))) == {}
