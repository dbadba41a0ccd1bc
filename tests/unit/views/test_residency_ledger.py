from console.domain.scope import Scope
from console.views.residency_ledger import LOG, TRAIL, away_events, away_rows, away_table
from fakes import FakeSnapshot, fact
from unit.views.usages import MODEL, NAMES, PAYMENTS, PERSON, sums


def test_only_what_ran_elsewhere_is_in_it_by_who_called_and_which_model() -> None:
    rows = away_rows(sums(), ("eu-west-2",), NAMES)
    assert away_table(rows).cells() == [
        [
            "payments-production",
            "100000000002",
            PERSON,
            MODEL,
            "eu-west-2",
            "eu-west-1",
            5,
            "2026-11-19",
            LOG,
            f"eu.{MODEL}",
        ]
    ]


def test_an_approved_region_is_not_elsewhere() -> None:
    assert away_rows(sums(), ("eu-west-2", "eu-west-1"), NAMES) == ()
    assert len(away_rows(sums(), (), {})) == 3


def event(number: int, name: str, ran_in: str, who: str = PERSON) -> object:
    record = {"awsRegion": "eu-west-2", "userIdentity": {"arn": who}}
    if ran_in:
        record["additionalEventData"] = {"inferenceRegion": ran_in}
    payload = {"EventName": name, "EventTime": f"2026-11-{10 + number}T10:00:00Z", "CloudTrailEvent": record}
    return fact(
        "cloudtrail.bedrock_event", str(number), payload, Scope(PAYMENTS, "eu-west-2"), sequence=number
    )


def test_cloudtrail_tells_of_calls_that_no_log_has() -> None:
    events = [
        event(1, "Converse", "eu-west-1"),
        event(2, "Converse", "eu-west-1"),
        event(3, "InvokeModel", "", "arn:other"),
        event(4, "DeleteGuardrail", "eu-west-1"),
        event(5, "InvokeModel", "eu-north-1", "arn:other"),
    ]
    rows = away_events(FakeSnapshot(known=events), ("eu-west-2",), NAMES)  # type: ignore[arg-type]
    assert [(row.identity, row.ran_in, row.calls, row.last_day, row.seen) for row in rows] == [
        (PERSON, "eu-west-1", 2, "2026-11-12", TRAIL),
        ("arn:other", "eu-north-1", 1, "2026-11-15", TRAIL),
    ]
    assert away_table(rows).evidence(rows[0]) == (1, 2)
