"""The estate: everything the stand-in knows, in the member names of AWS's answers, as one JSON document."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from console.demo.messages import Payload

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What is in one Region of one account."""

    endpoints: list[Payload] = field(default_factory=list)
    """`DescribeVpcEndpoints` entries."""
    retention: Payload = field(default_factory=dict)
    """`GetAccountDataRetention`."""
    logging: Payload = field(default_factory=dict)
    """`GetModelInvocationLoggingConfiguration`; empty where logging is off."""
    guardrails: list[Payload] = field(default_factory=list)
    """`GetGuardrail` of every version, the draft first."""
    profiles: list[Payload] = field(default_factory=list)
    """`ListInferenceProfiles` entries of the account's own."""
    trails: list[Payload] = field(default_factory=list)
    """Of each trail whose home this is: `trail`, `status` and `selectors`."""
    held: dict[str, list[Payload]] = field(default_factory=dict)
    """Whatever else is there, by a name such as `bedrock.custom_model`, as AWS's fullest answer has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is in one account."""

    users: list[Payload] = field(default_factory=list)
    groups: list[Payload] = field(default_factory=list)
    roles: list[Payload] = field(default_factory=list)
    policies: list[Payload] = field(default_factory=list)
    """As `GetAccountAuthorizationDetails` has them; documents are JSON text."""
    regions: dict[str, Region] = field(default_factory=dict)
    """By code; only those that are enabled."""
    models_in_use: list[str] = field(default_factory=list)
    """Models that people there call; see `console.demo.usage`."""
    held: dict[str, list[Payload]] = field(default_factory=dict)
    """Whatever else belongs to the account as a whole, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The organisation's tree and policies."""

    organization: Payload
    roots: list[Payload]
    units: list[Payload]
    """`ListOrganizationalUnitsForParent` entries, all of them."""
    accounts: list[Payload]
    children: dict[str, list[Payload]]
    """`ListChildren` entries by parent."""
    policies: list[Payload]
    """`DescribePolicy.Policy` entries."""
    targets: dict[str, list[Payload]]
    """`ListTargetsForPolicy` entries by policy."""
    held: dict[str, list[Payload]] = field(default_factory=dict)
    """Whatever else belongs to the organisation, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The first caller, whom every client starts as: a role session in the management account."""

    account_id: str
    role_arn: str
    arn: str
    access_key_id: str
    secret_access_key: str
    session_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A whole department."""

    seed: int
    management_account: str
    caller: Caller
    organisation: Organisation
    account_regions: list[Payload]
    """`ListRegions` entries, alike in every account."""
    models: dict[str, list[Payload]]
    """`ListFoundationModels` entries by Region."""
    system_profiles: dict[str, list[Payload]]
    """AWS's own `ListInferenceProfiles` entries by Region, with `{account}` for the account in ARNs."""
    accounts: dict[str, Account]
    denials: list[dict[str, str]]
    """Calls that are always denied: `service`, `operation`, `account`, `region`, a star for any."""
    failings: list[dict[str, str]]
    """What controls must find: `control`, `account`, `region`, `subject`, `why`."""
    denied: list[dict[str, str]]
    """What must end as a gap: `kind`, `account`, `region`, `reason`."""

    def dump(self) -> bytes:
        """Return the estate as JSON; equal estates give equal bytes."""
        document = {"format": FORMAT, **asdict(self)}
        return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True).encode()


def load(document: bytes) -> Estate:
    """Return the estate that `dump` wrote; raise `ValueError` for another format."""
    value: dict[str, Any] = json.loads(document)
    if value.pop("format", None) != FORMAT:
        raise ValueError("this is no estate of this build's format")
    value["caller"] = Caller(**value["caller"])
    value["organisation"] = Organisation(**value["organisation"])
    value["accounts"] = {key: _account(each) for key, each in value["accounts"].items()}
    return Estate(**value)


def _account(value: dict[str, Any]) -> Account:
    regions = {code: Region(**each) for code, each in value.pop("regions").items()}
    return Account(**value, regions=regions)
