from unit.collect.collectors.asking import Asking

KIND = "bedrock.tags"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "ListTagsForResource")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_whatever_the_account_owns_has_tags_or_an_empty_list(asking: Asking) -> None:
    tags = asking.payloads(KIND)
    sorts = {each["resourceARN"].split(":")[5].partition("/")[0] for each in tags}
    assert sorts == {
        "application-inference-profile",
        "custom-model",
        "custom-model-deployment",
        "guardrail",
        "imported-model",
        "provisioned-model",
    }
    assert {bool(each["tags"]) for each in tags} == {True, False}


def test_what_is_not_the_accounts_is_not_asked_about(asking: Asking) -> None:
    shared = [each["modelArn"] for each in asking.payloads("bedrock.custom_model") if not each["isOwned"]]
    assert shared
    assert {each["resourceARN"] for each in asking.payloads(KIND)}.isdisjoint(shared)
