from unit.collect.collectors.asking import Asking

KIND = "cloudtrail.event_data_store"


def test_every_store_is_read_whole_page_after_page(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    assert [each.operation for each in reading.heard].count("ListEventDataStores") == 2
    assert {each["Name"] for each in reading.payloads.values()} == {
        "management-events",
        "bedrock-data-events",
    }
    for each in reading.payloads.values():
        assert each["RetentionPeriod"] == 2557
        assert each["KmsKeyId"] in asking.read("kms.key", reading.scope).payloads


def test_one_that_is_refused_does_not_hide_the_others(asking: Asking) -> None:
    before, after = asking.refused_once(KIND, "GetEventDataStore")
    (gap,) = after.collected.gaps
    assert after.payloads.keys() == before.payloads.keys() - {gap.key}
