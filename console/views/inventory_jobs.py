"""Jobs with their data: what read from buckets and wrote to them, and what reads documents automatically."""

from console.controls.payload import listed, part, said
from console.views.beside import Get, Seen
from console.views.sections import Heading, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert

_NONE: Get = lambda _seen: None  # noqa: E731 - a cell without a value


def _text(words: str) -> Get:
    return lambda _seen: words


def _at(*path: str) -> Get:
    """Return an address deep in an answer; that AWS names none where there is none."""

    def cell(seen: Seen) -> Cell:
        found = seen.fact.payload
        for each in path[:-1]:
            found = part(found, each)
        return inert(said(found, path[-1]) or "") or "none named"

    return cell


def _blueprints(seen: Seen) -> Cell:
    used = listed(part(seen.fact.payload, "customOutputConfiguration"), "blueprints")
    return (
        ", ".join(inert(said(each, "blueprintArn") or "not said") for each in used) or "standard output only"
    )


JOBS = Section(
    id="jobs",
    title="Jobs and their data",
    about=(
        "What a job read and wrote lies in buckets and stays there when the job has ended. AWS deletes no record of a"
        " job but those of evaluations."
    ),
    headings=(
        Heading("name", "Name"),
        Heading("sort", "What it is"),
        Heading("status", "Status"),
        Heading("reads", "Read from", Kind.ARN),
        Heading("writes", "Written to", Kind.ARN),
        Heading("made", "Begun", Kind.TIME),
        Heading("arn", "ARN", Kind.ARN, is_shown=False),
    ),
    sources=(
        Source(
            "bedrock.model_invocation_job",
            (
                "jobName",
                _text("batch inference"),
                "status",
                _at("inputDataConfig", "s3InputDataConfig", "s3Uri"),
                _at("outputDataConfig", "s3OutputDataConfig", "s3Uri"),
                "submitTime",
                "jobArn",
            ),
        ),
        Source(
            "bedrock.evaluation_job",
            (
                "jobName",
                _text("evaluation"),
                "status",
                _NONE,
                _at("outputDataConfig", "s3Uri"),
                "creationTime",
                "jobArn",
            ),
        ),
        Source(
            "bedrock.model_customization_job",
            (
                "jobName",
                _text("training of a model"),
                "status",
                _at("trainingDataConfig", "s3Uri"),
                _at("outputDataConfig", "s3Uri"),
                "creationTime",
                "jobArn",
            ),
        ),
        Source(
            "bedrock.model_import_job",
            (
                "jobName",
                _text("import of a model"),
                "status",
                _at("modelDataSource", "s3DataSource", "s3Uri"),
                _NONE,
                "creationTime",
                "jobArn",
            ),
        ),
        Source(
            "bedrock.advanced_prompt_optimization_job",
            (
                "jobName",
                _text("improvement of prompts"),
                "jobStatus",
                _at("inputConfig", "s3Uri"),
                _at("outputConfig", "s3Uri"),
                "creationTime",
                "jobArn",
            ),
        ),
        Source(
            "bedrock-runtime.async_invoke",
            (
                lambda seen: inert(seen.fact.key.rpartition("/")[2]),
                _text("asynchronous call"),
                "status",
                _NONE,
                _at("outputDataConfig", "s3OutputDataConfig", "s3Uri"),
                "submitTime",
                "invocationArn",
            ),
        ),
        Source(
            "bedrock-data-automation.project",
            (
                "projectName",
                _text("Data Automation project"),
                "status",
                _NONE,
                _blueprints,
                "creationTime",
                "projectArn",
            ),
        ),
    ),
    stretch="writes",
)
