from dataclasses import replace
from typing import Any

import pytest

from console.controls.catalog.knowledge_base_store_networks import CONTROL
from console.domain.finding import Verdict
from fakes import fact, gap
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.stores_made import ARN, NAMED, base, kept

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
POLICY = CONTROL.reads[-1]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_knowledge_bases_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("store", "payload", "verdict", "word"),
    [
        ("OPENSEARCH_MANAGED_CLUSTER", {"VPCOptions": {"VPCId": "vpc-1"}, "Endpoint": "x"}, PASS, "VPC"),
        ("OPENSEARCH_MANAGED_CLUSTER", {"Endpoint": "search-x"}, FAIL, "public endpoint"),
        ("OPENSEARCH_MANAGED_CLUSTER", {}, UNKNOWN, "neither"),
        ("NEPTUNE_ANALYTICS", {"publicConnectivity": True}, FAIL, "internet"),
        ("NEPTUNE_ANALYTICS", {"publicConnectivity": False}, PASS, "privately"),
        ("NEPTUNE_ANALYTICS", {}, UNKNOWN, "did not say"),
        ("RDS", {"PubliclyAccessible": True, "Engine": "postgres"}, FAIL, "public address"),
        ("RDS", {"PubliclyAccessible": False, "Engine": "postgres"}, PASS, "no public address"),
        ("RDS", {"PubliclyAccessible": False, "Engine": "aurora-postgresql"}, UNKNOWN, "instances"),
        ("RDS", {"Engine": "postgres"}, UNKNOWN, "instances"),
        ("RDS", {}, UNKNOWN, "instances"),
    ],
)
def test_a_store_is_as_open_as_its_network(store: str, payload: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, base(store), kept(store, payload))
    assert (found.verdict, found.evidence) == (verdict, (7, 8))
    assert word in found.because


def rule(public: Any, *resources: str, sort: str = "collection") -> Any:
    return {"Rules": [{"ResourceType": sort, "Resource": list(resources)}], "AllowFromPublic": public}


def collection(*rules: Any, sort: str = "network", name: Any = "cases") -> Any:
    policy = fact(POLICY, "network/cases", {"type": sort, "policy": list(rules)}, sequence=9)
    return opinion(
        CONTROL, base("OPENSEARCH_SERVERLESS"), kept("OPENSEARCH_SERVERLESS", {"name": name}), policy
    )


@pytest.mark.parametrize(
    ("rules", "verdict", "evidence"),
    [
        ([rule(False, "collection/cases")], PASS, (7, 8, 9)),
        ([rule(True, "collection/cases")], FAIL, (7, 8, 9)),
        ([rule(True, "collection/*")], FAIL, (7, 8, 9)),
        ([rule(True, "collection/ca*"), rule(False, "collection/cases")], FAIL, (7, 8, 9)),
        ([rule(None, "collection/cases")], UNKNOWN, (7, 8, 9)),
        (["x"], UNKNOWN, (7, 8, 9)),
        ([rule(True)], FAIL, (7, 8, 9)),
        ([rule(True, "collection/others")], UNKNOWN, (7, 8)),
        ([rule(True, "collection/cases", sort="dashboard")], UNKNOWN, (7, 8)),
        ([], UNKNOWN, (7, 8)),
    ],
)
def test_a_collection_is_public_if_one_policy_makes_it_so(rules: Any, verdict: Any, evidence: Any) -> None:
    found = collection(*rules)
    assert (found.verdict, found.evidence) == (verdict, evidence)


def test_a_policy_on_encryption_and_a_collection_without_a_name_say_nothing() -> None:
    assert collection(rule(False, "collection/cases"), sort="encryption").verdict is UNKNOWN
    assert collection(rule(False, "collection/cases"), name=None).verdict is UNKNOWN


def test_stores_without_a_network_and_those_outside() -> None:
    assert opinion(CONTROL, base("S3_VECTORS")).verdict is NOT
    assert opinion(CONTROL, base("MONGO_DB_ATLAS")).verdict is FAIL


@pytest.mark.parametrize("store", [each for each in NAMED if each != "S3_VECTORS"])
def test_a_store_that_was_not_read_is_unknown(store: str) -> None:
    assert opinion(CONTROL, base(store)).verdict is UNKNOWN
    assert opinion(CONTROL, base(store, arn=None)).verdict is UNKNOWN
    lost = replace(gap(NAMED[store][2], sequence=9), key=ARN)
    found = opinion(CONTROL, base(store), missing=[lost])
    assert (found.verdict, found.evidence) == (UNKNOWN, (7, 9))


def test_a_base_without_a_store_is_unknown() -> None:
    assert opinion(CONTROL, base(None)).verdict is UNKNOWN
