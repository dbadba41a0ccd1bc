"""Print what the window's own thread is kept busy with on the pages of tables, in an estate of 400 accounts.

Processor time, so that what else the machine does is not in it; the least of three. A step over 50 ms would be felt.
"""

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.evidence import Fact
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.ui.inventory_page import InventoryPage
from console.ui.page import discover_pages
from console.ui.pictures import settle
from console.ui.preferences import Preferences
from console.ui.theme import Look
from console.ui.window import Window
from fakes import FakeSnapshot, fact
from unit.ui.estate import FakeDesk

ACCOUNTS, MODELS = 400, 20
REGIONS = ("eu-west-1", "eu-west-2", "us-east-1")
TRIES = 3
AVAILABLE = {"agreementAvailability": {"status": "AVAILABLE"}, "entitlementAvailability": "AVAILABLE"}


class Large(FakeSnapshot):
    """Answers by kind without looking through everything."""

    def __init__(self, known: Sequence[Fact]) -> None:
        super().__init__(known=known)
        self._by: dict[str, list[Fact]] = {}
        for each in known:
            self._by.setdefault(each.kind, []).append(each)
        self._steps = [Step(*each, StepState.READ, 1) for each in {(one.kind, one.scope): 0 for one in known}]

    def facts(self, kind: str, scope: Scope | None = None) -> Sequence[Fact]:
        return [each for each in self._by.get(kind, ()) if scope in (None, each.scope)]

    def steps(self, kind: str | None = None) -> Sequence[Step]:
        return [each for each in self._steps if kind in (None, each.kind)]


def estate() -> Large:
    """Make models that may be called, retention modes and roles."""
    known: list[Fact] = []
    for account in (f"{number:012d}" for number in range(ACCOUNTS)):
        role = f"arn:aws:iam::{account}:role/caseworker"
        known.append(fact("iam.role", role, {}, Scope(account), len(known) + 1))
        for scope in (Scope(account, region) for region in REGIONS):
            mode = {"mode": "inherit"}
            known.append(fact("bedrock-mantle.data_retention", "data-retention", mode, scope, len(known) + 1))
            for number in range(MODELS):
                payload = {"modelId": f"maker.model-{number}", **AVAILABLE}
                key = payload["modelId"]
                known.append(fact("bedrock.model_availability", str(key), payload, scope, len(known) + 1))
    return Large(known)


def least(do: Callable[[], object]) -> float:
    """Return the shortest of several tries, in milliseconds of processor time."""
    spent = []
    for _ in range(TRIES):
        begun = time.process_time()
        do()
        QApplication.processEvents()
        spent.append(time.process_time() - begun)
    return min(spent) * 1000


def main() -> None:
    """Run and print."""
    application = QApplication([])
    look = Look(application)
    look.wear("light")
    desk = FakeDesk(shown=estate(), controls=())
    window = Window(desk, discover_pages(), look, Preferences(None), lambda: datetime.now(UTC))
    window.show()
    settle(window)
    made = least(lambda: (window.frame.widgets.pop("models", None), window.frame.widget("models")))
    window.frame.show_page("models")
    settle(window)
    page = window.frame.page
    assert isinstance(page, InventoryPage)
    grid, found = page.grid, window.search.found
    print(f"{grid.rows.total:,} rows; processor time of the window's thread, in ms")
    print(f"page made and filled        {made:6.1f}")
    switch = least(lambda: (window.frame.show_page("overview"), window.frame.show_page("models")))
    print(f"page switched, there and back {switch:4.1f}")
    words = iter(["model-1", "model-2", "model-19"] * TRIES)
    print(f"filtered                    {least(lambda: page.words.setText(next(words))):6.1f}")
    page.words.clear()
    columns = iter((3, 0, 2))
    sort = least(lambda: grid.sortByColumn(next(columns), Qt.SortOrder.DescendingOrder))
    print(f"sorted                      {sort:6.1f}")
    print(f"next row, with its details  {least(lambda: grid.step(1)):6.1f}")
    print(f"searched                    {least(lambda: found.narrow('caseworker 000399')):6.1f}")
    window.close()


if __name__ == "__main__":
    main()
