"""Everything that was read of an account, whatever its kind, in one list that opens to the evidence."""

from collections.abc import Iterator, Sequence

from console.domain.evidence import Snapshot
from console.domain.refresh import Step, StepState
from console.views.names import kind_words, region_words
from console.views.table import Kind
from console.views.text import inert
from console.views.topics import Headings, Topic, TopicRow, topic_table

_HEADINGS: Headings = (
    ("what", "What", Kind.TEXT),
    ("which", "Which", Kind.ARN),
    ("state", "State", Kind.TEXT),
)


def everything(snapshot: Snapshot, account_id: str) -> Topic:
    """Return one row for each thing read or missed, by kind; a kind of which there is none anywhere is one row."""
    steps: dict[str, list[Step]] = {}
    for step in snapshot.steps():
        if step.scope.account_id == account_id:
            steps.setdefault(step.kind, []).append(step)
    rows = [row for kind in sorted(steps, key=kind_words) for row in _rows(snapshot, kind, steps[kind])]
    return Topic("everything", "Everything read", topic_table(_HEADINGS, rows))


def _rows(snapshot: Snapshot, kind: str, steps: Sequence[Step]) -> Iterator[TopicRow]:
    what = kind_words(kind)
    nothing: list[str] = []
    for step in steps:
        region = region_words(step.scope.region)
        gaps = snapshot.gaps(kind, step.scope)
        for gap in gaps:
            which, state = inert(gap.key) or "all", f"could not be read: {gap.reason.value}"
            yield TopicRow(region=region, cells=(what, which, state), evidence=(gap.sequence,), is_gap=True)
        if step.state is StepState.PENDING:
            yield TopicRow(region=region, cells=(what, "all", "not read yet"), evidence=(), is_gap=True)
        facts = snapshot.facts(kind, step.scope)
        for fact in facts:
            yield TopicRow(region=region, cells=(what, inert(fact.key), "read"), evidence=(fact.sequence,))
        if step.state is StepState.READ and not gaps and not facts:
            nothing.append(region)
    if nothing:
        yield TopicRow(region=", ".join(nothing), cells=(what, None, "none found"), evidence=())
