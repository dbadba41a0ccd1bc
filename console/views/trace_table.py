"""A decision's trace as a table: each layer in AWS's order, each statement with its place in its own document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.policy.trace import Absence, Layer, LayerTrace, Missed, PolicyTrace, Trace
from console.views.lines import Headings, Line, lines_table
from console.views.names import unread_in_words
from console.views.table import Kind, Table
from console.views.text import inert
from console.views.trace import (
    LAYERS,
    end_in_words,
    layer_says,
    short_name,
    silent_levels,
    statement_in_words,
)
from console.views.written_policy import WrittenPolicy, written_policy

_HEADINGS: Headings = (
    ("layer", "Layer, and the policies in it", Kind.TEXT),
    ("says", "What it does to this request", Kind.TEXT),
)
_INDENT = "    "
NO_TRACE = lines_table(_HEADINGS, ())
"""Before anything was asked."""
_GLOSSES = {
    Layer.ENDPOINT: "what the private connection lets through",
    Layer.RESOURCE_CONTROL: "limits that the organisation sets on what its accounts own",
    Layer.SERVICE_CONTROL: "limits that the organisation sets on what its accounts may do",
    Layer.RESOURCE: "what the thing itself lets be done to it",
    Layer.IDENTITY: "what the principal was given",
    Layer.BOUNDARY: "the most that the principal may ever do",
    Layer.SESSION: "what this one session was limited to",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A document beside the row, with the statement that the row is about."""

    title: str
    document: WrittenPolicy
    statement: int | None = None
    """Its position from 0; None for the document as a whole."""


@dataclass(frozen=True, slots=True)
class TraceView:
    """One decision."""

    question: str
    end: tuple[str, ...]
    """How it ends, and by which layers it is stopped."""
    table: Table[Line]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the policies of a trace."""

    sources: Mapping[str, tuple[int, ...]]
    """Observations, by what holds a policy."""
    names: Mapping[str, str]
    """Of policies, units and accounts, by their ids."""

    def name(self, id_: str) -> str:
        """Return a name with its id, or the id alone."""
        return f"{self.names[id_]} ({inert(id_)})" if self.names.get(id_) else inert(id_)


def trace_view(question: str, trace: Trace, behind: Behind, unseen: Sequence[str] = ()) -> TraceView:
    """Return a trace as a table; what was not seen and may have a say in it comes first."""
    gaps = tuple(Line(cells=("Not read", unread_in_words(each)), is_gap=True) for each in unseen)
    lines = tuple(line for step, layer in enumerate(trace.layers, 1) for line in _layer(step, layer, behind))
    end = tuple(inert(each) for each in end_in_words(trace))
    return TraceView(inert(question), end, lines_table(_HEADINGS, (*gaps, *lines)))


def _layer(step: int, layer: LayerTrace, behind: Behind) -> Iterator[Line]:
    name = f"{step}  {LAYERS[layer.layer]}"
    said = f"{layer_says(layer)} ({_GLOSSES[layer.layer]})"
    known = [each for policy in layer.policies for each in behind.sources.get(policy.source, ())]
    yield Line(cells=(name, said), evidence=tuple(dict.fromkeys(known)))
    if layer.absence is Absence.UNSUPPORTED:
        return
    for level, words in silent_levels(layer):
        yield Line(cells=(f"{_INDENT}at {behind.name(level)}", words))
    for policy in layer.policies:
        yield from _policy(policy, behind)


def _policy(policy: PolicyTrace, behind: Behind) -> Iterator[Line]:
    document = written_policy(policy.written)
    evidence = behind.sources.get(policy.source, ())
    name = behind.names.get(policy.name) or inert(policy.name)
    attached, at, place = policy.where.partition("attached to ")
    where = inert(policy.where.removeprefix(f"{policy.source}, "))
    if at and not attached and place in behind.names:
        where = f"attached to {behind.name(place)}"
    holder = f"{_INDENT}{name}, {where}" if where else f"{_INDENT}{name}"
    elsewhere: list[str] = []
    for at_, statement in enumerate(policy.statements):
        if statement.missed is Missed.ACTION:
            elsewhere.append(short_name(statement))
            continue
        shown = Shown(f"{name}, statement {at_ + 1}", document, at_)
        words = inert(statement_in_words(statement))
        yield Line(cells=(holder, words), evidence=evidence, about=shown)
    if elsewhere:
        words = f"about other actions: {inert(', '.join(elsewhere))}"
        yield Line(cells=(holder, words), evidence=evidence, about=Shown(name, document))


def first_shown(lines: Sequence[Line]) -> int:
    """Return the place of the first row that decides: a statement that applies, else any statement, else the first."""
    shown = [at for at, line in enumerate(lines) if isinstance(line.about, Shown)]
    deciding = [at for at in shown if "does not apply" not in str(lines[at].cells[1])]
    return next(iter((*deciding, *shown)), 0)
