"""The Overview's figures, by keyboard."""

from dataclasses import replace

from console.domain.evidence import Fact
from console.ui.sparkline import Sparkline
from fakes import fact
from unit.ui.estate import FakeDesk, snapshot
from unit.ui.walking import cells, press, shown, words_of
from unit.views.bills_made import TOP, months


def with_more(*facts: Fact) -> FakeDesk:
    estate = snapshot()
    return FakeDesk(shown=replace(estate, known=(*estate.known, *facts)))


def test_each_figure_leads_to_its_rows(opened, qtbot) -> None:
    window = shown(opened(), "overview")
    assert "Claims contradicted" in words_of(window)
    press(window, "overview.figure.claims", qtbot)
    assert window.frame.shown == "claims"
    press(shown(window, "overview"), "overview.figure.costs", qtbot)
    assert window.frame.shown == "costs"


def test_costs_that_were_not_read_are_not_nothing(opened) -> None:
    window = shown(opened(), "overview")
    tile = window.frame.page.figures["costs"]
    assert (tile.number.text(), tile.spark.isVisible()) == ("not known", False)
    assert tile.accessibleName() == "not known: Bedrock this month"


def test_costs_are_drawn_and_told_to_who_does_not_see_them(opened) -> None:
    bill = months("cost_by_service", "100000000002", "Amazon Bedrock", "?", "2", "3", sequence=9000)
    window = shown(opened(with_more(*bill)), "overview")
    tile = window.frame.page.figures["costs"]
    assert tile.spark.isVisible()
    assert "October 2026: 2.00 USD" in tile.accessibleDescription()
    drawn = tile.spark.grab().toImage()
    colours = {drawn.pixelColor(x, drawn.height() - 2).name() for x in range(drawn.width())}
    assert {
        window.frame.page.figures["costs"].spark._look.colour(role).name() for role in ("link", "quiet")
    } <= colours


def test_bars_of_nothing_are_drawn_without_dividing_by_it(qtbot, look) -> None:
    spark = Sparkline(look)
    qtbot.addWidget(spark)
    spark.show_values((0.0, float("nan")))
    assert not spark.grab().isNull()


def test_what_ends_soon_is_listed_and_leads_on(opened, qtbot) -> None:
    said = {"ExpirationDate": "2026-12-24T10:00:00Z", "Status": "Active", "UserName": "machine"}
    key = fact("iam.service_specific_credential", "k", said, TOP, 9100)
    window = shown(opened(with_more(key)), "overview")
    press(window, "overview.figure.ending", qtbot)
    grid = window.frame.page.past.grid
    assert window.frame.page.past.shown == "ending"
    assert "machine" in cells(grid, "thing")
    at = cells(grid, "thing").index("machine")
    assert cells(grid, "ends")[at].startswith("24 December 2026 (in ")
    grid.go_to(at)
    grid.follow_current()
    assert window.frame.shown == "keys"
