"""A pack opened as if it were the store: the whole window, read-only, on what the pack holds; no store, no AWS.

What is shown is what was signed: a pack of which anything but the signer is in doubt is not opened at all, because a
window full of tables looks right whatever a line above it says. A pack that is intact and signed by nobody whom the
reader knows is opened, and the banner says so all the time.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from console.base.clock import parse_stamp
from console.base.errors import ConsoleError
from console.base.settings import Settings, settings_of
from console.controls.base import Control, Grain, Severity, Verdict
from console.domain.deed import Deed, DeedKind
from console.domain.evidence import Fact, Gap, GapReason, Provenance, Snapshot
from console.domain.finding import Finding
from console.domain.refresh import Refresh, RefreshState, Step, StepState
from console.domain.scope import Scope
from console.domain.selection import Selection
from console.evidence.records import DEED_KIND, FACT, GAP
from console.reports import bag, layout
from console.reports.errors import UnopenablePackError
from console.reports.exhibits import Exhibit
from console.reports.opened import FaultError, OpenPack
from console.reports.redact import MEANINGS, Profile
from console.reports.scope import PackScope
from console.reports.signatures import Trusted
from console.reports.verify import Verification, verify_pack
from console.reports.wish import Turn, Wanted
from console.reports.zipform import walk_zip
from console.services import attesting
from console.services.assess import Assessment, policy_of
from console.services.latest import Latest
from console.services.office import Office, gather
from console.views.names import when_words
from console.views.text import inert

_FILE = re.compile(r"signatures/\S+: ")
"""Where a signature lies, which a reader of the banner need not know."""


class ReadOnlyPackError(ConsoleError):
    """Something was to be done that a pack cannot bear."""

    code = "SVC-028"
    remedy = "Do this in the department's own store; a pack is only read."


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSnapshot:
    """The reading that a pack holds."""

    refresh: Refresh
    by_kind: Mapping[str, tuple[Fact, ...]]
    missing: tuple[Gap, ...]
    plan: tuple[Step, ...]

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        """Return the facts of a kind, of one scope or of all, ordered by scope and key."""
        return tuple(each for each in self.by_kind.get(kind, ()) if scope in (None, each.scope))

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> Sequence[Gap]:
        """Return the gaps, of one kind and scope or of all."""
        return tuple(
            each for each in self.missing if kind in (None, each.kind) and scope in (None, each.scope)
        )

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        """Return the plan, as far as it is in the pack."""
        return tuple(each for each in self.plan if kind in (None, each.kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDesk:
    """What the window works with while it shows a pack."""

    settings: Settings
    store_path: Path
    """The pack."""
    controls: tuple[Control, ...]
    """Those that the pack was judged with."""
    banner: str
    """Whose evidence it is, of when, and whether it was verified."""
    verification: Verification
    found: Latest
    deeds: "PackDeeds"
    states: Mapping[str, str]
    observations: Mapping[int, Fact | Gap] = field(repr=False)

    def latest(self, refresh_id: int | None = None) -> Latest:  # noqa: ARG002 - there is one
        """Return the one reading that there is."""
        return self.found

    def observation(self, sequence: int) -> Fact | Gap:
        """Return one observation; raise `ReadOnlyPackError` if the pack does not hold it."""
        if sequence not in self.observations:
            raise ReadOnlyPackError(
                f"observation {sequence} is not in this pack", remedy="Ask the department for a wider pack."
            )
        return self.observations[sequence]

    def claims(self) -> Mapping[str, str]:
        """Return each claim's state over all that the pack is about, as the pack says it."""
        return self.states

    def unfinished(self) -> bool:
        """Tell that nothing is to be resumed."""
        return False

    @property
    def office(self) -> Office:
        """What officers do, of which a pack bears only the reading."""
        return Office(
            reading=lambda: self.deeds,
            writing=_refuse_to_write,
            signer=_refuse,
            controls=self.controls,
            clock=lambda: parse_stamp(self.found.asked_at),
        )

    def refresh_call(self, *, resume: bool) -> NoReturn:
        """Refuse: a pack is not refreshed."""
        _refuse(resume)

    def sign_in_call(self) -> NoReturn:
        """Refuse: nobody signs in to a pack."""
        _refuse()

    def read_event(self, line: str) -> NoReturn:
        """Refuse: there is no child process."""
        raise ValueError(line)

    def export_pack(
        self,
        to: Path,
        *,
        wanted: Wanted | None = None,
        refresh_id: int | None = None,
        by: str = "",
        turn: Turn | None = None,
    ) -> NoReturn:
        """Refuse: a pack is handed on as it is."""
        _refuse(to, wanted, refresh_id, by, turn)

    def preview_pack(self, wanted: Wanted, refresh_id: int | None = None) -> NoReturn:
        """Refuse: a pack is handed on as it is."""
        _refuse(wanted, refresh_id)

    def packs(self) -> list[Deed]:
        """Return no register: it is in the department's store."""
        return []

    def close(self) -> None:
        """Do nothing: all of it is in memory."""


