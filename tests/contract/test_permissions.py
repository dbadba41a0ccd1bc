"""Every generated role holds all that the collectors declare, and nothing that writes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from console.collect.base import NAMED_PERMISSIONS, Reach
from console.collect.invocation_logs import ACTIONS as LOG_ACTIONS
from console.services.permissions import Grant, as_json, grant_of
from console.services.refresh import discover_collectors
from console.services.rollout import as_cloudformation, as_terraform, member_template

COLLECTORS = discover_collectors()
READS = re.compile(r"^[a-z0-9-]+:(Get|List|Describe|BatchGet|Lookup)[A-Za-z0-9]+$")
EVERYWHERE = {
    action for each in COLLECTORS if each.reach is not Reach.ORGANISATION for action in each.actions
} | set(LOG_ACTIONS)
ALL = {action for each in COLLECTORS for action in each.actions} | set(LOG_ACTIONS)
GRANTS = {
    "nobody yet": grant_of(COLLECTORS),
    "an account": grant_of(COLLECTORS, trusted="111122223333", external_id="dept:7"),
    "a role": grant_of(COLLECTORS, trusted="arn:aws:iam::111122223333:role/Officer", role="OurReader"),
}
every_grant = pytest.mark.parametrize("grant", GRANTS.values(), ids=GRANTS)
WRITERS = {
    "json": as_json,
    "cloudformation": as_cloudformation,
    "member": member_template,
    "terraform": as_terraform,
}


def documents(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every policy document in a value, also where one is written as text."""
    if isinstance(value, str) and value.startswith("{"):
        yield from documents(json.loads(value))
    elif isinstance(value, dict) and "Statement" in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from documents(each)


def statements(value: Any) -> Iterator[dict[str, Any]]:
    for document in documents(value):
        yield from document["Statement"]


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def allowed(value: Any) -> set[str]:
    """Return what the policies of a value allow; trust policies are not among them."""
    return {each for one in statements(value) if "Principal" not in one for each in listed(one["Action"])}


DIGESTS = "arn:aws:s3:::*/AWSLogs/*/CloudTrail-Digest/*"


@every_grant
@pytest.mark.parametrize("name", WRITERS)
def test_it_holds_every_action_and_none_that_writes(name: str, grant: Grant) -> None:
    written = json.loads(WRITERS[name](grant))
    found = allowed(written)
    assert found - {"sts:AssumeRole"} == (EVERYWHERE if name == "member" else ALL)
    others = {each for each in found if not READS.match(each)} - NAMED_PERMISSIONS.keys()
    assert others == (set() if name == "member" else {"sts:AssumeRole"})
    objects = [one["Resource"] for one in statements(written) if "s3:GetObject" in listed(one["Action"])]
    assert objects
    assert set(objects) == {"arn:aws:s3:::*/AWSLogs/*/BedrockModelInvocationLogs/*", DIGESTS}
    for one in statements(written):
        assert one["Effect"] == "Allow"
        if "sts:AssumeRole" in listed(one["Action"]) and "Principal" not in one:
            assert one["Resource"] == f"arn:aws:iam::*:role/{grant.role}"


@pytest.mark.parametrize("name", WRITERS)
def test_without_logs_nobody_may_read_one(name: str) -> None:
    written = json.loads(WRITERS[name](grant_of(COLLECTORS, logs=False)))
    assert allowed(written).isdisjoint(set(LOG_ACTIONS) - {"s3:ListBucket", "s3:GetObject"})
    objects = [one["Resource"] for one in statements(written) if "s3:GetObject" in listed(one["Action"])]
    assert set(objects) == {DIGESTS}


@every_grant
def test_iams_limits_are_kept(grant: Grant) -> None:
    for policies in (grant.reader, grant.officer):
        assert len(policies) <= 10
        for policy in policies:
            assert len(re.sub(r"\s", "", json.dumps(policy))) <= 6_144


@every_grant
@pytest.mark.parametrize("name", WRITERS)
def test_the_role_trusts_one_principal_and_asks_for_the_external_id(name: str, grant: Grant) -> None:
    trusts = [one for one in statements(json.loads(WRITERS[name](grant))) if "Principal" in one]
    if name == "json" and not grant.trusted:
        assert trusts == []
        return
    assert trusts
    for one in trusts:
        assert one["Action"] == "sts:AssumeRole"
        assert "*" not in json.dumps(one)
        wanted = {"StringEquals": {"sts:ExternalId": grant.external_id}} if grant.external_id else None
        assert one.get("Condition") == wanted
        if grant.trusted:
            assert grant.trusted in one["Principal"]["AWS"]


@every_grant
def test_the_stack_reaches_its_own_account_and_the_stack_set_all_others(grant: Grant) -> None:
    template = json.loads(as_cloudformation(grant))
    resources = template["Resources"]
    carried = json.loads(resources["Rollout"]["Properties"]["TemplateBody"])
    own = {name: each for name, each in resources.items() if name in carried["Resources"]}
    assert own == carried["Resources"]
    assert own["Reader"]["Properties"]["RoleName"] == grant.role
    rollout = resources["Rollout"]["Properties"]
    assert rollout["PermissionModel"] == "SERVICE_MANAGED"
    assert rollout["AutoDeployment"]["Enabled"] is True
    handed_on = {each["ParameterKey"] for each in rollout["Parameters"]}
    assert handed_on == carried["Parameters"].keys()
    assert "management account" in template["Description"]


def referred(value: Any) -> set[str]:
    if isinstance(value, dict) and value.keys() == {"Ref"}:
        return {value["Ref"]}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(referred(each) for each in inner))


@every_grant
@pytest.mark.parametrize("write", [as_cloudformation, member_template])
def test_a_template_refers_only_to_what_it_has(write: Any, grant: Grant) -> None:
    template = json.loads(write(grant))
    there = {*template["Resources"], *template.get("Parameters", {}), "AWS::Region"}
    assert referred(template) <= there


@every_grant
def test_terraform_finds_nothing_to_put_in_but_what_is_meant(grant: Grant) -> None:
    written = as_terraform(grant)
    resources = json.loads(written)["resource"]
    names = set(re.findall(r"(?<!\$)\$\{([a-z_.0-9]+)", written))
    for name in names - {"each.value", "toset"}:
        sort, _, rest = name.partition(".")
        there = json.loads(written)["variable"] if sort == "var" else resources.get(sort, {})
        assert rest.partition(".")[0] in there or name == "toset", name
    attached = resources["aws_iam_role_policy_attachment"]
    assert len(attached) == len(grant.reader)
