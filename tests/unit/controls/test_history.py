from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.controls.history import History, by_identity, changes
from console.domain.finding import Finding, Verdict
from unit.controls.deeds_made import finding

FAIL, PASS, UNKNOWN = Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN
SCOPE_UNKNOWN = finding(UNKNOWN, subject="bedrock.guardrail")


def history(*readings: list[Finding]) -> History:
    made = History()
    for number, findings in enumerate(readings, 1):
        made.add(number, f"t{number}", findings)
    return made


def course(made: History) -> tuple[str, str, Verdict, str]:
    found = made.courses[finding(FAIL).identity]
    return found.first_seen, found.last_seen, found.verdict, found.since


def test_a_failure_is_followed_from_its_first_day() -> None:
    made = history([finding(FAIL)], [finding(FAIL)], [finding(FAIL)])
    assert course(made) == ("t1", "t3", FAIL, "t1")


def test_a_change_begins_anew_and_what_was_first_seen_stays() -> None:
    made = history([finding(PASS)], [finding(FAIL)], [finding(FAIL)])
    assert course(made) == ("t1", "t3", FAIL, "t2")


def test_one_that_was_gone_fails_anew() -> None:
    assert course(history([finding(FAIL)], [], [finding(FAIL)])) == ("t1", "t3", FAIL, "t3")
    assert course(history([finding(FAIL)], [])) == ("t1", "t1", FAIL, "t1")


def test_a_reading_in_which_it_could_not_be_seen_is_no_break() -> None:
    assert course(history([finding(FAIL)], [SCOPE_UNKNOWN], [finding(FAIL)])) == ("t1", "t3", FAIL, "t1")


def test_what_was_gone_before_is_not_brought_back_by_a_gap() -> None:
    made = history([finding(FAIL)], [], [SCOPE_UNKNOWN], [finding(FAIL)])
    assert course(made) == ("t1", "t4", FAIL, "t4")


def test_counts_make_the_trend() -> None:
    made = history([finding(FAIL), finding(PASS, subject="b")], [])
    assert [(each.refresh_id, each.counts[FAIL], each.counts[PASS]) for each in made.readings] == [
        (1, 1, 1),
        (2, 0, 0),
    ]


def test_of_two_with_one_identity_the_worse_is_kept() -> None:
    for pair in ([finding(UNKNOWN), finding(FAIL)], [finding(FAIL), finding(UNKNOWN)]):
        assert by_identity(pair)[finding(FAIL).identity].verdict is FAIL


def test_what_changed_names_both_sides() -> None:
    before = [finding(PASS), finding(FAIL, subject="gone"), finding(PASS, subject="same")]
    after = [
        finding(FAIL),
        finding(FAIL, subject="new"),
        finding(PASS, subject="same", because="other words"),
    ]
    found = {each.identity.subject: (each.before, each.after) for each in changes(before, after)}
    assert sorted(found) == ["arn:thing", "gone", "new"]
    assert found["gone"][1] is None
    assert found["new"][0] is None


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=6))
def test_a_finding_is_the_same_whatever_its_evidence_and_words(verdicts: list[Verdict]) -> None:
    readings = [
        [replace(finding(verdict), evidence=(number,), because=str(number))]
        for number, verdict in enumerate(verdicts, 1)
    ]
    made = history(*readings)
    assert len(made.courses) == 1
    run = next(
        number
        for number in range(len(verdicts), 0, -1)
        if number == 1 or verdicts[number - 2] is not verdicts[-1]
    )
    assert course(made) == ("t1", f"t{len(verdicts)}", verdicts[-1], f"t{run}")
