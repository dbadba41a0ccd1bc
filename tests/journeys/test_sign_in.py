"""Every way in which people sign in to AWS, with real processes over HTTP."""

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.domain.evidence import GapReason
from console.domain.selection import Selection
from console.services.job import sign_in_line
from console.services.standin import Estate
from journeys.estates import Desk, an_estate, new_desk
from journeys.signing_in import OFFICER, START_URL, Person, a_person

PORTAL = f"""
[profile audit]
sso_session = department
sso_account_id = ACCOUNT
sso_role_name = {OFFICER}
region = eu-west-2
[sso-session department]
sso_start_url = {START_URL}
sso_region = eu-west-2
[profile old]
sso_start_url = {START_URL}
sso_region = eu-west-2
sso_account_id = ACCOUNT
sso_role_name = {OFFICER}
region = eu-west-2
[profile chained]
role_arn = arn:aws:iam::ACCOUNT:role/{OFFICER}
source_profile = audit
role_session_name = chained-session
"""
SERIAL = "arn:aws:iam::ACCOUNT:mfa/officer"
CHAIN = f"""
[profile user]
region = eu-west-2
[profile officer]
role_arn = arn:aws:iam::ACCOUNT:role/{OFFICER}
source_profile = user
external_id = dept-7
mfa_serial = {SERIAL}
role_session_name = an-officer
duration_seconds = 3600
region = eu-west-2
"""
KEYS = "[user]\naws_access_key_id = AKIAOFFICER\naws_secret_access_key = not-a-secret\n"


A_PART = Selection(kinds=("bedrock.guardrail",))
"""Enough to see who asks, in every account."""


@pytest.fixture(scope="module")
def office() -> Iterator[Estate]:
    with an_estate(2) as estate:
        yield estate


