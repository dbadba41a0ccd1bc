"""CloudTrail's digests of one trail and day: held to AWS's keys, to each other and to the clock.

Only what is signed is believed. That none is missing follows from each naming the one before, and at the end of the day
from the clock: CloudTrail writes one an hour, whether there was anything to log or not.
"""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from console.base.clock import parse_stamp
from console.controls.base import Verdict
from console.controls.digest_addresses import address_of, called, is_of, may_be_any
from console.controls.payload import arn_account, moment, said
from console.domain.evidence import Fact, Gap
from console.vault.digest_chain import BadDigestError, Digest, fault_of, is_over, read_digest
from console.vault.rsa import is_rsa_key

DIGESTS, KEYS = "s3.cloudtrail_digest", "cloudtrail.public_key"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SLACK = timedelta(hours=2)
"""How late CloudTrail may be with a digest."""
_SAID = 3
"""Faults that are said; the others are counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """One digest and what is thought of it."""

    key: str
    logs: int
    words: str
    """What is wrong with it, or why that is not known; empty if it is as it was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of a trail's digests of a day."""

    verdict: Verdict
    because: str
    evidence: tuple[Fact | Gap, ...] = ()
    """The digests, what could not be read of them, and the keys that they name."""
    day: str = ""
    """In words; empty where none is judged."""
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class _Day:
    """A trail's digests of a day, while they are judged."""

    status: Fact
    facts: dict[str, Fact]
    gaps: tuple[Gap, ...]
    start: datetime
    seen_at: datetime
    good: dict[str, Digest] = field(default_factory=dict)
    """Those that are what CloudTrail signed."""
    read: dict[str, Digest] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    """What is surely amiss, by address."""
    open: dict[str, str] = field(default_factory=dict)
    """Why something is not known, by address."""

    @property
    def known(self) -> set[str]:
        """The addresses at which there is a digest, read or not."""
        return {*self.facts, *(gap.key for gap in self.gaps)}

    @property
    def hourly(self) -> list[datetime]:
        """When the hourly ones end, in order."""
        found = (address_of(key) for key in self.known)
        return sorted(each.end for each in found if each and not each.is_backfill)

    @property
    def end(self) -> datetime:
        """The end of the day."""
        return self.start + _DAY

    def said_at(self, member: str) -> datetime | None:
        """Return a moment of the trail's state."""
        return moment(self.status.payload, member)


def judge_digests(
    trail: Fact, status: Fact | None, digests: Iterable[Fact], missed: Iterable[Gap], keys: Sequence[Fact]
) -> Judged:
    """Judge what was read of the digests of a trail's last whole day, or say why they are not judged here."""
    why = _not_judged(trail, status)
    if why or status is None:
        verdict, because = why or (Verdict.UNKNOWN, "whether it is logging was not read")
        return Judged(verdict=verdict, because=because)
    return _judge(trail, status, digests, missed, keys)


def _not_judged(trail: Fact, status: Fact | None) -> tuple[Verdict, str] | None:
    asked = trail.payload
    if asked.get("HomeRegion", trail.scope.region) != trail.scope.region:
        return Verdict.NOT_APPLICABLE, "its home is another Region"
    owner = arn_account(trail.key)
    if asked.get("IsOrganizationTrail") is True and owner != trail.scope.account_id:
        return Verdict.UNKNOWN, (
            f"it is the organisation's: of its digests those over the log files of account {owner} are read, and not"
            " those over this account's"
        )
    if asked.get("LogFileValidationEnabled") is not True:
        return Verdict.NOT_APPLICABLE, "its log files are not validated, so it has no digests"
    logging = status.payload.get("IsLogging") if status else True
    if logging is not True:
        no = (Verdict.NOT_APPLICABLE, "it is not logging")
        return no if logging is False else (Verdict.UNKNOWN, "CloudTrail does not say whether it is logging")
    return None


