from unit.collect.collectors.asking import Asking

KIND = "bedrock.imported_model"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetImportedModel")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_it_says_where_the_weights_came_from_and_which_job_brought_them(asking: Asking) -> None:
    jobs = {each["jobArn"]: each for each in asking.payloads("bedrock.model_import_job")}
    for model in asking.payloads(KIND):
        assert jobs[model["jobArn"]]["importedModelArn"] == model["modelArn"]
        assert jobs[model["jobArn"]]["modelDataSource"] == model["modelDataSource"]
