"""Log groups with what hangs on them, and deliveries of the logs that Bedrock's resources hand out."""

import json

from console.demo.department.site import Held, Site
from console.demo.messages import Payload

INVOCATIONS = "/public-works/bedrock/invocations"
_VENDED = "/aws/vendedlogs/bedrock/knowledge-base/APPLICATION_LOGS"
_RUNTIMES = "/aws/bedrock-agentcore/runtimes/casework"
_KEPT = (30, *(365,) * 4, *(731,) * 4, *(2557,) * 4)
"""Days for which groups keep what they hold; few of them for a month only."""
_COUNTED = "PublicWorks/Bedrock"
_IDENTIFIER = "arn:aws:dataprotection::aws:data-identifier"


def log_groups_of(site: Site) -> Held:
    """Return the groups in London: that of invocations, and Bedrock's own where models are used."""
    if not site.is_home:
        return {}
    groups = [_group(site, INVOCATIONS)]
    if site.uses_models:
        groups += [_group(site, name) for name in (_VENDED, f"{_VENDED}/drafts", _RUNTIMES)]
    groups[0] = _protected(site, groups[0])
    return {
        "logs.log_group": groups,
        "logs.data_protection_policy": [_masking(each) for each in groups if "dataProtectionStatus" in each],
        "logs.account_policy": _account_policies(site),
        "logs.subscription_filter": _subscriptions(site),
        "logs.metric_filter": _metric_filters(groups[0]),
        **(_deliveries(site) if site.uses_models else {}),
    }


def _group(site: Site, name: str) -> Payload:
    """Return a group; some have no key of the department's, some keep what they hold for ever."""
    group: Payload = {
        "logGroupName": name,
        "logGroupArn": site.arn("logs", f"log-group:{name}"),
        "arn": site.arn("logs", f"log-group:{name}:*"),
        "creationTime": site.millis("group", name),
        "storedBytes": 1_000 * (1 + site.draw.below(90_000, site.member.id, name)),
        "metricFilterCount": 0,
        "logGroupClass": "STANDARD",
        "deletionProtectionEnabled": not site.chance(6, "deletion", name),
    }
    if not site.chance(12, "for ever", name):
        group["retentionInDays"] = site.draw.one_of(_KEPT, site.member.id, "retention", name)
    if not site.chance(9, "no key", name):
        group["kmsKeyId"] = site.key("logs")
    return group


def _protected(site: Site, group: Payload) -> Payload:
    """Return the group of invocations with its filters, and masked in most accounts."""
    masked = {} if site.chance(6, "unmasked") else {"dataProtectionStatus": "ACTIVATED"}
    return {**group, **masked, "metricFilterCount": 2 if site.uses_models else 0}


def _masking(group: Payload) -> Payload:
    identifiers = [
        f"{_IDENTIFIER}/{name}" for name in ("EmailAddress", "NhsNumber-GB", "NationalInsuranceNumber-GB")
    ]
    statements = [
        {"Sid": "audit", "DataIdentifier": identifiers, "Operation": {"Audit": {"FindingsDestination": {}}}},
        {"Sid": "mask", "DataIdentifier": identifiers, "Operation": {"Deidentify": {"MaskConfig": {}}}},
    ]
    policy = {"Name": "mask-personal-data", "Version": "2021-06-01", "Statement": statements}
    return {
        "logGroupIdentifier": group["logGroupName"],
        "policyDocument": json.dumps(policy),
        "lastUpdatedTime": group["creationTime"],
    }


def _account_policies(site: Site) -> list[Payload]:
    if not site.chance(3, "account policy"):
        return []
    document = {"Name": "mask-everywhere", "Version": "2021-06-01", "Statement": []}
    return [
        {
            "policyName": name,
            "policyDocument": json.dumps(document),
            "lastUpdatedTime": site.millis("account policy"),
            "policyType": "DATA_PROTECTION_POLICY",
            "scope": "ALL",
            "accountId": site.member.id,
        }
        for name in ("mask-everywhere", "mask-health")
    ]


def _subscriptions(site: Site) -> list[Payload]:
    """Return where invocations are streamed to: the security account's stream, in most accounts."""
    names = ["to-security"] if not site.chance(3, "unsubscribed") else []
    names += ["to-trial"] if site.chance(4, "trial") else []
    return [
        {
            "filterName": name,
            "logGroupName": INVOCATIONS,
            "filterPattern": "",
            "destinationArn": site.arn("firehose", f"deliverystream/{name}"),
            "roleArn": f"arn:aws:iam::{site.member.id}:role/bedrock-invocation-logging",
            "distribution": "ByLogStream",
            "creationTime": site.millis("subscription", name),
        }
        for name in names
    ]


def _metric_filters(group: Payload) -> list[Payload]:
    names = ("guardrail-intervened", "calls-without-guardrail")[: group["metricFilterCount"]]
    return [
        {
            "filterName": name,
            "logGroupName": group["logGroupName"],
            "filterPattern": '{ $.output.outputBodyJson.stopReason = "guardrail_intervened" }',
            "metricTransformations": [
                {"metricName": name, "metricNamespace": _COUNTED, "metricValue": "1", "defaultValue": 0.0}
            ],
            "creationTime": group["creationTime"],
        }
        for name in names
    ]


def _deliveries(site: Site) -> Held:
    """Return what knowledge bases and a runtime hand out, to a group and to a bucket; CloudFront's is not ours."""
    bases = [each["knowledgeBaseArn"] for each in site.built.held.get("bedrock-agent.knowledge_base", ())]
    base = bases[0] if bases else site.arn("bedrock", f"knowledge-base/{site.draw.upper(10, site.member.id)}")
    sources = [
        _source(site, "knowledge-base", "bedrock", base),
        _source(
            site, "runtime", "bedrock-agentcore", site.arn("bedrock-agentcore", "runtime/casework-k3v9QpLm2x")
        ),
        _source(site, "pages", "cloudfront", f"arn:aws:cloudfront::{site.member.id}:distribution/E2PAGES"),
    ]
    destinations = [
        _destination(site, "to-group", "CWL", site.arn("logs", f"log-group:{_VENDED}")),
        _destination(site, "to-bucket", "S3", f"arn:aws:s3:::vended-logs-{site.member.id}"),
        _destination(site, "to-pages-bucket", "S3", f"arn:aws:s3:::pages-logs-{site.member.id}"),
    ]
    deliveries = [
        {
            "id": site.draw.lower(16, "delivery", site.member.id, source["name"]),
            "arn": site.arn(
                "logs", f"delivery:{site.draw.lower(16, 'delivery', site.member.id, source['name'])}"
            ),
            "deliverySourceName": source["name"],
            "deliveryDestinationArn": destination["arn"],
            "deliveryDestinationType": destination["deliveryDestinationType"],
        }
        for source, destination in zip(sources, destinations, strict=True)
    ]
    return {
        "logs.delivery_source": sources,
        "logs.delivery_destination": destinations,
        "logs.delivery": deliveries,
    }


def _source(site: Site, name: str, service: str, resource: str) -> Payload:
    return {
        "name": name,
        "arn": site.arn("logs", f"delivery-source:{name}"),
        "resourceArns": [resource],
        "service": service,
        "logType": "APPLICATION_LOGS",
    }


def _destination(site: Site, name: str, sort: str, arn: str) -> Payload:
    return {
        "name": name,
        "arn": site.arn("logs", f"delivery-destination:{name}"),
        "deliveryDestinationType": sort,
        "outputFormat": "json",
        "deliveryDestinationConfiguration": {"destinationResourceArn": arn},
    }
