"""IAM Identity Center: through what people sign in."""

from console.collect.base import Client, Collector, Found, Reach, ask, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(sso: Client) -> Found:
    """Yield every instance in any Region; one that does not answer in this Region is told as the list has it."""
    instances = {
        entry["InstanceArn"]: entry
        for entry in ask_all(sso, "list_instances", "Instances", RegionScope="ALL_REGIONS")
    }

    def read(arn: str) -> Payload:
        instance: Payload = instances[arn]
        regions = {one["RegionName"] for one in instance.get("Regions", ()) if one["Status"] == "ACTIVE"}
        if sso.meta.region_name in regions | {instance.get("PrimaryRegion", sso.meta.region_name)}:
            described = ask(sso, "describe_instance", InstanceArn=arn)
            return {**instance, **described, "InstanceArn": described["InstanceArn"]}
        return instance

    yield from each(instances, read)


COLLECTOR = Collector(
    kind="sso-admin.instance",
    title="IAM Identity Center instances",
    service="sso-admin",
    reach=Reach.ORGANISATION,
    actions=("sso:ListInstances", "sso:DescribeInstance"),
    key="InstanceArn",
    fetch=fetch,
    required=("InstanceArn", "IdentityStoreId", "Status"),
)
