"""A deletion from its request to its certificate: real HTTP, real keys, three laptops, a killed process."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from console.base.canonical import canonical
from console.base.clock import system_clock
from console.base.settings import DeletionSettings
from console.bootstrap import Parts
from console.deletion import errors
from console.deletion.case import State, What
from console.deletion.plan import Plan
from console.deletion.request import Draft, Target, TargetKind
from console.domain.deed import DeedKind
from console.evidence.store import Store
from console.reports.certificate import certificate_html
from console.services.child import worker_call, working
from console.services.deletion.carrying import confirmation, write_certificate
from console.services.deletion.child import RefusedDeedError, deed_call, deed_line, do_in_child
from console.services.deletion.handing import write_runbook
from console.services.standin import Estate, started
from console.vault.keystore import StoreKeys
from console.vault.signed_record import DELETION
from console.vault.signing import SigningKey
from journeys.estates import FEW, SEED, SETTINGS, Desk, new_desk

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


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Estate, Path]]:
    """A small department with what is to be deleted, and a store in which it was read."""
    with started(accounts=FEW, seed=SEED, environment=os.environ) as estate:
        desk = new_desk(estate, tmp_path_factory.mktemp("department"))
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
    estate, read = department
    signers = tmp_path / "allowed_signers"
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
        desk = new_desk(estate, tmp_path / person[:3], settings)
        laptops.append(Laptop(desk, person, environment, monkeypatch))
    office = Office(*laptops, signers, tmp_path)
    share_refresh(department, laptops)
    signers.write_text("".join(each.parts().deletions.signer_line() for each in laptops))
    yield office
    office.control("POST", "latency", {"ms": 0})


def share_refresh(department: tuple[Estate, Path], laptops: list[Laptop]) -> None:
    """Let every laptop have read the department: its store is copied, and each goes on with a key of its own."""
    _estate, read = department
    for each in laptops:
        shutil.copy(read, each.desk.job.store)
        each.desk = replace(each.desk, job=replace(each.desk.job, key=READ_KEYS[read]))
        Store.open(
            each.desk.job.store, each.desk.job.key, signer=each.desk.job.signer, clock=system_clock
        ).close()


READ_KEYS: dict[Path, Any] = {}


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


def execute(office: Office, plan: Plan) -> str:
    job = office.kim.desk.job
    said = {"id": plan.request_id, "person": KIM, "confirmed": confirmation(plan)}
    call = worker_call(job, office.kim.environment)
    return do_in_child(deed_call(call, deed_line(job, "execute", said)))


def kill_during_execution(office: Office, plan: Plan) -> None:
    """Kill the executing process after a few things were deleted, with more to come."""
    job = office.kim.desk.job
    said = {"id": plan.request_id, "person": KIM, "confirmed": confirmation(plan)}
    call = deed_call(worker_call(job, office.kim.environment), deed_line(job, "execute", said))
    office.control("DELETE", "requests")
    with working(call) as worker:
        heard = 0
        for event in worker.said():
            heard += event["event"] == "said"
            if heard == 3:
                office.control("POST", "latency", {"ms": 400})
                before = len(changes(office))
                while len(changes(office)) == before:
                    time.sleep(0.02)
                worker.kill()
                break
    office.control("POST", "latency", {"ms": 0})


def ssh_verify(folder: Path, request_id: str, signers: Path, identity: str) -> subprocess.CompletedProcess[bytes]:
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
        assert office.kim.parts().deletions.case(request_id).state is State.EXECUTING
        assert store.deeds()
    execute(office, plan)
    case = office.kim.parts().deletions.case(request_id)
    assert case.state is State.EXECUTED
    done = changes(office)
    assert len(done) == len(plan.steps), done
    assert list(case.done) == [each.id for each in plan.steps]

    kim = office.kim.parts()
    results = kim.carrying.verify(request_id, KIM)
    assert {each["result"] for each in results} == {"absent"}
    assert {each["operation"] for each in results}.isdisjoint({each.operation for each in plan.steps})
    said, signature = kim.carrying.certify(request_id, KIM)
    folder = office.folder / "certificates"
    write_certificate(folder, said, signature, certificate_html(said))
    identity = kim.deletions.signing(KIM).identity
    assert ssh_verify(folder, request_id, office.signers, identity).returncode == 0
    file = folder / f"{request_id}.certificate.json"
    file.write_bytes(file.read_bytes().replace(b"absent", b"Absent", 1))
    assert ssh_verify(folder, request_id, office.signers, identity).returncode != 0
    events = [each for step in said["steps"] for each in step["event_ids"]]
    assert len(events) >= len([each for each in plan.steps if not each.operation.startswith("s3:")]) - 1
    assert "Alex" not in canonical(said).decode()
