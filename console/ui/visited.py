"""Where the officer was, for going back and forward."""

from console.ui.page import Target

_MOST = 100


class Visited:
    """A line of targets with a place in it; going somewhere new drops what lay ahead."""

    def __init__(self) -> None:
        self._line: list[Target] = []
        self._at = -1

    @property
    def can_go_back(self) -> bool:
        """Tell whether something lies behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether something lies ahead."""
        return self._at < len(self._line) - 1

    def go(self, target: Target) -> None:
        """Note where the officer went; the same place twice is once."""
        if self._at >= 0 and self._line[self._at] == target:
            return
        self._line = [*self._line[: self._at + 1], target][-_MOST:]
        self._at = len(self._line) - 1

    def back(self) -> Target | None:
        """Go one back, and return where that is."""
        return self._step(-1) if self.can_go_back else None

    def forward(self) -> Target | None:
        """Go one forward, and return where that is."""
        return self._step(1) if self.can_go_forward else None

    def _step(self, by: int) -> Target:
        self._at += by
        return self._line[self._at]
