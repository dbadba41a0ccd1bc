"""Questions to what was read of the demo estate, and answers that an officer can read."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from console.bootstrap import Parts
from console.cli import main
from console.services.standin import planted
from console.vault.keystore import StoreKeys
from journeys.conftest import Reading
from journeys.estates import SEED, WHOLE
from unit.cli.running import Ran, command

LONDON = ("--context", "aws:RequestedRegion=eu-west-2")
Ask = Callable[..., Ran]


@pytest.fixture
def ask(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask on the command line, offline: nothing of AWS is in the environment."""
    job = reading.desk.job

    def parts(*_: object, **__: object) -> Parts:
        keys = StoreKeys(job.key, job.signer)
        return Parts(store_path=job.store, settings=job.settings, keys=keys, environment={})

    monkeypatch.setattr(main, "open_parts", parts)
    return lambda *words: command("ask", *words)


def answered(ran: Ran) -> Any:
    assert ran.code in (0, 1), ran.err
    return json.loads(ran.out)


def subjects(control: str) -> set[str]:
    return {
        each["subject"]
        for each in planted(accounts=WHOLE, seed=SEED)["failings"]
        if each["control"] == control
    }


def test_who_can_names_everybody_with_full_access_and_why_shows_the_statement(ask: Ask) -> None:
    said = answered(ask("who-can", "bedrock:InvokeModel", *LONDON, "--json"))
    can = {each["principal"] for each in said["principals"]}
    full = {arn for arn in subjects("BR-IAM-001") if ":role/" in arn}
    assert full
    assert full <= can
    for principal in full:
        ran = ask("why", principal, "bedrock:InvokeModel", "any", *LONDON)
        assert "Identity policies: " in ran.out
        assert "AmazonBedrockFullAccess" in ran.out
        assert "Service control policies: " in ran.out


def test_what_a_service_control_policy_forbids_is_shown_with_it(ask: Ask) -> None:
    (principal,) = (arn for arn in subjects("BR-IAM-001") if ":role/" in arn)
    said = answered(ask("why", principal, "bedrock:DeleteGuardrail", "any", "--unknown-rest", "--json"))
    assert said["result"] == "ExplicitlyDenied"
    assert said["layers"]["identity"]["result"] == "Allowed"
    assert said["layers"]["scp"]["deny"]


def test_accounts_whose_principals_were_refused_are_not_answered_for(ask: Ask) -> None:
    said = answered(ask("who-can", "bedrock:InvokeModel", *LONDON, "--json"))
    refused = {
        each["account"]
        for each in planted(accounts=WHOLE, seed=SEED)["denied"]
        if each["kind"].startswith("iam.")
    }
    assert refused <= {each["account"] for each in said["unseen"]}
    assert not [each for each in said["principals"] if each["principal"].split(":")[4] in refused]


def test_who_can_decrypt_hangs_on_the_keys_own_policy(reading: Reading, ask: Ask) -> None:
    keys = [fact.key for fact in reading.snapshot.facts("kms.key_policy")]
    said = answered(ask("who-can", "kms:Decrypt", "--resource", keys[0], *LONDON, "--json"))
    assert f"the policy of {keys[0]} was not read" not in {each["reason"] for each in said["unseen"]}
    stranger = keys[0][:-1] + "0"
    said = answered(ask("who-can", "kms:Decrypt", "--resource", stranger, *LONDON, "--json"))
    assert said["principals"] == []
    assert f"the policy of {stranger} was not read" in {each["reason"] for each in said["unseen"]}


def test_who_can_assume_a_role_is_whom_its_trust_policy_lets_in(reading: Reading, ask: Ask) -> None:
    (organisation,) = reading.snapshot.facts("organizations.organization")
    own = organisation.payload["MasterAccountId"]
    reader = next(
        fact.key
        for fact in reading.snapshot.facts("iam.role")
        if fact.key.endswith("/BedrockConsoleReader") and fact.scope.account_id != own
    )
    said = answered(ask("who-can", "sts:AssumeRole", "--resource", reader, *LONDON, "--json"))
    found = {each["principal"] for each in said["principals"]}
    assert f"arn:aws:iam::{own}:role/AssuranceOfficer" in found
    every = answered(ask("who-can", "sts:AssumeRole", *LONDON, "--json"))["principals"]
    assert found <= {each["principal"] for each in every}


def test_what_can_and_exposure_and_residency_answer_offline(reading: Reading, ask: Ask) -> None:
    (principal,) = (arn for arn in subjects("BR-IAM-001") if ":role/" in arn)
    powers = answered(ask("what-can", principal, "--service", "bedrock", *LONDON, "--json"))
    assert "bedrock:InvokeModel" in {each["action"] for each in powers["actions"]}
    exposure = answered(ask("exposure", "--json"))
    known = {fact.key for fact in reading.snapshot.facts("organizations.account")}
    for capability in exposure["capabilities"]:
        assert {each["account"] for each in capability["accounts"]} <= known
    residency = ask("residency", "--approved", "eu-west-2")
    assert residency.code == 1
    assert "eu-west-1" in residency.out
