"""Graphs of Neptune Analytics in which knowledge bases keep their vectors."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask
from console.collect.each import each
from console.collect.stores import KNOWLEDGE_BASE, here, last_part, named
from console.domain.evidence import Payload


def fetch(neptune: Client, known: Known) -> Found:
    """Yield the graphs that knowledge bases name."""
    near, far = here(neptune, named(known[KNOWLEDGE_BASE], "graphArn"))
    yield from far

    def one(arn: str) -> Payload:
        return ask(neptune, "get_graph", graphIdentifier=last_part(arn))

    yield from each(near, one)


COLLECTOR = Collector(
    kind="neptune-graph.graph",
    title="Neptune graphs behind knowledge bases",
    service="neptune-graph",
    reach=Reach.REGION,
    actions=("neptune-graph:GetGraph",),
    key="arn",
    fetch=fetch,
    required=("arn", "id", "name"),
    needs=(KNOWLEDGE_BASE,),
)
