from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from console.controls.attestation import Ending, Rules
from console.controls.duties import NO_DUTIES
from console.domain.evidence import Fact
from console.domain.scope import Scope
from console.views.expiring import DAYS_AHEAD, ExpiringRow, ending_words, expiring_table
from fakes import LONDON, FakeSnapshot, fact, gap
from unit.controls.deeds_made import attestation, exception

RULES = Rules(today=date(2026, 11, 23), reminder_days=30, needs_countersignature=False)
NAMES = {LONDON.account_id: "payments"}


def rows(*known: Fact, duties: Any = NO_DUTIES) -> tuple[ExpiringRow, ...]:
    """Where every kind was read to its end."""
    empty = [(kind, Scope("1")) for kind in KINDS]
    table = expiring_table(FakeSnapshot(known=known, empty=empty), duties, RULES, NAMES)
    assert len(table.cells()) == len(table.rows)
    return table.rows


KINDS = (
    "iam.service_specific_credential",
    "bedrock.provisioned_model_throughput",
    "marketplace-agreement.agreement",
    "bedrock.foundation_model",
    "artifact.report",
)


def told(*known: Fact) -> list[tuple[str, str, str, str]]:
    return [(row.state, row.ends_on.isoformat(), row.what, row.thing) for row in rows(*known)]


def key(end: object, status: str = "Active", number: int = 1) -> Fact:
    said = {"ExpirationDate": end, "Status": status, "UserName": f"user-{number}"}
    return fact("iam.service_specific_credential", f"k{number}", said, Scope(LONDON.account_id), number)


def test_keys_that_end_soon_come_first_and_those_that_just_ended_before() -> None:
    found = rows(
        key("2026-12-24T10:00:00Z", number=1),
        key("2026-11-22T10:00:00Z", number=2),
        key("2026-11-23T00:00:00Z", number=3),
        key("2030-01-01T00:00:00Z", number=4),
        key("2020-01-01T00:00:00Z", number=5),
        key("2026-12-01T00:00:00Z", status="Inactive", number=6),
        key(None, number=7),
    )
    assert [(row.thing, row.state) for row in found] == [
        ("user-2", "expired"),
        ("user-3", "ends soon"),
        ("user-1", "ends soon"),
    ]
    assert found[0].where == "payments (111122223333)"
    assert (found[0].evidence, found[0].page) == ((2,), "keys")


def test_a_model_that_aws_withdraws_is_told_once_for_all_regions() -> None:
    models = [
        fact(
            "bedrock.foundation_model",
            "m",
            {"modelId": "titan", "modelLifecycle": {"endOfLifeTime": "2027-03-01T00:00:00Z"}},
            Scope(account, region),
            at,
        )
        for at, (account, region) in enumerate(
            [("1", "eu-west-2"), ("1", "eu-west-1"), ("2", "eu-west-2")], start=1
        )
    ]
    alive = fact("bedrock.foundation_model", "n", {"modelId": "n", "modelLifecycle": {"status": "ACTIVE"}})
    (row,) = rows(*models, alive)
    assert (row.what, row.thing, row.where) == ("Model withdrawn by AWS", "titan", "eu-west-1, eu-west-2")
    assert set(row.evidence) == {1, 2, 3}


def report(series: str, end: object, category: str = "Certifications", state: str = "PUBLISHED") -> Fact:
    said = {
        "name": f"{series} {end}",
        "series": series,
        "periodEnd": end,
        "category": category,
        "state": state,
    }
    return fact("artifact.report", f"{series}{end}{state}", said, Scope("1"), 9)


def test_of_certificates_the_newest_of_each_series_counts() -> None:
    found = told(
        report("ISO 27001", "2026-12-01T00:00:00Z"),
        report("ISO 27001", "2029-12-01T00:00:00Z"),
        report("ISO 27018", "2026-12-02T00:00:00Z"),
        report("ISO 27018", "2026-11-30T00:00:00Z"),
        report("SOC 2", "2026-12-03T00:00:00Z", category="SOC"),
        report("CSA STAR", "2026-12-04T00:00:00Z", state="UNPUBLISHED"),
        report("PCI", None),
    )
    assert found == [("ends soon", "2026-12-02", "Certificate of AWS", "ISO 27018 2026-12-02T00:00:00Z")]


@pytest.mark.parametrize(
    ("kind", "said", "what"),
    [
        (
            "bedrock.provisioned_model_throughput",
            {"commitmentExpirationTime": "2026-12-01T00:00:00Z", "provisionedModelName": "pt"},
            "Commitment to provisioned throughput",
        ),
        (
            "marketplace-agreement.agreement",
            {"endTime": "2026-12-01T00:00:00Z", "agreementId": "pt", "status": "ACTIVE"},
            "AWS Marketplace agreement",
        ),
    ],
)
def test_commitments_and_agreements_end(kind: str, said: dict[str, str], what: str) -> None:
    assert told(fact(kind, "x", said)) == [("ends soon", "2026-12-01", what, "pt")]


def test_what_people_did_ends_too() -> None:
    ended = Ending(by="Jo", at="t", reason="wrong", sequence=9)
    duties = replace(
        NO_DUTIES,
        attestations=(
            attestation("S01", valid_until="2026-12-20", review_on="", accounts=()),
            attestation("S02", id="b", valid_until="2026-12-10", review_on="2026-12-10"),
            attestation("S03", id="c", valid_until="2026-12-20", withdrawal=ended),
        ),
        exceptions=(
            exception(valid_until="2026-12-01", account_id="*"),
            exception(id="e2", valid_until="2026-12-02", account_id=LONDON.account_id),
            exception(id="e3", valid_until="2026-12-03", ending=ended),
        ),
    )
    found = rows(duties=duties)
    assert [(row.ends_on.isoformat(), row.what, row.where) for row in found if row.page == "findings"] == [
        ("2026-12-01", "Exception", "every account"),
        ("2026-12-02", "Exception", "payments (111122223333)"),
    ]
    assert [(row.ends_on.isoformat(), row.what) for row in found if row.page == "attestations"] == [
        ("2026-11-20", "Review of an attestation"),
        ("2026-12-10", "Attestation"),
        ("2026-12-20", "Attestation"),
    ]


def test_words_say_how_much_and_never_nothing_at_all() -> None:
    assert ending_words(()) == f"Nothing ends within {DAYS_AHEAD} days"
    some = rows(key("2026-12-24T10:00:00Z"), key("2026-11-22T10:00:00Z", number=2))
    assert ending_words(some) == "1 within 120 days; 1 just ended"


def test_what_could_not_be_read_may_end_soon() -> None:
    missing = [
        gap("iam.service_specific_credential", Scope("1"), sequence=4),
        gap("iam.service_specific_credential", Scope("2"), sequence=5),
    ]
    read = [(kind, Scope("1")) for kind in KINDS[1:4]]
    found = expiring_table(FakeSnapshot(missing=missing, empty=read), NO_DUTIES, RULES, NAMES)
    assert [(row.state, row.what, row.thing, row.where, row.evidence) for row in found.rows] == [
        ("unknown", "Bedrock API keys", "could not be read: denied", "2 places", (4, 5)),
        ("unknown", "AWS audit reports", "not part of this refresh", "everywhere", ()),
    ]
    assert found.cells()[0][1] is None
    assert ending_words(found.rows) == "some not read"
