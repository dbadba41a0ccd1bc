"""Domains of OpenSearch Service in which knowledge bases keep their vectors."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import KNOWLEDGE_BASE, here, last_part, named
from console.domain.evidence import Payload


def fetch(opensearch: Client, known: Known) -> Found:
    """Yield the domains that knowledge bases name."""
    near, far = here(opensearch, named(known[KNOWLEDGE_BASE], "domainArn"))
    yield from far

    def one(arn: str) -> Payload:
        answer = ask(opensearch, "describe_domain", DomainName=last_part(arn))
        domain: Payload = answer["DomainStatus"]
        return domain

    yield from each(near, one)


COLLECTOR = Collector(
    kind="opensearch.domain",
    title="OpenSearch domains behind knowledge bases",
    service="opensearch",
    reach=Reach.REGION,
    actions=("es:DescribeDomain",),
    key="ARN",
    fetch=fetch,
    required=("ARN", "DomainName"),
    needs=(KNOWLEDGE_BASE,),
)
