"""The signatures beside a bag: SSH signatures, signatures with certificates and time-stamps, and whom they are by.

Each stands alone and is over the same bytes, the tag manifest; so none changes the pack, and none needs another. Who
may sign is what the verifier was given. A key or certificate that is found in the pack alone is an unknown one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.reports import layout
from console.reports.errors import BadSignerFileError
from console.vault import cms, timestamp
from console.vault.signing import BadSignatureError, VerifyKey
from console.vault.sshsig import AllowedSigner, read_signers, verify_message


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom the verifier knows, from elsewhere than the pack."""

    signers: tuple[AllowedSigner, ...] = ()
    authorities: tuple[cms.Certificate, ...] = ()

    @property
    def is_nobody(self) -> bool:
        """Tell whether nothing was given."""
        return not self.signers and not self.authorities


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One file of signatures, as it was found out."""

    file: str
    fault: str = ""
    """Why it is not good; empty if it is."""
    who: str = ""
    """By which key or certificate."""
    known_as: str = ""
    """Who that is, for the verifier; empty if it is unknown."""
    stamped: datetime | None = None
    """Of a time-stamp: when."""

    @property
    def words(self) -> str:
        """Say whose it is."""
        if self.stamped is not None:
            known = f", known as {self.known_as}" if self.known_as else ", an authority that was not given"
            return f"{self.file}: time-stamped {self.stamped:%Y-%m-%d %H:%M:%S} UTC by {self.who}{known}"
        return f"{self.file}: signed by {self.known_as or 'an unknown key'}, {self.who}"


def read_trusted(signers: Path | None, authorities: Path | None) -> Trusted:
    """Read whom the verifier knows from files; raise a `ConsoleError` with a remedy for a file that is none."""
    try:
        known = read_signers(signers.read_text("utf-8")) if signers else ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSignerFileError(f"{signers} cannot be read as a file of signers: {error}") from None
    return Trusted(known, cms.load_authorities(authorities) if authorities else ())


def signature_names(names: Mapping[str, object]) -> list[str]:
    """Return the files of signatures among the names of a pack, the first signature first."""
    more = [name for name in names if layout.MORE_SIGNATURES.fullmatch(name)]
    return [layout.SIGNATURE, *sorted(more)]


def signatures(files: Sequence[tuple[str, bytes]], message: bytes, trusted: Trusted) -> list[Signature]:
    """Return what each file says of `message`; certificates count at the time that was stamped, or else said."""
    stamps = {
        name: stamp
        for name, content in files
        if name.endswith(".tsr") and isinstance(stamp := _stamp(content, message), timestamp.TimeStamp)
    }
    proven = [stamp.at for stamp in stamps.values() if timestamp.is_trusted(stamp, trusted.authorities)]
    return list(_each(files, message, trusted, min(proven, default=None)))


def _each(
    files: Sequence[tuple[str, bytes]], message: bytes, trusted: Trusted, proven: datetime | None
) -> Iterator[Signature]:
    for name, content in files:
        try:
            if name.endswith(".sshsig"):
                yield _ssh(
                    name,
                    verify_message(message, content.decode("ascii", "replace"), layout.NAMESPACE),
                    trusted,
                )
            elif name.endswith(".p7s"):
                yield _certified(name, cms.verify_signed(content, message), trusted, proven)
            else:
                yield _stamped(name, timestamp.verify_answer(content, message), trusted)
        except BadSignatureError as error:
            yield Signature(file=name, fault=str(error))


def _stamp(content: bytes, message: bytes) -> timestamp.TimeStamp | None:
    try:
        return timestamp.verify_answer(content, message)
    except BadSignatureError:
        return None


def _ssh(name: str, key: VerifyKey, trusted: Trusted) -> Signature:
    known = next((each.principals for each in trusted.signers if each.allows(key, layout.NAMESPACE)), "")
    return Signature(file=name, who=f"key {key.fingerprint}", known_as=known)


def _certified(name: str, signed: cms.Signed, trusted: Trusted, proven: datetime | None) -> Signature:
    at = proven or signed.signed_at
    authority = cms.authority_of(signed, trusted.authorities, at) if at else None
    return Signature(
        file=name,
        who=f"certificate {signed.fingerprint[:16]} of {signed.subject}",
        known_as=f"{signed.subject} (vouched for by {authority.subject.rfc4514_string()})"
        if authority
        else "",
    )


def _stamped(name: str, stamp: timestamp.TimeStamp, trusted: Trusted) -> Signature:
    is_known = timestamp.is_trusted(stamp, trusted.authorities)
    return Signature(
        file=name, who=stamp.authority, known_as=stamp.authority if is_known else "", stamped=stamp.at
    )
