"""What became of a line of a log that is not a call: each outcome is counted, and said with its place."""

from enum import StrEnum


class Damage(StrEnum):
    """Why a line, or the rest of an object, could not be read; each is a gap."""

    NOT_JSON = "not JSON"
    NOT_A_RECORD = "not a record"
    """JSON, and no object."""
    NO_SCHEMA_TYPE = "no schemaType"
    OTHER_SCHEMA_TYPE = "another schemaType"
    OTHER_VERSION = "unknown schemaVersion"
    BAD_TIME = "no readable timestamp"
    TOO_EARLY = "timestamp before 2020"
    IN_FUTURE = "timestamp in the future"
    TOO_LONG = "line too long"
    BROKEN_GZIP = "broken gzip"
    TOO_LARGE = "object too large"


class RefusedRecordError(Exception):
    """A line is no record that can be counted."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(damage.value)
        self.damage = damage
