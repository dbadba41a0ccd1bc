"""What part of the organisation a refresh is to read; the rest it takes over from the one before."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A part of the organisation; what is empty leaves that side of it whole."""

    accounts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Organizational units, with all that is below them."""
    regions: tuple[str, ...] = ()
    """Regions, `global` among them."""
    kinds: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is to be read."""
        return not (self.accounts or self.units or self.regions or self.kinds)

    def __str__(self) -> str:
        """Say it as a person would; empty if everything is to be read.

        >>> str(Selection(accounts=("111122223333",), regions=("eu-west-2", "global")))
        'account 111122223333; Region eu-west-2, global'
        """
        named = {"account": self.accounts, "unit": self.units, "Region": self.regions, "kind": self.kinds}
        return "; ".join(f"{name} {', '.join(values)}" for name, values in named.items() if values)


EVERYTHING = Selection()
"""The whole organisation."""
