from dataclasses import replace
from typing import Any

import pytest

from console.domain.evidence import Fact
from console.views.inventory import told
from console.views.retention import HEADINGS, Truth, retention_listing, runs, truths
from fakes import LONDON, REFRESH, FakeSnapshot, fact, gap

MODES = ("none", "default", "provider_data_share")


def api(mode: str | None = "none") -> Fact:
    said = {"mode": mode, "updatedAt": "2026-11-01T08:00:00.000Z"} if mode else {}
    return fact("bedrock.data_retention", "data-retention", said, LONDON, 1)


def account(mode: str | None = "inherit") -> Fact:
    return fact("bedrock-mantle.data_retention", "data-retention", {"mode": mode} if mode else {}, LONDON, 2)


def model(
    mode: str | None, source: str = "model_default", allowed: Any = MODES, status: str = "available"
) -> Fact:
    retention = {"mode": mode, "source": source, "allowed_modes": list(allowed)} if mode else {}
    payload = {"id": "m", "status": status, "data_retention": retention}
    return fact("bedrock-mantle.model", "m", payload, LONDON, 3)


def project(mode: str | None, name: str = "p") -> Fact:
    retention = {"data_retention": {"mode": mode}} if mode else {}
    return fact("bedrock-mantle.project", f"proj_{name}", {"name": name, **retention}, LONDON, 4)


def of(*known: Fact) -> list[Truth]:
    return list(truths(FakeSnapshot(known=known)))


def kept(*known: Fact) -> list[tuple[object, ...]]:
    listing = retention_listing(FakeSnapshot(known=known), {})
    ids = [heading.id for heading in HEADINGS]
    at = [ids.index(each) for each in ("surface", "kept", "mode", "decided")]
    return [tuple(row.cells[each] for each in at) for row in listing.table.rows if not row.is_gap]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("none", "not kept"),
        ("default", "may be kept"),
        ("aws_review", "may be kept"),
        ("provider_data_share", "shared with the maker"),
        ("inherit", "may be kept"),
        ("tomorrow", "unknown"),
        (None, "unknown"),
    ],
)
def test_only_none_is_not_kept(mode: str | None, said: str) -> None:
    assert kept(api(mode))[0][1] == said


def test_the_first_that_does_not_inherit_decides() -> None:
    (own,) = of(account(), model("default"))
    assert (own.mode, own.decided, own.own) == ("default", "the model's default", "inherit")
    (set_,) = of(account("none"), model("none", "account"))
    assert (set_.mode, set_.decided) == ("none", "the account")
    _, inherited = of(account("none"), model("none", "account"), project("inherit"))
    assert (inherited.mode, inherited.decided) == ("none", "the account")
    _, other = of(account("none"), model("none", "account"), project("default"))
    assert (other.mode, other.decided, other.own) == ("default", "the project", "default")
    assert other.evidence == (4, 2, 3)


def test_a_model_that_does_not_run_under_a_mode_keeps_nothing() -> None:
    refused = model("none", "account", allowed=("default",), status="unavailable")
    assert of(account("none"), refused)[0].refused
    _, in_project = of(account(), model("default", allowed=("default",)), project("none"))
    assert in_project.refused
    _, inheriting = of(account("none"), refused, project("inherit"))
    assert inheriting.refused
    assert {row[1] for row in kept(account("none"), refused)} == {"not kept"}
    _, free = of(account(), model("default", allowed=()), project("default"))
    assert free.refused


def test_what_was_not_said_is_not_known() -> None:
    silent = model(None)
    assert of(account(), silent)[0].mode == ""
    assert of(account("none"), silent)[0].mode == "none"
    assert of(account(None), silent)[0].mode == ""
    _, unsaid = of(account("none"), model("none", "account"), project(None))
    assert (unsaid.mode, unsaid.decided, unsaid.refused) == ("", "not known", False)


def test_without_models_the_account_and_its_projects_still_have_a_row() -> None:
    found = of(account("none"), project("inherit"), project("default", "q"), project(None, "r"))
    assert [(each.surface.rpartition(" ")[2], each.mode, each.decided) for each in found] == [
        ("account", "none", "the account"),
        ("p", "none", "the account"),
        ("q", "default", "the project"),
        ("r", "", "not known"),
    ]
    assert of(account())[0].decided == "the model's default"


def test_the_worst_stands_first_under_what_could_not_be_read() -> None:
    known = [api("none"), account(), model("provider_data_share")]
    snapshot = FakeSnapshot(known=known, missing=[gap("bedrock-mantle.project", sequence=9)])
    listing = retention_listing(snapshot, {LONDON.account_id: "payments"})
    assert [row.cells[2] for row in listing.table.rows] == [None, "shared with the maker", "not kept"]
    assert listing.coverage.startswith("1 shared with the maker, 1 not kept. Found in 1 of 1 account.")
    assert retention_listing(FakeSnapshot(), {}).coverage == "Not part of this refresh."


def reading(at: str, *known: Fact) -> FakeSnapshot:
    return FakeSnapshot(known=known, refresh=replace(REFRESH, finished_at=f"2026-11-{at}T09:00:00.000Z"))


def test_history_follows_a_mode_and_a_reading_that_did_not_see_it_is_no_break() -> None:
    past = [
        reading("01", api("default")),
        reading("02"),
        reading("03", api(None)),
        reading("04", api("default")),
    ]
    now = reading("05", api("none"))
    history = runs([*past, now])
    ((_, found),) = history.items()
    assert [(at[8:10], mode) for at, mode in found] == [("01", "default"), ("05", "none")]
    listing = retention_listing(now, {}, history)
    (row,) = listing.table.rows
    assert (row.cells[8], row.cells[9]) == ("2026-11-05T09:00:00.000Z", "default")
    parts = {part.heading: part.words for part in told(row)}
    assert parts["History"].splitlines()[0].startswith("default: seen from 1 November 2026")
    (alone,) = retention_listing(now, {}, runs([now])).table.rows
    assert alone.cells[9] == "no other mode seen"


def test_who_set_a_mode_is_told_and_is_evidence() -> None:
    inner = {
        "eventName": "PutAccountDataRetention",
        "awsRegion": "eu-west-2",
        "eventTime": "2026-11-20T10:00:00Z",
    }
    event = fact("cloudtrail.bedrock_event", "e", {"CloudTrailEvent": inner}, LONDON, 8)
    other = fact("cloudtrail.bedrock_event", "f", {"CloudTrailEvent": {"eventName": "Converse"}}, LONDON, 7)
    (row,) = retention_listing(FakeSnapshot(known=[api(), event, other]), {}).table.rows
    assert row.evidence == (1, 8)
    assert (
        "PutAccountDataRetention"
        in {part.heading: part.words for part in told(row)}["Set by, in this account and Region"]
    )
