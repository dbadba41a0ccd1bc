from unit.collect.collectors.asking import Asking


def test_analyzers_of_an_account_and_of_the_organisation_are_told(asking: Asking) -> None:
    types = {each["type"] for each in asking.payloads("accessanalyzer.analyzer")}
    assert types == {"ACCOUNT", "ORGANIZATION", "ORGANIZATION_UNUSED_ACCESS"}
