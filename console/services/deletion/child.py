"""A deed about a request done by a child process: what the window starts, because its own process never asks AWS."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from console.base.errors import ConsoleError
from console.services.child import WorkerCall, working
from console.services.job import Event, Job

SAID, STEP, DONE, REFUSED = "said", "step", "deed_done", "refused"
Heard = Callable[[Event], object]
"""Is told what a child says on the way: words, or how a step stands."""


class RefusedDeedError(ConsoleError):
    """A child refused a deed, or ended without a word; it carries the child's own words and remedy."""

    code = "SVC-030"
    remedy = (
        "Try again; if it ends without a word again, do it in a terminal with `bedrock-console deletion`."
    )


def deed_line(job: Job, deed: str, arguments: Mapping[str, str]) -> str:
    """Return what a child is told, as one line of JSON; it holds secrets."""
    return json.dumps({"job": job.line(), "deed": deed, "arguments": dict(arguments)})


def read_deed(line: str) -> tuple[Job, str, dict[str, str]]:
    """Read what `deed_line` wrote."""
    said = json.loads(line)
    return Job.read(said["job"]), str(said["deed"]), {str(k): str(v) for k, v in said["arguments"].items()}


def deed_call(call: WorkerCall, line: str) -> WorkerCall:
    """Return the call of this same program as one that does a deed."""
    *start, _command, _worker = call.arguments
    return replace(call, arguments=(*start, "deletion", "worker"), job_line=line)


def do_in_child(call: WorkerCall, heard: Heard = lambda _event: None) -> str:
    """Do a deed and return in words what was done; raise `RefusedDeedError` if it was refused."""
    with working(call) as worker:
        for event in worker.said():
            if event["event"] == DONE:
                return str(event["words"])
            if event["event"] == REFUSED:
                raise _refusal(event)
            heard(event)
    raise RefusedDeedError("the process that was to do it ended without a word")


def _refusal(event: Event) -> RefusedDeedError:
    return RefusedDeedError(f"{event['code']}: {event['message']}", remedy=str(event["remedy"]))
