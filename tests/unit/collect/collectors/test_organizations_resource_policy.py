import json

from unit.collect.answering import of_json
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.test_runner import run

KIND = "organizations.resource_policy"


def test_the_policy_is_told_with_its_document(asking: Asking) -> None:
    (policy,) = asking.payloads(KIND)
    assert json.loads(policy["Content"])["Statement"][0]["Action"]


def test_an_organisation_without_one_has_no_fact_and_no_gap(aws) -> None:
    none = of_json({"__type": "ResourcePolicyNotFoundException", "message": "none"}, 400)
    got, _, _ = run(aws, none, collector=COLLECTORS[KIND])
    assert (got.facts, got.gaps) == ((), ())
