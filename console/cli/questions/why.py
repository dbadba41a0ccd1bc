"""`bedrock-console ask why`: the decision for one principal, every layer and statement of it."""

from argparse import ArgumentParser

from console.cli.base import DONE, FOUND, Invocation
from console.cli.questions import base
from console.policy.case import write_decision
from console.views.text import inert
from console.views.trace import trace_as_json, trace_in_words


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the question."""
    parser.add_argument("principal", help="the ARN of a user or role")
    parser.add_argument("action")
    parser.add_argument("resource", help="an ARN, *, or any")
    base.add_circumstances(parser)
    base.add_model_call(parser)
    base.add_source(parser)


def run(invocation: Invocation) -> int:
    """Print the trace; of a call that needs several authorisations, one trace each."""
    options = invocation.options
    asked = base.asked(invocation)
    questions = base.questions_of(invocation, asked, options.resource)
    asked = asked.about(each.resource for each in questions)
    traces = [asked.organisation.trace(options.principal, each) for each in questions]
    if options.json:
        written = [
            {
                "action": question.action,
                "resource": question.resource,
                **write_decision(trace.decision),
                "trace": trace_as_json(trace),
            }
            for question, trace in zip(questions, traces, strict=True)
        ]
        whole = written[0] if len(written) == 1 else {"authorisations": written}
        base.write_json(invocation, {**whole, "unseen": base.unseen_as_json(asked)})
        return FOUND if asked.unseen else DONE
    for question, trace in zip(questions, traces, strict=True):
        if len(questions) > 1:
            region = f" in {question.region}" if question.region else ""
            invocation.out.write(inert(f"{question.action} on {question.resource}{region}") + "\n")
        for line in trace_in_words(trace):
            invocation.out.write(inert(line) + "\n")
    for each in asked.unseen:
        invocation.out.write(f"Not seen: {each.account}: {inert(each.reason)}\n")
    return FOUND if asked.unseen else DONE
