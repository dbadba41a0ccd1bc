"""The role that deletes, apart from the one that reads: made from the operations that may be called, and no others."""

import json
from collections.abc import Sequence
from typing import Any

from console.actuate.operations import CHANGES, actions_of
from console.base.settings import AwsSettings, DeletionSettings
from console.collect.looking import READS
from console.services.permissions import Document, Grant, policies, principal_of, trust

ERASER = DeletionSettings().eraser_role
READER = AwsSettings().reader_role
_PURPOSE = (
    "Bedrock Console: a role that deletes what an approved plan names, and is taken up for one plan at a time"
)


def erasing(operations: Sequence[str] = tuple(CHANGES)) -> Document:
    """Return the policy of what may be changed."""
    statement = {"Sid": "Erase", "Effect": "Allow", "Action": actions_of(operations), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def looking(held: Sequence[str] = ()) -> tuple[Document, ...]:
    """Return the policies of what is looked at before and after, but for what a role may do already."""
    return policies(sorted(set(READS.values()) - set(held)))


def as_json(grant: Grant, reader: str) -> str:
    """Return the plain documents: the eraser role, and what the reader role needs besides for finding plans."""
    held = [action for each in grant.reader for one in each["Statement"] for action in one["Action"]]
    said = {
        "eraser": {
            "role": grant.role,
            "trust": trust(principal_of(grant.trusted), grant.external_id) if grant.trusted else None,
            "policies": [erasing(), *looking()],
        },
        "reader": {"role": reader, "policies": list(looking(held))},
    }
    return json.dumps(said, indent=2) + "\n"


def as_cloudformation(grant: Grant, reader: str) -> str:
    """Return the stack of one account: the eraser role, and a policy for the reader role that is there."""
    held = [action for each in grant.reader for one in each["Statement"] for action in one["Action"]]
    named = grant.trusted or {"Ref": "TrustedPrincipal"}
    parameters: dict[str, Any] = {
        "TrustedPrincipal": {"Type": "String", "Description": "ARN of the role that carries plans out"}
    }
    principal = principal_of(grant.trusted) if grant.trusted else named
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"{_PURPOSE}. Create it, with CAPABILITY_NAMED_IAM, only where things are to be deleted.",
        **({} if grant.trusted else {"Parameters": parameters}),
        "Resources": {
            "Eraser": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": grant.role,
                    "Description": _PURPOSE,
                    "MaxSessionDuration": 3600,
                    "AssumeRolePolicyDocument": trust(principal, grant.external_id),
                    "Policies": [
                        {"PolicyName": name, "PolicyDocument": document}
                        for name, document in zip(("erase", "look"), (erasing(), *looking()), strict=True)
                    ],
                },
            },
            "Finding": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {
                    "Description": "Bedrock Console: what the reader role needs besides for planning deletions",
                    "Roles": [reader],
                    "PolicyDocument": looking(held)[0],
                },
            },
        },
        "Outputs": {"EraserRoleArn": {"Value": {"Fn::GetAtt": ["Eraser", "Arn"]}}},
    }
    return json.dumps(template, indent=1) + "\n"
