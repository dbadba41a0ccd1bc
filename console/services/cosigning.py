"""More signatures beside a pack: another officer's, one with a certificate, a time-stamp. The pack's id stays."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from console.base.errors import ConsoleError
from console.reports import layout
from console.reports.errors import UnreadablePackError
from console.reports.opened import FaultError, OpenPack
from console.reports.signatures import Trusted
from console.reports.verify import verify_pack
from console.reports.zipform import BadZipError, walk_zip, write_zip
from console.vault import cms, timestamp
from console.vault.signing import BadSignatureError, SigningKey
from console.vault.sshsig import sign_message


class BrokenPackError(ConsoleError):
    """A pack that is to be signed is not what was signed before."""

    code = "SVC-017"
    remedy = "Sign only a pack that verifies: `bedrock-console pack verify` names its faults."


class BadTimeStampError(ConsoleError):
    """An authority's answer is no time-stamp of this pack."""

    code = "SVC-018"
    remedy = "Send the query that was written for this very pack, and attach the answer to it."


def countersign(pack: Path, signer: SigningKey) -> str:
    """Sign a pack with this console's key as well; return the name of the signature in it."""
    return _add(
        pack, lambda message: (sign_message(message, signer, layout.NAMESPACE).encode("ascii"), "sshsig")
    )


def sign_with_certificate(pack: Path, identity: cms.Identity) -> str:
    """Sign a pack with an officer's certificate; return the name of the signature in it."""
    return _add(pack, lambda message: (cms.sign_detached(message, identity), "p7s"))


def write_query(pack: Path, to: Path) -> None:
    """Write the question that a time-stamp authority is to be asked; nobody is contacted."""
    _, message = _files(pack)
    try:
        with to.open("xb") as stream:
            stream.write(timestamp.query(message))
    except OSError as error:
        raise UnreadablePackError(
            f"{to} could not be written: {error.strerror}",
            remedy="Choose a folder that you may write, and a name that is not taken.",
        ) from None


def attach_answer(pack: Path, answer: Path) -> tuple[str, timestamp.TimeStamp]:
    """Put an authority's answer beside a pack; return its name there, and what it says."""
    try:
        content = answer.read_bytes()
    except OSError as error:
        raise BadTimeStampError(f"{answer} cannot be read: {error.strerror}") from None
    _, message = _files(pack)
    try:
        stamp = timestamp.verify_answer(content, message)
    except BadSignatureError as error:
        raise BadTimeStampError(f"{answer}: {error}") from None
    return _add(pack, lambda _message: (content, "tsr")), stamp


def _add(pack: Path, make: Callable[[bytes], tuple[bytes, str]]) -> str:
    """Write a pack anew with one more signature, in one step, once it was found intact."""
    verification = verify_pack(pack)
    if not verification.is_intact:
        wrong = next(each for each in verification.checks if each.passed is False)
        raise BrokenPackError(f"{pack} is not intact: {wrong.name}: {wrong.detail}")
    files, message = _files(pack)
    content, ending = make(message)
    name = layout.signature_name(content, ending)
    fresh = pack.with_name(f".{pack.name}.{secrets.token_hex(8)}.part")
    try:
        with fresh.open("xb") as stream:
            stream.writelines(write_zip({**files, name: content}))
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(pack)
    except OSError as error:
        raise UnreadablePackError(f"{pack} could not be written: {error.strerror}") from None
    finally:
        fresh.unlink(missing_ok=True)
    return name


def _files(pack: Path) -> tuple[dict[str, bytes], bytes]:
    """Return every file of a pack by its path in the zip, and what is signed."""
    try:
        with pack.open("rb") as stream:
            opened = OpenPack(stream, walk_zip(stream, pack.stat().st_size), Trusted())
            return {name: opened.read(name) for name in opened.entries}, opened.message
    except OSError as error:
        raise UnreadablePackError(f"{pack} cannot be read: {error.strerror}") from None
    except (BadZipError, FaultError) as error:
        raise UnreadablePackError(f"{pack} is no pack: {error}") from None
