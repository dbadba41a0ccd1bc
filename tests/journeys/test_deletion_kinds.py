"""Every kind of thing whose deletion can be asked for: found, deleted and verified over real HTTP."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from time import sleep
from typing import Any

import pytest

from console.actuate.execute import Execution
from console.actuate.hands import ErasingSessions, Hands
from console.actuate.operations import CHANGES
from console.base.clock import system_clock
from console.collect.checking import verify
from console.collect.discovery.beside_objects import say_archived
from console.collect.discovery.finding import FINDERS, Ground, find_plan
from console.collect.discovery.inquiry import Inquiry
from console.collect.discovery.objects import state_of
from console.collect.looking import READS, Looker
from console.collect.sessions import Sessions
from console.deletion.case import Case, What, case_of
from console.deletion.errors import OutdatedRoleError, StoppedExecutionError
from console.deletion.plan import Plan, Step, plan_of
from console.deletion.sketch import Sketch
from console.deletion.target import Target, TargetKind
from console.domain.evidence import GapReason, Snapshot
from console.domain.scope import Scope
from console.services.deletion.roles import erasing, looking
from fakes import FakeSnapshot, fact, gap
from journeys import deletable
from journeys.estates import FEW, SETTINGS, Desk, an_estate, new_desk
from unit.deletion.made import entry, requested

LONDON = "eu-west-2"
BASE, SOURCE, AGENT, ALIAS = "KBKINDS001", "DSKINDS001", "AGENTKIND1", "ALIASKIND1"
GROUP, STREAM = "/public-works/bedrock/invocations", "aws/bedrock/modelinvocations/trial"


@dataclass
class MemoryJournal:
    """Keeps what a journal is told in lists."""

    done: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    said: list[tuple[str, str]] = field(default_factory=list)
    sent: int = 0

    def begin(self, step: Step) -> None:
        self.begun |= {step.id}

    def finish(self, step: Step, request_ids: list[str], outcome: str) -> None:
        self.done |= {step.id}
        self.sent += len(request_ids)
        self.said.append((step.operation, outcome))

    def stop(self, step: Step, why: str) -> None:
        self.said.append((step.operation, why))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with (
        an_estate(FEW) as estate,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in estate.environment.items():
            patch.setenv(name, value)
        desk = new_desk(estate, tmp_path_factory.mktemp("kinds"))
        for account in {each["account"] for each in desk.control("GET", "held?held=s3.bucket")}:
            role = f"arn:aws:iam::{account}:role/BedrockConsoleEraser"
            desk.control("POST", "roles", {"arn": role, "trusted": estate.management_account})
        thing = held(desk, "s3.object")
        where = Scope(thing["account"], thing["region"])
        reader().versions(where, thing["record"]["Bucket"], "")  # objects are there before a plan is made
        yield desk


@cache
def reader() -> Looker:
    """Look as the reader role; one session for all, because making clients takes long."""
    return Looker(Sessions(SETTINGS.aws, system_clock))


def held(desk: Desk, name: str, account: str = "") -> Any:
    return next(each for each in desk.control("GET", f"held?held={name}") if account in ("", each["account"]))


def add(desk: Desk, account: str, kind: str, /, **record: object) -> None:
    body = {"account": account, "region": LONDON, "held": kind, "add": record}
    desk.control("POST", "held", body)


def asked(kind: TargetKind, account: str, name: str, **detail: str) -> Case:
    target = Target(kind=kind, account_id=account, region=LONDON, name=name, detail=detail)
    made = case_of([requested(target=target.record())], system_clock())
    assert made is not None
    return made


def found(case: Case, snapshot: Snapshot | None = None) -> Plan:
    ground = Ground(
        looker=reader(),
        snapshot=snapshot or FakeSnapshot(),
        now=datetime.now(UTC),
        plan_hours=72,
    )
    return find_plan(case, ground)


def accepting(case: Case, plan: Plan) -> Case:
    more = [
        entry(What.ACCEPTANCE, {"blocker": each.id, "reason": "It goes by itself"})
        for each in plan.blockers
        if each.acceptable
    ]
    made = case_of([*case.entries, *more], system_clock())
    assert made is not None
    return made


def carried_out(plan: Plan, journal: MemoryJournal | None = None) -> MemoryJournal:
    aws = replace(SETTINGS.aws, reader_role="BedrockConsoleEraser")
    sessions = ErasingSessions(aws, system_clock, plan)
    looker = Looker(sessions)
    kept = journal or MemoryJournal()
    hands = Hands(sessions, looker, plan.made_at)
    list(Execution(plan, hands, looker, kept, sleep, settle_seconds=20.0).run())
    return kept


def gone(plan: Plan) -> bool:
    looker = reader()
    return all(verify(looker, each).result == "absent" for each in plan.steps)


def imported(desk: Desk) -> Case:
    model = held(desk, "bedrock.imported_model")
    return asked(TargetKind.IMPORTED_MODEL, model["account"], model["record"]["modelArn"])


def evaluated(desk: Desk) -> Case:
    job = held(desk, "bedrock.evaluation_job")
    return asked(TargetKind.EVALUATION_JOB, job["account"], job["record"]["jobArn"])


def remembered(desk: Desk) -> Case:
    account = held(desk, "bedrock.custom_model")["account"]
    moment = "2026-01-05T00:00:00Z"
    add(
        desk,
        account,
        "bedrock-agent.agent",
        agentId=AGENT,
        agentName="casework",
        agentArn=f"arn:aws:bedrock:{LONDON}:{account}:agent/{AGENT}",
        agentVersion="DRAFT",
        agentStatus="PREPARED",
        idleSessionTTLInSeconds=600,
        agentResourceRoleArn=f"arn:aws:iam::{account}:role/agent",
        createdAt=moment,
        updatedAt=moment,
    )
    for number in range(3):
        summary = {"memoryId": "person-7", "sessionId": f"session-{number}", "summaryText": "invented"}
        add(
            desk,
            account,
            "bedrock-agent-runtime.memory",
            agentId=AGENT,
            agentAliasId=ALIAS,
            memoryId="person-7",
            sessionSummary=summary,
        )
    return asked(TargetKind.AGENT_MEMORY, account, AGENT, alias=ALIAS, memory="person-7")


def documented(desk: Desk) -> Case:
    account = held(desk, "bedrock.custom_model")["account"]
    return a_document(desk, account, f"public-works-{account}-training-{LONDON}", "casework-tone/train.jsonl")


def a_document(desk: Desk, account: str, bucket: str, key: str) -> Case:
    """Let a knowledge base have read an object."""
    moment, document = "2026-01-05T00:00:00Z", f"s3://{bucket}/{key}"
    add(
        desk,
        account,
        "bedrock-agent.data_source",
        knowledgeBaseId=BASE,
        dataSourceId=SOURCE,
        name="letters",
        status="AVAILABLE",
        dataSourceConfiguration={"type": "S3", "s3Configuration": {"bucketArn": f"arn:aws:s3:::{bucket}"}},
        createdAt=moment,
        updatedAt=moment,
    )
    add(
        desk,
        account,
        "bedrock-agent.document",
        knowledgeBaseId=BASE,
        dataSourceId=SOURCE,
        status="INDEXED",
        identifier={"dataSourceType": "S3", "s3": {"uri": document}},
    )
    return asked(TargetKind.DOCUMENT, account, BASE, source=SOURCE, document=document)


def of(make: Callable[[Desk, str], Target]) -> Callable[[Desk], Case]:
    """Let something be there in the account that has streams of logs, and be asked for."""

    def ask(desk: Desk) -> Case:
        target = make(desk, held(desk, "logs.log_stream")["account"])
        made = case_of([requested(target=target.record())], system_clock())
        assert made is not None
        return made

    return ask


def objects(desk: Desk) -> Case:
    job = held(desk, "bedrock.model_invocation_job")
    uri = job["record"]["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    return asked(TargetKind.OBJECTS, job["account"], uri)


def logged(desk: Desk) -> Case:
    stream = held(desk, "logs.log_stream")
    where = ["logGroupName", GROUP]
    body = {"account": stream["account"], "region": LONDON, "held": "logs.log_group", "where": where}
    desk.control("POST", "held", {**body, "set": {"deletionProtectionEnabled": False}})
    period = {"from": "2026-02-10", "until": "2026-02-10"}
    return asked(TargetKind.INVOCATION_LOGS, stream["account"], "", **period)


KINDS: dict[str, tuple[Callable[[Desk], Case], str]] = {
    "agent": (of(deletable.an_agent), "bedrock-agent:DeleteAgent"),
    "agent session": (of(deletable.a_session), "bedrock-agent-runtime:EndSession"),
    "flow": (of(deletable.a_flow), "bedrock-agent:DeleteFlow"),
    "prompt": (of(deletable.a_prompt), "bedrock-agent:DeletePrompt"),
    "AgentCore actor": (of(deletable.an_actor), "bedrock-agentcore:BatchDeleteMemoryRecords"),
    "AgentCore memory": (of(deletable.a_memory), "bedrock-agentcore-control:DeleteMemory"),
    "project": (of(deletable.a_project), "bedrock-data-automation:DeleteDataAutomationProject"),
    "blueprint": (of(deletable.a_blueprint), "bedrock-data-automation:DeleteBlueprint"),
    "log group": (of(deletable.a_log_group), "logs:DeleteLogStream"),
    "objects": (objects, "s3:DeleteObjects"),
    "imported model": (imported, "bedrock:DeleteImportedModel"),
    "evaluation job": (evaluated, "bedrock:BatchDeleteEvaluationJob"),
    "agent memory": (remembered, "bedrock-agent-runtime:DeleteAgentMemory"),
    "document": (documented, "bedrock-agent:DeleteKnowledgeBaseDocuments"),
    "invocation logs": (logged, "logs:DeleteLogStream"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found_deleted_and_verified_by_another_operation(desk: Desk, kind: str) -> None:
    make, operation = KINDS[kind]
    case = make(desk)
    plan = found(accepting(case, found(case)))
    assert (plan.blockers, plan.unread) == ((), ())
    assert operation in {each.operation for each in plan.steps}
    assert {each.operation for each in plan.steps}.isdisjoint({each.check.operation for each in plan.steps})
    journal = carried_out(plan)
    assert len(journal.done) == len(plan.steps)
    assert journal.sent >= len(plan.steps)
    assert gone(plan)
    again = found(accepting(case, found(case)))
    assert operation not in {each.operation for each in again.steps}


def test_logs_of_another_time_in_the_same_stream_and_a_protected_group_are_in_the_way(desk: Desk) -> None:
    stream = held(desk, "logs.log_stream")
    body = {"account": stream["account"], "region": LONDON, "held": "logs.log_group"}
    desk.control(
        "POST", "held", {**body, "where": ["logGroupName", GROUP], "set": {"deletionProtectionEnabled": True}}
    )
    period = {"from": "2026-03-01", "until": "2026-03-02"}
    plan = found(asked(TargetKind.INVOCATION_LOGS, stream["account"], "", **period))
    assert [each.code for each in plan.blockers] == ["deletion-protection", "other-period"]


def test_everything_with_a_tag_is_found_and_what_cannot_be_planned_is_said(desk: Desk) -> None:
    model = held(desk, "bedrock.custom_model")
    tags = [{"Key": "project", "Value": "trial"}]
    arns = [model["record"]["modelArn"], "arn:aws:bedrock:eu-west-2:111122223333:guardrail/abc"]
    known = [
        fact("resourcegroupstaggingapi.resource", arn, {"ResourceARN": arn, "Tags": tags}) for arn in arns
    ]
    other = {"ResourceARN": "arn:aws:x", "Tags": []}
    known.append(fact("resourcegroupstaggingapi.resource", "arn:aws:x", other))
    snapshot = FakeSnapshot(known=known, missing=[gap("resourcegroupstaggingapi.resource")])
    target = Target(kind=TargetKind.TAG, account_id="", region="", name="project", detail={"value": "trial"})
    case = case_of([requested(target=target.record())], system_clock())
    assert case is not None
    plan = found(case, snapshot)
    assert "not-planned" in {each.code for each in plan.blockers}
    assert plan.steps
    assert [each.operation for each in plan.unread] == ["the last refresh"]


COPIES, AWAY, CLOSED = "bedrock.model_copy_job", "999999999999", "888888888888"


def copied(desk: Desk, snapshot: FakeSnapshot) -> tuple[str, Plan]:
    model = held(desk, "bedrock.custom_model")
    arn = model["record"]["modelArn"]
    return arn, found(asked(TargetKind.CUSTOM_MODEL, model["account"], arn), snapshot)


def test_a_copy_where_nobody_may_look_is_in_the_way(desk: Desk) -> None:
    arn = held(desk, "bedrock.custom_model")["record"]["modelArn"]
    away = f"arn:aws:bedrock:{LONDON}:{AWAY}:custom-model/amazon.nova-lite-v1:0/abcdefghijkl"
    job = {"jobArn": "arn:job", "sourceModelArn": arn, "targetModelArn": away, "status": "Completed"}
    _, plan = copied(desk, FakeSnapshot(known=[fact(COPIES, "arn:job", job)]))
    assert away in {each.subject for each in plan.blockers if each.code == "copy-elsewhere"}


def share(desk: Desk, arn: str, account: str, principal: str) -> None:
    """Let the model's policy name nobody but one account, or nobody at all."""
    who = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "bedrock:*"}
    document = json.dumps({"Statement": [who] if principal else []})
    body = {"account": account, "region": LONDON, "held": "bedrock.resource_policy"}
    desk.control("POST", "held", {**body, "where": ["resourceArn", arn], "set": {"resourcePolicy": document}})


