"""The page of guardrail hits over a real encrypted file, worked by keys and looked at."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

import stores
from console.domain.deed import DeedKind
from console.domain.usage import Chunk
from console.evidence.store import Store
from console.services.latest import Latest
from console.services.usage import Usages
from console.ui.page import Target
from console.ui.pages.hits import HitsPage
from console.ui.pictures import settle
from console.usage.batch import request_bytes
from console.views.hit_rows import member_of
from console.views.hits import moment_words
from unit.evidence.test_usage_log import portion
from unit.ui.estate import FakeDesk
from unit.views.usages import CATCHES, DAY, SETTINGS

SECONDS = DAY * 86_400
COUNT = 900


def hits_of(count: int) -> Any:
    """Return a portion of hits of three catches, one after another."""
    number = np.arange(count)
    catch = (number % 3).astype("<u4")
    rows = Chunk(
        rows=count,
        time=(SECONDS + number * 200).astype("<u4").tobytes(),
        setting=(number % 2).astype("<u4").tobytes(),
        catch=catch.tobytes(),
        request=b"".join(f"req-{each:07d}".encode().ljust(16, b"\0") for each in number),
        digest=b"\1" * 8 * count,
    )
    days = (SECONDS + number * 200) // 86_400
    sums: dict[tuple[int, int, int], int] = {}
    for day, setting, what in zip(days, number % 2, number % 3, strict=True):
        key = (int(day), int(setting), int(what))
        sums[key] = sums.get(key, 0) + 1
    calls = [(int(day), 0, 3, 500, 0, 1, 1, 0, 0) for day in np.unique(days)]
    return portion(
        settings=[each[1:] for each in SETTINGS[:2]],
        catches=[each[1:] for each in CATCHES],
        calls=calls,
        hits=[(*key, each) for key, each in sums.items()],
        hit_rows=rows,
        seen={},
    )


class LogDesk(FakeDesk):
    """The small department, and a real store with what was read of its logs."""

    usages: Any = None

    def latest(self, refresh_id: int | None = None) -> Latest | None:
        found = super().latest(refresh_id)
        return None if found is None else dataclasses.replace(found, usage=self.usages.open)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Store]:
    with stores.create(tmp_path / "evidence.db") as store:
        yield store


@pytest.fixture
def page(held: Store, opened: Callable[..., Any]) -> HitsPage:
    held.usage.add(hits_of(COUNT))
    desk = LogDesk()
    desk.usages = Usages(held.usage)
    window = opened(desk)
    window.go(Target("hits"))
    settle(window)
    shown = window.frame.page
    assert isinstance(shown, HitsPage)
    shown.show_tab("hits")
    settle(window)
    return shown


def looked_at(page: HitsPage) -> None:
    settle(page.window())  # type: ignore[arg-type]


def cells(page: HitsPage, column: str, most: int = 5) -> list[str]:
    model = page.hits.model
    at = [each.id for each in model.columns].index(column)
    return [model.words_at(row, at) for row in range(min(most, model.rowCount()))]


def test_every_hit_is_there_the_newest_first(page: HitsPage) -> None:
    assert page.hits.model.rowCount() == page.hits.model.total == COUNT
    assert cells(page, "policy", 3) == ["not said in the log", "denied topic", "personal information"]
    assert page.hits.model.place_in_rows(COUNT - 1) == 0


def test_words_and_choices_narrow_and_are_taken_away_again(page: HitsPage, qtbot) -> None:
    qtbot.keyClicks(page.filters.words, "topic")
    looked_at(page)
    assert page.hits.model.rowCount() == COUNT // 3
    assert set(cells(page, "policy")) == {"denied topic"}
    assert page.hits.pane.count.text() == f"{COUNT // 3:,} of {COUNT:,} shown"
    page.clear()
    looked_at(page)
    page.filters.choices["action"].setCurrentIndex(page.filters.choices["action"].findData("ANONYMIZED"))
    looked_at(page)
    assert set(cells(page, "action")) == {"masked"}
    assert "300 hits" in page.sentence.text()


def test_a_request_is_found_by_its_whole_id(page: HitsPage, held: Store) -> None:
    request = "0f0e0d0c-0b0a-0908-0706-050403020100"
    rows = Chunk(
        rows=2,
        time=np.array([SECONDS, SECONDS], "<u4").tobytes(),
        setting=np.zeros(2, "<u4").tobytes(),
        catch=np.zeros(2, "<u4").tobytes(),
        request=request_bytes(request) * 2,
        digest=b"\1" * 16,
    )
    held.usage.add(portion(calls=[], hits=[], hit_rows=rows, seen={}))
    shown = page._shown
    assert shown is not None
    usage = Usages(held.usage).open()
    page.show_evidence(dataclasses.replace(shown, usage=usage))
    looked_at(page)
    page.show_tab("trend")
    page.filters.words.setText(f" {request.upper()} ")
    looked_at(page)
    assert page.tab == "hits"
    assert page.hits.model.rowCount() == 2
    assert {page.hits.model.row_at(at).request_id for at in range(2)} == {request}
    page.filters.words.setText(request.replace("0f", "0e"))
    looked_at(page)
    assert page.hits.model.rowCount() == 0


def test_days_of_ones_own_choice_narrow_and_are_saved(page: HitsPage, qtbot) -> None:
    filters = page.filters
    filters.period.setCurrentIndex(filters.period.findText("From … to …"))
    form = filters.days_form
    assert form.isVisible()
    form.inputs["first"].setText("2026-11-21")  # type: ignore[union-attr]
    form.inputs["last"].setText("2026-11-20")  # type: ignore[union-attr]
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    looked_at(page)
    assert "2026-11-21 is after 2026-11-20" in form.refusal.text()
    form.inputs["first"].setText("2026-11-20")  # type: ignore[union-attr]
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    looked_at(page)
    assert filters.period.currentText() == "2026-11-20 to 2026-11-20"
    assert page.query().first_day == page.query().last_day
    assert 0 < page.hits.model.rowCount() < COUNT
    assert "from 20 November 2026 to 20 November 2026" in page.sentence.text()
    kept = filters.said()
    page.clear()
    looked_at(page)
    assert page.hits.model.rowCount() == COUNT
    filters.take({**kept, "days": "2026-11-19 to 2026-11-20"})
    assert filters.period.currentText() == "2026-11-19 to 2026-11-20"
    filters.take({"days": "no days"})
    assert filters.period.currentIndex() == 0
    filters.period.setCurrentIndex(filters.period.findText("From … to …"))
    filters.period.setCurrentIndex(1)
    assert not form.isVisible()
    assert filters.said()["days"] == 7


def test_no_match_says_so_and_offers_the_way_back(page: HitsPage, qtbot) -> None:
    page.filters.words.setText("nowhere")
    looked_at(page)
    pane = page.hits.pane
    assert pane.states.currentWidget() is pane.empty
    qtbot.mouseClick(pane.empty.button, Qt.MouseButton.LeftButton)
    looked_at(page)
    assert page.hits.model.rowCount() == COUNT


def test_a_press_on_a_head_sorts_all_rows(page: HitsPage) -> None:
    model = page.hits.model
    column = [each.id for each in model.columns].index("policy")
    page.hits.grid.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    looked_at(page)
    words = [model.words_at(row, column) for row in range(COUNT)]
    ranks = [["personal information", "denied topic", "not said in the log"].index(word) for word in words]
    assert ranks == sorted(ranks)
    page.hits.grid.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    looked_at(page)
    assert model.place_in_rows(0) == COUNT - 1


def test_the_model_keeps_qts_promises(page: HitsPage, qtmodeltester) -> None:
    qtmodeltester.check(page.hits.model)


def test_rows_whose_order_is_not_known_yet_say_so(page: HitsPage) -> None:
    model = page.hits.model
    rows = page.hits._rows
    assert rows is not None
    model.show_first(rows, [3, 2], 10, 20)
    assert (model.words_at(1, 1), model.words_at(5, 1)) == (model.words_at(1, 1), "…")
    assert model.words_at(1, 1) != "…"
    assert model.row_at(5).request_id == ""
    page.hits.grid.setCurrentIndex(model.index(7, 0))
    assert page.hits.chosen() is None
    model.show_first(rows, [3, 2], 10, 20)


def test_the_chosen_request_is_told_whole_and_opens_to_its_evidence(page: HitsPage) -> None:
    page.hits.grid.go_to(4)
    parts = {head: words for head, words, _ in page.hits.detail.parts}
    assert parts["Request id"] == f"req-{COUNT - 5:07d}"
    assert parts["Triage"] == "nobody has looked at it yet"
    seen: list[Any] = []
    page.opening.connect(seen.append)
    page.hits.grid.open_current()
    assert seen[0].title == f"Request req-{COUNT - 5:07d}"
    assert seen[0].sequences, "the logging of its account is evidence"


def test_an_officer_marks_a_hit_and_it_is_in_the_ledger(page: HitsPage, qtbot) -> None:
    page.hits.grid.go_to(0)
    qtbot.mouseClick(page.hits.triage.buttons["false-alarm"], Qt.MouseButton.LeftButton)
    form = page.hits.triage.form
    form.inputs["words"].setText("a test")  # type: ignore[union-attr]
    form.inputs["person"].setText("Jo Bloggs")  # type: ignore[union-attr]
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    looked_at(page)
    parts = {head: words for head, words, _ in page.hits.detail.parts}
    assert parts["Triage"].startswith("false alarm by Jo Bloggs")
    page.show_tab("triage")
    assert page.grid.rows.words_at(0, 0) == "false alarm"


def test_tab_goes_through_a_form_from_its_first_field_to_its_buttons(page: HitsPage, qtbot) -> None:
    page.hits.grid.go_to(0)
    qtbot.mouseClick(page.hits.triage.buttons["reviewed"], Qt.MouseButton.LeftButton)
    form = page.hits.triage.form
    stops = [form.inputs["words"], form.inputs["person"], form.send, form.cancel]
    assert [_next_stop(each) for each in stops[:-1]] == stops[1:]
    assert form.isAncestorOf(_next_stop(form.cancel)) is False


def _next_stop(widget: QWidget) -> QWidget:
    following = widget.nextInFocusChain()
    while not following.focusPolicy() & Qt.FocusPolicy.TabFocus:
        following = following.nextInFocusChain()
    return following


def test_without_a_name_nothing_is_kept(page: HitsPage, qtbot) -> None:
    page.hits.grid.go_to(0)
    qtbot.mouseClick(page.hits.triage.buttons["reviewed"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.hits.triage.form.send, Qt.MouseButton.LeftButton)
    looked_at(page)
    assert "needs a name" in page.hits.triage.form.refusal.text()


def test_a_filter_is_saved_and_comes_back(page: HitsPage, qtbot) -> None:
    page.filters.words.setText("topic")
    page.filters.choices["origin"].setCurrentIndex(1)
    page.filters._ask_name()
    page.filters.form.inputs["name"].setText("Mine")  # type: ignore[union-attr]
    qtbot.mouseClick(page.filters.form.send, Qt.MouseButton.LeftButton)
    looked_at(page)
    page.clear()
    looked_at(page)
    page.filters.saved.setCurrentIndex(page.filters.saved.findData("Mine"))
    looked_at(page)
    assert page.filters.words.text() == "topic"
    assert page.filters.choices["origin"].currentIndex() == 1
    page._bench.filters["Mine"] = "no JSON"
    page.filters._recall()
    assert page.filters.words.text() == ""


def test_days_narrow_to_the_last(page: HitsPage) -> None:
    page.filters.period.setCurrentIndex(1)
    looked_at(page)
    assert page.query().first_day == DAY + (COUNT - 1) * 200 // 86_400 - 6


def test_the_most_caught_lead_to_their_hits(page: HitsPage) -> None:
    page.show_tab("most")
    page.grid.go_to(0)
    page.grid.follow_current()
    looked_at(page)
    assert page.tab == "hits"
    assert 0 < page.hits.model.rowCount() < COUNT


def test_numbers_are_one_key_away_and_back(page: HitsPage, qtbot) -> None:
    page.show_tab("trend")
    chart = page.chart
    assert chart.states.currentWidget() is chart.drawn
    assert "personal information" in chart.drawn.accessibleDescription()
    chart.turn_over()
    assert chart.states.currentWidget() is chart.grid
    assert chart.grid.rows.words_at(0, 0).startswith("2026-11-")
    chart.turn_over()
    assert chart.states.currentWidget() is chart.drawn


@pytest.mark.parametrize("name", ["chart.svg", "chart.png"])
def test_a_chart_is_written_as_a_picture(page: HitsPage, tmp_path: Path, name: str) -> None:
    page.show_tab("trend")
    looked_at(page)
    page.chart.write(tmp_path / name)
    content = (tmp_path / name).read_bytes()
    assert content.startswith(b"\x89PNG" if name.endswith("png") else b"<?xml")
    assert len(content) > 5_000
    with pytest.raises(Exception, match="is not there"):
        page.chart.write(tmp_path / "nowhere" / name)


def test_a_file_has_the_rows_that_are_on_the_screen(page: HitsPage) -> None:
    page.filters.words.setText("topic")
    looked_at(page)
    model = page.hits.model
    rows = model.values_shown(range(len(model.columns)))
    assert len(rows) == COUNT // 3
    assert {row[2] for row in rows} == {"denied topic"}


def test_a_hit_begins_a_request_for_the_logs_of_its_day(page: HitsPage, qtbot) -> None:
    page.hits.grid.go_to(0)
    row = page.hits.chosen()
    assert row is not None
    qtbot.keyClick(page.hits.triage.buttons["delete"], Qt.Key.Key_Space)
    looked_at(page)
    window = page.window()
    form = window.frame.page.forms.form  # type: ignore[attr-defined]
    said = form.said()
    day = moment_words(row.time)[:10]
    assert (said["kind"], said["detail_from"], said["detail_until"]) == ("invocation-logs", day, day)
    assert said["account_id"] == member_of(row, "account")


def test_every_table_says_what_it_is_and_is_empty_with_a_reason(
    held: Store, opened: Callable[..., Any]
) -> None:
    desk = LogDesk()
    desk.usages = Usages(held.usage)
    window = opened(desk)
    window.go(Target("hits"))
    settle(window)
    page = window.frame.page
    assert page.chart.states.currentWidget() is page.chart.empty
    assert page.chart.empty.why.text() == "No invocation log has been read yet."
    for tab in ("most", "unguarded", "away", "gaps", "triage"):
        page.show_tab(tab)
        assert page.pane.states.currentWidget() is page.pane.empty, tab
    page.show_tab("hits")
    settle(window)
    assert page.hits.pane.states.currentWidget() is page.hits.pane.empty
    page.load()
    assert page.chart.states.currentWidget() is page.chart.skeleton


def test_what_is_missing_stands_above_and_leads_there(page: HitsPage, held: Store) -> None:
    assert "could not be read" in page.chart.strip.words.text()
    page.chart.strip.asked.emit()
    assert page.tab == "gaps"
    assert page.grid.rows.rowCount() == 1


def test_the_window_reads_the_logs_after_a_refresh(opened: Callable[..., Any], qtbot) -> None:
    window = opened(FakeDesk())
    begun: list[None] = []
    window.flow.log_run.began.connect(lambda: begun.append(None))
    window.flow.refresh()
    qtbot.waitUntil(lambda: bool(begun) and not window.flow.is_reading, timeout=20_000)
    settle(window)


class AskingDesk(LogDesk):
    """Its child estimates and counts, and keeps what it was told."""

    told: ClassVar[list[tuple[str, Mapping[str, str]]]] = []

    def deed(self, name: str, arguments: Mapping[str, str], heard: Any = None) -> str:  # noqa: ARG002 - the desk's form
        self.told.append((name, dict(arguments)))
        if name == "count_estimate":
            asked = {key: arguments[key] for key in ("question", "engine", "account_id", "region")}
            days = {key: arguments[key] for key in ("first_day", "last_day")}
            return json.dumps({**asked, **days, "bytes": 4096, "words": "4.0 KB would be read at AWS."})
        rows = [["counted", "2026-11-20", arguments["account_id"], "eu-west-2", 12]]
        body = {**{k: v for k, v in arguments.items() if k not in ("person", "agreed_bytes")}, "rows": rows}
        self.people.add_deed(
            DeedKind.COUNT, arguments["person"], {**body, "problem": "", "bytes_scanned": 4096}
        )
        return "AWS has answered: CT-1 is kept."


def test_aws_is_asked_to_count_only_after_somebody_agreed_to_the_estimate(
    held: Store, opened: Callable[..., Any], qtbot
) -> None:
    desk = AskingDesk()
    desk.usages, desk.told = Usages(held.usage), []
    assert desk.shown is not None
    for at, each in enumerate(desk.shown.known):
        if each.kind == "bedrock.invocation_logging" and each.payload:
            config = {"s3Config": {"bucketName": "logs"}, "textDataDeliveryEnabled": True}
            desk.shown.known[at] = dataclasses.replace(each, payload={"loggingConfig": config})
    window = opened(desk)
    window.go(Target("hits"))
    settle(window)
    page = window.frame.page
    qtbot.mouseClick(page.counting.button, Qt.MouseButton.LeftButton)
    form = page.counting.form
    assert form.isVisible()
    form.inputs["question"].setCurrentIndex(form.inputs["question"].findData("coverage"))
    form.inputs["days"].setText("2026-11-19 to 2026-11-22")
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    settle(window)
    assert [name for name, _ in desk.told] == ["count_estimate"]
    assert form.explanation.text() == "4.0 KB would be read at AWS."
    form.inputs["person"].setText("Jo Bloggs")
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    settle(window)
    name, told = desk.told[-1]
    assert (name, told["agreed_bytes"], told["person"]) == ("count", "4096", "Jo Bloggs")
    assert (told["first_day"], told["last_day"]) == ("2026-11-19", "2026-11-22")
    page = window.frame.page
    page.show_tab("answers")
    assert page.grid.rows.words_at(0, 0) == "Answered"
    page.show_tab("counted")
    assert "12" in [page.grid.rows.words_at(0, column) for column in range(7)]
    assert not form.isVisible()
