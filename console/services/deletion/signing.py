"""Records about a request: signed by this console's key, verified whoever signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from console.base.clock import stamp
from console.deletion.case import Entry, What
from console.deletion.errors import BadRequestError
from console.deletion.people import canonical_identity
from console.deletion.records import FORMAT, Body, entry_of
from console.domain.deed import Deed, DeedKind
from console.vault.signed_record import DELETION, record_id, sign_record, verify_record
from console.vault.signing import BadSignatureError, SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs, as what, when."""

    person: str
    """Their name, as they give it."""
    caller: str
    """The ARN that `sts:GetCallerIdentity` gives now."""
    signer: SigningKey = field(repr=False)
    now: datetime

    @property
    def identity(self) -> str:
        """The identity behind the caller."""
        return canonical_identity(self.caller)

    @property
    def key(self) -> str:
        """The public key in OpenSSH's form."""
        return self.signer.public.openssh

    def body(self, what: What, request_id: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return a signed record; that of a new request names no request, which gets its id from it."""
        if not self.person.strip():
            raise BadRequestError("it is not said who does it", remedy="Give your name in --person.")
        record = {
            "format": FORMAT,
            "what": what.value,
            "request": request_id,
            "person": self.person.strip(),
            "identity": self.identity,
            "caller": self.caller,
            "at": stamp(self.now),
            "key": self.key,
            "said": dict(said),
        }
        if what is What.REQUEST:
            record["request"] = record_id("DR", record)
        return {
            "record": record,
            "signature": sign_record(record, self.signer, DELETION),
            "fingerprint": self.signer.public.fingerprint,
        }


def problem_of(body: Body) -> str:
    """Return why a record's signature does not count; empty if it does."""
    try:
        key = verify_record(body["record"], body["signature"], DELETION)
    except BadSignatureError as error:
        return str(error)
    if body["fingerprint"] != key.fingerprint:
        return "it names another key than the one that signed"
    record = body["record"]
    if record["what"] == What.REQUEST.value and record["request"] != record_id(
        "DR", {**record, "request": ""}
    ):
        return "its id is another request's"
    return ""


def entries_of(deeds: list[Deed]) -> list[Entry]:
    """Return the records about requests among deeds, verified; a deed that is none has been tampered with."""
    return [
        entry_of(each.body, problem_of, each.sequence) for each in deeds if each.kind is DeedKind.DELETION
    ]
