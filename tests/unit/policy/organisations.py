"""Small random organisations in which everything that can differ from caller to caller does."""

from random import Random
from typing import Any

ACTIONS = [
    "bedrock:InvokeModel",
    "bedrock:Invoke*",
    "bedrock:*",
    "*",
    "s3:GetObject",
    "bedrock:GetGuardrail",
    "sts:AssumeRole",
]
RESOURCES = [
    "*",
    "arn:aws:bedrock:*::foundation-model/*",
    "arn:aws:bedrock:eu-west-2::foundation-model/m1",
    "arn:aws:bedrock:*:${aws:PrincipalAccount}:guardrail/*",
    "arn:aws:s3:::b/${aws:PrincipalTag/team}/*",
    "arn:aws:s3:::b/*",
]
CONDITIONS: list[dict[str, Any]] = [
    {},
    {},
    {"StringEquals": {"aws:PrincipalTag/team": "red"}},
    {"StringNotEquals": {"aws:PrincipalTag/team": ["red", "blue"]}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/r1"}},
    {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"}},
    {"StringEquals": {"aws:RequestedRegion": "eu-west-2"}},
    {"StringLike": {"aws:SourceVpce": "vpce-*"}},
    {"StringEquals": {"aws:PrincipalAccount": "000000000001"}},
    {"StringEquals": {"aws:PrincipalOrgID": "o-1"}, "Bool": {"aws:SecureTransport": "true"}},
    {"Null": {"aws:PrincipalTag/team": "true"}},
    {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
]


def organisation(seed: int) -> dict[str, Any]:
    """Return a snapshot in `iam-org-snapshot/1`."""
    random = Random(seed)
    accounts = [f"{number:012d}" for number in range(1, random.randint(2, 5))]
    policies = {f"p-{n}": {"type": "scp", "document": _limit(random)} for n in range(3)}
    policies["p-full"] = {"type": "scp", "document": _document([_statement("Allow", "*", "*", {})])}
    policies["p-ours"] = {"type": "rcp", "document": _document([_PERIMETER])}
    by_aws = {
        "arn:aws:iam::aws:policy/Reader": _identity(random),
        "arn:aws:iam::aws:policy/Full": _identity(random),
    }
    held = {account: _account(random, account, accounts, list(by_aws)) for account in accounts}
    return {
        "format": "iam-org-snapshot/1",
        "organisation": {
            "id": "o-1",
            "management_account": accounts[0],
            "policies": policies,
            "ous": {
                "r-1": {"parent": None, "scps": _attached(random), "rcps": _guarded(random)},
                "ou-1": {"parent": "r-1", "scps": _attached(random), "rcps": []},
            },
            "accounts": {
                account: {
                    "ou": random.choice(["r-1", "ou-1"]),
                    "scps": _attached(random),
                    "rcps": _guarded(random),
                }
                for account in accounts
            },
        },
        "aws_managed_policies": by_aws,
        "accounts": held,
    }


_PERIMETER = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": ["s3:*", "sts:AssumeRole"],
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}},
}


def _guarded(random: Random) -> list[str]:
    return random.choice([[], [], ["p-ours"]])


def _trust(random: Random, account: str, accounts: list[str]) -> dict[str, Any]:
    """Return a trust policy, for services alone, for one or for many, and now and then with an exception."""
    other = random.choice(accounts)
    named: list[Any] = [
        {"Service": "lambda.amazonaws.com"},
        {"AWS": f"arn:aws:iam::{account}:root"},
        {"AWS": f"arn:aws:iam::{other}:root"},
        {"AWS": [f"arn:aws:iam::{other}:role/r1", f"arn:aws:iam::{account}:user/u0"]},
        "*",
    ]
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": random.choice(named)}
    if random.random() < 0.2:
        statement["NotPrincipal"] = {"AWS": f"arn:aws:iam::{other}:role/r1"}
        del statement["Principal"]
    if random.random() < 0.3:
        statement["Condition"] = random.choice(CONDITIONS[2:])
    refused = {"Effect": "Deny", "Action": "sts:*", "Principal": {"AWS": f"arn:aws:iam::{other}:role/r2"}}
    return _document([statement, refused] if random.random() < 0.3 else [statement])


def _attached(random: Random) -> list[str]:
    if random.random() < 0.05:
        return []
    return ["p-full", *random.sample(["p-0", "p-1", "p-2"], random.randint(0, 2))]


def _account(random: Random, account: str, accounts: list[str], by_aws: list[str]) -> dict[str, Any]:
    managed = {f"arn:aws:iam::{account}:policy/m{n}": _identity(random) for n in range(2)}
    every = [*managed, *by_aws]
    groups = {
        f"arn:aws:iam::{account}:group/g": {
            "managed": random.sample(every, 1),
            "inline": {"i": _identity(random)},
        }
    }

    def principal() -> dict[str, Any]:
        return {
            "managed": random.sample(every, random.randint(0, 2)),
            "inline": {"own": _identity(random)} if random.random() < 0.5 else {},
            "boundary": random.choice([None, None, *managed]),
            "tags": random.choice([{}, {"team": "red"}, {"team": "blue"}]),
        }

    bucket = {
        "Effect": "Allow",
        "Principal": {
            "AWS": random.choice(
                ["*", f"arn:aws:iam::{random.choice(accounts)}:root", f"arn:aws:iam::{account}:role/r1"]
            )
        },
        "Action": "s3:*",
        "Resource": "*",
        "Condition": random.choice(CONDITIONS),
    }
    return {
        "managed_policies": managed,
        "groups": groups,
        "users": {
            f"arn:aws:iam::{account}:user/u{n}": {**principal(), "groups": random.choice([[], list(groups)])}
            for n in range(2)
        },
        "roles": {
            f"arn:aws:iam::{account}:role/{name}": {**principal(), "trust": _trust(random, account, accounts)}
            for name in ("r1", "r2", "aws-service-role/x/AWSServiceRoleForX")
        },
        "resources": {f"arn:aws:s3:::{account}": {"tags": {}, "policy": _document([bucket])}},
    }


def _identity(random: Random) -> dict[str, Any]:
    return _document(
        [
            _statement(
                random.choice(["Allow", "Allow", "Deny"]),
                random.choice(ACTIONS),
                random.choice(RESOURCES),
                random.choice(CONDITIONS),
            )
            for _ in range(random.randint(1, 3))
        ]
    )


def _limit(random: Random) -> dict[str, Any]:
    statement = _statement("Deny", random.choice([*ACTIONS[:3], "sts:*"]), "*", random.choice(CONDITIONS[2:]))
    if random.random() < 0.5:
        statement["NotAction"] = statement.pop("Action")
    return _document([statement])


def _statement(effect: str, action: str, resource: str, condition: dict[str, Any]) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, "Condition": condition}


def _document(statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}
