from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.token_vault"


def test_the_key_of_a_vault_is_the_departments_or_that_of_aws(asking: Asking) -> None:
    kinds = {vault["kmsConfiguration"]["keyType"] for vault in asking.payloads(KIND)}
    assert kinds == {"CustomerManagedKey", "ServiceManagedKey"}


def test_a_region_in_which_there_is_no_vault_is_no_gap(asking: Asking) -> None:
    empty = [reading for reading in asking.everywhere(KIND) if not reading.facts]
    assert empty
    assert not any(reading.collected.gaps for reading in empty)
