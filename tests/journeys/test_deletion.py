"""A deletion from its request to its certificate: real HTTP, real keys, three laptops, a killed process."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from console.base.canonical import canonical
from console.base.clock import system_clock
from console.base.settings import DeletionSettings
from console.bootstrap import Parts
from console.deletion import errors
from console.deletion.case import Case, State, What
from console.deletion.plan import Plan
from console.deletion.progress import StepProgress, progress_of
from console.deletion.request import Draft
from console.deletion.target import Target, TargetKind
from console.domain.deed import DeedKind
from console.evidence.store import Store
from console.reports.certificate import certificate_html
from console.reports.certificate_pdf import certificate_pdf
from console.services.child import worker_call, working
from console.services.deletion.carrying import confirmation, write_certificate
from console.services.deletion.child import RefusedDeedError, deed_call, deed_line, do_in_child
from console.services.deletion.handing import write_runbook
from console.services.deletion.signers import line_of
from console.services.standin import Estate
from console.vault.keystore import StoreKeys
from journeys.estates import FEW, SETTINGS, Desk, an_estate, new_desk

LONDON, DUBLIN = "eu-west-2", "eu-west-1"
JO, SAM, KIM = "Jo Bloggs", "Sam Roe", "Kim Poe"
RUNNING = "2031-12-31T00:00:00Z"
BASE, SOURCE, AGENT = "KBRETAIN01", "DSRETAIN01", "AGENTTEST1"


@dataclass
class Laptop:
    """One person's console: a store, a key, and who AWS says they are."""

    desk: Desk
    person: str
    environment: Mapping[str, str]
    patch: pytest.MonkeyPatch

    def parts(self) -> Parts:
        """Open it, signed in to AWS as its person."""
        for name, value in self.environment.items():
            if name.startswith("AWS_"):
                self.patch.setenv(name, value)
        if "AWS_SESSION_TOKEN" not in self.environment:
            self.patch.delenv("AWS_SESSION_TOKEN", raising=False)
        job = self.desk.job
        keys = StoreKeys(job.key, job.signer)
        return Parts(store_path=job.store, settings=job.settings, keys=keys, environment=self.environment)

    def records(self) -> list[Mapping[str, Any]]:
        """Return what is signed and kept about requests."""
        with self.desk.store() as store:
            return [each.body for each in store.deeds() if each.kind is DeedKind.DELETION]


@dataclass
class Office:
    """Three laptops around one department."""

    jo: Laptop
    sam: Laptop
    kim: Laptop
    signers: Path
    folder: Path

    def control(self, method: str, path: str, body: object = None) -> Any:
        return self.jo.desk.control(method, path, body)

    def carry(self, request_id: str, sender: Laptop, to: Laptop) -> Path:
        """Carry a request from one laptop to another."""
        file = self.folder / f"{sender.person[:3]}-{to.person[:3]}-{time.monotonic_ns()}.json"
        sender.parts().deletions.export(request_id, file, sender.person)
        to.parts().deletions.import_file(file)
        return file


def register(office: Office) -> None:
    """Write whose key is whose, as each `deletion signer` prints it."""
    home = f"arn:aws:iam::{office.jo.desk.estate.management_account}"
    whose = ((office.jo, "role/AssuranceOfficer"), (office.sam, "user/sam"), (office.kim, "user/kim"))
    lines = [line_of(f"{home}:{name}", each.desk.job.signer.public) for each, name in whose]
    office.signers.write_text("".join(lines))


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Estate, Path]]:
    with a_department(tmp_path_factory.mktemp("department")) as made:
        yield made


@contextmanager
def a_department(folder: Path) -> Iterator[tuple[Estate, Path]]:
    """A small department with what is to be deleted, and a store in which it was read."""
    with an_estate(FEW) as estate:
        desk = new_desk(estate, folder)
        for name, digits in (("sam", "0001"), ("kim", "0002")):
            arn = f"arn:aws:iam::{estate.management_account}:user/{name}"
            desk.control("POST", "users", {"access_key_id": f"AKIADELETION{digits}", "arn": arn})
        trust = {"Effect": "Allow", "Action": "sts:AssumeRole"}
        trust["Principal"] = {"AWS": f"arn:aws:iam::{estate.management_account}:root"}
        for account in {each["account"] for each in desk.control("GET", "held?held=s3.bucket")}:
            role = f"arn:aws:iam::{account}:role/BedrockConsole"
            desk.control("POST", "roles", {"arn": f"{role}Eraser", "trusted": estate.management_account})
            desk.control("POST", "trust", {"role": f"{role}Reader", "document": {"Statement": [trust]}})
        add_knowledge_base(desk, model_of(desk)["account"])
        desk.refresh()
        READ_KEYS[desk.job.store] = desk.job.key
        READ_KEYS["signer"] = desk.job.signer
        yield estate, desk.job.store


