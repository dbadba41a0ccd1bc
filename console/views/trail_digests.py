"""What came of the digests of a trail's log files, as a cell and as the lines below it."""

import re
from collections.abc import Iterator

from console.controls.base import Verdict
from console.controls.digest_addresses import called
from console.controls.digest_days import DIGESTS, KEYS, Judged, judge_digests
from console.controls.trails import STATUS
from console.views.beside import Seen
from console.views.names import count_words
from console.views.text import inert

BESIDE = (DIGESTS, KEYS)
_REDACTED = re.compile(r"\{[a-z]+:[a-z2-7]+\}")
"""What a pack shows in the place of a word; a digest has nothing of this form."""
_WORDS = {Verdict.FAIL: "not as signed", Verdict.UNKNOWN: "not known"}


def digests_in_words(seen: Seen) -> str:
    """Return how many digests of which day there are and what they are worth, or why they are not judged."""
    found = _judged(seen)
    if isinstance(found, str):
        return found
    if found.verdict is Verdict.PASS:
        logs = sum(each.logs for each in found.parts)
        return f"whole: {len(found.parts)} of {found.day}, over {count_words(logs, 'log file', 'log files')}"
    said = _WORDS.get(found.verdict)
    return inert(f"{said}: {found.because}" if said else found.because)


def digest_lines(seen: Seen) -> Iterator[str]:
    """Yield what came of them, then a line for each digest: what it covers, or what is wrong."""
    found = _judged(seen)
    if isinstance(found, str):
        return
    yield inert(found.because)
    for each in found.parts:
        yield inert(each.words or f"{called(each.key)}: {count_words(each.logs, 'log file', 'log files')}")


def _judged(seen: Seen) -> Judged | str:
    """Judge a trail's digests as the control does; say in words why they cannot be, or need not be."""
    trail, scope, beside = seen.fact, seen.fact.scope, seen.beside
    status = beside.one(STATUS, scope, trail.key)
    digests = beside.by(DIGESTS, scope, "TrailARN", trail.key)
    if any(_REDACTED.search(str(each.payload.get("Content"))) for each in digests):
        return "not shown whole in this pack, so not verified here"
    found = judge_digests(trail, status, digests, beside.missed(DIGESTS, scope), beside.at(KEYS, scope))
    if found.verdict is Verdict.NOT_APPLICABLE:
        return found.because
    unread = (status is None and seen.why_not(STATUS, trail.key)) or seen.why_not(DIGESTS, trail.key)
    unread = unread or seen.why_not(KEYS)
    seen.looked_at.extend(each.sequence for each in (status, *found.evidence) if each)
    return unread or found
