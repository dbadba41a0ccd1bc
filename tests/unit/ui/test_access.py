"""The Access page by keyboard: principals, one of them, who can, and why."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.services.latest import Latest
from console.ui.pictures import settle
from console.ui.window import Window
from fakes import NOW, REFRESH
from unit.ui.access_estate import ADMIN, CALLER, USER, access_snapshot
from unit.ui.estate import FakeDesk
from unit.ui.walking import cells, press, shown, words_of


class TwoReadings(FakeDesk):
    """A desk whose store has an earlier reading in which somebody could do less."""

    def latest(self, *which: int | None) -> Latest | None:
        latest = super().latest(*which)
        if latest is None:
            return None
        before = access_snapshot()
        return replace(latest, earlier={7: NOW}, reading=lambda number: before if number == 7 else None)


@pytest.fixture
def window(opened) -> Window:
    return shown(opened(FakeDesk(shown=access_snapshot())), "access")


def place_of(grid, arn: str) -> int:
    return [row.person.arn for row in grid.rows.rows_shown()].index(arn)


def test_everybody_is_there_with_what_they_can_do_and_who_was_not_read_comes_first(window: Window) -> None:
    grid = window.frame.page.principals.table
    assert cells(grid, "name")[0] == "Not read: denied"
    assert "IAM users could not be read: denied" in cells(grid, "powers")[0]
    can = dict(zip(cells(grid, "arn"), cells(grid, "can"), strict=True))
    assert can[ADMIN.encode("ascii", "backslashreplace").decode()] == "8"
    assert can[CALLER] == "0"
    assert "outsider" in cells(grid, "sort")
    QAbstractItemModelTester(grid.model(), QAbstractItemModelTester.FailureReportingMode.Warning)


def test_one_capability_narrows_to_those_who_come_to_it(window: Window) -> None:
    panel = window.frame.page.principals
    panel.capability.setCurrentIndex(panel.capability.findData("retention"))
    settle(window)
    assert {
        row.person.arn for row in panel.table.rows.rows_shown() if row.person.sort in ("user", "role")
    } == {
        ADMIN,
        USER,
    }
    panel.words.setText("nothing is called this")
    assert "No principal matches" in words_of(window)
    panel.clear()
    settle(window)
    assert panel.table.rows.rowCount() == 5


def test_a_row_opens_to_its_evidence_and_what_it_can_do_leads_to_the_trace(window: Window, qtbot) -> None:
    page = window.frame.page
    grid = page.principals.table
    grid.setFocus()
    grid.go_to(place_of(grid, USER))
    settle(window)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    settle(window)
    assert window.frame.drawer.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    tables = page.principals.principal.tables
    assert "by taking on a role" in cells(tables.grid, "how")
    tables.grid.setFocus()
    tables.grid.go_to(cells(tables.grid, "how").index("can"))
    qtbot.keyClick(tables.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert page.modes.mode == "trace"
    assert "Allowed" in words_of(window)
    said = "\n".join(cells(page.trace.table, "says"))
    assert "Allow 1: applies" in said
    assert page.trace.box.marked
    marked = [page.trace.box.text.toPlainText().split("\n")[at] for at in page.trace.box.marked]
    assert '      "Effect": "Allow",' in marked


def test_a_principal_shows_its_policies_trust_keys_and_last_use(window: Window) -> None:
    page = window.frame.page
    page.accept({"principal": USER})
    settle(window)
    tables = page.principals.principal.tables
    tables.show_tab("policies")
    tables.grid.go_to(1)
    assert "bedrock:InvokeModel" in page.principals.principal.box.text.toPlainText()
    tables.show_tab("keys")
    assert cells(tables.grid, "sort") == ["access key", "Bedrock API key"]
    tables.show_tab("used")
    assert cells(tables.grid, "action") == ["any", "InvokeModel"]
    page.accept({"principal": CALLER})
    settle(window)
    tables.show_tab("trust")
    assert cells(tables.grid, "who") == ["the AWS service lambda.amazonaws.com"]
    page.accept({"principal": ADMIN})
    settle(window)
    page.principals.principal.become.click()
    settle(window)
    assert USER in cells(tables.grid, "start")
    assert "not asked" in cells(tables.grid, "start")


def test_policies_of_two_readings_stand_side_by_side(opened) -> None:
    window = shown(
        opened(TwoReadings(shown=replace(access_snapshot(widened=True), refresh=replace(REFRESH, id=9)))),
        "access",
    )
    pane = window.frame.page.principals.principal
    window.frame.page.accept({"principal": USER})
    settle(window)
    pane.earlier.setCurrentIndex(1)
    pane.earlier.activated.emit(1)
    settle(window)
    assert cells(pane.tables.grid, "state") == ["changed", "the same"]
    assert pane.pair.isVisible()
    new = pane.pair.after.text.toPlainText().split("\n")
    assert any("PutAccountDataRetention" in new[at] for at in pane.pair.after.marked)


def test_who_can_is_asked_with_keys_known_absent_and_open(window: Window, qtbot) -> None:
    page = window.frame.page
    press(window, "access.mode.whocan", qtbot)
    panel = page.who_can
    panel.form.send.setFocus()
    qtbot.keyClick(panel.form.send, Qt.Key.Key_Space)
    settle(window)
    assert "2 can; 1 can if a condition holds. 1 could not be asked about." in words_of(window)
    assert cells(panel.table, "words")[-1] == "aws:SourceVpce is vpce-1"
    panel.form.rows[1].given.setCurrentIndex(1)
    panel.form.through.setChecked(True)
    panel.ask()
    settle(window)
    assert "can if" not in panel.sentence.text()
    assert "more can become one of them" in panel.sentence.text()
    panel.form.rows[1].given.setCurrentIndex(0)
    panel.form.rows[1].value.setText("vpce-1")
    panel.ask()
    settle(window)
    assert panel.sentence.text().startswith("3 can")
    panel.table.go_to(place_of_answer(panel.table, CALLER))
    panel.table.follow_current()
    settle(window)
    assert page.modes.mode == "trace"
    assert "caller" in page.trace.title.text()


def place_of_answer(grid, arn: str) -> int:
    return [row.principal for row in grid.rows.rows_shown()].index(arn)


def test_a_question_that_makes_no_sense_is_refused_beside_it(window: Window, qtbot) -> None:
    press(window, "access.mode.whocan", qtbot)
    panel = window.frame.page.who_can
    panel.form.action.setEditText("bedrock:*")
    panel.ask()
    settle(window)
    assert "must be one action" in words_of(window)
    panel.form.add.click()
    assert len(panel.form.rows) == 3
    panel.form.action.setEditText("bedrock:Converse")
    panel.ask()
    settle(window)
    assert "must be one action" not in words_of(window)


def test_a_question_can_be_stopped_and_asked_again(window: Window) -> None:
    page = window.frame.page
    page.modes.show_mode("whocan")
    page.who_can.ask()
    assert page.who_can.bar.isVisible()
    page.who_can.bar.cancel.click()
    settle(window)
    assert "The question was stopped." in words_of(window)
    page.principals.ask()
    page.principals.bar.cancel.click()
    settle(window)
    page.modes.show_mode("principals")
    assert not page.principals.bar.is_asking


def test_nothing_read_is_said(opened) -> None:
    window = shown(
        opened(FakeDesk(shown=replace(access_snapshot(), known=(), missing=(), empty=()))), "access"
    )
    assert "No user or role was read." in words_of(window)
