"""Secrets with which knowledge bases sign in to their stores and sources: how they are kept, never their values."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import DATA_SOURCE, KNOWLEDGE_BASE, here, named
from console.domain.evidence import Payload

_NAMING = ("credentialsSecretArn", "usernamePasswordSecretArn")


def fetch(secrets: Client, known: Known) -> Found:
    """Yield what is known about the secrets that knowledge bases and data sources name."""
    near, far = here(secrets, named([*known[KNOWLEDGE_BASE], *known[DATA_SOURCE]], *_NAMING))
    yield from far

    def one(arn: str) -> Payload:
        return ask(secrets, "describe_secret", SecretId=arn)

    yield from each(near, one)


COLLECTOR = Collector(
    kind="secretsmanager.secret",
    title="Secrets that knowledge bases use",
    service="secretsmanager",
    reach=Reach.REGION,
    actions=("secretsmanager:DescribeSecret",),
    key="ARN",
    fetch=fetch,
    required=("ARN", "Name"),
    needs=(KNOWLEDGE_BASE, DATA_SOURCE),
)
