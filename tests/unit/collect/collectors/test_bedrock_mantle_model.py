from console.collect.collectors.bedrock_mantle_model import fetch
from unit.collect.answering import of_json
from unit.collect.collectors.asking import Asking
from unit.collect.collectors.prepared import Made, without_metadata
from unit.collect.test_sessions import CALLER

KIND = "bedrock-mantle.model"


def test_who_decided_a_models_mode_and_which_it_allows_is_known(asking: Asking) -> None:
    retentions = [model["data_retention"] for model in asking.payloads(KIND)]
    assert {each["source"] for each in retentions} == {"account", "model_default"}
    assert ["provider_data_share"] in [each["allowed_modes"] for each in retentions]
    assert "unavailable" in {model["status"] for model in asking.payloads(KIND)}


def test_a_model_whose_retention_the_list_tells_is_not_asked_about_again(aws: Made) -> None:
    told = {"id": "a", "data_retention": {"mode": "none"}}
    asked = {"id": "b", "data_retention": {"mode": "default"}}
    sessions, server = aws(CALLER, of_json({"data": [told, {"id": "b"}]}), of_json(asked))
    with sessions.acting_as(sessions.caller()):
        found = list(fetch(sessions.client("bedrock-mantle", "eu-west-2")))
    assert [without_metadata(each) for each in found] == [told, asked]
    assert [path for path, _, _ in server.requests[1:]] == ["/v1/models", "/v1/models/b"]
