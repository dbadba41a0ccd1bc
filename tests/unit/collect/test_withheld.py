from hypothesis import given
from hypothesis import strategies as st

from console.base.canonical import canonical, sha256_hex
from console.collect.withheld import Private, without

SECRET = "whisper it to nobody"
NESTED = st.recursive(
    st.just(SECRET) | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


def digest(value: bytes) -> str:
    return f"sha256:{sha256_hex(value)}"


@given(NESTED)
def test_nothing_that_is_hashed_whole_can_be_read_and_equal_things_stay_equal(value: object) -> None:
    kept = without({"tool": {"schema": value}}, Private(wholes=["schema"]))
    assert SECRET not in str(kept)
    assert kept == {"tool": {"schema": digest(canonical(value))}}


@given(NESTED)
def test_what_is_not_private_stays_as_it_came(value: object) -> None:
    assert without({"value": value}, Private(texts=["text"], dropped=["gone"])) == {"value": value}


def test_a_text_is_hashed_at_any_depth_and_a_structure_of_its_name_is_looked_into() -> None:
    payload = {"text": {"text": "hello", "maxTokens": 3}, "chat": [{"content": [{"text": "hello"}]}]}
    hashed = digest(b"hello")
    assert without(payload, Private(texts=["text"])) == {
        "text": {"text": hashed, "maxTokens": 3},
        "chat": [{"content": [{"text": hashed}]}],
    }


def test_of_secrets_only_the_names_stay_and_what_is_dropped_is_gone() -> None:
    payload = {"environment": {"KEY": "k"}, "link": "https://sign-in.example/?code=1", "name": "n"}
    private = Private(secrets=["environment"], dropped=["link"])
    assert without(payload, private) == {"environment": {"KEY": "withheld"}, "name": "n"}
