"""What watches: alarms, AWS Config, Security Hub, GuardDuty, and CloudTrail beside its trails."""

from console.demo.department.plan import Plan
from console.demo.department.site import Held, Site
from console.demo.digest_key import public_value
from console.demo.messages import Payload

_COUNTED = "PublicWorks/Bedrock"
_STANDARDS = ("aws-foundational-security-best-practices/v/1.0.0", "ai-security-best-practices/v/1.0.0")
_BASIC = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS", "S3_DATA_EVENTS")
_FORGETFUL = 6
"""The account of seven in a row that left its alarms without an action."""


def watching_of(site: Site, plan: Plan) -> Held:
    """Return all that watches this Region."""
    return {
        **_alarms(site),
        **_config(site),
        **_security_hub(site),
        **_guard_duty(site),
        "cloudtrail.event_data_store": _stores(site, plan),
        "cloudtrail.public_key": [_public_key(site, number) for number in range(2)],
    }


def _alarms(site: Site) -> Held:
    """Return alarms where models are used; one of another service is among them."""
    if not site.is_home:
        return {}
    metrics = [("AWS/EC2", "CPUUtilization")]
    if site.uses_models:
        metrics += [("AWS/Bedrock", "InvocationThrottles"), (_COUNTED, "guardrail-intervened")]
        metrics += [("AWS/Bedrock/Guardrails", "InvocationsIntervened")]
    found = [_alarm(site, *each) for each in metrics]
    rule = f'ALARM("{_name("AWS/Bedrock", "InvocationThrottles")}")'
    rules = [rule, 'ALARM("another")'] if site.uses_models else []
    composites = [_composite(site, f"composite-{number}", each) for number, each in enumerate(rules)]
    return {"cloudwatch.metric_alarm": found, "cloudwatch.composite_alarm": composites}


def _name(namespace: str, metric: str) -> str:
    return f"{namespace.rpartition('/')[2].lower()}-{metric}"


def _alarm(site: Site, namespace: str, metric: str) -> Payload:
    name = _name(namespace, metric)
    topic = site.arn("sns", "public-works-alarms")
    return {
        "AlarmName": name,
        "AlarmArn": site.arn("cloudwatch", f"alarm:{name}"),
        "ActionsEnabled": not site.chance(9, "silent", name),
        "OKActions": [],
        "AlarmActions": [] if site.turn(7, _FORGETFUL) else [topic],
        "InsufficientDataActions": [],
        "StateValue": "OK",
        "StateUpdatedTimestamp": site.day("alarm", name),
        "MetricName": metric,
        "Namespace": namespace,
        "Statistic": "Sum",
        "Dimensions": [],
        "Period": 300,
        "EvaluationPeriods": 1,
        "Threshold": 10.0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }


def _composite(site: Site, name: str, rule: str) -> Payload:
    return {
        "AlarmName": name,
        "AlarmArn": site.arn("cloudwatch", f"alarm:{name}"),
        "ActionsEnabled": not site.turn(7, _FORGETFUL),
        "AlarmActions": [site.arn("sns", "public-works-alarms")],
        "OKActions": [],
        "InsufficientDataActions": [],
        "AlarmRule": rule,
        "StateValue": "OK",
    }


def _config(site: Site) -> Held:
    """Return a recorder where there is one; a few stand still, or cannot deliver."""
    if not site.is_home and site.chance(2, "no recorder"):
        return {}
    group = {"allSupported": True, "includeGlobalResourceTypes": site.is_home, "resourceTypes": []}
    role = f"arn:aws:iam::{site.member.id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    is_failing = site.chance(12, "config fails")
    delivered = {"lastStatus": "Failure" if is_failing else "Success", "lastAttemptTime": site.day("config")}
    error = {"lastErrorCode": "AccessDenied"} if is_failing else {}
    return {
        "config.recorder": [{"name": "default", "roleARN": role, "recordingGroup": group}],
        "config.recorder_status": [
            {"name": "default", "recording": not site.chance(12, "standing still"), "lastStatus": "Success"}
        ],
        "config.delivery_channel": [{"name": "default", "s3BucketName": f"config-archive-{site.member.id}"}],
        "config.delivery_channel_status": [
            {"name": "default", "configHistoryDeliveryInfo": {**delivered, **error}}
        ],
    }


