"""AWS Organizations; a member account may ask only which organisation it is in."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("organizations")
_PAGING = Paging(most=10, refusal="InvalidInputException")
_FEW = Paging(most=4, refusal="InvalidInputException")
_ONE = Paging(most=1, refusal="InvalidInputException")


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


@OPERATIONS("DescribeEffectivePolicy")
def describe_effective_policy(asked: Asked) -> Payload:
    """Return what the policies of a type come to in an account; a member account may ask for its own alone."""
    wanted = asked.text("TargetId") or asked.account_id
    if wanted != asked.account_id:
        _only_management(asked)
    for each in _held(asked, "organizations.effective_policy"):
        if (each["TargetId"], each["PolicyType"]) == (wanted, asked.text("PolicyType")):
            return {"EffectivePolicy": each}
    message = f"There is no effective policy of the type {asked.text('PolicyType')}."
    raise RefusedError(400, "EffectivePolicyNotFoundException", message)


@OPERATIONS("ListAccountsWithInvalidEffectivePolicy")
def list_accounts_with_invalid_effective_policy(asked: Asked) -> Payload:
    """Return the accounts whose effective policy of a type is not valid."""
    _only_management(asked)
    sort = asked.text("PolicyType")
    errors = _held(asked, "organizations.effective_policy_validation_error")
    wrong = {each["AccountId"] for each in errors if each["PolicyType"] == sort}
    accounts = [each for each in asked.estate.organisation.accounts if each["Id"] in wrong]
    found, following = page(asked, accounts, _ONE)
    return {"Accounts": found, "PolicyType": sort, **following}


@OPERATIONS("ListEffectivePolicyValidationErrors")
def list_effective_policy_validation_errors(asked: Asked) -> Payload:
    """Return what is wrong with an account's effective policy of a type."""
    _only_management(asked)
    for each in _held(asked, "organizations.effective_policy_validation_error"):
        if (each["AccountId"], each["PolicyType"]) == (asked.text("AccountId"), asked.text("PolicyType")):
            found, following = page(asked, each["EffectivePolicyValidationErrors"], _ONE)
            return {**each, "EffectivePolicyValidationErrors": found, **following}
    raise RefusedError(400, "EffectivePolicyNotFoundException", "The effective policy is valid.")


@OPERATIONS("ListDelegatedAdministrators")
def list_delegated_administrators(asked: Asked) -> Payload:
    """Return the accounts that administer a service for all."""
    _only_management(asked)
    held = _held(asked, "organizations.delegated_administrator")
    accounts = [{name: each[name] for name in each if name != "DelegatedServices"} for each in held]
    found, following = page(asked, accounts, _ONE)
    return {"DelegatedAdministrators": found, **following}


@OPERATIONS("ListDelegatedServicesForAccount")
def list_delegated_services_for_account(asked: Asked) -> Payload:
    """Return what an account administers for all."""
    _only_management(asked)
    for each in _held(asked, "organizations.delegated_administrator"):
        if each["Id"] == asked.text("AccountId"):
            found, following = page(asked, each["DelegatedServices"], _FEW)
            return {"DelegatedServices": found, **following}
    message = "The account is not a delegated administrator."
    raise RefusedError(400, "AccountNotRegisteredException", message)


@OPERATIONS("ListTagsForResource")
def list_tags_for_resource(asked: Asked) -> Payload:
    """Return the tags of an account."""
    _only_management(asked)
    wanted = asked.text("ResourceId")
    for each in _held(asked, "organizations.account_tags"):
        if each["ResourceId"] == wanted:
            found, following = page(asked, each["Tags"], _ONE)
            return {"Tags": found, **following}
    raise RefusedError(400, "TargetNotFoundException", f"There is no {wanted} that has tags.")


@OPERATIONS("DescribeResourcePolicy")
def describe_resource_policy(asked: Asked) -> Payload:
    """Return the organisation's resource policy."""
    _only_management(asked)
    for each in _held(asked, "organizations.resource_policy"):
        return {"ResourcePolicy": each}
    raise RefusedError(400, "ResourcePolicyNotFoundException", "There is no resource policy.")


@OPERATIONS("ListAWSServiceAccessForOrganization")
def list_aws_service_access_for_organization(asked: Asked) -> Payload:
    """Return the services that the organisation trusts."""
    _only_management(asked)
    found, following = page(asked, _held(asked, "organizations.service_access"), _FEW)
    return {"EnabledServicePrincipals": found, **following}


def _held(asked: Asked, name: str) -> list[Payload]:
    return asked.estate.organisation.held.get(name, [])


def _children(asked: Asked) -> list[Payload]:
    children = asked.estate.organisation.children.get(asked.text("ParentId"))
    if children is None:
        raise RefusedError(400, "ParentNotFoundException", "You specified a parent that doesn't exist.")
    return children


def _no_policy(asked: Asked) -> RefusedError:
    return RefusedError(400, "PolicyNotFoundException", f"There is no policy {asked.text('PolicyId')}.")
