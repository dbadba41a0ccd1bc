"""What a profile does not show is in no file of its pack, in no form; and what is shown proves what is not."""

import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical
from console.domain.deed import DeedKind
from console.evidence.extract import LedgerEntry
from console.reports import layout
from console.reports.errors import NoRedactionError
from console.reports.exhibits import read_line
from console.reports.redact import Redaction, Redactor, disclosure, pack_key
from console.reports.redacted import show
from console.reports.redaction_rules import CATEGORIES, Category, Profile
from console.reports.scope import PackScope
from console.reports.verify import verify_pack
from console.services.disclosing import (
    SUMS,
    DisclosureExistsError,
    UnregisteredPackError,
    bound,
    disclose_observation,
    disclose_values,
    write_disclosure,
)
from unit.reports.estate import CONTROLS, SIGNER, Estate
from unit.reports.people_estate import ATTESTED, NAMES, PERSONS, make_peopled
from unit.reports.tampering import PAYLOAD, Made, failed, signers_file

KEY = bytes(range(32))
SESSION = "arn:aws:sts::222233334444:assumed-role/Analysts/sam.roe@example.gov.uk"


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    made = make_peopled(tmp_path_factory.mktemp("peopled"))
    with made.store:
        yield made


@pytest.fixture(scope="module")
def packs(peopled: Estate) -> dict[Profile, Any]:
    made = {}
    for profile in Profile:
        made[profile] = peopled.export(f"{profile}.zip", profile=profile)
        peopled.store.add_deed(DeedKind.PACK, "Priya Officer", made[profile].register)
    return made


