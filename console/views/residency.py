"""Whether data could leave, in words: each account and profile, who could call it, and what stops the call."""

from collections.abc import Iterable, Iterator
from typing import Any

from console.policy.bedrock import UNSPECIFIED
from console.policy.request import Result
from console.policy.residency import Crossing, Passage, Stop
from console.policy.written import write_formula
from console.views.conditions import condition_in_words

_PASSAGES = {
    Passage.OPEN: "can leave",
    Passage.OPEN_IF: "can leave, if a condition holds",
    Passage.STOPPED: "cannot leave",
    Passage.NOT_KNOWN: "not known",
}
_ORDER = (Passage.OPEN, Passage.OPEN_IF, Passage.NOT_KNOWN, Passage.STOPPED)
_SHOWN = 5


def verdict(crossing: Crossing) -> str:
    """Return whether data could leave through a profile."""
    if not crossing.outside:
        return (
            "stays in approved Regions" if crossing.profile.destinations else "not known: it names no model"
        )
    return _PASSAGES[crossing.passage]


def region_in_words(region: str) -> str:
    """Return a Region's name; the one that a global profile presents is spelt out."""
    return "anywhere (unspecified)" if region == UNSPECIFIED else region


def crossings_in_words(crossings: Iterable[Crossing]) -> Iterator[str]:
    """Yield the lines about one account: profiles with one outcome together, those that let data leave first."""
    together: dict[tuple[object, ...], list[Crossing]] = {}
    for crossing in crossings:
        likeness = (verdict(crossing), crossing.outside, crossing.answers, crossing.stops, crossing.faults)
        together.setdefault(likeness, []).append(crossing)
    for alike in sorted(together.values(), key=lambda each: _ORDER.index(each[0].passage)):
        yield from _alike(alike)


def _alike(alike: list[Crossing]) -> Iterator[str]:
    first = alike[0]
    where = ", ".join(region_in_words(each) for each in first.outside)
    to = f" to {where}" if where else ""
    yield f"{verdict(first)}{to}: {', '.join(f'{each.profile.name} in {each.profile.source}' for each in alike)}"
    for answer in first.answers[:_SHOWN]:
        words = condition_in_words(answer.truth) if answer.result is Result.ALLOWED_IF else ""
        yield f"  by {answer.principal}" + (f", if {words}" if words else "")
    if len(first.answers) > _SHOWN:
        yield f"  and by {len(first.answers) - _SHOWN} more"
    for stop in first.stops:
        yield f"  {stop_in_words(stop)}"
    if first.passage is Passage.STOPPED and not any(stop.truth is True for stop in first.stops):
        yield "  nobody can make the whole call"
    for fault in first.faults:
        yield f"  not known: {fault.principal or 'everybody here'}: {fault.reason}"


def stop_in_words(stop: Stop) -> str:
    """Return what a statement stops."""
    if not stop.statement:
        return f"stopped at {stop.level}: no policy attached there allows it"
    if stop.truth is True:
        return f"stopped by {stop.statement} at {stop.level}"
    return f"{stop.statement} at {stop.level} stops it if {condition_in_words(stop.truth)}"


def crossing_as_json(crossing: Crossing) -> dict[str, Any]:
    """Return the same for a machine to read."""
    return {
        "account": crossing.account,
        "profile": crossing.profile.arn,
        "destinations": list(crossing.profile.destinations),
        "outside": list(crossing.outside),
        "passage": crossing.passage.value,
        "verdict": verdict(crossing),
        "principals": [
            {
                "principal": each.principal,
                "result": each.result.value,
                **({} if isinstance(each.truth, bool) else {"residual": write_formula(each.truth)}),
            }
            for each in crossing.answers
        ],
        "legs": [
            {
                "action": leg.action,
                "resource": leg.resource,
                "region": leg.region,
                "passage": leg.passage.value,
                "principals": leg.who,
                "stops": [stop_as_json(each) for each in leg.stops],
            }
            for leg in crossing.legs
        ],
        "not_known": [{"principal": each.principal, "reason": each.reason} for each in crossing.faults],
    }


def stop_as_json(stop: Stop) -> dict[str, Any]:
    """Return a stop for a machine to read."""
    said: dict[str, Any] = {"statement": stop.statement, "level": stop.level}
    if not isinstance(stop.truth, bool):
        said["residual"] = write_formula(stop.truth)
    return said
