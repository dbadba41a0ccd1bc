"""What a store is, without what is in it: its schema, and how many rows each table has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from console.base.paths import migrations
from console.evidence.engine import connect, inspect_file
from console.evidence.errors import translated
from console.evidence.migrate import check_known, revision_of
from console.vault.storekey import StoreKey


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A store's shape."""

    revision: str
    revisions: int
    """Steps of the schema that this build knows and the store has been through."""
    cipher: str
    """SQLCipher's version."""
    bytes: int
    rows: Mapping[str, int]
    """Rows of each table, by its name."""


def about(path: Path, key: StoreKey) -> About:
    """Return what a store is; raise an error of the store if it does not open."""
    inspect_file(path)
    connection = connect(path, key, read_only=True)
    try:
        revision = revision_of(connection, path)
        known = check_known(path, revision, migrations())
        with translated(path):
            listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            names = [name for (name,) in connection.execute(listed).fetchall()]
            rows = {
                name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - own names
                for name in names
            }
            (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return About(
        revision=revision,
        revisions=known.index(revision) + 1,
        cipher=str(cipher),
        bytes=path.stat().st_size,
        rows=rows,
    )