def every_text(pack: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a pack, and every file within its workbook."""
    with zipfile.ZipFile(pack) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            yield name, name.encode() + held
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(held)) as book:
                    yield from ((f"{name}!{each}", book.read(each)) for each in book.namelist())


def named(pack: Path, secrets: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        (name, secret) for name, held in every_text(pack) for secret in secrets if secret.encode() in held
    ]


def test_the_internal_profile_shows_everything_and_lists_nothing(packs: dict[Profile, Any]) -> None:
    pack = packs[Profile.INTERNAL]
    assert {secret for _, secret in named(pack.path, (*PERSONS, *NAMES))} == {*PERSONS, *NAMES}
    assert pack.redacted == 0
    with zipfile.ZipFile(pack.path) as archive:
        assert not [name for name in archive.namelist() if name.endswith(layout.REDACTIONS)]


def test_an_auditors_pack_names_no_person_address_or_tool(packs: dict[Profile, Any]) -> None:
    pack = packs[Profile.AUDITOR].path
    assert named(pack, PERSONS) == []
    assert {secret for _, secret in named(pack, (*NAMES, ATTESTED))} == {*NAMES, ATTESTED}


def test_a_public_pack_names_no_account_unit_or_resource_either(packs: dict[Profile, Any]) -> None:
    assert named(packs[Profile.PUBLIC].path, (*PERSONS, *NAMES, ATTESTED, "Payments unit")) == []


@pytest.mark.parametrize("profile", [Profile.AUDITOR, Profile.PUBLIC])
def test_a_redacted_pack_verifies_and_nothing_short_is_hashed_without_salt(
    packs: dict[Profile, Any], profile: Profile, tmp_path: Path
) -> None:
    pack = packs[profile].path
    verification = verify_pack(pack, allowed_signers=signers_file(tmp_path))
    assert verification.verified, failed(verification)
    short = [*PERSONS, *NAMES]
    hashes = tuple(
        hashlib.new(name, text).hexdigest()
        for secret in short
        for text in (secret.encode(), json.dumps(secret).encode())
        for name in ("sha256", "sha1", "md5")
    )
    assert named(pack, hashes) == []
    made = Made.of(pack, tmp_path)
    for name, held in made.files.items():
        if name.endswith(".jsonl"):
            for text in held.splitlines():
                read = read_line(text)
                assert read.is_redacted is ("salt" not in read.statement)


@pytest.mark.parametrize("profile", [Profile.AUDITOR, Profile.PUBLIC])
def test_every_pseudonym_in_any_file_has_a_commitment_and_a_reason(
    packs: dict[Profile, Any], profile: Profile, tmp_path: Path
) -> None:
    made = Made.of(packs[profile].path, tmp_path)
    said = json.loads(made.files[f"{PAYLOAD}{layout.REDACTIONS}"])
    listed = {each["pseudonym"] for each in said["values"]}
    shown = {
        each
        for _, held in every_text(packs[profile].path)
        for each in re.findall(r"\{[a-z]+:[a-z2-7]{10}\}", held.decode("utf-8", "replace"))
    }
    assert shown == listed != set()
    assert all(each["reason"] and len(each["sha256"]) == 64 for each in said["values"])
    for spot in said["places"]:
        line = made.files[f"{PAYLOAD}{spot['file']}"].splitlines()[spot["line"] - 1]
        value = json.loads(line)
        for escaped in spot["pointer"].split("/")[1:]:
            part = escaped.replace("~1", "/").replace("~0", "~")
            value = value[int(part)] if isinstance(value, list) else value[part]
        assert value == spot["shown"]


def test_a_person_is_the_same_within_a_pack_and_another_in_the_next(peopled: Estate, tmp_path: Path) -> None:
    made = [
        peopled.export(f"{purpose}.zip", profile=Profile.AUDITOR, purpose=purpose)
        for purpose in ("one", "two")
    ]
    found = [set(bound(each.path).commitments) for each in made]
    assert found[0] & found[1] == set()
    held = Made.of(made[0].path, tmp_path).files
    users = held[f"{PAYLOAD}evidence/222233334444/global/iam.user.jsonl"].decode()
    deeds = held[f"{PAYLOAD}{layout.DEEDS}"].decode()
    (officer,) = set(re.findall(r'"Value":"(\{person:\w+\})"', users))
    assert officer in deeds


def test_equal_wishes_give_equal_packs_and_the_id_is_that_of_the_tag_manifest(
    peopled: Estate, packs: dict[Profile, Any], tmp_path: Path
) -> None:
    again = peopled.export("again.zip", profile=Profile.AUDITOR)
    assert again.id == packs[Profile.AUDITOR].id
    held = Made.of(again.path, tmp_path).files["bag/tagmanifest-sha256.txt"]
    assert hashlib.sha256(held).hexdigest() == again.id


@pytest.mark.parametrize("profile", [Profile.AUDITOR, Profile.PUBLIC])
def test_no_signature_or_id_lets_a_name_be_tried(
    peopled: Estate, packs: dict[Profile, Any], profile: Profile
) -> None:
    (deed,) = [each for each in peopled.store.deeds() if each.kind is DeedKind.ATTESTATION]
    oracles = (deed.body["id"], deed.body["signature"].splitlines()[-2])
    assert named(packs[profile].path, oracles) == []
    assert {secret for _, secret in named(packs[Profile.INTERNAL].path, oracles[:1])} == {oracles[0]}


# Disclosure


def summed(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, text=True, check=False, timeout=30
    )


def test_a_value_is_disclosed_and_sha256sum_proves_it(
    peopled: Estate, packs: dict[Profile, Any], tmp_path: Path
) -> None:
    pack = bound(packs[Profile.PUBLIC].path)
    accounts = sorted(each for each in pack.commitments if each.startswith("{account:"))
    files = disclose_values(peopled.store, peopled.assessment, CONTROLS, pack, accounts, SIGNER)
    write_disclosure(files, tmp_path / "out")
    said = summed(tmp_path / "out")
    assert (said.returncode, said.stdout.count(": OK")) == (0, len(accounts))
    values = {held.partition(b"\n")[2].decode() for held in files.values()}
    assert values == {"111122223333", "222233334444"}
    sums = {line.split()[0] for line in (tmp_path / "out" / SUMS).read_text().splitlines()}
    assert sums == {pack.commitments[each] for each in accounts}
    (tmp_path / "out" / "value-1.txt").write_bytes(b"00\n999999999999")
    assert summed(tmp_path / "out").returncode == 1
    with pytest.raises(DisclosureExistsError):
        write_disclosure(files, tmp_path / "out")


def test_a_whole_entry_is_disclosed_and_its_leaf_is_the_packs(
    peopled: Estate, packs: dict[Profile, Any], tmp_path: Path
) -> None:
    pack = bound(packs[Profile.AUDITOR].path)
    (user,) = peopled.store.snapshot(peopled.refresh_id).facts("iam.user")
    files = disclose_observation(peopled.store, pack, user.sequence)
    write_disclosure(files, tmp_path / "out")
    assert summed(tmp_path / "out").returncode == 0
    leaf = files[f"entry-{user.sequence}.leaf"]
    assert hashlib.sha256(leaf).hexdigest() == pack.leaves[user.sequence]
    assert (
        json.loads(leaf[1:])["body_sha256"]
        == hashlib.sha256(files[f"entry-{user.sequence}.json"]).hexdigest()
    )


def test_what_is_not_there_is_not_disclosed(peopled: Estate, packs: dict[Profile, Any]) -> None:
    pack = bound(packs[Profile.AUDITOR].path)
    with pytest.raises(NoRedactionError):
        disclose_values(peopled.store, peopled.assessment, CONTROLS, pack, ["{person:aaaaaaaaaa}"], SIGNER)
    with pytest.raises(NoRedactionError):
        disclose_observation(peopled.store, pack, 999)
    other = bound(peopled.export("unregistered.zip", profile=Profile.AUDITOR, purpose="another").path)
    with pytest.raises(UnregisteredPackError):
        disclose_values(peopled.store, peopled.assessment, CONTROLS, other, [], SIGNER)


# The rules, one by one


def redactor(profile: Profile = Profile.AUDITOR) -> Redactor:
    return Redactor(profile, KEY)


@pytest.mark.parametrize(
    ("text", "secret", "category"),
    [
        (f"used by {SESSION}", "sam.roe@example.gov.uk", Category.PERSON),
        ("ask sam.roe@example.gov.uk.", "sam.roe@example.gov.uk", Category.EMAIL),
        ("arn:aws:sts::222233334444:assumed-role/Analysts/sam", "sam", Category.PERSON),
        ("arn:aws:iam::222233334444:user/path/jo", "jo", Category.PERSON),
        ("from 203.0.113.77 at noon", "203.0.113.77", Category.ADDRESS),
        ("from 2001:db8:0:0:1:0:0:1,", "2001:db8:0:0:1:0:0:1", Category.ADDRESS),
        ("arn:aws:iam::222233334444:mfa/jos-phone", "jos-phone", Category.PERSON),
        ("key AKIAABCDEFGHIJKLMNOP is old", "AKIAABCDEFGHIJKLMNOP", Category.KEY),
    ],
)
def test_what_has_a_shape_is_found_in_any_text(text: str, secret: str, category: Category) -> None:
    made = redactor()
    said = made.text(text)
    assert secret not in said
    assert (made.used[re.search(r"\{.*?\}", said)[0]]) == Redaction(category, secret)


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:sts::222233334444:assumed-role/BedrockConsoleReader/bedrock-console",
        "10.0.0.0/16 is a network",
        "version 1.2.3",
        "222233334444/eu-west-2",
        "2026-11-23T09:14:00.000Z",
        "nothing",
        "",
    ],
)
def test_what_names_nobody_stays_for_an_auditor(text: str) -> None:
    assert redactor().text(text) == text


def test_a_name_is_found_in_what_is_called_after_somebody() -> None:
    made = redactor()
    made.learn(Category.PERSON, "jo.bloggs")
    person = made.whole(Category.PERSON, "jo.bloggs")
    assert made.text("key jo.bloggs-at-2222, _jo.bloggs_.") == f"key {person}-at-2222, _{person}_."
    assert made.text("jo.bloggsworth") == "jo.bloggsworth"


def test_a_name_that_was_learnt_is_found_as_a_word_and_not_within_one() -> None:
    made = redactor()
    made.learn(Category.PERSON, "Jo Bloggs")
    made.learn(Category.PERSON, "Jo")
    assert made.text("Jo Bloggs, Jo Bloggses and (Jo Bloggs).").count("{person:") == 2
    assert made.text("Johanna") == "Johanna"


@given(st.text("abc .,:/-@", max_size=20), st.from_regex(r"[d-z]{4,8}( [d-z]{3,8})?", fullmatch=True))
def test_a_name_that_was_learnt_is_found_wherever_it_stands_as_a_word(around: str, name: str) -> None:
    made = redactor()
    made.learn(Category.PERSON, name)
    said = made.text(f"{around} {name}, {around}")
    assert said == f"{around} {made.whole(Category.PERSON, name)}, {around}"


def test_the_internal_profile_changes_nothing() -> None:
    made = redactor(Profile.INTERNAL)
    made.learn(Category.PERSON, "Jo Bloggs")
    assert made.text(f"Jo Bloggs {SESSION}") == f"Jo Bloggs {SESSION}"
    assert made.objects({"a": ("b",)}) == {"a": ("b",)}
    assert CATEGORIES[Profile.INTERNAL] == frozenset()


def test_a_commitment_hides_its_value_behind_a_salt_of_its_own() -> None:
    one, two = Redaction(Category.ACCOUNT, "111122223333"), Redaction(Category.ACCOUNT, "222233334444")
    salts = {
        disclosure(key, each).partition(b"\n")[0] for key in (KEY, pack_key(KEY, b"x")) for each in (one, two)
    }
    assert len(salts) == 4
    assert all(len(salt) == 32 for salt in salts)


def test_an_entry_that_names_nobody_is_shown_whole() -> None:
    statement = {
        "account_id": "222233334444", "body_sha256": "00", "caller": "", "key": "a", "kind": "a.b", "parameters": "{}",
        "region": "eu-west-2", "request_id": "", "salt": "00", "sequence": 1, "refresh": 1, "type": "fact",
    }  # fmt: skip
    made, spots = show(redactor(), LedgerEntry(statement=statement, body=canonical({"a": 1})))
    assert (made.is_redacted, spots) == (False, [])


def test_a_scope_that_names_a_unit_is_redacted_with_the_unit(peopled: Estate) -> None:
    scope = PackScope(units=("Payments unit",))
    pack = peopled.export("unit.zip", profile=Profile.PUBLIC, scope=scope)
    assert named(pack.path, ("Payments unit", "222233334444")) == []


# A list that is not what it should be


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda said: said["values"].append(said["values"][0]), "names a pseudonym twice"),
        (lambda said: said.update(profile="public"), "of another profile"),
        (lambda said: said.update(schema="x"), "not in the form"),
        (lambda said: said.pop("values"), "malformed"),
    ],
)
def test_a_list_of_redactions_that_does_not_fit_is_found(
    packs: dict[Profile, Any], tmp_path: Path, change: Any, why: str
) -> None:
    made = Made.of(packs[Profile.AUDITOR].path, tmp_path)
    found = failed(made.change_json(layout.REDACTIONS, change).sealed_again().verify())
    assert why in found["redactions"]


def test_a_list_that_is_missing_and_one_that_should_not_be_there_are_found(
    packs: dict[Profile, Any], tmp_path: Path
) -> None:
    name = f"{PAYLOAD}{layout.REDACTIONS}"
    auditor = Made.of(packs[Profile.AUDITOR].path, tmp_path)
    assert "missing" in failed(auditor.without(name).sealed_again().verify())["redactions"]
    internal = Made.of(packs[Profile.INTERNAL].path, tmp_path)
    added = internal.with_file(name, auditor.files[name]).sealed_again()
    assert "nothing is" in failed(added.verify())["redactions"]