@dataclass(frozen=True, slots=True)
class PackDeeds:
    """What people did, as the pack holds it."""

    held: tuple[Deed, ...]

    def deeds(self) -> Sequence[Deed]:
        """Return the deeds, oldest first."""
        return self.held

    def guidance_text(self, _text_sha256: str) -> None:
        """Return nothing: the guidance's text is in no pack."""


def open_pack(path: Path, *, signers: Path | None = None, authorities: Path | None = None) -> PackDesk:
    """Return a pack for the window; raise `UnopenablePackError` if it is not what was signed."""
    verification = verify_pack(path, allowed_signers=signers, authorities=authorities)
    if not verification.is_intact:
        wrong = [each for each in verification.checks if each.passed is False and each.name != "signer"]
        raise UnopenablePackError(f"{path.name} is not opened: {wrong[0].name}: {wrong[0].detail}")
    with path.open("rb") as stream:
        pack = OpenPack(stream, walk_zip(stream, path.stat().st_size), Trusted())
        try:
            return _desk(path, pack, verification)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, FaultError) as error:
            raise UnopenablePackError(
                f"{path.name} verifies and is not in a form that this build shows: {error}",
                remedy="Open it with the version that made it, which bag-info.txt names.",
            ) from None


def _desk(path: Path, pack: OpenPack, verification: Verification) -> PackDesk:
    said = pack.document(layout.ASSESSMENT)
    info = _info(pack)
    refresh = _refresh(said["refresh"])
    observations = {each.sequence: each for each in map(_observation, pack.exhibits()) if each is not None}
    deeds, problems = _deeds(pack)
    observations |= {deed.sequence: _of_deed(deed) for deed in deeds}
    held = PackDeeds(tuple(deeds))
    snapshot = _snapshot(refresh, said["steps"], observations.values())
    assessment = Assessment(
        refresh=refresh,
        findings=tuple(_finding(each) for each in said["findings"]),
        assessed_at=said["as_of"],
        policy=policy_of(json.dumps(said["policy"])),
    )
    latest = Latest(
        snapshot,
        assessment,
        gather(held, lambda deed: _problem(deed, problems)),
        said["as_of"],
        readings=(refresh,),
        reading=lambda asked: snapshot if asked == refresh.id else None,
        completeness=lambda: {refresh.id: _counted(snapshot)},
    )
    return PackDesk(
        settings=settings_of(
            {"organisation_name": info.get("Source-Organization", ""), "policy": said["policy"]}
        ),
        store_path=path,
        controls=tuple(_control(each) for each in said["controls"]),
        banner=_banner(path, info, said, verification),
        verification=verification,
        found=latest,
        deeds=held,
        states={each["id"]: each["state"] for each in pack.document(layout.CLAIMS_JSON)["claims"]},
        observations=observations,
    )


def _banner(path: Path, info: Mapping[str, str], said: Mapping[str, Any], verification: Verification) -> str:
    whose = info.get("Source-Organization") or "an organisation that gave no name"
    signer = next(each for each in verification.checks if each.name == "signer")
    known = (
        f"Verified: {_FILE.sub('', signer.detail)}"
        if verification.verified
        else "Intact, but NOT verified: nobody whom you named signed it"
        if signer.passed is False
        else "Intact, but NOT verified: who signed it is not known, because no signers were given"
    )
    scope = PackScope.of(said["scope"])
    return inert(
        f"Pack {path.name}, read-only: evidence of {whose}, as of {when_words(said['as_of'])}; {scope}. "
        f"{MEANINGS[Profile(said['profile'])]} {known}."
    )


def _info(pack: OpenPack) -> dict[str, str]:
    lines = pack.read(f"{layout.BAG}{bag.INFO}").decode("utf-8").splitlines()
    return {label: value for label, _, value in (line.partition(": ") for line in lines)}


def _refresh(said: Mapping[str, Any]) -> Refresh:
    selection = Selection(**{name: tuple(values) for name, values in said["selection"].items()})
    values = {**said, "state": RefreshState(said["state"]), "selection": selection}
    return Refresh(**values)


