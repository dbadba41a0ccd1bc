from console.collect.base import Missed
from console.collect.collectors.opensearchserverless_collection import fetch
from unit.collect.answering import of_json
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.prepared import Made
from unit.collect.test_sessions import CALLER

KIND = "opensearchserverless.collection"


def base(arn: str) -> dict[str, object]:
    return {"storageConfiguration": {"opensearchServerlessConfiguration": {"collectionArn": arn}}}


def test_only_collections_behind_knowledge_bases_are_read(asking: Asking) -> None:
    named = {
        each["storageConfiguration"]["opensearchServerlessConfiguration"]["collectionArn"]
        for each in asking.payloads("bedrock-agent.knowledge_base")
        if each["storageConfiguration"]["type"] == "OPENSEARCH_SERVERLESS"
    }
    assert {each["arn"] for each in asking.payloads(KIND)} == named
    assert all(each["kmsKeyArn"] for each in asking.payloads(KIND))


def test_where_no_base_names_one_aws_is_not_asked(asking: Asking) -> None:
    assert any(not reading.heard for reading in asking.everywhere(KIND))


def test_one_that_aws_does_not_show_or_that_lies_elsewhere_is_missed(aws: Made) -> None:
    stem = "arn:aws:aoss:eu-west-2:111122223333:collection"
    far = "arn:aws:aoss:eu-west-1:111122223333:collection/far"
    error = {"id": "gone", "errorCode": "NOT_FOUND", "errorMessage": "no such collection"}
    shown = {"arn": f"{stem}/here", "id": "here"}
    sessions, _ = aws(CALLER, of_json({"collectionDetails": [shown], "collectionErrorDetails": [error]}))
    named = [f"{stem}/{each}" for each in ("here", "gone", "lost")]
    known = {"bedrock-agent.knowledge_base": [base(arn) for arn in (*named, far)]}
    with sessions.acting_as(sessions.caller()):
        found = list(fetch(sessions.client("opensearchserverless", "eu-west-2"), known))
    missed = {each.key: str(each.error) for each in found if isinstance(each, Missed)}
    assert [each for each in found if not isinstance(each, Missed)] == [shown]
    assert "not in eu-west-2" in missed[far]
    assert missed[f"{stem}/gone"] == "NOT_FOUND: no such collection"
    assert missed[f"{stem}/lost"] == "not in the answer: lost"
