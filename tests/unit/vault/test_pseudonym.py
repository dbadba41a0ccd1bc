"""Pseudonyms: the same for the same person on one console, and telling nothing to whoever has no key."""

from hypothesis import given
from hypothesis import strategies as st

from console.deletion.request import SUBJECT
from console.vault.pseudonym import pseudonym
from console.vault.signing import SigningKey

ONE, OTHER = SigningKey(b"1" * 32), SigningKey(b"2" * 32)


@given(st.text(min_size=1, max_size=40))
def test_each_is_a_pseudonym_that_a_request_takes_and_differs_by_console(identity: str) -> None:
    made = pseudonym(identity, ONE)
    assert SUBJECT.fullmatch(made)
    assert made == pseudonym(identity, ONE)
    assert made != pseudonym(identity, OTHER)


def test_case_spaces_and_the_form_of_accents_do_not_count() -> None:
    assert pseudonym(" Zoë  EXAMPLE", ONE) == pseudonym("zoe\u0308 example", ONE)
    assert pseudonym("Zoe Example", ONE) != pseudonym("Zoë Example", ONE)
