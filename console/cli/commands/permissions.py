"""`bedrock-console permissions`: write the roles that a refresh needs, made from what the code reads."""

from argparse import ArgumentParser
from pathlib import Path

from console.base.errors import ConsoleError
from console.base.settings import AwsSettings, CountingSettings, DeletionSettings
from console.cli.base import DONE, Command, Invocation

FORMS = ("cloudformation", "json", "terraform")
PURPOSES = ("reading", "deletion", "counting")
ROLE_NAME = AwsSettings().reader_role
ERASER_NAME = DeletionSettings().eraser_role
COUNTER_NAME = CountingSettings().role
TEACHING = """\
Everything that is allowed reads, and nothing is allowed that no collector needs: take an action away, and what needs
it is shown as not seen, with the reason "denied".

Invocation logs hold prompts. They are read for who called what and what guardrails caught; no prompt is kept. With
--without-logs nobody is allowed to read them, and guardrail hits are shown as not seen.

  cloudformation  one stack for the management account. It makes the role there, and a StackSet that makes it in every
                  account of the units that you name (the root for all), those that join later too. It also holds
                  managed policies for the officer's own role.
  terraform       the same as a .tf.json file
  json            the plain policy documents

The role that deletes is another one, and off unless you make it (--for deletion): it may call what approved plans
need and nothing else, is taken up for one plan at a time, and the same file gives the reader role what it needs to
find plans.

The role that has AWS count over logs is a third one, and off unless you make it (--for counting): it starts queries of
Amazon Athena and CloudWatch Logs Insights, and lets Athena write answers into the one bucket that you name with
--results-bucket. The cloudformation form makes the workgroup too, with its own settings enforced and a limit on what
one query may read; make it in each account and Region whose logs are to be counted.

examples:
  bedrock-console permissions --for counting --format cloudformation --results-bucket counts --trust 111122223333
  bedrock-console permissions --for deletion --format cloudformation --trust arn:aws:iam::111122223333:role/Executor
  bedrock-console permissions --format cloudformation --trust 111122223333 --out reader.json
  aws cloudformation deploy --template-file reader.json --stack-name bedrock-console \\
      --capabilities CAPABILITY_NAMED_IAM --parameter-overrides OrganizationalUnitIds=r-ab12
"""


class NoSuchFormError(ConsoleError):
    """A role is not written in the form that was asked for."""

    code = "CLI-030"
    remedy = "Ask for --format json or --format cloudformation."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the form, the role and whom it trusts."""
    parser.add_argument("--format", choices=FORMS, required=True, help="what to write")
    parser.add_argument(
        "--for",
        dest="purpose",
        choices=PURPOSES,
        default="reading",
        help="what the role is for: reading (default), carrying out deletions that were approved, or having AWS count",
    )
    parser.add_argument(
        "--role",
        default="",
        help=f"the role's name (default: {ROLE_NAME}; {ERASER_NAME} for deletion; {COUNTER_NAME} for counting)",
    )
    parser.add_argument(
        "--results-bucket",
        default="",
        metavar="BUCKET",
        help="with --for counting: the bucket that Athena writes answers into",
    )
    parser.add_argument("--external-id", default="", help="what the caller must send to take up the role")
    parser.add_argument(
        "--trust",
        default="",
        metavar="ACCOUNT_OR_ARN",
        help="who may take up the role (without it, the template asks when it is applied)",
    )
    parser.add_argument(
        "--without-logs", action="store_true", help="leave out what it takes to read invocation logs"
    )
    parser.add_argument("--out", type=Path, help="a file for it (default: standard output)")


def run(invocation: Invocation) -> int:
    """Write what was asked for."""
    from console.services.permissions import as_json, grant_of  # noqa: PLC0415 - the collectors: not for `--help`
    from console.services.refresh import discover_collectors  # noqa: PLC0415
    from console.services.rollout import as_cloudformation, as_terraform  # noqa: PLC0415

    if invocation.options.purpose == "deletion":
        return _for_deletion(invocation)
    if invocation.options.purpose == "counting":
        return _for_counting(invocation)
    forms = {"cloudformation": as_cloudformation, "json": as_json, "terraform": as_terraform}
    options = invocation.options
    grant = grant_of(
        discover_collectors(),
        role=options.role or ROLE_NAME,
        external_id=options.external_id,
        trusted=options.trust,
        logs=not options.without_logs,
    )
    written = forms[options.format](grant)
    if options.out is None:
        invocation.out.write(written)
        return DONE
    _write(options.out, written)
    invocation.err.write(
        f"Wrote {options.out}: {len(grant.reader)} policies for the reader role, {len(grant.officer)} for the "
        f"officer's. Settings to match: reader_role = {grant.role!r}, external_id = {grant.external_id!r}.\n"
    )
    return DONE


def _for_deletion(invocation: Invocation) -> int:
    """Write the role that deletes, and what the reader role needs besides."""
    from console.services.deletion.roles import as_cloudformation, as_json  # noqa: PLC0415 - boto3
    from console.services.permissions import grant_of  # noqa: PLC0415 - the collectors: not for `--help`
    from console.services.refresh import discover_collectors  # noqa: PLC0415

    options = invocation.options
    forms = {"cloudformation": as_cloudformation, "json": as_json}
    if options.format not in forms:
        raise NoSuchFormError(f"the roles for deletions are not written as {options.format}")
    grant = grant_of(
        discover_collectors(),
        role=options.role or ERASER_NAME,
        external_id=options.external_id,
        trusted=options.trust,
    )
    written = forms[options.format](grant, ROLE_NAME)
    if options.out is None:
        invocation.out.write(written)
        return DONE
    _write(options.out, written)
    invocation.err.write(
        f"Wrote {options.out}. Setting to match: eraser_role = {grant.role!r} under [deletion].\n"
    )
    return DONE


def _for_counting(invocation: Invocation) -> int:
    """Write the role that has AWS count, and the workgroup that it counts in."""
    from console.services.counting_role import as_cloudformation, as_json  # noqa: PLC0415 - boto3
    from console.services.permissions import Grant  # noqa: PLC0415 - the collectors: not for `--help`

    options = invocation.options
    forms = {"cloudformation": as_cloudformation, "json": as_json}
    if options.format not in forms:
        raise NoSuchFormError(f"the role for counting is not written as {options.format}")
    grant = Grant(
        reader=(),
        officer=(),
        role=options.role or COUNTER_NAME,
        external_id=options.external_id,
        trusted=options.trust,
    )
    written = forms[options.format](grant, options.results_bucket)
    if options.out is None:
        invocation.out.write(written)
        return DONE
    _write(options.out, written)
    invocation.err.write(f"Wrote {options.out}. Setting to match: role = {grant.role!r} under [counting].\n")
    return DONE


def _write(to: Path, text: str) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, encoding="utf-8", newline="\n")


COMMAND = Command(
    name="permissions",
    summary="Write the read-only roles that a refresh needs",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
