"""What is written about the code is what the code says."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("documents", ROOT / "packaging" / "documents.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.documents()


DOCUMENTS = generated()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_document_is_what_would_be_written(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    assert written == DOCUMENTS[name], "run `nox -s documents` and commit what it wrote"
