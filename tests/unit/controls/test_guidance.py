from hypothesis import given
from hypothesis import strategies as st

from console.controls.guidance import edition_of, line_hash, match, normalised

TEXT = "Title\n\n  \u2022 One: it\u2019s private \u2013 always\n2. Two things\n"


def test_another_editor_makes_no_other_line() -> None:
    same = [
        "* one:  it's PRIVATE - always",
        "\u2022 One: it\u2019s private \u2014 always\r",
        "One: it's private - always",
    ]
    assert len({line_hash(each) for each in same}) == 1
    assert line_hash("One: it is private - always") not in {line_hash(each) for each in same}


def test_an_edition_counts_the_lines_that_say_something() -> None:
    edition = edition_of("g", TEXT)
    assert [(line.number, line.text) for line in edition.lines] == [
        (1, "Title"),
        (2, "One: it\u2019s private \u2013 always"),
        (3, "Two things"),
    ]
    assert edition_of("h", TEXT.replace("\n", "\r\n")).text_sha256 == edition.text_sha256
    assert edition_of("h", TEXT + "more").text_sha256 != edition.text_sha256


@given(st.text())
def test_normalising_twice_changes_nothing_that_a_reader_would_see(text: str) -> None:
    once = normalised(text)
    assert "\n" not in once
    assert once == once.strip()


def known() -> dict[str, str]:
    return {"S01": line_hash("One: it's private - always"), "S02": line_hash("Two things")}


def test_lines_are_known_by_their_hashes() -> None:
    found = match(edition_of("g", TEXT), known(), [line_hash("title")], {})
    assert {claim: [line.number for line in lines] for claim, lines in found.by_claim.items()} == {
        "S01": [2],
        "S02": [3],
    }
    assert (found.unmatched, found.affected, found.mapped) == ((), (), frozenset())


def test_another_edition_says_what_is_new_and_which_claims_it_affects() -> None:
    changed = edition_of("g", TEXT.replace("Two things", "Two other things"))
    found = match(changed, known(), [], {})
    assert [line.text for line in found.unmatched] == ["Title", "Two other things"]
    assert found.affected == ("S02",)


def test_a_line_mapped_by_hand_is_its_claims_or_none() -> None:
    changed = edition_of("g", TEXT.replace("Two things", "Two other things"))
    by_hand = {line_hash("Two other things"): ("S02", "S01"), line_hash("Title"): ()}
    found = match(changed, known(), [], by_hand)
    assert (found.unmatched, found.affected) == ((), ())
    assert [line.number for line in found.by_claim["S01"]] == [2, 3]
    assert found.mapped == {1, 3}
