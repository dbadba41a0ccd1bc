from unit.collect.collectors.asking import Asking

KIND = "bedrock.model_invocation_job"


def test_it_says_what_is_read_and_written_where_and_under_which_key(asking: Asking) -> None:
    jobs = asking.payloads(KIND)
    outputs = [each["outputDataConfig"]["s3OutputDataConfig"] for each in jobs]
    assert {"s3EncryptionKeyId" in each for each in outputs} == {True, False}
    assert all(each["inputDataConfig"]["s3InputDataConfig"]["s3Uri"].startswith("s3://") for each in jobs)
