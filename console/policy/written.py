"""Residual conditions as JSON, in the words of AWS's own operators."""

from typing import Any

from console.policy.conditions import NEGATED_NAMES
from console.policy.truth import All, Formula, Leaf, Not

_NOT = ":Not:"


def write_formula(formula: Formula) -> dict[str, Any]:
    """Return a residual condition as a tree of `all`, `any`, `not` and leaves, in a stable order."""
    if isinstance(formula, Leaf):
        return _leaf(formula, formula.operator)
    if isinstance(formula, Not):
        negated = NEGATED_NAMES.get(formula.part.operator)
        return _leaf(formula.part, negated) if negated else {"not": write_formula(formula.part)}
    parts = sorted((write_formula(part) for part in formula.parts), key=repr)
    return {"all" if isinstance(formula, All) else "any": parts}


def _leaf(leaf: Leaf, operator: str) -> dict[str, Any]:
    quantifier, negation, base = operator.partition(_NOT)
    if negation:
        operator = f"{quantifier}:{NEGATED_NAMES[base]}"
    return {"op": operator, "key": leaf.key, "values": list(leaf.values), "sources": [leaf.source]}
