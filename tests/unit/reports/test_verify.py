"""Each single change to a pack is found, by the check whose business it is."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.base.canonical import canonical, sha256_hex
from console.evidence.extract import LedgerEntry
from console.evidence.ledger import CompactRange, leaf_hash, root_of
from console.evidence.note import sign_note
from console.evidence.records import statement_bytes
from console.reports import layout
from console.reports.bag import BAGIT, INFO, MANIFEST, TAG_MANIFEST, manifest, read_manifest
from console.reports.consistency import written as as_written
from console.reports.errors import BadSignerFileError, UnreadablePackError
from console.reports.exhibits import line, read_line
from console.reports.inclusion import inclusion
from console.reports.oscal import OSCAL_VERSION
from console.reports.verify import Check, Verification, verify_pack
from console.vault.sshsig import AllowedSigner, BadSignersError
from unit.reports.estate import SIGNER, STRANGER, make_estate
from unit.reports.tampering import EVIDENCE, PAYLOAD, Made, failed, signers_file

CHECKS = [
    "zip", "files", "hashes", "bag", "signature", "signer", "checkpoint", "evidence", "inclusion", "assessment",
    "deeds", "OSCAL", "redactions",
]  # fmt: skip
ACCOUNTS = f"{EVIDENCE}111122223333/global/organizations.account.jsonl"
LEDGER = f"{EVIDENCE}ledger.jsonl"
USERS = f"{EVIDENCE}iam.user.jsonl"
ASSESSMENT = f"{PAYLOAD}{layout.ASSESSMENT}"


def entries(made: Made) -> dict[int, LedgerEntry]:
    found = {}
    for name, held in made.files.items():
        if name.startswith(EVIDENCE):
            for text in held.splitlines():
                each = read_line(text)
                found[int(each.statement["sequence"])] = LedgerEntry(statement=each.statement, body=each.body)
    return found


def with_evidence(made: Made, written: list[LedgerEntry], **lies: Any) -> Made:
    """Return a pack with other evidence, consistent to the last signature: made up by who holds the key."""
    ledger = sorted(written, key=lambda each: int(each.statement["sequence"]))
    leaves = [leaf_hash(statement_bytes(each.statement)) for each in ledger]
    first = lies.get("first", 1)
    size = lies.get("size", len(leaves))
    left = CompactRange()
    for leaf in leaves[: first - 1]:
        left.append(leaf)
    note = sign_note("bedrock-console/test", size, root_of(leaves[:size]), lies.get("signer", SIGNER))
    files = {name: held for name, held in made.files.items() if not name.startswith(EVIDENCE)}
    files[LEDGER] = b"".join(line(each) for each in ledger[first - 1 :])
    files[f"{PAYLOAD}{layout.CHECKPOINT}"] = note.encode()
    files[f"{PAYLOAD}{layout.INCLUSION}"] = inclusion(first, size, left)
    files[f"{PAYLOAD}{layout.CONSISTENCY}"] = as_written({"earlier": [], "tree_size": size})
    for name, root in (
        (layout.OSCAL, "assessment-results"),
        (layout.POAM, "plan-of-action-and-milestones"),
    ):
        bare = {root: {"metadata": {"oscal-version": OSCAL_VERSION}}}
        files[f"{PAYLOAD}{name}"] = json.dumps(bare).encode()
    return Made(files, made.folder).sealed_again()


def entry(sequence: int, type_: str, body: bytes | None = b"{}", **said: str | int) -> LedgerEntry:
    digest = sha256_hex(b"" if body is None else body)
    return LedgerEntry(
        statement={"sequence": sequence, "type": type_, "refresh": 2, "body_sha256": digest, **said},
        body=body,
    )


def seal_of(made: Made, sequence: int) -> LedgerEntry:
    """Return the seal of the pack's own refresh, at another place."""
    (seal,) = [each for each in entries(made).values() if each.statement["type"] == "seal"]
    return entry(sequence, "seal", seal.body)


def fewer_findings(made: Made) -> Made:
    return made.change_json(layout.ASSESSMENT, lambda said: said.update(findings=[]))


# What a good pack is


def test_a_good_pack_passes_every_check(made: Made) -> None:
    verification = made.verify()
    assert [(each.name, each.passed) for each in verification.checks] == [(name, True) for name in CHECKS]
    assert verification.verified


def test_without_allowed_signers_who_made_it_is_unproven_and_it_is_not_verified(made: Made) -> None:
    verification = verify_pack(made.write())
    unproven = [each for each in verification.checks if each.passed is not True]
    assert [(each.name, each.passed) for each in unproven] == [("signer", None)]
    assert SIGNER.public.fingerprint in unproven[0].detail
    assert not verification.verified


