"""What goes into a pack: one reading cut to its scope, what people did, the proofs, and what may not be shown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from console.base.errors import ConsoleError
from console.controls.base import Control
from console.controls.duties import Duties
from console.controls.exceptions import ANY
from console.controls.history import changes
from console.domain.deed import Deed, DeedKind
from console.domain.refresh import Refresh
from console.evidence.extract import LedgerEntry, Span
from console.evidence.note import Checkpoint
from console.evidence.reading import Reading
from console.evidence.records import DEED, SEAL, TOMBSTONE, leaf_of
from console.reports import layout
from console.reports.consistency import consistency
from console.reports.content import Before, Content, Export, cited
from console.reports.deeds import deed_files
from console.reports.errors import ForeignEvidenceError
from console.reports.exhibits import Place, ShownEntry, exhibit
from console.reports.inclusion import absent_runs, inclusion
from console.reports.redact import Redactor, pack_key
from console.reports.redacted import RedactedSnapshot, Spot, learn, show, signature_words
from console.reports.redactions import redactions_json
from console.reports.scope import PackScope, Part, cut
from console.reports.wish import Turn, Wanted
from console.services import attesting, office
from console.services.assess import Assessment
from console.services.catalogues import claim_catalogue, frameworks_about
from console.vault.signing import SigningKey
from console.views.changes import ChangeRow, changes_table
from console.views.claims import Judged, claim_report
from console.views.names import account_names


class NotExportableError(ConsoleError):
    """There is no sealed refresh to export, or the assessment is of another one."""

    code = "SVC-010"
    remedy = "Let the refresh end or cancel it, judge it, and export that assessment."


STEPS = 6


def reading_within(refreshes: Sequence[Refresh], scope: PackScope) -> int | None:
    """Return the newest sealed reading within a scope's period; None if it has none, which means the newest of all."""
    if not (scope.since or scope.until):
        return None
    until = scope.until or "9999-12-31"
    within = [
        each for each in refreshes if each.finished_at and scope.since <= each.finished_at[:10] <= until
    ]
    if not within:
        raise NotExportableError(
            f"no reading ended {scope.since and f'from {scope.since} '}{scope.until and f'up to {scope.until}'}",
            remedy="Choose a period in which a refresh ended; the Compare page lists them.",
        )
    return within[-1].id


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A pack's content, and the key of its pseudonyms."""

    content: Content
    key: bytes
    redactor: Redactor
    people: tuple[Deed, ...]


def redactor_of(signer: SigningKey, wanted: Wanted, checkpoint: Checkpoint) -> tuple[Redactor, bytes]:
    """Return what redacts one pack: its key follows from the store's own signing key, so that it need not be kept."""
    key = pack_key(signer.raw, wanted.identity(checkpoint.refresh_id, checkpoint.root))
    return Redactor(wanted.profile, key), key


