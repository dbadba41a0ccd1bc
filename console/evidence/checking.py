"""The check of a store, from its pages up to its signatures; it writes nothing and names what it could not see."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.base.errors import ConsoleError
from console.base.paths import migrations
from console.domain.refresh import RefreshState
from console.evidence import reader
from console.evidence.content import content_root
from console.evidence.engine import Driver, connect, identify, inspect_file
from console.evidence.errors import DamagedStoreError, OlderSchemaError, translated
from console.evidence.ledger import CompactRange
from console.evidence.migrate import check_known, is_current, revision_of
from console.evidence.opening import origin_of, signers, verify_signed
from console.evidence.records import (
    COLUMNS,
    SEAL,
    TABLES,
    Row,
    leaf_of,
    statement,
    unpack_body,
    verified_body,
)
from console.vault.signing import VerifyKey
from console.vault.storekey import StoreKey

_NAMED = 5
"""How many faults of one sort are spelled out."""
_COUNTS = {
    "observations": "SELECT (SELECT count(*) FROM leaf) + (SELECT coalesce(sum(count), 0) FROM block)",
    "checkpoints": "SELECT count(*) FROM checkpoint",
    "bodies": "SELECT count(*) FROM body",
    "erased": "SELECT count(*) FROM body WHERE bytes IS NULL",
}
_FROM = "CASE s.base WHEN 0 THEN s.first ELSE s.base END"
_READ_WHOLE = (
    "SELECT sum(length(o.parameters) + length(hex(b.bytes)) + length(hex(coalesce(l.hash, '')))) FROM step s "  # noqa: S608 - constants
    f"JOIN observation o ON o.sequence BETWEEN {_FROM} AND {_FROM} + s.facts + s.gaps - 1 "
    "JOIN context c ON c.id = o.context_id JOIN body b ON b.id = o.body_id "
    "LEFT JOIN leaf l ON l.sequence = o.sequence WHERE s.refresh_id = ?"
)
_READ_BLOCKS = (
    "SELECT sum(length(hex(steps) || hex(request_ids) || hex(nodes))) FROM block WHERE refresh_id = ?"
)
_OF_STEP = (
    "SELECT count(*) FROM observation f "
    "WHERE f.place_id = s.place_id AND (s.base <> 0 OR f.refresh_id = s.refresh_id)"
)
_WRONG_STEPS = (
    "SELECT w.kind, w.account_id, w.region FROM step s JOIN place w ON w.id = s.place_id "  # noqa: S608 - constants
    f"LEFT JOIN observation o ON o.sequence = {_FROM} WHERE s.refresh_id = ? AND CASE s.state "
    "WHEN 'gap' THEN o.type IS NOT 'gap' OR o.key <> '' OR s.facts <> 0 OR s.gaps <> 1 "
    f"WHEN 'read' THEN s.facts <> ({_OF_STEP} AND f.type = 'fact' "
    f"AND f.sequence BETWEEN {_FROM} AND {_FROM} + s.facts - 1) "
    f"OR s.gaps <> ({_OF_STEP} AND f.type = 'gap' AND f.key <> '' "
    f"AND f.sequence BETWEEN {_FROM} + s.facts AND {_FROM} + s.facts + s.gaps - 1) "
    "WHEN 'pending' THEN ? ELSE 1 END ORDER BY s.place_id"
)
_SEAL = (
    f"SELECT {COLUMNS} FROM {TABLES} "  # noqa: S608 - constants
    "JOIN checkpoint p ON p.tree_size = o.sequence WHERE p.refresh_id = ? AND o.type = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that was checked."""

    name: str
    passed: bool
    detail: str
    """What was looked at, or what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check of a store found."""

    path: Path
    checks: tuple[Checked, ...]
    observations: int
    checkpoints: int
    bodies: int
    erased: int
    """Bodies that were erased."""

    @property
    def sound(self) -> bool:
        """Tell whether everything that was checked is as it should be."""
        return all(each.passed for each in self.checks)


def check(path: Path, key: StoreKey, *, full: bool = False, signer: VerifyKey | None = None) -> CheckReport:
    """Verify a store from the pages up; `full` also hashes every body again.

    Without `signer` a checkpoint is held to the public keys in the store itself, which shows accidents; with the
    officer's own key it also shows a store that was written anew by another. Where a page is damaged the report
    says which refreshes can no longer be read whole.
    """
    inspect_file(path)
    with _opened(path, key):
        pass  # brings in what waits in the log: a page that a full disk left half written is whole there
    with _opened(path, key) as connection:
        with translated(path):
            identify(connection, path)
        revision = revision_of(connection, path)
        if not is_current(revision):
            check_known(path, revision, migrations())
            raise OlderSchemaError(f"{path} has the older schema {revision}")
        connection.execute("BEGIN")
        checks = [_pages(connection, path), _structure(connection, path), _references(connection, path)]
        if all(each.passed for each in checks):
            checks += [_ledger(connection, path), _checkpoints(connection, path, signer)]
        if full:
            checks.append(_bodies(connection, path))
    checks.append(_refreshes(path, key))
    counted, uncounted = _counts(path, key)
    if uncounted:
        checks.append(_checked("counts", uncounted, ""))
    return CheckReport(path=path, checks=tuple(checks), **counted)


def pages_of(path: Path, key: StoreKey) -> Checked:
    """Verify the authentication code of every page of a file."""
    with _opened(path, key) as connection:
        return _pages(connection, path)


