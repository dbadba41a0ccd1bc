"""An organisation of any size for measurements: most statements are about other things, as in real accounts."""

from collections.abc import Iterator
from random import Random
from typing import Any

MODEL = "arn:aws:bedrock:eu-west-2::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
ORGANISATION = "o-measured01"
_FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
_ELSEWHERE = ("s3", "ec2", "logs", "sqs", "sns", "dynamodb", "lambda", "kms", "glue", "athena", "ecr", "rds")
_VERBS = ("Get*", "List*", "Describe*", "Put*", "Create*", "Delete*", "Update*")
_TEAMS = ("ml", "platform", "risk", "ops")
_JOBS = ("Developer", "Analyst", "Batch", "Agent", "Platform", "BreakGlass", "Auditor", "Deployer")
_BY_AWS = {
    "AdministratorAccess": _FULL,
    "AmazonBedrockFullAccess": {
        "Version": "2012-10-17",
        "Statement": [{"Sid": "BedrockAll", "Effect": "Allow", "Action": ["bedrock:*"], "Resource": "*"}],
    },
    "ReadOnlyAccess": {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    f"{service}:{verb}" for service in ("bedrock", *_ELSEWHERE) for verb in _VERBS[:3]
                ],
                "Resource": "*",
            }
        ],
    },
}
_LOCK = {
    "Sid": "InBritain",
    "Effect": "Deny",
    "NotAction": ["iam:*", "sts:*", "organizations:*"],
    "Resource": "*",
    "Condition": {
        "StringNotEquals": {"aws:RequestedRegion": ["eu-west-2"]},
        "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass*"},
    },
}
_LOGS = {
    "Sid": "KeepLogs",
    "Effect": "Deny",
    "Action": ["bedrock:*ModelInvocationLoggingConfiguration"],
    "Resource": "*",
    "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/Platform*"]}},
}
_NOTHING = {"Effect": "Deny", "Action": "bedrock:*", "Resource": "*"}


def big_organisation(accounts: int, principals: int = 50, seed: int = 1) -> dict[str, Any]:
    """Return an organisation in `iam-org-snapshot/1`; a fifth of the principals are users."""
    random = Random(seed)
    ids = [f"{200000000000 + 7 * number:012d}" for number in range(accounts)]
    policies = {
        name: _document(*each)
        for name, each in (("p-lock", [_LOCK]), ("p-logs", [_LOGS]), ("p-none", [_NOTHING]))
    }
    units = {"ou-live": ["p-full", "p-lock"], "ou-test": ["p-full"], "ou-play": ["p-full", "p-none"]}
    return {
        "format": "iam-org-snapshot/1",
        "organisation": {
            "id": ORGANISATION,
            "management_account": ids[0],
            "policies": {
                name: {"type": "scp", "document": each}
                for name, each in (("p-full", _FULL), *policies.items())
            },
            "ous": {
                "r-1": {"parent": None, "scps": ["p-full", "p-logs"], "rcps": []},
                **{unit: {"parent": "r-1", "scps": scps, "rcps": []} for unit, scps in units.items()},
            },
            "accounts": {
                account: {"ou": random.choice(list(units)), "scps": ["p-full"], "rcps": []} for account in ids
            },
        },
        "aws_managed_policies": {f"arn:aws:iam::aws:policy/{name}": each for name, each in _BY_AWS.items()},
        "accounts": {account: _account(random, account, principals, ids) for account in ids},
    }


def _account(random: Random, account: str, principals: int, ids: list[str]) -> dict[str, Any]:
    arn = f"arn:aws:iam::{account}"
    managed = {
        f"{arn}:policy/Policy{n}": _document(
            *(_elsewhere(random) for _ in range(random.randint(2, 7))),
            *([_bedrock(random, account)] if n < 5 else []),
        )
        for n in range(12)
    }
    own = list(managed)
    boundary = f"{arn}:policy/Boundary"
    wide = [f"{service}:*" for service in ("bedrock", "sts", *_ELSEWHERE)]
    managed[boundary] = _document({"Effect": "Allow", "Action": wide, "Resource": "*"})

    def held() -> dict[str, Any]:
        inline = (
            {"own": _document(_elsewhere(random), _bedrock(random, account))} if random.random() < 0.3 else {}
        )
        return {
            "managed": random.sample(own, random.randint(1, 3)),
            "inline": inline,
            "boundary": boundary if random.random() < 0.2 else None,
            "tags": {"team": random.choice(_TEAMS)},
        }

    groups = {
        f"{arn}:group/{name}": {
            "managed": random.sample(own, 2),
            "inline": {"grp": _document(_bedrock(random, account))},
        }
        for name in ("developers", "analysts")
    }
    users = {
        f"{arn}:user/user{n:03d}": {**held(), "groups": random.sample(list(groups), random.randint(0, 2))}
        for n in range(principals // 5)
    }
    roles: dict[str, Any] = {}
    for n in range(principals - principals // 5):
        job = _JOBS[n % len(_JOBS)]
        role = held()
        extra = {
            "Platform": "AmazonBedrockFullAccess",
            "BreakGlass": "AdministratorAccess",
            "Auditor": "ReadOnlyAccess",
        }
        if job in extra:
            role["managed"].append(f"arn:aws:iam::aws:policy/{extra[job]}")
        roles[f"{arn}:role/{job}{n:02d}"] = {**role, "trust": _trust(random, account, ids)}
    guardrail = f"arn:aws:bedrock:eu-west-2:{account}:guardrail/shared"
    shared = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "bedrock:ApplyGuardrail",
        "Resource": guardrail,
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": ORGANISATION}},
    }
    resources = {guardrail: {"tags": {}, "policy": _document(shared)}}
    return {
        "managed_policies": managed,
        "groups": groups,
        "users": users,
        "roles": roles,
        "resources": resources,
    }


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _elsewhere(random: Random) -> dict[str, Any]:
    service = random.choice(_ELSEWHERE)
    resources = ["*", f"arn:aws:{service}:eu-west-2:*:app-{random.randint(1, 9)}*"]
    statement = {
        "Effect": "Allow" if random.random() < 0.9 else "Deny",
        "Action": [f"{service}:{verb}" for verb in random.sample(_VERBS, random.randint(1, 4))],
        "Resource": random.choice(resources),
    }
    if random.random() < 0.3:
        statement["Condition"] = random.choice(
            [
                {"Bool": {"aws:SecureTransport": "true"}},
                {"StringEquals": {"aws:RequestedRegion": ["eu-west-2", "eu-west-1"]}},
                {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}},
            ]
        )
    return statement


