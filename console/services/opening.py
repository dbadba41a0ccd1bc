"""A pack opened as if it were the store: the whole window, read-only, on what the pack holds; no store, no AWS.

What is shown is what was signed: a pack of which anything but the signer is in doubt is not opened at all, because a
window full of tables looks right whatever a line above it says. A pack that is intact and signed by nobody whom the
reader knows is opened, and the banner says so all the time.
"""

import json
import lzma
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from console.base.clock import parse_stamp
from console.base.errors import ConsoleError
from console.base.paths import resources
from console.base.settings import Settings, settings_of
from console.controls.base import Control
from console.domain.deed import Deed
from console.domain.evidence import Fact, Gap
from console.domain.selection import EVERYTHING, Selection
from console.reports import bag, layout
from console.reports.errors import UnopenablePackError
from console.reports.opened import FaultError, OpenPack
from console.reports.redaction_rules import MEANINGS, Profile
from console.reports.scope import PackScope
from console.reports.signatures import Trusted
from console.reports.verify import Verification, verify_pack
from console.reports.wish import Turn, Wanted
from console.reports.zipform import walk_zip
from console.services.assess import Assessment, policy_of
from console.services.latest import Latest
from console.services.office import Office, gather
from console.services.pack_evidence import (
    control_of,
    counted,
    deeds_of,
    fact_of,
    finding_of,
    observation_of,
    problem_of,
    refresh_of,
    snapshot_of,
)
from console.views.names import when_words
from console.views.text import inert

DEMO = "demo"
"""The folder of the demonstration among the resources."""
_DEMO_WORDS = "This is a demonstration: the department and everything in it are invented."
_FILE = re.compile(r"signatures/\S+: ")
"""Where a signature lies, which a reader of the banner need not know."""


class ReadOnlyPackError(ConsoleError):
    """Something was to be done that a pack cannot bear."""

    code = "SVC-028"
    remedy = "Do this in the department's own store; a pack is only read."


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

    def proof(self, sequence: int) -> NoReturn:
        """Refuse: a pack's proofs are in its own files, and `pack verify` follows them all."""
        raise ReadOnlyPackError(
            f"the proof of observation {sequence} is in the pack's provenance",
            remedy="“bedrock-console pack verify PACK” follows it with all the others.",
        )

    def claims(self) -> Mapping[str, str]:
        """Return each claim's state over all that the pack is about, as the pack says it."""
        return self.states

    configuration = None
    """A pack's settings are those that it was judged under."""
    can_lock = False
    """A pack is opened without a key."""

    @property
    def unlocking(self) -> NoReturn:
        """Refuse: nothing is locked."""
        _refuse()

    def lock(self) -> NoReturn:
        """Refuse: there is no key to let go of."""
        _refuse()

    def unlock(self, passphrase: str) -> NoReturn:
        """Refuse: nothing is locked."""
        _refuse(passphrase)

    def write_setting(self, key: str, typed: str | None) -> NoReturn:
        """Refuse: a pack has no settings to change."""
        _refuse(key, typed)

    def diagnostics(self) -> NoReturn:
        """Refuse: what is to be diagnosed is the store's window."""
        _refuse()

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

    def deed(self, name: str, arguments: Mapping[str, str], heard: object = None) -> NoReturn:  # noqa: ARG002
        """Raise `ReadOnlyPackError`: nothing is asked for or signed in a pack."""
        raise ReadOnlyPackError(f"a pack is only read: {name} needs a store ({len(arguments)} arguments)")

    def refresh_call(self, *, resume: bool, selection: Selection = EVERYTHING) -> NoReturn:
        """Refuse: a pack is not refreshed."""
        _refuse(resume, selection)

    def log_call(self) -> NoReturn:
        """Refuse: a pack holds no log, and nothing is read into it."""
        _refuse()

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
        first = verification.broken[0]
        raise UnopenablePackError(f"{path.name} is not opened: {first.name}: {first.detail}")
    with path.open("rb") as stream:
        pack = OpenPack(stream, walk_zip(stream, path.stat().st_size), Trusted())
        try:
            return _desk(path, pack, verification)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, FaultError) as error:
            raise UnopenablePackError(
                f"{path.name} verifies and is not in a form that this build shows: {error}",
                remedy="Open it with the version that made it, which bag-info.txt names.",
            ) from None


def open_demo() -> PackDesk:
    """Return the demonstration for the window: a pack of an invented department, verified like any other.

    It was made with the stand-in for AWS, and is kept compressed; what verifies it lies beside it.
    """
    folder = resources() / DEMO
    with tempfile.TemporaryDirectory(prefix="bedrock-console-") as place:
        pack = Path(place) / "demonstration.zip"
        pack.write_bytes(lzma.decompress((folder / "pack.zip.xz").read_bytes()))
        desk = open_pack(pack, signers=folder / "pack.allowed_signers")
    return replace(desk, banner=f"{_DEMO_WORDS} {desk.banner}")


def _desk(path: Path, pack: OpenPack, verification: Verification) -> PackDesk:
    said = pack.document(layout.ASSESSMENT)
    info = _info(pack)
    refresh = refresh_of(said["refresh"])
    observations = {each.sequence: each for each in map(observation_of, pack.exhibits()) if each is not None}
    deeds, problems = deeds_of(pack)
    observations |= {deed.sequence: fact_of(deed) for deed in deeds}
    held = PackDeeds(tuple(deeds))
    snapshot = snapshot_of(refresh, said["steps"], observations.values())
    assessment = Assessment(
        refresh=refresh,
        findings=tuple(finding_of(each) for each in said["findings"]),
        assessed_at=said["as_of"],
        policy=policy_of(json.dumps(said["policy"])),
    )
    states = {each["id"]: each["state"] for each in pack.document(layout.CLAIMS_JSON)["claims"]}
    latest = Latest(
        snapshot,
        assessment,
        gather(held, lambda deed: problem_of(deed, problems)),
        said["as_of"],
        readings=(refresh,),
        reading=lambda asked: snapshot if asked == refresh.id else None,
        completeness=lambda: {refresh.id: counted(snapshot)},
        claims=tuple(states),
    )
    return PackDesk(
        settings=settings_of(
            {"organisation_name": info.get("Source-Organization", ""), "policy": said["policy"]}
        ),
        store_path=path,
        controls=tuple(control_of(each) for each in said["controls"]),
        banner=_banner(path, info, said, verification),
        verification=verification,
        found=latest,
        deeds=held,
        states=states,
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


def _refuse(*_asked: object) -> NoReturn:
    raise ReadOnlyPackError("this is a pack, which is only read")


def _refuse_to_write() -> AbstractContextManager[Any]:
    _refuse()
