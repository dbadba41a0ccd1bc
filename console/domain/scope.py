"""Where something is: an account and a Region."""

from typing import NamedTuple

GLOBAL = "global"
"""The Region of what has none: the organisation, IAM."""


class Scope(NamedTuple):
    """An account and a Region, the grain in which evidence is planned, read and missed.

    A tuple, because a large organisation has a hundred thousand of them to be looked up.
    """

    account_id: str
    """Twelve digits."""
    region: str = GLOBAL
    """A Region's code, or `global`."""

    def __str__(self) -> str:
        """Write it as people do.

        >>> str(Scope("111122223333", "eu-west-2"))
        '111122223333/eu-west-2'
        """
        return f"{self.account_id}/{self.region}"
