import importlib
import py_compile
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.base.errors import DeclarationError
from console.base.registry import discover, fingerprint


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "declared_here"
    home.mkdir()
    (home / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield home
    for name in [each for each in sys.modules if each.startswith("declared_here")]:
        del sys.modules[name]


def test_every_module_is_found_in_order_but_private_ones(package: Path) -> None:
    (package / "b.py").write_text("THING = 2")
    (package / "a.py").write_text("THING = 1")
    (package / "_c.py").write_text("")
    assert discover("declared_here", "THING", int) == (1, 2)


def test_an_empty_folder_is_an_error(package: Path) -> None:
    with pytest.raises(DeclarationError, match="holds no module"):
        discover("declared_here", "THING", int)


def test_a_module_that_declares_nothing_is_an_error(package: Path) -> None:
    (package / "a.py").write_text("THING = 'text'")
    with pytest.raises(DeclarationError, match=r"declared_here\.a declares no THING of type int"):
        discover("declared_here", "THING", int)


def test_a_fingerprint_changes_with_any_code_below_and_with_nothing_else(package: Path) -> None:
    def taken() -> str:
        fingerprint.cache_clear()
        importlib.invalidate_caches()
        return fingerprint(("declared_here",))

    inner = package / "inner"
    inner.mkdir()
    (inner / "__init__.py").touch()
    (inner / "deep.py").write_text("A = 1")
    first = taken()
    assert taken() == first
    (package / "notes.txt").write_text("no code")
    assert taken() == first
    (inner / "deep.py").write_text("A = 2")
    assert taken() != first


def test_code_without_sources_has_a_fingerprint_too(package: Path) -> None:
    source = package / "a.py"
    source.write_text("A = 1")
    py_compile.compile(str(source), cfile=str(package / "a.pyc"))
    fingerprint.cache_clear()
    with_source = fingerprint(("declared_here",))
    source.unlink()
    fingerprint.cache_clear()
    importlib.invalidate_caches()
    assert fingerprint(("declared_here",)) != with_source