def test_an_account_that_was_not_read_is_named_and_blocks_only_where_the_model_is_shared_with_it(
    desk: Desk,
) -> None:
    unread = FakeSnapshot(
        known=[fact("organizations.account", CLOSED, {"Id": CLOSED})],
        missing=[
            gap(COPIES, Scope(AWAY, LONDON)),
            gap(COPIES, Scope("777777777777", LONDON), GapReason.REGION_NOT_ENABLED),
        ],
    )
    model = held(desk, "bedrock.custom_model")
    share(desk, model["record"]["modelArn"], model["account"], "")
    arn, plan = copied(desk, unread)
    assert not [each for each in plan.blockers if each.code == "copy-elsewhere"]
    assert plan.unread == ()
    named = {each.subject: each.reason for each in plan.not_looked_at}
    assert set(named) == {f"copies of {arn} in account {account}" for account in (AWAY, CLOSED)}
    assert "denied" in named[f"copies of {arn} in account {AWAY}"]
    assert "not part of the last refresh" in named[f"copies of {arn} in account {CLOSED}"]
    assert plan_of(plan.record()).not_looked_at == plan.not_looked_at

    share(desk, arn, model["account"], f"arn:aws:iam::{AWAY}:root")
    _, plan = copied(desk, unread)
    assert {each.subject for each in plan.blockers if each.code == "copy-elsewhere"} == {
        f"copies of {arn} in account {AWAY}"
    }
    assert {each.subject for each in plan.not_looked_at} == {f"copies of {arn} in account {CLOSED}"}


