"""A model's call, authorisation by authorisation."""

from typing import Any

import pytest

from console.policy.bedrock import (
    BEARER,
    Circumstances,
    Profile,
    authorised_as,
    calls_through,
    calls_to,
    is_profile,
    region_of,
)
from console.policy.catalogue import (
    GLOBAL_KEYS,
    Sort,
    action,
    actions_of,
    fits_resource,
    is_single,
    key_of,
    rcp_services,
)
from console.policy.exposure import capabilities, exposures
from console.policy.organisation import PROFILES, Organisation
from console.policy.powers import powers
from console.policy.question import Question
from console.policy.request import Result
from console.policy.residency import Passage, ceiling, crossings
from console.views.exposure import counts, exposure_as_json, route_in_words
from console.views.residency import crossing_as_json, crossings_in_words, stop_in_words, verdict

A = "111111111111"
EU = f"arn:aws:bedrock:eu-west-2:{A}:inference-profile/eu.m"
GLOBAL = f"arn:aws:bedrock:eu-west-2:{A}:inference-profile/global.m"
HOME = f"arn:aws:bedrock:eu-west-2:{A}:application-inference-profile/home"
MODELS = {
    EU: ["arn:aws:bedrock:eu-central-1::foundation-model/m", "arn:aws:bedrock:eu-west-2::foundation-model/m"],
    GLOBAL: ["arn:aws:bedrock:::foundation-model/m"],
    HOME: ["arn:aws:bedrock:eu-west-2::foundation-model/m"],
}
GUARDRAIL = f"arn:aws:bedrock:eu-west-2:{A}:guardrail/g:1"
ALLOW: dict[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
LOCK: dict[str, Any] = {
    "Sid": "Lock",
    "Effect": "Deny",
    "Action": "bedrock:*",
    "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-2"}},
}
BUT_ROOTS: dict[str, Any] = {
    **LOCK,
    "Condition": {**LOCK["Condition"], "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Breaker"}},
}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def organisation(
    roles: dict[str, dict[str, Any]], *scps: dict[str, Any], read: bool = True, management: str = ""
) -> Organisation:
    policies = {
        f"p-{n}": {"type": "scp", "document": document(each)} for n, each in enumerate((ALLOW, *scps))
    }
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": A}}
    held = {
        f"arn:aws:iam::{A}:role/{name}": {
            "managed": [],
            "inline": {"own": document(statement)},
            "boundary": None,
            "tags": {},
            "trust": document(trust),
        }
        for name, statement in roles.items()
    }
    account = {"managed_policies": {}, "groups": {}, "users": {}, "roles": held, "resources": {}}
    return Organisation(
        {
            "format": "iam-org-snapshot/1",
            "organisation": {
                "id": "o-1",
                "management_account": management,
                "policies": policies,
                "ous": {"r-1": {"parent": None, "scps": list(policies), "rcps": None}},
                "accounts": {A: {"ou": "r-1", "scps": ["p-0"], "rcps": None}},
            },
            "accounts": {A: account} if read else {},
            PROFILES: {A: MODELS},
        }
    )


def crossing(asked: Organisation, profile: str, how: Circumstances | None = None) -> Any:
    found = asked.profile(profile)
    assert found is not None
    (said,) = crossings(asked, A, [found], ("eu-west-2",), how or Circumstances())
    return said


def test_a_profile_needs_itself_in_its_region_and_each_model_in_its_own() -> None:
    how = Circumstances(action="bedrock:ConverseStream", guardrail=GUARDRAIL, bearer_token="SHORT_TERM")
    legs = calls_through(Profile(arn=EU, models=tuple(MODELS[EU])), how)
    assert [(each.action.partition(":")[2], each.resource, each.region) for each in legs] == [
        ("InvokeModelWithResponseStream", EU, "eu-west-2"),
        ("InvokeModelWithResponseStream", MODELS[EU][0], "eu-central-1"),
        ("InvokeModelWithResponseStream", MODELS[EU][1], "eu-west-2"),
        ("ApplyGuardrail", GUARDRAIL.removesuffix(":1"), "eu-west-2"),
        ("CallWithBearerToken", "*", "eu-west-2"),
    ]
    assert legs[1].context.look_up("bedrock:InferenceProfileArn").texts == (EU,)
    assert legs[0].context.look_up("bedrock:GuardrailIdentifier").texts == (GUARDRAIL,)
    assert legs[4].context.look_up("bedrock:BearerTokenType").texts == ("SHORT_TERM",)
    assert [each.region for each in calls_to(MODELS[GLOBAL][0], Circumstances())] == ["unspecified"]


