"""One record of an invocation log as a `Call` that is safe to keep: no prompt, no answer, no matched text.

Whatever stands in a record where a name belongs is held to how AWS makes such names; what is not made so is not kept.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

import orjson

from console.usage.assessments import (
    EITHER,
    UNREADABLE,
    Hit,
    applied,
    hits_of,
)
from console.usage.outcomes import Damage, RefusedRecordError

SCHEMA_TYPE = "ModelInvocationLog"
SCHEMA_VERSIONS = frozenset({"1.0"})
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""Bedrock is younger than this."""
CLOCK_SLACK = timedelta(days=1)
"""How far ahead of the reader's clock a record's may be."""
DIGEST_BYTES = 8
INTERVENED = "INTERVENED"
"""The action of a hit of which the log says no more than that a guardrail stepped in."""
MOST_TOKENS = 2**32 - 1


class Guarded(IntEnum):
    """What a record tells of guardrails; a number is for ever, because it stands in stores."""

    UNTOLD = 0
    """No body was delivered to the log, so nothing can be said."""
    NONE_SEEN = 1
    """The body is there and nothing in it speaks of a guardrail."""
    ASSESSED = 2
    """A guardrail was asked, and caught nothing that the log tells."""
    CAUGHT = 3
    """A guardrail stepped in."""
    NOTICED = 4
    """A guardrail noticed something, and let it pass."""


class Setting(NamedTuple):
    """Who called what, where: what many calls have in common."""

    account: str
    region: str
    """Where the call was made."""
    ran_in: str
    """Where the model ran: `inferenceRegion`, or where the call was made if AWS did not send it on."""
    identity: str
    """The caller's ARN; a session's name that a machine made up is `*`."""
    model: str
    """Empty where the log names a profile of the account's own, which does not say it."""
    operation: str
    profile: str
    """The inference profile that was called; empty for a model itself."""


class Call(NamedTuple):
    """One call of a model."""

    time: int
    """Seconds since 1970, UTC."""
    setting: Setting
    request_id: str
    """Empty where the log has none."""
    key: int
    """64 bits by which the same call is known again, wherever it is read."""
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    error: str
    """AWS's error code; empty for a call that succeeded."""
    guarded: Guarded
    hits: tuple[Hit, ...]


_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_REGION = re.compile(r"[a-z]{2}(-[a-z0-9]{1,12}){1,4}")
_ARN = re.compile(r"arn:[\w+=,.@:/*-]{1,2044}", re.ASCII)
_MODEL = re.compile(r"[\w.:/-]{1,512}", re.ASCII)
_REQUEST_ID = re.compile(r"[\w-]{1,128}", re.ASCII)
_CODE = re.compile(r"[A-Za-z]{1,64}")
_GEOGRAPHY = re.compile(r"(?:us-gov|apac|global|[a-z]{2})\.(?=[a-z0-9-]+\.)")
_MACHINE_MADE = re.compile(r"[0-9a-f-]{16,}|.*\d{8,}.*|i-[0-9a-f]{8,}", re.ASCII)
"""Names of sessions that nobody chose: ids, numbers, instances."""
_SESSION_AT = 2
"""Where the session's name begins among the parts of an assumed role's ARN."""
_INTERVENED = frozenset({"INTERVENED", "GUARDRAIL_INTERVENED"})
_STOPPED = "guardrail_intervened"
_MARK = b"uardrail"
"""Part of every member by which a record speaks of guardrails, however it is spelt; without it none is looked for."""
_ESCAPED = b"\\u00"
"""With it a member's name may be spelt in another way than in letters."""
_PARTS = ("metadata", "messageStop", "chunk")
_STAMP_LENGTH = 20
_MOST_SETTINGS = 100_000


