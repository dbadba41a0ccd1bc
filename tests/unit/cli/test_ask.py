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