def _judge(
    trail: Fact, status: Fact, digests: Iterable[Fact], missed: Iterable[Gap], keys: Sequence[Fact]
) -> Judged:
    facts = {fact.key: fact for fact in digests if is_of(trail, fact.key)}
    gaps = tuple(gap for gap in missed if is_of(trail, gap.key) or (not facts and may_be_any(gap.key)))
    seen = [parse_stamp(each.provenance.observed_at) for each in (facts.values() or (trail, status))]
    ends = [each.end for each in map(address_of, (*facts, *(gap.key for gap in gaps))) if each]
    last = max(ends) if ends else min(seen) - _DAY
    day = _Day(
        status=status,
        facts=facts,
        gaps=gaps,
        start=datetime.combine(last.date(), time(), UTC),
        seen_at=min(seen),
    )
    ders = _ders(keys)
    for fact in facts.values():
        _read(fact, ders, day)
    for digest in day.good.values():
        _follow(digest, day)
    for gap in gaps:
        day.open[gap.key] = f"{called(gap.key)} could not be read: {gap.reason.value}"
    verdict, because = _verdict(day)
    if verdict is Verdict.PASS and trail.payload.get("IsOrganizationTrail") is True:
        verdict, because = (
            Verdict.UNKNOWN,
            f"{because}; but of the organisation's other accounts no digest is read",
        )
    used = {each.fingerprint for each in day.read.values()}
    return Judged(
        verdict=verdict,
        because=because,
        evidence=(*facts.values(), *gaps, *(key for key in keys if key.key in used)),
        day=_day_words(day.start),
        parts=tuple(_parts(day)),
    )


def _ders(keys: Iterable[Fact]) -> dict[str, bytes]:
    """Return the keys that can be used, by fingerprint."""
    found = {}
    for fact in keys:
        try:
            der = b64decode(said(fact.payload, "Value") or "", validate=True)
        except (ValueError, binascii.Error):
            continue
        if is_rsa_key(der):
            found[fact.key] = der
    return found


def _read(fact: Fact, ders: Mapping[str, bytes], day: _Day) -> None:
    """Read a digest and hold it to its address and to the key that it names."""
    try:
        signature = bytes.fromhex(said(fact.payload, "Signature") or "")
    except ValueError:
        signature = b""
    try:
        digest = read_digest((said(fact.payload, "Content") or "").encode(), signature)
    except BadDigestError:
        day.wrong[fact.key] = f"{called(fact.key)} is no digest of CloudTrail's"
        return
    day.read[fact.key] = digest
    fault = fault_of(digest, ders)
    if (digest.bucket, digest.key) != (said(fact.payload, "Bucket"), fact.key):
        day.wrong[fact.key] = f"{called(fact.key)} was written to another place than where it lies"
    elif fault:
        day.wrong[fact.key] = f"{called(fact.key)} is not what CloudTrail signed"
    elif fault is None:
        day.open[fact.key] = f"the public key of {called(fact.key)} was not read"
    else:
        day.good[fact.key] = digest


def _follow(digest: Digest, day: _Day) -> None:
    """Hold a digest to the one that it names as the one before; what is signed says where that has to be."""
    here, before = address_of(digest.key), address_of(digest.before_key)
    if not digest.before_signature:
        if here and not here.is_backfill and not _is_explained(here.end, day):
            day.wrong.setdefault(
                digest.key,
                f"a new series begins with {called(digest.key)}: logging or file validation had been switched off",
            )
    elif before and before.end < day.start:
        return
    elif not (before and here and before.begin == here.begin and digest.before_bucket == digest.bucket):
        day.open[digest.key] = f"the one before {called(digest.key)} went to another place, and was not read"
    elif digest.before_key not in day.known:
        day.wrong[digest.before_key] = f"{called(digest.before_key)}, which the next names, was taken out"
    elif digest.before_key in day.read and not is_over(digest, day.read[digest.before_key]):
        day.wrong.setdefault(
            digest.before_key, f"{called(digest.before_key)} is not the one over which the next was signed"
        )


