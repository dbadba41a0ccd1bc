"""A Region of an account that is read, as those see it who note what is wrong there."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.demo.estate import Region
from console.demo.messages import Payload

Failing = tuple[str, str, str]
"""A control, the subject that it must fail, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is in one Region of one account, once everything is made."""

    account: str
    code: str
    region: Region
    sees_guardrails: bool

    def held(self, name: str) -> list[Payload]:
        """Return what the Region holds of a sort."""
        return self.region.held.get(name, [])

    def versions(self) -> set[tuple[str, str]]:
        """Return the id and number of every version of every guardrail."""
        return {(each["guardrailId"], each["version"]) for each in self.region.guardrails}

    def unkept(self, name: str, key: str, identity: str) -> Iterator[tuple[str, str]]:
        """Yield what is encrypted under no key of the department's own that works: its identity and why."""
        for each in self.held(name):
            if why := self.key_fault(each.get(key)):
                yield each[identity], why

    def key_fault(self, arn: str | None) -> str:
        """Return what is wrong with a key; empty if nothing is."""
        if arn is None:
            return "It is encrypted under a key of AWS's"
        states = {key["Arn"]: key["KeyState"] for key in self.held("kms.key")}
        return "" if states[arn] == "Enabled" else f"Its key is {states[arn]}"
