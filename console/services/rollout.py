"""The reader role as CloudFormation and Terraform roll it out to an organisation.

A service-managed StackSet reaches every account of the named units, those that join later too, and never the
management account. So the same stack holds the StackSet and, for the account it is made in, a role of its own.
"""

import json
from typing import Any

from console.services.permissions import Document, Grant, principal_of, trust

MOST_TEMPLATE_BYTES = 51_200
"""Of a template that is handed over as text; a larger one has to lie in S3."""
_PURPOSE = "Bedrock Console: a role that only reads, and is taken up from the officer's account"

Template = dict[str, Any]


def as_cloudformation(grant: Grant) -> str:
    """Return the stack of the account that rolls out: the StackSet, its own role, and the officer's policies."""
    parameters = {
        **_member_parameters(grant),
        "OrganizationalUnitIds": {
            "Type": "CommaDelimitedList",
            "Default": "",
            "Description": "Units (ou-... or the root r-...) whose accounts get the role. Empty: this account alone.",
        },
    }
    template: Template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"{_PURPOSE}; with the StackSet that rolls it out. StackSets never reach the management "
        "account, so this stack makes the role there itself. Create it in the management account, with "
        "CAPABILITY_NAMED_IAM.",
        "Parameters": parameters,
        "Conditions": {
            "RollsOut": {
                "Fn::Not": [{"Fn::Equals": [{"Fn::Join": ["", {"Ref": "OrganizationalUnitIds"}]}, ""]}]
            }
        },
        "Resources": {
            **_member_resources(grant),
            **_officer_resources(grant),
            "Rollout": _stack_set(grant, parameters),
        },
        "Outputs": {"ReaderRoleArn": {"Value": {"Fn::GetAtt": ["Reader", "Arn"]}}},
    }
    text = json.dumps(template, indent=1) + "\n"
    return text if len(text) <= MOST_TEMPLATE_BYTES else json.dumps(template, separators=(",", ":")) + "\n"


def member_template(grant: Grant) -> str:
    """Return the stack of one member account, as text without white space: the StackSet carries it."""
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": _PURPOSE,
        "Parameters": _member_parameters(grant),
        "Resources": _member_resources(grant),
    }
    return json.dumps(template, separators=(",", ":"))


def as_terraform(grant: Grant) -> str:
    """Return a Terraform configuration in JSON syntax (`.tf.json`) for the account that rolls out."""
    parameters = {} if grant.trusted else {"TrustedPrincipal": "${var.trusted_principal}"}
    configuration = {
        "//": f"{_PURPOSE}; apply it in the management account, which StackSets never reach.",
        "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.0"}}},
        "variable": _terraform_variables(grant),
        "resource": {
            **_terraform_roles(grant),
            "aws_cloudformation_stack_set": {
                "reader": {
                    "name": grant.role,
                    "description": _PURPOSE,
                    "permission_model": "SERVICE_MANAGED",
                    "auto_deployment": {"enabled": True, "retain_stacks_on_account_removal": False},
                    "capabilities": ["CAPABILITY_NAMED_IAM"],
                    "managed_execution": {"active": True},
                    "parameters": parameters,
                    "template_body": _literal(member_template(grant)),
                    # AWS fills this in, and Terraform would want to take it back at every run.
                    "lifecycle": {"ignore_changes": ["administration_role_arn"]},
                }
            },
            "aws_cloudformation_stack_set_instance": {
                "reader": {
                    "for_each": "${toset(var.organizational_unit_ids)}",
                    "stack_set_name": "${aws_cloudformation_stack_set.reader.name}",
                    "deployment_targets": {"organizational_unit_ids": ["${each.value}"]},
                }
            },
        },
        "output": {"reader_role_arn": {"value": "${aws_iam_role.reader.arn}"}},
    }
    return json.dumps(configuration, indent=2) + "\n"


