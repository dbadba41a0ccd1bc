from unit.collect.collectors.asking import Asking

KIND = "s3.bucket_encryption"


def test_a_bucket_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetBucketEncryption")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}


def rule(payload):
    return payload["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"]


def test_it_says_which_key_and_that_key_is_described(asking: Asking) -> None:
    assert {rule(each)["SSEAlgorithm"] for each in asking.payloads(KIND)} == {"AES256", "aws:kms"}
    named = []
    for keys in asking.everywhere("kms.key"):
        buckets = asking.read(KIND, keys.scope).payloads.values()
        here = {rule(each)["KMSMasterKeyID"] for each in buckets if "KMSMasterKeyID" in rule(each)}
        assert here <= keys.payloads.keys()
        named += here
    assert named
