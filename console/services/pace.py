"""How long a refresh still takes: said once there is enough to say it from, and never as a promise."""

from console.domain.refresh import Progress

_FEW_STEPS = 30
_FEW_SECONDS = 3.0
_SMALL_PART = 0.05


class Pace:
    """Guesses the time left from how fast steps ended in this run; those of an earlier run say nothing about it."""

    def __init__(self) -> None:
        self._begun: tuple[int, float] | None = None

    def seconds_left(self, progress: Progress) -> float | None:
        """Return the seconds left, never less than 0; None while too little was read to tell.

        Accounts whose Regions are not known yet are taken to have as many steps as the others have.
        """
        if self._begun is None:
            self._begun = (progress.done, progress.elapsed_seconds)
        if not progress.accounts_planned:
            return None
        ended = progress.done - self._begun[0]
        seconds = progress.elapsed_seconds - self._begun[1]
        left = progress.planned * progress.accounts / progress.accounts_planned - progress.done
        if ended < max(_FEW_STEPS, _SMALL_PART * (ended + left)) or seconds < _FEW_SECONDS:
            return None
        return max(left, 0.0) * seconds / ended
