import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import DeclarationError
from console.collect.base import Collector, Reach
from console.services.permissions import (
    BadGrantError,
    Grant,
    as_json,
    grant_of,
    policies,
    size_of,
)
from console.services.rollout import MOST_TEMPLATE_BYTES, as_cloudformation, as_terraform

NAMES = st.from_regex(r"[a-z]{2,16}:(Get|List)[A-Za-z]{3,40}", fullmatch=True)
MANY = [f"service{number}:ListVeryLongNamesOfThingsNumber{number}" for number in range(600)]


def collector(actions: list[str], reach: Reach = Reach.REGION) -> Collector:
    return Collector(
        kind="x.y",
        title="X",
        service="x",
        reach=reach,
        actions=tuple(actions),
        key="Id",
        fetch=lambda _: iter(()),
    )


@given(st.lists(NAMES, unique=True, min_size=1, max_size=400))
def test_every_action_is_in_one_policy_and_no_policy_is_too_large(actions: list[str]) -> None:
    made = policies(actions, {"Sid": "First", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "x"})
    assert [action for each in made for action in each["Statement"][-1]["Action"]] == actions
    assert [each["Statement"][0]["Sid"] for each in made] == ["First"] + ["Read"] * (len(made) - 1)
    assert all(size_of(each) <= 6_144 for each in made)
    assert len(made) == 1 or all(size_of(each) > 6_144 - 100 for each in made[:-1])


def test_more_than_a_role_can_hold_is_a_broken_build() -> None:
    with pytest.raises(DeclarationError, match="a role holds 10"):
        policies([f"service:List{number:0100d}" for number in range(700)])


def test_without_actions_only_the_other_statements_are_left() -> None:
    assert policies([], {"Sid": "A"}) == ({"Version": "2012-10-17", "Statement": [{"Sid": "A"}]},)


def test_a_template_that_grows_is_written_without_white_space() -> None:
    grant = grant_of([collector(MANY)])
    written = as_cloudformation(grant)
    assert len(grant.reader) > 3
    assert all(size_of(each) <= 6_144 for each in (*grant.reader, *grant.officer))
    assert len(written) > MOST_TEMPLATE_BYTES
    assert written.count("\n") == 1
    assert as_cloudformation(grant_of([collector(MANY[:5])])).count("\n") > 50


def test_the_officer_reads_the_organisation_and_the_reader_does_not() -> None:
    grant = grant_of([collector(["o:ListRoots"], Reach.ORGANISATION), collector(["a:GetB"], Reach.ACCOUNT)])
    said = json.loads(as_json(grant))
    assert "o:ListRoots" in json.dumps(said["officer"])
    assert "o:ListRoots" not in json.dumps(said["reader"])
    assert said["reader"]["trust"] is None


def test_another_partition_is_that_of_whoever_is_trusted() -> None:
    grant = grant_of([], trusted="arn:aws-us-gov:iam::111122223333:role/path/Officer")
    assert grant.officer[0]["Statement"][0]["Resource"] == "arn:aws-us-gov:iam::*:role/BedrockConsoleReader"


def test_what_terraform_would_put_in_stays_as_it_is() -> None:
    written = as_terraform(Grant(reader=policies(["a:GetB"]), officer=(), external_id="dept:7"))
    assert "dept:7" in written


@pytest.mark.parametrize(
    "trusted",
    [
        "*",
        "1111",
        "arn:aws:sts::111122223333:assumed-role/Officer/me",
        "arn:aws:iam::111122223333:group/all",
        "arn:aws:iam::111122223333:role/*",
        "${x}",
    ],
)
def test_whom_no_role_can_trust_is_refused_with_a_remedy(trusted: str) -> None:
    with pytest.raises(BadGrantError) as refused:
        grant_of([], trusted=trusted)
    assert "arn:aws:iam::ACCOUNT:role/NAME" in refused.value.remedy


@pytest.mark.parametrize(
    "changed", [{"role": "a b"}, {"role": ""}, {"external_id": "x"}, {"external_id": "${x}"}]
)
def test_names_that_aws_does_not_take_are_refused(changed: dict[str, str]) -> None:
    with pytest.raises(BadGrantError):
        grant_of([], **changed)
