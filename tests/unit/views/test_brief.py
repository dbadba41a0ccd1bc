from typing import Any

import pytest

from console.controls.claims import Basis, Catalogue, Claim
from console.controls.history import Change
from console.controls.states import ClaimStanding, ClaimState
from console.domain.finding import Identity
from console.views.brief import MEANINGS, TITLES, brief
from console.views.changes import ChangeRow
from console.views.claims import ClaimReport, Unit

AT, EARLIER = "2026-11-23T09:14:00.000Z", "2026-10-01T08:00:00.000Z"


def report(**states: ClaimState) -> ClaimReport:
    claims = tuple(
        Claim(id=each, heading="H", words=f"{each} is so", basis=Basis.LIVE, line_sha256="", reality="")
        for each in states
    )
    standings = {
        "111122223333": {
            each: ClaimStanding(claim_id=each, account_id="111122223333", state=state, because="because")
            for each, state in states.items()
        }
    }
    return ClaimReport(
        catalogue=Catalogue(claims=claims, edition_name="", file_sha256="", text_sha256="", other_lines=()),
        standings=standings,
        units=(Unit(id="", name="Whole", kind="organisation", accounts=("111122223333",)),),
        names={},
        stale="",
    )


def changed(before: str, after: str) -> ChangeRow:
    identity = Identity("BR-A-1", "111122223333", "eu-west-2", "a")
    change: Any = Change(identity=identity, before=None, after=None)
    return ChangeRow(
        change=change, before=before, after=after, title="", account_name="", because="", who="", evidence=()
    )


def test_every_state_has_a_title_and_a_meaning() -> None:
    assert set(TITLES) == set(MEANINGS) == set(ClaimState)


def test_the_sentence_counts_every_state_once() -> None:
    states = {f"S{at}": state for at, state in enumerate(ClaimState)}
    said = brief(report(**states, S9=ClaimState.SUPPORTED), (), "", {}, "")
    assert said.sentence == (
        "Of 7 statements that the department makes of its use of Amazon Bedrock, 2 are supported by what AWS answered, "
        "1 is attested by a named person, 1 is contradicted, 1 is unknown, 1 is not shown either way and "
        "1 is about something that is not there."
    )
    assert [(group.state, len(group.rows)) for group in said.groups] == [
        (state, 2 if state is ClaimState.SUPPORTED else 1) for state in ClaimState
    ]


def test_one_state_alone_needs_no_and() -> None:
    assert brief(report(S1=ClaimState.UNKNOWN), (), "", {}, "").sentence.endswith("Bedrock, 1 is unknown.")


def test_no_claims_are_said_to_be_none() -> None:
    assert "none of the statements" in brief(report(), (), "", {}, "").sentence


def test_without_an_earlier_pack_nothing_is_compared() -> None:
    said = brief(report(S1=ClaimState.UNKNOWN), (), "", {}, "")
    assert "none to compare with" in said.since
    assert (said.moved, said.findings) == ((), "")


def test_what_stands_otherwise_than_in_the_last_pack_is_listed() -> None:
    made = report(S1=ClaimState.SUPPORTED, S2=ClaimState.UNKNOWN, S3=ClaimState.UNKNOWN)
    said = brief(made, (), "", {"S1": "contradicted", "S2": "unknown"}, EARLIER)
    assert [(each.claim_id, each.before, each.after) for each in said.moved] == [
        ("S1", "contradicted", "supported")
    ]
    assert said.since == (
        "1 statement stands otherwise than in the last pack, which spoke of 1 October 2026, 08:00 UTC."
    )
    same = brief(made, (), "", {"S2": "unknown"}, EARLIER)
    assert same.since.startswith("Every statement stands as it did")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "No answer is another than in the reading of 23 November 2026, 09:14 UTC."),
        (
            (
                changed("pass", "fail"), changed("fail", "pass"), changed("pass", "unknown"),
                changed("not there", "pass"), changed("pass", "not there"),
            ),
            (
                "Of the single answers, 1 began to fail, 1 no longer fail, 1 became unknown, 2 changed otherwise "
                "since the reading of 23 November 2026, 09:14 UTC."
            ),
        ),
        (
            (changed("pass", "fail"),),
            "Of the single answers, 1 began to fail since the reading of 23 November 2026, 09:14 UTC.",
        ),
    ],
)  # fmt: skip
def test_what_changed_among_the_answers_is_counted(rows: tuple[ChangeRow, ...], words: str) -> None:
    assert brief(report(), rows, AT, {}, "").findings == words
