from console.controls.frameworks import entries_of_claims, read_framework

TEXT = """
id = "x"
name = "X"
version = "1"
publisher = "P"
licence = "L"
source = "https://example.org"
retrieved = "2026-11-24"
scope = "All."
[[entry]]
id = "1"
title = "One"
claims = ["S01", "S02"]
[[entry]]
id = "2"
title = "Two"
verified = false
"""


def test_an_entry_without_claims_is_served_by_nothing_and_says_whether_it_was_verified() -> None:
    framework = read_framework(TEXT)
    assert [(each.id, each.claims, each.verified) for each in framework.entries] == [
        ("1", ("S01", "S02"), True),
        ("2", (), False),
    ]
    assert framework.attribution == ""


def test_entries_are_found_by_claim() -> None:
    framework = read_framework(TEXT)
    found = entries_of_claims([framework])
    assert {claim: [entry.id for _, entry in entries] for claim, entries in found.items()} == {
        "S01": ["1"],
        "S02": ["1"],
    }
