"""How many days lie between what AWS said and the moment in which it was read."""

from datetime import timedelta

from console.base.clock import parse_stamp
from console.controls.payload import moment
from console.domain.evidence import Fact

_DAY = timedelta(days=1)


def days_since(fact: Fact, member: str) -> int | None:
    """Return how many whole days had gone by since a moment when it was read; None where AWS did not say it."""
    then = moment(fact.payload, member)
    return None if then is None else (parse_stamp(fact.provenance.observed_at) - then) // _DAY
