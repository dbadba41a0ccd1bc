"""The pages about access over the whole demo estate, by keyboard: to why somebody may, and to what a policy stops."""

import os
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt

from console.base.clock import system_clock
from console.bootstrap import Parts
from console.services.standin import planted
from console.ui.page import Target, discover_pages
from console.ui.pictures import settle
from console.ui.preferences import Preferences
from console.ui.theme import Look
from console.ui.window import Window
from console.vault.keystore import StoreKeys
from journeys.conftest import Reading
from journeys.estates import SEED, WHOLE


@pytest.fixture
def window(qtbot, qapp, reading: Reading) -> Window:
    job = reading.desk.job
    keys = StoreKeys(job.key, job.signer)
    parts = Parts(store_path=job.store, settings=job.settings, keys=keys, environment={})
    look = Look(qapp)
    look.wear("light")
    made = Window(parts, discover_pages(), look, Preferences(None), system_clock)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    settle(made)
    return made


def press(window: Window, qtbot, grid: Any, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    grid.setFocus()
    qtbot.keyClick(grid, key, *modifiers)
    settle(window)


def test_whoever_was_planted_with_all_of_bedrock_is_found_and_the_trace_shows_the_statement(
    window: Window, qtbot
) -> None:
    window.go(Target("access"))
    settle(window)
    page: Any = window.frame.page
    rows = page.principals.table.rows
    held = {row.person.arn: row for row in rows.rows_shown()}
    failings = planted(accounts=WHOLE, seed=SEED)["failings"]
    wide = {
        each["subject"]
        for each in failings
        if each["control"] == "BR-IAM-001" and (":role/" in each["subject"] or ":user/" in each["subject"])
    }
    assert wide
    assert all(held[arn].held for arn in wide)
    assert held[""].is_gap
    arn = min(wide)
    page.principals.table.go_to([row.person.arn for row in rows.rows_shown()].index(arn))
    settle(window)
    tables = page.principals.principal.tables
    tables.grid.go_to(
        next(at for at, row in enumerate(tables.grid.rows.rows_shown()) if row.cells[1] == "can")
    )
    press(window, qtbot, tables.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.modes.mode == "trace"
    assert page.trace.end.text().startswith("Allowed")
    press(window, qtbot, page.trace.table, Qt.Key.Key_Return)
    assert window.frame.drawer.isVisible()
    assert len(window.frame.drawer.observations.sequences) >= 1


def test_what_keeps_bedrock_in_london_is_seen_before_and_after_and_in_the_matrix(
    window: Window, qtbot
) -> None:
    window.go(Target("boundaries"))
    settle(window)
    page: Any = window.frame.page
    names = [page.prevents.choice.itemText(at) for at in range(page.prevents.choice.count())]
    at = next(at for at, name in enumerate(names) if name.startswith("bedrock-london-only"))
    page.accept({"policy": page.prevents.choice.itemData(at)})
    settle(window)
    stopped = {row.cells[0]: row.cells[3] for row in page.prevents.effect.capabilities.rows.rows_shown()}
    assert stopped["Use a model in eu-west-2"] == 0
    assert stopped["Use a model outside eu-west-2"] > 0
    page.accept({"show": "residency"})
    press(window, qtbot, page.residency.approved, Qt.Key.Key_Return)
    said = {row.cells[0] for row in page.residency.table.rows.rows_shown()}
    assert {"not known", "cannot leave", "stays in approved Regions"} <= said
    press(window, qtbot, page.residency.table, Qt.Key.Key_Return)
    assert window.frame.drawer.isVisible()
