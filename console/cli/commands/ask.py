"""`bedrock-console ask`: who can do what, and why."""

from argparse import ArgumentParser
from types import ModuleType

from console.cli.base import Command, Invocation
from console.cli.questions import decide, exposure, residency, what_can, who_can, why

TEACHING = """\
who-can, what-can, why, exposure and residency ask the latest refresh, or --organisation FILE in the format
iam-org-snapshot/1; nothing is contacted.

The caller's own keys (aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalOrgID, aws:PrincipalTag/*) are filled in. A
key that is neither filled in, given with --context nor named with --unknown counts as absent; --unknown-rest makes
every other key unknown. What hangs on an unknown key is answered "AllowedIf", with the condition. exposure and
residency ask what could be, so there every other key is unknown.

  bedrock-console ask who-can bedrock:InvokeModel --resource any --context aws:RequestedRegion=eu-west-2
  bedrock-console ask who-can bedrock:DeleteGuardrail --through-roles
  bedrock-console ask what-can ARN --service bedrock
  bedrock-console ask why ARN bedrock:InvokeModel ARN --unknown aws:SourceVpce
  bedrock-console ask exposure --account 111111111111
  bedrock-console ask residency --approved eu-west-2

A call through an inference profile that was seen is asked as AWS authorises it: the profile in its own Region, and the
model in every Region to which it may be routed (aws:RequestedRegion is "unspecified" for a global profile). --guardrail
and --bearer-token add what such calls need besides. Converse is authorised as InvokeModel.

--through-roles and exposure follow roles that others may assume. A link holds if the caller's policies and the role's
trust policy let it; what a caller could choose (an external id, a session's name) is left open.

A resource that is named is asked with its own policy, a role with its trust policy, where the refresh read it; where
it did not, the answer says so. With --resource any, sts:AssumeRole asks for every role in turn; policies of other
resources are not weighed, for the answer is about no particular one.

decide reads resolved cases, one JSON object a line: a request and every policy that applies to it, layer by layer. The
answer is one JSON object a line, in the same order: `result` is Allowed, AllowedIf (with the `residual` condition on
context keys named unknown), ImplicitlyDenied, ExplicitlyDenied, or Error with a message that names the policy and
the place.

exit codes: 0 answered; 1 answered, and nobody can, data could leave, or not all could be asked; 2 refused
"""


_QUESTIONS: dict[str, tuple[ModuleType, str]] = {
    "decide": (decide, "decide resolved authorisation cases, one JSON object a line"),
    "who-can": (who_can, "list every principal that can do an action"),
    "what-can": (what_can, "list every action that a principal can do"),
    "why": (why, "trace the decision for one principal, layer by layer"),
    "exposure": (exposure, "show who has each named capability, account by account"),
    "residency": (residency, "show whether data could leave through inference profiles, and what stops it"),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the questions."""
    under = parser.add_subparsers(metavar="QUESTION", required=True, dest="question")
    for name, (question, said) in _QUESTIONS.items():
        question.add_arguments(under.add_parser(name, help=said))


def run(invocation: Invocation) -> int:
    """Answer the question."""
    question, _ = _QUESTIONS[invocation.options.question]
    code: int = question.run(invocation)
    return code


COMMAND = Command(
    name="ask",
    summary="Ask who can do what, and why, without AWS",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
