"""One Region of one account, as builders of agents, knowledge bases and the like see it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from console.demo.department.draw import Draw
from console.demo.department.plan import VIRGINIA, Member
from console.demo.messages import Payload

Held = dict[str, list[Payload]]
"""Records by the name under which a Region holds them."""
_BUILDERS = ("Workloads", "Sandbox", "Onboarding")
_BUSIEST = "casework-assist-prod"
_MANY = 3
"""More than a page of any list, so that a demo turns pages of each."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is built, and how ids and ARNs are made there."""

    draw: Draw
    member: Member
    region: str

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

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN of this Region and account."""
        return f"arn:aws:{service}:{self.region}:{self.member.id}:{resource}"

    def id(self, *words: object) -> str:
        """Return ten capitals and digits, as ids of Bedrock's agents are made of."""
        return self.draw.upper(10, self.member.id, self.region, *words)

    def low(self, length: int, *words: object) -> str:
        """Return lower-case letters and digits."""
        return self.draw.lower(length, self.member.id, self.region, *words)

    def day(self, *words: object) -> str:
        """Return a moment in the past."""
        return self.draw.day(self.member.id, self.region, *words)

    def made(self, *words: object) -> Payload:
        """Return when something was made and last changed."""
        return {"createdAt": self.day(*words), "updatedAt": self.day(*words)}

    def key(self, purpose: str) -> str:
        """Return the ARN of a customer's key."""
        text = self.draw.hexadecimal(32, self.member.id, self.region, "key", purpose)
        parts = (text[:8], text[8:12], text[12:16], text[16:20], text[20:])
        return self.arn("kms", f"key/{'-'.join(parts)}")

    @property
    def role(self) -> str:
        """Return the ARN of the role that applications act as."""
        return f"arn:aws:iam::{self.member.id}:role/bedrock-application"

    def chance(self, of: int, *words: object) -> bool:
        """Tell whether a lot of one in `of` falls here."""
        return self.draw.below(of, self.member.id, self.region, *words) == 0


def allowing(principal: str, action: str, resource: str) -> str:
    """Return a resource policy, as text, that lets somebody do something."""
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
