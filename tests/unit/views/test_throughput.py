from console.domain.scope import Scope
from console.views.costs import cost_listings
from fakes import FakeSnapshot, fact, gap
from unit.views.bills_made import A, B

KIND = "bedrock.provisioned_model_throughput"


def test_what_was_committed_to_says_until_when_and_what_could_not_be_read_says_why() -> None:
    arn = f"arn:aws:bedrock:eu-west-2:{A}:provisioned-model/a"
    committed = {
        "provisionedModelName": "casework",
        "modelArn": "arn:aws:bedrock:eu-west-2::foundation-model/amazon.nova-lite-v1:0",
        "modelUnits": 2,
        "commitmentDuration": "SixMonths",
        "commitmentExpirationTime": "2027-03-01T00:00:00Z",
        "status": "InService",
    }
    known = [
        fact(KIND, f"{arn}2", {"modelUnits": "?"}, Scope(A, "eu-west-2"), 2),
        fact(KIND, arn, committed, Scope(A, "eu-west-2"), 1),
        fact(KIND, f"{arn}3", {**committed, "commitmentDuration": "TenYears"}, Scope(A, "eu-west-2"), 3),
    ]
    snapshot = FakeSnapshot(known=known, missing=[gap(KIND, Scope(B, "eu-west-2"), sequence=4)])
    (found,) = [each for each in cost_listings(snapshot, (), ()) if each.id == "throughput"]
    missing, one, other, last = found.table.rows
    assert missing.is_gap
    assert one.cells == (
        *("casework", "amazon.nova-lite-v1:0", 2, "six months", "2027-03-01T00:00:00Z", "InService"),
    )
    assert other.cells[3] == "TenYears"
    assert last.cells == (f"{arn}2", None, None, "no commitment: by the hour", None, None)
    assert "1 account was not read whole." in found.coverage
