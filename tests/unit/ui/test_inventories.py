"""The pages of tables as an officer uses them: by keys, over hostile names, and where nothing could be read."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QToolButton

from console.domain.evidence import Fact
from console.domain.scope import Scope
from console.ui.inventory_page import InventoryPage
from console.ui.page import Target, discover_pages
from console.ui.pages.endpoints import EndpointsPage
from console.ui.pictures import settle
from console.ui.preferences import Preferences
from console.ui.window import Window
from fakes import REFRESH, FakeSnapshot, fact, gap
from unit.ui.estate import CHILD_BENEFIT, PAYMENTS, FakeDesk, snapshot

INVENTORIES = ["models", "agents", "keys", "trails", "retention", "endpoints", "compare"]
LONDON = Scope(PAYMENTS, "eu-west-2")
EVIL = "=cmd|' /C calc'!A0"
LONG = "\u05d0\u0301" * 300
MODEL = "anthropic.claude-x"
ROLE = f"arn:aws:iam::{PAYMENTS}:role/caseworker"


BATCH = "arn:aws:bedrock:eu-west-2:111122223333:model-invocation-job/abc"


def things(mode: str = "none") -> list[Fact]:
    """Make one of many kinds in an account, some with names that mean harm."""
    agreed = {"agreementAvailability": {"status": "AVAILABLE"}, "entitlementAvailability": "AVAILABLE"}
    event = {"awsRegion": "eu-west-2", "eventTime": "2026-11-22T10:00:00Z", "eventName": "Converse"}
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("bedrock.model_availability", MODEL, {"modelId": MODEL, **agreed}),
        ("bedrock.model_availability", EVIL, {"modelId": EVIL, **agreed}),
        ("bedrock.model_availability", LONG, {"modelId": LONG, **agreed}),
        ("bedrock-agent.knowledge_base", "B1", {"knowledgeBaseId": "B1", "name": "tenders"}),
        ("kms.key", "arn:key", {"Arn": "arn:key", "KeyId": "key"}),
        (
            "bedrock.model_invocation_job",
            BATCH,
            {"jobArn": BATCH, "jobName": "nightly", "status": "Completed"},
        ),
        ("bedrock.model_import_job", "arn:import", {"jobArn": "arn:import", "jobName": "unfinished"}),
        ("cloudtrail.trail", "arn:trail", {"TrailARN": "arn:trail", "Name": "baseline"}),
        ("bedrock-mantle.data_retention", "data-retention", {"mode": mode}),
        ("ec2.vpc", "vpc-1", {"VpcId": "vpc-1"}),
        (
            "ec2.vpc_endpoint",
            "vpce-1",
            {"VpcEndpointId": "vpce-1", "ServiceName": "a.b.bedrock-runtime", "ServiceRegion": "eu-west-2"},
        ),
        ("cloudtrail.bedrock_event", "e1", {"CloudTrailEvent": {**event, "vpcEndpointId": "vpce-1"}}),
        ("cloudtrail.bedrock_event", "e2", {"CloudTrailEvent": {**event, "awsRegion": "eu-west-2"}}),
    ]
    made = [fact(kind, key, payload, LONDON, 5000 + at) for at, (kind, key, payload) in enumerate(said)]
    return [*made, fact("iam.role", ROLE, {"RoleName": "caseworker"}, Scope(PAYMENTS), 5100)]


def estate(refresh_id: int = 2, at: str = "23", mode: str = "none") -> FakeSnapshot:
    made = snapshot()
    empty = [each for each in made.empty if each[1] != LONDON]
    missing = [gap("kms.key", Scope(CHILD_BENEFIT, "eu-west-2"), sequence=5200)]
    finished = f"2026-11-{at}T09:14:00.000Z"
    return replace(
        made,
        known=[*made.known, *things(mode)],
        missing=[*made.missing, *missing],
        empty=empty,
        refresh=replace(REFRESH, id=refresh_id, finished_at=finished, started_at=finished, content_root=at),
    )


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(shown=estate(), earlier=(estate(1, "20", "default"),))


def shown(window: Window, name: str, listing: str = "") -> Any:
    window.go(Target(name, {"listing": listing} if listing else {}))
    settle(window)
    settle(window)
    return window.frame.page


def words_of(window: Window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("name", INVENTORIES)
def test_each_page_is_worked_by_keys_alone(opened, qtbot, desk: FakeDesk, name: str) -> None:
    window = opened(desk)
    page = shown(window, name)
    assert isinstance(page, InventoryPage)
    chips = [each for each in page.findChildren(QToolButton) if each.property("listing") and each.isVisible()]
    for chip in chips:
        chip.setFocus()
        qtbot.keyClick(chip, Qt.Key.Key_Space)
        assert page.chosen == chip.property("listing")
        assert chip.accessibleName()
        grid = page.current_grid()
        if not grid.model().rowCount():
            assert page.pane.empty.isVisible()
            continue
        QAbstractItemModelTester(grid.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
        grid.setFocus()
        grid.go_to(0)
        qtbot.keyClick(grid, Qt.Key.Key_Down)
        assert page.detail.heading.text()
        qtbot.keyClick(grid, Qt.Key.Key_Return)
        settle(window)
        assert window.frame.drawer.isVisible()
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.coverage.text()


@pytest.mark.parametrize("name", INVENTORIES)
def test_a_page_of_which_nothing_could_be_read_shows_gaps_and_no_empty_table(opened, name: str) -> None:
    kinds = {each.kind for each in things()} | {
        "bedrock.data_retention",
        "bedrock-mantle.model",
        "iam.access_key",
    }
    missing = [gap(kind, LONDON, sequence=at) for at, kind in enumerate(sorted(kinds), 1)]
    window = opened(FakeDesk(shown=FakeSnapshot(missing=missing)))
    page = shown(window, name)
    rows = page.grid.rows
    if name == "compare":
        assert "There is only one reading." in words_of(window)
        return
    assert rows.rowCount()
    assert all(row.is_gap for row in rows.rows_shown())
    assert "could not be read: denied" in rows.words_at(0, 3)
    assert page.grid.columnSpan(0, 3) == len(rows.columns) - 3
    assert "not read whole" in page.coverage.text()


def test_the_detail_has_the_whole_row_as_text(opened, desk: FakeDesk) -> None:
    window = opened(desk)
    page = shown(window, "models", "callable")
    page.words.setText(MODEL)
    text = page.detail.text.toPlainText()
    assert PAYMENTS in text
    assert "Agreement" in text
    assert page.detail.text.accessibleName() == "The chosen row in full"
    page.words.setText("\u05d0\u0301")
    assert page.grid.rows.rowCount() == 1
    assert LONG in page.detail.heading.text()
    page.words.setText("nothing is called this")
    assert page.detail.heading.text() == "Choose a row"
    assert not page.detail.text.isVisible()
    assert "No row matches." in words_of(window)
    page.words.setText(MODEL)
    assert page.detail.text.isVisible()


def test_a_row_begins_a_request_for_what_it_is_about_and_says_why_where_it_cannot(
    opened, qtbot, desk: FakeDesk
) -> None:
    window = opened(desk)
    page = shown(window, "models", "jobs")
    page.words.setText("unfinished")
    assert not page.delete.isEnabled()
    assert "plans no deletion" in page.delete.toolTip()
    page.words.setText("nightly")
    qtbot.keyClick(page.delete, Qt.Key.Key_Space)
    settle(window)
    said = window.frame.page.forms.form.said()
    assert (said["kind"], said["name"], said["account_id"]) == ("batch-job", BATCH, "111122223333")


def test_a_table_of_nothing_that_can_be_deleted_offers_no_request(opened, desk: FakeDesk) -> None:
    window = opened(desk)
    assert shown(window, "models", "jobs").delete.isVisible()
    assert not shown(window, "models", "callable").delete.isVisible()


def test_columns_are_chosen_remembered_and_never_all_hidden(opened, desk: FakeDesk) -> None:
    kept = Preferences(None)
    page = shown(opened(desk, kept), "models", "callable")
    grid = page.grid
    titles = [grid.rows.columns[at].title for at in grid.columns_shown()]
    assert "Account id" not in titles
    grid.chosen.toggle("account_id")
    grid.chosen.toggle("provider")
    titles = [grid.rows.columns[at].title for at in grid.columns_shown()]
    assert "Account id" in titles
    assert "Maker" not in titles
    again = shown(opened(desk, kept), "models", "callable").grid
    assert [again.rows.columns[at].title for at in again.columns_shown()] == titles
    for column in again.chosen.shown()[1:]:
        again.chosen.toggle(column)
    only = again.chosen.shown()
    again.chosen.toggle(only[0])
    assert again.chosen.shown() == only
    menu = again.chosen.menu()
    assert [action.text() for action in menu.actions() if action.isChecked()]
    menu.actions()[-1].trigger()
    assert "Maker" in [again.rows.columns[at].title for at in again.columns_shown()]


def test_a_table_is_written_as_it_is_shown_and_runs_nothing(opened, desk: FakeDesk, tmp_path: Path) -> None:
    window = opened(desk)
    page = shown(window, "models", "callable")
    page.words.setText("calc")
    file = tmp_path / "models.csv"
    window.files.write(page.grid, file)
    settle(window)
    head, row = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    assert head[2] == "Model id"
    assert row[2] == f"'{EVIL}"
    assert "1 row was written" in words_of(window)
    page.words.clear()
    page.grid.go_to(0)
    page.grid.copy_table()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == page.grid.rows.rowCount() + 1
    assert lines[0].startswith("Account\tRegion\tModel id")


def test_a_table_that_cannot_be_written_says_so(opened, desk: FakeDesk, tmp_path: Path) -> None:
    window = opened(desk)
    page = shown(window, "models")
    window.files.write(page.grid, tmp_path / "no" / "folder.csv")
    settle(window)
    assert "UI-002" in words_of(window)


def test_numbers_are_sorted_as_numbers_and_words_in_their_place_are_not_known(opened, desk: FakeDesk) -> None:
    page = shown(opened(desk), "endpoints", "routes")
    columns = [column.id for column in page.grid.rows.columns]
    page.grid.sortByColumn(columns.index("calls"), Qt.SortOrder.DescendingOrder)
    assert [row.cells[4] for row in page.grid.rows.rows_shown()] == [1, 1]
    page = shown(opened(desk), "keys")
    page.grid.sortByColumn(
        [column.id for column in page.grid.rows.columns].index("grants"), Qt.SortOrder.AscendingOrder
    )
    assert page.grid.rows.rowCount() == 2


def test_alt_and_the_arrows_go_back_and_forward(opened, qtbot, desk: FakeDesk) -> None:
    window = opened(desk)
    for name in ("models", "keys"):
        shown(window, name)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.frame.shown == "models"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.frame.shown == "overview"
    assert not window.frame.header.back.isEnabled()
    window.go_back()
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.frame.shown == "models"
    shown(window, "agents")
    assert not window.frame.header.forward.isEnabled()
    assert window.frame.header.crumbs.text() == "Use  \u00b7  Knowledge bases and agents"


@pytest.mark.parametrize(
    ("typed", "page", "row"),
    [
        (MODEL, "models", MODEL),
        ("tenders", "agents", "tenders"),
        ("arn:key", "keys", "key"),
        ("vpce-1", "endpoints", "bedrock-runtime"),
    ],
)
def test_the_search_goes_to_the_row(opened, qtbot, desk: FakeDesk, typed: str, page: str, row: str) -> None:
    window = opened(desk)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.search.words, typed)
    qtbot.keyClick(window.search.words, Qt.Key.Key_Return)
    settle(window)
    assert window.frame.shown == page
    grid = window.frame.page.current_grid()
    assert grid.rows.words_at(grid.current_place(), 3) == row


def test_the_search_knows_principals_and_ends_in_the_findings(opened, qtbot, desk: FakeDesk) -> None:
    window = opened(desk)
    window.search.ask()
    qtbot.keyClicks(window.search.words, "caseworker")
    first = window.search.found.found[0]
    assert ROLE in first.words
    assert first.target.page in ("access", "accounts")
    window.search.words.setText("zzz \u202e")
    (only,) = window.search.found.found
    assert only.target == Target("findings", {"words": "zzz \u202e"})
    assert "\u202e" not in only.words


def test_an_earlier_reading_is_shown_as_such_and_left_again(opened, desk: FakeDesk, tmp_path: Path) -> None:
    window = opened(desk)
    choice = window.frame.header.reading
    assert choice.isVisible()
    assert choice.itemText(0).startswith("Newest: 23 November 2026, 09:14 UTC, 3 hours ago: ")
    assert "scopes read" in choice.itemText(1)
    window.flow.show_reading(1)
    settle(window)
    assert choice.currentData() == 1
    assert "This is an earlier reading." in words_of(window)
    page = shown(window, "retention")
    assert page.grid.rows.words_at(0, 5) == "May be kept"
    window.flow.export_to(tmp_path / "pack.zip")
    settle(window)
    assert desk.exported == [1]
    window.frame.earlier.asked.emit()
    settle(window)
    assert "This is an earlier reading." not in words_of(window)
    window.choose_reading()
    assert choice.view().isVisible()
    choice.hidePopup()


def test_one_reading_needs_no_choice(opened) -> None:
    window = opened()
    assert not window.frame.header.reading.isVisible()
    window.choose_reading()


def test_two_readings_are_compared_and_opened_to_both(opened, desk: FakeDesk) -> None:
    window = opened(desk)
    page = shown(window, "compare")
    rows = page.grid.rows.rows_shown()
    assert [(row.cells[0], row.cells[3]) for row in rows] == [("changed", "mode")]
    assert "before: default" in page.detail.text.toPlainText()
    page.later.setCurrentIndex(1)
    settle(window)
    assert "Both are the same reading." in words_of(window)
    page.earlier.setCurrentIndex(0)
    settle(window)
    assert page.grid.rows.rowCount() == 1


def test_retention_tells_what_was_before(opened, desk: FakeDesk) -> None:
    page = shown(opened(desk), "retention")
    columns = [column.id for column in page.grid.rows.columns]
    mantle = [row for row in page.grid.rows.rows_shown() if row.cells[0] == "Mantle endpoint, account"]
    assert mantle[0].cells[columns.index("before") - 3] == "default"


def test_the_map_draws_what_the_filter_leaves_and_says_it_in_words(opened, desk: FakeDesk) -> None:
    window = opened(desk)
    page = shown(window, "endpoints", "routes")
    assert isinstance(page, EndpointsPage)
    said = page.map.view.accessibleDescription()
    assert "through the VPC endpoint vpce-1: 1 call seen" in said
    assert "through the public endpoint: 1 call seen" in said
    assert page.map.scene.items()
    page.words.setText("public endpoint")
    assert "VPC endpoint vpce-1" not in page.map.view.accessibleDescription()
    window.wear("dark")
    assert page.map.scene.items()
    page.show_listing("vpcs")
    assert page.below.currentWidget() is page.detail


def test_off_the_network_it_says_what_can_still_be_done(opened, desk: FakeDesk) -> None:
    window = opened(desk)
    window.network.heed(QNetworkInformation.Reachability.Disconnected)
    assert "This computer is off the network." in words_of(window)
    window.network.heed(QNetworkInformation.Reachability.Online)
    assert "This computer is off the network." not in words_of(window)


def test_the_page_the_columns_and_the_room_are_kept_between_starts(
    opened, desk: FakeDesk, tmp_path: Path
) -> None:
    file = tmp_path / "window.ini"
    window = opened(desk, Preferences(file))
    page = shown(window, "keys")
    split = page.findChild(type(page.below.parent()), "keys.split")
    split.setSizes([200, 500])
    split.splitterMoved.emit(200, 1)
    again = opened(desk, Preferences(file))
    assert again.frame.shown == "keys"
    kept = Preferences(file)
    assert dict(kept.splits).keys() == {"keys.split"}
    kept.columns["a"] = "b"
    del kept.columns["a"]
    assert len(kept.columns) == 0
    assert "a" not in kept.columns
    file.write_text("[window]\nsplits=broken\npage=gone\n", encoding="utf-8")
    broken = Preferences(file)
    assert len(broken.splits) == 0
    assert opened(desk, broken).frame.shown == "overview"


def test_pages_are_made_when_they_are_wanted_and_ahead_of_that(opened, desk: FakeDesk, qtbot) -> None:
    window = opened(desk)
    assert set(window.frame.widgets) == {"overview"}
    window.build_ahead()
    qtbot.waitUntil(lambda: len(window.frame.widgets) == len(discover_pages()), timeout=10_000)
    assert window.frame.widgets["models"].current_grid().model().rowCount()


def test_twenty_thousand_rows_are_narrowed_and_sorted(opened) -> None:
    agreed = {"agreementAvailability": {"status": "AVAILABLE"}, "entitlementAvailability": "AVAILABLE"}
    known = [
        fact("bedrock.model_availability", f"m-{at:05}", {"modelId": f"m-{at:05}", **agreed}, LONDON, at + 1)
        for at in range(20_000)
    ]
    page = shown(opened(FakeDesk(shown=FakeSnapshot(known=known))), "models", "callable")
    assert page.pane.count.text() == "20,000"
    page.words.setText("m-19")
    assert page.pane.count.text() == "1,000 of 20,000 shown"
    page.grid.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert page.grid.rows.words_at(0, 3) == "m-19999"
