from console.views.names import account_names, account_words, kind_words, region_words, when_words
from fakes import NOW, FakeSnapshot, fact


def test_words_are_the_officers() -> None:
    assert when_words(NOW) == "23 November 2026, 09:14 UTC"
    assert kind_words("bedrock.guardrail") == "Guardrails (every version)"
    assert kind_words("new.thing") == "new.thing"
    assert region_words("global") == "all Regions"
    assert account_words("1", {}) == "1"


def test_an_accounts_name_is_safe_to_show() -> None:
    snapshot = FakeSnapshot(known=[fact("organizations.account", "1", {"Name": "a\u202eb"})])
    assert account_names(snapshot) == {"1": "a\\u202eb"}
