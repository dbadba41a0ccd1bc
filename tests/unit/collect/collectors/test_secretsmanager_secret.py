from unit.collect.collectors.asking import Asking

KIND = "secretsmanager.secret"


def test_secrets_that_stores_and_sources_name_are_described_and_never_read(asking: Asking) -> None:
    secrets = asking.payloads(KIND)
    assert {secret["Name"] for secret in secrets} >= {"wiki-reader"}
    assert {secret["RotationEnabled"] for secret in secrets} == {True, False}
    assert not any("SecretString" in secret or "SecretBinary" in secret for secret in secrets)
