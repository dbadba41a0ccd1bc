"""Deletions killed while they are carried out, and gone on with: no step is repeated and none is left out."""

import random
import threading
from pathlib import Path

import pytest

from campaign.attacks import unsound
from campaign.kills import Tally
from console.deletion.case import State
from console.deletion.plan import Plan
from console.services.child import worker_call, working
from console.services.deletion.carrying import confirmation
from console.services.deletion.child import DONE, deed_call, deed_line
from journeys import test_deletion as journey
from journeys.test_deletion import KIM, Office

_LONGEST_SECONDS = 6.0
_MOST_TURNS = 30


def wage_deletions(kills: int, seed: int, folder: Path) -> Tally:
    """Kill executions so many times, of as many plans as that takes."""
    draw = random.Random(f"{seed} deletion")
    tally = Tally("deletion")
    while tally.kills < kills and tally.trials < kills:
        with pytest.MonkeyPatch.context() as patch:
            _in_a_department(tally, draw, folder / str(tally.trials), patch)
        tally.trials += 1
    return tally


def _in_a_department(tally: Tally, draw: random.Random, folder: Path, patch: pytest.MonkeyPatch) -> None:
    with journey.a_department(folder / "department") as department:
        for name, planned in (("model", _model), ("job", journey.freshly_planned)):
            office = journey.an_office(department, folder / name, patch)
            _, request_id, plan = planned(office)
            journey.approved(office, request_id)
            office.control("DELETE", "requests")
            try:
                _to_the_end(tally, draw, office, plan)
            except Exception as error:  # noqa: BLE001 - whatever rises is what was to be found
                tally.losses.append(f"deletion of a {name}: {error!r}")


def _model(office: Office) -> tuple[Office, str, Plan]:
    journey.set_commitment(office, "2025-09-30T00:00:00Z")
    jo = office.jo.parts()
    request_id = jo.deletions.raise_request(journey.draft(office), journey.JO)
    plan = journey.accept_all(office, request_id, office.jo.parts().carrying.plan(request_id, journey.JO))
    return office, request_id, plan


def _to_the_end(tally: Tally, draw: random.Random, office: Office, plan: Plan) -> None:
    job = office.kim.desk.job
    for _ in range(_MOST_TURNS):
        if _executed(office, plan, draw.uniform(0.5, _LONGEST_SECONDS)):
            break
        tally.kills += 1
        tally.losses += [f"deletion: {each}" for each in unsound(job.store, job.key)]
    case = office.kim.parts().deletions.case(plan.request_id)
    sent = journey.changes(office)
    wanted = [each.operation.partition(":")[2] for each in plan.steps]
    if case.state is not State.EXECUTED or list(case.done) != [each.id for each in plan.steps]:
        tally.losses.append(f"deletion: {case.state.value}, with {len(case.done)} of {len(plan.steps)} steps")
    if sorted(sent) != sorted(wanted):
        tally.losses.append(f"deletion: sent {sent}, where the plan has {wanted}")


def _executed(office: Office, plan: Plan, seconds: float) -> bool:
    """Carry out for so long, unless it ends before that; tell whether it ended."""
    job = office.kim.desk.job
    said = {"id": plan.request_id, "person": KIM, "confirmed": confirmation(plan)}
    call = deed_call(worker_call(job, office.kim.environment), deed_line(job, "execute", said))
    with working(call) as worker:
        timer = threading.Timer(seconds, worker.kill)
        timer.start()
        events = list(worker.said())
        timer.cancel()
    last = events[-1] if events else {"event": ""}
    if last["event"] == "refused":
        raise AssertionError(f"{last['code']}: {last['message']}")
    return bool(last["event"] == DONE)
