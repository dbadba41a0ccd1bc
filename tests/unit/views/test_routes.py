from dataclasses import replace
from typing import Any

from console.domain.scope import Scope
from console.views.inventory import told
from console.views.routes import PRIVATE, PUBLIC, Route, calls_through, routes, routes_listing, share_sentence
from fakes import LONDON, FakeSnapshot, fact, gap

NAMES = {LONDON.account_id: "payments"}


def event(key: str, at: int, **said: Any) -> Any:
    inner = {
        "awsRegion": "eu-west-2",
        "eventTime": f"2026-11-2{at}T10:00:00Z",
        "userIdentity": {"arn": f"arn:caller-{at}"},
        **said,
    }
    return fact("cloudtrail.bedrock_event", key, {"CloudTrailEvent": inner}, LONDON, 10 + at)


def endpoint(name: str, region: str | None = "eu-west-2", service: str = "bedrock-runtime") -> Any:
    payload = {"ServiceName": f"com.amazonaws.eu-west-2.{service}", "ServiceRegion": region}
    return fact("ec2.vpc_endpoint", name, payload, LONDON, 5)


def test_calls_are_told_apart_by_their_way_and_by_who_answers() -> None:
    known = [
        endpoint("vpce-1"),
        event("a", 1, vpcEndpointId="vpce-1"),
        event("b", 2, vpcEndpointId="vpce-1", additionalEventData={"inferenceRegion": "eu-central-1"}),
        event("c", 3),
        event("d", 4),
    ]
    found = routes(FakeSnapshot(known=known), NAMES)
    assert [(each.way, each.to, each.calls, each.crosses) for each in found] == [
        (PRIVATE, "eu-west-2", 1, False),
        (PRIVATE, "eu-central-1", 1, True),
        (PUBLIC, "eu-west-2", 2, False),
    ]
    assert found[0].evidence == (5, 11)
    assert calls_through(found) == {"vpce-1": 2}
    assert share_sentence(found) == (
        "50 % of 4 calls came through VPC endpoints; 1 call was answered in another Region."
    )
    assert found[1].words == (
        "payments in eu-west-2 reaches Bedrock in eu-central-1, another Region through the VPC endpoint vpce-1:"
        " 1 call seen"
    )


def test_an_endpoint_that_nobody_used_is_a_way_all_the_same() -> None:
    known = [endpoint("vpce-1", "us-east-1"), endpoint("vpce-2", None), endpoint("vpce-3", service="s3")]
    found = routes(FakeSnapshot(known=known), {})
    assert [(each.through, each.to, each.calls) for each in found] == [
        ("vpce-1", "us-east-1", 0),
        ("vpce-2", "", 0),
    ]
    assert share_sentence(found) == "No call was seen."
    assert "a Region that is not said" in found[1].words
    assert found[1].words.endswith("no call seen")


def test_a_call_through_an_endpoint_leads_where_the_endpoint_does() -> None:
    known = [endpoint("vpce-1", "us-east-1"), event("a", 1, vpcEndpointId="vpce-1")]
    (route,) = routes(FakeSnapshot(known=known), {})
    assert (route.to, route.crosses) == ("us-east-1", True)


def test_the_table_says_what_the_map_draws() -> None:
    many = [event(str(at), at % 9, userIdentity={"arn": f"arn:{at:02}"}) for at in range(12)]
    snapshot = FakeSnapshot(known=[*many, endpoint("vpce-1")], missing=[gap("ec2.vpc_endpoint", Scope("9"))])
    listing = routes_listing(snapshot, NAMES)
    assert (listing.found, listing.missing) == (2, 1)
    private, public = listing.table.rows[1:]
    assert public.cells[4:6] == (12, 12)
    assert private.cells[6] == "never seen"
    parts = {part.heading: part.words for part in told(public)}
    assert parts["In words"].startswith(
        "payments in eu-west-2 reaches Bedrock in eu-west-2 through the public"
    )
    assert parts["Callers"].endswith("and 2 more")
    assert "Last seen" in parts
    assert "Callers" not in {part.heading for part in told(private)}
    assert isinstance(public.thing, Route)
    assert replace(public.thing, way=PRIVATE, through="v").words.count("VPC endpoint v") == 1
