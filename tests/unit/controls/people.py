"""Users, groups and policies of an account in which one control is asked."""

from typing import Any

from fakes import fact
from unit.controls.asking import HERE

USER = "arn:aws:iam::111122223333:user/u"
POLICY_ARN = "arn:aws:iam::111122223333:policy/p"


def allowing(action: Any, resource: Any = "*") -> Any:
    """Make a policy that allows something."""
    return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": resource}}


def user(*documents: Any, name: Any = "u", groups: Any = (), attached: Any = (), **more: Any) -> Any:
    """Make a user who holds inline policies."""
    payload = {
        "UserName": name,
        "Arn": USER,
        "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": each} for each in documents],
        "AttachedManagedPolicies": [{"PolicyName": "p", "PolicyArn": each} for each in attached],
        "GroupList": list(groups),
    }
    return fact("iam.user", USER, payload | more, HERE, 1)


def group(*documents: Any, name: Any = "g") -> Any:
    """Make a group that holds inline policies."""
    payload = {
        "GroupName": name,
        "GroupPolicyList": [{"PolicyName": "shared", "PolicyDocument": each} for each in documents],
        "AttachedManagedPolicies": [],
    }
    return fact("iam.group", f"arn:aws:iam::111122223333:group/{name}", payload, HERE, 2)


def managed(document: Any) -> Any:
    """Make a managed policy."""
    payload = {
        "PolicyName": "p",
        "Path": "/",
        "PolicyVersionList": [{"Document": document, "IsDefaultVersion": True}],
    }
    return fact("iam.policy", POLICY_ARN, payload, HERE, 3)
