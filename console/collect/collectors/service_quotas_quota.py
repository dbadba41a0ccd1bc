"""Quotas of Bedrock that differ from AWS's default."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Reach, ask_all
from console.domain.evidence import Payload

_BEDROCK = "bedrock"


def fetch(quotas: Client) -> Iterator[Payload]:
    """Yield every quota that is not as AWS sets it, with the default; AWS lists the others too."""
    applied = list(ask_all(quotas, "list_service_quotas", "Quotas", ServiceCode=_BEDROCK))
    if not applied:
        return
    listed = ask_all(quotas, "list_aws_default_service_quotas", "Quotas", ServiceCode=_BEDROCK)
    defaults = {quota["QuotaCode"]: quota.get("Value") for quota in listed}
    for quota in applied:
        default = defaults.get(quota["QuotaCode"])
        if quota.get("Value") != default:
            yield {**quota, "DefaultValue": default}


COLLECTOR = Collector(
    kind="service-quotas.quota",
    title="Quotas of Bedrock that were changed",
    service="service-quotas",
    reach=Reach.REGION,
    actions=("servicequotas:ListServiceQuotas", "servicequotas:ListAWSDefaultServiceQuotas"),
    key="QuotaCode",
    fetch=fetch,
    required=("QuotaCode", "QuotaName"),
)
