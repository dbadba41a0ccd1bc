"""What deleting operations share: taking records out of the estate, at once or a moment later, as AWS does."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked

_LINGERS_SECONDS = 0.7
"""How long a thing that is being deleted is still shown."""
_LOCK = threading.Lock()
Chosen = Callable[[Payload], bool]


def take(
    asked: Asked, held: str, chosen: Chosen, what: str, refusal: tuple[int, str] | None = None
) -> list[Payload]:
    """Take the records that are chosen out of the estate; refuse as AWS does where there is none."""
    records = asked.account.regions[asked.region].held.get(held, [])
    with _LOCK:
        found = [each for each in records if chosen(each)]
        if not found:
            status, code = refusal or (404, "ResourceNotFoundException")
            raise RefusedError(status, code, f"There is no {what}")
        records[:] = [each for each in records if not chosen(each)]
    return found


def let_go(asked: Asked, held: str, chosen: Chosen, what: str) -> list[Payload]:
    """Mark the records as being deleted; they go a moment later."""
    records = asked.account.regions[asked.region].held.get(held, [])
    with _LOCK:
        found = [each for each in records if chosen(each)]
        if not found:
            raise RefusedError(404, "ResourceNotFoundException", f"There is no {what}")
        records[:] = [{**each, "status": "DELETING"} if chosen(each) else each for each in records]

    def go() -> None:
        with _LOCK:
            records[:] = [each for each in records if not chosen(each)]

    timer = threading.Timer(_LINGERS_SECONDS, go)
    timer.daemon = True
    timer.start()
    return found


def refuse_if(records: list[Payload], chosen: Chosen, message: str) -> None:
    """Refuse with a conflict where any record is chosen."""
    if any(chosen(each) for each in records):
        raise RefusedError(409, "ConflictException", message)


def is_future(moment: str) -> bool:
    """Tell whether a moment is still to come."""
    return bool(moment) and datetime.fromisoformat(moment) > datetime.now(UTC)
