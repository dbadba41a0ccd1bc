from dataclasses import replace

from console.controls.attestation import Countersignature, Ending, Standing
from console.controls.duties import Assignment, Duties, Note
from console.domain.finding import Identity
from console.views.duties import attestations_table, due_sentence, exceptions_table, remarks_table
from unit.controls.deeds_made import ONE, RULES, attestation, exception

ENDED = Ending(by="Jo", at="t", reason="wrong", sequence=9)
COUNTER = Countersignature(person="Sam", at="t", fingerprint="f", problem="", sequence=8)


def test_what_asks_for_work_comes_first() -> None:
    made = [
        attestation(id="AT-a"),
        attestation(id="AT-b", valid_until="2026-11-01"),
        attestation(id="AT-c", valid_until="2026-12-01"),
        attestation(id="AT-d", withdrawal=ENDED),
        attestation(id="AT-e", problem="forged\u202e"),
        attestation(id="AT-f", valid_from="2027-01-01"),
    ]
    table = attestations_table(Duties(attestations=tuple(made)), RULES)
    assert [row.attestation.id[-1] for row in table.rows] == ["e", "b", "c", "f", "a", "d"]
    assert due_sentence(table.rows) == "1 signature does not match, 1 expired, 1 review due"
    assert [row.problem for row in table.rows if row.problem] == ["forged\\u202e", "withdrawn by Jo: wrong"]
    assert due_sentence(table.rows[4:5]) == ""
    assert table.evidence(table.rows[5]) == (7, 9)


def test_counter_signatures_are_named_and_bad_ones_explained() -> None:
    bad = replace(COUNTER, person="Mallory", problem="forged")
    (row,) = attestations_table(
        Duties(attestations=(attestation(countersignatures=(COUNTER, bad)),)), RULES
    ).rows
    assert row.standing is Standing.VALID
    assert row.problem == "the counter-signature of Mallory does not count: forged"
    table = attestations_table(
        Duties(attestations=(attestation(countersignatures=(COUNTER,)), attestation())), RULES
    )
    named = [dict(zip((c.id for c in table.columns), cells, strict=True)) for cells in table.cells()]
    assert [each["countersigned"] for each in named] == ["Sam", "nobody"]


def test_exceptions_in_force_come_before_those_that_ended() -> None:
    made = (
        exception(id="EX-a", valid_until="2026-01-01"),
        exception(id="EX-b", ending=ENDED),
        exception(id="EX-c", account_id=ONE, valid_until="2027-01-01"),
        exception(id="EX-d"),
    )
    table = exceptions_table(Duties(exceptions=made), RULES, {ONE: "one"})
    assert [(row.exception.id, row.state, row.account_name) for row in table.rows] == [
        ("EX-d", "in force", "every account"),
        ("EX-c", "in force", "one"),
        ("EX-a", "expired", "every account"),
        ("EX-b", "ended", "every account"),
    ]
    assert table.evidence(table.rows[3]) == (9, 9)
    assert len(table.cells()[0]) == len(table.columns)


def test_notes_and_assignments_come_in_their_order() -> None:
    identity = Identity("BR-A", "", "r", "s")
    duties = Duties(
        notes={identity: (Note(words="one\u202e", by="Jo", at="t", sequence=3),)},
        assignments={
            identity: Assignment(to="Sam", by="Jo", at="t", sequence=2),
            identity._replace(subject="t"): Assignment(to="", by="Jo", at="t", sequence=4),
        },
    )
    table = remarks_table(duties)
    assert [(row.what, row.words) for row in table.rows] == [
        ("assignment", "to Sam"),
        ("note", "one\\u202e"),
        ("assignment", "to nobody any more"),
    ]
    assert table.evidence(table.rows[0]) == (2,)
    assert table.cells()[0][2] is None
