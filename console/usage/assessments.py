"""What a guardrail says it caught, without what it caught: types, names and actions stay, matched text does not.

Guardrails answer in several forms (one assessment, lists of them, maps by guardrail; `guardrail` and `guardrails`), and
each is walked for assessments: whatever has the members of one is one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

INPUT, OUTPUT, EITHER = "input", "output", ""
"""Which side of a call was assessed; either, where the log does not say."""
REQUEST, ACCOUNT, ORGANISATION = "REQUEST", "ACCOUNT_ENFORCED", "ORGANIZATION_ENFORCED"
"""Who asked for the guardrail, in AWS's words."""
_NAME = re.compile(r"[0-9A-Za-z_ !?.,:/()&+-]{1,100}")
"""What the names of topics and patterns are made of; whatever else stands there is not told apart from text."""
_WORD = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
_GUARDRAIL = re.compile(r"[\w:/-]{1,256}", re.ASCII)
_DEEPEST = 12
UNREADABLE = "(not a name)"
Digest = Callable[[str], bytes]
"""Returns eight bytes by which equal matches are known and from which none can be read."""


class Hit(NamedTuple):
    """One thing that one guardrail caught in one call."""

    guardrail: str
    """Its id or ARN; empty where the log does not name it."""
    version: str
    origin: str
    """`REQUEST`, `ACCOUNT_ENFORCED`, `ORGANIZATION_ENFORCED`; empty where the log does not say."""
    policy: str
    """`content`, `topic`, `word`, `sensitive information`, `contextual grounding`, `automated reasoning`; empty where
    the log says only that the guardrail stepped in."""
    type: str
    """The filter, the topic's name, the kind of personal information."""
    action: str
    """`BLOCKED`, `ANONYMIZED`, `NONE`."""
    side: str
    digest: bytes = b""
    """Of the matched text, with a key that stays in the store; empty where nothing was matched by text."""

    @property
    def is_detect_only(self) -> bool:
        """Whether the guardrail noticed and let pass."""
        return self.action == "NONE"


class _Sort(NamedTuple):
    """Where an assessment keeps one sort of catch."""

    member: str
    entries: str
    policy: str
    called: Callable[[Mapping[str, Any]], str]


def _typed(entry: Mapping[str, Any]) -> str:
    return word(entry.get("type"))


def _named(entry: Mapping[str, Any]) -> str:
    return name(entry.get("name"))


_SORTS = (
    _Sort("topicPolicy", "topics", "topic", _named),
    _Sort("contentPolicy", "filters", "content", _typed),
    _Sort("wordPolicy", "customWords", "word", lambda _: "CUSTOM_WORD"),
    _Sort("wordPolicy", "managedWordLists", "word", _typed),
    _Sort("sensitiveInformationPolicy", "piiEntities", "sensitive information", _typed),
    _Sort("sensitiveInformationPolicy", "regexes", "sensitive information", _named),
    _Sort("contextualGroundingPolicy", "filters", "contextual grounding", _typed),
)
_MEMBERS = frozenset(
    {*(sort.member for sort in _SORTS), "automatedReasoningPolicy", "appliedGuardrailDetails"}
)
_ACTIONS = frozenset({"BLOCKED", "ANONYMIZED", "NONE"})
_INERT_FINDINGS = frozenset({"valid", "noTranslations"})
"""Findings of automated reasoning in which nothing was caught."""
_FINDINGS = frozenset({"invalid", "satisfiable", "impossible", "translationAmbiguous", "tooComplex"})


def word(value: object) -> str:
    """Return one of AWS's own words in capitals; anything else is not kept."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else UNREADABLE


def name(value: object) -> str:
    """Return a name that somebody gave a topic or a pattern, if it is made as such names are."""
    return value if isinstance(value, str) and _NAME.fullmatch(value) else UNREADABLE


def hits_of(trace: object, side: str, digest: Digest, guardrail: str = "") -> Iterator[Hit]:
    """Yield what the assessments in a trace caught; a trace of a form that is not known yields nothing."""
    for assessment, where, named in _assessments(trace, side, guardrail, 0):
        yield from _caught(assessment, where, named, digest)


def applied(trace: object) -> bool:
    """Tell whether any guardrail assessed anything, caught or not."""
    return any(True for _ in _assessments(trace, EITHER, "", 0))


def _assessments(
    value: object, side: str, guardrail: str, depth: int
) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _assessments(each, side, guardrail, depth + 1)
    elif isinstance(value, dict):
        if not _MEMBERS.isdisjoint(value) or "invocationMetrics" in value:
            yield value, side, guardrail
            return
        for key, each in value.items():
            if key in ("input", "inputAssessment", "inputAssessments"):
                yield from _assessments(each, INPUT, guardrail, depth + 1)
            elif key in ("outputs", "outputAssessment", "outputAssessments"):
                yield from _assessments(each, OUTPUT, guardrail, depth + 1)
            elif isinstance(each, dict | list):
                called = key if _GUARDRAIL.fullmatch(key) and key not in _PLACES else guardrail
                yield from _assessments(each, side, called, depth + 1)


_PLACES = frozenset({"guardrail", "guardrails", "assessments", "trace"})
"""Members on the way to assessments that are no guardrail's id."""


def _caught(assessment: Mapping[str, Any], side: str, guardrail: str, digest: Digest) -> Iterator[Hit]:
    details = _mapping(assessment.get("appliedGuardrailDetails"))
    said = details.get("guardrailArn") or details.get("guardrailId") or guardrail
    whose = (
        said if isinstance(said, str) and (not said or _GUARDRAIL.fullmatch(said)) else UNREADABLE,
        _version(details.get("guardrailVersion")),
        _origin(details.get("guardrailOrigin")),
    )
    for sort in _SORTS:
        for entry in _entries(_mapping(assessment.get(sort.member)).get(sort.entries)):
            action = entry.get("action")
            if (
                not isinstance(action, str)
                or action not in _ACTIONS
                or (action == "NONE" and entry.get("detected") is not True)
            ):
                continue
            match = entry.get("match")
            said_digest = digest(match) if isinstance(match, str) else b""
            yield Hit(*whose, sort.policy, sort.called(entry), str(action), side, said_digest)
    for finding in _entries(_mapping(assessment.get("automatedReasoningPolicy")).get("findings")):
        for kind in finding:
            if kind in _FINDINGS:
                yield Hit(*whose, "automated reasoning", _capitals(kind), "NONE", side)


def _capitals(kind: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", kind).upper()


def _version(value: object) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"DRAFT|\d{1,8}", value) else ""


def _origin(value: object) -> str:
    """Return who asked for the guardrail, the strongest where AWS names several."""
    said = value if isinstance(value, list) else [value]
    return next((each for each in (ORGANISATION, ACCOUNT, REQUEST) if each in said), "")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _entries(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))