def gather(  # noqa: PLR0913, PLR0917 - each is another source of what a pack says
    store: Reading,
    refresh_id: int,
    assessment: Assessment,
    controls: Sequence[Control],
    wanted: Wanted,
    signer: SigningKey,
    turn: Turn = Turn(),  # noqa: B008 - frozen
) -> Gathered:
    """Return all that a pack of a refresh says; equal evidence and an equal wish give equal content."""
    snapshot, span = store.snapshot(refresh_id), store.span(refresh_id)
    if snapshot is None or span is None:
        raise NotExportableError(f"refresh {refresh_id} is not sealed")
    if assessment.refresh != snapshot.refresh:
        raise NotExportableError(f"the assessment is of another refresh than {refresh_id}")
    turn.step("Choosing what belongs to it", 0, STEPS)
    part = cut(wanted.scope, snapshot, assessment.findings, controls, claim_catalogue())
    checkpoint = next(each for each in store.checkpoints() if each.refresh_id == refresh_id)
    redactor, key = redactor_of(signer, wanted, checkpoint)
    people = People.of(store, part)
    as_of = max([snapshot.refresh.finished_at, *(deed.at for deed in people.deeds)])
    turn.step("Reading the evidence", 1, STEPS)
    chosen = _Chosen.of(store, span, part, turn)
    if not redactor.is_idle:
        learn(redactor, turn.heed(chain(chosen.entries(), people.entries)))
    judged = Judged(
        snapshot=part.snapshot,
        findings=part.findings,
        controls=part.controls,
        duties=people.duties,
        policy=assessment.policy,
        asked_at=as_of,
        earlier={each.id: each.finished_at for each in store.refreshes() if each.id < refresh_id},
    )
    report = claim_report(judged, part.catalogue)
    changed, compared_with = _changed(store, refresh_id, wanted.scope, part, controls)
    turn.step("Applying the redaction profile", 2, STEPS)
    spots: list[Spot] = []
    exhibits = exhibit(
        _shown(redactor, turn.heed(chosen.entries()), spots), cited(part.snapshot, part.findings)
    )
    deeds = [people.show(redactor, entry) for entry in people.entries]
    spots += [spot for _, found in deeds for spot in found]
    seen = RedactedSnapshot(part.snapshot, redactor) if not redactor.is_idle else part.snapshot
    findings = redactor.objects(part.findings)
    for finding in findings:
        if not exhibits.places.keys() >= set(finding.evidence):
            raise ForeignEvidenceError(
                f"a finding of {finding.control_id} rests on evidence of another refresh"
            )
    places = {**exhibits.places, **_deed_places(deeds)}
    turn.step("Proving that it is in the ledger", 3, STEPS)
    content = Content(
        scope=redactor.objects(wanted.scope),
        profile=wanted.profile,
        as_of=as_of,
        snapshot=seen,
        findings=findings,
        controls=part.controls,
        policy=assessment.policy,
        exhibits=exhibits,
        checkpoint=checkpoint,
        inclusion=inclusion(span.first, span.last, store.tree_before(span.first), absent_runs(chosen.leaves)),
        consistency=consistency(store, checkpoint),
        judged=replace(judged, snapshot=seen, findings=findings, duties=redactor.objects(people.duties)),
        report=redactor.objects(report),
        frameworks=frameworks_about(part.catalogue),
        deeds=deed_files([entry for entry, _ in deeds], span.last, store.inclusion_proof),
        redactions=lambda: redactions_json(redactor, places, spots),
        changed=redactor.objects(changed),
        compared_with=compared_with,
        before=_before(store, wanted, refresh_id),
        export=Export(
            organisation_name=wanted.organisation_name,
            purpose=wanted.purpose,
            tool=wanted.tool,
            fingerprint=signer.public.fingerprint,
        ),
    )
    return Gathered(content=content, key=key, redactor=redactor, people=people.deeds)


def _shown(redactor: Redactor, entries: Iterable[LedgerEntry], spots: list[Spot]) -> Iterator[ShownEntry]:
    """Yield entries as the profile shows them, one at a time, and note where something was replaced."""
    for entry in entries:
        made, found = show(redactor, entry)
        spots += found
        yield made


