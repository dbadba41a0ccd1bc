"""Trails: the organisation's, made years ago for changes in London alone, and each account's own, which is good."""

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, Failings, Member, Plan
from console.demo.department.site import key_arn
from console.demo.messages import Payload

_INSIGHTS = [{"InsightType": "ApiCallRateInsight"}]
_LAST_DELIVERY = "2026-11-20T08:55:00Z"
_ALL: Payload = {
    "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []}]
}
_WRITES: Payload = {
    "EventSelectors": [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True, "DataResources": []}]
}
DATA_TYPES = [
    f"AWS::Bedrock::{each}"
    for each in ("AgentAlias", "AsyncInvoke", "FlowAlias", "Guardrail", "KnowledgeBase", "Model")
]
_ADVANCED: Payload = {
    "AdvancedEventSelectors": [
        {"Name": "management", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]},
        *(
            {
                "Name": f"data of {each.rpartition(':')[2]}",
                "FieldSelectors": [
                    {"Field": "eventCategory", "Equals": ["Data"]},
                    {"Field": "resources.type", "Equals": [each]},
                ],
            }
            for each in DATA_TYPES
        ),
    ]
}
_ADVANCED_WRITES: Payload = {
    "AdvancedEventSelectors": [
        {
            "Name": "changes",
            "FieldSelectors": [
                {"Field": "eventCategory", "Equals": ["Management"]},
                {"Field": "readOnly", "Equals": ["false"]},
            ],
        }
    ]
}
_BOTH = ("BR-TRL-001", "BR-TRL-002")
_PLANTED: dict[str, tuple[tuple[str, ...], str]] = {
    "trail is not validated": (_BOTH[:1], "Its trail has no log file validation"),
    "trail records writes only": (_BOTH[1:], "Its trail records writes only"),
    "trail selects writes only": (_BOTH[1:], "Its trail's advanced selector leaves reads out"),
    "trail is stopped": (_BOTH, "Its trail was stopped"),
    "there is no trail": (_BOTH, "It has no trail of its own, and the organisation's is not enough"),
}
_SPOILT = {
    "digest was taken out": "A digest of its trail was taken out of the bucket",
    "digest was changed": "A digest of its trail was changed after CloudTrail signed it",
}


def trails_of(draw: Draw, plan: Plan, member: Member, region: str, failings: Failings) -> list[Payload]:
    """Return a Region's trails; they live in London."""
    if region != LONDON:
        return []
    found = [_organisation_trail(draw, member)] if member == plan.management else []
    flaw = next((each for each in _PLANTED if each in member.flaws), "")
    for control in _PLANTED[flaw][0] if flaw else ():
        failings.add(control, member.id, "global", member.id, _PLANTED[flaw][1])
    if flaw == "there is no trail":
        return found
    spoilt = next((each for each in _SPOILT if each in member.flaws), "")
    selectors = {"trail records writes only": _WRITES, "trail selects writes only": _ADVANCED_WRITES}
    good = _ALL if draw.below(12, "selectors", member.id) == 0 else _ADVANCED
    own = _trail(
        draw,
        member,
        "account-baseline",
        selectors.get(flaw, good),
        is_logging=flaw != "trail is stopped",
        is_validated=flaw != "trail is not validated",
    )
    if spoilt:
        failings.add("BR-TRL-007", member.id, region, own["trail"]["TrailARN"], _SPOILT[spoilt])
    return [*found, {**own, **({"digests": spoilt} if spoilt else {})}]


def _organisation_trail(draw: Draw, member: Member) -> Payload:
    """Return a trail that alone would satisfy nobody: of writes in one Region. Its files are validated."""
    trail = _trail(draw, member, "organisation-changes", _WRITES, is_logging=True, is_validated=True)
    return {**trail, "trail": {**trail["trail"], "IsOrganizationTrail": True, "IsMultiRegionTrail": False}}


def _trail(
    draw: Draw, member: Member, name: str, selectors: Payload, *, is_logging: bool, is_validated: bool
) -> Payload:
    status = {
        "IsLogging": is_logging,
        "LatestDeliveryTime": _LAST_DELIVERY,
        "StartLoggingTime": "2024-02-01T09:00:00Z",
    }
    if not is_logging:
        status["StopLoggingTime"] = "2026-10-02T16:20:00Z"
    key = (
        {}
        if draw.below(6, "trail key", member.id) == 0
        else {"KmsKeyId": key_arn(draw, member, LONDON, "trails")}
    )
    insights = {"insights": _INSIGHTS} if draw.below(3, "insights", member.id) == 0 else {}
    return {
        "trail": {
            "Name": name,
            "S3BucketName": f"trail-archive-{member.id}",
            "IncludeGlobalServiceEvents": True,
            "IsMultiRegionTrail": True,
            "HomeRegion": LONDON,
            "TrailARN": f"arn:aws:cloudtrail:{LONDON}:{member.id}:trail/{name}",
            "LogFileValidationEnabled": is_validated,
            "HasCustomEventSelectors": selectors is not _ALL,
            "HasInsightSelectors": bool(insights),
            "IsOrganizationTrail": False,
            **key,
        },
        "status": status,
        "selectors": selectors,
        **insights,
    }
