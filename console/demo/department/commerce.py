"""Contracts and money: AWS's audit reports, agreements, purchases of models, budgets, anomalies, quotas."""

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, Member, Plan
from console.demo.estate import Account, Estate
from console.demo.messages import Payload
from console.demo.moments import days_ago

_REPORTS = (
    (
        "ISO 27001 certificate",
        "Certifications and Attestations",
        "2025-11-01T00:00:00Z",
        "2028-10-31T00:00:00Z",
    ),
    (
        "ISO 27018 certificate",
        "Certifications and Attestations",
        "2025-11-01T00:00:00Z",
        "2028-10-31T00:00:00Z",
    ),
    ("SOC 2 Type 2 report", "SOC", days_ago(425), days_ago(60)),
    ("SOC 2 Type 2 report Spring", "SOC", "2024-04-01T00:00:00Z", "2025-03-31T00:00:00Z"),
    ("Cyber Essentials Plus certificate", "Certifications and Attestations", days_ago(465), days_ago(100)),
    (
        "CSA STAR Level 2 certificate",
        "Certifications and Attestations",
        "2025-11-01T00:00:00Z",
        "2028-10-31T00:00:00Z",
    ),
)
"""Name, category, and the period that is covered: of some it has passed."""
_AGREEMENTS = (
    ("AWS Data Processing Addendum", "ACTIVE", "DEFAULT"),
    ("AWS Business Associate Addendum", "CUSTOMER_TERMINATED", "DEFAULT"),
)
_SELLERS = {
    "anthropic.": ("Anthropic", "prod-anthropic"),
    "cohere.": ("Cohere", "prod-cohere"),
}
"""Makers whose models are bought through AWS Marketplace."""
_QUOTAS = (
    ("L-DEMO0001", "On-demand model inference requests per minute for Claude Haiku 4.5", 100.0),
    ("L-DEMO0002", "On-demand model inference tokens per minute for Claude Haiku 4.5", 200_000.0),
    ("L-DEMO0003", "On-demand model inference requests per minute for Nova Lite", 400.0),
    ("L-DEMO0004", "On-demand model inference tokens per minute for Nova Lite", 1_000_000.0),
    ("L-DEMO0005", "Guardrails per account", 100.0),
    ("L-DEMO0006", "Sum of in-progress and submitted batch inference jobs for Nova Lite", 20.0),
)
_MONITORS = ("services", "workloads")


