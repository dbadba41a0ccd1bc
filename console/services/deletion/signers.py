"""Whose signing key is whose: the department's register, in the form that `ssh-keygen -Y verify` reads."""

from pathlib import Path

from console.deletion.errors import UnknownSignerError
from console.vault.signed_record import CERTIFICATE, DELETION
from console.vault.signing import SigningKey, VerifyKey
from console.vault.sshsig import AllowedSigner, read_signers


def line_of(identity: str, key: VerifyKey) -> str:
    """Return the line by which a person's key is registered for deletions."""
    return AllowedSigner(identity, key, (DELETION, CERTIFICATE)).line()


class Register:
    """The keys that count, each with the identities that it may sign as."""

    def __init__(self, signers: tuple[AllowedSigner, ...], own: SigningKey) -> None:
        self._signers = signers
        self._own = own.public

    @classmethod
    def read(cls, path: str, own: SigningKey) -> "Register":
        """Read the file that the settings name; without one only this console's own key is known."""
        if not path:
            return cls((), own)
        try:
            text = Path(path).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UnknownSignerError(
                f"the file of allowed signers {path} cannot be read: {error}",
                remedy="Correct `deletion.allowed_signers` in the settings.",
            ) from None
        return cls(read_signers(text), own)

    def check(self, key: str, identity: str, whose: str) -> None:
        """Return if a key may sign as an identity; this console's own may, as whoever is signed in."""
        if key == self._own.openssh:
            return
        lines = [each for each in self._signers if each.key.openssh == key]
        if not lines:
            raise UnknownSignerError(f"{whose}: the key is not registered")
        if not any(
            identity in each.principals.split(",") and each.allows(each.key, DELETION) for each in lines
        ):
            raise UnknownSignerError(f"{whose}: the key is not registered for {identity}")
