from unit.collect.collectors.asking import Asking

KIND = "bedrock.advanced_prompt_optimization_job"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetAdvancedPromptOptimizationJob")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_it_says_where_prompts_lie_and_under_which_key_if_under_any(asking: Asking) -> None:
    jobs = asking.payloads(KIND)
    assert {"encryptionKeyArn" in each for each in jobs} == {True, False}
    assert all(each["inputConfig"]["s3Uri"] != each["outputConfig"]["s3Uri"] for each in jobs)