def packed_deeds(store: Reading) -> list[Deed]:
    """Return the register of packs, oldest first."""
    return [deed for deed in store.deeds() if deed.kind is DeedKind.PACK]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What people did, as far as it bears on a pack."""

    entries: tuple[LedgerEntry, ...]
    deeds: tuple[Deed, ...]
    duties: Duties

    @classmethod
    def of(cls, store: Reading, part: Part) -> "People":
        """Return the deeds of a store that are about a part of a reading; the register of packs is not among them."""
        deeds = [deed for deed in store.deeds() if deed.kind is not DeedKind.PACK and _bears(deed, part)]
        numbers = {deed.sequence for deed in deeds}
        entries = [
            each
            for each in store.deed_entries()
            if each.statement["key"] != DeedKind.PACK.value
            and (int(each.statement["sequence"]) in numbers or (each.body is None and part.scope.is_whole))
        ]
        duties = office.gather(_Deeds(deeds, store.guidance_text))
        return cls(entries=tuple(entries), deeds=tuple(deeds), duties=duties)

    def show(self, redactor: Redactor, entry: LedgerEntry) -> tuple[ShownEntry, list[Spot]]:
        """Return a deed as a profile shows it; of a signed one that was changed it says whether the signature held."""
        made, spots = show(redactor, entry)
        if not made.is_redacted:
            return made, spots
        number = int(entry.statement["sequence"])
        deed = next((each for each in self.deeds if each.sequence == number), None)
        is_signed = deed is not None and bool(signature_words(deed.kind.value, ""))
        problem = attesting.verify_deed(deed) if deed is not None and is_signed else ""
        words = signature_words(deed.kind.value, problem) if deed is not None else {}
        return replace(made, statement={**made.statement, **words}), spots


class _Deeds:
    """Deeds where `office.gather` reads them."""

    def __init__(self, deeds: Sequence[Deed], text: Callable[[str], str | None]) -> None:
        self._deeds = deeds
        self._text = text

    def deeds(self) -> Sequence[Deed]:
        """Return the deeds."""
        return self._deeds

    def guidance_text(self, text_sha256: str) -> str | None:
        """Return the text of an edition of the guidance."""
        return self._text(text_sha256)


def _bears(deed: Deed, part: Part) -> bool:
    """Tell whether a deed bears on the accounts, controls and claims of a part."""
    body = deed.body
    if deed.kind is DeedKind.DELETION and not part.scope.is_whole:
        return False
    if "account_id" in body and part.accounts is not None and body["account_id"] not in (ANY, *part.accounts):
        return False
    if "control" in body and body["control"] not in {control.id for control in part.controls}:
        return False
    said = body.get("attestation")
    if isinstance(said, Mapping):
        about = set(said["accounts"])
        is_about = part.accounts is None or not about or bool(about & part.accounts)
        return is_about and bool({claim.id for claim in part.catalogue.claims} & set(said["claims"]))
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The entries of a refresh that go into a pack, and of all of them the leaf and whether it does.

    Entries are read again each time that they are wanted: held as values, those of a large reading are most of the
    memory that a pack takes.
    """

    store: Reading
    span: Span
    part: Part
    erased: frozenset[str]
    """Bodies that were erased from what goes, by hash."""
    leaves: tuple[tuple[int, bytes, bool], ...]

    @classmethod
    def of(cls, store: Reading, span: Span, part: Part, turn: Turn) -> "_Chosen":
        """Read the ledger once for its leaves, and for which tombstones belong to what goes."""
        erased: set[str] = set()
        listed: list[tuple[int, bytes, bool, str]] = []
        for entry in turn.heed(store.ledger(span)):
            said = entry.statement
            number, is_tombstone = int(said["sequence"]), said["type"] == TOMBSTONE
            is_seen = _is_seen(entry, number, part)
            if is_seen and entry.body is None:
                erased.add(str(said["body_sha256"]))
            key = str(said["key"]) if is_tombstone else ""
            listed.append((number, leaf_of(said), is_seen or said["type"] == SEAL, key))
        return cls(
            store=store,
            span=span,
            part=part,
            erased=frozenset(erased),
            leaves=tuple(
                (number, leaf, goes or key in erased)
                for number, leaf, goes, key in listed
                if number <= span.last
            ),
        )

    def entries(self) -> Iterator[LedgerEntry]:
        """Yield the entries that go, in their order."""
        for entry in self.store.ledger(self.span):
            said = entry.statement
            is_tombstone = said["type"] == TOMBSTONE and str(said["key"]) in self.erased
            if is_tombstone or said["type"] == SEAL or _is_seen(entry, int(said["sequence"]), self.part):
                yield entry


def _is_seen(entry: LedgerEntry, number: int, part: Part) -> bool:
    said = entry.statement
    if said["type"] in (SEAL, TOMBSTONE, DEED):
        return False
    return part.holds(str(said["kind"]), str(said["account_id"]), number)


def _changed(
    store: Reading, refresh_id: int, scope: PackScope, part: Part, controls: Sequence[Control]
) -> tuple[tuple[ChangeRow, ...], str]:
    """Return what changed since the reading to compare with, and when that ended."""
    earlier = [each for each in store.refreshes() if each.id < refresh_id and each.finished_at]
    packed = {
        int(deed.body["refresh"]) for deed in packed_deeds(store) if deed.body["scope"] == scope.document()
    }
    if scope.since:
        earlier = [each for each in earlier if each.finished_at[:10] < scope.since] or earlier[:1]
    elif packed & {each.id for each in earlier}:
        earlier = [each for each in earlier if each.id in packed]
    for refresh in reversed(earlier):
        kept = store.assessment(refresh.id)
        if kept is None:
            continue
        chosen = {control.id for control in part.controls}
        grains = {(each.control_id, each.scope.account_id) for each in part.findings}
        before = [
            each
            for each in kept.findings
            if each.control_id in chosen
            and (
                part.accounts is None
                or each.scope.account_id in part.accounts
                or (each.control_id, each.scope.account_id) in grains
            )
        ]
        found = changes(before, part.findings)
        names = account_names(part.snapshot)
        table = changes_table(found, part.snapshot, controls, names, refresh.started_at)
        return table.rows, refresh.finished_at
    return (), ""


def _before(store: Reading, wanted: Wanted, refresh_id: int) -> Before | None:
    """Return the last pack of the same scope that was made of an earlier reading."""
    for deed in reversed(packed_deeds(store)):
        said: Mapping[str, Any] = deed.body
        if said["scope"] == wanted.scope.document() and int(said["refresh"]) < refresh_id:
            return Before(pack_id=said["pack"], as_of=said["as_of"], claims=said["claims"])
    return None


def _deed_places(deeds: Sequence[tuple[ShownEntry, list[Spot]]]) -> dict[int, Place]:
    return {
        int(entry.statement["sequence"]): Place(layout.DEEDS, number)
        for number, (entry, _) in enumerate(deeds, 1)
    }
