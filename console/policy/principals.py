"""Who asks, and how closely a policy's principal names them."""

from dataclasses import dataclass
from enum import IntEnum

from console.policy.context import Context, Value
from console.policy.document import Principals


class Kind(IntEnum):
    """What sort of caller it is."""

    USER = 1
    ROLE = 2
    """A role ARN: some session of it, its name not known."""
    SESSION = 3
    FEDERATED_USER = 4
    ROOT = 5
    SERVICE = 6
    ANONYMOUS = 7
    OTHER = 8


class Named(IntEnum):
    """How closely a principal element names the caller; closer names bypass more of the caller's own limits."""

    NOT = 0
    ACCOUNT = 1
    """The account: a delegation, not a grant."""
    ROLE = 2
    """The role behind a session, or the user behind a federated session."""
    USER = 3
    SELF = 4
    """The session itself, everybody, or the calling service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The principal of a request."""

    arn: str
    """Empty for an unsigned request; a service's name for a service."""
    kind: Kind
    account: str
    role_arn: str = ""
    """The role behind a session, with its path, if the context tells."""
    name: str = ""
    """The last part of the user's, role's or federated user's name."""

    @property
    def service_linked(self) -> bool:
        """Whether it is a service-linked role, which neither SCPs nor RCPs bind."""
        return ":role/aws-service-role/" in (self.role_arn or self.arn)


def caller_of(principal: str | None, context: Context, account: str = "") -> Caller:
    """Return who `principal` is."""
    if not principal:
        return Caller(arn="", kind=Kind.ANONYMOUS, account=account)
    parts = principal.split(":", 5)
    if len(parts) != _ARN_PARTS:
        return Caller(arn=principal, kind=Kind.SERVICE, account=account)
    owner, what = account or parts[4], parts[5]
    sort, _, rest = what.partition("/")
    if what == "root":
        return Caller(arn=principal, kind=Kind.ROOT, account=owner)
    name = rest.rsplit("/", 1)[-1]
    if sort == "user":
        return Caller(arn=principal, kind=Kind.USER, account=owner, name=name)
    if sort == "role":
        return Caller(arn=principal, kind=Kind.ROLE, account=owner, role_arn=principal, name=name)
    if sort == "assumed-role":
        role = rest.split("/", 1)[0]
        return Caller(
            arn=principal,
            kind=Kind.SESSION,
            account=owner,
            role_arn=_role_behind(role, owner, context),
            name=role,
        )
    if sort == "federated-user":
        return Caller(arn=principal, kind=Kind.FEDERATED_USER, account=owner, name=rest)
    return Caller(arn=principal, kind=Kind.OTHER, account=owner)


def _role_behind(role: str, account: str, context: Context) -> str:
    """Return the session's role: the context's `aws:PrincipalArn` if it is of that role, else without a path."""
    found = context.look_up("aws:PrincipalArn")
    if isinstance(found, Value) and len(found.texts) == 1:
        arn = found.texts[0]
        if ":role/" in arn and arn.rsplit("/", 1)[-1] == role:
            return arn
    return f"arn:aws:iam::{account}:role/{role}"


def how_named(caller: Caller, principals: Principals) -> Named:
    """Return the closest way in which any of `principals` names the caller."""
    return max((_named(caller, kind, value) for kind, value in principals), default=Named.NOT)


def excused(caller: Caller, principals: Principals, *, bounded: bool) -> bool:
    """Tell whether a Deny with NotPrincipal leaves the caller out.

    Naming the account excuses nobody but its root user, and a caller with a permissions boundary is never
    excused (AWS: "always denied").
    """
    if bounded:
        return False
    named = how_named(caller, principals)
    return named > Named.ACCOUNT or (named is Named.ACCOUNT and caller.kind is Kind.ROOT)


def _named(caller: Caller, kind: str, value: str) -> Named:  # noqa: PLR0911 - one return for each way of naming
    if kind == "Service":
        return Named.SELF if caller.kind is Kind.SERVICE and value in ("*", caller.arn) else Named.NOT
    if kind != "AWS":
        return Named.NOT
    if value == "*":
        return Named.SELF
    if caller.kind in (Kind.SERVICE, Kind.ANONYMOUS):
        return Named.NOT
    if value == caller.arn:
        return _OWN_NAME.get(caller.kind, Named.SELF)
    if caller.account and value in {caller.account, f"arn:aws:iam::{caller.account}:root"}:
        return Named.ACCOUNT
    if caller.kind is Kind.SESSION and _same_role(value, caller):
        return Named.ROLE
    if caller.kind is Kind.FEDERATED_USER and value == f"arn:aws:iam::{caller.account}:user/{caller.name}":
        return Named.ROLE
    return Named.NOT


def _same_role(value: str, caller: Caller) -> bool:
    """Compare a role's ARN with the role behind a session, whose path may not be known."""
    if value == caller.role_arn:
        return True
    prefix = f"arn:aws:iam::{caller.account}:role/"
    pathless = caller.role_arn == prefix + caller.name
    return pathless and value.startswith(prefix) and value.rsplit("/", 1)[-1] == caller.name


_OWN_NAME = {Kind.USER: Named.USER, Kind.ROLE: Named.ROLE, Kind.ROOT: Named.ACCOUNT}
_ARN_PARTS = 6
