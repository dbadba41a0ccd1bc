"""What is wrong with networks, with what holds for the whole organisation, and with the mantle endpoint's settings."""

import json
from collections.abc import Iterator

from console.demo.department.plan import LONDON
from console.demo.department.seen import Fault, Seen

_KEPT = ("none", "inherit")
_SURFACES = {
    "bedrock-agent-runtime": ("bedrock-agent.agent", "bedrock-agent.knowledge_base"),
    "bedrock-agentcore": ("bedrock-agentcore-control.agent_runtime",),
}


def surrounding_faults(seen: Seen) -> Iterator[Fault]:
    """Yield what is wrong around an account's Bedrock."""
    yield from _networks(seen)
    yield from _organisation(seen)
    yield from _mantle(seen)


def _networks(seen: Seen) -> Iterator[Fault]:
    for each in seen.home.held["ec2.security_group"]:
        if "0.0.0.0/0" in json.dumps(each["IpPermissions"]):
            yield Fault("BR-NET-005", each["GroupId"], "Everybody may come in", LONDON)
    for code, region in seen.regions():
        leading = {each["ServiceName"].rpartition(".")[2] for each in region.endpoints}
        for surface, kinds in _SURFACES.items():
            if surface not in leading and any(region.held.get(kind) for kind in kinds):
                subject = f"{seen.member.id}/{code}/{surface}"
                yield Fault("BR-NET-006", subject, "No endpoint leads there", code)


def _organisation(seen: Seen) -> Iterator[Fault]:
    held = seen.estate.organisation.held
    own = {
        each["PolicyType"]: each["PolicyContent"]
        for each in held["organizations.effective_policy"]
        if each["TargetId"] == seen.member.id
    }
    if seen.uses_models and "BEDROCK_POLICY" not in own:
        yield Fault("BR-ORG-001", seen.member.id, "No Bedrock policy reaches it")
    if "optIn" in own["AISERVICES_OPT_OUT_POLICY"]:
        yield Fault("BR-ORG-002", seen.member.id, "It was opted in again")
    if seen.member == seen.plan.management:
        yield Fault("BR-ART-001", "Cyber Essentials Plus", "The certificate has ended")


def _mantle(seen: Seen) -> Iterator[Fault]:
    for code, region in seen.regions():
        (account,) = region.held["bedrock-mantle.data_retention"]
        if account["mode"] != "none":
            yield Fault("BR-RET-003", f"{seen.member.id}/{code}", "Its mode was never set", code)
        for each in region.held["bedrock-mantle.project"]:
            if each["data_retention"]["mode"] not in _KEPT and each["status"] == "active":
                yield Fault("BR-RET-003", each["id"], "Its own mode keeps data", code)
