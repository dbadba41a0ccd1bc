"""Collections of OpenSearch Serverless in which knowledge bases keep their vectors."""

from collections.abc import Iterator, Sequence

from console.collect.base import Client, Collector, Found, Known, Missed, NotShownError, Reach, ask
from console.collect.stores import KNOWLEDGE_BASE, here, last_part, named

_MOST = 100
"""How many collections AWS tells of in one answer."""


def fetch(serverless: Client, known: Known) -> Found:
    """Yield the collections that knowledge bases name, and that those are missed which AWS does not show."""
    near, far = here(serverless, named(known[KNOWLEDGE_BASE], "collectionArn"))
    yield from far
    for some in _pieces(near):
        arns = {last_part(arn): arn for arn in some}
        answer = ask(serverless, "batch_get_collection", ids=list(arns))
        shown = answer["collectionDetails"]
        yield from shown
        reasons = {each["id"]: each for each in answer.get("collectionErrorDetails", ())}
        for id_ in sorted(arns.keys() - {each["id"] for each in shown}):
            why = reasons.get(id_, {})
            said = f"{why.get('errorCode', 'not in the answer')}: {why.get('errorMessage', id_)}"
            yield Missed(arns[id_], NotShownError(said))


def _pieces(arns: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(arns), _MOST):
        yield arns[start : start + _MOST]


COLLECTOR = Collector(
    kind="opensearchserverless.collection",
    title="OpenSearch Serverless collections behind knowledge bases",
    service="opensearchserverless",
    reach=Reach.REGION,
    actions=("aoss:BatchGetCollection",),
    key="arn",
    fetch=fetch,
    required=("arn", "id", "name", "status", "type"),
    needs=(KNOWLEDGE_BASE,),
)