def model_of(desk: Desk) -> Any:
    """Return the custom model that has capacity, a deployment, data and a copy in Dublin."""
    return next(
        each
        for each in desk.control("GET", "held?held=bedrock.custom_model")
        if each["record"]["modelName"] == "casework-tone" and each["region"] == LONDON
    )


def add_knowledge_base(desk: Desk, account: str) -> None:
    made = {"createdAt": "2026-01-05T00:00:00Z", "updatedAt": "2026-01-05T00:00:00Z"}
    base = {
        "knowledgeBaseId": BASE,
        "name": "case-guidance",
        "knowledgeBaseArn": f"arn:aws:bedrock:{LONDON}:{account}:knowledge-base/{BASE}",
        "roleArn": f"arn:aws:iam::{account}:role/kb",
        "knowledgeBaseConfiguration": {
            "type": "VECTOR",
            "vectorKnowledgeBaseConfiguration": {
                "embeddingModelArn": f"arn:aws:bedrock:{LONDON}::foundation-model/amazon.titan-embed-text-v2:0"
            },
        },
        "storageConfiguration": {
            "type": "OPENSEARCH_SERVERLESS",
            "opensearchServerlessConfiguration": {
                "collectionArn": f"arn:aws:aoss:{LONDON}:{account}:collection/abcdefghij0123456789",
                "vectorIndexName": "guidance",
                "fieldMapping": {"vectorField": "v", "textField": "t", "metadataField": "m"},
            },
        },
        "status": "ACTIVE",
        **made,
    }
    source = {
        "knowledgeBaseId": BASE,
        "dataSourceId": SOURCE,
        "name": "guidance-documents",
        "status": "AVAILABLE",
        "dataSourceConfiguration": {
            "type": "S3",
            "s3Configuration": {"bucketArn": f"arn:aws:s3:::public-works-{account}-training-{LONDON}"},
        },
        "dataDeletionPolicy": "RETAIN",
        **made,
    }
    place = {"account": account, "region": LONDON}
    desk.control("POST", "held", {**place, "held": "bedrock-agent.knowledge_base", "add": base})
    desk.control("POST", "held", {**place, "held": "bedrock-agent.data_source", "add": source})


