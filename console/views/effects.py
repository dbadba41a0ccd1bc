"""What a policy does to everybody: each capability before and after, and the principals for whom it changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.policy.exposure import Exposure, Holder
from console.policy.request import Result
from console.views.conditions import condition_in_words
from console.views.lines import Headings, Line, lines_table
from console.views.names import account_words, unread_in_words
from console.views.table import Kind, Table
from console.views.text import inert


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What gives an effect its names and its evidence."""

    names: Mapping[str, str]
    """The accounts'."""
    evidence: Mapping[str, tuple[int, ...]]
    """By principal and, for what was not read, by account."""
    policy: tuple[int, ...]
    """Of the policy itself; nothing for a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One principal's capability before and after; None where it does not have it."""

    capability: str
    principal: str
    account: str
    before: Holder | None
    after: Holder | None

    @property
    def words(self) -> str:
        """What the policy does to it."""
        if self.after is None:
            return "stopped"
        if self.before is None:
            return "opened"
        return "narrowed" if self.after.result is Result.ALLOWED_IF else "widened"


_HEADINGS: Headings = (
    ("capability", "What could be done", Kind.TEXT),
    ("before", "Without it", Kind.TEXT),
    ("after", "With it", Kind.TEXT),
    ("stopped", "Stopped", Kind.NUMBER),
    ("narrowed", "Narrowed", Kind.NUMBER),
    ("opened", "Opened", Kind.NUMBER),
    ("unknown", "Not known of", Kind.NUMBER),
)


def effect_table(before: Sequence[Exposure], after: Sequence[Exposure], about: About) -> Table[Line]:
    """Return one row for each capability with how many can before and after."""
    lines = []
    for was, is_ in zip(before, after, strict=True):
        found = [each.words for each in changes((was,), (is_,))]
        lines.append(
            Line(
                cells=(
                    was.capability.title,
                    _counted(was),
                    _counted(is_),
                    found.count("stopped"),
                    found.count("narrowed"),
                    found.count("opened") + found.count("widened"),
                    len(is_.faults),
                ),
                evidence=about.policy,
                about=was.capability.id,
            )
        )
    return lines_table(_HEADINGS, lines)


def _counted(exposure: Exposure) -> str:
    sure = sum(each.result is Result.ALLOWED for each in exposure.holders)
    unsure = len(exposure.holders) - sure
    return f"{sure:,} can, {unsure:,} if" if unsure else f"{sure:,} can"


def changes(before: Sequence[Exposure], after: Sequence[Exposure]) -> Iterator[Change]:
    """Yield each principal for whom a capability changes; another condition in place of one is narrower."""
    for was, is_ in zip(before, after, strict=True):
        old = {each.principal: each for each in was.holders}
        new = {each.principal: each for each in is_.holders}
        for principal in dict.fromkeys((*old, *new)):
            one, other = old.get(principal), new.get(principal)
            if one is None or other is None or one.truth != other.truth:
                account = (one or new[principal]).account
                yield Change(
                    capability=was.capability.id,
                    principal=principal,
                    account=account,
                    before=one,
                    after=other,
                )


_CHANGES: Headings = (
    ("words", "What it does", Kind.TEXT),
    ("capability", "What could be done", Kind.TEXT),
    ("principal", "Principal", Kind.TEXT),
    ("account", "Account", Kind.TEXT),
    ("before", "Without it", Kind.TEXT),
    ("after", "With it", Kind.TEXT),
)


def changes_table(
    before: Sequence[Exposure], after: Sequence[Exposure], unseen: Sequence[tuple[str, str]], about: About
) -> Table[Line]:
    """Return one row for each principal and capability that changes, after the accounts that were not asked about."""
    titles = {each.capability.id: each.capability.title for each in before}
    lines = [
        Line(
            cells=(
                "not known",
                "all that is asked about",
                "everybody there",
                _place(account, about),
                "",
                unread_in_words(reason),
            ),
            evidence=about.evidence.get(account, ()),
            is_gap=True,
        )
        for account, reason in unseen
    ]
    lines += [
        Line(
            cells=(
                each.words,
                titles[each.capability],
                inert(each.principal.rpartition("/")[2]),
                account_words(each.account, about.names),
                _held(each.before),
                _held(each.after),
            ),
            evidence=about.evidence.get(each.principal, ()),
            about=each.capability,
            leads=each.principal,
        )
        for each in changes(before, after)
    ]
    return lines_table(_CHANGES, lines)


def _place(account: str, about: About) -> str:
    return "the organisation as a whole" if account == "*" else account_words(account, about.names)


def _held(holder: Holder | None) -> str:
    if holder is None:
        return "cannot"
    words = inert(condition_in_words(holder.truth))
    return f"can, if {words}" if words else "can"


def effect_in_words(before: Sequence[Exposure], after: Sequence[Exposure], unseen: int) -> str:
    """Return in one sentence what a policy does."""
    found = list(changes(before, after))
    said = {each: len({change.principal for change in found if change.words == each}) for each in _SAID}
    parts = [f"{verb} {count:,} {_people(count)}" for (word, verb) in _SAID.items() if (count := said[word])]
    words = f"It {', '.join(parts)}" if parts else "It changes nothing that is asked about for anybody"
    missing = f"{unseen:,} {'account was' if unseen == 1 else 'accounts were'} not asked about."
    return f"{words}. {missing if unseen else 'Everybody was asked about.'}"


_SAID = {
    "stopped": "stops something for",
    "narrowed": "leaves something under a condition for",
    "opened": "opens something to",
    "widened": "takes a condition away for",
}


def _people(count: int) -> str:
    return "principal" if count == 1 else "principals"
