"""Who keeps what was said to models: account, Region, surface and model, what decides it, and since when.

Each of Bedrock's two surfaces has a mode of its own for the account; on the mantle endpoint a project can have another,
and where neither says more than "inherit", the model's default decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from console.controls.payload import part, said
from console.domain.evidence import Fact, Snapshot
from console.domain.scope import Scope
from console.views.beside import Beside
from console.views.events import EVENTS, Event
from console.views.inventory import InventoryRow, Listing, Told, coverage, missing_rows, rows_table
from console.views.names import when_words
from console.views.sections import Heading
from console.views.table import Kind
from console.views.text import inert

API, ACCOUNT = "bedrock.data_retention", "bedrock-mantle.data_retention"
PROJECT, MODEL = "bedrock-mantle.project", "bedrock-mantle.model"
KINDS = (API, ACCOUNT, PROJECT, MODEL)
INHERIT = "inherit"
_DATA_RETENTION = "data-retention"
_CHANGE = "PutAccountDataRetention"
_EVERY_MODEL = "every model"
_API, _MANTLE = "Bedrock API", "Mantle endpoint, account"

_NOT_KEPT, _MAY_BE, _SHARED, _NOT_KNOWN = "not kept", "may be kept", "shared with the maker", "unknown"
_MEANINGS: Mapping[str, tuple[str, str]] = {
    "none": (_NOT_KEPT, "prompts and answers are not kept"),
    "default": (_MAY_BE, "AWS may keep them to look for abuse"),
    "aws_review": (_MAY_BE, "AWS may keep them and look at them"),
    "provider_data_share": (_SHARED, "they are shared with the maker of the model"),
    INHERIT: (_MAY_BE, "each model's own default decides, and it may be to keep them"),
}
_STRANGE = (_NOT_KNOWN, "this build does not know what this mode allows")
_UNSEEN = (_NOT_KNOWN, "what decides it was not read")

HEADINGS = (
    Heading("surface", "Surface"),
    Heading("model", "Model"),
    Heading("kept", "Kept?", Kind.STATE),
    Heading("mode", "Mode in effect"),
    Heading("decided", "Decided by"),
    Heading("own", "Set here"),
    Heading("meaning", "What it means"),
    Heading("changed", "Changed at AWS", Kind.TIME),
    Heading("since", "Seen so since", Kind.TIME),
    Heading("before", "Before"),
)
_ABOUT = (
    "Bedrock keeps nothing of a conversation only under the mode “none”. There are two surfaces, each with its own"
    " mode; on the mantle endpoint projects may differ, and where all say “inherit” the model's default decides."
)

Key = tuple[str, str, str, str]
"""Account, Region, surface, model."""
Runs = Mapping[Key, Sequence[tuple[str, str]]]
"""When a mode was first seen, and the mode, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What holds for one model on one surface of one account and Region."""

    scope: Scope
    surface: str
    model: str
    mode: str
    """The mode in effect; empty where it is not known."""
    decided: str
    own: str
    """What is set at this place itself; empty where AWS did not say."""
    changed: str
    refused: bool
    """Whether the model cannot be called under the mode."""
    evidence: tuple[int, ...]

    @property
    def key(self) -> Key:
        """What stays the same from reading to reading."""
        return (self.scope.account_id, self.scope.region, self.surface, self.model)


def truths(snapshot: Snapshot) -> Iterator[Truth]:
    """Yield what holds, the surfaces of a Region together."""
    beside = Beside(snapshot, KINDS)
    for fact in beside.all(API):
        yield _of_api(fact)
    for account in beside.all(ACCOUNT):
        models = [_of_model(account, model) for model in beside.at(MODEL, account.scope)]
        yield from models or [_of_account(account)]
        for project in beside.at(PROJECT, account.scope):
            for model, truth in zip(beside.at(MODEL, account.scope), models, strict=True):
                yield _of_project(project, model, truth)
            if not models:
                yield _of_project_alone(project, account)


def runs(past: Iterable[Snapshot]) -> Runs:
    """Follow each mode through readings, oldest first; a reading that did not see it is no break."""
    found: dict[Key, list[tuple[str, str]]] = {}
    for snapshot in past:
        for truth in truths(snapshot):
            seen = found.setdefault(truth.key, [])
            if truth.mode and (not seen or seen[-1][1] != truth.mode):
                seen.append((snapshot.refresh.finished_at, truth.mode))
    return found


def retention_listing(snapshot: Snapshot, names: Mapping[str, str], history: Runs | None = None) -> Listing:
    """Build the truth table; with the runs of earlier readings also since when each mode is as it is."""
    beside = Beside(snapshot, KINDS)
    changes = [event for event in map(Event.of, snapshot.facts(EVENTS)) if event.name == _CHANGE]
    by_place: dict[tuple[str, str], list[Event]] = {}
    for event in changes:
        by_place.setdefault((event.account_id, event.region), []).append(event)
    rows = [_row(truth, names, history or {}, by_place) for truth in truths(snapshot)]
    rows.sort(key=lambda row: _URGENCY.index(str(row.cells[2])))
    missing = missing_rows(KINDS, len(HEADINGS), snapshot, beside, names)
    return Listing(
        id="retention",
        title="Retention",
        about=_ABOUT,
        coverage=_sentence(rows, snapshot),
        table=rows_table(HEADINGS, (*missing, *rows)),
        stretch="meaning",
    )


_URGENCY = (_SHARED, _MAY_BE, _NOT_KNOWN, _NOT_KEPT)


def _sentence(rows: Sequence[InventoryRow], snapshot: Snapshot) -> str:
    counted = [(sum(row.cells[2] == each for row in rows), each) for each in _URGENCY]
    said_ = ", ".join(f"{count:,} {words}" for count, words in counted if count)
    where = coverage(KINDS, snapshot, rows)
    return f"{said_}. {where}" if said_ else where


def _row(
    truth: Truth,
    names: Mapping[str, str],
    history: Runs,
    changes: Mapping[tuple[str, str], Sequence[Event]],
) -> InventoryRow:
    account = truth.scope.account_id
    kept, meaning = _meaning(truth)
    run = history.get(truth.key, ())
    events = changes.get((account, truth.scope.region), ())
    return InventoryRow(
        accounts=(account,),
        account=names.get(account, "") or account,
        regions=(truth.scope.region,),
        cells=(
            inert(truth.surface),
            inert(truth.model),
            kept,
            inert(truth.mode) or None,
            truth.decided,
            inert(truth.own) or None,
            meaning,
            truth.changed or "not since it was made",
            run[-1][0] if run else None,
            run[-2][1] if len(run) > 1 else "no other mode seen",
        ),
        evidence=(*truth.evidence, *(event.sequence for event in events)),
        tell=partial(_tell, run, events),
    )


def _meaning(truth: Truth) -> tuple[str, str]:
    if truth.refused:
        return _NOT_KEPT, "the model cannot be called: it does not run under this mode"
    return _MEANINGS.get(truth.mode, _STRANGE) if truth.mode else _UNSEEN


def _tell(run: Sequence[tuple[str, str]], events: Sequence[Event]) -> Iterator[Told]:
    if run:
        yield Told("History", "\n".join(f"{inert(mode)}: seen from {when_words(at)}" for at, mode in run))
    if events:
        yield Told("Set by, in this account and Region", "\n".join(event.words for event in events))


def _of_api(fact: Fact) -> Truth:
    mode = said(fact.payload, "mode") or ""
    return Truth(
        scope=fact.scope,
        surface=_API,
        model=_EVERY_MODEL,
        mode=mode,
        decided="the model's default" if mode == INHERIT else "the account",
        own=mode,
        changed=said(fact.payload, "updatedAt") or "",
        refused=False,
        evidence=(fact.sequence,),
    )


def _of_account(account: Fact) -> Truth:
    """Return what the account says, where no model was listed that could say more."""
    mode = said(account.payload, "mode") or ""
    return Truth(
        scope=account.scope,
        surface=_MANTLE,
        model=_EVERY_MODEL,
        mode=mode,
        decided="the model's default" if mode == INHERIT else "the account",
        own=mode,
        changed=said(account.payload, "updated_at") or "",
        refused=False,
        evidence=(account.sequence,),
    )


def _of_model(account: Fact, model: Fact) -> Truth:
    retention = part(model.payload, "data_retention")
    own = said(account.payload, "mode") or ""
    mode = said(retention, "mode") or ("" if own == INHERIT else own)
    inherits = said(retention, "source") == "model_default" or own == INHERIT
    return Truth(
        scope=account.scope,
        surface=_MANTLE,
        model=model.key,
        mode=mode,
        decided="the model's default" if inherits else "the account",
        own=own,
        changed=said(account.payload, "updated_at") or "",
        refused=said(model.payload, "status") == "unavailable",
        evidence=(account.sequence, model.sequence),
    )


def _of_project(project: Fact, model: Fact, account: Truth) -> Truth:
    own = said(part(project.payload, "data_retention"), "mode") or ""
    decides = own not in ("", INHERIT)
    allowed = part(model.payload, "data_retention").get("allowed_modes")
    mode = own if decides else account.mode if own == INHERIT else ""
    refuses = isinstance(allowed, list) and own not in allowed
    return Truth(
        scope=project.scope,
        surface=_project(project),
        model=model.key,
        mode=mode,
        decided="the project" if decides else account.decided if own == INHERIT else "not known",
        own=own,
        changed="",
        refused=refuses if decides else account.refused and own == INHERIT,
        evidence=(project.sequence, *account.evidence),
    )


def _of_project_alone(project: Fact, account: Fact) -> Truth:
    own = said(part(project.payload, "data_retention"), "mode") or ""
    above = _of_account(account)
    return Truth(
        scope=project.scope,
        surface=_project(project),
        model=_EVERY_MODEL,
        mode=above.mode if own == INHERIT else own,
        decided=above.decided if own == INHERIT else "the project" if own else "not known",
        own=own,
        changed="",
        refused=False,
        evidence=(project.sequence, account.sequence),
    )


def _project(project: Fact) -> str:
    return f"Mantle endpoint, project {said(project.payload, 'name') or project.key}"
