from console.controls.answers import Answer, together
from console.domain.finding import Verdict
from fakes import fact

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ONE, TWO = fact("a", "1", {}, sequence=1), fact("a", "2", {}, sequence=2)


def test_one_that_fails_decides_whatever_is_not_known() -> None:
    found = together([Answer(PASS, "p"), Answer(UNKNOWN, "u", (ONE,)), Answer(FAIL, "f", (TWO,))], "good")
    assert (found.verdict, found.because, found.evidence) == (FAIL, "f", (TWO,))


def test_what_is_not_known_keeps_the_rest_from_passing() -> None:
    found = together([Answer(PASS, "p", (TWO,)), Answer(UNKNOWN, "u", (ONE,))], "good")
    assert (found.verdict, found.because, found.evidence) == (UNKNOWN, "u", (ONE,))


def test_a_pass_rests_on_all_of_it_and_a_reason_is_said_once() -> None:
    found = together([Answer(PASS, "p", (ONE,)), Answer(PASS, "q", (TWO,))], "good")
    assert (found.verdict, found.because, found.evidence) == (PASS, "good", (ONE, TWO))
    assert together([Answer(FAIL, "f"), Answer(FAIL, "f"), Answer(FAIL, "g")], "good").because == "f; g"


def test_an_opinion_opens_to_the_thing_first() -> None:
    found = Answer(FAIL, "f", (TWO,)).about(ONE)
    assert (found.subject, found.evidence) == ("1", (ONE, TWO))
