"""The runbook: the same plan for whoever may delete, as AWS CLI commands and as an SSM Automation document."""

import json
import shlex
from collections.abc import Iterator
from typing import Any

from botocore import xform_name

from console.collect.many import MANY
from console.deletion.plan import ABSENT, Check, Plan, Step

_HEAD = """\
#!/bin/sh
# Runbook for request {request}, plan {sha256}
# Made {made_at}; it is void from {expires_at}, and as soon as anything in the plan has changed.
# Run the steps in this order and stop at the first that fails. Each block names the account it belongs to: sign in
# there first. Keep the request ids (add --debug, or look them up in CloudTrail).
set -eu
versions=$(mktemp)
"""
_NAME = "NAME-OF-THE-ENTRY"
_VERSIONS = (
    "{{Objects: {kind}[?Key=='{key}' || starts_with(Key, '{below}')].{{Key:Key,VersionId:VersionId}}}}"
)


def as_shell(plan: Plan) -> str:
    """Return ordered commands of the AWS CLI, each with the command that shows that the thing is gone."""
    lines = [
        _HEAD.format(
            request=plan.request_id,
            sha256=plan.sha256,
            made_at=plan.made_at,
            expires_at=plan.expires_at,
        )
    ]
    for number, step in enumerate(plan.steps, 1):
        lines.append(f"# {number} of {len(plan.steps)}: {_one_line(step.words)}")
        lines.append(f"# account {step.account_id}, Region {step.region}: {_one_line(step.subject)}")
        lines += _commands(step)
        lines.append(f"# verify: {_expectation(step.check)}")
        lines.append(f"#   {_command(step.check.operation, _asked(step.check), step.region)}")
        lines.append("")
    for each in plan.residuals:
        lines.append(
            f"# stays: {_one_line(f'{each.subject}: {each.words} ({each.reason}; until {each.expires})')}"
        )
    return "\n".join(lines) + "\n"


def as_ssm(plan: Plan, account_id: str, region: str) -> str:
    """Return an Automation document (schema 0.3) for the steps of one account and Region.

    Steps that delete all entries of a list are left to the shell runbook: Automation has no loop over one.
    """
    steps = [
        {
            "name": step.id.replace("-", "_"),
            "description": f"{step.words}: {step.subject}",
            "action": "aws:executeAwsApi",
            "onFailure": "Abort",
            "isEnd": False,
            "inputs": {
                "Service": step.operation.partition(":")[0],
                "Api": step.operation.partition(":")[2],
                **step.parameters,
            },
        }
        for step in plan.steps
        if (step.account_id, step.region) == (account_id, region) and _is_one_call(step)
    ]
    approve = {
        "name": "Approve",
        "action": "aws:approve",
        "onFailure": "Abort",
        "inputs": {
            "Message": f"Request {plan.request_id}, plan {plan.sha256}, void from {plan.expires_at}",
            "MinRequiredApprovals": 1,
            "Approvers": ["{{ Approvers }}"],
        },
    }
    if steps:
        steps[-1]["isEnd"] = True
    document = {
        "schemaVersion": "0.3",
        "description": f"Deletion {plan.request_id} in {account_id}/{region}, plan {plan.sha256}",
        "assumeRole": "{{ AutomationAssumeRole }}",
        "parameters": {
            "AutomationAssumeRole": {"type": "AWS::IAM::Role::Arn", "description": "The eraser role"},
            "Approvers": {"type": "StringList", "description": "Who approves in AWS besides"},
        },
        "mainSteps": [approve, *steps],
    }
    return json.dumps(document, indent=2) + "\n"


def places_of(plan: Plan) -> list[tuple[str, str]]:
    """Return the accounts and Regions that have steps of an Automation document."""
    return sorted({(each.account_id, each.region) for each in plan.steps if _is_one_call(each)})


def _is_one_call(step: Step) -> bool:
    return not step.operation.startswith("s3:") and step.operation not in MANY


def _commands(step: Step) -> Iterator[str]:
    if step.operation in MANY:
        yield from _each_of_many(step)
        return
    if step.operation != "s3:DeleteObjects":
        yield _command(step.operation, step.parameters, step.region)
        return
    bucket, prefix = step.parameters["Bucket"], step.parameters["Prefix"]
    if step.parameters["Kept"]:
        yield f"# {len(step.parameters['Kept'])} versions are locked and stay: AWS refuses them, and that is expected"
    below = prefix if prefix.endswith("/") or not prefix else f"{prefix}/"
    for kind in ("Versions", "DeleteMarkers"):
        query = _VERSIONS.format(kind=kind, key=prefix.replace("'", "\\'"), below=below.replace("'", "\\'"))
        listing = _command("s3:ListObjectVersions", {"Bucket": bucket, "Prefix": prefix}, step.region)
        yield f'{listing} --query {shlex.quote(query)} --output json > "$versions"'
        yield "# at most 1,000 at once: repeat both until none is listed"
        yield (
            f'if grep -q VersionId "$versions"; then aws s3api delete-objects --bucket {shlex.quote(bucket)} '
            f'--region {step.region} --delete "file://$versions"; fi'
        )


def _each_of_many(step: Step) -> Iterator[str]:
    """Yield a loop over a list: Automation has none, and the command line takes names one at a time."""
    many = MANY[step.operation]
    query = f"{many.member}[{_of_path(step.parameters.get('namespacePath', ''))}].[{many.entry}]"
    listing = _command(many.lists, step.check.parameters, step.region)
    yield f'{listing} --query {shlex.quote(query)} --output text > "$versions"'
    named = {name: value for name, value in step.parameters.items() if name != "namespacePath"}
    each = {many.batch: [{many.entry: _NAME}]} if many.batch else {many.entry: _NAME}
    said = json.dumps({**named, **each}, sort_keys=True)
    before, after = (shlex.quote(part) for part in said.split(_NAME))
    service, _, name = step.operation.partition(":")
    command = f"aws {service} {xform_name(name, '-')} --region {step.region}"
    yield 'while read -r name; do [ "$name" = None ] ||'
    yield f'  {command} --cli-input-json {before}"$name"{after}; done < "$versions"'


def _of_path(path: str) -> str:
    """Return a condition for entries at a path or below it, and not of one that only begins alike."""
    if not path:
        return ""
    own = path.rstrip("/").replace("'", "\\'")
    return f"?length(namespaces[?@=='{own}' || starts_with(@, '{own}/')]) > `0`"


def _command(operation: str, parameters: Any, region: str) -> str:  # noqa: ANN401 - JSON
    service, _, name = operation.partition(":")
    said = "s3api" if service == "s3" else service
    words = ["aws", said, xform_name(name, "-")]
    if parameters:
        words += ["--cli-input-json", json.dumps(parameters, sort_keys=True)]
    return " ".join(shlex.quote(each) for each in (*words, "--region", region))


def _asked(check: Check) -> dict[str, Any]:
    return {name: value for name, value in check.parameters.items() if name != "Kept"}


def _expectation(check: Check) -> str:
    return "AWS answers that it is not found" if check.expects == ABSENT else f"the answer is {check.expects}"


def _one_line(words: str) -> str:
    """Return words that cannot leave their comment."""
    return " ".join(words.split())
