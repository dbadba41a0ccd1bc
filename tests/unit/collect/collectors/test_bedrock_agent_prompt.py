from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.prompt"


def test_every_version_is_read_the_draft_too(asking: Asking) -> None:
    versions: dict[str, set[str]] = {}
    for prompt in asking.payloads(KIND):
        versions.setdefault(prompt["id"], set()).add(prompt["version"])
    assert set(map(frozenset, versions.values())) == {frozenset({"DRAFT", "1", "2"})}


def test_the_words_are_kept_as_a_hash_that_tells_versions_apart(asking: Asking) -> None:
    prompts = asking.somewhere(KIND).payloads.values()
    words = set()
    for prompt in prompts:
        (variant,) = prompt["variants"]
        words.add(variant["templateConfiguration"]["text"]["text"])
        assert variant["metadata"][0]["key"] == "reviewed-by"
        assert variant["metadata"][0]["value"].startswith("sha256:")
        assert ":foundation-model/" in variant["modelId"]
    assert all(each.startswith("sha256:") for each in words)
    assert len(words) == len(prompts)
