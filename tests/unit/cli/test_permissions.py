import json
from pathlib import Path

import pytest

from unit.cli.running import command


@pytest.mark.parametrize("form", ["cloudformation", "terraform", "json"])
def test_each_form_is_json_and_needs_no_store(form: str, tmp_path: Path) -> None:
    ran = command("permissions", "--format", form, store=tmp_path / "none.db")
    assert ran.code == 0
    assert "bedrock:GetGuardrail" in json.dumps(json.loads(ran.out))
    assert not (tmp_path / "none.db").exists()


def test_a_file_is_written_and_the_settings_that_match_are_said(tmp_path: Path) -> None:
    out = tmp_path / "new" / "reader.tf.json"
    ran = command(
        *("permissions", "--format", "terraform", "--role", "OurReader", "--external-id", "dept-7"),
        *("--trust", "111122223333", "--out", str(out)),
    )
    assert ran.code == 0
    assert ran.out == ""
    assert "reader_role = 'OurReader', external_id = 'dept-7'" in ran.err
    assert "arn:aws:iam::111122223333:root" in out.read_text(encoding="utf-8")


def test_what_cannot_be_trusted_is_refused(tmp_path: Path) -> None:
    ran = command("permissions", "--format", "json", "--trust", "everybody")
    assert ran.code == 2
    assert "SVC-006" in ran.err


def test_the_role_that_deletes_is_another_one_and_is_written_apart(tmp_path: Path) -> None:
    file = tmp_path / "eraser.json"
    ran = command(
        "permissions", "--for", "deletion", "--format", "json", "--trust", "111122223333", "--out", str(file)
    )
    assert ran.code == 0
    said = json.loads(file.read_text())
    assert said["eraser"]["role"] == "BedrockConsoleEraser"
    erase = said["eraser"]["policies"][0]["Statement"][0]["Action"]
    assert "bedrock:DeleteCustomModel" in erase
    assert not [each for each in erase if each.split(":")[1].startswith(("Get", "List", "Describe"))]
    (reader,) = said["reader"]["policies"]
    assert "s3:ListBucketVersions" in reader["Statement"][0]["Action"]
    template = json.loads(command("permissions", "--for", "deletion", "--format", "cloudformation").out)
    assert set(template["Resources"]) == {"Eraser", "Finding"}
    assert "TrustedPrincipal" in template["Parameters"]
    refused = command("permissions", "--for", "deletion", "--format", "terraform")
    assert (refused.code, "CLI-030" in refused.err) == (2, True)


def test_the_role_that_has_aws_count_is_a_third_one_and_writes_into_one_bucket() -> None:
    ran = command("permissions", "--for", "counting", "--format", "json", "--results-bucket", "counts")
    said = json.loads(ran.out)["counter"]
    assert said["role"] == "BedrockConsoleCounter"
    writes = [each for each in said["policies"][0]["Statement"] if "s3:PutObject" in each["Action"]]
    assert [each["Resource"] for each in writes] == ["arn:aws:s3:::counts/*"]
    made = command(
        "permissions", "--for", "counting", "--format", "cloudformation", "--results-bucket", "counts"
    )
    template = json.loads(made.out)
    workgroup = template["Resources"]["Workgroup"]["Properties"]["WorkGroupConfiguration"]
    assert workgroup["EnforceWorkGroupConfiguration"] is True
    assert workgroup["BytesScannedCutoffPerQuery"] == {"Ref": "MostBytes"}
    assert set(template["Parameters"]) == {"TrustedPrincipal", "MostBytes"}
    for arguments in (
        ["json"],
        ["json", "--results-bucket", "a/*"],
        ["terraform", "--results-bucket", "counts"],
    ):
        refused = command("permissions", "--for", "counting", "--format", *arguments)
        assert (refused.code, "SVC-047" in refused.err or "CLI-030" in refused.err) == (2, True)
