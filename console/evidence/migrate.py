"""Moves a store's schema forward, one revision at a time, with a backup before each."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.base.errors import ConsoleError
from console.evidence.backup import copy_to
from console.evidence.engine import Driver
from console.evidence.errors import MigrationError, NewerSchemaError, NotAStoreError, translated
from console.evidence.schema import REVISION
from console.vault.storekey import StoreKey


def revision_of(connection: Driver, path: Path) -> str:
    """Return the revision of an opened store."""
    with translated(path):
        known = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.execute(known).fetchone() == (0,):
            raise NotAStoreError(f"{path} has no schema revision")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def is_current(revision: str) -> bool:
    """Tell whether this build can use a store of `revision` as it is."""
    return revision == REVISION


def migrate(engine: sa.Engine, path: Path, key: StoreKey, folder: Path) -> tuple[Path, ...]:
    """Bring a store to the newest revision in `folder`; return the backups made, one for each step of an older store.

    A backup is the whole store as it was, encrypted with the same key, named with the revision it holds. A file that
    had no revision holds nothing to back up.
    A revision this build does not know is refused before anything is written.
    """
    current = _current(engine, path)
    line = check_known(path, current, folder)
    waiting = line[line.index(current) + 1 :] if current else line
    is_new = not current
    backups: list[Path] = []
    is_new = not current
    for revision in waiting:
        if not is_new:
            backups.append(copy_to(path, key, backup_name(path, current)))
        _upgrade(engine, path, folder, revision)
        current = revision
    return tuple(backups)


def check_known(path: Path, revision: str, folder: Path) -> list[str]:
    """Return the revisions in `folder` in order; raise `NewerSchemaError` if `revision` is none of them."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - a current store need not load Alembic

    script = ScriptDirectory.from_config(_config(folder))
    line = [each.revision for each in script.walk_revisions()][::-1]
    if revision and revision not in line:
        raise NewerSchemaError(f"{path} has schema {revision}, and this version knows only up to {line[-1]}")
    return line


def backup_name(path: Path, revision: str) -> Path:
    """Return the free name beside `path` for a backup of `revision`."""
    name = path.with_name(f"{path.name}.{revision}.bak")
    number = 1
    while name.exists():
        number += 1
        name = path.with_name(f"{path.name}.{revision}-{number}.bak")
    return name


def _config(folder: Path) -> Any:  # noqa: ANN401 - Alembic's own, imported where it is needed
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def _current(engine: sa.Engine, path: Path) -> str:
    with translated(path), engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _upgrade(engine: sa.Engine, path: Path, folder: Path, revision: str) -> None:
    """Take one step in one transaction; a failure leaves the store at the revision before."""
    from alembic import command  # noqa: PLC0415 - as above

    config = _config(folder)
    try:
        with translated(path), engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    except ConsoleError:
        raise
    except Exception as error:
        raise MigrationError(f"{path} could not be brought to schema {revision}: {error}") from error