def _snapshot(
    refresh: Refresh, steps: Iterable[Sequence[Any]], observations: Iterable[Fact | Gap]
) -> PackSnapshot:
    by_kind: dict[str, list[Fact]] = {}
    missing: list[Gap] = []
    for seen in observations:
        if seen.kind.startswith(DEED_KIND):
            continue
        if isinstance(seen, Gap):
            missing.append(seen)
        else:
            by_kind.setdefault(seen.kind, []).append(seen)
    return PackSnapshot(
        refresh=refresh,
        by_kind={
            kind: tuple(sorted(facts, key=lambda each: (each.scope, each.sequence)))
            for kind, facts in by_kind.items()
        },
        missing=tuple(sorted(missing, key=lambda each: (each.kind, each.scope, each.key))),
        plan=tuple(
            Step(kind, Scope(account, region), StepState(state), facts)
            for kind, account, region, state, facts in steps
        ),
    )


def _counted(snapshot: Snapshot) -> dict[StepState, int]:
    states = [step.state for step in snapshot.steps()]
    return {state: states.count(state) for state in set(states)}


def _observation(exhibit: Exhibit) -> Fact | Gap | None:
    """Return the fact or gap of a line; a fact that is not shown is a gap that says why. None for any other entry."""
    said = exhibit.statement
    if said.get("type") not in (FACT, GAP):
        return None
    common: dict[str, Any] = {
        "kind": str(said["kind"]),
        "key": str(said["key"]),
        "scope": Scope(str(said["account_id"]), str(said["region"])),
        "provenance": _provenance(said),
        "sequence": int(said["sequence"]),
        "basis": str(said.get("basis", "")),
    }
    if said["type"] == FACT and exhibit.body is not None:
        return Fact(**common, payload=json.loads(exhibit.body))
    if said["type"] == FACT:
        reason = GapReason.WITHHELD if exhibit.is_withheld else GapReason.ERASED
        return Gap(**common, reason=reason, detail=f"its content is {reason.value}")
    detail = json.loads(exhibit.body)["detail"] if exhibit.body is not None else "not shown in this pack"
    return Gap(**common, reason=GapReason(str(said["reason"])), detail=str(detail))


def _provenance(said: Mapping[str, str | int]) -> Provenance:
    names = ("operation", "parameters", "request_id", "caller", "observed_at", "botocore")
    return Provenance(**{name: str(said.get(name, "")) for name in names})


def _deeds(pack: OpenPack) -> tuple[list[Deed], dict[int, str]]:
    """Return the deeds that the pack shows, and of redacted ones what it says of their signatures."""
    if not pack.has_data(layout.DEEDS):
        return [], {}
    deeds: list[Deed] = []
    problems: dict[int, str] = {}
    for exhibit in pack.lines(layout.DEEDS):
        said = exhibit.statement
        if exhibit.body is None:
            continue
        number = int(said["sequence"])
        if exhibit.is_redacted and "signature" in said:
            problems[number] = "" if said["signature"] == "good" else str(said["signature"])
        deeds.append(
            Deed(
                kind=DeedKind(str(said["key"])),
                by=str(said["caller"]),
                at=str(said["observed_at"]),
                body=json.loads(exhibit.body),
                sequence=number,
            )
        )
    return deeds, problems


def _problem(deed: Deed, problems: Mapping[int, str]) -> str:
    """Return why a signed deed does not count: as the pack says where it is redacted, and else as it is found here."""
    return problems[deed.sequence] if deed.sequence in problems else attesting.verify_deed(deed)


def _of_deed(deed: Deed) -> Fact:
    said = Provenance(
        operation="", parameters="{}", request_id="", caller=deed.by, observed_at=deed.at, botocore=""
    )
    names = [deed.body.get(name) for name in ("id", "attestation", "exception", "subject")]
    return Fact(
        kind=f"{DEED_KIND}{deed.kind.value}",
        key=next((each for each in names if isinstance(each, str) and each), ""),
        scope=Scope(""),
        payload=deed.body,
        provenance=said,
        sequence=deed.sequence,
    )


def _finding(said: Mapping[str, Any]) -> Finding:
    return Finding(
        control_id=said["control"],
        severity=Severity(said["severity"]),
        subject=said["subject"],
        scope=Scope(said["account_id"], said["region"]),
        verdict=Verdict(said["verdict"]),
        because=said["because"],
        evidence=tuple(said["evidence"]),
    )


def _control(said: Mapping[str, Any]) -> Control:
    return Control(
        id=said["id"],
        title=said["title"],
        severity=Severity(said["severity"]),
        grain=Grain(said["grain"]),
        reads=tuple(said["reads"]),
        rationale=said["rationale"],
        remedy=said["remedy"],
        references=tuple(said["references"]),
        claims=tuple(said["claims"]),
        check=lambda _question: (),
        nothing=(Verdict.UNKNOWN, "a pack is not judged again"),
    )


def _refuse(*_asked: object) -> NoReturn:
    raise ReadOnlyPackError("this is a pack, which is only read")


def _refuse_to_write() -> AbstractContextManager[Any]:
    _refuse()
