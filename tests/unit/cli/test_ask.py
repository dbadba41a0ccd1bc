import json
from pathlib import Path

import pytest

from unit.cli.running import command
from unit.policy.organisations import organisation

MODEL = "arn:aws:bedrock:eu-west-2::foundation-model/m1"


@pytest.fixture
def file(tmp_path: Path) -> str:
    made = tmp_path / "organisation.json"
    made.write_text(json.dumps(organisation(3)), encoding="utf-8")
    return str(made)


def test_who_can_lists_principals_with_their_conditions(file: str) -> None:
    ran = command("ask", "who-can", "bedrock:InvokeModel", "--organisation", file, "--unknown-rest", "--json")
    said = json.loads(ran.out)
    assert ran.code == 0
    assert said["unseen"] == []
    for each in said["principals"]:
        assert each["principal"].startswith("arn:aws:iam::")
        assert ("residual" in each) is (each["result"] == "AllowedIf")
    table = command("ask", "who-can", "bedrock:InvokeModel", "--organisation", file, "--unknown-rest")
    assert f"{len(said['principals'])} principals can." in table.out


def test_nobody_is_an_answer_with_its_own_code(file: str) -> None:
    ran = command("ask", "who-can", "nothing:AtAll", "--organisation", file, "--resource", "arn:aws:x:::y")
    assert ran.code in (0, 1)
    assert (ran.code == 1) is ("0 principals can." in ran.out)


def test_why_traces_each_layer(file: str) -> None:
    principal = next(iter(organisation(3)["accounts"]["000000000001"]["roles"]))
    ran = command("ask", "why", principal, "bedrock:InvokeModel", MODEL, "--organisation", file)
    assert ran.code == 0
    assert "Identity policies:" in ran.out
    said = json.loads(
        command("ask", "why", principal, "bedrock:InvokeModel", MODEL, "--organisation", file, "--json").out
    )
    assert [each["layer"] for each in said["trace"]][:3] == ["vpce", "rcp", "scp"]
    assert "identity" in said["layers"]


def test_a_key_without_a_value_is_refused(file: str) -> None:
    ran = command("ask", "who-can", "s3:GetObject", "--organisation", file, "--context", "aws:SourceIp")
    assert ran.code == 2
    assert "CLI-004" in ran.err


def test_a_key_given_twice_has_two_values(file: str) -> None:
    ran = command(
        "ask",
        "who-can",
        "s3:GetObject",
        "--organisation",
        file,
        "--context",
        "aws:TagKeys=a",
        "--context",
        "aws:TagKeys=b",
        "--json",
    )
    assert ran.code in (0, 1)
    json.loads(ran.out)


@pytest.mark.parametrize("content", ["", "[]", '{"format": "other"}'])
def test_another_file_is_refused_with_a_remedy(tmp_path: Path, content: str) -> None:
    made = tmp_path / "other.json"
    made.write_text(content, encoding="utf-8")
    ran = command("ask", "who-can", "s3:GetObject", "--organisation", str(made))
    assert ran.code == 2
    assert ran.err