def add_commerce(draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add what was agreed, bought, budgeted and raised."""
    management = estate.accounts[plan.management.id]
    held = estate.organisation.held
    held["artifact.report"] = [_report(draw, *each) for each in _REPORTS]
    held["ce.anomaly_monitor"] = [_monitor(draw, plan, each) for each in _MONITORS]
    held["ce.anomaly"] = _anomalies(draw, plan, estate)
    management.held["artifact.customer_agreement"] = [
        _agreement(draw, plan, estate, *each) for each in _AGREEMENTS
    ]
    management.held["budgets.budget"] = _budgets(draw)
    for member in plan.everyone:
        account = estate.accounts[member.id]
        account.held["marketplace-agreement.agreement"] = _purchases(draw, member, account)
        for code, region in account.regions.items():
            defaults = [_quota(code, each) for each in (_QUOTAS if code == LONDON else _QUOTAS[:2])]
            region.held["service-quotas.default"] = defaults
            region.held["service-quotas.quota"] = _applied(draw, member, code, defaults)


def _report(draw: Draw, name: str, category: str, first: str, last: str) -> Payload:
    id_ = f"report-{draw.lower(16, 'report', name)}"
    return {
        "id": id_,
        "name": name,
        "state": "PUBLISHED",
        "arn": f"arn:aws:artifact:us-east-1::report/{id_}:1",
        "version": 1,
        "uploadState": "COMPLETE",
        "description": f"{name} of Amazon Web Services",
        "periodStart": first,
        "periodEnd": last,
        "series": name.partition(" Spring")[0],
        "category": category,
        "companyName": "Amazon Web Services",
        "productName": "AWS",
        "acceptanceType": "EXPLICIT",
    }


def _agreement(draw: Draw, plan: Plan, estate: Estate, name: str, state: str, sort: str) -> Payload:
    id_ = f"customer-agreement-{draw.lower(16, 'agreement', name)}"
    found = {
        "name": name,
        "arn": f"arn:aws:artifact::{plan.management.id}:customer-agreement/{id_}",
        "id": id_,
        "agreementArn": f"arn:aws:artifact:::agreement/agreement-{draw.lower(16, 'terms', name)}",
        "awsAccountId": plan.management.id,
        "organizationArn": estate.organisation.organization["Arn"],
        "effectiveStart": "2024-03-04T10:00:00Z",
        "state": state,
        "description": f"{name}, for all accounts of the organisation",
        "type": sort,
    }
    return found if state == "ACTIVE" else {**found, "effectiveEnd": "2025-12-31T00:00:00Z"}


def _purchases(draw: Draw, member: Member, account: Account) -> list[Payload]:
    """Return an agreement for each maker whose models the account calls, and an older one that ran out."""
    makers = [maker for maker in _SELLERS if any(model.startswith(maker) for model in account.models_in_use)]
    return [_purchase(draw, member, maker, status) for maker in makers for status in ("ACTIVE", "SUPERSEDED")]


def _purchase(draw: Draw, member: Member, maker: str, status: str) -> Payload:
    name, product = _SELLERS[maker]
    place = (member.id, maker, status)
    when = draw.day("purchase", *place)
    return {
        "agreementId": f"agmt-{draw.lower(25, *place)}",
        "acceptor": {"accountId": member.id},
        "proposer": {"accountId": draw.digits("seller", name)},
        "startTime": when,
        "acceptanceTime": when,
        "agreementType": "PurchaseAgreement",
        "estimatedCharges": {"currencyCode": "USD", "agreementValue": "0"},
        "proposalSummary": {
            "resources": [{"id": product, "type": "SaaSProduct"}],
            "offerId": f"offer-{draw.lower(13, 'offer', maker)}",
        },
        "status": status,
    }


def _monitor(draw: Draw, plan: Plan, name: str) -> Payload:
    monitor = {
        "MonitorArn": f"arn:aws:ce::{plan.management.id}:anomalymonitor/{draw.lower(16, 'monitor', name)}",
        "MonitorName": name,
        "CreationDate": "2025-02-03",
        "LastUpdatedDate": "2025-02-03",
    }
    if name == "services":
        return {**monitor, "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
    workloads = {"CostCategories": {"Key": "Unit", "Values": ["Workloads"]}}
    return {**monitor, "MonitorType": "CUSTOM", "MonitorSpecification": workloads}


def _anomalies(draw: Draw, plan: Plan, estate: Estate) -> list[Payload]:
    """Return one anomaly of Bedrock and one of something else."""
    busy = next((each for each in plan.members if estate.accounts[each.id].models_in_use), plan.management)
    found = []
    for service, day in (("Amazon Bedrock", "2026-10-12"), ("Amazon Simple Storage Service", "2026-10-20")):
        cause = {
            "Service": service,
            "Region": LONDON,
            "LinkedAccount": busy.id,
            "UsageType": "EUW2-amazon.nova-lite-v1-input-tokens",
        }
        found.append(
            {
                "AnomalyId": draw.lower(16, "anomaly", service),
                "AnomalyStartDate": day,
                "AnomalyEndDate": day,
                "DimensionValue": service,
                "RootCauses": [cause],
                "AnomalyScore": {"MaxScore": 0.75, "CurrentScore": 0.5},
                "Impact": {"MaxImpact": 310.5, "TotalImpact": 310.5},
                "MonitorArn": _monitor(draw, plan, _MONITORS[0])["MonitorArn"],
            }
        )
    return found


def _budgets(draw: Draw) -> list[Payload]:
    """Return a budget for Bedrock that gives notice twice, and one for everything that gives none."""
    bedrock = {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon Bedrock"]}}
    notices = [
        {
            "NotificationType": sort,
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": threshold,
            "ThresholdType": "PERCENTAGE",
            "NotificationState": "OK",
        }
        for sort, threshold in (("ACTUAL", 80.0), ("FORECASTED", 100.0))
    ]
    wanted: tuple[tuple[str, str, Payload, list[Payload]], ...] = (
        ("bedrock-monthly", "5000.0", {"FilterExpression": bedrock}, notices),
        ("all-services-monthly", "90000.0", {}, []),
    )
    return [
        {
            "BudgetName": name,
            "BudgetLimit": {"Amount": amount, "Unit": "USD"},
            "TimeUnit": "MONTHLY",
            "TimePeriod": {"Start": "2025-04-01T00:00:00Z", "End": "2087-06-15T00:00:00Z"},
            "BudgetType": "COST",
            "CalculatedSpend": {
                "ActualSpend": {"Amount": f"{draw.below(4000, 'spend', name)}.0", "Unit": "USD"}
            },
            "LastUpdatedTime": draw.day("budget", name),
            **filters,
            "Notifications": notifications,
        }
        for name, amount, filters, notifications in wanted
    ]


def _quota(region: str, quota: tuple[str, str, float]) -> Payload:
    code, name, value = quota
    return {
        "ServiceCode": "bedrock",
        "ServiceName": "Amazon Bedrock",
        "QuotaArn": f"arn:aws:servicequotas:{region}::bedrock/{code}",
        "QuotaCode": code,
        "QuotaName": name,
        "Value": value,
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
    }


def _applied(draw: Draw, member: Member, region: str, defaults: list[Payload]) -> list[Payload]:
    """Return the quotas as they are: one or none was raised, in London, where models are called."""
    is_raised = region == LONDON and member.unit.startswith("Workloads")
    raised = draw.below(len(defaults), "quota", member.id) if is_raised else len(defaults)
    arn = f"arn:aws:servicequotas:{region}:{member.id}:bedrock"
    return [
        {
            **each,
            "QuotaArn": f"{arn}/{each['QuotaCode']}",
            "Value": each["Value"] * (2 if number == raised else 1),
        }
        for number, each in enumerate(defaults)
    ]