def test_copies_in_the_model_s_own_account_are_looked_for_afresh_and_block_where_they_are_not_seen(
    desk: Desk,
) -> None:
    own = held(desk, "bedrock.custom_model")["account"]
    _, plan = copied(desk, FakeSnapshot(missing=[gap(COPIES, Scope(own, LONDON))]))
    assert plan.unread == ()
    assert plan.not_looked_at == ()
    denied = {"service": "bedrock", "operation": "ListModelCopyJobs", "kind": "denied"}
    desk.control("POST", "faults", [denied])
    try:
        _, plan = copied(desk, FakeSnapshot())
    finally:
        desk.control("DELETE", "faults")
    assert any("copies of" in each.subject for each in plan.unread)


def test_backups_and_access_points_of_a_bucket_are_found_and_what_is_not_seen_of_them_blocks(
    desk: Desk,
) -> None:
    case = objects(desk)
    account, bucket = case.target.account_id, case.target.name.split("/")[2]
    point = {
        "ResourceArn": f"arn:aws:s3:::{bucket}",
        "RecoveryPointArn": f"arn:aws:backup:{LONDON}:{account}:recovery-point:1",
        "BackupVaultName": "nightly",
    }
    for _ in range(3):
        add(desk, account, "backup.recovery_point", **point)
    vault = {"BackupVaultName": "nightly", "Locked": True, "MinRetentionDays": 35}
    add(desk, account, "backup.vault", **vault)
    access = {"Name": "analysts", "NetworkOrigin": "VPC", "Bucket": bucket}
    add(desk, account, "s3control.access_point", **access)
    plan = found(case)
    (backup,) = [each for each in plan.blockers if each.code == "backup"]
    assert "35 days" in backup.words
    assert backup.acceptable
    assert any("analysts" in each.subject for each in plan.residuals)
    for service, operation in (("backup", "ListRecoveryPointsByResource"), ("s3control", "ListAccessPoints")):
        desk.control("POST", "faults", [{"service": service, "operation": operation, "kind": "denied"}])
        try:
            plan = found(case)
        finally:
            desk.control("DELETE", "faults")
        assert {each.operation for each in plan.unread} == {f"{service}:{operation}"}
        assert plan.is_blocked


