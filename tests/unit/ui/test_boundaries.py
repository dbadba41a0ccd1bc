"""The Boundaries page by keyboard: the tree, what a policy prevents, a draft, and where data could go."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.ui.observations import Value
from console.ui.pictures import settle
from console.ui.window import Window
from fakes import FakeSnapshot
from unit.ui.access_estate import (
    ABROAD,
    CALLER,
    LONDON_ONLY,
    PAYMENTS,
    UNREAD,
    access_snapshot,
)
from unit.ui.estate import ODD, ROOT, UNIT, FakeDesk
from unit.ui.walking import cells, press, shown, words_of


@pytest.fixture
def window(opened) -> Window:
    return shown(opened(FakeDesk(shown=access_snapshot())), "boundaries")


def check_models(window: Window) -> None:
    for grid in window.frame.page.grids():
        QAbstractItemModelTester(grid.model(), QAbstractItemModelTester.FailureReportingMode.Warning)


def test_each_place_shows_what_binds_it_and_where_that_comes_from(window: Window, qtbot) -> None:
    places = window.frame.page.places
    assert cells(places.table, "name")[:3] == [
        "Root",
        "    Workloads",
        "        <h1>evil</h1><img src=x>\\u202egnp",
    ]
    places.table.setFocus()
    places.choose(PAYMENTS)
    settle(window)
    found = list(zip(cells(places.policies, "policy"), cells(places.policies, "from"), strict=True))
    assert ("london-only", "Workloads") in found
    assert ("FullAWSAccess", "here") in found
    assert ("all Bedrock policies together", "this account and all above it") in found
    places.policies.setFocus()
    places.policies.go_to(cells(places.policies, "policy").index("london-only"))
    assert "OnlyLondon" in places.box.text.toPlainText()
    qtbot.keyClick(places.policies, Qt.Key.Key_Return)
    settle(window)
    assert window.frame.drawer.isVisible()
    window.back()
    places.choose(ODD)
    settle(window)
    assert "could not be read: denied" in cells(places.policies, "policy")
    qtbot.keyClicks(places.words, "nobody is called this")
    assert "No place matches." in words_of(window)
    check_models(window)


def test_a_policy_leads_to_what_it_prevents_before_and_after(window: Window, qtbot) -> None:
    page = window.frame.page
    page.places.choose(UNIT)
    settle(window)
    page.places.policies.setFocus()
    page.places.policies.go_to(cells(page.places.policies, "policy").index("london-only"))
    qtbot.keyClick(page.places.policies, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert page.modes.mode == "prevents"
    assert page.prevents.choice.currentData() == LONDON_ONLY
    assert "It stops something for 3 principals. 1 account was not asked about." in words_of(window)
    effect = page.prevents.effect
    by_title = dict(
        zip(
            cells(effect.capabilities, "capability"),
            zip(cells(effect.capabilities, "before"), cells(effect.capabilities, "after"), strict=True),
            strict=True,
        )
    )
    assert by_title["Use a model outside eu-west-2"] == ("2 can, 1 if", "0 can")
    assert by_title["Change the data retention mode"] == ("1 can", "1 can")
    effect.capabilities.go_to(1)
    effect.capabilities.follow_current()
    assert set(cells(effect.principals, "words")) == {"not known", "stopped"}
    effect.principals.go_to([row.leads for row in effect.principals.rows.rows_shown()].index(CALLER))
    effect.principals.follow_current()
    settle(window)
    assert window.frame.shown == "access"
    check_models(window)


def test_a_draft_is_tried_on_everybody_before_anybody_attaches_it(window: Window, qtbot) -> None:
    page = window.frame.page
    press(window, "boundaries.mode.draft", qtbot)
    statement = {"Effect": "Deny", "Action": "bedrock:InvokeModel", "Resource": "*"}
    page.draft.text.setPlainText(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    page.draft.target.setCurrentIndex(page.draft.target.findData(PAYMENTS))
    press(window, page.draft.send, qtbot)
    assert "It stops something for 3 principals." in words_of(window)
    page.draft.effect.capabilities.go_to(0)
    page.draft.effect.capabilities.open_current()
    settle(window)
    assert any("it was never attached" in each.text for each in window.frame.drawer.findChildren(Value))
    page.draft.text.setPlainText(json.dumps(ABROAD))
    page.draft.target.setCurrentIndex(page.draft.target.findData(UNIT))
    page.draft.replaces.setCurrentIndex(page.draft.replaces.findData(LONDON_ONLY))
    press(window, page.draft.send, qtbot)
    assert "It changes nothing that is asked about for anybody." in words_of(window)


@pytest.mark.parametrize(
    ("sort", "text", "said"),
    [
        ("scp", "{", "is not JSON"),
        ("rcp", None, "are not switched on"),
        ("scp", "{}", "Statement: is missing"),
    ],
)
def test_a_draft_that_aws_would_not_take_is_refused_beside_it(
    window: Window, qtbot, sort: str, text: str | None, said: str
) -> None:
    page = window.frame.page
    page.accept({"show": "draft"})
    page.draft.sort.setCurrentIndex(page.draft.sort.findData(sort))
    page.draft.text.setPlainText(text if text is not None else json.dumps(_for_everybody()))
    press(window, page.draft.send, qtbot)
    assert said in words_of(window)
    assert "The draft was not tried." in words_of(window)


def _for_everybody() -> dict[str, object]:
    statement = {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_where_data_could_go_is_a_matrix_of_profiles_and_regions(window: Window, qtbot) -> None:
    page = window.frame.page
    press(window, "boundaries.mode.residency", qtbot)
    page.residency.approved.setFocus()
    qtbot.keyClick(page.residency.approved, Qt.Key.Key_Return)
    settle(window)
    table = page.residency.table
    assert "eu-west-2, approved" in [each.title for each in table.rows.columns]
    by_place = {(row.cells[2].partition(" (")[0], row.cells[3]): row.cells for row in table.rows.rows_shown()}
    assert by_place["payments-production", "eu-west-2"][4:] == ("stays", "no route")
    assert by_place["payments-production", "us-east-1"][4:] == ("no route", "stopped")
    assert by_place["child-benefit", "us-east-1"][0] == "cannot leave"
    here = [row.cells[2:4] for row in table.rows.rows_shown()]
    at = here.index((f"payments-production ({PAYMENTS})", "us-east-1"))
    table.go_to(at)
    said = "\n".join(cells(page.residency.details, "words"))
    assert "london-only (p-london) at Workloads" in said
    page.residency.account.setCurrentIndex(page.residency.account.findData(UNREAD))
    page.residency.ask()
    settle(window)
    assert {row.cells[2].partition(" (")[0] for row in table.rows.rows_shown()} == {"child-benefit"}
    table.open_current()
    page.residency.details.go_to(0)
    page.residency.details.open_current()
    settle(window)
    assert window.frame.drawer.isVisible()
    check_models(window)


def test_questions_can_be_stopped(window: Window) -> None:
    page = window.frame.page
    for mode, panel in (("prevents", page.prevents), ("draft", page.draft), ("residency", page.residency)):
        page.accept({"show": mode})
        panel.ask()
        assert panel.bar.isVisible()
        panel.bar.cancel.click()
        settle(window)
        assert "The question was stopped." in words_of(window)


def test_an_organisation_that_was_not_read_is_said_on_every_panel(opened) -> None:
    window = shown(opened(FakeDesk(shown=FakeSnapshot())), "boundaries")
    page = window.frame.page
    assert "The organisation was not read." in words_of(window)
    page.accept({"show": "prevents", "policy": "p-gone", "place": ROOT})
    settle(window)
    assert "No policy limits anybody here." in words_of(window)
    page.accept({"show": "residency"})
    page.residency.ask()
    settle(window)
    assert "There is no inference profile." in words_of(window)
