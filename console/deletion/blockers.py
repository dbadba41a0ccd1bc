"""What can stand in the way of a deletion, in plain words, and whether an officer may accept that it stays."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.deletion.plan import Blocker, blocker_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of blocker."""

    words: str
    """What it means, for an officer who is no cloud engineer."""
    acceptable: bool
    """Whether what it keeps may be accepted as a residual; else the cause has to go first."""


BLOCKERS: Mapping[str, Kind] = {
    "commitment": Kind(words="Capacity was bought for a term that is not over", acceptable=False),
    "copy-elsewhere": Kind(
        words="A copy of the model is in an account that this plan may not reach", acceptable=True
    ),
    "backup": Kind(words="AWS Backup holds copies, which stay", acceptable=True),
    "deletion-protection": Kind(words="The log group is protected against deletion", acceptable=False),
    "extraction": Kind(
        words="Extractions that failed can be started again and would bring records back", acceptable=True
    ),
    "in-flight": Kind(words="Work on it is under way and could bring it back", acceptable=False),
    "in-use": Kind(words="Something else would no longer work without it", acceptable=True),
    "key-in-use": Kind(
        words="Something is known to use the key, and could never be read again", acceptable=False
    ),
    "key-reach": Kind(
        words="What this console does not read may be under the key, and could never be read again",
        acceptable=True,
    ),
    "legal-hold": Kind(words="A legal hold is on a version of the object", acceptable=True),
    "memory-unlisted": Kind(
        words="AWS lists no agent's memories: those that nobody names stay until they expire", acceptable=True
    ),
    "mfa-delete": Kind(
        words="The bucket lets versions go only with the root user's one-time code", acceptable=True
    ),
    "not-planned": Kind(words="This console plans no deletion of this kind of resource", acceptable=True),
    "of-many": Kind(
        words="It holds records of other people too, which cannot be told apart", acceptable=True
    ),
    "object-lock": Kind(words="Object Lock keeps a version of the object", acceptable=True),
    "other-period": Kind(
        words="It also holds records of another time, which would go with it", acceptable=True
    ),
    "replication": Kind(words="The bucket is copied to another, whose copies stay", acceptable=True),
    "retain": Kind(words="The data source keeps its vectors when it is deleted", acceptable=True),
    "shared-data": Kind(words="Something else uses the same data", acceptable=True),
    "shared-with": Kind(words="Another account may use the model", acceptable=True),
    "source-remains": Kind(
        words="The document's source remains: the next reading brings it back", acceptable=True
    ),
    "synced": Kind(
        words="Documents of this source cannot be deleted one by one",
        acceptable=True,
    ),
    "vector-store": Kind(words="The vector store is not deleted with the knowledge base", acceptable=True),
}


def blocker(code: str, subject: str, words: str, until: str = "") -> Blocker:
    """Return a blocker of a known kind."""
    return Blocker(
        id=blocker_id(code, subject),
        code=code,
        subject=subject,
        words=words,
        until=until,
        acceptable=BLOCKERS[code].acceptable,
    )
