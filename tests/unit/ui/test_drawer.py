"""One observation: find words in it, see its proof, report a problem, by keyboard."""

from PySide6.QtCore import Qt

from console.ui.pictures import settle
from fakes import fact
from unit.ui.estate import FakeDesk
from unit.ui.walking import shown

FLOW = "arn:aws:bedrock:eu-west-2:111122223333:flow/ABCDEFGHIJ"


def drawn(opened, desk: FakeDesk):
    window = shown(opened(desk), "findings")
    grid = window.frame.page.current_grid()
    grid.go_to(0)
    grid.open_current()
    settle(window)
    return window


def test_words_are_found_in_what_aws_answered(opened, qtbot) -> None:
    window = drawn(opened, FakeDesk())
    box = window.frame.drawer.answer
    box.show_json("\n".join(f"line {number}" for number in range(20)))
    assert box.words.isVisible()
    qtbot.keyClicks(box.words, "line 1")
    assert box.text.textCursor().blockNumber() == 1
    qtbot.keyClick(box.words, Qt.Key.Key_Return)
    assert box.text.textCursor().blockNumber() == 10
    box.words.setText("nowhere")
    assert box.words.property("tone") == "fail"
    box.show_json("{}")
    assert not box.words.isVisible()


def test_the_proof_is_shown_when_it_is_asked_for(opened, qtbot) -> None:
    window = drawn(opened, FakeDesk())
    duties = window.frame.drawer.duties
    assert not duties.proof.isVisible()
    qtbot.keyClick(duties.buttons["prove"], Qt.Key.Key_Space)
    settle(window)
    assert duties.sentence.text().startswith("It is entry")
    assert "root" in duties.proof.text.toPlainText()
    window.frame.drawer.clear_observation("none", "why")
    assert not duties.proof.isVisible()
    assert not duties.buttons["prove"].isVisible()


def test_a_deletion_is_asked_for_from_the_evidence_of_a_row(opened, qtbot) -> None:
    window = drawn(opened, FakeDesk())
    duties = window.frame.drawer.duties
    assert not duties.buttons["delete"].isVisible()
    duties.show_observation(fact("bedrock-agent.flow", FLOW, {}))
    qtbot.keyClick(duties.buttons["delete"], Qt.Key.Key_Space)
    settle(window)
    said = window.frame.page.forms.form.said()
    assert (said["kind"], said["name"], said["region"]) == ("flow", FLOW, "eu-west-2")


def test_a_problem_is_reported_into_the_ledger(opened, qtbot) -> None:
    desk = FakeDesk()
    window = drawn(opened, desk)
    duties = window.frame.drawer.duties
    qtbot.keyClick(duties.buttons["report"], Qt.Key.Key_Space)
    assert duties.form.isVisible()
    qtbot.keyClicks(duties.form.inputs["words"], "This is another account's")
    qtbot.keyClicks(duties.form.inputs["person"], "Sam Roe")
    qtbot.keyClick(duties.form.send, Qt.Key.Key_Space)
    settle(window)
    (deed,) = [each for each in desk.people.done if each.kind == "note"]
    assert deed.body["words"] == "This is another account's"
    assert deed.body["subject"].startswith("observation ")
