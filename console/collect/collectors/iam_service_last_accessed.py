"""When each user and role that has permissions for Bedrock last used them, action by action.

IAM prepares a report for each; it is asked for all of them first, so that most are ready when their turn comes. What
of a report changes with every asking, and what is not about Bedrock, is dropped.
"""

import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

from console.collect.base import (
    Client,
    Collector,
    Found,
    Known,
    MalformedAnswerError,
    Reach,
    UnfinishedError,
    ask,
)
from console.collect.each import each
from console.domain.evidence import Payload

_BEDROCK = "bedrock"
"""How the namespaces of Bedrock's services begin, and what a policy about one of them contains."""
_TRIES = 20
_PAUSE_SECONDS = 0.25
"""Between tries; short, because a refresh that is cancelled ends at the next call."""


def fetch(iam: Client, known: Known) -> Found:
    """Yield what IAM tracked for each user and role whose policies speak of Bedrock."""
    jobs: dict[str, str] = {}

    def begin(arn: str) -> None:
        jobs[arn] = ask(iam, "generate_service_last_accessed_details", Arn=arn, Granularity="ACTION_LEVEL")[
            "JobId"
        ]

    def read(arn: str) -> Payload:
        services = [each for each in _report(iam, jobs[arn]) if each["ServiceNamespace"].startswith(_BEDROCK)]
        return {"Arn": arn, "ServicesLastAccessed": services}

    yield from each(_principals(known), begin)
    yield from each(tuple(jobs), read)


def _report(iam: Client, job: str) -> Iterator[dict[str, Any]]:
    """Yield each service of a report, page after page, once IAM has prepared it."""
    page = _ready(iam, job)
    turned: set[str] = set()
    while True:
        yield from page["ServicesLastAccessed"]
        if not page.get("Marker"):
            return
        if page["Marker"] in turned:
            raise MalformedAnswerError("IAM's report leads to a page that was read already")
        turned.add(page["Marker"])
        page = ask(iam, "get_service_last_accessed_details", JobId=job, Marker=page["Marker"])


def _ready(iam: Client, job: str) -> dict[str, Any]:
    for _ in range(_TRIES):
        answer = ask(iam, "get_service_last_accessed_details", JobId=job)
        if answer["JobStatus"] == "COMPLETED":
            return answer
        if answer["JobStatus"] == "FAILED":
            raise UnfinishedError(
                f"IAM gave its report up: {answer.get('Error', {}).get('Message', 'no reason given')}"
            )
        time.sleep(_PAUSE_SECONDS)
    raise UnfinishedError(f"IAM had not prepared its report after {_TRIES} tries")


def _principals(known: Known) -> Iterator[str]:
    """Yield users and roles to whom a policy that speaks of Bedrock applies."""
    managed = {
        each["Arn"]
        for each in known["iam.policy"]
        if _speaks(
            version.get("Document") for version in each["PolicyVersionList"] if version["IsDefaultVersion"]
        )
    }
    groups = {
        each["GroupName"] for each in known["iam.group"] if _is_granted(each, "GroupPolicyList", managed)
    }
    for role in known["iam.role"]:
        if _is_granted(role, "RolePolicyList", managed):
            yield role["Arn"]
    for user in known["iam.user"]:
        if _is_granted(user, "UserPolicyList", managed) or groups.intersection(user["GroupList"]):
            yield user["Arn"]


def _is_granted(principal: Payload, inline: str, managed: set[str]) -> bool:
    attached = {each["PolicyArn"] for each in principal["AttachedManagedPolicies"]}
    return bool(attached & managed) or _speaks(
        each.get("PolicyDocument") for each in principal.get(inline, ())
    )


def _speaks(documents: Iterable[object]) -> bool:
    return any(_BEDROCK in json.dumps(document).lower() for document in documents)


COLLECTOR = Collector(
    kind="iam.service_last_accessed",
    title="Last use of permissions for Bedrock",
    service="iam",
    reach=Reach.ACCOUNT,
    actions=("iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"),
    needs=("iam.group", "iam.policy", "iam.role", "iam.user"),
    key="Arn",
    fetch=fetch,
    required=("Arn", "ServicesLastAccessed"),
)