def _security_hub(site: Site) -> Held:
    """Return the hub in London, in most accounts; the standard of AI is on in some."""
    if not site.is_home or site.chance(9, "no hub"):
        return {}
    standards = _STANDARDS[: 1 if site.chance(8, "no standard of AI") else 2]
    return {
        "securityhub.hub": [
            {
                "HubArn": site.arn("securityhub", "hub/default"),
                "SubscribedAt": site.day("hub"),
                "AutoEnableControls": True,
                "ControlFindingGenerator": "SECURITY_CONTROL",
            }
        ],
        "securityhub.enabled_standard": [
            {
                "StandardsSubscriptionArn": site.arn("securityhub", f"subscription/{name}"),
                "StandardsArn": f"arn:aws:securityhub:{site.region}::standards/{name}",
                "StandardsInput": {},
                "StandardsStatus": "READY",
            }
            for name in standards
        ],
    }


def _guard_duty(site: Site) -> Held:
    """Return the detector of most accounts; the protection of AI is on in some, and has a few findings."""
    if site.chance(12, "no detector"):
        return {}
    id_ = site.draw.hexadecimal(32, "detector", site.member.id, site.region)
    ai = "DISABLED" if site.chance(8, "no protection of AI") else "ENABLED"
    features = [{"Name": name, "Status": "ENABLED"} for name in _BASIC]
    counts = [
        {"FindingType": name, "TotalFindings": 1 + site.draw.below(3, site.member.id, name)}
        for name in ("Policy:IAMUser/RootCredentialUsage", "UnauthorizedAccess:IAMUser/MaliciousIPCaller")
        if site.chance(3, "finding", name)
    ]
    return {
        "guardduty.detector": [
            {
                "DetectorId": id_,
                "CreatedAt": site.day("detector"),
                "FindingPublishingFrequency": "SIX_HOURS",
                "ServiceRole": f"arn:aws:iam::{site.member.id}:role/aws-service-role/guardduty.amazonaws.com/"
                "AWSServiceRoleForAmazonGuardDuty",
                "Status": "ENABLED",
                "Features": [*features, {"Name": "AI_PROTECTION", "Status": ai}],
            }
        ],
        "guardduty.finding_statistics": [
            {"DetectorId": id_, "FindingStatistics": {"GroupedByFindingType": counts}}
        ],
    }


def _stores(site: Site, plan: Plan) -> list[Payload]:
    """Return event data stores: two of the organisation, in the management account."""
    if not site.is_home or site.member != plan.management:
        return []
    data = {"Field": "eventCategory", "Equals": ["Data"]}
    guardrails = {
        "Field": "resources.type",
        "Equals": ["AWS::Bedrock::Guardrail", "AWS::Bedrock::AgentAlias"],
    }
    management = [{"Field": "eventCategory", "Equals": ["Management"]}]
    return [
        {
            "EventDataStoreArn": site.arn("cloudtrail", f"eventdatastore/{name}"),
            "Name": name,
            "Status": "ENABLED",
            "AdvancedEventSelectors": [{"Name": name, "FieldSelectors": fields}],
            "MultiRegionEnabled": True,
            "OrganizationEnabled": True,
            "RetentionPeriod": 2557,
            "TerminationProtectionEnabled": name == "management-events",
            "KmsKeyId": site.key("events"),
            "BillingMode": "EXTENDABLE_RETENTION_PRICING",
            "CreatedTimestamp": site.day("store", name),
            "UpdatedTimestamp": site.day("store", name),
        }
        for name, fields in (("management-events", management), ("bedrock-data-events", [data, guardrails]))
    ]


def _public_key(site: Site, number: int) -> Payload:
    return {
        "Value": public_value(),
        "ValidityStartTime": f"2026-0{1 + 4 * number}-01T00:00:00Z",
        "ValidityEndTime": "2046-12-31T00:00:00Z",
        "Fingerprint": site.draw.hexadecimal(32, "fingerprint", site.region, number),
    }
