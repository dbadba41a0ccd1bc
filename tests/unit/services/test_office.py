"""What officers do, in a real store: signed, carried between two laptops, refused where it is not whole."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import stores
from console.base.errors import ConsoleError
from console.controls.attestation import Rules, Standing, standing
from console.domain.finding import Identity
from console.evidence.store import Store
from console.services.assess import discover_controls
from console.services.attesting import BadAttestationError, BadAttestationFileError, Draft
from console.services.guidance import BadGuidanceError, NoGuidanceError
from console.services.office import BadExceptionError, BadRemarkError, NoSuchDeedError, Office
from console.vault.signing import SigningKey
from unit.controls.deeds_made import exception

NOW = stores.clock()
SECOND = SigningKey(bytes(range(3, 35)))
RULES = Rules(today=NOW.date(), reminder_days=30, needs_countersignature=False)
WHERE = Identity("BR-RET-001", "111122223333", "eu-west-2", "s")


@dataclass
class Laptop:
    """A console of its own: a store and a key."""

    path: Path
    signer: SigningKey

    @property
    def office(self) -> Office:
        return Office(
            reading=lambda: self._open(read_only=True),
            writing=lambda: self._open(read_only=False),
            signer=lambda: self.signer,
            controls=discover_controls(),
            clock=stores.clock,
        )

    def _open(self, *, read_only: bool) -> Store:
        opened = Store.open(
            self.path,
            stores.KEY,
            signer=None if read_only else self.signer,
            clock=stores.clock,
            read_only=read_only,
        )
        self.left.append(opened)
        return opened

    def __post_init__(self) -> None:
        self.left: list[Store] = []
        Store.create(self.path, stores.KEY, signer=self.signer, clock=stores.clock).close()


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Callable[[str, SigningKey], Laptop]]:
    made: list[Laptop] = []

    def make(name: str, signer: SigningKey) -> Laptop:
        made.append(Laptop(tmp_path / name, signer))
        return made[-1]

    yield make
    for each in made:
        for store in each.left:
            store.close()


@pytest.fixture
def first(laptop) -> Office:
    return laptop("first.db", stores.SIGNER).office


@pytest.fixture
def document(tmp_path: Path) -> Path:
    made = tmp_path / "agreement.pdf"
    made.write_bytes(b"agreement")
    return made


def draft(paper: Path, /, **changes: Any) -> Draft:
    said = {
        "statement": "Ours is ours",
        "claims": ("S10",),
        "person": "Jo Bloggs",
        "valid_from": "2026-11-01",
        "valid_until": "2027-03-31",
        "document": paper,
    }
    return Draft(**{**said, **changes})


def test_an_attestation_is_signed_kept_and_counts(first: Office, document: Path) -> None:
    attestation_id = first.attest(draft(document, accounts=("111122223333",)))
    (kept,) = first.duties().attestations
    assert (kept.id, kept.problem, kept.document) == (attestation_id, "", "agreement.pdf")
    assert kept.document_sha256 == hashlib.sha256(b"agreement").hexdigest()
    assert kept.fingerprint == stores.SIGNER.public.fingerprint
    assert standing(kept, RULES) is Standing.VALID


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"statement": " "}, "a statement and the name"),
        ({"person": ""}, "a statement and the name"),
        ({"claims": ("S99",)}, "no claim S99"),
        ({"claims": ()}, "no claim was named"),
        ({"accounts": ("12",)}, "12 is no account id"),
        ({"document": None}, "rests on one document"),
        ({"artifact_report": "report-0123456789abcdef"}, "rests on one document"),
        ({"document": None, "artifact_report": "report-1"}, "no id of a report"),
        ({"valid_until": "2026-11-22"}, "before its beginning or past"),
        ({"valid_from": "2027-04-01"}, "before its beginning or past"),
        ({"valid_until": "31 March"}, "is no date"),
        ({"valid_until": "20270331"}, "is no date"),
        ({"review_on": "2028-01-01"}, "not within the time"),
        ({"document": Path("nowhere.pdf")}, "cannot be read"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_kept(
    first: Office, document: Path, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadAttestationError, match=words):
        first.attest(draft(document, **changes))
    assert first.duties().attestations == ()


def test_two_laptops_sign_one_attestation(laptop, tmp_path: Path, document: Path) -> None:
    one, two = laptop("one.db", stores.SIGNER).office, laptop("two.db", SECOND).office
    attestation_id = one.attest(draft(document))
    one.export_attestation(attestation_id, tmp_path / "a.json")
    assert two.countersign_file(tmp_path / "a.json", "Sam Roe", tmp_path / "b.json") == attestation_id
    assert one.import_attestation(tmp_path / "b.json") == (attestation_id, 1)
    assert one.import_attestation(tmp_path / "b.json") == (attestation_id, 0)
    (kept,) = one.duties().attestations
    assert [(each.person, each.problem, each.fingerprint) for each in kept.countersignatures] == [
        ("Sam Roe", "", SECOND.public.fingerprint)
    ]
    assert two.import_attestation(tmp_path / "b.json") == (attestation_id, 2)
    two.countersign(attestation_id, "Sam Roe")
    assert len(two.duties().attestations[0].countersignatures) == 2


def test_the_same_key_is_no_second_person(first: Office, tmp_path: Path, document: Path) -> None:
    attestation_id = first.attest(draft(document))
    with pytest.raises(BadAttestationError, match="this same key") as refused:
        first.countersign(attestation_id, "Sam")
    assert "another key" in refused.value.remedy
    first.export_attestation(attestation_id, tmp_path / "a.json")
    with pytest.raises(BadAttestationError, match="this same key"):
        first.countersign_file(tmp_path / "a.json", "Sam", tmp_path / "b.json")
    assert not (tmp_path / "b.json").exists()


def test_a_counter_signature_needs_a_name(laptop, tmp_path: Path, document: Path) -> None:
    one, two = laptop("one.db", stores.SIGNER).office, laptop("two.db", SECOND).office
    one.export_attestation(one.attest(draft(document)), tmp_path / "a.json")
    with pytest.raises(BadAttestationError, match="name of the person"):
        two.countersign_file(tmp_path / "a.json", " ", tmp_path / "b.json")


def tampered(path: Path, change: Callable[[Any], object]) -> Path:
    said = json.loads(path.read_text())
    change(said)
    path.write_text(json.dumps(said))
    return path


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said: said["attestation"]["attestation"].update(statement="other"), "is not what was signed"),
        (lambda said: said["attestation"].update(id="AT-0000000000000000"), "its id is another"),
        (lambda said: said["attestation"].update(fingerprint="SHA256:x"), "names another key"),
        (
            lambda said: said["countersignatures"][0]["countersignature"].update(person="X"),
            "is not what was signed",
        ),
        (lambda said: said.pop("countersignatures"), "not a file of an attestation"),
        (lambda said: said.update(format="other"), "not whole"),
        (
            lambda said: said["attestation"]["attestation"].update(valid_from="x"),
            "not a file of an attestation",
        ),
        (lambda said: said["attestation"].update(signature=1), "not a file of an attestation"),
    ],
)
def test_a_file_that_was_changed_is_refused(
    laptop, tmp_path: Path, document: Path, change: Callable[[Any], object], words: str
) -> None:
    one, two = laptop("one.db", stores.SIGNER).office, laptop("two.db", SECOND).office
    one.export_attestation(one.attest(draft(document)), tmp_path / "a.json")
    two.countersign_file(tmp_path / "a.json", "Sam", tmp_path / "b.json")
    with pytest.raises(BadAttestationFileError, match=words):
        one.import_attestation(tampered(tmp_path / "b.json", change))
    assert one.duties().attestations[0].countersignatures == ()


def test_a_counter_signature_of_another_attestation_is_refused(
    laptop, tmp_path: Path, document: Path
) -> None:
    one, two = laptop("one.db", stores.SIGNER).office, laptop("two.db", SECOND).office
    for name, claims in (("a", ("S10",)), ("c", ("S11",))):
        one.export_attestation(one.attest(draft(document, claims=claims)), tmp_path / f"{name}.json")
        two.countersign_file(tmp_path / f"{name}.json", "Sam", tmp_path / f"{name}2.json")
    other = json.loads((tmp_path / "c2.json").read_text())["countersignatures"]
    mixed = tampered(tmp_path / "a2.json", lambda said: said.update(countersignatures=other))
    with pytest.raises(BadAttestationFileError, match="under another attestation"):
        one.import_attestation(mixed)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}", b"9" * 1_000_001])
def test_any_other_file_is_refused_with_a_remedy(first: Office, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(BadAttestationFileError, match="not a file of an attestation") as refused:
        first.import_attestation(tmp_path / "x.json")
    assert "attest export" in refused.value.remedy
    with pytest.raises(BadAttestationFileError, match="cannot be read"):
        first.import_attestation(tmp_path / "away.json")


def test_nothing_is_overwritten(first: Office, tmp_path: Path, document: Path) -> None:
    attestation_id = first.attest(draft(document))
    (tmp_path / "a.json").write_text("mine")
    with pytest.raises(BadAttestationFileError, match="could not be written"):
        first.export_attestation(attestation_id, tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text() == "mine"


def test_a_withdrawal_stops_it_and_is_done_once(first: Office, document: Path) -> None:
    attestation_id = first.attest(draft(document))
    with pytest.raises(BadRemarkError):
        first.withdraw(attestation_id, "Jo", " ")
    first.withdraw(attestation_id, "Jo", "superseded")
    assert standing(first.duties().attestations[0], RULES) is Standing.WITHDRAWN
    with pytest.raises(NoSuchDeedError, match="withdrawn already"):
        first.withdraw(attestation_id, "Jo", "again")
    for refused in (
        lambda: first.withdraw("AT-x", "Jo", "r"),
        lambda: first.export_attestation("AT-x", Path("x")),
    ):
        with pytest.raises(NoSuchDeedError, match="no attestation AT-x"):
            refused()


def test_an_exception_is_granted_and_ended(first: Office) -> None:
    number = first.grant(exception(control_id="BR-RET-001"), "Jo")
    (kept,) = first.duties().exceptions
    assert (kept.id, kept.granted_by, kept.counts(NOW.date())) == (number, "Jo", True)
    first.end_exception(number, "Jo", "mended")
    assert not first.duties().exceptions[0].counts(NOW.date())
    with pytest.raises(NoSuchDeedError):
        first.end_exception(number, "Jo", "again")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"reason": ""}, BadRemarkError),
        ({"approver": " "}, BadRemarkError),
        ({"control_id": "BR-NO-001"}, BadExceptionError),
        ({"valid_until": "2026-11-22"}, BadExceptionError),
        ({"valid_until": "soon"}, BadAttestationError),
        ({"account_id": "12"}, BadExceptionError),
        ({"account_id": "x" * 12}, BadExceptionError),
        ({"region": ""}, BadExceptionError),
        ({"subject": ""}, BadExceptionError),
    ],
)
def test_an_exception_that_is_not_whole_is_refused(
    first: Office, changes: dict[str, str], error: type[ConsoleError]
) -> None:
    with pytest.raises(error) as refused:
        first.grant(exception(**{"control_id": "BR-RET-001", **changes}), "Jo")
    assert refused.value.remedy
    assert first.duties().exceptions == ()


def test_notes_and_assignments_need_a_name_and_words(first: Office) -> None:
    first.note(WHERE, "Jo", "raised")
    first.assign([WHERE], "Jo", "Sam")
    first.assign([WHERE], "Jo", "")
    duties = first.duties()
    assert [note.words for note in duties.notes[WHERE]] == ["raised"]
    assert duties.assignments[WHERE].to == ""
    for refused in (lambda: first.note(WHERE, "", "w"), lambda: first.note(WHERE, "Jo", " ")):
        with pytest.raises(BadRemarkError):
            refused()
    with pytest.raises(BadRemarkError):
        first.assign([WHERE], " ", "Sam")


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    made = tmp_path / "guidance.txt"
    made.write_text("First line\nSecond line\n", encoding="utf-8")
    return made


def test_guidance_is_imported_and_its_lines_mapped(first: Office, guidance: Path) -> None:
    with pytest.raises(NoGuidanceError):
        first.map_line("1", ["S01"], "Jo")
    found = first.import_guidance(guidance, "Jo")
    assert [line.text for line in found.unmatched] == ["First line", "Second line"]
    found = first.map_line("2", ["S15", "S02"], "Jo")
    assert [line.number for line in found.by_claim["S15"]] == [2]
    found = first.map_line(found.edition.lines[0].sha256[:10], [], "Jo")
    assert found.unmatched == ()
    assert "S15" not in found.affected
    assert first.duties().guidance == found


@pytest.mark.parametrize(("line", "claims"), [("3", ["S01"]), ("abc", []), ("1", ["S99"])])
def test_a_mapping_to_what_is_not_there_is_refused(
    first: Office, guidance: Path, line: str, claims: list[str]
) -> None:
    first.import_guidance(guidance, "Jo")
    with pytest.raises(BadGuidanceError) as refused:
        first.map_line(line, claims, "Jo")
    assert "bedrock-console" in refused.value.remedy


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 text", "not plain text"),
        (b"PK\x03\x04", "not plain text"),
        (b"a\0b", "not plain text"),
        (b"a\x01b", "not plain text"),
        (b"caf\xe9", "not in UTF-8"),
        (b"\xff\xfea", "not in UTF-8"),
        (b"", "holds no line"),
        (b" \n\t\n", "holds no line"),
        (b"x" * 1_000_001, "at most 1,000,000"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_a_remedy(
    first: Office, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "g.txt").write_bytes(content)
    with pytest.raises(BadGuidanceError, match=words) as refused:
        first.import_guidance(tmp_path / "g.txt", "Jo")
    assert refused.value.remedy
    assert first.duties().editions == ()


def test_a_file_that_is_away_is_refused(first: Office, tmp_path: Path) -> None:
    with pytest.raises(BadGuidanceError, match="cannot be read"):
        first.import_guidance(tmp_path / "away.txt", "Jo")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_the_same_edition(first: Office, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "g.txt").write_bytes("First line\r\nSecond \u2019line\u2019".encode(encoding))
    found = first.import_guidance(tmp_path / "g.txt", "Jo")
    assert [line.text for line in found.edition.lines] == ["First line", "Second \u2019line\u2019"]


def test_a_forged_attestation_in_the_ledger_is_unsound(laptop, document: Path) -> None:
    one = laptop("one.db", stores.SIGNER)
    one.office.attest(draft(document))
    body = dict(one.office._reading().deeds()[0].body)
    forged = {**body, "attestation": {**body["attestation"], "statement": "forged"}, "id": "AT-forged"}
    with one.office._writing() as store:
        store.add_deed(one.office._reading().deeds()[0].kind, "Mallory", forged)
    kept = {each.id: standing(each, RULES) for each in one.office.duties().attestations}
    assert kept.pop("AT-forged") is Standing.UNSOUND
    assert list(kept.values()) == [Standing.VALID]


def test_expiry_is_judged_on_the_day_of_asking(first: Office, document: Path) -> None:
    first.attest(draft(document, valid_until="2026-11-23"))
    (kept,) = first.duties().attestations
    later = Rules(today=(NOW + timedelta(days=1)).date(), reminder_days=30, needs_countersignature=False)
    assert standing(kept, RULES) is Standing.DUE
    assert standing(kept, later) is Standing.EXPIRED


def test_what_officers_make_of_a_hit_is_kept_and_the_newest_counts(first: Office) -> None:
    first.triage("r-1", "111122223333", " Jo ", "reviewed", " seen ")
    first.triage("r-1", "111122223333", "Sam", "false alarm")
    found = first.duties().triage["r-1"]
    assert [(each.outcome, each.words, each.by) for each in found] == [
        ("reviewed", "seen", "Jo"),
        ("false alarm", "", "Sam"),
    ]
    for person, outcome in (("", "reviewed"), ("Jo", "forgotten")):
        with pytest.raises(BadRemarkError):
            first.triage("r-2", "111122223333", person, outcome)
    assert set(first.duties().triage) == {"r-1"}
