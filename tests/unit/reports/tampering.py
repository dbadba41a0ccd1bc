"""Packs with one fault: changed as an outsider would, or by somebody who holds a key and signs again."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.reports import layout
from console.reports.bag import DATA, INFO, TAG_MANIFEST, bag
from console.reports.pack import allowed_signers
from console.reports.verify import Verification, verify_pack
from console.reports.zipform import write_zip
from console.vault.signing import SigningKey
from console.vault.sshsig import sign_message
from unit.reports.estate import SIGNER

PAYLOAD = f"{layout.BAG}{DATA}"
EVIDENCE = f"{PAYLOAD}evidence/"


@dataclass
class Made:
    """The files of a pack by their path in the zip."""

    files: dict[str, bytes]
    folder: Path

    @classmethod
    def of(cls, pack: Path, folder: Path) -> "Made":
        with zipfile.ZipFile(pack) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()}, folder)

    def sealed_again(self, signer: SigningKey = SIGNER) -> "Made":
        """Make every manifest and the signature fit the payload again, as whoever holds a key can."""
        payload = {
            name.removeprefix(PAYLOAD): held for name, held in self.files.items() if name.startswith(PAYLOAD)
        }
        info = [
            tuple(line.split(": ", 1))
            for line in self.files[f"{layout.BAG}{INFO}"].decode().splitlines()
            if not line.startswith("Payload-Oxum")
        ]
        bagged = {f"{layout.BAG}{name}": held for name, held in bag(payload, info).items()}
        return Made({**self.files, **bagged}, self.folder).signed_again(signer)

    def signed_again(self, signer: SigningKey = SIGNER) -> "Made":
        """Sign whatever the tag manifest is."""
        message = self.files[f"{layout.BAG}{TAG_MANIFEST}"]
        armoured = sign_message(message, signer, layout.NAMESPACE).encode()
        return Made({**self.files, layout.SIGNATURE: armoured}, self.folder)

    def change(self, name: str, change: Callable[[bytes], bytes]) -> "Made":
        return Made({**self.files, name: change(self.files[name])}, self.folder)

    def change_json(self, name: str, change: Callable[[Any], object]) -> "Made":
        """Change a JSON file of the payload in place, in the form it was written in."""

        def rewritten(text: bytes) -> bytes:
            said = json.loads(text)
            change(said)
            return (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()

        return self.change(f"{PAYLOAD}{name}", rewritten)

    def without(self, name: str) -> "Made":
        return Made({each: held for each, held in self.files.items() if each != name}, self.folder)

    def with_file(self, name: str, held: bytes = b"x\n") -> "Made":
        return Made({**self.files, name: held}, self.folder)

    def write(self) -> Path:
        path = self.folder / "tampered.zip"
        path.write_bytes(b"".join(write_zip(self.files)))
        return path

    def verify(self) -> Verification:
        return verify_pack(self.write(), allowed_signers=signers_file(self.folder))


def signers_file(folder: Path, signer: SigningKey = SIGNER) -> Path:
    path = folder / "signers"
    path.write_bytes(allowed_signers(signer))
    return path


def failed(verification: Verification) -> dict[str, str]:
    """Return what did not pass, with its words."""
    return {each.name: each.detail for each in verification.checks if not each.passed}