@pytest.fixture
def person(office: Estate, tmp_path: Path) -> Iterator[Person]:
    desk = new_desk(office, tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    yield a_person(desk, home)
    desk.control("POST", "reset", {})


def token_of(person: Person, name: str) -> Path:
    digest = hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()
    return person.home / ".aws" / "sso" / "cache" / f"{digest}.json"


def trust(person: Person, condition: dict[str, Any]) -> None:
    """Let the officer's role be taken up from its own account, under a condition."""
    own = person.desk.estate.management_account
    statement = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{own}:root"}, "Condition": condition}
    document = {"Statement": [statement]}
    person.desk.control("POST", "trust", {"role": f"arn:aws:iam::{own}:role/{OFFICER}", "document": document})
    user = {"access_key_id": "AKIAOFFICER", "arn": f"arn:aws:iam::{own}:user/officer"}
    person.desk.control("POST", "users", user)


@pytest.mark.parametrize(("profile", "cache"), [("audit", "department"), ("old", START_URL)])
def test_a_code_confirmed_in_the_browser_signs_in_this_program_and_others(
    person: Person, profile: str, cache: str
) -> None:
    person.configure(PORTAL)
    (asked, done), _ = person.sign_in(profile)
    assert asked["address_with_code"].endswith(asked["user_code"])
    own = person.desk.estate.management_account
    assert done["arn"] == f"arn:aws:sts::{own}:assumed-role/{OFFICER}/officer"
    file = token_of(person, cache)
    kept = json.loads(file.read_bytes())
    assert kept.keys() >= {"startUrl", "region", "accessToken", "expiresAt", "clientId", "clientSecret"}
    assert kept["startUrl"] == START_URL
    assert kept["expiresAt"].endswith("Z")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    desk = person.desk_with(profile)
    assert desk.refresh(selection=A_PART)[-1]["state"] == "complete"
    with desk.snapshot() as snapshot:
        assert snapshot.refresh.caller == done["arn"]
        assert snapshot.facts("bedrock.guardrail")
        assert {gap.reason for gap in snapshot.gaps()} <= {GapReason.DENIED, GapReason.NOT_ATTEMPTED}


def test_a_role_chain_that_begins_at_identity_center_is_signed_in_by_its_own_name(person: Person) -> None:
    person.configure(PORTAL)
    trust(person, {})
    said, _ = person.sign_in("chained")
    assert said[-1]["arn"].endswith("/chained-session")


@pytest.mark.parametrize("profile", ["audit", "old", "chained"])
def test_without_a_sign_in_it_says_what_to_run_for_which_profile(person: Person, profile: str) -> None:
    person.configure(PORTAL)
    (refused,) = person.desk_with(profile).refresh()
    assert refused["code"] == "COL-005"
    assert f"bedrock-console sign-in --profile {profile}" in refused["remedy"]
    assert f"aws sso login --profile {profile}" in refused["remedy"]


@pytest.mark.parametrize(
    ("manner", "verdict", "words"),
    [
        ({}, "deny", "refused in the browser"),
        ({"code_seconds": 1, "interval": 2}, "approve", "while it was valid"),
    ],
)
def test_a_code_that_is_refused_or_too_late_signs_nobody_in(
    person: Person, manner: dict[str, Any], verdict: str, words: str
) -> None:
    person.configure(PORTAL)
    person.desk.control("POST", "portal", manner)
    said, complaint = person.sign_in("audit", verdict)
    assert [each["event"] for each in said] == ["verification"]
    assert words in complaint
    assert "COL-007" in complaint
    assert not token_of(person, "department").exists()


def test_a_person_is_told_the_page_the_code_and_how_it_ended(person: Person) -> None:
    person.configure(PORTAL)
    person.desk.control("POST", "portal", {"verdict": "approve"})
    with person.running("sign-in", "--profile", "audit") as process:
        out, err = process.communicate(timeout=60)
    assert "Signed in with profile audit" in out
    assert "confirm that it shows the code" in err
    assert START_URL in err


def test_a_wrong_start_url_is_said_with_the_profile(person: Person) -> None:
    person.configure(PORTAL.replace(START_URL, "https://elsewhere.awsapps.com/start"))
    said, complaint = person.sign_in("audit")
    assert said == []
    assert "sso_start_url" in complaint


def test_the_window_can_take_a_sign_in_back(person: Person) -> None:
    person.configure(PORTAL)
    settings = person.desk_with("audit").job.settings.aws
    with person.running("sign-in", "--worker") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(sign_in_line(settings) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["event"] == "verification"
        process.stdin.write("cancel\n")
        process.stdin.flush()
        refused = json.loads(process.stdout.readline())
        assert process.wait(timeout=30) == 2
    assert refused["code"] == "COL-006"


def test_a_sign_in_that_ends_half_way_is_a_gap_with_that_reason(person: Person) -> None:
    person.configure(PORTAL)
    person.desk.control("POST", "portal", {"role_seconds": 60})
    person.sign_in("audit")
    desk = person.desk_with("audit")
    desk.control("POST", "latency", {"ms": 20})
    ended = False
    with desk.worker() as worker:
        for event in worker.events():
            if event["event"] == "progress" and event["done"] > 30 and not ended:
                desk.control("POST", "sessions-ended", {"for_good": True})
                ended = True
            last = event
    assert last["state"] == "complete"
    with desk.snapshot() as snapshot:
        reasons = {gap.reason for gap in snapshot.gaps()}
    assert GapReason.EXPIRED in reasons
    assert reasons <= {GapReason.EXPIRED, GapReason.DENIED}


def test_role_credentials_that_run_out_are_fetched_again(person: Person) -> None:
    person.configure(PORTAL)
    person.desk.control("POST", "portal", {"role_seconds": 60})
    person.sign_in("audit")
    desk = person.desk_with("audit")
    desk.control("DELETE", "requests")
    desk.refresh()
    with desk.snapshot() as snapshot:
        assert {gap.reason for gap in snapshot.gaps()} <= {GapReason.DENIED}
    operations = [each["operation"] for each in desk.control("GET", "requests")]
    assert operations.count("GetRoleCredentials") > 1


def answered(desk: Desk, code: str) -> list[dict[str, Any]]:
    """Refresh, and answer every question with a code."""
    heard = []
    with desk.worker(selection=A_PART) as worker:
        for event in worker.events():
            heard.append(event)
            if event["event"] == "question":
                worker.answer(event["id"], code)
    return heard


def test_a_role_chain_asks_for_a_one_time_code_once(person: Person) -> None:
    person.configure(CHAIN, KEYS)
    own = person.desk.estate.management_account
    serial = SERIAL.replace("ACCOUNT", own)
    trust(
        person,
        {"StringEquals": {"sts:ExternalId": "dept-7"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}},
    )
    person.desk.control("POST", "mfa", {"serial": serial, "code": "123456"})
    desk = person.desk_with("officer")
    heard = answered(desk, "123456")
    assert [each["serial"] for each in heard if each["event"] == "question"] == [serial]
    assert heard[-1]["state"] == "complete"
    with desk.snapshot() as snapshot:
        assert snapshot.refresh.caller == f"arn:aws:sts::{own}:assumed-role/{OFFICER}/an-officer"
    assert "123456" not in json.dumps(heard)


@pytest.mark.parametrize(("code", "number"), [("000000", "COL-001"), ("", "COL-008")])
def test_a_wrong_code_and_no_code_are_refused(person: Person, code: str, number: str) -> None:
    person.configure(CHAIN, KEYS)
    trust(person, {"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    heard = answered(person.desk_with("officer"), code)
    assert [each["event"] for each in heard] == ["question", "refused"]
    assert heard[-1]["code"] == number
    assert heard[-1]["remedy"]


def test_a_refresh_that_is_cancelled_at_the_question_has_not_begun(person: Person) -> None:
    person.configure(CHAIN, KEYS)
    trust(person, {"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    desk = person.desk_with("officer")
    with desk.worker() as worker:
        for event in worker.events():
            if event["event"] == "question":
                worker.cancel()
            last = event
    assert last["code"] == "SVC-005"
    with desk.store() as store:
        assert store.refreshes() == []


def test_an_external_id_that_is_wrong_is_refused(person: Person) -> None:
    person.configure(CHAIN.replace("mfa_serial", "x_serial"), KEYS)
    trust(person, {"StringEquals": {"sts:ExternalId": "another"}})
    (refused,) = person.desk_with("officer").refresh()
    assert "sts:AssumeRole" in refused["message"]


def test_credentials_come_from_the_environment_for_a_role(person: Person) -> None:
    person.configure(
        f"[profile ci]\nrole_arn = arn:aws:iam::ACCOUNT:role/{OFFICER}\ncredential_source = Environment\n"
    )
    trust(person, {})
    person.environment["AWS_ACCESS_KEY_ID"] = "AKIAOFFICER"
    person.environment["AWS_SECRET_ACCESS_KEY"] = "not-a-secret"
    said, _ = person.sign_in("ci")
    assert f"assumed-role/{OFFICER}/" in said[-1]["arn"]


def test_credentials_come_from_a_process(person: Person) -> None:
    trust(person, {})
    keys = {"Version": 1, "AccessKeyId": "AKIAOFFICER", "SecretAccessKey": "not-a-secret"}
    answer = person.home / "keys.json"
    answer.write_text(json.dumps(keys), encoding="utf-8")
    program = f'{sys.executable} -c "print(open({str(answer)!r}).read())"'
    person.configure(f"[profile tool]\ncredential_process = {program}\n")
    said, _ = person.sign_in("tool")
    assert said[-1]["arn"].endswith(":user/officer")
    answer.write_text("{}", encoding="utf-8")
    _, complaint = person.sign_in("tool")
    assert "credential_process" in complaint
    assert "profile tool" in complaint


def test_a_profile_from_the_environment_is_named_too(person: Person) -> None:
    person.configure(PORTAL)
    person.environment["AWS_PROFILE"] = "audit"
    (refused,) = person.desk_with("").refresh()
    assert "--profile audit" in refused["remedy"]


def test_a_profile_that_is_not_there_is_said(person: Person) -> None:
    person.configure(PORTAL)
    said, complaint = person.sign_in("nobody")
    assert said == []
    assert "COL-004" in complaint
