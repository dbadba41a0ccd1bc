from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_import_job"


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetModelImportJob")
    (gap,) = after.collected.gaps
    assert gap.key in before.payloads
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def test_it_says_by_which_role_and_through_which_network(asking: Asking) -> None:
    jobs = asking.payloads(KIND)
    roles = {each["Arn"] for each in asking.payloads("iam.role")}
    readable = {arn.split(":")[4] for arn in roles}
    named = {each["roleArn"] for each in jobs if each["roleArn"].split(":")[4] in readable}
    assert named
    assert named <= roles
    assert {"vpcConfig" in each for each in jobs} == {True, False}