@pytest.fixture
def office(
    department: tuple[Estate, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    office = an_office(department, tmp_path, monkeypatch)
    yield office
    office.control("POST", "latency", {"ms": 0})


def an_office(department: tuple[Estate, Path], folder: Path, patch: pytest.MonkeyPatch) -> Office:
    """Return three laptops that have read a department."""
    estate, _read = department
    signers = folder / "allowed_signers"
    laptops = []
    for person, key_id in ((JO, ""), (SAM, "AKIADELETION0001"), (KIM, "AKIADELETION0002")):
        environment = dict(estate.environment)
        if key_id:
            environment["AWS_ACCESS_KEY_ID"] = key_id
            environment.pop("AWS_SESSION_TOKEN", None)
        deletion = DeletionSettings(
            allowed_signers=str(signers), execution=person == KIM, settle_seconds=30.0
        )
        settings = replace(SETTINGS, deletion=deletion)
        desk = new_desk(estate, folder / person[:3], settings)
        laptops.append(Laptop(desk, person, environment, patch))
    office = Office(*laptops, signers, folder)
    share_refresh(department, laptops)
    register(office)
    return office


def share_refresh(department: tuple[Estate, Path], laptops: list[Laptop]) -> None:
    """Let every laptop have read the department: its store is copied, and each goes on with a key of its own."""
    _estate, read = department
    for each in laptops:
        shutil.copy(read, each.desk.job.store)
        each.desk = replace(each.desk, job=replace(each.desk.job, key=READ_KEYS[read]))
        Store.open(
            each.desk.job.store, each.desk.job.key, signer=each.desk.job.signer, clock=system_clock
        ).close()


READ_KEYS: dict[Path | str, Any] = {}


def draft(office: Office, name: str = "", *, kind: TargetKind = TargetKind.CUSTOM_MODEL) -> Draft:
    model = model_of(office.jo.desk)
    target = Target(
        kind=kind,
        account_id=model["account"],
        region=LONDON,
        name=name or model["record"]["modelArn"],
    )
    subject = office.jo.parts().deletions.pseudonym("Alex Example, born 1 April 1980")
    return Draft(
        target=target, ground="17-1-b", why="Consent was withdrawn", subject=subject, received_on="2026-11-20"
    )


def set_commitment(office: Office, until: str) -> None:
    model = model_of(office.jo.desk)
    where = ["modelArn", model["record"]["modelArn"]]
    body = {
        "account": model["account"],
        "region": LONDON,
        "held": "bedrock.provisioned_model_throughput",
        "where": where,
        "set": {"commitmentExpirationTime": until},
    }
    office.control("POST", "held", body)


def accept_all(office: Office, request_id: str, plan: Plan) -> Plan:
    desk = office.jo.parts().deletions
    for each in plan.blockers:
        desk.accept(request_id, each.id, "It is held until its end, then it goes by itself", JO)
    return office.jo.parts().carrying.plan(request_id, JO)


def approved(office: Office, request_id: str) -> None:
    """Let Sam approve what Jo planned, and let all three know."""
    office.carry(request_id, office.jo, office.sam)
    office.sam.parts().deletions.approve(request_id, SAM)
    office.carry(request_id, office.sam, office.kim)


def changes(office: Office) -> list[str]:
    """Return the operations that changed something, in their order."""
    return [
        each["operation"]
        for each in office.control("GET", "requests")
        if each["operation"].startswith(("Delete", "Disassociate", "BatchDelete"))
    ]


def execute(office: Office, plan: Plan, heard: list[Any] | None = None) -> str:
    job = office.kim.desk.job
    said = {"id": plan.request_id, "person": KIM, "confirmed": confirmation(plan)}
    call = worker_call(job, office.kim.environment)
    events = [] if heard is None else heard
    return do_in_child(deed_call(call, deed_line(job, "execute", said)), events.append)


def kill_during_execution(office: Office, plan: Plan) -> None:
    """Kill the executing process after a few things were deleted, with more to come."""
    job = office.kim.desk.job
    said = {"id": plan.request_id, "person": KIM, "confirmed": confirmation(plan)}
    call = deed_call(worker_call(job, office.kim.environment), deed_line(job, "execute", said))
    office.control("DELETE", "requests")
    with working(call) as worker:
        heard = 0
        for event in worker.said():
            heard += event.get("state") == "done"
            if heard == 3:
                office.control("POST", "latency", {"ms": 400})
                before = len(changes(office))
                while len(changes(office)) == before:
                    time.sleep(0.02)
                worker.kill()
                break
    office.control("POST", "latency", {"ms": 0})


def go_on(office: Office, plan: Plan, killed: Case) -> None:
    """Carry out what is left after a kill, and hear of each step as it begins and when it is done."""
    stood = [each.state for each in progress_of(killed).values()]
    assert stood[:3] == ["done"] * 3
    assert set(stood[3:]) <= {"begun, not finished", "waiting", "done"}
    heard: list[Any] = []
    execute(office, plan, heard)
    told = [(each["step"], each["state"]) for each in heard]
    rest = [each.id for each in plan.steps][stood.count("done") :]
    assert told[-2 * (len(rest) - 1) :] == [(id_, how) for id_ in rest[1:] for how in ("under way", "done")]


def ssh_verify(
    folder: Path, request_id: str, signers: Path, identity: str
) -> subprocess.CompletedProcess[bytes]:
    file = folder / f"{request_id}.certificate.json"
    return subprocess.run(
        [
            *("ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", identity),
            *("-n", "bedrock-console-deletion-certificate", "-s", f"{file}.sig"),
        ],
        input=file.read_bytes(),
        capture_output=True,
        check=False,
    )


def test_a_model_goes_with_its_capacity_copy_and_data_and_the_certificate_verifies(office: Office) -> None:
    set_commitment(office, RUNNING)
    jo = office.jo.parts()
    request_id = jo.deletions.raise_request(draft(office), JO)
    plan = jo.carrying.plan(request_id, JO)
    assert {each.code for each in plan.blockers} >= {"commitment", "object-lock"}
    assert not plan.unread
    assert {each.region for each in plan.steps} == {LONDON, DUBLIN}
    office.carry(request_id, office.jo, office.sam)
    with pytest.raises(errors.BlockedPlanError):
        office.sam.parts().deletions.approve(request_id, SAM)

    set_commitment(office, "2025-09-30T00:00:00Z")
    plan = accept_all(office, request_id, office.jo.parts().carrying.plan(request_id, JO))
    assert (plan.blockers, plan.unread) == ((), ())
    assert any("Object Lock" in each.words and each.accepted_by for each in plan.residuals)
    approved(office, request_id)

    kill_during_execution(office, plan)
    with office.kim.desk.store() as store:
        killed = office.kim.parts().deletions.case(request_id)
        assert killed.state is State.EXECUTING
        assert store.deeds()
    go_on(office, plan, killed)
    case = office.kim.parts().deletions.case(request_id)
    assert {each.state for each in progress_of(case).values()} == {"done"}
    assert sum(bool(each.request_ids) for each in progress_of(case).values()) >= len(plan.steps) - 1
    assert case.state is State.EXECUTED
    done = changes(office)
    assert len(done) == len(plan.steps), done
    assert list(case.done) == [each.id for each in plan.steps]

    kim = office.kim.parts()
    verified: list[StepProgress] = []
    results = kim.carrying.verify(request_id, KIM, verified.append)
    assert [each.step for each in verified[::2]] == [each.id for each in plan.steps]
    assert {each.state for each in verified[1::2]} == {"verified absent"}
    assert {each["result"] for each in results} == {"absent"}
    assert {each["operation"] for each in results}.isdisjoint({each.operation for each in plan.steps})
    said, signature = kim.carrying.certify(request_id, KIM)
    folder = office.folder / "certificates"
    write_certificate(folder, said, signature, certificate_html(said), certificate_pdf(said))
    identity = kim.deletions.signing(KIM).identity
    assert ssh_verify(folder, request_id, office.signers, identity).returncode == 0
    file = folder / f"{request_id}.certificate.json"
    file.write_bytes(file.read_bytes().replace(b"absent", b"Absent", 1))
    assert ssh_verify(folder, request_id, office.signers, identity).returncode != 0
    events = [each for step in said["steps"] for each in step["event_ids"]]
    assert len(events) >= len([each for each in plan.steps if not each.operation.startswith("s3:")]) - 1
    assert "Alex" not in canonical(said).decode()


ONCE: dict[str, Any] = {}


@pytest.fixture
def planned(office: Office, department: tuple[Estate, Path]) -> tuple[Office, str, Plan]:
    """A batch job's data, asked for and planned by Jo, with nothing in the way; found once for all tests."""
    if "job" not in ONCE:
        _, ONCE["request"], ONCE["plan"] = freshly_planned(office)
        ONCE["job"] = office.jo.desk.job
        ONCE["store"] = department[1].with_name("planned.db")
        office.jo.parts().back_up_store(ONCE["store"])
        return office, ONCE["request"], ONCE["plan"]
    for old in office.jo.desk.job.store.parent.glob("evidence.db*"):
        old.unlink()
    shutil.copy(ONCE["store"], office.jo.desk.job.store)
    job = replace(ONCE["job"], store=office.jo.desk.job.store, settings=office.jo.desk.job.settings)
    office.jo.desk = replace(office.jo.desk, job=job)
    register(office)
    return office, ONCE["request"], ONCE["plan"]


def freshly_planned(office: Office) -> tuple[Office, str, Plan]:
    """Ask for a deletion and plan it."""
    job = office.control("GET", "held?held=bedrock.model_invocation_job")[0]
    target = Target(
        kind=TargetKind.BATCH_JOB,
        account_id=job["account"],
        region=job["region"],
        name=job["record"]["jobArn"],
    )
    asked = Draft(
        target=target,
        ground="retention",
        why="Its time is over",
        received_on="2026-11-20",
        due_on="2027-01-31",
    )
    desk = office.jo.parts().deletions
    request_id = desk.raise_request(asked, JO)
    plan = office.jo.parts().carrying.plan(request_id, JO)
    for each in plan.blockers:
        desk.accept(request_id, each.id, "The job's other runs need it until spring", JO)
    plan = office.jo.parts().carrying.plan(request_id, JO)
    assert (plan.blockers, plan.unread) == ((), ())
    return office, request_id, plan


Planned = tuple[Office, str, Plan]


def forged(laptop: Laptop, request_id: str, said: Mapping[str, Any], what: What = What.APPROVAL) -> None:
    """Let a console that keeps no rules sign a record and keep it."""
    body = laptop.parts().deletions.signing(laptop.person).body(what, request_id, said)
    job = laptop.desk.job
    with Store.open(job.store, job.key, signer=job.signer, clock=system_clock) as store:
        store.add_deed(DeedKind.DELETION, laptop.person, body)


def sent(office: Office, sender: Laptop, request_id: str) -> Path:
    """Write a request to a file."""
    file = office.folder / f"sent-{time.monotonic_ns()}.json"
    sender.parts().deletions.export(request_id, file, sender.person)
    return file


def test_who_asked_cannot_approve_under_another_session_name(planned: Planned) -> None:
    office, request_id, _ = planned
    office.carry(request_id, office.jo, office.sam)
    again = replace_who(office.sam, office.jo, session="somebody-else")
    with pytest.raises(errors.SameIdentityError, match="AssuranceOfficer"):
        again.approve(request_id, SAM)


def replace_who(laptop: Laptop, other: Laptop, session: str) -> Any:
    """Return a desk on one laptop whose person is signed in as another, under another session name."""
    caller = other.parts().deletions.signing("x").caller
    desk = laptop.parts().deletions
    desk._who = lambda: f"{caller.rpartition('/')[0]}/{session}"
    return desk


def test_who_asked_cannot_approve_with_the_same_key_as_somebody_else(planned: Planned) -> None:
    office, request_id, _ = planned
    desk = office.jo.parts().deletions
    desk._who = lambda: office.sam.parts().deletions.signing("x").caller
    with pytest.raises(errors.SameKeyError):
        desk.approve(request_id, JO)


def test_a_forged_approval_by_the_requester_is_refused_where_it_arrives(planned: Planned) -> None:
    office, request_id, plan = planned
    forged(office.jo, request_id, {"plan_sha256": plan.sha256})
    with pytest.raises(errors.SameIdentityError):
        office.kim.parts().deletions.import_file(sent(office, office.jo, request_id))
    assert office.kim.records() == []


def test_an_approver_may_not_carry_out_what_they_approved(planned: Planned) -> None:
    office, request_id, plan = planned
    approved(office, request_id)
    desk = office.kim.parts()
    desk.deletions.signing(KIM)
    carrying = office.kim.parts().carrying
    carrying._desk._who = lambda: office.sam.parts().deletions.signing("x").caller
    with pytest.raises(errors.SameIdentityError):
        carrying.execute(request_id, SAM, confirmation(plan), print)


def test_a_signature_of_an_earlier_plan_is_refused(planned: Planned) -> None:
    office, request_id, plan = planned
    office.carry(request_id, office.jo, office.sam)
    office.sam.parts().deletions.approve(request_id, SAM)
    newer = office.jo.parts().carrying.plan(request_id, JO)
    assert newer.sha256 != plan.sha256
    with pytest.raises(errors.ReplayedSignatureError):
        office.jo.parts().deletions.import_file(sent(office, office.sam, request_id))
    office.carry(request_id, office.jo, office.sam)
    office.carry(request_id, office.sam, office.kim)
    assert office.kim.parts().deletions.case(request_id).state is State.READY
    with pytest.raises(errors.WrongStateError):
        executing(office.jo).execute(request_id, JO, confirmation(newer), print)


def executing(laptop: Laptop) -> Any:
    """Return what carries plans out on a laptop that may."""
    job = laptop.desk.job
    deletion = replace(job.settings.deletion, execution=True)
    parts = laptop.parts()
    parts.settings = replace(parts.settings, deletion=deletion)
    return parts.carrying


@pytest.mark.parametrize("what", ["plan", "approval"])
def test_an_edited_plan_or_approval_is_refused(planned: Planned, what: str) -> None:
    office, request_id, plan = planned
    approved(office, request_id)
    file = sent(office, office.sam, request_id)
    text = file.read_text()
    said = json.loads(text)
    for each in said["file"]["records"]:
        if each["record"]["what"] == what:
            at = each["record"]["said"]
            at["plan_sha256"] = plan.sha256[::-1]
    file.write_text(json.dumps(said))
    with pytest.raises(errors.EditedPlanError):
        office.kim.parts().deletions.import_file(file)


def test_a_file_from_which_a_refusal_was_taken_is_refused(planned: Planned) -> None:
    office, request_id, _ = planned
    office.carry(request_id, office.jo, office.sam)
    office.sam.parts().deletions.refuse(request_id, "The data is under inquiry", SAM)
    file = sent(office, office.sam, request_id)
    said = json.loads(file.read_text())
    said["file"]["records"] = [
        each for each in said["file"]["records"] if each["record"]["what"] != What.REFUSAL.value
    ]
    file.write_text(json.dumps(said))
    with pytest.raises(errors.BadDeletionFileError, match="sender signed"):
        office.kim.parts().deletions.import_file(file)


def test_a_plan_past_its_time_can_be_neither_signed_nor_carried_out(planned: Planned) -> None:
    office, request_id, plan = planned
    approved(office, request_id)
    approver = later(office.sam)
    with pytest.raises(errors.ExpiredPlanError):
        approver.deletions.approve(request_id, SAM)
    executor = later(office.kim)
    with pytest.raises(errors.ExpiredPlanError):
        executor.carrying.execute(request_id, KIM, confirmation(plan), print)


def later(laptop: Laptop) -> Parts:
    """Open a console whose clock is past the plan's time."""
    parts = laptop.parts()
    parts._clock = lambda: system_clock() + timedelta(hours=73)
    return parts


def test_a_key_that_nobody_registered_is_refused(planned: Planned) -> None:
    office, request_id, _ = planned
    office.carry(request_id, office.jo, office.sam)
    office.sam.parts().deletions.approve(request_id, SAM)
    lines = office.signers.read_text().splitlines(keepends=True)
    office.signers.write_text("".join(each for each in lines if "user/sam" not in each))
    with pytest.raises(errors.UnknownSignerError, match="not registered"):
        office.kim.parts().deletions.import_file(sent(office, office.sam, request_id))
    wrong = lines[1].replace("user/sam", "user/eve")
    office.signers.write_text(lines[0] + wrong + lines[2])
    with pytest.raises(errors.UnknownSignerError, match="not registered for"):
        office.kim.parts().deletions.import_file(sent(office, office.sam, request_id))


def test_nothing_is_carried_out_while_execution_is_off_unconfirmed_or_on_hold(planned: Planned) -> None:
    office, request_id, plan = planned
    approved(office, request_id)
    office.control("DELETE", "requests")
    with pytest.raises(errors.ExecutionOffError):
        office.sam.parts().carrying.execute(request_id, SAM, confirmation(plan), print)
    with pytest.raises(errors.NotConfirmedError):
        office.kim.parts().carrying.execute(request_id, KIM, "yes", print)
    office.kim.parts().deletions.hold(request_id, "The inquiry asked for it", KIM)
    with pytest.raises(errors.HeldRequestError):
        office.kim.parts().carrying.execute(request_id, KIM, confirmation(plan), print)
    assert changes(office) == []


def test_a_difference_voids_what_was_approved(planned: Planned) -> None:
    office, request_id, plan = planned
    approved(office, request_id)
    uri = next(each.subject for each in plan.steps)
    client = boto3_client(office)
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    client.put_object(Bucket=bucket, Key=f"{key}/new" if not key.endswith("/") else f"{key}new", Body=b"new")
    with pytest.raises(errors.ChangedPlanError, match="changed"):
        office.kim.parts().carrying.execute(request_id, KIM, confirmation(plan), print)


def boto3_client(office: Office) -> Any:
    """Return a plain client of S3 in the account of the job."""
    environment = office.jo.environment
    account = office.control("GET", "held?held=bedrock.model_invocation_job")[0]["account"]
    sts = boto3.client(
        "sts",
        region_name=LONDON,
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=environment["AWS_SESSION_TOKEN"],
    )
    taken = sts.assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/BedrockConsoleReader", RoleSessionName="somebody"
    )["Credentials"]
    return boto3.client(
        "s3",
        region_name=LONDON,
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        aws_access_key_id=taken["AccessKeyId"],
        aws_secret_access_key=taken["SecretAccessKey"],
        aws_session_token=taken["SessionToken"],
    )


def test_a_knowledge_base_that_retains_its_vectors_says_so_and_what_is_left(office: Office) -> None:
    (base,) = office.control("GET", "held?held=bedrock-agent.knowledge_base")
    account = base["account"]
    target = Target(kind=TargetKind.KNOWLEDGE_BASE, account_id=account, region=LONDON, name=BASE)
    asked = Draft(
        target=target,
        ground="contract",
        why="The project is over",
        received_on="2026-11-20",
        due_on="2027-01-31",
    )
    request_id = office.jo.parts().deletions.raise_request(asked, JO)
    plan = office.jo.parts().carrying.plan(request_id, JO)
    assert sorted(each.code for each in plan.blockers) == ["retain", "vector-store"]
    assert [each.operation for each in plan.steps] == [
        "bedrock-agent:DeleteDataSource",
        "bedrock-agent:DeleteKnowledgeBase",
    ]
    plan = accept_all(office, request_id, plan)
    approved(office, request_id)
    folder = office.folder / "runbook"
    files = write_runbook(office.kim.parts().deletions.case(request_id), folder)
    assert "delete-knowledge-base" in files[0].read_text()
    assert subprocess.run(["sh", "-n", str(files[0])], check=False).returncode == 0
    assert json.loads(files[1].read_text())["mainSteps"][1]["inputs"]["Api"] == "DeleteDataSource"
    execute(office, plan)
    office.kim.parts().carrying.verify(request_id, KIM)
    said, _ = office.kim.parts().carrying.certify(request_id, KIM)
    assert any("OPENSEARCH_SERVERLESS" in each["what"] for each in said["residuals"])
    with pytest.raises(RefusedDeedError, match="holds once"):
        execute(office, plan)


def test_what_the_console_itself_had_kept_goes_too_and_packs_that_had_it_are_named(planned: Planned) -> None:
    office, request_id, plan = planned
    job = replace(office.kim.desk.job, signer=READ_KEYS["signer"])
    office.kim.desk = replace(office.kim.desk, job=job)
    with office.signers.open("a") as stream:
        stream.write(office.kim.parts().deletions.signer_line())
    arn = office.jo.parts().deletions.case(request_id).target.name
    approved(office, request_id)
    pack = office.folder / "pack.zip"
    parts = office.kim.parts()
    parts.judge_latest()
    assert parts.export_pack(pack) is not None
    with pytest.raises(errors.WrongStateError, match="still needed"):
        office.kim.parts().deletions.erase(request_id, KIM)
    forged(office.kim, request_id, {"plan_sha256": plan.sha256}, What.EXECUTED)
    results = [{"step": each.id, "subject": "s", "operation": "o", "result": "absent"} for each in plan.steps]
    forged(office.kim, request_id, {"plan_sha256": plan.sha256, "results": results}, What.VERIFICATION)
    erased = office.kim.parts().deletions.erase(request_id, KIM)
    assert erased.bodies > 0
    assert [each.name for each in erased.packs] == ["pack.zip"]
    report = office.kim.parts().check_store(full=True)
    assert report.sound
    assert report.erased == erased.bodies
    with office.kim.desk.store() as store:
        assert store.bodies_of([arn]) == {}
        snapshot = store.snapshot()
        assert snapshot is not None
        assert arn not in {each.key for each in snapshot.facts("bedrock.model_invocation_job")}
        assert "erased" in {each.reason.value for each in snapshot.gaps("bedrock.model_invocation_job")}
