"""What the window needs from the composition root, and nothing more: tests hand it another."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from console.base.configuration import Configuration
from console.base.settings import Settings
from console.controls.base import Control
from console.controls.claims import Catalogue
from console.controls.duties import Duties
from console.domain.deed import Deed
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.refresh import Refresh, StepState
from console.domain.selection import EVERYTHING, Selection
from console.services.assess import Assessment
from console.services.catalogues import claim_catalogue
from console.views.claims import Judged
from console.views.proof import Proof

if TYPE_CHECKING:
    from console.deletion.case import Case
    from console.reports.wish import Turn, Wanted
    from console.services.ask import Asked
    from console.services.deletion.child import Heard
    from console.services.export import ExportedPack
    from console.services.office import Office
    from console.services.past import Past
    from console.services.preview import Preview
    from console.services.usage import Usage
    from console.views.log_coverage import Coverage


class Latest(Protocol):
    """The newest refresh and what the controls concluded about it."""

    @property
    def snapshot(self) -> Snapshot:
        """What was read."""
        ...

    @property
    def assessment(self) -> Assessment:
        """What was concluded."""
        ...

    @property
    def duties(self) -> Duties:
        """What people did."""
        ...

    @property
    def cases(self) -> "tuple[Case, ...]":
        """Every request to delete, those due soonest first."""
        ...

    @property
    def asked_at(self) -> str:
        """When this was put together: what expires is judged at this moment."""
        ...

    @property
    def earlier(self) -> Mapping[int, str]:
        """When each earlier refresh ended, of which this one may have taken evidence over."""
        ...

    @property
    def past(self) -> "Callable[[], Past]":
        """Follows the findings through earlier assessments; takes a while, so only a job may ask."""
        ...

    @property
    def asked(self) -> "Callable[[], Asked]":
        """Opens the organisation for questions; takes a while, so only a job may ask."""
        ...

    @property
    def claims(self) -> tuple[str, ...] | None:
        """Claims that it is about, where it is a pack about some; None for all."""
        ...

    @property
    def usage(self) -> "Callable[[], Usage]":
        """Opens what was read of invocation logs; reads the store, so only a job may ask."""
        ...

    def coverage(self) -> "Coverage":
        """Compare what was read of logs with what CloudWatch counted; takes a while, as `usage` does."""
        ...

    @property
    def readings(self) -> tuple[Refresh, ...]:
        """Every sealed refresh, oldest first."""
        ...

    @property
    def reading(self) -> Callable[[int], Snapshot | None]:
        """Returns an earlier refresh as it was read; blocks, so only a job may ask."""
        ...

    @property
    def completeness(self) -> Callable[[], Mapping[int, Mapping[StepState, int]]]:
        """Counts, for the newest readings, the scopes that were read, missed and not tried; blocks."""
        ...


def catalogue_of(latest: Latest) -> Catalogue:
    """Return the claims that are shown: all, or those that a pack is about."""
    whole, about = claim_catalogue(), latest.claims
    if about is None:
        return whole
    return replace(whole, claims=tuple(each for each in whole.claims if each.id in about))


def judged_by(latest: Latest, controls: tuple[Control, ...]) -> Judged:
    """Return what claims and frameworks are judged by: a refresh, its findings and what people did."""
    return Judged(
        snapshot=latest.snapshot,
        findings=latest.assessment.findings,
        controls=controls,
        duties=latest.duties,
        policy=latest.assessment.policy,
        asked_at=latest.asked_at,
        earlier=latest.earlier,
    )


class WorkerCall(Protocol):
    """How to start the child process that refreshes."""

    @property
    def program(self) -> str:
        """The executable."""
        ...

    @property
    def arguments(self) -> tuple[str, ...]:
        """Its arguments, none of them secret."""
        ...

    @property
    def job_line(self) -> str:
        """The line for its standard input, without the line's end; it holds secrets."""
        ...

    @property
    def environment(self) -> Mapping[str, str]:
        """All of its environment."""
        ...


class Desk(Protocol):
    """One open store and what can be done with it; whatever blocks is run in a job."""

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        ...

    @property
    def store_path(self) -> Path:
        """Where the evidence is kept."""
        ...

    @property
    def controls(self) -> tuple[Control, ...]:
        """The controls of this build."""
        ...

    def latest(self, refresh_id: int | None = None) -> Latest | None:
        """Return the newest sealed refresh, or the one asked for; None before the first; blocks."""
        ...

    def observation(self, sequence: int) -> Fact | Gap:
        """Return one observation; blocks."""
        ...

    def proof(self, sequence: int) -> Proof | None:
        """Return where an observation stands in the signed ledger; None if no root covers it yet; blocks."""
        ...

    def refresh_call(self, *, resume: bool, selection: Selection = EVERYTHING) -> WorkerCall:
        """Return how to start a refresh."""
        ...

    def log_call(self) -> WorkerCall:
        """Return how to start the reading of invocation logs."""
        ...

    def sign_in_call(self) -> WorkerCall:
        """Return how to start a sign-in."""
        ...

    def read_event(self, line: str) -> Mapping[str, Any]:
        """Return one event of the child; raise `ValueError` if the line is none."""
        ...

    def unfinished(self) -> bool:
        """Tell whether a refresh broke off and can be resumed; blocks."""
        ...

    @property
    def office(self) -> "Office":
        """What officers do beside reading AWS; what it does blocks."""
        ...

    def deed(self, name: str, arguments: Mapping[str, str], heard: "Heard" = ...) -> str:
        """Have a child process do a deed about a request to delete; return in words what was done; blocks.

        `heard` is told on the way what the child says, on the thread that asks.
        """
        ...

    @property
    def configuration(self) -> Configuration | None:
        """Where each setting comes from; None for a pack and for a store that is thrown away."""
        ...

    def write_setting(self, key: str, typed: str | None) -> Configuration:
        """Write what was typed into the user's settings, or take the setting out; return what is in force then."""
        ...

    def diagnostics(self) -> str:
        """Return what helps to find a fault, without evidence; blocks."""
        ...

    @property
    def can_lock(self) -> bool:
        """Whether there are keys that can be let go of and asked for again."""
        ...

    @property
    def unlocking(self) -> Enum:
        """What is asked of whoever wants to see a locked window again: `STORE`, `WINDOW` or `NOTHING`."""
        ...

    def lock(self) -> None:
        """Close the store and let go of its keys; blocks."""
        ...

    def unlock(self, passphrase: str) -> None:
        """Take the keys up again; raise a `ConsoleError` and stay locked if the passphrase does not fit; blocks."""
        ...

    @property
    def banner(self) -> str:
        """What is said above every page all the time; empty for a store of one's own."""
        ...

    def packs(self) -> list[Deed]:
        """Return the register of packs, oldest first; blocks."""
        ...

    def preview_pack(self, wanted: "Wanted", refresh_id: int | None = None) -> "Preview | None":
        """Return what a pack would hold and what would be redacted; None without a reading; blocks."""
        ...

    def export_pack(
        self,
        to: Path,
        *,
        wanted: "Wanted | None" = None,
        refresh_id: int | None = None,
        by: str = "",
        turn: "Turn | None" = None,
    ) -> "ExportedPack | None":
        """Write a signed pack of the newest refresh, or of the one asked for; None without one; blocks."""
        ...
