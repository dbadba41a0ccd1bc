"""What asks AWS: finding the plan, carrying it out, verifying that everything is gone, and the certificate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

from console.actuate.execute import Execution
from console.actuate.hands import ErasingSessions, Hands
from console.base.canonical import canonical
from console.base.clock import stamp
from console.base.settings import Settings
from console.collect.checking import GOING, UNKNOWN, Verified, verify
from console.collect.discovery.finding import Ground, find_plan
from console.collect.looking import Looker
from console.collect.sessions import Sessions
from console.deletion.case import Case, State, What
from console.deletion.certificate import certificate
from console.deletion.errors import (
    ChangedPlanError,
    ExecutionOffError,
    NotConfirmedError,
    WrongStateError,
)
from console.deletion.plan import Plan, Step, differences
from console.deletion.progress import StepProgress, StepState, progress_of, verified_state
from console.deletion.rules import check_executor
from console.domain.deed import DeedKind
from console.domain.evidence import Snapshot
from console.domain.scope import Scope
from console.evidence.store import Store
from console.services.deletion.desk import DeletionDesk
from console.services.deletion.signing import Signing, entries_of
from console.vault.signed_record import CERTIFICATE
from console.vault.sshsig import sign_message

_EXECUTED = (State.EXECUTED, State.UNVERIFIED, State.VERIFIED, State.CERTIFIED)
Tell = Callable[[StepProgress], object]
"""Is told how a step stands as soon as it stands so."""


def confirmation(plan: Plan) -> str:
    """Return the words to be typed before anything that cannot be undone."""
    return f"delete {sum(each.size for each in plan.steps)} items for {plan.request_id}"


class Carrying:
    """Asks AWS on behalf of the desk."""

    def __init__(
        self,
        desk: DeletionDesk,
        *,
        settings: Settings,
        snapshot: Callable[[], Snapshot | None],
        writing: Callable[[], Store],
        pause: Callable[[float], object] = sleep,
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._snapshot = snapshot
        self._writing = writing
        self._pause = pause

    def plan(self, request_id: str, person: str) -> Plan:
        """Find the plan afresh, sign it and keep it."""
        case = self._desk.case(request_id)
        self._desk.check_plannable(case)
        plan = self._found(case, self._looker())
        self._desk.keep_plan(plan, person)
        return plan

    def execute(self, request_id: str, person: str, confirmed: str, tell: Tell) -> int:
        """Carry the approved plan out, from where it was broken off; return how many steps were done now.

        Before the first call everything is found anew: any difference voids the approval.
        """
        if not self._settings.deletion.execution:
            raise ExecutionOffError("execution is off in this console's settings")
        case, signing = self._desk.case(request_id), self._desk.signing(person)
        plan, _ = check_executor(case, signing.identity, signing.key, signing.now)
        for each in (*case.of(What.REQUEST, What.PLAN), *case.about_plan(What.APPROVAL)):
            self._desk.register.check(each.key, each.identity, each.person)
        if confirmed != confirmation(plan):
            raise NotConfirmedError(f"to confirm, type: {confirmation(plan)}")
        if not case.about_plan(What.BEGUN):
            changed = differences(plan, self._found(case, self._looker()))
            if changed:
                raise ChangedPlanError(f"{request_id}: {'; '.join(changed[:3])}")
        with self._writing() as store:
            return self._carry_out(plan, store, signing, tell)

    def _carry_out(self, plan: Plan, store: Store, signing: Signing, tell: Tell) -> int:
        settings = self._settings
        aws = replace(settings.aws, reader_role=settings.deletion.eraser_role)
        sessions = ErasingSessions(aws, self._desk.clock, plan)
        for account in sorted({each.account_id for each in plan.steps}):
            sessions.identity(account)
        looker = Looker(sessions)
        journal = StoreJournal(store, plan, signing, self._desk, tell)
        hands = Hands(sessions, looker, plan.made_at)
        wait = settings.deletion.settle_seconds
        execution = Execution(plan, hands, looker, journal, self._pause, settle_seconds=wait)
        count = sum(1 for _ in execution.run())
        journal.end()
        return count

    def verify(
        self, request_id: str, person: str, tell: Tell = lambda _progress: None
    ) -> list[dict[str, str]]:
        """Look for each thing by another operation than the one that deleted it; keep and return what came of it."""
        case = self._desk.case(request_id)
        if case.plan is None or case.state not in _EXECUTED:
            raise WrongStateError(f"{request_id} is {case.state.value}: nothing was carried out to the end")
        looker = self._looker()
        before, results = progress_of(case), []
        for step in case.plan.steps:
            tell(replace(before[step.id], state=StepState.BEGUN, detail=f"asking {step.check.operation}"))
            found = self._verified(looker, step)
            results.append(found)
            state = verified_state(found["result"])
            tell(replace(before[step.id], state=state, at=found["at"], detail=found["words"]))
        said = {"plan_sha256": case.plan.sha256, "results": results, "events": self._events(case, looker)}
        self._desk.write(What.VERIFICATION, request_id, said, person)
        return results

    def _verified(self, looker: Looker, step: Step) -> dict[str, str]:
        found = verify(looker, step)
        at = stamp(self._desk.clock())
        return {
            "step": step.id,
            "subject": step.subject,
            "operation": step.check.operation,
            "result": found.result,
            "detail": found.detail,
            "at": at,
            "words": _words(found, step, at),
        }

    def _events(self, case: Case, looker: Looker) -> dict[str, list[str]]:
        """Return CloudTrail's ids of the calls, as far as its event history shows them yet."""
        found: dict[str, list[str]] = {}
        for step in case.plan.steps if case.plan else ():
            wanted = set(case.done[step.id].said["request_ids"]) - {""} if step.id in case.done else set()
            if not wanted or step.operation.startswith("s3:"):
                continue
            name = step.operation.partition(":")[2]
            look = looker.all_of(
                Scope(step.account_id, step.region),
                "cloudtrail:LookupEvents",
                "Events",
                LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}],
            )
            ids = [
                str(each["EventId"])
                for each in (look.answer if look.is_seen else ())
                if any(one in each.get("CloudTrailEvent", "") for one in wanted)
            ]
            if ids:
                found[step.id] = sorted(ids)
        return found

    def certify(self, request_id: str, person: str) -> tuple[dict[str, Any], str]:
        """Issue the certificate, keep it, and return it with its signature."""
        case, signing = self._desk.case(request_id), self._desk.signing(person)
        root = self._root()
        said = certificate(case, stamp(signing.now), root)
        signature = sign_message(canonical(said), signing.signer, CERTIFICATE)
        body = {"plan_sha256": said["plan"]["sha256"], "certificate": said, "signature": signature}
        self._desk.write(What.CERTIFICATE, request_id, body, person)
        return said, signature

    def _root(self) -> str:
        snapshot = self._snapshot()
        return snapshot.refresh.content_root if snapshot else ""

    def _looker(self) -> Looker:
        return Looker(Sessions(self._settings.aws, self._desk.clock))

    def _found(self, case: Case, looker: Looker) -> Plan:
        snapshot = self._snapshot()
        if snapshot is None:
            raise WrongStateError(
                "there is no refresh yet to find copies and users from",
                remedy="Run `bedrock-console refresh` first.",
            )
        hours = self._settings.deletion.plan_hours
        ground = Ground(looker=looker, snapshot=snapshot, now=self._desk.clock(), plan_hours=hours)
        return find_plan(case, ground)


