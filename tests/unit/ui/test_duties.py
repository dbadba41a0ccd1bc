"""Claims, attestations and what is done about findings, as an officer does it in the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from console.controls.states import ClaimState
from console.ui.page import Target
from console.ui.pictures import settle
from console.ui.window import Window
from unit.ui.estate import PAYMENTS, FakeDesk, snapshot
from unit.ui.walking import words_of


def shown(window: Window, name: str, request: dict[str, str] | None = None) -> Window:
    window.go(Target(name, request or {}))
    settle(window)
    return window


def press(window: Window, name: str) -> None:
    button = window.frame.page.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled(), name
    button.click()


def fill(window: Window, form: str, **said: str) -> None:
    for name, value in said.items():
        box = window.frame.page.findChild(QLineEdit, f"{form}.{name}")
        assert box is not None, name
        box.setText(value)
    press(window, f"{form}.send")
    settle(window)


def column(window: Window, name: str) -> list[str]:
    rows = window.frame.page.grids()[0].rows
    at = [each.id for each in rows.columns].index(name)
    return [rows.words_at(place, at) for place in range(rows.rowCount())]


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def attest(window: Window, tmp_path: Path, **changes: str) -> None:
    document = tmp_path / "agreement.pdf"
    document.write_bytes(b"agreement")
    shown(window, "attestations")
    press(window, "attestations.attest")
    said = {"claims": "S10", "statement": "Ours is ours", "person": "Jo", "document": str(document)}
    fill(window, "attestations.form", **{**said, "until": "2027-03-31", **changes})


def test_every_claim_is_there_with_its_state_and_what_lies_beneath(opened, desk: FakeDesk) -> None:
    window = shown(opened(desk), "claims")
    assert len(column(window, "claim")) == 39
    assert set(column(window, "state")) <= {state.value.capitalize() for state in ClaimState}
    page = window.frame.page
    page.accept({"claim": "S22"})
    settle(window)
    said = words_of(window)
    assert "S22  Encryption at rest" in said
    assert "Not without conditions" in said
    page.claim.tables.show_tab("findings")
    grid = page.claim.tables.grid
    assert grid.rows.rowCount() > 0
    grid.setFocus()
    grid.go_to(0)
    grid.open_current()
    settle(window)
    assert window.frame.drawer.isVisible()
    grid.follow_current()
    settle(window)
    assert window.frame.shown == "findings"


def test_claims_are_narrowed_by_state_and_place(opened, desk: FakeDesk) -> None:
    window = shown(opened(desk), "claims")
    page = window.frame.page
    page.states[ClaimState.CONTRADICTED].click()
    assert set(column(window, "state")) == {"Contradicted"}
    page.clear()
    place = page.findChild(QComboBox, "claims.place")
    place.setCurrentIndex(place.findData(PAYMENTS))
    settle(window)
    assert len(column(window, "claim")) == 39
    page.claim.tables.show_tab("accounts")
    assert page.claim.tables.grid.rows.rowCount() == 1


def test_an_attestation_is_signed_in_the_window_and_flips_its_claim(
    opened, desk: FakeDesk, tmp_path: Path
) -> None:
    window = opened(desk)
    attest(window, tmp_path)
    assert "is signed" in words_of(window)
    assert column(window, "standing") == ["Valid"]
    shown(window, "claims", {"claim": "S10"})
    assert dict(zip(column(window, "claim"), column(window, "state"), strict=True))["S10"] == "Attested"
    shown(window, "attestations", {"attestation": ""})
    press(window, "attestations.withdraw")
    fill(window, "attestations.form", reason="superseded", person="Jo")
    assert column(window, "standing") == ["Withdrawn"]


def test_what_is_refused_is_said_in_the_form_which_stays(opened, desk: FakeDesk, tmp_path: Path) -> None:
    window = opened(desk)
    attest(window, tmp_path, claims="S99")
    said = words_of(window)
    assert "there is no claim S99" in said
    assert "lists them" in said
    fill(window, "attestations.form", claims="S10")
    assert column(window, "standing") == ["Valid"]


def test_a_counter_signature_with_the_same_key_is_refused_with_the_way_to_do_it(
    opened, desk: FakeDesk, tmp_path: Path
) -> None:
    window = opened(desk)
    attest(window, tmp_path)
    window.frame.page.table.go_to(0)
    press(window, "attestations.countersign")
    fill(window, "attestations.form", person="Sam")
    assert "Counter-sign on the laptop of a second person" in words_of(window)
    press(window, "attestations.form.cancel")
    press(window, "attestations.export")
    fill(window, "attestations.form", file=str(tmp_path / "a.json"))
    assert (tmp_path / "a.json").exists()
    press(window, "attestations.import")
    fill(window, "attestations.form", file=str(tmp_path / "a.json"))
    assert "0 new records" in words_of(window)


def test_the_name_is_typed_once(opened, desk: FakeDesk, tmp_path: Path) -> None:
    window = opened(desk)
    attest(window, tmp_path)
    press(window, "attestations.attest")
    box = window.frame.page.findChild(QLineEdit, "attestations.form.person")
    assert box.text() == "Jo"


def failing(window: Window) -> None:
    shown(window, "findings", {"verdict": "fail"})
    window.frame.page.table.go_to(0)


def test_a_failure_is_noted_assigned_and_excepted_and_stays_a_failure(opened, desk: FakeDesk) -> None:
    window = opened(desk)
    failing(window)
    press(window, "findings.note")
    fill(window, "findings.form", words="raised with the owner", person="Jo")
    failing(window)
    press(window, "findings.assign")
    fill(window, "findings.form", to="Sam", person="Jo")
    failing(window)
    press(window, "findings.except")
    fill(window, "findings.form", reason="a trial", approver="Kim", until="2027-01-31", person="Jo")
    assert "is in force until 2027-01-31" in words_of(window)
    failing(window)
    assert column(window, "verdict")[0] == "Fail"
    assert "excepted until 2027-01-31 by Kim; Sam looks after it" in column(window, "because")[0]
    window.frame.page.table.open_current()
    settle(window)
    assert "Jo noted: raised with the owner" in window.frame.drawer.title.text()
    shown(window, "attestations")
    window.frame.page.exceptions.go_to(0)
    press(window, "attestations.end")
    fill(window, "attestations.form", reason="mended", person="Jo")
    failing(window)
    assert "excepted" not in column(window, "because")[0]


def test_what_is_unknown_cannot_be_excepted(opened, desk: FakeDesk) -> None:
    window = shown(opened(desk), "findings", {"verdict": "unknown"})
    window.frame.page.table.go_to(0)
    assert not window.frame.page.findChild(QPushButton, "findings.except").isEnabled()
    assert window.frame.page.findChild(QPushButton, "findings.note").isEnabled()


def test_findings_in_groups_are_entered_and_assigned_together(opened, desk: FakeDesk) -> None:
    window = shown(opened(desk), "findings")
    page = window.frame.page
    group = page.findChild(QComboBox, "findings.group")
    for at in range(1, group.count()):
        group.setCurrentIndex(at)
        settle(window)
        assert page.groups.grid.rows.rowCount() > 0
    group.setCurrentIndex(1)
    settle(window)
    page.groups.grid.setFocus()
    page.groups.grid.go_to(0)
    press(window, "findings.assign")
    fill(window, "findings.form", to="Sam", person="Jo")
    assert "Sam looks after" in words_of(window)
    page.groups.grid.go_to(0)
    page.groups.grid.open_current()
    page.groups.grid.follow_current()
    assert group.currentIndex() == 0
    assert page.control.currentIndex() > 0
    group.setCurrentIndex(4)
    settle(window)
    page.groups.grid.go_to(0)
    page.groups.grid.follow_current()
    assert page.severity.currentIndex() > 0
    page.clear()
    group.setCurrentIndex(2)
    settle(window)
    page.groups.grid.go_to(0)
    page.groups.grid.follow_current()
    assert page.words.text()


def test_guidance_is_imported_its_new_lines_shown_and_mapped(opened, desk: FakeDesk, tmp_path: Path) -> None:
    text = tmp_path / "g.txt"
    text.write_text("<b>A line</b> of its own\nAnother", encoding="utf-8")
    window = shown(opened(desk), "claims")
    press(window, "claims.import")
    fill(window, "claims.form", file=str(tmp_path / "away.txt"), person="Jo")
    assert "cannot be read" in words_of(window)
    fill(window, "claims.form", file=str(text))
    assert "0 of 2 lines are known" in words_of(window)
    assert "2 lines are new; it has no line for S01" in words_of(window)
    page = window.frame.page
    page.guidance.strip.asked.emit()
    assert page.guidance.lines.isVisible()
    page.guidance.lines.grid.go_to(0)
    page.guidance.lines.grid.follow_current()
    fill(window, "claims.form", claims="S01", person="Jo")
    rows = dict(zip(column(window, "claim"), column(window, "guidance"), strict=True))
    assert rows["S01"] == "<b>A line</b> of its own"
    page.guidance.strip.asked.emit()
    assert not page.guidance.lines.isVisible()


def test_frameworks_say_what_nothing_serves(opened, desk: FakeDesk) -> None:
    window = shown(opened(desk), "frameworks")
    assert "nothing here serves the other" in words_of(window)
    assert "Open Government Licence" in words_of(window)
    page = window.frame.page
    page.framework.setCurrentIndex(page.framework.findData(""))
    assert page.table.rows.rowCount() > 200
    page.words.setText("ncsc residency nothing-like-this")
    assert page.table.rows.rowCount() == 0
    page.words.clear()
    page.framework.setCurrentIndex(page.framework.findData("ncsc-csp"))
    page.table.go_to(1)
    page.table.follow_current()
    settle(window)
    assert window.frame.shown == "claims"


def test_a_control_is_explained_and_leads_to_its_findings(opened, desk: FakeDesk) -> None:
    window = shown(opened(desk), "controls", {"control": "BR-RET-001"})
    said = words_of(window)
    assert "bedrock:PutAccountDataRetention" in said
    assert "S22" in said
    window.frame.page.findings.click()
    settle(window)
    assert window.frame.shown == "findings"


def test_what_changed_since_the_reading_before_is_said_and_followed(opened) -> None:
    earlier = snapshot()
    earlier.refresh = replace(earlier.refresh, id=0, finished_at="2026-11-22T09:14:00.000Z")
    earlier.known = [
        replace(each, payload={**each.payload, "mode": "none"})
        if each.kind == "bedrock.data_retention"
        else each
        for each in earlier.known
    ]
    window = shown(opened(FakeDesk(earlier=(earlier,))), "overview")
    assert "began to fail since the reading before" in words_of(window)
    past = window.frame.page.past
    past.show_tab("trend")
    assert past.grid.rows.rowCount() == 2
    past.grid.go_to(0)
    past.grid.follow_current()
    assert window.frame.shown == "overview"
    past.show_tab("changes")
    past.grid.go_to(0)
    past.grid.follow_current()
    settle(window)
    assert window.frame.shown == "findings"
    since = [each.id for each in window.frame.page.model.columns].index("since")
    assert not window.frame.page.table.isColumnHidden(since)


def test_forms_are_worked_by_keys_alone(opened, desk: FakeDesk, qtbot) -> None:
    window = opened(desk)
    window.activateWindow()
    failing(window)
    press(window, "findings.note")
    box = window.frame.page.findChild(QLineEdit, "findings.form.words")
    qtbot.keyClicks(box, "looked at")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(window)
    assert "needs a name" in words_of(window)
    for each in window.frame.page.findChildren(QLineEdit):
        assert each.accessibleName(), each.objectName()
