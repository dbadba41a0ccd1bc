from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.data_source"


def test_what_becomes_of_the_vectors_is_known(asking: Asking) -> None:
    assert {source["dataDeletionPolicy"] for source in asking.payloads(KIND)} == {"RETAIN", "DELETE"}


def test_buckets_and_keys_are_kept_and_prompts_are_not(asking: Asking) -> None:
    sources = asking.payloads(KIND)
    assert any("s3Configuration" in source["dataSourceConfiguration"] for source in sources)
    assert {"serverSideEncryptionConfiguration" in source for source in sources} == {True, False}
    for source in sources:
        parsing = source["vectorIngestionConfiguration"]["parsingConfiguration"]
        prompt = parsing["bedrockFoundationModelConfiguration"]["parsingPrompt"]["parsingPromptText"]
        assert prompt.startswith("sha256:")


def test_sources_of_one_base_may_be_refused_without_hiding_the_others(asking: Asking) -> None:
    before = asking.somewhere(KIND, lambda reading: len(reading.facts) > 3)
    asking.strike("denied", "ListDataSources", before, times=1)
    after = asking.read(KIND, before.scope)
    (gap,) = after.collected.gaps
    assert after.facts
    assert {key for key in before.payloads if not key.startswith(gap.key)} == set(after.payloads)
