"""Evidence without what a profile does not show: ledger entries, deeds and the snapshot, all by the same pseudonyms."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.base.canonical import canonical
from console.domain.deed import DeedKind
from console.domain.evidence import Fact, Gap, Provenance, Snapshot
from console.domain.refresh import Refresh, Step
from console.domain.scope import Scope
from console.evidence.extract import LedgerEntry
from console.evidence.records import DEED, SEAL, TOMBSTONE, leaf_of
from console.reports.exhibits import ShownEntry, shown
from console.reports.redact import WITHHELD, Redactor
from console.reports.redaction_rules import WRITTEN, Category

_TEXTS = ("account_id", "basis", "caller", "key", "parameters")
_SECRET = ("body_sha256", "salt")
"""From either a short body could be guessed."""
_SIGNATURE = "signature"
"""Over a record that names a person: whoever guesses the name can try it against the signature."""
_OF_A_COUNT = frozenset(
    {
        *("id", "question", "engine", "account_id", "region", "first_day", "last_day", "columns"),
        *("query_sha256", "bytes_scanned", "bytes_estimated", "bytes_agreed"),
    }
)
"""What is shown to everybody of something that AWS counted: what was asked. The answer is evidence, as facts are."""
_WHOLE_REFRESH = "content_root"
"""A hash over all that was seen, without salts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in an entry where something was replaced."""

    sequence: int
    pointer: str
    """JSON pointer (RFC 6901) from the line's own object."""
    shown: str
    """What stands there now."""


def learn(redactor: Redactor, entries: Iterable[LedgerEntry]) -> None:
    """Know the names that stand in entries before any of them is redacted."""
    if redactor.is_idle:
        return
    for entry in entries:
        said = entry.statement
        redactor.learn_from({"caller": said["caller"], "key": said["key"]})
        if said["type"] == DEED:
            redactor.learn_from({"by": said["caller"]})
        if entry.body is not None:
            redactor.learn_from(json.loads(entry.body), str(said["kind"]))


def show(redactor: Redactor, entry: LedgerEntry) -> tuple[ShownEntry, list[Spot]]:
    """Return an entry as the profile shows it, and where something was replaced."""
    if redactor.is_idle:
        return shown(entry), []
    said = entry.statement
    statement, spots = _statement(redactor, entry)
    body, is_withheld = entry.body, False
    if entry.body is not None:
        is_withheld = redactor.is_public and said["type"] not in (SEAL, DEED)
        if is_withheld:
            body = None
        else:
            value, found = redactor.json(
                _bare(redactor, said["type"], json.loads(entry.body)), str(said["kind"])
            )
            spots += [(f"/body{pointer}", made) for pointer, made in found]
            body = canonical(value)
    is_whole = (
        statement == said and body == entry.body and said["type"] != TOMBSTONE and entry.body is not None
    )
    if is_whole:
        return shown(entry), []
    left = {name: value for name, value in statement.items() if name not in _SECRET}
    if entry.body is None:
        left["body_sha256"] = redactor.whole(Category.DIGEST, str(said["body_sha256"]))
    number = int(said["sequence"])
    return (
        ShownEntry(statement=left, body=body, leaf=leaf_of(said), is_withheld=is_withheld),
        [Spot(sequence=number, pointer=pointer, shown=made) for pointer, made in spots],
    )


def _statement(redactor: Redactor, entry: LedgerEntry) -> tuple[dict[str, str | int], list[tuple[str, str]]]:
    said = dict(entry.statement)
    for name in _TEXTS:
        text = str(said.get(name, ""))
        if text:
            said[name] = _member(redactor, entry, name, text)
    said["request_id"] = redactor.whole(Category.REQUEST, str(said["request_id"]))
    found = [
        (f"/redacted/{name}", str(value)) for name, value in said.items() if value != entry.statement[name]
    ]
    return said, found


