"""The stores behind knowledge bases must not be reachable from the public internet."""

from collections.abc import Callable, Iterator, Mapping

from console.controls.answers import Answer, together
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, part, said
from console.controls.vector_stores import (
    BASE,
    CLUSTER,
    GRAPH,
    MANAGED_SEARCH,
    OUTSIDE,
    SERVERLESS,
    STORES,
    VECTORS,
    store_of,
)
from console.domain.evidence import Fact, Gap, Payload
from console.policy.match import matches, wild

_POLICY = "opensearchserverless.security_policy"


def check(question: Question) -> Iterator[Opinion]:
    """Follow each knowledge base to its store, and look whether that has a public address."""
    for fact in question.facts(BASE):
        yield _judge(question, fact).about(fact)


def _judge(question: Question, base: Fact) -> Answer:
    store = store_of(question, base)
    outside = OUTSIDE.get(store.sort or "")
    if outside:
        return Answer(Verdict.FAIL, f"its store is with {outside}, reached over the internet")
    if store.sort == VECTORS:
        return Answer(Verdict.NOT_APPLICABLE, "S3 Vectors has no network of its own; policies decide")
    if isinstance(store.found, Gap):
        because = f"its store {store.arn} could not be read: {store.found.reason.value}"
        return Answer(Verdict.UNKNOWN, because, (store.found,))
    if store.found is None:
        return Answer(Verdict.UNKNOWN, f"its store {store.arn or store.sort or ''} was not read")
    if store.sort == SERVERLESS:
        return _of_collection(question, store.found)
    answer = _OF[store.sort or ""](store.found)
    return Answer(answer.verdict, answer.because, (store.found,))


def _of_collection(question: Question, collection: Fact) -> Answer:
    """Answer by the network policies that hold for a collection; one that opens it is enough."""
    name = said(collection.payload, "name")
    if name is None:
        return Answer(Verdict.UNKNOWN, "AWS did not say what its collection is called", (collection,))
    answers = [
        _rule(rule, policy)
        for policy in question.facts(_POLICY)
        if said(policy.payload, "type") == "network"
        for rule in listed(policy.payload, "policy")
        if _is_about(rule, name)
    ]
    if not answers:
        return Answer(Verdict.UNKNOWN, f"no network policy for its collection {name} was read", (collection,))
    answer = together(answers, f"no network policy opens its collection {name} to the public")
    return Answer(answer.verdict, answer.because, (collection, *answer.evidence))


def _is_about(rule: Payload, name: str) -> bool:
    """Tell whether a rule of a network policy holds for a collection; one that is not understood may."""
    parts = [each for each in listed(rule, "Rules") if each.get("ResourceType") != "dashboard"]
    named = [resource for each in parts for resource in each.get("Resource") or ("*",)]
    return not rule or any(matches(wild(str(each)), f"collection/{name}") for each in named)


def _rule(rule: Payload, policy: Fact) -> Answer:
    public = rule.get("AllowFromPublic")
    if public is True:
        return Answer(
            Verdict.FAIL, f"network policy {policy.key} opens its collection to the public", (policy,)
        )
    if public is False:
        return Answer(Verdict.PASS, "", (policy,))
    return Answer(Verdict.UNKNOWN, f"network policy {policy.key} is not understood", (policy,))


def _of_domain(domain: Fact) -> Answer:
    if said(part(domain.payload, "VPCOptions"), "VPCId"):
        return Answer(Verdict.PASS, "its domain is in a VPC")
    if said(domain.payload, "Endpoint"):
        return Answer(Verdict.FAIL, "its domain has a public endpoint and is in no VPC")
    return Answer(Verdict.UNKNOWN, "AWS named neither a VPC nor an endpoint of its domain")


def _of_graph(graph: Fact) -> Answer:
    public = graph.payload.get("publicConnectivity")
    if public is True:
        return Answer(Verdict.FAIL, "its graph can be reached over the internet")
    if public is False:
        return Answer(Verdict.PASS, "its graph can only be reached privately")
    return Answer(Verdict.UNKNOWN, "AWS did not say whether its graph is public")


def _of_cluster(cluster: Fact) -> Answer:
    """Answer for a cluster; of Aurora, AWS says it of each instance and not of the cluster."""
    public, engine = cluster.payload.get("PubliclyAccessible"), said(cluster.payload, "Engine") or ""
    if public is True:
        return Answer(Verdict.FAIL, "its cluster has a public address")
    if public is False and not engine.startswith("aurora"):
        return Answer(Verdict.PASS, "its cluster has no public address")
    return Answer(Verdict.UNKNOWN, "whether instances of its cluster have public addresses was not read")


_OF: Mapping[str, Callable[[Fact], Answer]] = {
    MANAGED_SEARCH: _of_domain,
    GRAPH: _of_graph,
    CLUSTER: _of_cluster,
}

CONTROL = Control(
    id="BR-KBS-005",
    title="The stores behind knowledge bases have no public address",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(BASE, *STORES, _POLICY),
    rationale=(
        "A store with a public address is one leaked credential away from everybody: the documents' text can be read"
        " there past the knowledge base, its guardrails and its logs."
    ),
    remedy=(
        "Call aoss:UpdateSecurityPolicy with AllowFromPublic false and SourceServices bedrock.amazonaws.com,"
        " neptune-graph:UpdateGraph with publicConnectivity false, or move the domain or cluster into a VPC."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "knowledge bases were read to the end; there is none here"),
    references=(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html",
        "https://docs.aws.amazon.com/neptune-analytics/latest/userguide/gettingStarted-connecting.html",
    ),
    claims=("S34",),
)