def _bedrock(random: Random, account: str) -> dict[str, Any]:
    models = "arn:aws:bedrock:*::foundation-model/"
    invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
    tags = {"StringEquals": {"aws:PrincipalTag/team": random.sample(_TEAMS, 2)}}
    home = {"StringEquals": {"aws:RequestedRegion": "eu-west-2"}}
    guarded = {"ArnLike": {"bedrock:GuardrailIdentifier": f"arn:aws:bedrock:*:{account}:guardrail/shared*"}}
    return random.choice(
        [
            {"Effect": "Allow", "Action": invoke, "Resource": f"{models}anthropic.*"},
            {
                "Effect": "Allow",
                "Action": "bedrock:InvokeModel*",
                "Resource": f"{models}*",
                "Condition": home,
            },
            {"Effect": "Allow", "Action": invoke, "Resource": f"{models}amazon.*", "Condition": guarded},
            {"Effect": "Allow", "Action": ["bedrock:*"], "Resource": "*", "Condition": tags},
            {"Effect": "Deny", "Action": "bedrock:InvokeModel*", "NotResource": f"{models}anthropic.*"},
            {"Effect": "Allow", "Action": ["bedrock:Get*", "bedrock:List*"], "Resource": "*"},
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": f"arn:aws:iam::{account}:role/*"},
        ]
    )


def _trust(random: Random, account: str, ids: list[str]) -> dict[str, Any]:
    principal: Any = random.choice(
        [
            {"Service": "lambda.amazonaws.com"},
            {"AWS": f"arn:aws:iam::{account}:root"},
            {"AWS": f"arn:aws:iam::{random.choice(ids)}:root"},
            {"AWS": f"arn:aws:iam::{random.choice(ids)}:role/Developer00"},
        ]
    )
    return _document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal})


def cases(snapshot: dict[str, Any], count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield resolved requests of principals drawn from an organisation, in the format `iam-case/1`."""
    random = Random(seed)
    organisation = snapshot["organisation"]
    accounts = list(snapshot["accounts"])
    for number in range(count):
        account = random.choice(accounts)
        held = snapshot["accounts"][account]
        arn, own = random.choice([*held["users"].items(), *held["roles"].items()])
        documents = {**snapshot["aws_managed_policies"], **held["managed_policies"]}
        listed = [(each, documents[each]) for each in own["managed"]] + list(own["inline"].items())
        for group in own.get("groups", ()):
            listed += [(each, documents[each]) for each in held["groups"][group]["managed"]]
        unit = organisation["accounts"][account]["ou"]
        levels = [(each, organisation["ous"][each]["scps"]) for each in ("r-1", unit)]
        policies = organisation["policies"]
        case: dict[str, Any] = {
            "id": str(number),
            "request": {
                "principal": arn,
                "action": random.choice(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]),
                "resource": random.choice([MODEL, MODEL.replace("anthropic", "amazon")]),
                "resource_account": account,
                "context": {
                    "aws:RequestedRegion": random.choice(["eu-west-2", "us-east-1"]),
                    "aws:PrincipalArn": arn,
                    "aws:PrincipalTag/team": own["tags"]["team"],
                    "aws:SecureTransport": "true",
                },
            },
            "principal": {
                "identity": [{"name": name.rpartition("/")[2], "policy": each} for name, each in listed],
                "scps": [
                    {
                        "id": name,
                        "policies": [{"name": each, "policy": policies[each]["document"]} for each in scps],
                    }
                    for name, scps in levels
                ],
            },
            "org": {"management_account": ""},
        }
        if own["boundary"]:
            case["principal"]["boundary"] = {"name": "Boundary", "policy": documents[own["boundary"]]}
        yield case