def test_archive_storage_is_said_with_its_least_time_and_changes_no_state(desk: Desk) -> None:
    sketch = Sketch(now=system_clock())
    say_archived(
        Inquiry(reader(), FakeSnapshot(), sketch), "s3://b/k", ["STANDARD", "GLACIER", "GLACIER", ""]
    )
    (said,) = sketch.residuals
    assert "2 versions in GLACIER" in said.words
    assert "90 days" in said.reason
    version = {"Key": "k", "VersionId": "1", "StorageClass": "STANDARD"}
    assert state_of([version]) == state_of([{**version, "StorageClass": "DEEP_ARCHIVE"}])


def test_what_the_reader_may_not_read_is_not_seen_rather_than_absent(desk: Desk) -> None:
    model = held(desk, "bedrock.custom_model")
    case = asked(TargetKind.CUSTOM_MODEL, model["account"], model["record"]["modelArn"])
    statement = {"Effect": "Allow", "Action": ["sts:*", "s3:*"], "Resource": "*"}
    desk.control(
        "POST", "policies", {"role": "BedrockConsoleReader", "documents": [{"Statement": [statement]}]}
    )
    try:
        plan = found(case)
    finally:
        desk.control("DELETE", "policies")
    assert plan.steps == ()
    assert {each.reason for each in plan.unread} == {"denied"}


