"""The desk for deletions: raise, accept, hold, sign, refuse, carry between laptops; nothing here asks AWS to change.

Each deed is signed with this console's key as whoever AWS says is signed in at that moment.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from console.base.clock import Clock
from console.base.settings import DeletionSettings
from console.deletion.case import Case, Entry, State, What, case_of, cases_of
from console.deletion.errors import (
    BadDeletionFileError,
    BadRequestError,
    NoSuchRequestError,
    WrongStateError,
)
from console.deletion.plan import Plan
from console.deletion.records import Body
from console.deletion.request import Draft
from console.deletion.rules import check_approval, check_approver, check_other
from console.deletion.target import checked_day
from console.domain.deed import DeedKind
from console.evidence.reading import Reading
from console.evidence.store import Store
from console.services.deletion.files import read_file, write_file
from console.services.deletion.packs import Erased, packs_of
from console.services.deletion.signers import Register, line_of
from console.services.deletion.signing import Signing, entries_of
from console.vault.pseudonym import pseudonym
from console.vault.signing import SigningKey

_UNDECIDED = (State.REQUESTED, State.BLOCKED, State.READY, State.EXPIRED, State.REFUSED, State.APPROVED)


class DeletionDesk:
    """Does one deed at a time; the store is open for writing only meanwhile."""

    def __init__(
        self,
        *,
        reading: Callable[[], Reading],
        writing: Callable[[], AbstractContextManager[Store]],
        signer: SigningKey,
        who: Callable[[], str],
        settings: DeletionSettings,
        clock: Clock,
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._signer = signer
        self._who = who
        """Asks AWS who is signed in; returns the ARN."""
        self.settings = settings
        self.clock = clock

    @property
    def register(self) -> Register:
        """Whose key is whose, read anew each time."""
        return Register.read(self.settings.allowed_signers, self._signer)

    def signing(self, person: str) -> Signing:
        """Return who would sign now."""
        return Signing(person=person, caller=self._who(), signer=self._signer, now=self.clock())

    def signer_line(self) -> str:
        """Return the line by which others register this console's key for whoever is signed in."""
        return line_of(self.signing("nobody").identity, self._signer.public)

    def pseudonym(self, identity: str) -> str:
        """Return the pseudonym of a person; their name is kept nowhere."""
        if not identity.strip():
            raise BadRequestError("nobody was named")
        return pseudonym(identity, self._signer)

    def cases(self) -> tuple[Case, ...]:
        """Return every request, those due soonest first."""
        return cases_of(entries_of(self._reading().deeds()), self.clock())

    def case(self, request_id: str) -> Case:
        """Return one request; raise `NoSuchRequestError` if there is none."""
        found = next((each for each in self.cases() if each.id == request_id), None)
        if found is None:
            raise NoSuchRequestError(f"there is no request {request_id}")
        return found

    def raise_request(self, draft: Draft, person: str) -> str:
        """Sign and keep a request; return its id."""
        body = self.signing(person).body(What.REQUEST, "", draft.record())
        self._keep(person, body)
        return str(body["record"]["request"])

    def keep_plan(self, plan: Plan, person: str) -> None:
        """Sign and keep a plan that was just found: the first signature over its hash."""
        self.check_plannable(self.case(plan.request_id))
        said = {"plan": plan.record(), "plan_sha256": plan.sha256}
        self.write(What.PLAN, plan.request_id, said, person)

    def check_plannable(self, case: Case) -> None:
        """Refuse a new plan for what was carried out and verified, or withdrawn."""
        if case.state in (State.WITHDRAWN, State.CERTIFIED, State.VERIFIED):
            raise WrongStateError(f"{case.id} is {case.state.value}")

    def accept(self, request_id: str, blocker: str, reason: str, person: str) -> None:
        """Accept that what a blocker keeps stays behind; it counts from the next plan on."""
        case = self.case(request_id)
        found = next((each for each in (case.plan.blockers if case.plan else ()) if each.id == blocker), None)
        if found is None:
            raise NoSuchRequestError(f"{request_id} has no blocker {blocker}", remedy="See `deletion show`.")
        if not found.acceptable:
            raise WrongStateError(
                f"{found.words}: this cannot be accepted", remedy="Remove its cause and make the plan anew."
            )
        _need(reason)
        self.write(What.ACCEPTANCE, request_id, {"blocker": blocker, "reason": reason.strip()}, person)

    def approve(self, request_id: str, person: str) -> str:
        """Sign under the plan that is in force; return its hash."""
        case, signing = self.case(request_id), self.signing(person)
        plan = check_approver(case, signing.identity, signing.key, signing.now)
        for each in case.of(What.REQUEST, What.PLAN):
            self.register.check(each.key, each.identity, each.person)
        self._keep(person, signing.body(What.APPROVAL, request_id, {"plan_sha256": plan.sha256}))
        return plan.sha256

    def refuse(self, request_id: str, reason: str, person: str) -> None:
        """Refuse the newest plan, with a reason."""
        case, signing = self.case(request_id), self.signing(person)
        if case.plan is None or case.state not in (State.READY, State.APPROVED, State.BLOCKED, State.EXPIRED):
            raise WrongStateError(f"{request_id} is {case.state.value}: there is no plan to refuse")
        check_other(case, case.of(What.REQUEST, What.PLAN), signing.identity, signing.key)
        _need(reason)
        said = {"plan_sha256": case.plan.sha256, "reason": reason.strip()}
        self._keep(person, signing.body(What.REFUSAL, request_id, said))

    def hold(self, request_id: str, reason: str, person: str) -> None:
        """Place a hold: nothing may be approved or carried out until it is lifted."""
        self._with_reason(What.HOLD, request_id, reason, person)

    def release(self, request_id: str, reason: str, person: str) -> None:
        """Lift the hold."""
        if self.case(request_id).state is not State.HELD:
            raise WrongStateError(f"{request_id} is not on hold")
        self._with_reason(What.RELEASE, request_id, reason, person)

    def stop_clock(self, request_id: str, on: str, reason: str, person: str) -> None:
        """Let the statutory clock stand from a day on, until the person has answered."""
        self._of_clock(request_id)
        checked_day("on", on)
        _need(reason)
        self.write(What.CLOCK_STOP, request_id, {"on": on, "reason": reason.strip()}, person)

    def start_clock(self, request_id: str, on: str, person: str) -> None:
        """Let the statutory clock go on from a day."""
        if not self._of_clock(request_id).due.is_stopped:
            raise WrongStateError(f"{request_id}: the clock is not stopped")
        checked_day("on", on)
        self.write(What.CLOCK_START, request_id, {"on": on}, person)

    def extend(self, request_id: str, reason: str, person: str) -> None:
        """Extend the statutory time by two months; the person must be told within the first."""
        if self._of_clock(request_id).due.is_extended:
            raise WrongStateError(f"{request_id} was extended already, and can be once")
        self._with_reason(What.EXTENSION, request_id, reason, person)

    def withdraw(self, request_id: str, reason: str, person: str) -> None:
        """Withdraw a request that nothing was carried out for."""
        state = self.case(request_id).state
        if state not in (*_UNDECIDED, State.HELD):
            raise WrongStateError(f"{request_id} is {state.value}")
        self._with_reason(What.WITHDRAWAL, request_id, reason, person)

    def export(self, request_id: str, to: Path, person: str) -> None:
        """Write a request with all of its records into a new file, signed as a whole."""
        self.case(request_id)
        bodies = [body for body in self._bodies() if body["record"]["request"] == request_id]
        content = write_file(request_id, bodies, self.signing(person))
        try:
            with to.open("xb") as stream:
                stream.write(content)
        except OSError as error:
            raise BadDeletionFileError(
                f"{to} could not be written: {error.strerror}",
                remedy="Choose a folder that you may write, and a name that is not taken.",
            ) from None

    def import_file(self, file: Path) -> tuple[str, int]:
        """Keep what is new of a file; return the request's id and how many records were new.

        Refused, and nothing is kept: a file that was edited, records by keys that nobody registered, an approval of
        another plan than the newest, one signed too late, or by somebody who had another part in it.
        """
        record, found = read_file(file)
        self.register.check(record["key"], record["identity"], f"{file}, sent by {record['person']}")
        held = {each.digest for each in entries_of(self._reading().deeds())}
        new = [(body, entry) for body, entry in found if entry.digest not in held]
        for _, entry in new:
            self.register.check(entry.key, entry.identity, f"the {entry.what.value} of {entry.person}")
        entries = [entry for _, entry in found]
        self._check_merged(record["request"], entries, [entry for _, entry in new])
        for body, entry in new:
            self._keep(entry.person, body)
        return str(record["request"]), len(new)

    def _check_merged(self, request_id: str, in_file: list[Entry], new: list[Entry]) -> None:
        """Hold new records to the request as it would be with them.

        Signatures under an earlier plan are history where the sender knew the newest one. Where the sender did not,
        they were meant to count, and do not.
        """
        held = [each for each in entries_of(self._reading().deeds()) if each.request_id == request_id]
        merged = case_of([*held, *new], self.clock())
        if merged is None:
            raise BadDeletionFileError(f"the file does not hold the request {request_id} itself")
        newest = merged.plan.sha256 if merged.plan else ""
        known = {each.said["plan_sha256"] for each in in_file if each.what is What.PLAN}
        for each in new:
            is_old = each.what is What.APPROVAL and each.said["plan_sha256"] != newest
            if each.what is What.APPROVAL and not (
                is_old and newest in known and each.said["plan_sha256"] in known
            ):
                check_approval(merged, each)

    def erase(self, request_id: str, person: str) -> Erased:
        """Erase what this console's own store holds of the things that were deleted, once that was verified.

        Bodies go; hashes, leaves and a tombstone stay, so that the ledger still verifies. Backups and packs that were
        made before are not reached: the packs are named, because whoever has them is to be told (UK GDPR Art. 19).
        """
        case, signing = self.case(request_id), self.signing(person)
        if case.plan is None or case.state not in (State.VERIFIED, State.CERTIFIED):
            raise WrongStateError(f"{request_id} is {case.state.value}: the evidence is still needed")
        keys = sorted({case.target.name, *(each.subject for each in case.plan.steps)} - {""})
        held = self._reading().bodies_of(keys)
        refreshes = set().union(*held.values()) if held else set()
        packs = [each for each in packs_of(self._reading().deeds()) if each.refresh_id in refreshes]
        basis = f"Request {request_id}: {case.ground.words}"
        with self._writing() as store:
            for body in sorted(held):
                store.erase_body(body, basis=basis, erased_by=signing.identity)
            said = {
                "bodies": sorted(held),
                "packs": [each.record() for each in packs],
                "reason": basis,
            }
            body_of = signing.body(What.ERASURE, request_id, said)
            store.add_deed(DeedKind.DELETION, signing.person, body_of)
        return Erased(bodies=len(held), packs=tuple(packs))

    def write(self, what: What, request_id: str, said: Mapping[str, Any], person: str) -> None:
        """Sign and keep one record about a request that is there."""
        self.case(request_id)
        self._keep(person, self.signing(person).body(what, request_id, said))

    def _bodies(self) -> list[Body]:
        return [each.body for each in self._reading().deeds() if each.kind is DeedKind.DELETION]

    def _with_reason(self, what: What, request_id: str, reason: str, person: str) -> None:
        _need(reason)
        self.write(what, request_id, {"reason": reason.strip()}, person)

    def _of_clock(self, request_id: str) -> Case:
        case = self.case(request_id)
        if not case.ground.is_statutory:
            raise WrongStateError(f"{request_id} has no statutory clock: its ground is {case.ground.words}")
        return case

    def _keep(self, person: str, body: Body) -> None:
        with self._writing() as store:
            store.add_deed(DeedKind.DELETION, person.strip(), body)


def _need(reason: str) -> None:
    if not reason.strip():
        raise BadRequestError("a reason is needed", remedy="Give it in --reason.")
