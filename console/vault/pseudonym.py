"""Pseudonyms of the people whose data a request is about: keyed, so that nobody else can try names until one fits.

The key follows from the console's signing key and is kept nowhere. The same person has the same pseudonym on this
console, so that two requests of theirs are seen to be two; on another console they have another.
"""

import hashlib
import unicodedata

from console.vault.signing import SigningKey

_PURPOSE = b"bedrock-console subject pseudonym 1"
_BYTES = 10


def pseudonym(identity: str, signer: SigningKey) -> str:
    """Return the pseudonym of an identity; case, white space and the form of its accents do not count."""
    words = " ".join(unicodedata.normalize("NFKC", identity).casefold().split())
    key = hashlib.sha256(signer.sign(_PURPOSE)).digest()
    return f"S-{hashlib.blake2b(words.encode(), key=key, digest_size=_BYTES).hexdigest()}"
