"""What is wrong with what Bedrock is used with, noted by looking at an estate that is whole."""

from collections.abc import Iterator

from console.demo.department.draw import Draw
from console.demo.department.noted_agentcore import agentcore_failings
from console.demo.department.noted_agents import agent_failings
from console.demo.department.noted_flows import flow_failings
from console.demo.department.noted_guardrails import guardrail_failings
from console.demo.department.noted_knowledge import knowledge_failings
from console.demo.department.noted_models import model_failings
from console.demo.department.noted_policies import policy_failings, trust_failings
from console.demo.department.noted_routes import route_failings
from console.demo.department.plan import LONDON, Failings, Plan
from console.demo.department.sight import Sight
from console.demo.estate import Estate

_NOTING = (
    guardrail_failings,
    agent_failings,
    flow_failings,
    policy_failings,
    knowledge_failings,
    agentcore_failings,
    route_failings,
    model_failings,
)
_POLICY_ERROR = "organizations.effective_policy_validation_error"


def note_use(_draw: Draw, plan: Plan, estate: Estate) -> None:
    """Add what is wrong to the estate's failings."""
    failings = Failings(estate.failings)
    for sight in _everything_read(plan, estate):
        for noting in _NOTING:
            for control, subject, why in noting(sight):
                failings.add(control, sight.account, sight.code, subject, why)
    for member in plan.everyone:
        if member.is_active and member.id not in (plan.without_reader, plan.without_iam):
            for control, subject, why in trust_failings(estate.accounts[member.id]):
                failings.add(control, member.id, "global", subject, why)
    for each in estate.organisation.held[_POLICY_ERROR]:
        account = each["AccountId"]
        failings.add("BR-GRD-011", account, "global", account, "Its Bedrock policy names no such version")


def _everything_read(plan: Plan, estate: Estate) -> Iterator[Sight]:
    for member in plan.everyone:
        if not member.is_active or member.id == plan.without_reader:
            continue
        for code, region in estate.accounts[member.id].regions.items():
            sees = (member.id, code) != (plan.without_guardrails, LONDON)
            yield Sight(account=member.id, code=code, region=region, sees_guardrails=sees)
