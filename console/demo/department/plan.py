"""The plan of a department: who is there, and which flaw is planted where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.demo.department.draw import Draw
from console.demo.department.names import HOSTILE_NAME, team_names

LONDON, DUBLIN, VIRGINIA = "eu-west-2", "eu-west-1", "us-east-1"
ENABLED = (LONDON, DUBLIN, VIRGINIA)
READER_ROLE = "BedrockConsoleReader"
_FULL_ESTATE = 12
"""The size in which every flaw is planted once."""

FAMILIES: tuple[tuple[str, ...], ...] = (
    (
        "attack filter is weak in an old version",
        "personal data is only detected",
        "there is no guardrail",
        "guardrail crosses Regions",
        "attack filter only detects",
        "guardrail lies in Dublin",
        "personal data is masked on input only",
    ),
    ("profile routes to Europe", "profile routes everywhere"),
    ("retention is default", "retention is inherited in Virginia", "retention is for review"),
    ("logging is off", "logging is of text only", "logging has no destination"),
    (
        "trail is not validated",
        "trail records writes only",
        "trail is stopped",
        "there is no trail",
        "trail selects writes only",
        "digest was taken out",
        "digest was changed",
    ),
    ("endpoint policy is open", "endpoint leads to Virginia", "endpoint has no private DNS"),
    ("role holds AmazonBedrockFullAccess", "group allows bedrock:*"),
)
"""Flaws; of a family, an account has one at most, because they would hide each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account as planned."""

    id: str
    name: str
    unit: str
    """Path of the organisational unit; empty for the root."""
    is_active: bool = True
    flaws: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Failings:
    """What was planted, noted where it is made."""

    noted: list[dict[str, str]] = field(default_factory=list)

    def add(self, control: str, account: str, region: str, subject: str, why: str) -> None:
        """Note one failing."""
        self.noted.append(
            {"control": control, "account": account, "region": region, "subject": subject, "why": why}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Accounts, and who is special."""

    management: Member
    members: tuple[Member, ...]
    """All but the management account, the suspended one too."""
    without_reader: str
    """An account whose reader role does not exist; empty in a very small department, and so are the next two."""
    without_guardrails: str
    """An account whose guardrails may not be read in London."""
    without_iam: str
    """An account whose users, groups, roles and policies may not be read."""

    @property
    def everyone(self) -> tuple[Member, ...]:
        """The management account and the members."""
        return (self.management, *self.members)


def make_plan(draw: Draw, size: int) -> Plan:
    """Return the plan of a department of `size` accounts."""
    names = team_names(size)
    ids = [draw.digits("account", index) for index in range(size)]
    if len(set(ids)) != size:
        raise ValueError("two accounts drew the same number; take another seed")
    special = _special(ids)
    open_to_flaws = [each for each in ids[1:] if each not in special.values()]
    flaws = _spread(draw, open_to_flaws, max(1, size // _FULL_ESTATE))
    onboarding = set(open_to_flaws[-max(1, size // _FULL_ESTATE) :]) if len(open_to_flaws) > 1 else set()
    hostile = open_to_flaws[min(2, len(open_to_flaws) - 1)] if open_to_flaws else ""
    members = []
    for id_, (name, unit) in zip(ids[1:], names[1:], strict=True):
        is_suspended = id_ == special.get("suspended")
        members.append(
            Member(
                id=id_,
                name=HOSTILE_NAME if id_ == hostile else name,
                unit="Suspended" if is_suspended else ("Onboarding" if id_ in onboarding else unit),
                is_active=not is_suspended,
                flaws=frozenset(flaws.get(id_, ())),
            )
        )
    return Plan(
        management=Member(id=ids[0], name=names[0][0], unit=""),
        members=tuple(members),
        without_reader=special.get("without reader", ""),
        without_guardrails=special.get("without guardrails", ""),
        without_iam=special.get("without iam", ""),
    )


def _special(ids: Sequence[str]) -> dict[str, str]:
    """Give the last accounts their parts, as far as enough ordinary ones are left."""
    parts = ("suspended", "without reader", "without guardrails", "without iam")
    return dict(zip(parts, reversed(ids[4:]), strict=False))


def _spread(draw: Draw, accounts: Sequence[str], times: int) -> dict[str, list[str]]:
    """Plant every flaw `times` times, each in another account of its family's order."""
    found: dict[str, list[str]] = {}
    for number, family in enumerate(FAMILIES):
        order = draw.some_of(accounts, len(accounts), "family", number)
        for account, flaw in zip(order, family * times, strict=False):
            found.setdefault(account, []).append(flaw)
    return found
