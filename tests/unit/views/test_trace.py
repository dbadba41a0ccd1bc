from dataclasses import replace
from typing import Any

import pytest

from console.policy.context import UNKNOWN, Context
from console.policy.document import Policy, parse_policy
from console.policy.evaluate import Decision
from console.policy.members import Attached
from console.policy.principals import caller_of
from console.policy.request import Level, Policies, Request, Result
from console.policy.trace import Layer, LayerTrace, Missed, PolicyTrace, StatementTrace, Trace, trace
from console.views.trace import trace_as_json, trace_in_words

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Case"
GUARDRAIL = f"arn:aws:bedrock:eu-west-2:{ACCOUNT}:guardrail/g"
FULL = {"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}


def policy(name: str, *statements: dict[str, Any]) -> Policy:
    return parse_policy(name, {"Version": "2012-10-17", "Statement": list(statements)})


def told(context: dict[str, object], unknown: tuple[str, ...] = (), **layers: Any) -> tuple[list[str], Any]:
    known = Context.of(context, unknown=unknown)
    request = Request(
        caller=caller_of(ROLE, known),
        action="bedrock:ApplyGuardrail",
        resource=GUARDRAIL,
        resource_account=ACCOUNT,
        context=known,
    )
    found = trace(request, Policies(**layers), [Attached("own policy", "")])
    return list(trace_in_words(found)), trace_as_json(found)


def when(**condition: Any) -> dict[str, Any]:
    return {"Sid": "When", "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}


def test_it_goes_through_the_layers_in_awss_order() -> None:
    lines, written = told(
        {},
        identity=(policy("own", FULL, {**FULL, "Sid": "Other", "Action": "s3:GetObject"}),),
        scps=(Level("r-1", (policy("FullAWSAccess", FULL),)), Level(ACCOUNT, ())),
    )
    assert lines[0] == "Denied: nothing allows it"
    assert "Stopped by: service control policies" in lines
    assert f"  {ACCOUNT}: nothing attached here allows it" in lines
    assert "  own (own policy)" in lines
    assert "    Allow All: applies" in lines
    assert "    about other actions: Other" in lines
    assert "Permissions boundary: none here" in lines
    assert "Resource control policies: AWS applies none to this service" in lines
    assert [each["layer"] for each in written] == [
        "vpce",
        "rcp",
        "scp",
        "resource",
        "identity",
        "boundary",
        "session",
    ]
    identity = next(each for each in written if each["layer"] == "identity")
    assert [each["words"] for each in identity["policies"][0]["statements"]] == [
        "Allow All: applies",
        "about other actions",
    ]


@pytest.mark.parametrize(
    ("statement", "context", "said"),
    [
        (FULL | {"Resource": "arn:aws:bedrock:*:*:guardrail/x"}, {}, "because it names other resources"),
        (
            when(StringEquals={"aws:SourceVpce": "vpce-1"}),
            {},
            "because it asks that aws:SourceVpce is vpce-1, and the request has no aws:SourceVpce",
        ),
        (
            when(StringEquals={"aws:SourceVpce": "vpce-1"}),
            {"aws:SourceVpce": "vpce-2"},
            "because it asks that aws:SourceVpce is vpce-1, and aws:SourceVpce is vpce-2",
        ),
        (
            when(StringNotEquals={"aws:SourceVpce": "vpce-1"}),
            {"aws:SourceVpce": "vpce-1"},
            "because it asks that aws:SourceVpce is not vpce-1, and aws:SourceVpce is vpce-1",
        ),
        (FULL | {"Sid": "No", "Effect": "Deny"}, {}, "    Deny No: applies"),
    ],
)
def test_each_statement_says_why_it_does_or_does_not_apply(
    statement: dict[str, Any], context: dict[str, object], said: str
) -> None:
    lines, _ = told(context, identity=(policy("own", statement),))
    assert said in "\n".join(lines)


def test_what_hangs_on_an_unknown_key_is_said_with_the_condition() -> None:
    asked = when(StringEquals={"aws:SourceVpce": "vpce-1"})
    lines, written = told({}, ("aws:SourceVpce",), identity=(policy("own", asked),))
    assert lines[0] == "Allowed if aws:SourceVpce is vpce-1"
    assert "Identity policies: depends on the circumstances" in lines
    assert "    Allow When: applies if aws:SourceVpce is vpce-1" in lines
    identity = next(each for each in written if each["layer"] == "identity")
    assert identity["policies"][0]["statements"][0]["applies"] == "if"


def test_a_statement_names_the_caller_or_others() -> None:
    mine = FULL | {"Sid": "Mine", "Principal": {"AWS": ROLE}}
    theirs = FULL | {"Sid": "Theirs", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}}
    lines, _ = told({}, resource=policy("resource", mine, theirs))
    assert "    Allow Mine: applies, naming the caller's role" in lines
    assert "    Allow Theirs: does not apply, because it names other principals" in lines


def test_a_resource_control_policy_denies_or_does_not() -> None:
    known = Context.of({})
    request = Request(
        caller=caller_of(ROLE, known),
        action="s3:GetObject",
        resource="arn:aws:s3:::b/o",
        resource_account=ACCOUNT,
        context=known,
    )
    other = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}
    levels = (Level("r-1", (policy("perimeter", other),)), Level(ACCOUNT, ()))
    found = trace(
        request, Policies(identity=(policy("own", FULL),), rcps=levels), [Attached("own policy", "")]
    )
    lines = list(trace_in_words(found))
    assert "Resource control policies: does not deny" in lines
    assert f"  {ACCOUNT}: nothing attached here denies it" in lines


def test_a_condition_of_which_less_is_known_is_said_as_far_as_it_is() -> None:
    (statement,) = policy("own", when(StringEquals={"aws:SourceVpce": "vpce-1"})).statements
    bare = StatementTrace(name="own#When", allows=True, truth=False, missed=Missed.CONDITION)
    asking = replace(bare, entry=statement.conditions[0], found=UNKNOWN)
    layer = LayerTrace(
        layer=Layer.IDENTITY,
        said=None,
        absence=None,
        policies=(PolicyTrace(name="own", where="", statements=(bare, asking)),),
    )
    (said,) = trace_as_json(Trace(Decision(result=Result.IMPLICITLY_DENIED, truth=False), (layer,)))
    policies: Any = said["policies"]
    assert [each["words"] for each in policies[0]["statements"]] == [
        "Allow When: does not apply, because its condition does not hold",
        "Allow When: does not apply, because it asks that aws:SourceVpce is vpce-1",
    ]