class StoreJournal:
    """The journal of an execution, in the ledger: each entry is committed before the method returns."""

    def __init__(self, store: Store, plan: Plan, signing: Signing, desk: DeletionDesk, tell: Tell) -> None:
        self._tell = tell
        self._store = store
        self._plan = plan
        self._signing = signing
        self._desk = desk
        held = [
            each
            for each in entries_of(store.deeds())
            if not each.problem and each.said.get("plan_sha256") == plan.sha256
        ]
        self._done = {str(each.said["step"]) for each in held if each.what is What.DONE}
        self._begun = {str(each.said["step"]) for each in held if each.what is What.BEGUN}

    @property
    def done(self) -> frozenset[str]:
        """Ids of steps that are done."""
        return frozenset(self._done)

    @property
    def begun(self) -> frozenset[str]:
        """Ids of steps that were begun."""
        return frozenset(self._begun)

    def begin(self, step: Step) -> None:
        """Write that a step's call is about to leave."""
        self._write(What.BEGUN, {"step": step.id})
        self._begun.add(step.id)
        self._say(step, StepState.BEGUN, detail=step.words)

    def finish(self, step: Step, request_ids: list[str], outcome: str) -> None:
        """Write that a step's thing is gone."""
        self._write(What.DONE, {"step": step.id, "request_ids": request_ids, "outcome": outcome})
        self._done.add(step.id)
        self._say(step, StepState.DONE, request_ids, outcome)

    def stop(self, step: Step, why: str) -> None:
        """Write what was not expected."""
        self._write(What.STOPPED, {"step": step.id, "why": why})
        self._say(step, StepState.STOPPED, detail=why)

    def _say(self, step: Step, state: StepState, request_ids: Sequence[str] = (), detail: str = "") -> None:
        at = stamp(self._desk.clock())
        ids = tuple(each for each in request_ids if each)
        self._tell(StepProgress(step=step.id, state=state, at=at, request_ids=ids, detail=detail))

    def end(self) -> None:
        """Write that every step is done, and when all of it is to be verified once more."""
        again = self._desk.clock() + timedelta(days=self._desk.settings.verify_again_days)
        self._write(What.EXECUTED, {"verify_again_on": again.date().isoformat()})

    def _write(self, what: What, said: Mapping[str, Any]) -> None:
        signing = replace(self._signing, now=self._desk.clock())
        body = signing.body(what, self._plan.request_id, {"plan_sha256": self._plan.sha256, **said})
        self._store.add_deed(DeedKind.DELETION, signing.person, body)


def _words(found: Verified, step: Step, at: str) -> str:
    if found.result == UNKNOWN:
        return f"not known: {found.detail}"
    if found.result == GOING:
        return f"verified scheduled for deletion by {step.check.operation} at {at}: {found.detail}"
    return f"verified {found.result} by {step.check.operation} at {at}"


def write_certificate(
    folder: Path, said: Mapping[str, Any], signature: str, html: str, pdf: bytes
) -> list[Path]:
    """Write a certificate as it was signed, its signature, and what is to be read; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(said["request"]["id"])
    files = {
        f"{name}.certificate.json": canonical(said),
        f"{name}.certificate.json.sig": signature.encode(),
        f"{name}.certificate.html": html.encode(),
        f"{name}.certificate.pdf": pdf,
    }
    for file, content in files.items():
        (folder / file).write_bytes(content)
    return [folder / each for each in files]
