from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.memory"


def test_how_long_and_under_which_key_is_known_and_not_what_is_to_be_remembered(asking: Asking) -> None:
    memories = asking.payloads(KIND)
    assert {memory["eventExpiryDuration"] for memory in memories} == {30, 365}
    assert {"encryptionKeyArn" in memory for memory in memories} == {True, False}
    for memory in memories:
        (strategy,) = memory["strategies"]
        extraction = strategy["configuration"]["extraction"]["customExtractionConfiguration"]
        override = extraction["userPreferenceExtractionOverride"]
        assert override["appendToPrompt"].startswith("sha256:")
        assert override["modelId"].startswith("anthropic.")
