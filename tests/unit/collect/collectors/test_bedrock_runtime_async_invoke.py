from unit.collect.collectors.asking import Asking

KIND = "bedrock-runtime.async_invoke"


def test_it_says_which_bucket_holds_the_output_and_under_which_key(asking: Asking) -> None:
    invocations = asking.payloads(KIND)
    outputs = [each["outputDataConfig"]["s3OutputDataConfig"] for each in invocations]
    assert all(each["s3Uri"].startswith("s3://") for each in outputs)
    assert {"kmsKeyId" in each for each in outputs} == {True, False}


def test_nothing_of_what_was_asked_is_kept(asking: Asking) -> None:
    kept = {name for each in asking.payloads(KIND) for name in each}
    assert kept <= {
        "invocationArn",
        "modelArn",
        "status",
        "submitTime",
        "lastModifiedTime",
        "endTime",
        "outputDataConfig",
    }
