"""Settings, diagnostics and the screen lock in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from console.base.configuration import Configuration, configure
from console.base.settings import Settings, WindowSettings
from console.bootstrap import Unlocking
from console.ui import main
from console.ui.lock import Idle
from console.ui.pictures import settle
from console.ui.preferences import Preferences
from console.ui.window import Window
from unit.ui.estate import FakeDesk

Opened = Callable[..., Window]


def configured(folder: Path, own: str = "", managed: str = "") -> Configuration:
    (folder / "own.toml").write_text(own, encoding="utf-8")
    (folder / "managed.toml").write_text(managed, encoding="utf-8")
    return configure(folder / "own.toml", folder / "managed.toml", {})


def choose(window: Window, words: str) -> None:
    pane = window.upkeep.settings
    rows = [at for at in range(pane.list.count()) if words in pane.list.item(at).text()]
    pane.list.setCurrentRow(rows[0])


def test_a_setting_is_explained_changed_and_given_back(opened: Opened, tmp_path: Path) -> None:
    window = opened(FakeDesk(configuration=configured(tmp_path)))
    window.menus.by_name["settings"].trigger()
    pane = window.upkeep.settings
    assert pane.isVisible()
    choose(window, "Calls at once")
    assert "a whole number from 1 to 64" in pane.allowed.text()
    pane.line.setText("many")
    QTest.keyClick(pane.line, Qt.Key.Key_Return)
    assert "must be a whole number from 1 to 64" in pane.said.text()
    pane.line.setText("8")
    pane.save.click()
    assert "threads = 8" in (tmp_path / "own.toml").read_text(encoding="utf-8")
    assert "next start" in pane.said.text()
    assert "(yours)" in pane.list.currentItem().text()
    pane.reset.click()
    assert "threads" not in (tmp_path / "own.toml").read_text(encoding="utf-8")
    choose(window, "harmful content")
    assert pane.choice.isVisible()
    pane.choice.setCurrentText("LOW")
    pane.save.click()
    assert '"LOW"' in (tmp_path / "own.toml").read_text(encoding="utf-8")


def test_what_the_organisation_sets_is_read_only_and_says_so(opened: Opened, tmp_path: Path) -> None:
    window = opened(FakeDesk(configuration=configured(tmp_path, managed="[aws]\nthreads = 2\n")))
    window.upkeep.ask_settings()
    pane = window.upkeep.settings
    choose(window, "Calls at once")
    assert pane.origin.text().startswith("Set by your organisation")
    assert not any(each.isEnabled() for each in (pane.line, pane.save, pane.reset))
    assert pane.line.text() == "2"


def test_a_mistake_in_the_settings_is_above_every_page(opened: Opened, tmp_path: Path) -> None:
    window = opened(FakeDesk(configuration=configured(tmp_path, own="[aws]\nthreads = 0\n")))
    assert window.frame.mistaken.isVisible()
    assert "from 1 to 64" in window.frame.mistaken.words.text()
    window.frame.mistaken.button.click()
    choose(window, "Calls at once")
    assert "Correct or remove it" in window.upkeep.settings.said.text()


def test_diagnostics_are_read_before_they_are_saved(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(FakeDesk())
    window.menus.by_name["diagnostics"].trigger()
    pane = window.upkeep.diagnostics
    assert not pane.save.isEnabled()
    settle(window)
    assert "nothing to see" in pane.text.toPlainText()
    answers = iter((str(tmp_path / "none" / "d.txt"), str(tmp_path / "d.txt"), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (next(answers), ""))
    pane.save.click()
    assert "cannot be written" in pane.said.text()
    pane.save.click()
    assert (tmp_path / "d.txt").read_text(encoding="utf-8") == pane.text.toPlainText()
    pane.save.click()


def lockable(**said) -> FakeDesk:
    return FakeDesk(can_lock=True, **said)


def locked(window: Window) -> bool:
    return window.upkeep.lock.pane.isVisible() and not window.frame.isVisible()


def test_a_locked_window_shows_nothing_and_opens_to_its_passphrase_alone(opened: Opened) -> None:
    desk = lockable()
    window = opened(desk)
    window.search.ask()
    window.menus.by_name["lock"].trigger()
    settle(window)
    assert locked(window)
    assert desk.is_locked
    assert window.windowTitle() == "Bedrock Console: locked"
    assert not any(each.isVisible() for each in (*window.overlays, window.menuBar()))
    pane = window.upkeep.lock.pane
    pane.passphrase.setText("wrong")
    pane.unlock.click()
    settle(window)
    assert locked(window)
    assert "VLT-024" in pane.said.text()
    assert pane.passphrase.text() == ""
    pane.passphrase.setText(desk.passphrase)
    QTest.keyClick(pane.passphrase, Qt.Key.Key_Return)
    settle(window)
    assert not locked(window)
    assert not desk.is_locked
    assert window.frame.isVisible()
    assert window.windowTitle() == "Bedrock Console"


def test_keys_of_the_window_do_nothing_while_it_is_locked(opened: Opened) -> None:
    window = opened(lockable())
    window.activateWindow()
    window.upkeep.lock.lock()
    settle(window)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert not window.search.isVisible()
    assert not window.flow.is_reading
    window.resize(1200, 700)
    QApplication.processEvents()
    assert window.upkeep.lock.pane.geometry() == window.rect()


class Clocks:
    """A wall's clock and one that stands still while the computer sleeps."""

    def __init__(self) -> None:
        self.wall, self.running = 1_000.0, 10.0

    def pass_by(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall += seconds
        self.running += 0 if asleep else seconds


def watched(opened: Opened, minutes: int = 1) -> tuple[Window, Clocks]:
    window = opened(lockable(settings=Settings(window=WindowSettings(lock_after_minutes=minutes))))
    clocks = Clocks()
    assert window.upkeep.lock.idle.seconds == minutes * 60
    window.upkeep.lock.idle = Idle(minutes, (lambda: clocks.wall, lambda: clocks.running))
    return window, clocks


def test_it_locks_by_itself_and_a_key_begins_the_wait_anew(opened: Opened) -> None:
    window, clocks = watched(opened)
    for _ in range(3):
        clocks.pass_by(50)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    window.upkeep.lock._look()
    assert not locked(window)
    clocks.pass_by(60)
    window.upkeep.lock._look()
    assert locked(window)


def test_a_laptop_that_slept_is_locked_at_the_first_touch(opened: Opened) -> None:
    window, clocks = watched(opened)
    clocks.pass_by(3_600, asleep=True)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_J)
    assert locked(window)