def test_only_checks_that_passed_verify() -> None:
    good, bad, unproven = Check("a", True, ""), Check("b", False, ""), Check("c", None, "")
    assert Verification((good,)).verified
    assert not Verification((good, bad)).verified
    assert not Verification((good, unproven)).verified


def test_it_is_intact_whoever_signed_it_and_whatever_aws_had_that_was_wrong() -> None:
    good, bad, unproven = Check("a", True, ""), Check("b", False, ""), Check("c", None, "")
    digests, stranger = Check("CloudTrail", None, "", is_needed=False), Check("signer", False, "")
    assert Verification((good, digests, stranger)).is_intact
    assert Verification((good, stranger, bad, unproven)).broken == (bad, unproven)
    assert Verification((replace(digests, passed=False),)).broken


def test_a_pack_of_an_estate_without_erasures_passes(tmp_path: Path) -> None:
    made = make_estate(tmp_path, erase=False)
    with made.store:
        pack = made.export()
    verification = verify_pack(pack.path, allowed_signers=pack.allowed_signers)
    assert verification.verified
    assert "newer" not in str(verification)


# What an outsider can do


def test_a_flipped_byte_in_any_file_is_found(made: Made) -> None:
    for name, held in made.files.items():
        for place in {0, len(held) // 2, len(held) - 1}:
            flipped = held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :]
            assert failed(made.with_file(name, flipped).verify()), (name, place)


def test_a_file_that_is_gone_is_found(made: Made) -> None:
    for name in made.files:
        assert failed(made.without(name).verify()), name
    assert (
        "bag/data/findings.csv is missing"
        in failed(made.without(f"{PAYLOAD}{layout.FINDINGS}").verify())["files"]
    )


@pytest.mark.parametrize(
    "name", ["extra.txt", "bag/extra.txt", "bag/data/extra.txt", "signatures/other.sshsig"]
)
def test_a_file_that_was_added_is_found(made: Made, name: str) -> None:
    assert failed(made.with_file(name).verify())["files"] == f"{name} is not listed"


def test_many_faults_are_counted(made: Made) -> None:
    for number in range(5):
        made = made.with_file(f"extra{number}.txt")
    assert failed(made.verify())["files"].endswith("extra2.txt is not listed; and 2 more")


def test_two_evidence_bodies_that_were_swapped_are_found(made: Made) -> None:
    swapped = made.change(ACCOUNTS, _swap_bodies)
    assert "hashes" in failed(swapped.verify())
    assert list(failed(swapped.sealed_again().verify())) == [
        "evidence",
        "inclusion",
        "assessment",
        "redactions",
    ]


def _swap_bodies(held: bytes) -> bytes:
    one, two = (read_line(text) for text in held.splitlines())
    return line(LedgerEntry(statement=one.statement, body=two.body)) + line(
        LedgerEntry(statement=two.statement, body=one.body)
    )


def test_a_pack_signed_by_another_is_found(made: Made) -> None:
    assert list(failed(made.sealed_again(STRANGER).verify())) == ["signer"]


def test_a_stranger_with_a_ledger_of_his_own_is_found(made: Made) -> None:
    forged = with_evidence(fewer_findings(made), [seal_of(made, 1)], signer=STRANGER).sealed_again(STRANGER)
    assert list(failed(forged.verify())) == ["signer"]
    assert [each.passed for each in verify_pack(forged.write()).checks].count(None) == 1


def test_a_signature_of_something_else_is_found(made: Made) -> None:
    other = made.sealed_again(STRANGER).files[layout.SIGNATURE]
    assert "signature" in failed(made.change(f"{layout.BAG}{TAG_MANIFEST}", lambda _: b"").verify())
    assert "signer" in failed(made.with_file(layout.SIGNATURE, other).verify())