@contextmanager
def _opened(path: Path, key: StoreKey) -> Iterator[Driver]:
    """Lend a connection of its own: one that met a damaged page refuses every later read."""
    connection = connect(path, key, read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def _pages(connection: Driver, path: Path) -> Checked:
    """Verify every page's authentication code."""
    with translated(path):
        wrong = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    return _checked("encrypted pages", wrong, "every page's authentication code matches")


def _structure(connection: Driver, path: Path) -> Checked:
    try:
        with translated(path):
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except DamagedStoreError as error:
        said = [str(error)]
    return _checked("database structure", [] if said == ["ok"] else said, "tables and indexes agree")


def _references(connection: Driver, path: Path) -> Checked:
    try:
        with translated(path):
            rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    except DamagedStoreError as error:
        return _checked("references", [str(error)], "")
    return _checked(
        "references", [f"{row[0]} row {row[1]} lacks its {row[2]}" for row in rows], "all are met"
    )


def _ledger(connection: Driver, path: Path) -> Checked:
    """Recompute each leaf from what the observation says now, and each root from the leaves."""
    wrong: list[str] = []
    tree = CompactRange()
    with translated(path):
        due = {each.said.tree_size: each for each in reader.checkpoints(connection)}
        for row, salt, stored in reader.ledger(connection, 1, reader.size(connection)):
            computed = leaf_of(statement(row, salt))
            if row.sequence != tree.size + 1:
                wrong.append(f"observation {tree.size + 1} is missing")
                break
            if stored != computed:
                wrong.append(f"observation {row.sequence} is not what was recorded")
            tree.append(computed)
            checkpoint = due.pop(tree.size, None)
            if checkpoint and (
                checkpoint.said.root != tree.root().hex() or checkpoint.range.nodes() != tree.nodes()
            ):
                wrong.append(f"checkpoint {tree.size} has another root than its observations")
        last = max(
            connection.execute("SELECT coalesce(max(sequence), 0) FROM observation").fetchone()[0],
            reader.size(connection),
        )
    if not wrong and last != tree.size:
        wrong.append(f"observation {tree.size + 1} has no leaf")
    wrong += [f"checkpoint {size} covers observations that are not there" for size in due]
    return _checked("ledger", wrong, f"{tree.size} observations lead to every checkpoint's root")


def _checkpoints(connection: Driver, path: Path, signer: VerifyKey | None) -> Checked:
    wrong: list[str] = []
    with translated(path):
        keys = [signer] if signer else signers(connection)
        origin = origin_of(connection)
        found = reader.checkpoints(connection)
    for each in found:
        try:
            verify_signed(each, keys, origin)
        except ConsoleError as error:
            wrong.append(str(error))
    return _checked("checkpoint signatures", wrong, f"{len(found)} signatures match")


def _bodies(connection: Driver, path: Path) -> Checked:
    wrong: list[str] = []
    count = 0
    try:
        with translated(path):
            for row, _, _ in reader.ledger(connection, 1, reader.size(connection)):
                if row.body is None:
                    continue
                count += 1
                try:
                    verified_body(row)
                except DamagedStoreError as error:
                    wrong.append(str(error))
    except DamagedStoreError as error:
        wrong.append(str(error))
    return _checked("stored answers", wrong, f"the answers of {count} observations have their recorded hash")


def _refreshes(path: Path, key: StoreKey) -> Checked:
    """Read each refresh whole, and hold its steps to its content root: a step is no part of the ledger itself."""
    try:
        with _opened(path, key) as connection, translated(path):
            found = [(each.id, each.state, each.content_root) for each in reader.refreshes(connection)]
    except DamagedStoreError:
        return _checked("refreshes", ["the list of refreshes cannot be read"], "")
    wrong: list[str] = []
    for refresh_id, state, root in found:
        try:
            with _opened(path, key) as connection, translated(path):
                wrong += _faults(connection, refresh_id, state, root)
        except DamagedStoreError:
            wrong.append(f"refresh {refresh_id} cannot be read whole")
    return _checked("refreshes", wrong, f"{len(found)} read whole, with the steps they were sealed with")


def _faults(connection: Driver, refresh_id: int, state: RefreshState, root: str) -> list[str]:
    sealed = state is not RefreshState.RUNNING
    connection.execute(_READ_WHOLE, (refresh_id,)).fetchone()
    connection.execute(_READ_BLOCKS, (refresh_id,)).fetchone()
    steps = connection.execute(_WRONG_STEPS, (refresh_id, int(sealed))).fetchall()
    wrong = [
        f"refresh {refresh_id} has another end of {kind} in {account_id}/{region} than its observations"
        for kind, account_id, region in steps
    ]
    if sealed:
        seal = connection.execute(_SEAL, (refresh_id, SEAL)).fetchone()
        said = json.loads(unpack_body(Row(*seal)))["content_root"] if seal else None
        if not root == said == content_root(connection, refresh_id):
            wrong.append(f"refresh {refresh_id} has another content than it was sealed with")
    return wrong


def _counts(path: Path, key: StoreKey) -> tuple[dict[str, int], list[str]]:
    """Count what can still be counted, and name what cannot."""
    counts: dict[str, int] = {}
    uncounted: list[str] = []
    for name, query in _COUNTS.items():
        try:
            with _opened(path, key) as connection, translated(path):
                counts[name] = int(connection.execute(query).fetchone()[0])
        except DamagedStoreError:
            counts[name] = 0
            uncounted.append(f"{name} cannot be counted")
    return counts, uncounted


def _checked(name: str, wrong: Sequence[str], right: str) -> Checked:
    more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return Checked(name=name, passed=not wrong, detail="; ".join(wrong[:_NAMED]) + more if wrong else right)
