from typing import Any

import pytest

from console.controls.catalog.knowledge_base_stores import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.stores_made import BASE, base

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_knowledge_bases_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("store", "sort", "verdict", "word"),
    [
        ("OPENSEARCH_SERVERLESS", "VECTOR", PASS, "at AWS"),
        ("S3_VECTORS", "VECTOR", PASS, "at AWS"),
        ("PINECONE", "VECTOR", FAIL, "Pinecone"),
        ("REDIS_ENTERPRISE_CLOUD", "VECTOR", FAIL, "Redis"),
        ("MONGO_DB_ATLAS", "VECTOR", FAIL, "MongoDB"),
        ("PINECONE", None, FAIL, "Pinecone"),
        (None, "KENDRA", PASS, "Kendra"),
        (None, "SQL", PASS, "Redshift"),
        (None, "MANAGED", PASS, "Bedrock keeps"),
        (None, "VECTOR", UNKNOWN, "not said"),
        ("NEWSTORE", "VECTOR", UNKNOWN, "NEWSTORE"),
        ("NEWSTORE", "MANAGED", UNKNOWN, "NEWSTORE"),
        ("RDS", "DREAM", UNKNOWN, "DREAM"),
    ],
)
def test_a_store_is_awss_or_somebody_elses(store: Any, sort: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, base(store, sort=sort))
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_a_base_of_which_aws_says_nothing_is_unknown() -> None:
    assert opinion(CONTROL, fact(BASE, "kb", {})).verdict is UNKNOWN