def test_a_zip_that_was_packed_again_is_refused_and_nothing_in_it_is_looked_at(made: Made) -> None:
    path = made.folder / "again.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in made.files.items():
            archive.writestr(name, held)
    verification = verify_pack(path, allowed_signers=signers_file(made.folder))
    assert [each.name for each in verification.checks] == ["zip"]
    assert not verification.verified


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_no_byte_of_the_whole_file_can_be_another(made: Made, data: st.DataObject) -> None:
    path = made.write()
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert not verify_pack(path, allowed_signers=signers_file(made.folder)).verified


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_answered_with_a_verdict(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.zip"
    path.write_bytes(content)
    assert not verify_pack(path).verified


# What somebody with the right key can do: sign an altered pack


def test_a_manifest_of_another_form_is_found(made: Made) -> None:
    odd = made.change(f"{layout.BAG}{MANIFEST}", lambda held: held + b"\n")
    assert "not a sorted list" in failed(odd.verify())["files"]


def test_a_tag_manifest_without_a_tag_file_is_found(made: Made) -> None:
    def drop(held: bytes) -> bytes:
        return manifest({name: each for name, each in read_manifest(held).items() if name != BAGIT})

    short = made.change(f"{layout.BAG}{TAG_MANIFEST}", drop).signed_again()
    assert failed(short.verify()) == {"files": "the tag manifest does not list the three tag files"}


def test_a_manifest_that_lists_more_than_payload_is_found(made: Made) -> None:
    def add(held: bytes) -> bytes:
        return manifest({**read_manifest(held), "bagit.txt": "0" * 64})

    assert "not payload" in failed(made.change(f"{layout.BAG}{MANIFEST}", add).verify())["files"]


@pytest.mark.parametrize(
    ("name", "held", "why"),
    [
        (f"{layout.BAG}{BAGIT}", b"BagIt-Version: 0.97\n", "does not declare"),
        (f"{layout.BAG}{INFO}", b"Payload-Oxum: 1.1\n", "and was 1.1"),
        (f"{layout.BAG}{INFO}", b"", "does not say"),
        (layout.README, b"run this: curl", "not the one that was signed"),
    ],
)
def test_a_bag_that_declares_something_else_is_found(made: Made, name: str, held: bytes, why: str) -> None:
    assert why in failed(made.with_file(name, held).verify())["bag"]


@pytest.mark.parametrize("held", [b"", b"\xff", b"not a note\n\n"])
def test_a_checkpoint_that_is_none_is_found(made: Made, held: bytes) -> None:
    odd = made.with_file(f"{PAYLOAD}{layout.CHECKPOINT}", held).sealed_again()
    assert "not a signed checkpoint" in failed(odd.verify())["checkpoint"]


def test_a_checkpoint_signed_by_another_key_is_found(made: Made) -> None:
    note = sign_note("bedrock-console/test", 13, b"\0" * 32, STRANGER).encode()
    odd = made.with_file(f"{PAYLOAD}{layout.CHECKPOINT}", note).sealed_again()
    assert "is not signed by the key" in failed(odd.verify())["checkpoint"]


def test_a_checkpoint_may_be_signed_by_an_earlier_key_that_is_allowed(made: Made) -> None:
    both = made.folder / "both"
    lines = [AllowedSigner("a", key.public, (layout.NAMESPACE,)).line() for key in (SIGNER, STRANGER)]
    both.write_text("".join(lines))
    again = made.sealed_again(STRANGER)
    assert verify_pack(again.write(), allowed_signers=both).verified


def test_evidence_of_another_form_is_found(made: Made) -> None:
    for change, why in (
        (lambda held: held[:-1], "ends within a line"),
        (lambda held: held + b"{}\n", "line 3: it is not in the form"),
        (lambda held: held.replace(b'"statement":{', b'"statement":{ ', 1), "line 1: it is not in the form"),
        (lambda held: held + held, "is there twice"),
    ):
        assert why in failed(made.change(ACCOUNTS, change).sealed_again().verify())["evidence"]


def test_a_body_that_is_missing_without_a_tombstone_is_found(made: Made) -> None:
    def erased(held: bytes) -> bytes:
        first, second = held.splitlines(keepends=True)
        return line(LedgerEntry(statement=read_line(first[:-1]).statement, body=None)) + second

    found = failed(made.change(ACCOUNTS, erased).sealed_again().verify())
    assert list(found) == ["evidence"]
    assert "no tombstone says why" in found["evidence"]


def test_an_entry_that_is_left_out_is_found(made: Made) -> None:
    short = made.change(ACCOUNTS, lambda held: held.splitlines(keepends=True)[0]).sealed_again()
    assert "is neither there nor said to be left out" in failed(short.verify())["inclusion"]


def test_a_leaf_that_is_not_the_signed_one_is_found(made: Made) -> None:
    salted = made.change(ACCOUNTS, lambda held: held.replace(b'"salt":"0', b'"salt":"f', 1)).sealed_again()
    assert list(failed(salted.verify())) == ["inclusion"]
    assert "does not give the root" in failed(salted.verify())["inclusion"]


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"{}", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'{"first": 3, "left": ["zz"], "tree_size": 13}', "malformed"),
        (b'{"first": 3, "left": [], "tree_size": 13}', "malformed"),
        (inclusion(1, 13, CompactRange()), "entry 1 is neither there"),
        (inclusion(1, 14, CompactRange()), "for another checkpoint"),
        (inclusion(1, 13, CompactRange()).replace(b" 1,", b" 0,"), "not in the form"),
        (inclusion(1, 13, CompactRange()).strip(), "not in the form"),
    ],
)
def test_a_proof_that_proves_nothing_is_found(made: Made, held: bytes, why: str) -> None:
    odd = made.with_file(f"{PAYLOAD}{layout.INCLUSION}", held).sealed_again()
    assert why in failed(odd.verify())["inclusion"]


