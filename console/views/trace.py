"""A decision's trace in words: layers in AWS's order, each policy with its place, each statement with its reason."""

from collections.abc import Iterator

from console.policy.context import ABSENT, UNKNOWN
from console.policy.request import Result
from console.policy.trace import Absence, Layer, LayerTrace, Missed, PolicyTrace, StatementTrace, Trace
from console.views.conditions import condition_in_words, entry_in_words

LAYERS = {
    Layer.ENDPOINT: "VPC endpoint policy",
    Layer.RESOURCE_CONTROL: "Resource control policies",
    Layer.SERVICE_CONTROL: "Service control policies",
    Layer.RESOURCE: "Resource policy",
    Layer.IDENTITY: "Identity policies",
    Layer.BOUNDARY: "Permissions boundary",
    Layer.SESSION: "Session policies",
}
_RESULTS = {
    Result.ALLOWED: "allows",
    Result.ALLOWED_IF: "allows if",
    Result.IMPLICITLY_DENIED: "does not allow",
    Result.EXPLICITLY_DENIED: "denies",
}
_ABSENCES = {
    Absence.NONE: "none here",
    Absence.EXEMPT: "does not bind this caller",
    Absence.UNSUPPORTED: "AWS applies none to this service",
}
_ENDS = {
    Result.ALLOWED: "Allowed",
    Result.ALLOWED_IF: "Allowed if",
    Result.IMPLICITLY_DENIED: "Denied: nothing allows it",
    Result.EXPLICITLY_DENIED: "Denied: a statement denies it",
}
_CLOSENESS = {
    "account": "the caller's account, which only delegates",
    "role": "the caller's role",
    "user": "the caller",
}


def trace_in_words(trace: Trace) -> Iterator[str]:
    """Yield the lines of a trace; deeper lines are indented by two spaces a level."""
    yield from end_in_words(trace)
    for layer in trace.layers:
        yield from _layer(layer)


def end_in_words(trace: Trace) -> Iterator[str]:
    """Yield how the request ends, and by which layers it is stopped."""
    decision = trace.decision
    words = condition_in_words(decision.truth) if decision.result is Result.ALLOWED_IF else ""
    yield f"{_ENDS[decision.result]} {words}".rstrip()
    if decision.blocked_by:
        named = (LAYERS[Layer(each)].lower() for each in decision.blocked_by)
        yield f"Stopped by: {', '.join(named)}"


def layer_says(layer: LayerTrace) -> str:
    """Return a layer's own verdict, or why it has no say."""
    result = layer.result
    said = _RESULTS[result] if result else _ABSENCES[layer.absence or Absence.NONE]
    if layer.layer is Layer.RESOURCE_CONTROL and result is Result.ALLOWED:
        said = "does not deny"
    if result is Result.ALLOWED_IF and layer.said:
        said = "depends on the circumstances"
    return said


def silent_levels(layer: LayerTrace) -> Iterator[tuple[str, str]]:
    """Yield each level at which nothing is said of the request, with what that means."""
    for name, level in layer.said.levels if layer.said else ():
        if not level.allowed_by and not level.denied_by:
            does = "denies" if layer.layer is Layer.RESOURCE_CONTROL else "allows"
            yield name, f"nothing attached here {does} it"


def _layer(layer: LayerTrace) -> Iterator[str]:
    yield f"{LAYERS[layer.layer]}: {layer_says(layer)}"
    if layer.said is None:
        return
    for name, words in silent_levels(layer):
        yield f"  {name}: {words}"
    for policy in layer.policies:
        yield from _policy(policy)


def _policy(policy: PolicyTrace) -> Iterator[str]:
    where = f" ({policy.where})" if policy.where else ""
    yield f"  {policy.name}{where}"
    elsewhere = [each for each in policy.statements if each.missed is Missed.ACTION]
    for statement in policy.statements:
        if statement.missed is not Missed.ACTION:
            yield f"    {statement_in_words(statement)}"
    if elsewhere:
        names = ", ".join(short_name(each) for each in elsewhere)
        yield f"    about other actions: {names}"


def statement_in_words(statement: StatementTrace) -> str:
    """Return whether a statement applies, to whom and when; else the element for which it does not."""
    effect = "Allow" if statement.allows else "Deny"
    head = f"{effect} {short_name(statement)}"
    if statement.missed is None:
        named = _CLOSENESS.get(statement.named, "")
        whom = f", naming {named}" if named else ""
        if statement.truth is True:
            return f"{head}: applies{whom}"
        return f"{head}: applies{whom} if {condition_in_words(statement.truth)}"
    if statement.missed is Missed.PRINCIPAL:
        return f"{head}: does not apply, because it names other principals"
    if statement.missed is Missed.RESOURCE:
        return f"{head}: does not apply, because it names other resources"
    return f"{head}: does not apply, because {_because(statement)}"


def _because(statement: StatementTrace) -> str:
    entry = statement.entry
    if entry is None:
        return "its condition does not hold"
    asked = entry_in_words(entry)
    if statement.found is ABSENT:
        return f"it asks that {asked}, and the request has no {entry.key}"
    if statement.found is UNKNOWN or statement.found is None or not isinstance(statement.found, tuple):
        return f"it asks that {asked}"
    return f"it asks that {asked}, and {entry.key} is {' and '.join(statement.found)}"


def short_name(statement: StatementTrace) -> str:
    """Return a statement's Sid, or its position, which stand behind the policy's name."""
    return statement.name.rpartition("#")[2]


def trace_as_json(trace: Trace) -> list[dict[str, object]]:
    """Return the layers for a machine to read."""
    return [
        {
            "layer": layer.layer.value,
            "result": layer.result.value if layer.result else None,
            "absence": layer.absence.value if layer.absence else None,
            "policies": [
                {
                    "name": policy.name,
                    "where": policy.where,
                    "statements": [_as_json(each) for each in policy.statements],
                }
                for policy in layer.policies
            ],
        }
        for layer in trace.layers
    ]


def _as_json(statement: StatementTrace) -> dict[str, object]:
    applies = statement.truth if isinstance(statement.truth, bool) else "if"
    return {
        "statement": statement.name,
        "effect": "Allow" if statement.allows else "Deny",
        "applies": applies,
        "missed": statement.missed.value if statement.missed else None,
        "words": statement_in_words(statement)
        if statement.missed is not Missed.ACTION
        else "about other actions",
    }
