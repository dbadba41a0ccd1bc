"""CloudTrail's signed digests in a pack: as files that `openssl` verifies, held to AWS's keys when a pack is verified.

A folder for each key: the key, and of each digest that it signed the digest itself, what its signature is over, and the
signature. A pack in which something is redacted holds none: a digest with a word replaced is no digest.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator

from console.domain.evidence import Snapshot
from console.reports import bag, layout
from console.reports.opened import FaultError, OpenPack
from console.reports.redaction_rules import Profile
from console.vault.digest_chain import BadDigestError, Chained, Digest, check_chain, read_digest
from console.vault.rsa import as_pem, is_pem, is_rsa_key, pem_der, rsa_key
from console.views.names import count_words

_KIND, _KEYS = "s3.cloudtrail_digest", "cloudtrail.public_key"
_FINGERPRINT = re.compile(r"[0-9a-f]{16,64}")
_NAME = re.compile(r"[\w.-]{1,200}")
_PEM = "key.pem"
_SAID = 3


def digest_files(snapshot: Snapshot, profile: Profile) -> dict[str, bytes]:
    """Return the files of a reading's digests by path below `data/`; none where something is redacted."""
    if profile is not Profile.INTERNAL:
        return {}
    files: dict[str, bytes] = {}
    for digest in _held(snapshot):
        name = digest.key.rpartition("/")[2].removesuffix(".gz")
        if not (_NAME.fullmatch(name) and _FINGERPRINT.fullmatch(digest.fingerprint)):
            continue
        path = f"{layout.DIGESTS}{digest.fingerprint}/{name}"
        files |= {path: digest.content, f"{path}.signed": digest.signed, f"{path}.sig": digest.signature}
    wanted = {path.split("/")[1] for path in files}
    return files | {
        f"{layout.DIGESTS}{name}/{_PEM}": as_pem(rsa_key(der))
        for name, der in _keys(snapshot).items()
        if name in wanted and is_rsa_key(der)
    }


def _held(snapshot: Snapshot) -> Iterator[Digest]:
    for fact in snapshot.facts(_KIND):
        try:
            content, signature = fact.payload["Content"].encode(), bytes.fromhex(fact.payload["Signature"])
            yield read_digest(content, signature)
        except (BadDigestError, KeyError, ValueError, AttributeError):
            continue


def _keys(snapshot: Snapshot) -> dict[str, bytes]:
    found = {}
    for fact in snapshot.facts(_KEYS):
        try:
            found[str(fact.payload["Fingerprint"])] = b64decode(str(fact.payload["Value"]), validate=True)
        except (KeyError, binascii.Error):
            continue
    return found


def has_digests(pack: OpenPack) -> bool:
    """Tell whether a pack holds digests."""
    return any(name.startswith(_below()) for name in pack.entries)


def check_digests(pack: OpenPack) -> tuple[bool, str]:
    """Tell whether every digest is what CloudTrail signed, over the one before, and say so in words.

    That one is not is no fault of the pack: it was kept as it was found.
    """
    found = chain_of(pack)
    said = (
        f"{count_words(found.digests, 'digest', 'digests')} over {count_words(found.logs, 'log file', 'log files')}"
        f" in {count_words(found.chains, 'chain', 'chains')}"
    )
    if found.faults:
        more = f" and {len(found.faults) - _SAID:,} more" if len(found.faults) > _SAID else ""
        return False, f"{said}; as they were read at AWS: {'; '.join(found.faults[:_SAID])}{more}"
    if found.unproven:
        return False, f"{said}; the public keys of {len(found.unproven):,} of them were not read"
    return True, f"{said}: each is what CloudTrail signed, over the one before"


def chain_of(pack: OpenPack) -> Chained:
    """Read the digests of a pack and hold them to each other; raise `FaultError` for files that are none."""
    below = _below()
    names = sorted(name for name in pack.entries if name.startswith(below))
    digests, keys = [], {}
    for name in names:
        if name.endswith(f"/{_PEM}"):
            content = pack.read(name)
            if not is_pem(content):
                raise FaultError(f"{name} is no public key")
            keys[name.removeprefix(below).partition("/")[0]] = pem_der(content)
        elif name.endswith(".json"):
            try:
                digest = read_digest(pack.read(name), pack.read(f"{name}.sig"))
            except BadDigestError as error:
                raise FaultError(f"{name}: {error}") from None
            if pack.read(f"{name}.signed") != digest.signed:
                raise FaultError(f"{name}.signed is not what its signature is over")
            digests.append(digest)
    return check_chain(digests, keys)


def _below() -> str:
    return f"{layout.BAG}{bag.DATA}{layout.DIGESTS}"
