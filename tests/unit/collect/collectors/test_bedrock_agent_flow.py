from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.flow"


def test_nodes_keep_their_types_models_and_guardrails(asking: Asking) -> None:
    (flow, *_) = asking.payloads(KIND)
    nodes = {node["name"]: node for node in flow["definition"]["nodes"]}
    prompt = nodes["Summarise"]["configuration"]["prompt"]
    assert prompt["guardrailConfiguration"]["guardrailVersion"] == "1"
    inline = prompt["sourceConfiguration"]["inline"]
    assert ":foundation-model/" in inline["modelId"]
    assert inline["inferenceConfiguration"]["text"]["maxTokens"] == 400
    assert nodes["Guidance"]["type"] == "KnowledgeBase"


def test_a_node_without_a_guardrail_is_told_from_one_that_has_one(asking: Asking) -> None:
    named = set()
    for flow in asking.payloads(KIND):
        nodes = {node["name"]: node["configuration"] for node in flow["definition"]["nodes"]}
        named.add("guardrailConfiguration" in nodes["Rephrase"]["prompt"])
    assert named == {True, False}


def test_prompts_and_code_are_kept_as_hashes(asking: Asking) -> None:
    for flow in asking.payloads(KIND):
        nodes = {node["name"]: node["configuration"] for node in flow["definition"]["nodes"]}
        template = nodes["Summarise"]["prompt"]["sourceConfiguration"]["inline"]["templateConfiguration"]
        assert template["text"]["text"].startswith("sha256:")
        assert nodes["Tidy"]["inlineCode"]["code"].startswith("sha256:")
