"""What pack is asked for, and how making one is heard and stopped; light, for the window imports it at its start."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from console.base.canonical import canonical
from console.base.errors import ConsoleError
from console.reports.redaction_rules import Profile
from console.reports.scope import WHOLE, PackScope


class StoppedPackError(ConsoleError):
    """The officer stopped the pack; nothing was written."""

    code = "SVC-015"
    remedy = "Make the pack again when you want it; nothing was written."


Item = TypeVar("Item")
_HEEDED = 500
"""Items between two questions whether the work was stopped."""
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What pack is asked for."""

    scope: PackScope = WHOLE
    profile: Profile = Profile.INTERNAL
    purpose: str = ""
    organisation_name: str = ""
    tool: str = ""
    with_pdf: bool = True
    """A PDF takes seconds and a program of its own; everything in it is in the HTML report too."""

    def identity(self, refresh_id: int, root: str) -> bytes:
        """Return what tells this pack from every other of the store."""
        said = {
            "scope": self.scope.document(),
            "profile": self.profile.value,
            "purpose": self.purpose,
            "refresh": refresh_id,
            "root": root,
        }
        return canonical(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a long work asks whether it was stopped, and tells how far it is."""

    stopped: Callable[[], bool] = lambda: False
    tell: Tell = lambda _words, _done, _of: None

    def step(self, words: str, done: int, of: int) -> None:
        """Tell, or raise `StoppedPackError` if it was stopped."""
        if self.stopped():
            raise StoppedPackError("the pack was stopped")
        self.tell(words, done, of)

    def heed(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items, and raise `StoppedPackError` among them soon after it was stopped."""
        for number, item in enumerate(items, 1):
            if number % _HEEDED == 0 and self.stopped():
                raise StoppedPackError("the pack was stopped")
            yield item
