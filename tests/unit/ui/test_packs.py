"""Packs as an officer makes them in the window, and as a reader opens one in a window of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton

from console.reports.redaction_rules import Profile
from console.ui.form import ActionButton
from console.ui.page import READ_ONLY, Target
from console.ui.pictures import settle
from console.ui.window import Window
from unit.reports.estate import make_estate
from unit.reports.tampering import Made, signers_file
from unit.ui.estate import UNIT, FakeDesk
from unit.ui.walking import words_of


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def window(opened, desk: FakeDesk) -> Window:
    made = opened(desk)
    made.go(Target("packs"))
    settle(made)
    return made


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = make_estate(tmp_path_factory.mktemp("estate"))
    with made.store:
        yield made.export("good.zip").path


def press(window: Window, name: str) -> None:
    window.frame.page.findChild(QPushButton, name).click()
    settle(window)


def choose(window: Window, name: str, value: str) -> None:
    box = window.frame.page.findChild(QComboBox, name)
    assert box.findData(value) >= 0, value
    box.setCurrentIndex(box.findData(value))


def write(window: Window, name: str, words: str) -> None:
    window.frame.page.findChild(QLineEdit, name).setText(words)


def said(window: Window) -> str:
    return window.frame.page.findChild(QLabel, "packs.doing").text()


def column(window: Window, grid: int, name: str) -> list[str]:
    rows = window.frame.page.grids()[grid].rows
    at = [each.id for each in rows.columns].index(name)
    return [rows.words_at(place, at) for place in range(rows.rowCount())]


def test_it_says_that_nothing_was_made_and_nothing_previewed_yet(window: Window) -> None:
    words = words_of(window)
    assert "No pack was made yet." in words
    assert words.count("Nothing was previewed yet.") == 2


def test_a_preview_says_what_would_be_in_it_and_what_not(window: Window, desk: FakeDesk) -> None:
    choose(window, "packs.place", f"unit:{UNIT}")
    choose(window, "packs.profile", "auditor")
    choose(window, "packs.controls", "BR-LOG")
    choose(window, "packs.claims", "S10")
    press(window, "packs.preview")
    ((wanted, refresh_id),) = desk.wishes
    assert (wanted.scope.units, wanted.scope.controls, wanted.scope.claims) == (
        (UNIT,),
        ("BR-LOG",),
        ("S10",),
    )
    assert wanted.profile is Profile.AUDITOR
    assert refresh_id == desk.shown.refresh.id
    assert column(window, 1, "how_much") == ["2 accounts", "7"]
    assert column(window, 2, "values") == ["3", "3"]
    assert said(window) == "Of 39 statements, 1 is supported."
    choose(window, "packs.profile", "internal")
    press(window, "packs.preview")
    assert "Nothing will be redacted." in words_of(window)


def test_a_period_chooses_its_own_reading_and_a_day_that_is_none_is_refused(
    window: Window, desk: FakeDesk
) -> None:
    write(window, "packs.until", "30 November")
    press(window, "packs.preview")
    assert "is no date" in said(window)
    assert desk.wishes == []
    write(window, "packs.until", "2026-11-30")
    press(window, "packs.preview")
    assert desk.wishes[0][1] is None


def test_a_pack_is_made_verified_and_in_the_register(
    window: Window, desk: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "audit.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (str(to), ""))
    write(window, "packs.person", "Jo Bloggs")
    choose(window, "packs.profile", "public")
    press(window, "packs.make")
    settle(window)
    assert to.read_bytes() == b"pack"
    assert column(window, 0, "file") == ["audit.zip"]
    assert column(window, 0, "by") == ["Jo Bloggs"]
    assert "audit.zip was made, signed and verified" in words_of(window)


def test_making_tells_how_far_it_is_and_can_be_stopped(
    window: Window, desk: FakeDesk, tmp_path: Path, qtbot
) -> None:
    desk.pack_steps = 4
    page = window.frame.page
    page.make(tmp_path / "stopped.zip")
    stop = page.findChild(QPushButton, "packs.stop")
    assert stop.isVisible()
    assert not page.findChild(QPushButton, "packs.make").isEnabled()
    stop.click()
    desk.gate.set()
    settle(window)
    assert said(window) == "Stopped. Nothing was written."
    assert not (tmp_path / "stopped.zip").exists()
    assert page.findChild(QPushButton, "packs.make").isEnabled()
    page.make(tmp_path / "made.zip")
    qtbot.waitUntil((tmp_path / "made.zip").exists, timeout=5000)
    settle(window)


def test_what_is_refused_is_said_on_the_page(window: Window, desk: FakeDesk) -> None:
    choose(window, "packs.place", f"unit:{UNIT}")
    box = window.frame.page.findChild(QComboBox, "packs.place")
    box.setItemData(box.currentIndex(), "unit:nowhere")
    press(window, "packs.preview")
    assert "there is no organisational unit nowhere" in said(window)


def test_a_row_of_the_register_opens_to_its_deed(window: Window, tmp_path: Path) -> None:
    window.frame.page.make(tmp_path / "made.zip")
    settle(window)
    seen = []
    window.frame.page.opening.connect(seen.append)
    window.frame.page.grids()[0].go_to(0)
    window.frame.page.grids()[0].open_current()
    assert seen[0].sequences == (10_001,)


def open_pack(window: Window, monkeypatch: pytest.MonkeyPatch, *chosen: Path | str) -> list[Window]:
    answers = iter([str(each) for each in chosen])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_said: (next(answers), ""))
    window.menus.by_name["open-pack"].trigger()
    for _ in range(3):
        settle(window)
    return window.open_packs.shown


def test_a_pack_opens_in_a_window_of_its_own_with_a_banner_and_nothing_to_do_to_it(
    window: Window, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = open_pack(window, monkeypatch, pack, signers_file(tmp_path))
    settle(shown)
    banner = shown.frame.pack.words.text()
    assert shown.frame.pack.isVisible()
    assert "Department of" in banner
    assert "Verified:" in banner
    for name in ("refresh", "resume", "export", "sign-in"):
        assert not shown.menus.by_name[name].isEnabled()
    assert not shown.frame.header.refresh.isVisible()
    assert not shown.frame.header.export.isVisible()
    barred = 0
    for page in shown.pages:
        shown.go(Target(page.name))
        settle(shown)
        for button in shown.frame.page.findChildren(ActionButton):
            if button.objectName() == "claims.lines":
                continue
            button.setEnabled(True)
            assert not button.isEnabled(), button.objectName()
            assert READ_ONLY in button.accessibleDescription()
            assert "only read" in button.toolTip()
            barred += 1
    assert barred > 20
    shown.go(Target("packs"))
    settle(shown)
    assert said(shown) == READ_ONLY
    assert "good.zip" in shown.windowTitle()
    assert not window.frame.pack.isVisible()
    shown.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.open_packs.shown == []


def test_a_pack_that_is_changed_is_not_opened_and_the_window_says_why(
    window: Window, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = Made.of(pack, tmp_path).change("bag/data/findings.csv", lambda held: held + b"x").write()
    assert open_pack(window, monkeypatch, changed, "") == []
    assert "findings.csv is not the file that was signed" in words_of(window)


def test_choosing_no_pack_opens_none(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_pack(window, monkeypatch, "") == []


def test_the_demonstration_opens_read_only_and_says_what_it_is(window: Window) -> None:
    window.menus.by_name["open-demo"].trigger()
    for _ in range(3):
        settle(window)
    (shown,) = window.open_packs.shown
    settle(shown)
    assert "This is a demonstration" in shown.frame.pack.words.text()
    assert shown.frame.pack.isVisible()
    assert not shown.menus.by_name["refresh"].isEnabled()
    shown.close()