def _is_explained(end: datetime, day: _Day) -> bool:
    """Tell whether a series may begin with the digest that ends then: the trail's logging began just before."""
    started, stopped = day.said_at("StartLoggingTime"), day.said_at("StopLoggingTime")
    is_first = end == day.hourly[0]
    was_off = stopped is not None and stopped >= day.start
    return is_first and not was_off and started is not None and end - _HOUR - _SLACK <= started <= end


def _verdict(day: _Day) -> tuple[Verdict, str]:
    if not (day.hourly or day.wrong or day.open):
        return _of_none(day)
    late = _late(day)
    read, logs = f"{_count(len(day.facts), 'digest')} of {_day_words(day.start)}", _logs(day)
    kept = f"{read} read, {len(day.good):,} as CloudTrail signed {'it' if len(day.good) == 1 else 'them'}, over {logs}"
    faults = [*day.wrong.values(), *([late[1]] if late and late[0] else [])]
    if faults:
        return Verdict.FAIL, f"{kept}; {_some(faults)}"
    doubts = [*day.open.values(), *([late[1]] if late else [])]
    if doubts:
        return Verdict.UNKNOWN, f"{kept}; {_some(doubts)}"
    whole = "each is what CloudTrail signed, over the one before, and none is missing"
    return Verdict.PASS, f"{read}, over {logs}: {whole}"


def _logs(day: _Day) -> str:
    return _count(sum(each.logs for each in day.good.values()), "log file")


def _late(day: _Day) -> tuple[bool, str] | None:
    """Return whether the end of the day is missing for certain, in words; None where the day is whole."""
    if not day.hourly or day.hourly[-1] + _HOUR >= day.end:
        return None
    last = day.hourly[-1]
    if day.seen_at < last + _HOUR + _SLACK:
        return False, f"the last ends at {last:%H:%M} UTC, and the next was not yet due when they were read"
    return (
        True,
        f"none follows the one of {last:%H:%M} UTC, though CloudTrail writes one an hour{_refused(day)}",
    )


def _of_none(day: _Day) -> tuple[Verdict, str]:
    """Say what it means that there is not one digest of a day."""
    words, started = _day_words(day.start), day.said_at("StartLoggingTime")
    stopped = day.said_at("StopLoggingTime")
    if started is None:
        return (
            Verdict.UNKNOWN,
            f"there is no hourly digest of {words}, and CloudTrail does not say since when it logs",
        )
    if max(started, day.start) + _HOUR + _SLACK < day.end:
        return Verdict.FAIL, (
            f"there is no hourly digest of {words}, though it has been logging since {started:%H:%M} UTC on"
            f" {_day_words(started)}: they were taken out, or never written{_refused(day)}"
        )
    if started < day.end or (stopped and stopped >= day.start):
        return (
            Verdict.UNKNOWN,
            f"there is no hourly digest of {words}, and it logged for a part of that day at most",
        )
    return (
        Verdict.NOT_APPLICABLE,
        f"it has been logging since {_day_words(started)}: there is no whole day yet",
    )


def _refused(day: _Day) -> str:
    error = said(day.status.payload, "LatestDigestDeliveryError")
    return f"; CloudTrail says that it could not deliver its last digest: {error}" if error else ""


def _parts(day: _Day) -> Iterator[Part]:
    for key in sorted({*day.facts, *day.wrong, *day.open}):
        logs = day.good[key].logs if key in day.good else 0
        yield Part(key, logs, day.wrong.get(key) or day.open.get(key, ""))


def _some(words: Sequence[str]) -> str:
    more = f"; and {len(words) - _SAID:,} more" if len(words) > _SAID else ""
    return "; ".join(words[:_SAID]) + more


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing if number == 1 else f'{thing}s'}"


def _day_words(day: datetime) -> str:
    return f"{day.day} {day:%B %Y}"
