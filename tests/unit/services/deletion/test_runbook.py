"""The runbook: the same steps in the same order, for a shell and for SSM."""

import json
import shlex
import subprocess
from dataclasses import replace

import botocore.session
import jmespath
import pytest
from botocore import xform_name

from console.actuate.operations import CHANGES
from console.actuate.runbook import as_shell, as_ssm, places_of
from console.deletion.plan import Check, Residual, step_id
from unit.deletion.made import ACCOUNT, REGION, plan, step

HOSTILE = "a'; rm -rf ~ #\n$(touch x)"
OBJECTS = {"Bucket": "bucket", "Prefix": "it's/here", "Kept": ["0" * 32]}
VERSIONS = step(
    "s3://bucket/it's/here",
    operation="s3:DeleteObjects",
    id=step_id("s3:DeleteObjects", ACCOUNT, REGION, OBJECTS),
    parameters=OBJECTS,
    check=Check(operation="s3:ListObjectVersions", parameters=OBJECTS, expects="empty"),
)
PLAN = replace(
    plan(step("one"), step(HOSTILE), VERSIONS),
    residuals=(Residual(subject=HOSTILE, words="w", reason="r", expires="never"),),
)


def test_the_shell_script_is_one_that_a_shell_reads_and_no_name_leaves_its_place(tmp_path) -> None:
    script = tmp_path / "runbook.sh"
    script.write_text(as_shell(PLAN))
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0
    fake = tmp_path / "aws"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$2" >> "$0.said"\necho VersionId\n')
    fake.chmod(0o755)
    done = subprocess.run(
        ["sh", str(script)], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, cwd=tmp_path, check=False
    )
    assert done.returncode == 0
    said = (tmp_path / "aws.said").read_text().split()
    assert said.count("delete-custom-model") == 2
    assert said.count("delete-objects") == 2
    assert not (tmp_path / "x").exists()


MANY = {
    "bedrock-agentcore:DeleteEvent": {"memoryId": "m", "actorId": HOSTILE, "sessionId": "s"},
    "bedrock-agentcore:BatchDeleteMemoryRecords": {"memoryId": "m", "namespacePath": "/people/o'ann/"},
}
LISTED = {
    "bedrock-agentcore:DeleteEvent": ("ListEvents", "1#a\n2#b", "eventId"),
    "bedrock-agentcore:BatchDeleteMemoryRecords": ("ListMemoryRecords", "mem-1\nmem-2", "memoryRecordId"),
}


@pytest.mark.parametrize("operation", MANY)
def test_each_entry_of_a_list_is_deleted_by_its_name(tmp_path, operation: str) -> None:
    listing, names, member = LISTED[operation]
    check = Check(operation=f"bedrock-agentcore:{listing}", parameters=MANY[operation], expects="empty")
    entries = step("all of it", operation=operation, parameters=MANY[operation], check=check)
    made = plan(replace(entries, id=step_id(operation, ACCOUNT, REGION, MANY[operation])))
    (tmp_path / "runbook.sh").write_text(as_shell(made))
    fake = tmp_path / "aws"
    fake.write_text(
        "#!/usr/bin/env python3\nimport sys, pathlib\n"
        f'if "list-" in sys.argv[2]: print({names!r})\n'
        'else: pathlib.Path(sys.argv[0] + ".said").open("a").write(sys.argv[-1] + "\\n")\n'
    )
    fake.chmod(0o755)
    path = f"{tmp_path}:/usr/local/bin:/usr/bin:/bin"
    subprocess.run(["sh", "runbook.sh"], env={"PATH": path}, cwd=tmp_path, check=True)
    said = [json.loads(each) for each in (tmp_path / "aws.said").read_text().splitlines()]
    deleted = [each.get(member) or each["records"][0][member] for each in said]
    assert deleted == names.split("\n")
    assert all("namespacePath" not in each for each in said)
    assert json.loads(as_ssm(made, ACCOUNT, REGION))["mainSteps"][1:] == []


def test_the_command_line_s_own_query_takes_no_other_person_s_records() -> None:
    operation = "bedrock-agentcore:BatchDeleteMemoryRecords"
    named = MANY[operation]
    check = Check(operation="bedrock-agentcore:ListMemoryRecords", parameters=named, expects="empty")
    script = as_shell(plan(step("all of it", operation=operation, parameters=named, check=check)))
    (line,) = [each for each in script.splitlines() if "--query" in each]
    words = shlex.split(line)
    records = [
        {"memoryRecordId": f"mem-{number}", "namespaces": [each]}
        for number, each in enumerate(("/people/o'ann", "/people/o'ann/talk", "/people/o'anna"))
    ]
    found = jmespath.search(words[words.index("--query") + 1], {"memoryRecordSummaries": records})
    assert found == [["mem-0"], ["mem-1"]]


def test_the_document_asks_for_approval_first_and_leaves_objects_to_the_shell() -> None:
    document = json.loads(as_ssm(PLAN, ACCOUNT, REGION))
    steps = document["mainSteps"]
    assert document["schemaVersion"] == "0.3"
    assert steps[0]["action"] == "aws:approve"
    assert [each["inputs"]["Api"] for each in steps[1:]] == ["DeleteCustomModel"] * 2
    assert [each["isEnd"] for each in steps[1:]] == [False, True]
    assert places_of(PLAN) == [(ACCOUNT, REGION)]
    assert json.loads(as_ssm(plan(VERSIONS), ACCOUNT, REGION))["mainSteps"][1:] == []


@pytest.mark.parametrize("operation", CHANGES)
def test_each_operation_is_a_command_of_the_cli(operation: str) -> None:
    service, _, name = operation.partition(":")
    assert name in botocore.session.Session().get_service_model(service).operation_names
    if operation != "s3:DeleteObjects":
        assert f" {xform_name(name, '-')} " in as_shell(plan(step("one", operation=operation)))