class RecordReader:
    """Reads lines; keeps nothing of them but the settings it has met."""

    def __init__(self, secret: bytes, now: datetime) -> None:
        """Take the key of digests, which stays in the store, and the moment after which no record can be."""
        self._secret = secret
        self._latest = int((now + CLOCK_SLACK).timestamp())
        self._settings: dict[tuple[Any, ...], Setting] = {}
        self._days: dict[str, int] = {}

    def read(self, line: bytes) -> Call:
        """Return the call that a line records; raise `RefusedRecordError` with the reason if it cannot be counted."""
        try:
            record = orjson.loads(line)
        except ValueError:
            raise RefusedRecordError(Damage.NOT_JSON) from None
        if not isinstance(record, dict):
            raise RefusedRecordError(Damage.NOT_A_RECORD)
        _check_schema(record)
        time = self._time(record.get("timestamp"))
        into, out = _mapping(record.get("input")), _mapping(record.get("output"))
        said = record.get("requestId")
        request_id = said if isinstance(said, str) and _REQUEST_ID.fullmatch(said) else ""
        guarded, hits = self._guarded(line, into, out)
        code = record.get("errorCode")
        return Call(
            time,
            self._setting(record),
            request_id,
            int.from_bytes(self._digest_of(request_id.encode() if request_id else line), "little"),
            _tokens(into.get("inputTokenCount")),
            _tokens(out.get("outputTokenCount")),
            _tokens(into.get("cacheReadInputTokenCount")),
            _tokens(into.get("cacheWriteInputTokenCount")),
            "" if code is None else (code if isinstance(code, str) and _CODE.fullmatch(code) else UNREADABLE),
            guarded,
            hits,
        )

    def digest(self, match: str) -> bytes:
        """Return the digest of a matched text."""
        return self._digest_of(match.encode("utf-8", "surrogatepass"))

    def _digest_of(self, content: bytes) -> bytes:
        return hashlib.blake2b(content, digest_size=DIGEST_BYTES, key=self._secret).digest()

    def _guarded(
        self, line: bytes, into: Mapping[str, Any], out: Mapping[str, Any]
    ) -> tuple[Guarded, tuple[Hit, ...]]:
        has_body = "outputBodyJson" in out or "inputBodyJson" in into
        if _MARK not in line and _ESCAPED not in line:
            return (Guarded.NONE_SEEN if has_body else Guarded.UNTOLD), ()
        found = found_in(out.get("outputBodyJson"), self.digest)
        if found.hits:
            noticed = all(hit.is_detect_only for hit in found.hits)
            return (Guarded.NOTICED if noticed else Guarded.CAUGHT), found.hits
        if found.was_assessed or "guardrailConfig" in _mapping(into.get("inputBodyJson")):
            return Guarded.ASSESSED, ()
        return (Guarded.NONE_SEEN if has_body else Guarded.UNTOLD), ()

    def _setting(self, record: Mapping[str, Any]) -> Setting:
        arn = _mapping(record.get("identity")).get("arn")
        raw = (
            record.get("accountId"),
            record.get("region"),
            record.get("inferenceRegion"),
            arn,
            record.get("modelId"),
            record.get("operation"),
        )
        try:
            known = self._settings.get(raw)
        except TypeError:  # a list or an object where a name belongs
            return _setting_of(*raw)
        if known is None:
            if len(self._settings) >= _MOST_SETTINGS:
                self._settings.clear()
            known = self._settings[raw] = _setting_of(*raw)
        return known

    def _time(self, said: object) -> int:
        if not isinstance(said, str):
            raise RefusedRecordError(Damage.BAD_TIME)
        try:
            if len(said) == _STAMP_LENGTH and said[10] == "T" and said[-1] == "Z":
                day = self._days.get(said[:10]) or self._day(said[:10])
                hours, minutes, seconds = int(said[11:13]), int(said[14:16]), int(said[17:19])
                if not (hours < 24 and minutes < 60 and seconds < 61):  # noqa: PLR2004 - of a clock
                    raise RefusedRecordError(Damage.BAD_TIME)
                time = day + hours * 3600 + minutes * 60 + seconds
            else:
                moment = datetime.fromisoformat(said)
                time = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        except (ValueError, OverflowError):
            raise RefusedRecordError(Damage.BAD_TIME) from None
        if time < _EARLIEST:
            raise RefusedRecordError(Damage.TOO_EARLY)
        if time > self._latest:
            raise RefusedRecordError(Damage.IN_FUTURE)
        return time

    def _day(self, said: str) -> int:
        day = int(datetime.fromisoformat(said).replace(tzinfo=UTC).timestamp())
        if len(self._days) < _MOST_SETTINGS:
            self._days[said] = day
        return day


_EARLIEST = int(EARLIEST.timestamp())


class Found(NamedTuple):
    """What the body of an answer tells of guardrails."""

    was_assessed: bool
    hits: tuple[Hit, ...]


