"""Requests to delete, as an officer sees and makes them in the window."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from console.base.canonical import sha256_hex
from console.deletion.blockers import blocker
from console.deletion.case import What
from console.deletion.plan import ABSENT, Check, Plan, Residual, Step, Unread, step_id
from console.deletion.progress import StepProgress, StepState
from console.services.deletion.child import RefusedDeedError
from console.ui.page import Target
from console.ui.pages.deletion import find
from console.ui.pictures import settle
from console.ui.window import Window
from unit.ui.estate import PAYMENTS, FakeDesk

MODEL = f"arn:aws:bedrock:eu-west-2:{PAYMENTS}:custom-model/amazon.nova-lite-v1:0/abcdefghijkl"


def shown(window: Window, request: dict[str, str] | None = None) -> Window:
    window.go(Target("deletion", request or {}))
    settle(window)
    return window


def button(window: Window, name: str) -> QPushButton:
    found = window.frame.page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def fill(window: Window, **said: str) -> None:
    for name, value in said.items():
        box = window.frame.page.findChild(QLineEdit, f"deletion.form.{name}")
        assert box is not None, name
        box.setText(value)
    button(window, "deletion.form.send").click()
    settle(window)


def fill_only(window: Window, **said: str) -> None:
    for name, value in said.items():
        box = window.frame.page.findChild(QLineEdit, f"deletion.form.{name}")
        assert box is not None, name
        box.setText(value)


def words(window: Window, grid: int, column: str) -> list[str]:
    rows = window.frame.page.grids()[grid].rows
    at = [each.id for each in rows.columns].index(column)
    return [rows.words_at(place, at) for place in range(rows.rowCount())]


def asked(desk: FakeDesk) -> str:
    said = {
        "kind": "custom-model",
        "name": MODEL,
        "account_id": PAYMENTS,
        "region": "eu-west-2",
        "ground": "17-1-b",
        "why": "Consent was withdrawn",
        "whom": "Alex Example",
        "received_on": "2026-11-20",
        "due_on": "",
        "person": "Jo",
    }
    return desk.deed("request", said).partition(" ")[0]


def a_plan(request_id: str) -> Plan:
    parameters = {"modelIdentifier": MODEL}
    step = Step(
        id=step_id("bedrock:DeleteCustomModel", PAYMENTS, "eu-west-2", parameters),
        operation="bedrock:DeleteCustomModel",
        account_id=PAYMENTS,
        region="eu-west-2",
        parameters=parameters,
        subject=MODEL,
        words="Delete the custom model",
        check=Check(operation="bedrock:GetCustomModel", parameters=parameters, expects=ABSENT),
        state_sha256=sha256_hex(b"1"),
    )
    return Plan(
        request_id=request_id,
        made_at="2026-11-23T10:00:00.000Z",
        expires_at="2026-11-26T10:00:00.000Z",
        steps=(step,),
        blockers=(blocker("retain", "data source X", "It keeps its vectors"),),
        residuals=(Residual(subject="job", words="Its record", reason="No operation", expires="not known"),),
        unread=(
            Unread(subject="copies", operation="bedrock:ListModelCopyJobs", reason="denied", detail="no"),
        ),
    )


def test_without_a_request_the_page_says_how_to_make_one(opened) -> None:
    window = shown(opened())
    assert "Request deletion" in window.frame.page.queue_pane.empty.what.text()
    assert not button(window, "deletion.sign").isEnabled()
    assert button(window, "deletion.request").isEnabled()


def test_a_request_is_made_in_the_form_and_no_name_is_kept(opened) -> None:
    desk = FakeDesk()
    window = shown(opened(desk))
    button(window, "deletion.request").click()
    fill(
        window,
        name=MODEL,
        account_id=PAYMENTS,
        region="eu-west-2",
        why="Consent was withdrawn",
        whom="Alex Example",
        received_on="2026-11-20",
        person="Jo",
    )
    assert words(window, 0, "state") == ["Requested"]
    assert words(window, 0, "due") == ["due 2026-12-21, in 28 days"]
    assert "Alex" not in str(desk.people.deeds())
    assert "S-" in str(desk.people.deeds())


def test_a_bad_request_is_refused_beside_the_form_and_nothing_is_kept(opened) -> None:
    desk = FakeDesk()
    window = shown(opened(desk))
    button(window, "deletion.request").click()
    fill(window, name="my model", account_id=PAYMENTS, why="x", person="Jo")
    assert "is no name of this kind" in window.frame.page.forms.form.refusal.text()
    assert desk.people.deeds() == []


def test_a_plan_shows_what_is_in_the_way_first(opened) -> None:
    desk = FakeDesk()
    request_id = asked(desk)
    desk.deletions.keep_plan(a_plan(request_id), "Jo")
    window = shown(opened(desk))
    assert words(window, 0, "state") == ["Blocked"]
    assert words(window, 1, "sort") == ["In the way", "Not seen", "Step", "Stays"]
    assert words(window, 2, "what") == ["Raised the request", "Made and signed the plan"]
    assert not button(window, "deletion.sign").isEnabled()
    window.frame.page.plan.go_to(0)
    assert button(window, "deletion.accept").isEnabled()
    button(window, "deletion.accept").click()
    fill(window, reason="It ends with the store", person="Jo")
    assert words(window, 2, "what")[-1] == "Accepted that something stays"


def test_a_hold_is_placed_by_keyboard_alone(opened, qtbot) -> None:
    desk = FakeDesk()
    asked(desk)
    window = shown(opened(desk))
    hold = button(window, "deletion.hold")
    hold.setFocus()
    qtbot.keyClick(hold, Qt.Key.Key_Space)
    for name, text in (("reason", "An inquiry"), ("person", "Sam")):
        box = window.frame.page.findChild(QLineEdit, f"deletion.form.{name}")
        qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(window)
    assert words(window, 0, "state") == ["On hold"]


def test_a_row_of_another_page_begins_a_request(opened) -> None:
    said = {
        "kind": "custom-model",
        "name": MODEL,
        "account_id": PAYMENTS,
        "region": "eu-west-2",
        "detail": "",
    }
    window = shown(opened(FakeDesk()), said)
    assert window.frame.page.findChild(QLineEdit, "deletion.form.name").text() == MODEL


def test_a_request_is_found_by_its_id_and_shown(opened) -> None:
    desk = FakeDesk()
    request_id = asked(desk)
    latest = desk.latest()
    assert latest is not None
    (entry,) = find(latest, {})
    assert request_id in entry.words
    window = shown(opened(desk), entry.target.request)
    assert window.frame.page.filter_box().text() == request_id


def approved(desk: FakeDesk) -> tuple[str, Plan]:
    """Let a plan be approved, as if on another laptop."""
    request_id = asked(desk)
    made = replace(a_plan(request_id), blockers=(), unread=())
    desk.deletions.keep_plan(made, "Jo")
    said = {"plan_sha256": made.sha256}
    desk.deletions.write(What.APPROVAL, request_id, said, "Sam")
    return request_id, made


class Stopping(FakeDesk):
    """A desk whose child begins a step, writes that down, and stops or is killed."""

    def deed(self, name: str, arguments: Mapping[str, str], heard: Any = lambda _event: None) -> str:
        if name != "execute":
            return super().deed(name, arguments, heard)
        case = self.deletions.case(arguments["id"])
        assert case.plan is not None
        (step,) = case.plan.steps
        said = {"plan_sha256": case.plan.sha256, "step": step.id}
        self.deletions.write(What.BEGUN, case.id, said, "Kim")
        made = StepProgress(step=step.id, state=StepState.BEGUN, detail="under way now")
        heard({"event": "step", **made.record()})
        self.gate.wait(10)
        raise RefusedDeedError("the process that was to do it ended without a word")


def test_each_step_is_followed_and_after_a_kill_the_page_says_where_it_was(opened, qtbot) -> None:
    desk = Stopping()
    request_id, _ = approved(desk)
    window = shown(opened(desk))
    page = window.frame.page
    assert words(window, 1, "sort") == ["Waiting", "Stays"]
    assert not page.progress.isVisible()
    button(window, "deletion.execute").click()
    fill_only(window, confirmed=f"delete 1 items for {request_id}", person="Kim")
    button(window, "deletion.form.send").click()
    qtbot.waitUntil(page.progress.isVisible, timeout=10_000)
    assert "1 under way" in page.progress.words.text()
    assert words(window, 1, "sort")[0] == "Under way"
    assert words(window, 1, "remedy")[0] == "under way now"
    desk.gate.set()
    settle(window)
    page = window.frame.page
    assert words(window, 1, "sort")[0] == "Begun, not finished"
    assert "ended without a word" in page.forms.form.refusal.text()
    assert words(window, 0, "state") == ["Executing"]
    button(window, "deletion.execute").click()
    assert "0 of 1 steps are done" in page.forms.form.explanation.text()


def test_the_tables_keep_qts_promises(opened, qtmodeltester) -> None:
    desk = FakeDesk()
    desk.deletions.keep_plan(a_plan(asked(desk)), "Jo")
    for grid in shown(opened(desk)).frame.page.grids():
        qtmodeltester.check(grid.rows)


def test_a_finding_about_a_model_begins_a_request_for_it_and_one_about_a_region_cannot(opened) -> None:
    window = opened(FakeDesk())
    window.go(Target("findings", {}))
    settle(window)
    window.frame.page.table.go_to(0)
    assert not button(window, "findings.delete").isEnabled()
    said: list[Target] = []
    window.frame.page.duties.leading.connect(said.append)
    row = window.frame.page.table.rows.row_at(0)
    window.frame.page.duties._chosen = lambda: [replace(row, finding=replace(row.finding, subject=MODEL))]
    window.frame.page.duties.enable()
    button(window, "findings.delete").click()
    assert said[0].request["name"] == MODEL
