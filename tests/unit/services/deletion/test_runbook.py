"""The runbook: the same steps in the same order, for a shell and for SSM."""

import json
import subprocess
from dataclasses import replace

import botocore.session
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
