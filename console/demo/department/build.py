"""Building the whole estate: the same size and seed give the same bytes."""

from console.demo.department.agentcore import agentcore_of
from console.demo.department.agents import agents_of
from console.demo.department.bedrock import (
    logging_of,
    models_in_use,
    profiles_of,
    retention_of,
)
from console.demo.department.catalogue import models, system_profiles
from console.demo.department.commerce import add_commerce
from console.demo.department.credentials import add_credentials
from console.demo.department.data_paths import add_data_paths
from console.demo.department.draw import Draw
from console.demo.department.flows import flows_of
from console.demo.department.guardrails import guardrails_of
from console.demo.department.identity_centre import add_identity_centre
from console.demo.department.knowledge import knowledge_of
from console.demo.department.mantle import automation_of, mantle_of
from console.demo.department.more_bedrock import more_bedrock
from console.demo.department.network import endpoints_of
from console.demo.department.noted import note_models
from console.demo.department.noted_ground import note_ground
from console.demo.department.noted_use import note_use
from console.demo.department.organisation import organisation_of
from console.demo.department.people import People, caller_role
from console.demo.department.plan import ENABLED, LONDON, Failings, Member, Plan, make_plan
from console.demo.department.policies import add_policies
from console.demo.department.site import Held, Place
from console.demo.department.stores import stores_of
from console.demo.department.surroundings import add_surroundings
from console.demo.department.trails import trails_of
from console.demo.estate import Account, Caller, Estate, Region
from console.demo.messages import Payload

SMALLEST = 2
_OTHER_REGIONS = (
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "sa-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
)
_IAM_KINDS = ("iam.user", "iam.group", "iam.role", "iam.policy")
_ADDED = (
    add_policies,
    add_credentials,
    add_identity_centre,
    add_commerce,
    add_surroundings,
    add_data_paths,
    note_ground,
    note_use,
)
"""What is added to an estate that stands, because it speaks of what is in its accounts; what is wrong comes last."""
_GUARDRAIL_CALLS = ("ListGuardrails", "GetGuardrail")


def build_estate(accounts: int, seed: int) -> Estate:
    """Return a department of `accounts` accounts, the management account among them."""
    if accounts < SMALLEST:
        raise ValueError(f"a department has at least {SMALLEST} accounts")
    draw = Draw(seed)
    plan = make_plan(draw, accounts)
    failings = Failings()
    organisation = organisation_of(draw, plan, failings)
    organisation_id = str(organisation.organization["Id"])
    estate = Estate(
        seed=seed,
        management_account=plan.management.id,
        caller=_caller(draw, plan),
        organisation=organisation,
        account_regions=_regions(),
        models=models(),
        system_profiles=system_profiles(),
        accounts={
            each.id: _account(draw, plan, each, number, organisation_id, _seen(plan, each, failings))
            for number, each in enumerate(plan.everyone)
        },
        denials=_denials(plan),
        failings=failings.noted,
        denied=_denied(plan),
    )
    for add in _ADDED:
        add(draw, plan, estate)
    return estate


def _seen(plan: Plan, member: Member, failings: Failings) -> Failings:
    """Return where an account's failings are noted; those of an account that nobody reads are not."""
    return failings if member.is_active and member.id != plan.without_reader else Failings()


def _caller(draw: Draw, plan: Plan) -> Caller:
    name = caller_role(plan).rpartition("/")[2]
    return Caller(
        account_id=plan.management.id,
        role_arn=caller_role(plan),
        arn=f"arn:aws:sts::{plan.management.id}:assumed-role/{name}/officer",
        access_key_id=f"ASIA{draw.upper(16, 'caller key')}",
        secret_access_key=draw.lower(40, "caller secret"),
        session_token=draw.lower(64, "caller token"),
    )


def _regions() -> list[Payload]:
    enabled = [{"RegionName": each, "RegionOptStatus": "ENABLED_BY_DEFAULT"} for each in ENABLED]
    others = [{"RegionName": each, "RegionOptStatus": "DISABLED"} for each in _OTHER_REGIONS]
    return sorted(enabled + others, key=lambda each: each["RegionName"])


def _account(
    draw: Draw, plan: Plan, member: Member, number: int, organisation_id: str, failings: Failings
) -> Account:
    people = People(draw, plan, member, failings, number)
    return Account(
        users=people.users(),
        groups=people.groups(),
        roles=people.roles(),
        policies=people.policies(),
        regions={
            region: Region(
                endpoints=endpoints_of(draw, member, region, organisation_id, failings),
                retention=retention_of(draw, member, region, failings),
                logging=logging_of(member, region, failings),
                guardrails=guardrails_of(draw, member, region, failings),
                profiles=profiles_of(draw, member, region, failings),
                trails=trails_of(draw, plan, member, region, failings),
                held=_noted(plan, member, region, organisation_id, Place(draw, member, region), failings),
            )
            for region in ENABLED
        },
        models_in_use=models_in_use(draw, member),
    )


def _noted(
    plan: Plan, member: Member, region: str, organisation_id: str, place: Place, failings: Failings
) -> Held:
    held = {**more_bedrock(place.draw, plan, member, region, organisation_id), **_built(place)}
    sees_guardrails = (member.id, region) != (plan.without_guardrails, LONDON)
    note_models(failings, member, region, held, sees_guardrails=sees_guardrails)
    return held


def _built(place: Place) -> Held:
    """Return what people build in a Region; no two of these hold records under the same name."""
    return {
        **agents_of(place),
        **knowledge_of(place),
        **stores_of(place),
        **flows_of(place),
        **agentcore_of(place),
        **mantle_of(place),
        **automation_of(place),
    }


def _denials(plan: Plan) -> list[dict[str, str]]:
    found = []
    if plan.without_guardrails:
        where = {"service": "bedrock", "account": plan.without_guardrails, "region": LONDON}
        found += [{**where, "operation": each} for each in _GUARDRAIL_CALLS]
    if plan.without_iam:
        where = {"service": "iam", "account": plan.without_iam, "region": "*"}
        found.append({**where, "operation": "GetAccountAuthorizationDetails"})
        found.append({**where, "service": "logs", "operation": "FilterLogEvents"})
    return found


def _denied(plan: Plan) -> list[dict[str, str]]:
    found = []
    if plan.without_reader:
        found.append({"kind": "*", "account": plan.without_reader, "region": "*"})
    if plan.without_guardrails:
        found.append({"kind": "bedrock.guardrail", "account": plan.without_guardrails, "region": LONDON})
    if plan.without_iam:
        found += [{"kind": kind, "account": plan.without_iam, "region": "global"} for kind in _IAM_KINDS]
    return [{**each, "reason": "denied"} for each in found]