def test_a_clock_that_is_put_back_keeps_nothing_open(opened: Opened) -> None:
    window, clocks = watched(opened)
    clocks.pass_by(60)
    clocks.wall -= 7_200
    window.upkeep.lock._look()
    assert locked(window)


def test_never_is_never_and_nothing_is_locked_that_could_not_be_opened_again(opened: Opened) -> None:
    window, clocks = watched(opened, minutes=0)
    clocks.pass_by(100_000)
    window.upkeep.lock._look()
    assert not locked(window)
    other = opened(FakeDesk())
    assert not other.menus.by_name["lock"].isEnabled()
    other.upkeep.lock.lock()
    assert other.frame.isVisible()


def test_where_nothing_guards_the_keys_the_pane_says_so(opened: Opened) -> None:
    desk = lockable(unlocking=Unlocking.NOTHING, passphrase="")
    window = opened(desk)
    window.upkeep.lock.lock()
    settle(window)
    pane = window.upkeep.lock.pane
    assert "anybody at this computer can show it again" in pane.why.text()
    assert not pane.passphrase.isVisible()
    pane.unlock.click()
    settle(window)
    assert not locked(window)


def test_a_running_refresh_goes_on_and_is_said_to(opened: Opened, qtbot) -> None:
    desk = lockable(worker=("slow",))
    window = opened(desk)
    window.flow.refresh()
    window.upkeep.lock.lock()
    assert "It goes on" in window.upkeep.lock.pane.going_on.text()
    assert window.flow.is_reading
    window.flow.abandon()


def test_a_window_with_a_passphrase_of_its_own_starts_locked(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Window] = []
    make = main.make_window

    def keep(*said: object) -> Window:
        made.append(make(*said))
        return made[0]

    monkeypatch.setattr(main, "make_window", keep)
    monkeypatch.setattr(main.Preferences, "of_user", lambda: Preferences(None))
    monkeypatch.setattr(QApplication, "exec", lambda *_said: 0)
    assert main.open_window(lockable(unlocking=Unlocking.WINDOW)) == 0
    (window,) = made
    settle(window)
    assert locked(window)
    assert window.upkeep.lock.pane.passphrase.isVisible()
    window.close()
    window.deleteLater()


def test_without_a_terminal_the_passphrase_is_asked_and_a_refusal_told_in_a_dialogue(
    qapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *_said: ("four unrelated words", True))
    monkeypatch.setattr(QMessageBox, "warning", lambda *said: told.append(said[2]))
    assert main.ask_in_window("Passphrase") == "four unrelated words"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_said: ("typed and left", False))
    assert main.ask_in_window("Passphrase") == ""
    main.tell_in_window("It is locked.")
    assert told == ["It is locked."]
