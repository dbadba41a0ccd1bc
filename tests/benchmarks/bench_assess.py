"""Print how long an assessment of 400 accounts in three Regions takes.

Run with `PYTHONPATH=.:tests`.
"""

import time
from datetime import UTC, datetime
from typing import Any

from console.base.settings import PolicySettings
from console.domain.scope import Scope
from console.services.assess import assess_snapshot, discover_controls
from console.views.accounts import account_tree
from console.views.overview import overview
from fakes import FakeSnapshot, fact

ACCOUNTS, REGIONS = 400, ("eu-west-2", "eu-west-1", "us-east-1")
REGIONAL = (
    "ec2.vpc_endpoint",
    "bedrock.inference_profile",
    "bedrock.foundation_model",
    "cloudtrail.trail_status",
    "cloudtrail.event_selectors",
)
TRUST = {"Statement": {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}}


def estate() -> Any:
    """Return a snapshot of 400 accounts with 20 roles each."""
    top = Scope("100000000000")
    known = [
        fact("organizations.organization", "o", {"MasterAccountId": "100000000000"}, top),
        fact(
            "organizations.root",
            "r",
            {"PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]},
            top,
        ),
    ]
    for number in range(ACCOUNTS):
        account = str(100000000000 + number)
        known.append(fact("organizations.account", account, {"Name": f"a{number}", "Status": "ACTIVE"}, top))
        known.append(
            fact(
                "organizations.child",
                f"r/{account}",
                {"ParentId": "r", "Id": account, "Type": "ACCOUNT"},
                top,
            )
        )
        policies = [{"PolicyName": "p", "PolicyDocument": TRUST}]
        known += [
            fact(
                "iam.role",
                f"role{each}",
                {"RoleName": f"r{each}", "RolePolicyList": policies},
                Scope(account),
            )
            for each in range(20)
        ]
        for region in REGIONS:
            known.append(fact("account.region", region, {"RegionOptStatus": "ENABLED"}, Scope(account)))
            known += [
                fact(kind, "k", {"mode": "none", "status": "READY"}, Scope(account, region))
                for kind in (
                    "bedrock.data_retention",
                    "bedrock.guardrail",
                    "bedrock.invocation_logging",
                    "cloudtrail.trail",
                )
            ]
    scopes = [Scope(str(100000000000 + number)) for number in range(ACCOUNTS)]
    empty = [(kind, scope) for scope in scopes for kind in ("iam.user", "iam.group", "iam.policy")]
    empty += [(kind, top) for kind in ("organizations.policy", "organizations.policy_target")]
    empty += [
        (kind, Scope(scope.account_id, region)) for scope in scopes for region in REGIONS for kind in REGIONAL
    ]
    return FakeSnapshot(known=known, empty=empty)


if __name__ == "__main__":
    snapshot = estate()
    controls = discover_controls()
    start = time.perf_counter()
    assessment = assess_snapshot(snapshot, controls, PolicySettings(), datetime(2026, 11, 23, tzinfo=UTC))
    judged = time.perf_counter()
    overview(snapshot, assessment.findings, controls)
    account_tree(snapshot, assessment.findings)
    drawn = time.perf_counter()
    print(
        f"{len(assessment.findings):,} findings in {judged - start:.2f} s; overview and tree in {drawn - judged:.2f} s"
    )
