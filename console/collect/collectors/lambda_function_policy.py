"""Who may call the Lambda functions that agents, flows and gateways act through."""

from console.collect.base import Client, Collector, Found, Known, Reach, client_in
from console.collect.data_paths import NAMES_FUNCTIONS, function_names, named_in, region_and_account
from console.collect.each import ask_unless, each
from console.domain.evidence import Payload

_ABSENT = ("ResourceNotFoundException",)
"""Nobody but the account's own identities may call it, or it is not there."""


def fetch(functions: Client, known: Known) -> Found:
    """Yield the policy of each function that has one, with the function's ARN."""

    def read(arn: str) -> Payload | None:
        region, _ = region_and_account(arn)
        answer = ask_unless(client_in(functions, region), "get_policy", _ABSENT, FunctionName=arn)
        return None if answer is None else {"FunctionArn": arn, **answer}

    return each(named_in(known, NAMES_FUNCTIONS, function_names), read)


COLLECTOR = Collector(
    kind="lambda.function_policy",
    title="Policies of functions that agents and flows call",
    service="lambda",
    reach=Reach.REGION,
    actions=("lambda:GetPolicy",),
    key="FunctionArn",
    fetch=fetch,
    required=("FunctionArn", "Policy"),
    needs=NAMES_FUNCTIONS,
)
