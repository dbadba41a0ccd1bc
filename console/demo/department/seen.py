"""An account as it was made, for whoever notes what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.demo.department.draw import Draw
from console.demo.department.log_groups import INVOCATIONS
from console.demo.department.plan import LONDON, Member, Plan
from console.demo.estate import Account, Estate, Region
from console.demo.messages import Payload

EVERYWHERE = "global"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    control: str
    subject: str
    why: str
    region: str = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Seen:
    """One account that can be read, with its place in the department."""

    draw: Draw
    plan: Plan
    estate: Estate
    member: Member
    number: int

    @property
    def account(self) -> Account:
        """What is in it."""
        return self.estate.accounts[self.member.id]

    @property
    def home(self) -> Region:
        """What is in London."""
        return self.account.regions[LONDON]

    @property
    def uses_models(self) -> bool:
        """Tell whether people call models there."""
        return bool(self.account.models_in_use)

    @property
    def shows_people(self) -> bool:
        """Tell whether its users, groups, roles and policies may be read."""
        return self.member.id != self.plan.without_iam

    def shows_guardrails(self, region: str) -> bool:
        """Tell whether its guardrails may be read."""
        return (self.member.id, region) != (self.plan.without_guardrails, LONDON)

    def regions(self) -> Iterator[tuple[str, Region]]:
        """Yield each Region with its code."""
        yield from self.account.regions.items()

    def log_groups(self, region: Region) -> list[Payload]:
        """Return the log groups that are on the data path: that of invocations only where they are logged."""
        is_logged = "cloudWatchConfig" in region.logging.get("loggingConfig", {})
        found = region.held.get("logs.log_group", [])
        return [each for each in found if is_logged or each["logGroupName"] != INVOCATIONS]

    def held(self, kind: str) -> list[Payload]:
        """Return what the account as a whole holds by a name."""
        return self.account.held.get(kind, [])