def _member(redactor: Redactor, entry: LedgerEntry, name: str, text: str) -> str:
    said = entry.statement
    if name == "key" and said["type"] == TOMBSTONE:
        return redactor.whole(Category.DIGEST, text)
    if name == "caller" and said["type"] == DEED:
        return redactor.whole(Category.PERSON, text)
    if name == "parameters" and redactor.is_public and text != "{}":
        return json.dumps(WITHHELD)
    if name == "key" and redactor.is_public and said["type"] != DEED:
        return redactor.subject(text, f"{said['account_id']}/{said['region']}")
    return redactor.text(text)


def _bare(redactor: Redactor, type_: object, body: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a body without what a value that is not shown could be guessed from, and without what people wrote."""
    if type_ == SEAL:
        return {name: value for name, value in body.items() if name != _WHOLE_REFRESH}
    if type_ != DEED:
        return body
    if redactor.is_public and "question" in body:
        shown_anyway = {name: value for name, value in body.items() if name in _OF_A_COUNT}
        return {**shown_anyway, "rows": [], "problem": WITHHELD}
    if redactor.is_public and isinstance(body.get("subject"), str):
        place = f"{body.get('account_id')}/{body.get('region')}"
        body = {**body, "subject": redactor.subject(body["subject"], place)}
    return _unwritten(redactor, body)


def _unwritten(redactor: Redactor, value: Any) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, dict):
        return value
    return {
        name: WITHHELD
        if name == _SIGNATURE or (redactor.is_public and name in (*WRITTEN, "name") and isinstance(each, str))
        else _unwritten(redactor, each)
        for name, each in value.items()
    }


def signature_words(kind: str, problem: str) -> dict[str, str]:
    """Return what a redacted deed says of its signature, which nobody else can verify any more."""
    signed = (DeedKind.ATTESTATION.value, DeedKind.COUNTERSIGNATURE.value)
    return {"signature": problem or "good"} if kind in signed else {}


class RedactedSnapshot:
    """A snapshot without what a profile does not show."""

    def __init__(self, whole: Snapshot, redactor: Redactor) -> None:
        self._whole = whole
        self._redactor = redactor

    @property
    def refresh(self) -> Refresh:
        """The refresh, without names and without the hash over all that was seen."""
        found: Refresh = self._redactor.objects(self._whole.refresh)
        return replace(found, content_root="")

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        """Return the facts of a kind; `scope` is one of those that this snapshot shows."""
        made = (self._fact(each) for each in self._whole.facts(kind))
        return tuple(each for each in made if scope in (None, each.scope))

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        """Return the gaps, of one kind and scope or of all."""
        made = (self._gap(each) for each in self._whole.gaps(kind))
        return tuple(each for each in made if scope in (None, each.scope))

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        """Return the plan."""
        return tuple(replace(each, scope=self._scope(each.scope)) for each in self._whole.steps(kind))

    def _fact(self, fact: Fact) -> Fact:
        payload, _ = self._redactor.json(fact.payload, fact.kind)
        return replace(
            fact,
            key=self._key(fact),
            scope=self._scope(fact.scope),
            payload=payload,
            provenance=self._provenance(fact.provenance),
        )

    def _gap(self, gap: Gap) -> Gap:
        return replace(
            gap,
            key=self._key(gap),
            scope=self._scope(gap.scope),
            detail=WITHHELD if self._redactor.is_public else self._redactor.text(gap.detail),
            provenance=self._provenance(gap.provenance),
        )

    def _key(self, seen: Fact | Gap) -> str:
        is_named = self._redactor.is_public and bool(seen.key)
        return (
            self._redactor.subject(seen.key, str(seen.scope)) if is_named else self._redactor.text(seen.key)
        )

    def _scope(self, scope: Scope) -> Scope:
        return Scope(self._redactor.text(scope.account_id), scope.region)

    def _provenance(self, said: Provenance) -> Provenance:
        return replace(
            said,
            caller=self._redactor.text(said.caller),
            parameters=WITHHELD if self._redactor.is_public else self._redactor.text(said.parameters),
            request_id=self._redactor.whole(Category.REQUEST, said.request_id),
        )