def test_what_cannot_be_looked_at_afterwards_is_not_verified_absent(desk: Desk) -> None:
    model = held(desk, "bedrock.custom_model")
    plan = found(asked(TargetKind.CUSTOM_MODEL, model["account"], model["record"]["modelArn"]))
    statement = {"Effect": "Allow", "Action": ["sts:*"], "Resource": "*"}
    desk.control(
        "POST", "policies", {"role": "BedrockConsoleReader", "documents": [{"Statement": [statement]}]}
    )
    try:
        assert {verify(reader(), each).result for each in plan.steps} == {"unknown"}
    finally:
        desk.control("DELETE", "policies")
    assert {verify(reader(), each).result for each in plan.steps} == {"present"}


def test_the_generated_roles_are_enough_to_find_and_to_carry_out(desk: Desk) -> None:
    job = desk.control("GET", "held?held=bedrock.model_invocation_job")[-1]  # the first is another test's
    case = asked(TargetKind.BATCH_JOB, job["account"], job["record"]["jobArn"])
    documents = {"BedrockConsoleReader": [*looking()], "BedrockConsoleEraser": [erasing(), *looking()]}
    for role, policies in documents.items():
        kept = [
            {"Statement": [{n: v for n, v in one.items() if n != "Sid"} for one in each["Statement"]]}
            for each in policies
        ]
        desk.control("POST", "policies", {"role": role, "documents": kept})
    try:
        plan = found(accepting(case, found(case)))
        assert (plan.blockers, plan.unread) == ((), ())
        carried_out(plan)
    finally:
        desk.control("DELETE", "policies")
    assert gone(plan)


def test_without_the_eraser_role_nothing_is_sent_and_the_error_says_what_to_make(desk: Desk) -> None:
    model = held(desk, "bedrock.custom_model")
    plan = found(asked(TargetKind.CUSTOM_MODEL, model["account"], model["record"]["modelArn"]))
    aws = replace(SETTINGS.aws, reader_role="NoSuchEraser")
    with pytest.raises(OutdatedRoleError, match="NoSuchEraser"):
        ErasingSessions(aws, system_clock, plan).identity(model["account"])


def test_what_went_before_its_turn_stops_the_execution_and_is_written_down(desk: Desk) -> None:
    job = held(desk, "bedrock.evaluation_job")
    case = asked(TargetKind.EVALUATION_JOB, job["account"], job["record"]["jobArn"])
    plan = found(accepting(case, found(case)))
    carried_out(plan)
    journal = MemoryJournal()
    with pytest.raises(StoppedExecutionError, match="gone before its turn"):
        carried_out(plan, journal)
    assert "gone before" in journal.said[0][1]
    resumed = MemoryJournal(begun=frozenset(each.id for each in plan.steps))
    assert {outcome for _, outcome in carried_out(plan, resumed).said} == {
        "gone when the execution went on; the answer of the call that was under way was lost"
    }


