"""What answers rest on besides the evidence of their own scope, noted while controls ask."""

from dataclasses import dataclass, field
from typing import Any, cast

from console.base.settings import PolicySettings


@dataclass(slots=True)
class Grounds:
    """What the questions of one control looked at beyond their own scopes; whatever else changes cannot change them."""

    kinds: set[str] = field(default_factory=set)
    """Kinds that were looked at elsewhere too."""
    settings: set[str] = field(default_factory=set)
    """Names of the policy settings that were asked for."""

    def noting(self, policy: PolicySettings) -> PolicySettings:
        """Return the policy, such that each setting that is asked for is noted here."""
        return cast("PolicySettings", _Noted(policy, self.settings))


class _Noted:
    """Stands in the place of a policy."""

    def __init__(self, policy: PolicySettings, asked: set[str]) -> None:
        self._policy = policy
        self._asked = asked

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a setting's type is the policy's
        self._asked.add(name)
        return getattr(self._policy, name)
