"""Working on a lot of memory at once."""

import ctypes
import gc
import sys
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


_ASKED = {-3: 4 * 2**20, -1: 4 * 2**20, -8: 2}
"""By the C library's own numbers: from which size on a piece is mapped by itself, and given back; how many arenas."""


def give_back_large_pieces() -> bool:
    """Have memory of large arrays given back to the system as soon as it is freed; return whether that could be said.

    The C library of Linux keeps what was freed for the next one, up to pieces of 32 MB, and so holds more and more
    after each look at a large table. Elsewhere nothing is to be said.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return False
    return all(library.mallopt(what, value) for what, value in _ASKED.items())
