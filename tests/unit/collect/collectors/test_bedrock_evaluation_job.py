import json

from unit.collect.collectors.asking import Asking

KIND = "bedrock.evaluation_job"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetEvaluationJob")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_no_word_written_for_a_model_or_a_judge_is_kept(asking: Asking) -> None:
    jobs = asking.payloads(KIND)
    kept = json.dumps(jobs)
    for word in ("Judge the answer", "Read each letter", "temperature"):
        assert word not in kept
    assert {each["jobType"] for each in jobs} == {"Human", "Automated"}
    assert kept.count('Template": "sha256:') >= 1
    assert kept.count('"instructions": "sha256:') > 1
    assert kept.count('"inferenceParams": "sha256:') > 1
