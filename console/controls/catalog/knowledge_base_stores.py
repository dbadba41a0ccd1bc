"""Knowledge bases must keep their vectors at AWS."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.controls.vector_stores import (
    BASE,
    CLUSTER,
    GRAPH,
    MANAGED_SEARCH,
    OUTSIDE,
    SERVERLESS,
    VECTORS,
    sort_of,
)
from console.domain.evidence import Fact

_AT_AWS = (SERVERLESS, MANAGED_SEARCH, GRAPH, CLUSTER, VECTORS)
_WITHOUT = {
    "KENDRA": "it asks an index of Amazon Kendra",
    "SQL": "it asks a database of Amazon Redshift",
    "MANAGED": "Bedrock keeps its vectors itself",
}


def check(question: Question) -> Iterator[Opinion]:
    """Look at the store that each knowledge base names."""
    for fact in question.facts(BASE):
        yield _judge(fact).about(fact)


def _judge(fact: Fact) -> Answer:
    sort, store = sort_of(fact), said(part(fact.payload, "storageConfiguration"), "type")
    outside, without = OUTSIDE.get(store or ""), _WITHOUT.get(sort or "")
    if outside:
        return Answer(Verdict.FAIL, f"it keeps its vectors with {outside}, outside AWS")
    if without and store is None:
        return Answer(Verdict.PASS, without)
    if sort == "VECTOR" and store in _AT_AWS:
        return Answer(Verdict.PASS, f"it keeps its vectors in {store}, at AWS")
    because = f"it is of type {sort or 'not said'} with a store {store or 'not said'}"
    return Answer(Verdict.UNKNOWN, because)


CONTROL = Control(
    id="BR-KBS-001",
    title="Knowledge bases keep their vectors at AWS",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(BASE,),
    rationale=(
        "Vectors and the pieces of text beside them are the documents in another form. With a third party they are"
        " under that company's terms, staff, keys and country, and no policy of ours reaches them."
    ),
    remedy=(
        "A knowledge base's store cannot be changed. Call bedrock:CreateKnowledgeBase with a store at AWS, ingest the"
        " documents anew, move what uses it, then delete the old one with dataDeletionPolicy DELETE, the index at the"
        " third party and the secret that opens it."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "knowledge bases were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-setup.html",),
    claims=("S09", "S15"),
)
