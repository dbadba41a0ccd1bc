"""The first start, and what a kill can leave of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from console import bootstrap
from console.bootstrap import MismatchedPassphraseError, Place, open_parts
from console.evidence.errors import MissingStoreError
from console.vault import keystore

PASSPHRASE = "correct horse battery staple"


@pytest.fixture(autouse=True)
def keyless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "platform_keyring", lambda: None)


def start(path: Path) -> list[object]:
    parts = open_parts(Place(store=path), environment={}, ask=lambda _: PASSPHRASE)
    try:
        return list(parts.store.refreshes())
    finally:
        parts.close()


def names(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def test_the_first_start_leaves_a_store_its_keys_and_its_lock(tmp_path: Path) -> None:
    path = tmp_path / "evidence.db"
    assert start(path) == []
    assert start(path) == []
    assert names(path) <= {"evidence.db", "evidence.db.keys", "evidence.db.lock"}


def killed(path: Path, monkeypatch: pytest.MonkeyPatch, at: Callable[[], None]) -> None:
    """Start, and be gone when the store is about to be made."""

    class KilledError(BaseException):
        pass

    def gone(*_: object) -> None:
        at()
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "_create", gone)
        with pytest.raises(KilledError):
            start(path)


def test_a_start_killed_between_the_keys_and_the_store_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "evidence.db"
    killed(path, monkeypatch, lambda: None)
    before = keystore.keys_file(path).read_bytes()
    assert start(path) == []
    assert keystore.keys_file(path).read_bytes() == before
    assert names(path) <= {"evidence.db", "evidence.db.keys", "evidence.db.lock"}


def test_a_start_killed_while_the_store_is_made_leaves_no_half_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "evidence.db"
    killed(path, monkeypatch, lambda: path.with_name("evidence.db.new").write_bytes(b""))
    assert not path.exists()
    assert start(path) == []
    assert names(path) <= {"evidence.db", "evidence.db.keys", "evidence.db.lock"}


def test_what_a_start_killed_at_its_very_end_left_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "evidence.db"
    start(path)
    for end in (".first", ".new.lock"):
        path.with_name(f"{path.name}{end}").write_bytes(b"")
    assert start(path) == []
    assert names(path) <= {"evidence.db", "evidence.db.keys", "evidence.db.lock"}


def test_keys_whose_store_is_gone_are_given_no_empty_one(tmp_path: Path) -> None:
    """An empty store would look like a department that was never read."""
    path = tmp_path / "evidence.db"
    start(path)
    path.unlink()
    with pytest.raises(MissingStoreError):
        start(path)
    assert not path.exists()


def test_a_start_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "evidence.db"
    answers = iter(["one passphrase of many", "another passphrase"])
    with pytest.raises(MismatchedPassphraseError):
        open_parts(Place(store=path), environment={}, ask=lambda _: next(answers))
    assert names(path) == set()
