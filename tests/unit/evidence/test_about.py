from pathlib import Path

import pytest

import stores
from console.evidence.about import about
from console.evidence.errors import WrongKeyError
from console.evidence.schema import REVISION
from console.vault.storekey import StoreKey


def test_a_store_says_its_schema_and_how_much_it_holds_and_not_what(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        store.begin_refresh(caller="arn:aws:iam::111122223333:user/somebody", botocore="1", tool_version="1")
    told = about(tmp_path / "evidence.db", stores.KEY)
    assert (told.revision, told.revisions) == (REVISION, int(REVISION))
    assert told.rows["refresh"] == 1
    assert told.bytes > 0
    assert told.cipher
    assert "somebody" not in repr(told)


def test_another_key_is_refused(tmp_path: Path) -> None:
    stores.create(tmp_path / "evidence.db").close()
    with pytest.raises(WrongKeyError):
        about(tmp_path / "evidence.db", StoreKey(bytes(32)))
