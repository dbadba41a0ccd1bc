"""KMS keys: each that something in the department names, in good order or not."""

import json

from console.demo.department.model_access import SUPPLIER
from console.demo.department.plan import VIRGINIA
from console.demo.department.site import Held, Site
from console.demo.messages import Payload

_USES = ("Decrypt", "GenerateDataKey", "DescribeKey")
_ALIAS = "alias/aws/s3"


def keys_of(site: Site, arns: list[str]) -> Held:
    """Return the keys with these ARNs, who may use them, and whether they rotate."""
    return {
        "kms.key": [_key(site, arn) for arn in arns],
        "kms.key_policy": [{"KeyArn": arn, "Policy": json.dumps(_policy(site))} for arn in arns],
        "kms.key_rotation": [_rotation(site, arn) for arn in arns],
        "kms.grant": [{"KeyArn": arn, "Grants": _grants(site, arn)} for arn in arns],
        "kms.alias": [
            {"AliasName": _ALIAS, "AliasArn": site.arn("kms", _ALIAS), "TargetKeyId": arn} for arn in arns[:1]
        ],
    }


def _key(site: Site, arn: str) -> Payload:
    """Return a key; one in a while is switched off, waits to be deleted, or has a copy in Virginia."""
    state = "Disabled" if site.chance(24, "disabled", arn) else "Enabled"
    deletion = {}
    if site.chance(26, "deletion", arn):
        state, deletion = "PendingDeletion", {"DeletionDate": "2046-12-24T00:00:00Z"}
    return {
        "AWSAccountId": site.member.id,
        "KeyId": arn.rpartition("/")[2],
        "Arn": arn,
        "CreationDate": site.day("key", arn),
        "Enabled": state == "Enabled",
        "Description": "Key of the data path",
        "KeyUsage": "ENCRYPT_DECRYPT",
        "KeyState": state,
        **deletion,
        "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER",
        "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "KeySpec": "SYMMETRIC_DEFAULT",
        "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
        **_copies(site, arn),
    }


def _copies(site: Site, arn: str) -> Payload:
    if not site.is_home or not site.chance(12, "copied", arn):
        return {"MultiRegion": False}
    replica = {"Arn": arn.replace(f":{site.region}:", f":{VIRGINIA}:"), "Region": VIRGINIA}
    return {
        "MultiRegion": True,
        "MultiRegionConfiguration": {
            "MultiRegionKeyType": "PRIMARY",
            "PrimaryKey": {"Arn": arn, "Region": site.region},
            "ReplicaKeys": [replica],
        },
    }


def _policy(site: Site) -> Payload:
    root = {"AWS": f"arn:aws:iam::{site.member.id}:root"}
    statements: list[Payload] = [
        {"Sid": "Owner", "Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*"}
    ]
    if site.turn(12, 3):
        everybody = {"AWS": "*"}
        statements.append(
            {
                "Sid": "Shared",
                "Effect": "Allow",
                "Principal": everybody,
                "Action": "kms:Decrypt",
                "Resource": "*",
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}


def _rotation(site: Site, arn: str) -> Payload:
    if site.chance(9, "unrotated", arn):
        return {"KeyArn": arn, "KeyRotationEnabled": False}
    return {"KeyArn": arn, "KeyId": arn, "KeyRotationEnabled": True, "RotationPeriodInDays": 365}


def _grants(site: Site, arn: str) -> list[Payload]:
    """Return up to three grants, to applications of the same account; a few to a supplier who helped once."""
    grantee = SUPPLIER if site.turn(10, 4) and site.chance(3, "supplier", arn) else site.member.id
    return [
        {
            "KeyId": arn,
            "GrantId": site.draw.hexadecimal(64, "grant", arn, number),
            "CreationDate": site.day("grant", arn, number),
            "GranteePrincipal": f"arn:aws:iam::{grantee}:role/bedrock-application",
            "IssuingAccount": f"arn:aws:iam::{site.member.id}:root",
            "Operations": list(_USES),
        }
        for number in range(site.draw.below(4, "grants", arn))
    ]