def _member_parameters(grant: Grant) -> Document:
    if grant.trusted:
        return {}
    says = "The ARN of the role that the officer works in (or of its account: arn:aws:iam::ACCOUNT:root)"
    return {
        "TrustedPrincipal": {
            "Type": "String",
            "AllowedPattern": "arn:aws[a-z-]*:iam::[0-9]{12}:(root|(role|user)/.+)",
            "Description": says,
        }
    }


def _member_resources(grant: Grant) -> Document:
    names = [f"Read{number}" for number in range(1, len(grant.reader) + 1)]
    managed = {
        name: {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"Description": _PURPOSE, "PolicyDocument": policy},
        }
        for name, policy in zip(names, grant.reader, strict=True)
    }
    trusted = principal_of(grant.trusted) if grant.trusted else {"Ref": "TrustedPrincipal"}
    role = {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "RoleName": grant.role,
            "Description": _PURPOSE,
            "AssumeRolePolicyDocument": trust(trusted, grant.external_id),
            "ManagedPolicyArns": [{"Ref": name} for name in names],
        },
    }
    return {**managed, "Reader": role}


def _officer_resources(grant: Grant) -> Document:
    """Return policies with fixed names, so that a permission set of Identity Center can name them."""
    return {
        f"Officer{number}": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "ManagedPolicyName": f"{grant.role}Officer{number}",
                "Description": "Bedrock Console: what the officer's own role needs; it only reads",
                "PolicyDocument": policy,
            },
        }
        for number, policy in enumerate(grant.officer, start=1)
    }


def _stack_set(grant: Grant, parameters: Document) -> Document:
    handed_on = [name for name in parameters if name in _member_parameters(grant)]
    return {
        "Type": "AWS::CloudFormation::StackSet",
        "Condition": "RollsOut",
        "Properties": {
            "StackSetName": grant.role,
            "Description": _PURPOSE,
            "PermissionModel": "SERVICE_MANAGED",
            "AutoDeployment": {"Enabled": True, "RetainStacksOnAccountRemoval": False},
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
            "ManagedExecution": {"Active": True},
            "OperationPreferences": {"FailureTolerancePercentage": 100, "MaxConcurrentPercentage": 100},
            "Parameters": [{"ParameterKey": name, "ParameterValue": {"Ref": name}} for name in handed_on],
            "StackInstancesGroup": [
                {
                    "DeploymentTargets": {"OrganizationalUnitIds": {"Ref": "OrganizationalUnitIds"}},
                    # IAM is the same in every Region: one is enough.
                    "Regions": [{"Ref": "AWS::Region"}],
                }
            ],
            "TemplateBody": member_template(grant),
        },
    }


def _terraform_variables(grant: Grant) -> Document:
    variables: Document = {
        "organizational_unit_ids": {
            "type": "list(string)",
            "description": "Units (ou-... or the root r-...) whose accounts get the role",
        }
    }
    if not grant.trusted:
        variables["trusted_principal"] = {
            "type": "string",
            "description": "The ARN of the role that the officer works in",
        }
    return variables


def _terraform_roles(grant: Grant) -> Document:
    trusted = principal_of(grant.trusted) if grant.trusted else "${var.trusted_principal}"
    document = json.dumps(trust(trusted, _literal(grant.external_id)), separators=(",", ":"))
    numbered = {f"read{number}": policy for number, policy in enumerate(grant.reader, start=1)}
    officers = {f"officer{number}": policy for number, policy in enumerate(grant.officer, start=1)}
    return {
        "aws_iam_policy": {
            name: {"name": f"{grant.role}-{name}", "policy": json.dumps(policy, separators=(",", ":"))}
            for name, policy in {**numbered, **officers}.items()
        },
        "aws_iam_role": {
            "reader": {
                "name": grant.role,
                "description": _PURPOSE,
                "assume_role_policy": document,
            }
        },
        "aws_iam_role_policy_attachment": {
            name: {"role": "${aws_iam_role.reader.name}", "policy_arn": f"${{aws_iam_policy.{name}.arn}}"}
            for name in numbered
        },
    }


def _literal(text: str) -> str:
    """Return text in which Terraform finds nothing to put in."""
    return text.replace("${", "$${").replace("%{", "%%{")
