"""IAM Identity Center: instances, permission sets and who holds them; the management account's to see."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("sso-admin")
_ONE = Paging(most=1)
_TWO = Paging(most=2)
_SOME = Paging(most=10)
_DETAILS = frozenset(
    {"EncryptionConfigurationDetails", "NetworkConfigurationDetails", "PermissionSetsEnabled"}
)
"""Members of an instance that only its description has."""
_POLICIES = frozenset(
    {
        "AttachedManagedPolicies",
        "CustomerManagedPolicyReferences",
        "InlinePolicy",
        "InstanceArn",
        "PermissionsBoundary",
    }
)
"""Members of a permission set that its description has not."""


@OPERATIONS("ListInstances")
def list_instances(asked: Asked) -> Payload:
    """Return the instances of the Region, or of all Regions."""
    everywhere = asked.text("RegionScope") == "ALL_REGIONS"
    wanted = [
        {name: each[name] for name in each if name not in _DETAILS}
        for each in _held(asked, "sso-admin.instance")
        if everywhere or each["PrimaryRegion"] == asked.region
    ]
    found, following = page(asked, wanted, _ONE)
    return {"Instances": found, **following}


@OPERATIONS("DescribeInstance")
def describe_instance(asked: Asked) -> Payload:
    """Return an instance."""
    return _instance(asked)


@OPERATIONS("ListPermissionSets")
def list_permission_sets(asked: Asked) -> Payload:
    """Return the ARNs of an instance's permission sets."""
    instance = _instance(asked)
    if not instance["PermissionSetsEnabled"]:
        message = "The operation is not supported for this Identity Center instance"
        raise RefusedError(400, "ValidationException", message)
    found, following = page(asked, _sets(asked), _TWO)
    return {"PermissionSets": [each["PermissionSetArn"] for each in found], **following}


@OPERATIONS("DescribePermissionSet")
def describe_permission_set(asked: Asked) -> Payload:
    """Return a permission set without its policies."""
    chosen = _set(asked)
    return {"PermissionSet": {name: chosen[name] for name in chosen if name not in _POLICIES}}


@OPERATIONS("ListManagedPoliciesInPermissionSet")
def list_managed_policies_in_permission_set(asked: Asked) -> Payload:
    """Return the policies of AWS's own that a permission set grants."""
    found, following = page(asked, _set(asked)["AttachedManagedPolicies"], _ONE)
    return {"AttachedManagedPolicies": found, **following}


@OPERATIONS("ListCustomerManagedPolicyReferencesInPermissionSet")
def list_customer_managed_policy_references_in_permission_set(asked: Asked) -> Payload:
    """Return the names of accounts' own policies that a permission set grants."""
    found, following = page(asked, _set(asked)["CustomerManagedPolicyReferences"], _ONE)
    return {"CustomerManagedPolicyReferences": found, **following}


@OPERATIONS("GetInlinePolicyForPermissionSet")
def get_inline_policy_for_permission_set(asked: Asked) -> Payload:
    """Return a permission set's inline policy; empty text where it has none."""
    return {"InlinePolicy": _set(asked)["InlinePolicy"]}


@OPERATIONS("GetPermissionsBoundaryForPermissionSet")
def get_permissions_boundary_for_permission_set(asked: Asked) -> Payload:
    """Return a permission set's boundary."""
    boundary = _set(asked).get("PermissionsBoundary")
    if boundary is None:
        raise RefusedError(400, "ResourceNotFoundException", "There is no permissions boundary.")
    return {"PermissionsBoundary": boundary}


@OPERATIONS("ListAccountsForProvisionedPermissionSet")
def list_accounts_for_provisioned_permission_set(asked: Asked) -> Payload:
    """Return the accounts in which a permission set is."""
    _set(asked)
    accounts = dict.fromkeys(each["AccountId"] for each in _assignments(asked))
    found, following = page(asked, [{"AccountId": each} for each in accounts], _SOME)
    return {"AccountIds": [each["AccountId"] for each in found], **following}


@OPERATIONS("ListAccountAssignments")
def list_account_assignments(asked: Asked) -> Payload:
    """Return who holds a permission set in an account."""
    wanted = [each for each in _assignments(asked) if each["AccountId"] == asked.text("AccountId")]
    found, following = page(asked, wanted, _ONE)
    return {"AccountAssignments": found, **following}


def _held(asked: Asked, name: str) -> list[Payload]:
    if asked.account_id != asked.estate.management_account:
        raise RefusedError(400, "AccessDeniedException", "You do not have sufficient access.")
    return asked.estate.organisation.held.get(name, [])


def _instance(asked: Asked) -> Payload:
    for each in _held(asked, "sso-admin.instance"):
        if (each["InstanceArn"], each["PrimaryRegion"]) == (asked.text("InstanceArn"), asked.region):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "There is no such instance here.")


def _sets(asked: Asked) -> list[Payload]:
    instance = _instance(asked)["InstanceArn"]
    return [each for each in _held(asked, "sso-admin.permission_set") if each["InstanceArn"] == instance]


def _set(asked: Asked) -> Payload:
    for each in _sets(asked):
        if each["PermissionSetArn"] == asked.text("PermissionSetArn"):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "There is no such permission set.")


def _assignments(asked: Asked) -> list[Payload]:
    held = _held(asked, "sso-admin.account_assignment")
    return [each for each in held if each["PermissionSetArn"] == asked.text("PermissionSetArn")]
