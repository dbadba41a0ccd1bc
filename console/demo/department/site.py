"""One Region of one account: what things are called there, which lots fall there, and what stands there already."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, VIRGINIA, Member
from console.demo.estate import Region
from console.demo.messages import Payload

Held = dict[str, list[Payload]]
"""Records by the name under which a Region holds them."""
JOBS_ROLE = "bedrock-jobs"
"""The role that Bedrock takes on for an account's jobs."""
_BUILDERS = ("Workloads", "Sandbox", "Onboarding")
_BUSIEST = "casework-assist-prod"
_MANY = 3
"""More than a page of any list, so that a demo turns pages of each."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is made, and how names, ids and lots come about there."""

    draw: Draw
    member: Member
    region: str

    @property
    def is_home(self) -> bool:
        """Tell whether this is London, where the department works."""
        return self.region == LONDON

    @property
    def builds(self) -> bool:
        """Tell whether people there build with Bedrock; a part of the accounts meant for it does."""
        is_meant = self.member.unit.startswith(_BUILDERS)
        return self.is_busiest or (is_meant and self.draw.below(2, "builds", self.member.id) == 0)

    @property
    def is_busiest(self) -> bool:
        """Tell whether this is the account that has some of everything."""
        return self.member.name == _BUSIEST

    @property
    def tries(self) -> bool:
        """Tell whether this is a Region in which people try things out and forget them."""
        return self.region == VIRGINIA and (
            self.member.unit == "Sandbox" or self.member.name.endswith("-dev")
        )

    def some(self, names: Sequence[str], *words: object) -> Sequence[str]:
        """Return as many names as fit: three where most is built, else one."""
        if self.is_busiest:
            return names[:_MANY]
        return [self.draw.one_of(names, "some", self.member.id, self.region, *words)]

    def below(self, bound: int, *words: object) -> int:
        """Return a whole number from 0 to below `bound`."""
        return self.draw.below(bound, self.member.id, self.region, *words)

    def chance(self, of: int, *words: object) -> bool:
        """Tell whether a lot of one in `of` falls here."""
        return self.below(of, *words) == 0

    def day(self, *words: object) -> str:
        """Return a moment in the past."""
        return self.draw.day(self.member.id, self.region, *words)

    def millis(self, *words: object) -> int:
        """Return a moment in the past as CloudWatch Logs counts it."""
        return 1_704_067_200_000 + self.below(60_000_000_000, *words)

    def made(self, *words: object) -> Payload:
        """Return when something was made and last changed."""
        return {"createdAt": self.day(*words), "updatedAt": self.day(*words)}

    def low(self, length: int, *words: object) -> str:
        """Return lower-case letters and digits."""
        return self.draw.lower(length, self.member.id, self.region, *words)

    def id(self, *words: object) -> str:
        """Return twelve letters and digits, as ids of models and jobs are made of."""
        return self.low(12, *words)

    def agent_id(self, *words: object) -> str:
        """Return ten capitals and digits, as ids of agents, flows, prompts and knowledge bases are made of."""
        return self.draw.upper(10, self.member.id, self.region, *words)

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN of this Region and account."""
        return f"arn:aws:{service}:{self.region}:{self.member.id}:{resource}"

    def bedrock_arn(self, sort: str, *words: object) -> str:
        """Return the ARN of something of Bedrock's, with an id of its own."""
        return self.arn("bedrock", f"{sort}/{self.id(sort, *words)}")

    def key(self, purpose: str) -> str:
        """Return the ARN of the account's own key for a purpose, such as `models`."""
        return key_arn(self.draw, self.member, self.region, purpose)

    def builders_key(self, purpose: str) -> str:
        """Return the ARN of the key that those use for a purpose who build agents; another than the account's."""
        return self.arn("kms", _key(self.draw.hexadecimal(32, self.member.id, self.region, "key", purpose)))

    def bucket(self, purpose: str) -> str:
        """Return the name of the account's bucket for a purpose, such as `training`."""
        return f"public-works-{self.member.id}-{purpose}-{self.region}"

    def role(self, name: str = JOBS_ROLE) -> str:
        """Return the ARN of a role of the account."""
        return f"arn:aws:iam::{self.member.id}:role/{name}"

    @property
    def application_role(self) -> str:
        """Return the ARN of the role that applications act as."""
        return self.role("bedrock-application")

    def network(self) -> dict[str, list[str]]:
        """Return subnets and security groups that the Region's VPC endpoints are in, as `vpcConfig` has them."""
        vpc = f"vpc-{self.draw.hexadecimal(17, 'vpc', self.member.id, self.region)}"
        subnets = [f"subnet-{self.draw.hexadecimal(17, vpc, 'subnet', index)}" for index in range(2)]
        return {
            "subnetIds": subnets,
            "securityGroupIds": [f"sg-{self.draw.hexadecimal(17, vpc, 'group')}"],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Place):
    """A place in which something stands already, as those see it who build what data passes through there."""

    built: Region
    """What stands there, to be added to."""
    uses_models: bool
    number: int
    """The account's place in the department."""

    def turn(self, of: int, which: int) -> bool:
        """Tell whether it is this account's turn: of so many in a row, one; so that even a small department has it."""
        return self.number % of == which


def key_arn(draw: Draw, member: Member, region: str, purpose: str) -> str:
    """Return the ARN of an account's customer key for a purpose, such as `logs`."""
    key = _key(draw.hexadecimal(32, "key", member.id, region, purpose))
    return f"arn:aws:kms:{region}:{member.id}:{key}"


def _key(digits: str) -> str:
    """Return a key as ARNs name it, from 32 hexadecimal digits."""
    return f"key/{'-'.join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))}"


def allowing(principal: str, action: str, resource: str) -> str:
    """Return a resource policy, as text, that lets somebody do something."""
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
