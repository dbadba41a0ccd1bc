"""Who somebody is, whatever they call their session: two signatures by one person are one signature."""

import re

_ASSUMED = re.compile(r"arn:(aws[\w-]*):sts::(\d{12}):assumed-role/([\w+=,.@-]+)/([\w+=,.@-]+)")
_FEDERATED = re.compile(r"arn:(aws[\w-]*):sts::(\d{12}):federated-user/.+")
_SSO_ROLE = re.compile(r"AWSReservedSSO_.+_[0-9a-f]{16}")


def canonical_identity(caller: str) -> str:
    """Return the identity behind an ARN as `sts:GetCallerIdentity` gives it.

    The name of a session is chosen by whoever assumes a role, so it does not count: two people who share a role are
    one identity. IAM Identity Center names its sessions after its users, and nobody can choose otherwise: there the
    name is the identity, in whichever account and with whichever permission set.

    >>> canonical_identity("arn:aws:sts::111122223333:assumed-role/Officer/jo")
    'arn:aws:iam::111122223333:role/Officer'
    >>> canonical_identity("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Audit_0123456789abcdef/Jo@dept.uk")
    'identity-center:jo@dept.uk'
    >>> canonical_identity("arn:aws:sts::111122223333:federated-user/jo")
    'arn:aws:iam::111122223333:federated-user'
    """
    assumed = _ASSUMED.fullmatch(caller)
    if assumed:
        partition, account, role, session = assumed.groups()
        if _SSO_ROLE.fullmatch(role):
            return f"identity-center:{session.lower()}"
        return f"arn:{partition}:iam::{account}:role/{role}"
    federated = _FEDERATED.fullmatch(caller)
    if federated:
        return f"arn:{federated[1]}:iam::{federated[2]}:federated-user"
    return caller
