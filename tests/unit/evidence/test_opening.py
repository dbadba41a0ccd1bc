"""A store is opened only if its last checkpoint holds."""

import shutil
from pathlib import Path

import pytest

import stores
from console.evidence.checking import check
from console.evidence.note import BadCheckpointError, sign_note
from console.evidence.store import Store

LAST = "UPDATE leaf SET hash = {} WHERE sequence = (SELECT max(sequence) FROM leaf)"
STEPS = [stores.step(number) for number in range(1, 4)]


@pytest.fixture
def sealed(store: Store, path: Path) -> Path:
    stores.refreshed(store, STEPS)
    stores.refreshed(store, STEPS)
    store.close()
    return path


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE checkpoint SET root = zeroblob(32) WHERE refresh_id = 2",
        "UPDATE checkpoint SET note = replace(note, 'bedrock', 'badrock') WHERE refresh_id = 2",
        LAST.format("zeroblob(32)"),
        LAST.format("(SELECT hash FROM leaf WHERE sequence = 1)"),
    ],
    ids=["root", "note", "no leaf", "another leaf"],
)
def test_a_store_whose_last_checkpoint_does_not_hold_is_not_opened(
    sealed: Path, change: str, *, read_only: bool
) -> None:
    stores.without_triggers(sealed, change)
    with pytest.raises(BadCheckpointError):
        stores.reopened(sealed, read_only=read_only)


def test_a_checkpoint_signed_anew_for_another_size_does_not_open(sealed: Path) -> None:
    """By somebody who has the key of the store and the signer's too, and not the patience to change every row."""
    (origin,) = stores.sql(sealed, "SELECT origin FROM store")[0]
    (size,) = stores.sql(sealed, "SELECT max(tree_size) FROM checkpoint")[0]
    note = sign_note(origin, size + 1, bytes(32), stores.SIGNER)
    stores.without_triggers(sealed, f"UPDATE checkpoint SET note = '{note}' WHERE refresh_id = 2")  # noqa: S608
    with pytest.raises(BadCheckpointError):
        stores.reopened(sealed)


def test_as_it_was_it_opens(sealed: Path) -> None:
    with stores.reopened(sealed) as store:
        assert len(store.checkpoints()) == 2


def test_a_page_that_is_whole_in_the_log_is_not_told_as_damaged(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """A full disk can leave half a page in the file while the log that waits beside it has the whole one."""
    stores.refreshed(store, STEPS)
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", f"{copy}{end}")
    stores.damage(copy, 1)
    assert check(copy, stores.KEY, full=True).sound