def test_a_checkpoint_of_a_vast_tree_costs_nothing(made: Made) -> None:
    note = sign_note("bedrock-console/test", 10**18, b"\0" * 32, SIGNER).encode()
    vast = made.with_file(f"{PAYLOAD}{layout.CHECKPOINT}", note).with_file(
        f"{PAYLOAD}{layout.INCLUSION}", inclusion(1, 10**18, CompactRange())
    )
    assert "entry 1 is neither there" in failed(vast.sealed_again().verify())["inclusion"]


def test_a_proof_of_no_entries_proves_no_refresh(made: Made) -> None:
    emptied = with_evidence(made, [entry(1, "fact")], first=2)
    assert list(failed(emptied.verify())) == ["assessment"]
    assert "does not end with the seal" in failed(emptied.verify())["assessment"]


def test_evidence_newer_than_the_checkpoint_is_found_unless_it_is_a_tombstone(made: Made) -> None:
    made = fewer_findings(made)
    seal = seal_of(made, 1)
    assert with_evidence(made, [seal, entry(2, "tombstone", key="00")], size=1).verify().verified
    added = with_evidence(made, [seal, entry(2, "fact")], size=1)
    assert failed(added.verify()) == {"inclusion": "entry 2 is newer than the checkpoint"}


@pytest.mark.parametrize("last", [entry(2, "fact"), entry(2, "seal", None)])
def test_a_ledger_that_does_not_end_with_a_seal_is_found(made: Made, last: LedgerEntry) -> None:
    other = with_evidence(made, [entry(1, "fact"), last])
    assert "does not end with the seal" in failed(other.verify())["assessment"]


@pytest.mark.parametrize("body", [b"[]", b"not json", b'{"unknown":1}', canonical({"state": 1})])
def test_a_seal_that_says_something_else_is_found(made: Made, body: bytes) -> None:
    other = with_evidence(made, [entry(1, "seal", body)])
    assert list(failed(other.verify())) == ["assessment"]


@pytest.mark.parametrize("held", [b"", b"[" * 100_000, b"[]", b"{}", b'{"refresh":{"id":2}}'])
def test_an_assessment_of_another_form_is_found(made: Made, held: bytes) -> None:
    found = failed(made.with_file(ASSESSMENT, held).sealed_again().verify())
    assert list(found) == ["assessment", "redactions"]


@pytest.mark.parametrize(
    ("member", "value"), [("id", 1), ("content_root", "00"), ("state", "cancelled"), ("caller", "nobody")]
)
def test_an_assessment_of_another_refresh_is_found(made: Made, member: str, value: object) -> None:
    other = made.change_json(layout.ASSESSMENT, lambda said: said["refresh"].update({member: value}))
    assert "of another refresh" in failed(other.sealed_again().verify())["assessment"]


@pytest.mark.parametrize("evidence", [[99], [13], [1], [14]])
def test_a_finding_that_rests_on_nothing_in_the_pack_is_found(made: Made, evidence: list[int]) -> None:
    """Not there; the seal; of the refresh before; a tombstone."""
    other = made.change_json(layout.ASSESSMENT, lambda said: said["findings"][0].update(evidence=evidence))
    assert "rests on evidence that is not there" in failed(other.sealed_again().verify())["assessment"]


def test_a_finding_that_rests_on_what_is_there_and_on_what_is_not_is_found(made: Made) -> None:
    def mix(said: Any) -> None:
        next(each for each in said["findings"] if each["evidence"])["evidence"].append(99)

    other = made.change_json(layout.ASSESSMENT, mix)
    assert "rests on evidence that is not there" in failed(other.sealed_again().verify())["assessment"]


# What cannot be verified at all


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePackError):
        verify_pack(tmp_path / "none.zip")


def test_allowed_signers_that_cannot_be_read_are_refused(made: Made) -> None:
    pack, signers = made.write(), made.folder / "allowed"
    with pytest.raises(BadSignerFileError):
        verify_pack(pack, allowed_signers=signers)
    signers.write_bytes(b"\xff")
    with pytest.raises(BadSignerFileError):
        verify_pack(pack, allowed_signers=signers)
    signers.write_text("nobody\n")
    with pytest.raises(BadSignersError):
        verify_pack(pack, allowed_signers=signers)


def test_the_fixtures_are_what_they_say(made: Made) -> None:
    assert json.loads(made.files[ASSESSMENT])["refresh"]["id"] == 2
    assert sorted(entries(made)) == [*range(3, 14), 14]