def found_in(body: object, digest: Callable[[str], bytes]) -> Found:
    """Look through an answer, whole or in the chunks of a stream, for what guardrails did."""
    was_assessed = has_intervened = False
    hits: list[Hit] = []
    for part in _parts(body):
        action = part.get("amazon-bedrock-guardrailAction")
        was_assessed |= isinstance(action, str)
        has_intervened |= (isinstance(action, str) and action in _INTERVENED) or part.get(
            "stopReason"
        ) == _STOPPED
        for trace in (part.get("amazon-bedrock-trace"), part.get("trace")):
            if isinstance(trace, dict):
                hits += hits_of(trace, EITHER, digest)
                was_assessed = was_assessed or applied(trace)
    if has_intervened and not any(not hit.is_detect_only for hit in hits):
        hits.append(Hit("", "", "", "", "", INTERVENED, EITHER))
    return Found(was_assessed or has_intervened, tuple(hits))


def _parts(body: object) -> Iterator[Mapping[str, Any]]:
    """Yield each mapping of an answer in which guardrails are spoken of."""
    for chunk in body if isinstance(body, list) else [body]:
        if isinstance(chunk, dict):
            yield chunk
            for name in _PARTS:
                if isinstance(chunk.get(name), dict):
                    yield chunk[name]


def _check_schema(record: Mapping[str, Any]) -> None:
    kind = record.get("schemaType")
    if kind is None:
        raise RefusedRecordError(Damage.NO_SCHEMA_TYPE)
    if kind != SCHEMA_TYPE:
        raise RefusedRecordError(Damage.OTHER_SCHEMA_TYPE)
    version = record.get("schemaVersion")
    if not isinstance(version, str) or version not in SCHEMA_VERSIONS:
        raise RefusedRecordError(Damage.OTHER_VERSION)


def _setting_of(
    account: object, region: object, ran_in: object, arn: object, model: object, operation: object
) -> Setting:
    made_in = _held(region, _REGION)
    called = _held(model, _MODEL)
    named, profile = _model_of(called)
    return Setting(
        account=_held(account, _ACCOUNT),
        region=made_in,
        ran_in=made_in if ran_in is None or ran_in == "" else _held(ran_in, _REGION),
        identity=_identity_of(_held(arn, _ARN)),
        model=named,
        operation=_held(operation, _CODE),
        profile=profile,
    )


def _held(value: object, pattern: re.Pattern[str]) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else UNREADABLE


def held_account(value: object) -> str:
    """Return an account's number, if it is one."""
    return _held(value, _ACCOUNT)


def held_region(value: object) -> str:
    """Return a Region, if it is written like one."""
    return _held(value, _REGION)


def held_caller(value: object) -> str:
    """Return a caller's ARN, if it is one; of a session that a machine named, only whose it is."""
    return _identity_of(_held(value, _ARN))


def held_model(value: object) -> str:
    """Return the id or ARN of a model or profile, if it is made like one."""
    return _held(value, _MODEL)


def held_operation(value: object) -> str:
    """Return the name of an operation, if it is made like one."""
    return _held(value, _CODE)


def _identity_of(arn: str) -> str:
    """Return a caller's ARN; of a session that a machine named, only whose it is.

    >>> _identity_of("arn:aws:sts::111122223333:assumed-role/app/1732888888123456789")
    'arn:aws:sts::111122223333:assumed-role/app/*'
    """
    parts = arn.split("/", _SESSION_AT)
    if (
        len(parts) > _SESSION_AT
        and parts[0].endswith(":assumed-role")
        and _MACHINE_MADE.fullmatch(parts[_SESSION_AT])
    ):
        return f"{parts[0]}/{parts[1]}/*"
    return arn


def model_named(called: str) -> str:
    """Return the model that a `modelId`, or a metric's dimension, names; empty for a profile of an account's own."""
    return _model_of(called)[0]


def _model_of(called: str) -> tuple[str, str]:
    """Return the model and the inference profile that a `modelId` names.

    >>> _model_of("eu.anthropic.claude-haiku-4-5-20251001-v1:0")
    ('anthropic.claude-haiku-4-5-20251001-v1:0', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0')
    """
    if "application-inference-profile/" in called:
        return "", called
    last = called.rpartition("/")[2]
    geography = _GEOGRAPHY.match(last)
    if geography:
        return last[geography.end() :], called
    return last, called if "inference-profile/" in called else ""


def _tokens(value: object) -> int:
    return min(value, MOST_TOKENS) if isinstance(value, int) and value > 0 else 0


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
