"""What can be read from an open store, by a writer and a reader alike."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from console.domain.deed import Deed
from console.domain.evidence import Fact, Gap
from console.domain.refresh import Refresh, Step, StepState
from console.evidence import deeds, extract, reader
from console.evidence.engine import driver
from console.evidence.extract import LedgerEntry, Span
from console.evidence.ledger import CompactRange, Tree
from console.evidence.note import Checkpoint
from console.evidence.reader import StoredAssessment
from console.evidence.records import EvidenceRecord, observation_of
from console.evidence.snapshot import StoredSnapshot, load_steps
from console.evidence.usage_reading import UsageReading


class Reading:
    """The reading half of a store; each call sees one consistent picture, whoever writes meanwhile."""

    def __init__(self, path: Path, engine: sa.Engine) -> None:
        self.path = path
        self._engine = engine
        self._tree = Tree(())

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def pending(self, refresh_id: int) -> list[Step]:
        """Return the planned steps that have not ended, ordered by kind and scope."""
        return [step for step in self.steps(refresh_id) if step.state is StepState.PENDING]

    def steps(self, refresh_id: int) -> list[Step]:
        """Return the plan of a refresh and how it ended, ordered by kind and scope."""
        with driver(self._engine, self.path) as connection:
            return load_steps(connection, refresh_id)

    def unfinished(self) -> Refresh | None:
        """Return the refresh that was begun and not sealed."""
        with driver(self._engine, self.path) as connection:
            return reader.newest(connection, sealed=False)

    def refreshes(self) -> list[Refresh]:
        """Return every refresh, oldest first."""
        with driver(self._engine, self.path) as connection:
            return reader.refreshes(connection)

    def tallies(self, refresh_ids: Sequence[int]) -> dict[int, dict[StepState, int]]:
        """Return how many steps of each refresh were read, missed and not tried."""
        with driver(self._engine, self.path) as connection:
            return reader.tallies(connection, refresh_ids)

    def snapshot(self, refresh_id: int | None = None) -> StoredSnapshot | None:
        """Return a refresh to read from: the newest sealed one, or the one asked for, running or not."""
        with driver(self._engine, self.path) as connection:
            if refresh_id is None:
                found = reader.newest(connection, sealed=True)
            else:
                found = reader.refresh(connection, refresh_id)
        return StoredSnapshot(self._engine, self.path, found) if found else None

    def observation(self, sequence: int) -> Fact | Gap:
        """Return the fact or gap with a number."""
        with driver(self._engine, self.path) as connection:
            return observation_of(reader.row(connection, sequence))

    def evidence_record(self, sequence: int) -> EvidenceRecord:
        """Return an observation with its body, salt and leaf; raise `ErasedError` if the body is gone."""
        with driver(self._engine, self.path) as connection:
            return reader.record(connection, sequence)

    def checkpoints(self) -> list[Checkpoint]:
        """Return every signed checkpoint, oldest first."""
        with driver(self._engine, self.path) as connection:
            return [each.said for each in reader.checkpoints(connection)]

    def inclusion_proof(self, sequence: int, tree_size: int) -> list[bytes]:
        """Return the proof that observation `sequence`, leaf `sequence` - 1, is in the tree of `tree_size`."""
        return self._tree_of(tree_size).inclusion(sequence - 1, tree_size)

    def consistency_proof(self, old_size: int, new_size: int) -> list[bytes]:
        """Return the proof that the tree of `new_size` extends the one of `old_size`."""
        return self._tree_of(new_size).consistency(old_size, new_size)

    def span(self, refresh_id: int) -> Span | None:
        """Return where a refresh lies in the ledger; None if it is not sealed."""
        with driver(self._engine, self.path) as connection:
            return extract.span(connection, refresh_id)

    def ledger(self, span: Span) -> Iterator[LedgerEntry]:
        """Yield every entry of a span, in order, and the later tombstones of what was erased from it."""
        with driver(self._engine, self.path) as connection:
            yield from extract.entries(connection, span)

    def tree_before(self, sequence: int) -> CompactRange:
        """Return the tree over all entries before one, from which the tree can be grown again."""
        with driver(self._engine, self.path) as connection:
            return extract.tree_before(connection, sequence)

    def assessment(self, refresh_id: int) -> StoredAssessment | None:
        """Return the newest assessment of a refresh."""
        with driver(self._engine, self.path) as connection:
            return reader.assessment(connection, refresh_id)

    def assessments(self) -> Iterator[StoredAssessment]:
        """Yield the newest assessment of every refresh that has one, oldest refresh first, one at a time."""
        for each in self.refreshes():
            found = self.assessment(each.id)
            if found is not None:
                yield found

    def bodies_of(self, keys: Sequence[str]) -> dict[str, set[int]]:
        """Return the bodies that are held of things with these keys, by hash, each with the refreshes that saw it."""
        with driver(self._engine, self.path) as connection:
            return reader.bodies_of(connection, keys)

    def deeds(self) -> list[Deed]:
        """Return all that people put into the ledger, oldest first."""
        with driver(self._engine, self.path) as connection:
            return deeds.deeds(connection)

    def deed_entries(self) -> list[LedgerEntry]:
        """Return the deeds with what proves that they are in the ledger."""
        with driver(self._engine, self.path) as connection:
            return deeds.deed_entries(connection)

    def guidance_text(self, text_sha256: str) -> str | None:
        """Return the text of an edition of the guidance; None if it was never imported here."""
        with driver(self._engine, self.path) as connection:
            return deeds.guidance_text(connection, text_sha256)

    @property
    def usage(self) -> UsageReading:
        """What was read of the logs of models' use."""
        return UsageReading(self._engine, self.path)

    def _tree_of(self, size: int) -> Tree:
        """Return a tree of at least `size` leaves, kept for the next proof."""
        if self._tree.size < size:
            with driver(self._engine, self.path) as connection:
                self._tree = Tree(list(reader.leaves(connection)))
        return self._tree
