"""Rules that are commonly got wrong, each beside its opposite, apart from the documented cases."""

from typing import Any

import pytest

from console.policy.case import decide_case

MODEL = "arn:aws:bedrock:eu-west-2::foundation-model/m"
ACCOUNT = "111111111111"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Dev"


def policy(*statements: dict[str, Any], version: str = "2012-10-17", name: str = "p") -> dict[str, Any]:
    return {"name": name, "policy": {"Version": version, "Statement": list(statements)}}


def allow(action: str = "*", resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def ask(
    principal: str | None = ROLE,
    action: str = "bedrock:InvokeModel",
    resource: str = MODEL,
    context: dict[str, Any] | None = None,
    owner: str = ACCOUNT,
    **layers: Any,
) -> str:
    case = {
        "id": "x",
        "request": {
            "principal": principal,
            "action": action,
            "resource": resource,
            "resource_account": owner,
            "context": context or {},
        },
        "principal": {
            key: layers[key] for key in ("identity", "boundary", "session", "scps") if key in layers
        },
        "resource": {key: layers[key] for key in ("policy", "rcps") if key in layers},
        "vpce": layers.get("vpce", []),
    }
    return str(decide_case(case)["result"])


def when(operator: str, value: Any, context: dict[str, Any], key: str = "aws:CurrentTime") -> str:
    return ask(identity=[policy(allow(Condition={operator: {key: value}}))], context=context)


@pytest.mark.parametrize(
    ("operator", "wanted", "found", "result"),
    [
        ("DateEquals", "2026-11", "2026-11-01T00:00:00Z", "Allowed"),
        ("DateEquals", "2026-11-24T10:00Z", "2026-11-24T10:00:00Z", "Allowed"),
        ("DateEquals", "1790000000", "2026-09-21T14:13:20Z", "Allowed"),
        ("DateLessThan", "2026-11-24T10:00:00.5Z", "2026-11-24T10:00:00.25Z", "Allowed"),
        ("DateLessThan", "2026-11-24T00:00:00+14:00", "2026-11-23T10:00:00Z", "ImplicitlyDenied"),
        ("DateLessThan", "2026-11-24", "yesterday", "ImplicitlyDenied"),
        ("NumericLessThanEquals", "10", "9.99", "Allowed"),
        ("NumericEquals", "1e2", "100", "Allowed"),
        ("NumericEquals", "10", "1_0", "ImplicitlyDenied"),
        ("IpAddress", "0.0.0.0/0", "203.0.113.7", "Allowed"),
        ("IpAddress", "0.0.0.0/0", "2001:db8::1", "ImplicitlyDenied"),
        ("NotIpAddress", "0.0.0.0/0", "2001:db8::1", "Allowed"),
        ("IpAddress", "2001:DB8:0::/32", "2001:db8::1", "Allowed"),
        ("IpAddress", "::/0", "203.0.113.7", "ImplicitlyDenied"),
        ("StringEquals", "${*}", "*", "Allowed"),
        ("StringEquals", "${?}", "a", "ImplicitlyDenied"),
        ("StringLike", "a${*}b", "axb", "ImplicitlyDenied"),
        ("StringNotEquals", "${aws:username}", "x", "Allowed"),
        ("ArnLike", "arn:aws:iam::*:role/a*", "arn:aws:iam::1:role/ab:c", "Allowed"),
        ("ArnLike", "arn:aws:*", "arn:aws:iam::1:role/ab", "ImplicitlyDenied"),
        ("ForAllValues:StringLike", "x*", [], "Allowed"),
        ("ForAnyValue:StringLike", "x*", [], "ImplicitlyDenied"),
        ("ForAllValues:StringEquals", "x", "", "Allowed"),
        ("Null", "true", [], "Allowed"),
        ("StringEqualsIfExists", "x", [], "Allowed"),
        ("StringNotEqualsIgnoreCase", "X", "x", "ImplicitlyDenied"),
        ("BinaryEquals", "QUFB", "QUFB", "Allowed"),
    ],
)
def test_conditions(operator: str, wanted: str, found: Any, result: str) -> None:
    assert when(operator, wanted, {"aws:CurrentTime": found}) == result


def test_a_variable_is_text_before_its_version() -> None:
    statement = allow(Condition={"StringEquals": {"aws:username": "${aws:username}"}})
    context = {"aws:username": "ann"}
    assert ask(identity=[policy(statement)], context=context) == "Allowed"
    assert ask(identity=[policy(statement, version="2008-10-17")], context=context) == "ImplicitlyDenied"


def test_a_session_is_named_by_its_role_with_or_without_its_path() -> None:
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/Batch/x"
    with_path = f"arn:aws:iam::{ACCOUNT}:role/svc/Batch"
    own = {"Version": "2012-10-17", "Statement": [{**allow(), "Principal": {"AWS": with_path}}]}
    told = {"aws:PrincipalArn": with_path}
    assert ask(session, context=told, policy=own) == "Allowed"
    assert ask(session, policy=own) == "Allowed"
    assert ask(
        session, context={"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/other/Batch"}, policy=own
    ) == ("ImplicitlyDenied")


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_an_account_is_named_in_every_partition(partition: str) -> None:
    role = f"arn:{partition}:iam::{ACCOUNT}:role/Dev"
    named = {"AWS": f"arn:{partition}:iam::{ACCOUNT}:root"}
    own = {"Version": "2012-10-17", "Statement": [{**allow(), "Effect": "Deny", "Principal": named}]}
    assert ask(role, identity=[policy(allow())], policy=own) == "ExplicitlyDenied"


def test_a_gateway_endpoint_takes_an_account_for_its_root_user() -> None:
    endpoint = [policy({**allow(), "Principal": {"AWS": ACCOUNT}}, name="vpce-1")]
    asked = {"action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "identity": [policy(allow())]}
    assert ask(**asked, vpce=endpoint) == "ImplicitlyDenied"
    assert ask(**asked, vpce=[{**endpoint[0], "type": "Interface"}]) == "Allowed"
    assert ask(f"arn:aws:iam::{ACCOUNT}:root", "s3:GetObject", "arn:aws:s3:::b/x", vpce=endpoint) == "Allowed"
    open_ = [policy({**allow(), "Principal": "*"}, name="vpce-1")]
    assert ask(**asked, vpce=open_) == "Allowed"


def test_resource_control_policies_act_on_some_services_and_never_on_bedrock() -> None:
    deny = {**allow(), "Effect": "Deny", "Principal": "*"}
    rcps = [{"id": "r-1", "policies": [policy(deny, name="rcp")]}]
    everything = {"identity": [policy(allow())], "rcps": rcps}
    assert ask(**everything) == "Allowed"
    for action, resource in (
        ("s3:GetObject", "arn:aws:s3:::b/x"),
        ("sqs:SendMessage", f"arn:aws:sqs:eu-west-2:{ACCOUNT}:q"),
        ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:eu-west-2:{ACCOUNT}:secret:s"),
    ):
        assert ask(action=action, resource=resource, **everything) == "ExplicitlyDenied", action
    assert ask(action="ec2:RunInstances", resource="*", **everything) == "Allowed"


def test_several_session_policies_act_together_and_never_alone() -> None:
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/Dev/x"
    passed = [policy(allow("s3:*"), name="one"), policy(allow("bedrock:*"), name="two")]
    assert ask(session, identity=[policy(allow())], session=passed) == "Allowed"
    assert ask(session, identity=[policy(allow("s3:*"))], session=passed) == "ImplicitlyDenied"


def test_naming_an_account_excuses_none_of_its_principals_from_a_denial() -> None:
    def refused(*names: str) -> dict[str, Any]:
        statement = {**allow(), "Effect": "Deny", "NotPrincipal": {"AWS": list(names)}}
        return {"Version": "2012-10-17", "Statement": [statement]}

    root = f"arn:aws:iam::{ACCOUNT}:root"
    user = f"arn:aws:iam::{ACCOUNT}:user/ann"
    held = {"identity": [policy(allow())]}
    assert ask(user, policy=refused(root), **held) == "ExplicitlyDenied"
    assert ask(user, policy=refused(root, user), **held) == "Allowed"
    assert ask(user, policy=refused(root, user), boundary=policy(allow()), **held) == "ExplicitlyDenied"
    assert ask(root, policy=refused(root)) == "Allowed"


@pytest.mark.parametrize(
    "action", ["bedrock:PutModelInvocationLoggingConfiguration", "bedrock:CallWithBearerToken"]
)
def test_an_action_without_resource_types_is_covered_by_a_star_alone(action: str) -> None:
    narrow = allow(resource=f"arn:aws:bedrock:*:{ACCOUNT}:*")
    assert ask(action=action, resource="*", identity=[policy(narrow)]) == "ImplicitlyDenied"
    assert ask(action=action, resource="*", identity=[policy(allow())]) == "Allowed"
    refused = {**narrow, "Effect": "Deny"}
    assert ask(action=action, resource="*", identity=[policy(allow(), refused)]) == "Allowed"


def test_an_identity_provider_is_let_in_by_a_trust_policy_that_names_it() -> None:
    provider = f"arn:aws:iam::{ACCOUNT}:saml-provider/x"
    statement = {"Effect": "Allow", "Action": "sts:AssumeRoleWithSAML", "Principal": {"Federated": provider}}
    own = {"Version": "2012-10-17", "Statement": [statement]}
    assert ask(provider, "sts:AssumeRoleWithSAML", ROLE, policy=own) == "Allowed"
    assert ask(f"{provider}2", "sts:AssumeRoleWithSAML", ROLE, policy=own) == "ImplicitlyDenied"


def test_a_user_whose_name_looks_like_a_service_linked_role_is_bound() -> None:
    user = f"arn:aws:iam::{ACCOUNT}:user/x:role/aws-service-role/y"
    scps = [{"id": "r-1", "policies": []}]
    assert ask(user, identity=[policy(allow())], scps=scps) == "ImplicitlyDenied"
