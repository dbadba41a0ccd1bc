"""Permission sets of IAM Identity Center: what people may do who sign in through it."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Missed, NotShownError, Reach, ask, ask_all
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_NONE = ("ResourceNotFoundException",)
"""The permission set has no boundary."""


def fetch(sso: Client, known: Known) -> Found:
    """Yield every permission set with its managed and inline policies and its boundary.

    An instance of another Region answers there alone, so its permission sets are missed.
    """
    here = sso.meta.region_name
    for instance in known["sso-admin.instance"]:
        arn = instance["InstanceArn"]
        if here not in _answering(instance, here):
            why = f"IAM Identity Center answers in {instance['PrimaryRegion']}: make that the home Region"
            yield Missed(arn, NotShownError(why))
        elif instance.get("PermissionSetsEnabled", True):
            yield from _of_instance(sso, arn)


def _answering(instance: Payload, here: str) -> set[str]:
    regions = {each["RegionName"] for each in instance.get("Regions", ()) if each["Status"] == "ACTIVE"}
    return regions | {instance.get("PrimaryRegion", here)}


def _of_instance(sso: Client, instance: str) -> Found:
    def read(arn: str) -> Payload:
        return {
            "InstanceArn": instance,
            **ask(sso, "describe_permission_set", InstanceArn=instance, PermissionSetArn=arn)[
                "PermissionSet"
            ],
            **dict(_policies(sso, instance, arn)),
        }

    yield from each(ask_all(sso, "list_permission_sets", "PermissionSets", InstanceArn=instance), read)


def _policies(sso: Client, instance: str, permission_set: str) -> Iterator[tuple[str, object]]:
    """Yield what a permission set grants, by AWS's names; a boundary only if there is one."""
    of = {"InstanceArn": instance, "PermissionSetArn": permission_set}
    for operation, member in (
        ("list_managed_policies_in_permission_set", "AttachedManagedPolicies"),
        ("list_customer_managed_policy_references_in_permission_set", "CustomerManagedPolicyReferences"),
    ):
        yield member, list(ask_all(sso, operation, member, **of))
    yield "InlinePolicy", ask(sso, "get_inline_policy_for_permission_set", **of)["InlinePolicy"]
    boundary = ask_unless(sso, "get_permissions_boundary_for_permission_set", _NONE, **of)
    if boundary is not None:
        yield "PermissionsBoundary", boundary["PermissionsBoundary"]


COLLECTOR = Collector(
    kind="sso-admin.permission_set",
    title="Permission sets of IAM Identity Center with their policies",
    service="sso-admin",
    reach=Reach.ORGANISATION,
    actions=(
        "sso:ListPermissionSets",
        "sso:DescribePermissionSet",
        "sso:ListManagedPoliciesInPermissionSet",
        "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
        "sso:GetInlinePolicyForPermissionSet",
        "sso:GetPermissionsBoundaryForPermissionSet",
    ),
    needs=("sso-admin.instance",),
    key="PermissionSetArn",
    fetch=fetch,
    required=("PermissionSetArn", "Name", "InlinePolicy"),
)
