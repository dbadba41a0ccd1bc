"""One Region of one account, as those see it who build what data passes through there."""

from dataclasses import dataclass

from console.demo.department.draw import Draw
from console.demo.department.plan import LONDON, Member
from console.demo.estate import Region
from console.demo.messages import Payload

Held = dict[str, list[Payload]]
"""Entries by the name under which a Region holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A Region of an account, and how names and lots are made there."""

    draw: Draw
    member: Member
    code: str
    region: Region
    uses_models: bool
    number: int
    """The account's place in the department."""

    @property
    def is_home(self) -> bool:
        """Tell whether this is London, where the department works."""
        return self.code == LONDON

    def chance(self, of: int, *words: object) -> bool:
        """Tell whether a lot of one in `of` falls here."""
        return self.draw.below(of, self.member.id, self.code, *words) == 0

    def turn(self, of: int, which: int) -> bool:
        """Tell whether it is this account's turn: of so many in a row, one; so that even a small department has it."""
        return self.number % of == which

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN of this Region and account."""
        return f"arn:aws:{service}:{self.code}:{self.member.id}:{resource}"

    def key(self, purpose: str) -> str:
        """Return the ARN of the account's customer key for a purpose."""
        return key_arn(self.draw, self.member, self.code, purpose)

    def day(self, *words: object) -> str:
        """Return a moment in the past."""
        return self.draw.day(self.member.id, self.code, *words)

    def millis(self, *words: object) -> int:
        """Return a moment in the past as CloudWatch Logs counts it."""
        return 1_704_067_200_000 + self.draw.below(60_000_000_000, self.member.id, self.code, *words)


def key_arn(draw: Draw, member: Member, region: str, purpose: str) -> str:
    """Return the ARN of an account's customer key for a purpose, such as `logs`."""
    word = draw.hexadecimal(32, "key", member.id, region, purpose)
    id_ = "-".join((word[:8], word[8:12], word[12:16], word[16:20], word[20:]))
    return f"arn:aws:kms:{region}:{member.id}:key/{id_}"
