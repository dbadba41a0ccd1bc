"""What having AWS count would take: how much is read, what that costs, where the answer stays, what stops it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from console.base.settings import SettingsError
from console.domain.counting import Asking, Engine, body_of

TB, GB = 2**40, 2**30
LEAST_BILLED = 10 * 2**20
"""Bytes of one query that Athena bills at the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What an answer would take."""

    asking: Asking
    size: int
    """Bytes that would be read: packed, in a bucket; as they came in, in a log group."""
    price: Decimal | None
    """In US dollars; None where the settings have no price."""
    cutoff: int | None
    """Bytes after which the workgroup stops a query; None without a limit."""
    writes_to: str
    """Where the answer is written at AWS; empty if nowhere."""
    is_small: bool
    """Whether reading the log here is as quick."""

    @property
    def words(self) -> str:
        """Say it.

        Whoever agrees must know what is read, what it costs, where a copy of the answer stays, and what stops it.
        """
        said = [f"{size_words(self.size)} would be read at AWS"]
        said.append("what that costs is not known" if self.price is None else f"about {self.price:f} USD")
        words = ", ".join(said) + "."
        if self.asking.engine is Engine.ATHENA:
            words += (
                f" The workgroup stops a query after {size_words(self.cutoff)}."
                if self.cutoff is not None
                else " The workgroup has no limit."
            )
            words += f" The answer is written to: {self.writes_to}."
        if self.is_small:
            words += (
                " Reading this log here is as quick, costs no query, and shows single hits: `usage read`."
            )
        return words


def size_words(size: int) -> str:
    """Return a number of bytes as it is read.

    >>> size_words(0), size_words(1_500), size_words(3 * 2**30)
    ('0 bytes', '1.5 KB', '3.0 GB')
    """
    value = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if value < 1024:  # noqa: PLR2004 - of a unit
            return f"{size:,} bytes" if unit == "bytes" else f"{value:,.1f} {unit}"
        value /= 1024
    return f"{value:,.1f} TB"


def estimate_record(estimate: Estimate) -> Mapping[str, object]:
    """Return an estimate in JSON types."""
    return {
        **body_of(estimate.asking),
        "bytes": estimate.size,
        "price_usd": None if estimate.price is None else f"{estimate.price:f}",
        "cutoff_bytes": estimate.cutoff,
        "written_to": estimate.writes_to,
        "words": estimate.words,
    }


def price_of(key: str, said: str, size: int, unit: int) -> Decimal | None:
    """Return what reading costs at a setting's price; None without one, refused where it is no amount."""
    if not said:
        return None
    try:
        price = Decimal(said)
    except InvalidOperation:
        raise SettingsError(f"counting.{key} is no amount: {said!r}") from None
    if not price.is_finite() or price < 0:
        raise SettingsError(f"counting.{key} is no amount: {said!r}")
    return (price * size / unit).quantize(Decimal("0.0001"))
