"""Organisation policies of every type that AWS has: service control, resource control, opt-out and so on."""

from collections.abc import Iterator

from console.collect.base import Client, Collector, Found, Known, Missed, Reach, ask, ask_all
from console.collect.each import each, each_of
from console.domain.evidence import Payload


def fetch(organizations: Client, known: Known) -> Found:
    """Yield every policy with its document.

    Policies of a type that is not enabled have no effect; so where AWS refuses to list that type, nothing is missed.
    """

    def policies(sort: str) -> Iterator[Payload]:
        return ask_all(organizations, "list_policies", "Policies", Filter=sort)

    def read(policy: str) -> Payload:
        found: Payload = ask(organizations, "describe_policy", PolicyId=policy).get("Policy", {})
        return found

    enabled = set(_enabled(known))
    listed: list[str] = []
    for found in each_of(organizations.meta.service_model.shape_for("PolicyType").enum, policies):
        if not isinstance(found, Missed):
            listed.append(found["Id"])
        elif found.key in enabled:
            yield found
    yield from each(listed, read)


def _enabled(known: Known) -> Iterator[str]:
    for root in known["organizations.root"]:
        yield from (sort["Type"] for sort in root["PolicyTypes"] if sort["Status"] == "ENABLED")


def key(payload: Payload) -> str:
    """Name a policy by its ARN."""
    return str(payload["PolicySummary"]["Arn"])


COLLECTOR = Collector(
    kind="organizations.policy",
    title="Organisation policies (service control, resource control and every other type)",
    service="organizations",
    reach=Reach.ORGANISATION,
    actions=("organizations:ListPolicies", "organizations:DescribePolicy"),
    needs=("organizations.root",),
    key=key,
    fetch=fetch,
    required=("PolicySummary", "Content"),
)
