"""The role that has AWS count, apart from the one that reads: queries over invocation logs, answers in one bucket."""

import json
import re
from typing import Any

from console.base.errors import ConsoleError
from console.base.settings import CountingSettings
from console.collect.counting import statements
from console.services.permissions import Document, Grant, principal_of, trust

_PURPOSE = (
    "Bedrock Console: a role that has AWS count over logs of models' use; it writes nothing but answers"
)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_FOLDER = "answers/"
_LIMIT = 100 * 2**30
"""Bytes that one query may read, unless whoever makes the stack says another number."""


class NoResultsBucketError(ConsoleError):
    """It was not said into which bucket Athena is to write."""

    code = "SVC-047"
    remedy = "Name a bucket of your own with `--results-bucket`; it should be encrypted, private and emptied by a rule."


def counting(results_bucket: str) -> Document:
    """Return the policy of the role."""
    if not _BUCKET.fullmatch(results_bucket):
        raise NoResultsBucketError(f"{results_bucket!r} is no name of a bucket")
    return {"Version": "2012-10-17", "Statement": list(statements(results_bucket))}


def as_json(grant: Grant, results_bucket: str) -> str:
    """Return the plain documents."""
    said = {
        "counter": {
            "role": grant.role,
            "trust": trust(principal_of(grant.trusted), grant.external_id) if grant.trusted else None,
            "policies": [counting(results_bucket)],
        }
    }
    return json.dumps(said, indent=2) + "\n"


def as_cloudformation(grant: Grant, results_bucket: str) -> str:
    """Return the stack of one account and Region: the role, the workgroup with its limit, and the database."""
    settings = CountingSettings()
    principal: Any = principal_of(grant.trusted) if grant.trusted else {"Ref": "TrustedPrincipal"}
    asked = {
        "TrustedPrincipal": {"Type": "String", "Description": "ARN of the role that the officer works in"}
    }
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"{_PURPOSE}. Create it, with CAPABILITY_NAMED_IAM, only where logs are to be counted at AWS.",
        "Parameters": {
            **({} if grant.trusted else asked),
            "MostBytes": {
                "Type": "Number",
                "Default": _LIMIT,
                "Description": "Bytes that one query may read before Athena stops it",
            },
        },
        "Resources": {
            "Counter": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": grant.role,
                    "Description": _PURPOSE,
                    "MaxSessionDuration": 3600,
                    "AssumeRolePolicyDocument": trust(principal, grant.external_id),
                    "Policies": [{"PolicyName": "count", "PolicyDocument": counting(results_bucket)}],
                },
            },
            "Workgroup": {
                "Type": "AWS::Athena::WorkGroup",
                "Properties": {
                    "Name": settings.workgroup,
                    "Description": "Counts over logs of models' use, asked by Bedrock Console",
                    "WorkGroupConfiguration": {
                        "EnforceWorkGroupConfiguration": True,
                        "BytesScannedCutoffPerQuery": {"Ref": "MostBytes"},
                        "ResultConfiguration": {"OutputLocation": f"s3://{results_bucket}/{_FOLDER}"},
                    },
                },
            },
            "Database": {
                "Type": "AWS::Glue::Database",
                "Properties": {
                    "CatalogId": {"Ref": "AWS::AccountId"},
                    "DatabaseInput": {"Name": settings.database},
                },
            },
        },
        "Outputs": {"CounterRoleArn": {"Value": {"Fn::GetAtt": ["Counter", "Arn"]}}},
    }
    return json.dumps(template, indent=1) + "\n"
