"""Files that only this user may read, replaced whole or not at all."""

import os
import secrets
from glob import escape
from pathlib import Path

from console.base.errors import ConsoleError

_RANDOM = 16
"""Digits in the name of a file until it is whole."""


class PrivateFileError(ConsoleError):
    """A file that only this user may read cannot be written."""

    code = "VLT-027"
    remedy = "Give this user the right to write that folder, or free some space on its disk, and try again."


def write_private(file: Path, content: bytes) -> None:
    """Put `content` into `file` with mode 0600; a crash leaves the old content or the new, never half.

    Raise `PrivateFileError` if the disk refuses; the old content stays then.
    """
    try:
        _write(file, content)
    except OSError as error:
        raise PrivateFileError(f"{file} cannot be written: {error.strerror}") from None


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in file.parent.glob(f"{escape(file.name)}.{'[0-9a-f]' * _RANDOM}.new"):
        left.unlink(missing_ok=True)  # half of what a killed program was writing
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(_RANDOM // 2)}.new")
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
