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
    """A service of AWS, or an identity provider that AWS names by its domain."""
    ANONYMOUS = 7
    OTHER = 8
    """Another ARN, such as an identity provider's."""


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
        return self.role_arn.partition(":role/")[2].startswith("aws-service-role/")

    @property
    def partition(self) -> str:
        """The partition of AWS in which the caller lives."""
        return self.arn.split(":", 2)[1] if ":" in self.arn else "aws"


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
            role_arn=_role_behind(f"arn:{parts[1]}:iam::{owner}:role/", role, context),
            name=role,
        )
    if sort == "federated-user":
        return Caller(arn=principal, kind=Kind.FEDERATED_USER, account=owner, name=rest)
    return Caller(arn=principal, kind=Kind.OTHER, account=owner)


def _role_behind(prefix: str, role: str, context: Context) -> str:
    """Return the session's role: the context's `aws:PrincipalArn` if it is of that role, else without a path."""
    found = context.look_up("aws:PrincipalArn")
    if isinstance(found, Value) and len(found.texts) == 1:
        arn = found.texts[0]
        if arn.startswith(prefix) and arn.rsplit("/", 1)[-1] == role:
            return arn
    return prefix + role


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


def _named(caller: Caller, kind: str, value: str) -> Named:
    if kind == "AWS":
        return _named_in_aws(caller, value)
    outside = {"Service": (Kind.SERVICE,), "Federated": (Kind.SERVICE, Kind.OTHER)}.get(kind, ())
    return Named.SELF if caller.kind in outside and value in ("*", caller.arn) else Named.NOT


def _named_in_aws(caller: Caller, value: str) -> Named:
    if value == "*":
        return Named.SELF
    if caller.kind in (Kind.SERVICE, Kind.ANONYMOUS):
        return Named.NOT
    if value == caller.arn:
        return _OWN_NAME.get(caller.kind, Named.SELF)
    home = f"arn:{caller.partition}:iam::{caller.account}:"
    if caller.account and value in {caller.account, f"{home}root"}:
        return Named.ACCOUNT
    if caller.kind is Kind.SESSION and _same_role(value, caller, f"{home}role/"):
        return Named.ROLE
    if caller.kind is Kind.FEDERATED_USER and _same_user(value, caller, f"{home}user/"):
        return Named.ROLE
    return Named.NOT


def _same_role(value: str, caller: Caller, prefix: str) -> bool:
    """Compare a role's ARN with the role behind a session, whose path may not be known."""
    if value == caller.role_arn:
        return True
    pathless = caller.role_arn == prefix + caller.name
    return pathless and value.startswith(prefix) and value.rsplit("/", 1)[-1] == caller.name


def _same_user(value: str, caller: Caller, prefix: str) -> bool:
    """Compare a user's ARN with the user behind a federated session, whose path is not part of its ARN."""
    return value.startswith(prefix) and value.rsplit("/", 1)[-1] == caller.name


_OWN_NAME = {Kind.USER: Named.USER, Kind.ROLE: Named.ROLE, Kind.ROOT: Named.ACCOUNT}
_ARN_PARTS = 6
