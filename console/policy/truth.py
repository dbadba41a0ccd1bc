"""Three kinds of answer: true, false, and "true exactly if …"."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One condition entry whose value hangs on keys that are not known."""

    operator: str
    key: str
    values: tuple[str, ...]
    variables: bool
    """Whether the policy's version replaces `${…}` in values."""
    source: str
    """`POLICY#SID`; not part of what is asked, so not part of equality."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and self.question == other.question

    def __hash__(self) -> int:
        return hash(self.question)

    @property
    def question(self) -> tuple[str, str, tuple[str, ...], bool]:
        """What is asked, whoever asks it."""
        return (self.operator, self.key.lower(), self.values, self.variables)


@dataclass(frozen=True, slots=True)
class All:
    """True if every part is; at least two parts."""

    parts: frozenset["Formula"]


@dataclass(frozen=True, slots=True)
class Any:
    """True if some part is; at least two parts."""

    parts: frozenset["Formula"]


@dataclass(frozen=True, slots=True)
class Not:
    """True if the leaf is false."""

    part: Leaf


Formula = Leaf | Not | All | Any
Truth = bool | Formula


def conjoin(parts: Iterable[Truth]) -> Truth:
    """Return the truth of all `parts` together, as small as it is found at once."""
    kept: set[Formula] = set()
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.update(part.parts if isinstance(part, All) else (part,))
    return _join(kept, All, empty=True) if kept else True


def disjoin(parts: Iterable[Truth]) -> Truth:
    """Return the truth of any of `parts`."""
    kept: set[Formula] = set()
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.update(part.parts if isinstance(part, Any) else (part,))
    return _join(kept, Any, empty=False) if kept else False


def negate(part: Truth) -> Truth:
    """Return the opposite, with negations pushed down to the leaves."""
    if isinstance(part, bool):
        return not part
    if isinstance(part, Leaf):
        return Not(part)
    if isinstance(part, Not):
        return part.part
    if isinstance(part, All):
        return disjoin(negate(each) for each in part.parts)
    return conjoin(negate(each) for each in part.parts)


def settle(part: Truth, decide: Callable[[Leaf], Truth]) -> Truth:
    """Return `part` with every leaf replaced by what `decide` says of it."""
    if isinstance(part, bool):
        return part
    if isinstance(part, Leaf):
        return decide(part)
    if isinstance(part, Not):
        return negate(decide(part.part))
    settled = (settle(each, decide) for each in part.parts)
    return conjoin(settled) if isinstance(part, All) else disjoin(settled)


def _join(kept: set[Formula], kind: type[All] | type[Any], *, empty: bool) -> Truth:
    """Return the smallest truth found of `kept`, joined by `kind`: absorbed and contradicted parts are dropped."""
    if len(kept) <= 1:
        return next(iter(kept), empty)
    if any(isinstance(each, Not) and each.part in kept for each in kept):
        return not empty
    opposite: type[All | Any] = Any if kind is All else All
    excluded = {negate(each) for each in kept if isinstance(each, Leaf | Not)}
    left: set[Formula] = set()
    shortened = False
    for each in kept:
        if not isinstance(each, opposite):
            left.add(each)
        elif each.parts & kept:
            continue
        elif each.parts & excluded:
            shortened = True
            shorter = _join(set(each.parts) - excluded, opposite, empty=not empty)
            if isinstance(shorter, bool):
                return not empty
            left.update(shorter.parts if isinstance(shorter, kind) else (shorter,))
        else:
            left.add(each)
    if shortened:
        return _join(left, kind, empty=empty)
    return next(iter(left)) if len(left) == 1 else kind(frozenset(left))