def test_cases_are_decided_in_order_and_a_bad_line_is_an_error_among_them(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('not json\n\n{"id": "a"}\n', encoding="utf-8")
    ran = command("ask", "decide", "--cases", str(cases))
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert lines[0]["result"] == "Error"
    assert lines[1]["id"] == "a"
    missing = command("ask", "decide", "--cases", str(tmp_path / "none"))
    assert missing.code == 2
    assert "CLI-002" in missing.err


ORGANISATION = organisation(3)
ACCOUNT = "000000000001"
PROFILE = f"arn:aws:bedrock:eu-west-2:{ACCOUNT}:inference-profile/eu.m1"


@pytest.fixture
def profiles(tmp_path: Path) -> str:
    models = [
        "arn:aws:bedrock:eu-west-2::foundation-model/m1",
        "arn:aws:bedrock:eu-west-1::foundation-model/m1",
    ]
    made = tmp_path / "profiles.json"
    text = json.dumps({**ORGANISATION, "inference_profiles": {ACCOUNT: {PROFILE: models}}})
    made.write_text(text, encoding="utf-8")
    return str(made)


def test_a_profile_that_was_seen_is_asked_as_aws_authorises_it(profiles: str) -> None:
    ask = ("ask", "who-can", "bedrock:Converse", "--resource", PROFILE, "--organisation", profiles)
    said = json.loads(command(*ask, "--unknown-rest", "--bearer-token", "SHORT_TERM", "--json").out)
    assert [each["action"] for each in said["authorisations"]] == ["bedrock:InvokeModel"] * 3 + [
        "bedrock:CallWithBearerToken"
    ]
    assert [each["region"] for each in said["authorisations"]][:3] == ["eu-west-2", "eu-west-1", "eu-west-2"]
    table = command(*ask)
    assert "The call needs 3 authorisations" in table.out


def test_why_of_a_profile_traces_every_authorisation(profiles: str) -> None:
    principal = next(iter(ORGANISATION["accounts"][ACCOUNT]["roles"]))
    ask = ("ask", "why", principal, "bedrock:InvokeModel", PROFILE, "--organisation", profiles)
    ran = command(*ask)
    assert ran.out.count("Identity policies:") == 3
    said = json.loads(command(*ask, "--json").out)
    assert len(said["authorisations"]) == 3


def test_roles_on_the_way_are_shown_when_asked_for(file: str) -> None:
    ask = ("ask", "who-can", "s3:GetObject", "--organisation", file, "--unknown-rest", "--through-roles")
    said = json.loads(command(*ask, "--json").out)
    assert "through_roles" in said
    table = command(*ask)
    assert f"{len(said['through_roles'])} more can become one of them:" in table.out


def test_what_can_lists_actions_by_their_condition(file: str) -> None:
    principal = next(iter(ORGANISATION["accounts"][ACCOUNT]["roles"]))
    ask = ("ask", "what-can", principal, "--organisation", file, "--unknown-rest", "--service", "s3")
    said = json.loads(command(*ask, "--json").out)
    table = command(*ask)
    assert f"{len(said['actions'])} of " in table.out
    refused = command("ask", "what-can", principal, "--organisation", file, "--service", "nothing")
    assert refused.code == 2
    assert "CLI-005" in refused.err


def test_exposure_counts_by_account_and_lists_one(file: str) -> None:
    whole = command("ask", "exposure", "--organisation", file)
    assert "Use a model in eu-west-2" in whole.out
    said = json.loads(command("ask", "exposure", "--organisation", file, "--json", "--account", ACCOUNT).out)
    assert {each["account"] for one in said["capabilities"] for each in one["accounts"]} <= {ACCOUNT}
    listed = command("ask", "exposure", "--organisation", file, "--account", ACCOUNT, "--direct")
    assert "by a role:" not in listed.out


def test_residency_says_where_data_could_go(profiles: str) -> None:
    ran = command("ask", "residency", "--organisation", profiles, "--approved", "eu-west-2")
    assert ran.code in (0, 1)
    assert ran.out.startswith(f"{ACCOUNT}\n")
    said = json.loads(command("ask", "residency", "--organisation", profiles, "--json").out)
    assert said["crossings"][0]["outside"] == ["eu-west-1"]
    assert said["approved"] == ["eu-west-2"]


def test_a_member_given_twice_is_an_error_under_its_case(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes(b'{"id": "a", "principal": {"account": "1", "account": "2"}}\n\xff\xfe\n')
    first, second = (
        json.loads(line) for line in command("ask", "decide", "--cases", str(cases)).out.splitlines()
    )
    assert first["id"] == "a"
    assert "given twice" in first["error"]["message"]
    assert second["error"]["message"] == "the line is not JSON"
