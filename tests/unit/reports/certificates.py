"""Authorities, officers and a time-stamp authority, made for tests with stock `openssl`."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

_TSA = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
"""
_ISSUED = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage={usage}\n"


@dataclass(frozen=True)
class Authority:
    """A folder with `ca.pem`, officers' `NAME.pem`, `NAME.key` and `NAME.p12`, and a time-stamp authority."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def officer(self, name: str, *, key: str = "ec", days: int = 365, usage: str = "emailProtection") -> Path:
        """Issue a certificate; return the PKCS#12 file, whose passphrase is `secret`."""
        kind = (
            ["-newkey", "rsa:2048"]
            if key == "rsa"
            else ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        )
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(_ISSUED.format(usage=usage))
        self.run(
            "req",
            "-new",
            *kind,
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            f"/CN={name}",
        )
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", str(days))
        self.run(
            "x509", "-req", "-in", f"{name}.csr", *signed, "-extfile", str(extensions), "-out", f"{name}.pem"
        )
        bundle = ("-inkey", f"{name}.key", "-in", f"{name}.pem", "-certfile", "ca.pem")
        self.run("pkcs12", "-export", *bundle, "-out", f"{name}.p12", "-passout", "pass:secret")
        return self.folder / f"{name}.p12"

    def stamp(self, query: Path, answer: Path) -> None:
        """Answer a query as a time-stamp authority does."""
        config = self.folder / "tsa.cnf"
        if not config.exists():
            self.officer("tsa", usage="critical,timeStamping")
            config.write_text(_TSA.format(folder=self.folder))
            (self.folder / "serial").write_text("01\n")
        self.run("ts", "-reply", "-config", str(config), "-queryfile", str(query), "-out", str(answer))

    def run(self, *arguments: str) -> str:
        made = subprocess.run(
            ["openssl", *arguments], cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )
        assert made.returncode == 0, made.stderr
        return made.stdout


def make_authority(folder: Path, name: str = "Authority") -> Authority:
    folder.mkdir(parents=True, exist_ok=True)
    made = Authority(folder)
    made.run(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out",
        "ca.pem", "-days", "3650", "-subj", f"/CN={name}",
    )  # fmt: skip
    return made
