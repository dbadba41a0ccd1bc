"""Working on a lot of memory at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Let many objects be made without looking for garbage among them.

    The collector looks through everything that is alive each time that enough is new; while a whole organisation is
    opened, all of that stays alive, and looking takes longer than opening.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def pass_over_what_is_there() -> None:
    """Let the collector look for garbage only among what is made from now on.

    Looking through a large organisation takes a second in which no thread of the process does anything, the window's
    neither. What is there now is still given back when nobody holds it, but for circles.
    """
    gc.freeze()
