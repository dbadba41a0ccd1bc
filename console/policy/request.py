"""What is asked: a request, and every policy that applies to it, layer by layer."""

from dataclasses import dataclass
from enum import StrEnum

from console.policy.context import Context
from console.policy.document import Policy
from console.policy.principals import Caller

ANY_RESOURCE = "any"
"""In place of a resource: whichever; the answer then says on which."""


class Result(StrEnum):
    """How a request ends."""

    ALLOWED = "Allowed"
    ALLOWED_IF = "AllowedIf"
    IMPLICITLY_DENIED = "ImplicitlyDenied"
    EXPLICITLY_DENIED = "ExplicitlyDenied"


CAN = (Result.ALLOWED, Result.ALLOWED_IF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks for what, under which circumstances."""

    caller: Caller
    action: str
    """`service:Name`."""
    resource: str
    """A full ARN, or `*` for an action without resource types."""
    resource_account: str
    context: Context
    within: str = ""
    """Where the resource is `any`: a pattern that it fits; empty for any at all."""

    @property
    def service(self) -> str:
        """The action's service prefix."""
        return self.action.partition(":")[0].lower()


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an organisation, from the root to the account, with the policies attached to it."""

    id: str
    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A VPC endpoint through which a call comes."""

    policy: Policy
    is_gateway: bool
    """Whether an account that its policy names stands for the root user alone, as AWS says of gateways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Every policy that applies to a request, layer by layer."""

    identity: tuple[Policy, ...] = ()
    """Inline, managed and of groups, all acting together."""
    boundary: Policy | None = None
    session: tuple[Policy, ...] = ()
    scps: tuple[Level, ...] | None = None
    """None: no service control policy applies."""
    rcps: tuple[Level, ...] = ()
    resource: Policy | None = None
    endpoints: tuple[Endpoint, ...] = ()
    management_account: str = ""
