"""AWS Organizations; a member account may ask only which organisation it is in."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("organizations")
_PAGING = Paging(most=10, refusal="InvalidInputException")
_FEW = Paging(most=4, refusal="InvalidInputException")


def _only_management(asked: Asked) -> None:
    if asked.account_id != asked.estate.management_account:
        raise RefusedError(
            400, "AccessDeniedException", "You don't have permissions to access this resource."
        )


@OPERATIONS("DescribeOrganization")
def describe_organization(asked: Asked) -> Payload:
    """Return the organisation."""
    return {"Organization": asked.estate.organisation.organization}


@OPERATIONS("ListRoots")
def list_roots(asked: Asked) -> Payload:
    """Return the one root."""
    _only_management(asked)
    found, following = page(asked, asked.estate.organisation.roots, _PAGING)
    return {"Roots": found, **following}


@OPERATIONS("ListAccounts")
def list_accounts(asked: Asked) -> Payload:
    """Return the accounts, the suspended ones too."""
    _only_management(asked)
    found, following = page(asked, asked.estate.organisation.accounts, _PAGING)
    return {"Accounts": found, **following}


@OPERATIONS("ListOrganizationalUnitsForParent")
def list_organizational_units_for_parent(asked: Asked) -> Payload:
    """Return the units directly below a parent."""
    _only_management(asked)
    below = {each["Id"] for each in _children(asked)}
    units = [each for each in asked.estate.organisation.units if each["Id"] in below]
    found, following = page(asked, units, _FEW)
    return {"OrganizationalUnits": found, **following}


@OPERATIONS("ListChildren")
def list_children(asked: Asked) -> Payload:
    """Return the accounts or the units directly below a parent."""
    _only_management(asked)
    wanted = [each for each in _children(asked) if each["Type"] == asked.text("ChildType")]
    found, following = page(asked, wanted, _FEW)
    return {"Children": found, **following}


@OPERATIONS("ListPolicies")
def list_policies(asked: Asked) -> Payload:
    """Return the policies of a type."""
    _only_management(asked)
    summaries = [each["PolicySummary"] for each in asked.estate.organisation.policies]
    wanted = [each for each in summaries if each["Type"] == asked.text("Filter")]
    found, following = page(asked, wanted, _FEW)
    return {"Policies": found, **following}


@OPERATIONS("DescribePolicy")
def describe_policy(asked: Asked) -> Payload:
    """Return a policy with its document."""
    _only_management(asked)
    for each in asked.estate.organisation.policies:
        if each["PolicySummary"]["Id"] == asked.text("PolicyId"):
            return {"Policy": each}
    raise _no_policy(asked)


@OPERATIONS("ListTargetsForPolicy")
def list_targets_for_policy(asked: Asked) -> Payload:
    """Return what a policy is attached to."""
    _only_management(asked)
    targets = asked.estate.organisation.targets.get(asked.text("PolicyId"))
    if targets is None:
        raise _no_policy(asked)
    found, following = page(asked, targets, _FEW)
    return {"Targets": found, **following}


def _children(asked: Asked) -> list[Payload]:
    children = asked.estate.organisation.children.get(asked.text("ParentId"))
    if children is None:
        raise RefusedError(400, "ParentNotFoundException", "You specified a parent that doesn't exist.")
    return children


def _no_policy(asked: Asked) -> RefusedError:
    return RefusedError(400, "PolicyNotFoundException", f"There is no policy {asked.text('PolicyId')}.")
