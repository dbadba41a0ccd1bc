"""Buckets that Bedrock's resources, trails and log deliveries name, each with one part of its set-up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.controls.base import Question
from console.controls.payload import part, said
from console.domain.evidence import Fact, Gap

LOCATION = "s3.bucket_location"
LOGGING = "bedrock.invocation_logging"
TRAIL = "cloudtrail.trail"
NOTHING = "what names buckets was read to the end; no bucket is named here that is there"
_OF_OLD: Mapping[str, str] = {"": "us-east-1", "EU": "eu-west-1"}


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that is there, with what AWS said of one part of it."""

    location: Fact
    part: Fact | None
    """None where AWS has none to tell."""

    @property
    def evidence(self) -> tuple[Fact, ...]:
        """The facts that were found."""
        return (self.location,) if self.part is None else (self.location, self.part)


@dataclass(frozen=True, slots=True)
class Use:
    """Logs that lie in a bucket."""

    words: str
    prefix: str
    """How the keys of its objects begin."""
    fact: Fact


def buckets(question: Question, kind: str) -> Iterator[Bucket]:
    """Yield each bucket that is there; one whose part AWS would not show is left to the rule for what is missed."""
    for fact in question.facts(LOCATION):
        if "Error" in fact.payload:
            continue
        found = question.at(kind, fact.scope, fact.key)
        if not isinstance(found, Gap):
            yield Bucket(fact, found)


def region_of(location: Fact) -> str | None:
    """Return where a bucket lies; None where AWS did not say."""
    if "LocationConstraint" not in location.payload:
        return None
    code = said(location.payload, "LocationConstraint") or ""
    return _OF_OLD.get(code, code)


def log_buckets(question: Question) -> dict[str, list[Use]]:
    """Return what lies in each bucket that takes invocation logs or a trail's files; reads `LOGGING` and `TRAIL`."""
    found: dict[str, list[Use]] = {}
    for fact in question.facts(LOGGING):
        config = part(fact.payload, "loggingConfig")
        large = part(part(config, "cloudWatchConfig"), "largeDataDeliveryS3Config")
        for words, place in (("invocation logs", part(config, "s3Config")), ("large payloads", large)):
            if bucket := said(place, "bucketName"):
                found.setdefault(bucket, []).append(Use(words, said(place, "keyPrefix") or "", fact))
    for fact in question.facts(TRAIL):
        if bucket := said(fact.payload, "S3BucketName"):
            prefix = said(fact.payload, "S3KeyPrefix") or ""
            found.setdefault(bucket, []).append(Use(f"trail {said(fact.payload, 'Name')}", prefix, fact))
    return found


def words_of(uses: Sequence[Use]) -> str:
    """Return what lies in a bucket, in words."""
    return " and ".join(dict.fromkeys(each.words for each in uses))
