"""Residual conditions made small: what one part settles is put into the others, and contradictions go.

Reasons only with keys that AWS publishes as single-valued: of those, "is one of these" settles every other test.
The work is bounded by the number of leaves times a constant, so that no policy can make it run away; what is
not found to be a contradiction stays, and stays true.
"""

from collections.abc import Iterable

from console.policy.catalogue import is_single
from console.policy.conditions import NULL, OF_VALUE, settle_leaf
from console.policy.context import Context, Value
from console.policy.truth import All, Any, Leaf, Not, Truth, conjoin, negate

_EQUALS = "StringEquals"
_PASSES = 4
_DEPTH = 12
_MOST_LEAVES = 500
_MOST_VALUES = 32

Facts = dict[str, frozenset[str] | None]
"""For a key in lower case: the values that it can have, or None where it is absent."""


def simplify(truth: Truth) -> Truth:
    """Return an equal truth, as small as a few passes make it."""
    for _ in range(_PASSES):
        if isinstance(truth, bool) or _size(truth) > _MOST_LEAVES:
            return truth
        smaller = _simplify(truth, {}, 0)
        if smaller == truth:
            return truth
        truth = smaller
    return truth


def _size(truth: Truth) -> int:
    if isinstance(truth, All | Any):
        return sum(_size(part) for part in truth.parts)
    return 1


def _simplify(truth: Truth, facts: Facts, depth: int) -> Truth:
    if isinstance(truth, bool) or depth > _DEPTH:
        return truth
    if isinstance(truth, Leaf):
        return _settled(truth, facts)
    if isinstance(truth, Not):
        return negate(_settled(truth.part, facts))
    if isinstance(truth, Any):
        return negate(_all((negate(part) for part in truth.parts), facts, depth))
    return _all(truth.parts, facts, depth)


def _all(parts: Iterable[Truth], facts: Facts, depth: int) -> Truth:
    """Return the conjunction of parts, each of which may rely on what the others say of single-valued keys."""
    listed = list(parts)
    own = _facts(listed)
    if own is None:
        return False
    merged = {**facts}
    for key, values in own.items():
        held = merged.get(key, values)
        both = held & values if held is not None and values is not None else None
        if (held is None) is not (values is None) or both == frozenset():
            return False
        merged[key] = both
    kept: list[Truth] = [_fact(part, merged[key]) for key, part in _stating(listed).items()]
    kept += [_simplify(part, merged, depth + 1) for part in _merged(listed) if not _states(part)]
    return conjoin(kept)


def _merged(parts: list[Truth]) -> list[Truth]:
    """Return the parts of a conjunction, those that shut out values of one key by one operator made one."""
    merged: list[Truth] = []
    shut: dict[tuple[str, str, bool], Leaf] = {}
    for part in parts:
        leaf = part.part if isinstance(part, Not) else None
        if leaf is None or ":" in leaf.operator or leaf.operator == NULL:
            merged.append(part)
            continue
        key = (leaf.operator, leaf.key.lower(), leaf.variables)
        held = shut.get(key)
        values = leaf.values if held is None else tuple(sorted({*held.values, *leaf.values}))
        named = min(leaf, held or leaf, key=_rank)
        shut[key] = Leaf(leaf.operator, named.key, values, leaf.variables, named.source)
    return [*merged, *map(Not, shut.values())]


def _facts(parts: list[Truth]) -> Facts | None:
    """Return what the parts say together of each single-valued key; None if they contradict each other."""
    found: Facts = {}
    for part in parts:
        key = _states(part)
        if not key:
            continue
        values = None if isinstance(part, Leaf) and part.operator == NULL else frozenset(_leaf(part).values)
        if key not in found:
            found[key] = values
            continue
        held = found[key]
        if held is None or values is None:
            if held is not values:
                return None
            continue
        found[key] = held & values
        if not found[key]:
            return None
    return _narrowed(found, parts)


def _narrowed(found: Facts, parts: list[Truth]) -> Facts | None:
    """Return the facts without those values that another part rules out."""
    tests: dict[str, list[Truth]] = {}
    for part in parts:
        if isinstance(part, Leaf | Not) and not _states(part):
            tests.setdefault(_leaf(part).key.lower(), []).append(part)
    for key, values in found.items():
        if values is None or key not in tests:
            continue
        left = frozenset(
            value for value in values if not any(_of_value(part, key, value) is False for part in tests[key])
        )
        if not left:
            return None
        found[key] = left
    return found


def _stating(parts: list[Truth]) -> dict[str, Leaf]:
    """Return, for each key, one leaf that states its values: of several the same one, in whatever order they come."""
    stating: dict[str, Leaf] = {}
    for part in parts:
        key = _states(part)
        if key:
            stating[key] = min(stating.get(key, _leaf(part)), _leaf(part), key=_rank)
    return stating


def _rank(leaf: Leaf) -> tuple[str, bool, tuple[str, ...]]:
    return leaf.source, leaf.variables, leaf.values


def _states(part: Truth) -> str:
    """Return the key, in lower case, whose possible values a leaf lists whole; empty for any other part."""
    if not isinstance(part, Leaf) or not is_single(part.key):
        return ""
    listed = part.operator == _EQUALS and not _hangs(part) and len(part.values) <= _MOST_VALUES
    return part.key.lower() if listed or (part.operator == NULL and part.values == ("true",)) else ""


def _fact(stated: Leaf, values: frozenset[str] | None) -> Leaf:
    if values is None:
        return Leaf(NULL, stated.key, ("true",), variables=False, source=stated.source)
    if stated.operator == _EQUALS and values == frozenset(stated.values):
        return stated
    return Leaf(_EQUALS, stated.key, tuple(sorted(values)), variables=False, source=stated.source)


def _settled(leaf: Leaf, facts: Facts) -> Truth:
    """Return what a leaf comes to under the facts, itself if they do not settle it."""
    key = leaf.key.lower()
    if key not in facts or _hangs(leaf):
        return leaf
    values = facts[key]
    if values is None:
        return _of_value(leaf, key, None)
    said = {_of_value(leaf, key, value) for value in values}
    return said.pop() if len(said) == 1 else leaf


def _of_value(part: Truth, key: str, value: str | None) -> Truth:
    """Return what a leaf, or its opposite, says of one value of its key."""
    leaf = _leaf(part)
    if _hangs(leaf):
        return part
    known = {} if value is None else {key: Value((value,), multivalued=False)}
    said = settle_leaf(leaf, Context(known))
    return negate(said) if isinstance(part, Not) else said


def _hangs(leaf: Leaf) -> bool:
    """Tell whether a leaf's values hang on other keys."""
    return leaf.operator.startswith(OF_VALUE) or (
        leaf.variables and any("${" in value for value in leaf.values)
    )


def _leaf(part: Truth) -> Leaf:
    if isinstance(part, Not):
        return part.part
    if isinstance(part, Leaf):
        return part
    raise TypeError(part)
