"""Conditions in words: what must hold for a request to be allowed."""

from console.policy.conditions import Entry
from console.policy.statements import RESOURCE_KEY
from console.policy.truth import All, Formula, Leaf, Not, Truth

_WORDS = {
    "StringEquals": "is",
    "StringEqualsIgnoreCase": "is (in any case)",
    "StringLike": "is like",
    "ArnEquals": "is like",
    "ArnLike": "is like",
    "Bool": "is",
    "BinaryEquals": "is the bytes",
    "IpAddress": "is in",
    "NumericEquals": "is",
    "NumericLessThan": "is less than",
    "NumericLessThanEquals": "is at most",
    "NumericGreaterThan": "is more than",
    "NumericGreaterThanEquals": "is at least",
    "DateEquals": "is",
    "DateLessThan": "is before",
    "DateLessThanEquals": "is not after",
    "DateGreaterThan": "is after",
    "DateGreaterThanEquals": "is not before",
}
_NULL = "Null"
_EACH_NOT = ":Not"


def condition_in_words(truth: Truth) -> str:
    """Return what must hold, as a phrase; empty if nothing must.

    >>> leaf = Leaf("StringEquals", "aws:SourceVpce", ("vpce-1",), False, "p#1")
    >>> condition_in_words(leaf)
    'aws:SourceVpce is vpce-1'
    >>> condition_in_words(Not(leaf))
    'aws:SourceVpce is not vpce-1'
    """
    if isinstance(truth, bool):
        return "" if truth else "never"
    return _phrase(truth)


def entry_in_words(entry: Entry) -> str:
    """Return what one condition of a statement asks, as a phrase."""
    operator = entry.operator
    leaf = Leaf(operator.positive, entry.key, entry.values, entry.variables, entry.source)
    return condition_in_words(Not(leaf) if operator.negated else leaf)


def _phrase(formula: Formula) -> str:
    if isinstance(formula, Leaf):
        return _leaf(formula, negated=False)
    if isinstance(formula, Not):
        return _leaf(formula.part, negated=True)
    word = " and " if isinstance(formula, All) else " or "
    parts = sorted(_phrase(part) for part in formula.parts)
    return word.join(f"({part})" if (" or " in part or " and " in part) else part for part in parts)


def _leaf(leaf: Leaf, *, negated: bool) -> str:
    if leaf.operator == _NULL:
        there = (leaf.values == ("false",)) is not negated
        return f"{leaf.key} is {'given' if there else 'not given'}"
    quantifier, _, operator = leaf.operator.rpartition(":")
    words = _WORDS.get(operator, operator)
    if quantifier.endswith(_EACH_NOT):
        quantifier, words = quantifier.removesuffix(_EACH_NOT), _opposite(words)
    values = " or ".join(leaf.values)
    many = {"ForAllValues": "every value of ", "ForAnyValue": "some value of "}.get(quantifier, "")
    if negated and many:
        return f"not: {many}{leaf.key} {words} {values}"
    words = _opposite(words) if negated else words
    key = "the resource" if leaf.key == RESOURCE_KEY else leaf.key
    return f"{many}{key} {words} {values or 'none of them'}"


def _opposite(words: str) -> str:
    if words.startswith("is not "):
        return f"is {words.removeprefix('is not ')}"
    return words.replace("is", "is not", 1) if words.startswith("is") else f"not {words}"