def test_calls_without_an_action_of_their_own() -> None:
    assert authorised_as("Bedrock:converse") == "bedrock:InvokeModel"
    assert region_of(MODELS[EU][0]) == "eu-central-1"
    assert is_profile(EU)
    assert is_profile(HOME)
    assert not is_profile(MODELS[EU][0])
    assert not is_profile("any")


def test_a_region_lock_breaks_a_profile_that_routes_elsewhere() -> None:
    asked = organisation({"Dev": ALLOW}, LOCK)
    for profile, passage in ((EU, Passage.STOPPED), (GLOBAL, Passage.STOPPED), (HOME, Passage.OPEN)):
        said = crossing(asked, profile)
        assert said.passage is passage, profile
    stopped = crossing(asked, GLOBAL)
    assert stopped.outside == ("unspecified",)
    assert [(each.statement, each.level) for each in stopped.stops] == [("p-1#Lock", "r-1")]
    assert stop_in_words(stopped.stops[0]) == "stopped by p-1#Lock at r-1"
    assert verdict(stopped) == "cannot leave"
    assert verdict(crossing(asked, HOME)) == "stays in approved Regions"


def test_whom_a_lock_leaves_out_can_still_leave() -> None:
    said = crossing(organisation({"Dev": ALLOW, "Breaker": ALLOW}, BUT_ROOTS), EU)
    assert said.passage is Passage.OPEN
    assert [each.principal.rpartition("/")[2] for each in said.answers] == ["Breaker"]
    lines = list(crossings_in_words([said]))
    assert lines[0] == "can leave to eu-central-1: eu.m in eu-west-2"
    assert lines[1] == f"  by arn:aws:iam::{A}:role/Breaker"
    assert "stops it if aws:PrincipalArn is not like arn:aws:iam::*:role/Breaker" in lines[2]
    assert crossing_as_json(said)["legs"][1]["principals"] == 1


def test_the_profile_alone_or_the_models_alone_are_not_enough() -> None:
    invoke = {"Effect": "Allow", "Action": "bedrock:InvokeModel"}
    only_profile = {**invoke, "Resource": "arn:aws:bedrock:*:*:inference-profile/*"}
    only_models = {**invoke, "Resource": "arn:aws:bedrock:*::foundation-model/*"}
    said = crossing(organisation({"P": only_profile, "M": only_models}), EU)
    assert said.passage is Passage.STOPPED
    assert "nobody can make the whole call" in "\n".join(crossings_in_words([said]))
    both = {**invoke, "Resource": [only_profile["Resource"], only_models["Resource"]]}
    assert crossing(organisation({"B": both}), EU).passage is Passage.OPEN


def test_a_key_needs_its_own_permission_and_a_guardrail_may_be_asked_for() -> None:
    invoke = {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}
    asked = organisation({"Dev": invoke})
    assert crossing(asked, HOME).passage is Passage.OPEN
    assert crossing(asked, HOME, Circumstances(bearer_token="LONG_TERM")).passage is Passage.STOPPED
    guarded = {**invoke, "Condition": {"ArnLike": {"bedrock:GuardrailIdentifier": f"{GUARDRAIL[:-2]}*"}}}
    apply = {"Effect": "Allow", "Action": ["bedrock:ApplyGuardrail", "bedrock:InvokeModel"], "Resource": "*"}
    assert crossing(organisation({"Dev": guarded}), HOME).passage is Passage.STOPPED
    assert crossing(organisation({"Dev": guarded}), HOME, Circumstances(guardrail=GUARDRAIL)).passage is (
        Passage.STOPPED
    )
    both = {**apply, "Condition": {}}
    assert (
        crossing(organisation({"Dev": both}), HOME, Circumstances(guardrail=GUARDRAIL)).passage
        is Passage.OPEN
    )


