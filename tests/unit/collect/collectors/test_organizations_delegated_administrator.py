from unit.collect.collectors.asking import Asking

KIND = "organizations.delegated_administrator"


def test_every_administrator_is_told_with_all_its_services(asking: Asking) -> None:
    found = {each["Name"]: each["DelegatedServices"] for each in asking.payloads(KIND)}
    assert {name: len(services) for name, services in found.items()} == {
        "security-tooling": 5,
        "log-archive": 1,
    }
