"""Models that answer people must have been evaluated within the time that the department allows."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from console.base.clock import parse_stamp
from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, moment, part, said
from console.controls.routes import models_named
from console.domain.evidence import Fact

_JOB = "bedrock.evaluation_job"
_MODELS: Mapping[str, str] = {
    "bedrock.custom_model": "modelArn",
    "bedrock.imported_model": "modelArn",
    "bedrock-agent.agent_version": "foundationModel",
}
"""Kinds by which a model is in use, and the member that names it."""
_COMPLETED = "Completed"
_SHARED = (":foundation-model/", ":inference-profile/")
"""Sorts of things that are AWS's, and the same whoever names them."""
_DAY = timedelta(days=1)
_AREAS = ("eu", "us", "us-gov", "apac", "jp", "au", "ca", "global")
"""How ids of AWS's own profiles begin, before the model's."""


def check(question: Question) -> Iterator[Opinion]:
    """Look for the newest completed evaluation of each model, by the day on which that was read."""
    newest = _newest(question)
    most = question.policy.evaluation_days
    for kind, member in _MODELS.items():
        for fact in question.facts(kind):
            yield _judge(fact, said(fact.payload, member), newest, most).about(fact)


def _judge(fact: Fact, model: str | None, newest: Mapping[str, Fact], most: int) -> Answer:
    if fact.payload.get("isOwned") is False:
        return Answer(Verdict.NOT_APPLICABLE, "it is another account's, shared with this one")
    if model is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say which model it is")
    job = newest.get(_plain(model))
    if job is None:
        return Answer(Verdict.FAIL, f"no completed evaluation of {model} is kept here")
    made = moment(job.payload, "creationTime")
    if made is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say when it was evaluated", (job,))
    days = (parse_stamp(job.provenance.observed_at) - made) // _DAY
    verdict = Verdict.PASS if days <= most else Verdict.FAIL
    return Answer(verdict, f"{model} was evaluated {days} days ago; up to {most} are allowed", (job,))


def _newest(question: Question) -> dict[str, Fact]:
    """Return the newest completed evaluation of each model; one without a time counts as older than any."""
    found: dict[str, tuple[datetime | None, Fact]] = {}
    for job in question.facts(_JOB):
        if said(job.payload, "status") != _COMPLETED:
            continue
        made = moment(job.payload, "creationTime")
        for name in map(_plain, _evaluated(job)):
            held = found.get(name)
            if held is None or held[0] is None or (made is not None and made > held[0]):
                found[name] = (made, job)
    return {name: job for name, (_made, job) in found.items()}


def _evaluated(job: Fact) -> Iterator[str]:
    inference = part(job.payload, "inferenceConfig")
    for each in listed(inference, "models"):
        if name := said(part(each, "bedrockModel"), "modelIdentifier"):
            yield name
    yield from models_named(inference.get("ragConfigs"))


def _plain(name: str) -> str:
    """Return one name for a foundation model, whether it is named by id, by ARN or through a profile of AWS's.

    >>> _plain("arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.amazon.nova-lite-v1:0")
    'amazon.nova-lite-v1:0'
    """
    if name.startswith("arn:") and not any(sort in name for sort in _SHARED):
        return name
    model = name.rpartition("/")[2]
    area, _, rest = model.partition(".")
    return rest if area in _AREAS else model


CONTROL = Control(
    id="BR-MDL-005",
    title="Models of agents, and models of the department's own, were evaluated in time",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(*_MODELS, _JOB),
    rationale=(
        "An evaluation shows how a model answered then. Prompts, documents and the model's own behaviour change, and"
        " without a newer one nobody can say that it still answers as it was approved to."
    ),
    remedy=(
        "Call bedrock:CreateEvaluationJob with the model's ARN as modelIdentifier in the same Region, at least once in"
        " policy.evaluation_days, and keep the results."
    ),
    check=check,
    nothing=(
        Verdict.NOT_APPLICABLE,
        "agents in use, custom and imported models were read to the end; there is none here",
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/evaluation.html",),
    claims=("S29", "S39"),
    ages=True,
)
