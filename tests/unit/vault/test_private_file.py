import os
from pathlib import Path

import pytest

from console.vault import private_file
from console.vault.private_file import PrivateFileError, write_private


def test_only_this_user_may_read_the_file_and_the_folder_made_for_it(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "secret"
    before = os.umask(0)
    try:
        write_private(file, b"content")
    finally:
        os.umask(before)
    assert file.read_bytes() == b"content"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_that_others_could_read_is_private_after_it_was_replaced(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"old")
    file.chmod(0o644)
    write_private(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_content_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    write_private(file, b"old")
    with pytest.raises(TypeError):
        write_private(file, "not bytes")  # type: ignore[arg-type]
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_name_that_cannot_be_taken_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(PrivateFileError, match="directory") as refused:
        write_private(tmp_path / "taken", b"content")
    assert "free some space" in refused.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_where_folders_cannot_be_flushed_the_file_is_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Windows:
        """The system's calls under another platform's name."""

        name = "nt"

        def __getattr__(self, called: str) -> object:
            return getattr(os, called)

    monkeypatch.setattr(private_file, "os", Windows())
    write_private(tmp_path / "secret", b"content")
    assert (tmp_path / "secret").read_bytes() == b"content"


def test_half_of_what_a_killed_program_wrote_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    left = tmp_path / f"secret.{'0a' * 8}.new"
    other, another = tmp_path / f"other.{'0a' * 8}.new", tmp_path / "secret.mine.new"
    for each in (left, other, another):
        each.write_bytes(b"half")
    write_private(tmp_path / "secret", b"content")
    assert {each.name for each in tmp_path.iterdir()} == {"secret", other.name, another.name}
