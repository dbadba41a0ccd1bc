import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.reports import zipform
from console.reports.zipform import BadZipError, is_safe_name, walk_zip, write_zip, zip_size

FILES = {"b/c.txt": b"second", "a.txt": b"first", "b/d.txt": b""}
NAMES = st.from_regex(r"[a-z]{1,5}(/[a-z]{1,5}){0,2}", fullmatch=True)
FILE_SETS = st.dictionaries(NAMES, st.binary(max_size=100), max_size=6).filter(
    lambda files: not any(other.startswith(f"{name}/") for name in files for other in files)
)


def zipped(files: dict[str, bytes]) -> bytes:
    return b"".join(write_zip(files))


def why(content: bytes) -> str:
    with pytest.raises(BadZipError) as caught:
        walk_zip(io.BytesIO(content), len(content))
    return str(caught.value)


def by_another_tool(fill: Callable[[zipfile.ZipFile], object]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        fill(archive)
    return held.getvalue()


def dated(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


@given(FILE_SETS)
def test_other_tools_read_what_is_written(files: dict[str, bytes]) -> None:
    content = zipped(files)
    assert len(content) == zip_size(files)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {info.external_attr >> 16 for info in archive.infolist()} <= {0o100644}


@given(FILE_SETS)
def test_what_is_written_is_walked_to_the_same_files(files: dict[str, bytes]) -> None:
    content = zipped(files)
    entries = walk_zip(io.BytesIO(content), len(content))
    assert {name: content[each.offset : each.offset + each.size] for name, each in entries.items()} == files


def test_the_order_of_files_does_not_matter() -> None:
    assert zipped(dict(reversed(FILES.items()))) == zipped(FILES)


def test_no_byte_can_be_another() -> None:
    content = zipped(FILES)
    for place in range(len(content)):
        assert why(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])


def test_no_length_is_enough_but_the_whole() -> None:
    content = zipped(FILES)
    for length in range(len(content)):
        assert why(content[:length])
    assert "something follows" in why(content + b"\0")
    assert "something follows" in why(zipped({}) + b"x" * 40)


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a/../b", "a//b", "a/", "", "C:/a", "a\\b", ".a", "a/.b", "a b", "a\n", "é", "a" * 201],
)
def test_a_name_that_might_leave_the_folder_is_neither_written_nor_walked(name: str) -> None:
    assert not is_safe_name(name)
    with pytest.raises(ValueError, match="no name"):
        zipped({name: b""})
    if name:
        content = by_another_tool(lambda archive: archive.writestr(dated(name), b""))
        assert "not allowed" in why(content)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.txt", "A.TXT"])
def test_two_files_of_one_name_are_refused(second: str) -> None:
    first = b"".join(write_zip({"a.txt": b"1"}))
    double = first[: first.index(b"PK\x01\x02")] + b"".join(write_zip({second: b"2"}))
    assert "there twice" in why(double)


def test_files_in_another_order_are_refused() -> None:
    first = b"".join(write_zip({"b.txt": b"1"}))
    turned = first[: first.index(b"PK\x01\x02")] + b"".join(write_zip({"a.txt": b"2"}))
    assert "not in its place" in why(turned)


def test_a_compressed_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = by_another_tool(
        lambda archive: archive.writestr(dated("a.txt"), b"0" * 10**7, zipfile.ZIP_DEFLATED)
    )
    assert len(bomb) < 10**5
    assert "compressed" in why(bomb)


def test_a_zip_of_another_tool_is_refused() -> None:
    content = by_another_tool(lambda archive: archive.writestr("a.txt", b"1"))
    assert "packed again" in why(content)


def test_a_length_beyond_the_file_is_refused() -> None:
    content = bytearray(zipped({"a.txt": b"1"}))
    content[18:22] = content[22:26] = (2**31).to_bytes(4, "little")
    assert "cut short" in why(bytes(content))


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(BadZipError, match="larger than"):
        walk_zip(io.BytesIO(b""), zipform.MAX_BYTES + 1)


def test_more_files_than_a_pack_has_are_refused() -> None:
    files = {f"a{number:05}": b"" for number in range(zipform.MAX_FILES + 1)}
    assert "more than" in why(zipped(files))
