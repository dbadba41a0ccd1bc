import io

import pytest

from console.reports import layout
from console.reports.opened import FaultError, OpenPack
from console.reports.signatures import Trusted
from console.reports.zipform import walk_zip, write_zip
from unit.reports.estate import SIGNER
from unit.reports.tampering import Made


def opened(files: dict[str, bytes]) -> OpenPack:
    content = b"".join(write_zip(files))
    stream = io.BytesIO(content)
    return OpenPack(stream, walk_zip(stream, len(content)), Trusted())


def test_parts_are_read_from_where_they_lie(made: Made) -> None:
    pack = opened(made.files)
    assert {name: pack.read(name) for name in made.files} == made.files
    assert pack.key == SIGNER.public
    assert pack.tree.tree_size == pack.inclusion.tree_size == 13
    assert sorted(pack.ledger.leaves) == [*range(3, 14), 14]
    assert sorted(pack.ledger.exhibits) == [12, 13, 14]
    assert pack.ledger.types[9] == ("gap", 2)


@pytest.mark.parametrize("part", ["key", "tree", "inclusion"])
def test_a_part_that_is_missing_is_a_fault(part: str) -> None:
    with pytest.raises(FaultError, match="is missing"):
        getattr(opened({}), part)


def test_a_pack_without_evidence_has_an_empty_ledger() -> None:
    assert opened({layout.README: b""}).ledger.leaves == {}