def test_a_locked_version_is_never_deleted_even_when_it_is_named(desk: Desk) -> None:
    thing = next(
        each
        for each in desk.control("GET", "held?held=s3.object")
        if each["record"].get("RetainDays")
        and each["region"] == LONDON
        and "casework" in each["record"]["Key"]
    )
    looker, named = reader(), thing["record"]
    case = a_document(desk, thing["account"], named["Bucket"], named["Key"])
    plan = found(case)
    assert "object-lock" in {each.code for each in plan.blockers}
    with pytest.raises(StoppedExecutionError, match="versions of"):
        carried_out(plan)
    left = looker.versions(Scope(thing["account"], LONDON), named["Bucket"], named["Key"]).answer
    assert len(left) == 1


def test_an_agent_goes_after_its_aliases_and_versions_and_never_by_its_test_alias(desk: Desk) -> None:
    plan = found(of(deletable.an_agent)(desk))
    assert [each.operation.partition(":")[2] for each in plan.steps] == [
        "DeleteAgentAlias",
        "DeleteAgentVersion",
        "DeleteAgent",
    ]
    carried_out(plan)
    assert gone(plan)


def test_what_is_kept_of_one_person_goes_and_what_is_kept_of_others_stays(desk: Desk) -> None:
    case = of(deletable.an_actor)(desk)
    plan = found(case)
    assert {each.code for each in plan.blockers} == {"extraction", "of-many"}
    assert any("stream/memories" in each.words for each in plan.residuals)
    carried_out(found(accepting(case, plan)))
    left = [
        each["record"]
        for kind in ("bedrock-agentcore.event", "bedrock-agentcore.memory_record")
        for each in desk.control("GET", f"held?held={kind}")
        if case.target.name.endswith(f"/{each['record'].get('memoryId')}")
    ]
    names = [each.get("actorId") or each["namespaces"][0].split("/")[2] for each in left]
    assert set(names) == {"anna"}


def test_what_a_person_said_after_the_plan_was_approved_stops_the_execution(desk: Desk) -> None:
    case = of(deletable.an_actor)(desk)
    plan = found(accepting(case, found(case)))
    account = case.target.account_id
    later = {
        "memoryId": case.target.name.rpartition("/")[2],
        "actorId": "ann",
        "sessionId": "talk-0",
        "payload": [],
    }
    add(
        desk,
        account,
        "bedrock-agentcore.event",
        eventId="0000009999999#0a1b2c3d",
        eventTimestamp="2031-01-01T00:00:00Z",
        **later,
    )
    with pytest.raises(StoppedExecutionError, match="not what was approved"):
        carried_out(plan)
    begun = MemoryJournal(begun=frozenset(each.id for each in plan.steps))
    with pytest.raises(StoppedExecutionError, match="after the plan was made"):
        carried_out(plan, begun)


def test_a_key_is_destroyed_only_when_nothing_is_known_to_use_it_and_after_its_waiting_period(
    desk: Desk,
) -> None:
    case = of(deletable.a_key)(desk)
    key, account = case.target.name, case.target.account_id
    scope = Scope(account, LONDON)
    alias = {"knowledgeBaseId": BASE, "dataSourceId": SOURCE, "kmsKeyArn": "alias/letters"}
    used = FakeSnapshot(
        known=[replace(fact("bedrock-agent.data_source", "source", alias), scope=scope)],
        missing=[replace(gap("logs.log_group"), scope=scope)],
    )
    plan = found(case, used)
    assert {each.code: each.acceptable for each in plan.blockers} == {"key-in-use": False, "key-reach": True}
    assert [each.operation for each in plan.unread] == ["the last refresh"]
    reach = next(each for each in plan.blockers if each.code == "key-reach")
    assert "no use of it since 2026-01-05" in reach.words

    plan = found(accepting(case, found(case)))
    assert (plan.blockers, plan.unread) == ((), ())
    (step,) = plan.steps
    assert "after 7 days" in step.words
    journal = carried_out(plan)
    assert "could be restored" in journal.said[0][1]
    assert verify(reader(), step).result == "scheduled"
    assert "AWS destroys it already" in {each.reason for each in found(case).residuals}
    body = {"account": account, "region": LONDON, "held": "kms.key", "where": ["Arn", key]}
    desk.control("POST", "held", {**body, "set": {"Arn": "gone", "KeyId": "gone"}})
    assert verify(reader(), step).result == "absent"


def test_the_list_of_kinds_is_whole() -> None:
    assert set(FINDERS) == set(TargetKind)
    assert set(CHANGES).isdisjoint(READS)