def test_an_account_that_was_not_read_is_not_known_unless_everybody_is_stopped() -> None:
    profile = Profile(arn=EU, models=tuple(MODELS[EU]))
    assert ceiling(organisation({}, LOCK, read=False), A, profile, Circumstances())[0] is Passage.STOPPED
    assert ceiling(organisation({}, read=False), A, profile, Circumstances())[0] is Passage.NOT_KNOWN
    assert (
        ceiling(organisation({}, BUT_ROOTS, read=False), A, profile, Circumstances())[0] is Passage.NOT_KNOWN
    )
    managed = organisation({}, LOCK, read=False, management=A)
    assert ceiling(managed, A, profile, Circumstances())[0] is Passage.NOT_KNOWN


def test_a_bad_policy_makes_a_crossing_not_known_unless_it_is_stopped_for_everybody() -> None:
    bad = {**ALLOW, "Condition": {"StringIs": {"a": "b"}}}
    said = crossing(organisation({"Dev": bad}), EU)
    assert said.passage is Passage.NOT_KNOWN
    assert "StringIs" in "\n".join(crossings_in_words([said]))
    assert crossing(organisation({"Dev": bad}, LOCK), EU).passage is Passage.STOPPED


def test_each_capability_is_held_by_who_can_and_by_who_can_become_them() -> None:
    assume = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
    asked = organisation({"Admin": ALLOW, "Clerk": assume, "Nobody": {**ALLOW, "Action": "ec2:RunInstances"}})
    for exposure in exposures(asked, capabilities(("eu-west-2", "us-east-1"))):
        assert [each.principal.rpartition("/")[2] for each in exposure.holders] == ["Admin"], (
            exposure.capability.id
        )
        assert {each.result for each in exposure.holders} == {Result.ALLOWED}
        assert counts(exposure) == {A: (1, 0, 1)}
        (route,) = exposure.routes
        assert route_in_words(route) == f"arn:aws:iam::{A}:role/Clerk -> arn:aws:iam::{A}:role/Admin"
        assert exposure_as_json(exposure)["accounts"][0]["through_roles"][0]["start"] == route.start


def test_capabilities_abroad_need_a_region_abroad() -> None:
    asked = organisation({"Admin": ALLOW}, LOCK)
    held = {each.capability.id for each in exposures(asked, capabilities()) if each.holders}
    assert "invoke-home" in held
    assert not held & {"invoke-abroad", "invoke-across", "invoke-global"}
    narrow = {
        **ALLOW,
        "Action": "bedrock:InvokeModel",
        "Resource": "arn:aws:bedrock:eu-west-2::foundation-model/*",
    }
    home = {
        each.capability.id
        for each in exposures(organisation({"Dev": narrow}), capabilities())
        if each.holders
    }
    assert home == {"invoke-home"}


@pytest.mark.parametrize("capability", capabilities(), ids=lambda each: each.id)
def test_every_action_of_a_capability_is_one_that_aws_has(capability: Any) -> None:
    for call in capability.calls:
        for question in call:
            published = action(question.action)
            assert published is not None, question.action
            assert published.name == question.action
            assert (question.resource == "*") is (not published.resource_types)


def test_what_a_principal_can_do_is_each_action_that_is_allowed() -> None:
    reads = {"Effect": "Allow", "Action": ["bedrock:Get*", BEARER], "Resource": "*"}
    asked = organisation({"Reader": reads})
    held = {
        each.action.name
        for each in powers(
            asked, f"arn:aws:iam::{A}:role/Reader", ["bedrock"], Question(action="x", resource="y").context
        )
    }
    expected = {each for each in actions_of("bedrock") if each.startswith("bedrock:Get")} | {BEARER}
    assert held == expected


def test_what_aws_publishes_is_read_whatever_the_case() -> None:
    assert "bedrock" not in rcp_services()
    assert {"s3", "sts", "kms"} <= rcp_services()
    assert action("BEDROCK:APPLYGUARDRAIL").resource_types[0] == "guardrail"
    assert action("bedrock:Converse") is None
    assert action("nothing:AtAll") is None
    assert actions_of("nothing") == ()
    assert fits_resource("nothing:AtAll", "x")
    assert fits_resource(BEARER, "*")
    assert not fits_resource(BEARER, EU)
    assert is_single("AWS:PrincipalTag/Any")
    assert not is_single("aws:TagKeys")
    assert not is_single("nobody:Knows")
    assert key_of("bedrock:GuardrailIdentifier").sort is Sort.ARN
    assert key_of("aws:RequestTag/x").sort is Sort.TEXT
    assert key_of("iam:ResourceTag/team") is not None
    assert GLOBAL_KEYS["aws:sourceip"].sort is Sort.ADDRESS
