"""Things that somebody may ask to be deleted, put into a department; each returns what is asked for."""

from itertools import count

from console.deletion.target import Target, TargetKind
from journeys.estates import Desk

LONDON, MOMENT = "eu-west-2", "2026-01-05T00:00:00Z"
MADE = {"createdAt": MOMENT, "updatedAt": MOMENT}
GROUP = "/public-works/bedrock/invocations"
AGENT, FLOW, PROMPT = "AGENTWHOLE", "FLOWWHOLE1", "PROMPTKEPT"
MILLIS = 1_777_593_600_000
"""The first of May 2026."""


def add(desk: Desk, account: str, kind: str, /, **record: object) -> None:
    body = {"account": account, "region": LONDON, "held": kind, "add": record}
    desk.control("POST", "held", body)


def arn(account: str, resource: str, service: str = "bedrock") -> str:
    return f"arn:aws:{service}:{LONDON}:{account}:{resource}"


def target(kind: TargetKind, account: str, name: str, **detail: str) -> Target:
    return Target(kind=kind, account_id=account, region=LONDON, name=name, detail=detail)


def an_agent(desk: Desk, account: str) -> Target:
    own = {"agentId": AGENT, "agentName": "whole", "agentArn": arn(account, f"agent/{AGENT}"), "version": "1"}
    more = {
        "agentVersion": "DRAFT",
        "agentStatus": "PREPARED",
        "idleSessionTTLInSeconds": 600,
        "agentResourceRoleArn": f"arn:aws:iam::{account}:role/agent",
        **MADE,
    }
    add(desk, account, "bedrock-agent.agent", **own, **more)
    add(desk, account, "bedrock-agent.agent_version", **own, **more)
    for alias, name, version in (("TSTALIASID", "test", "DRAFT"), ("LIVEALIAS1", "live", "1")):
        add(
            desk,
            account,
            "bedrock-agent.agent_alias",
            agentId=AGENT,
            agentAliasId=alias,
            agentAliasName=name,
            agentAliasArn=arn(account, f"agent-alias/{AGENT}/{alias}"),
            routingConfiguration=[{"agentVersion": version}],
            agentAliasStatus="PREPARED",
            **MADE,
        )
    return target(TargetKind.AGENT, account, AGENT)


def a_session(desk: Desk, account: str) -> Target:
    id_ = "0f0e0d0c-0b0a-4990-8877-665544332211"
    own = arn(account, f"session/{id_}")
    made = {"createdAt": MOMENT, "lastUpdatedAt": MOMENT}
    session = {"sessionArn": own, "sessionId": id_, "sessionStatus": "ACTIVE"}
    add(desk, account, "bedrock-agent-runtime.session", **session, **made)
    return target(TargetKind.AGENT_SESSION, account, own)


def a_flow(desk: Desk, account: str) -> Target:
    own = {"id": FLOW, "arn": arn(account, f"flow/{FLOW}"), "name": "triage", "status": "Prepared"}
    role = {"executionRoleArn": f"arn:aws:iam::{account}:role/flow"}
    add(desk, account, "bedrock-agent.flow", **own, **role, version="DRAFT", **MADE)
    add(desk, account, "bedrock-agent.flow_version", **own, **role, version="1", createdAt=MOMENT)
    for alias, version in (("TSTALIASID", "DRAFT"), ("LIVEFLOW01", "1")):
        routed = {"routingConfiguration": [{"flowVersion": version}], "flowId": FLOW, "id": alias}
        named = {"name": alias.lower(), "arn": f"{own['arn']}/alias/{alias}"}
        add(desk, account, "bedrock-agent.flow_alias", **routed, **named, **MADE)
    add(
        desk,
        account,
        "bedrock-agent-runtime.flow_execution",
        executionArn=f"{own['arn']}/alias/LIVEFLOW01/execution/1",
        flowIdentifier=FLOW,
        flowAliasIdentifier="LIVEFLOW01",
        flowVersion="1",
        status="Succeeded",
        createdAt=MOMENT,
    )
    return target(TargetKind.FLOW, account, own["arn"])


def a_prompt(desk: Desk, account: str) -> Target:
    own = arn(account, f"prompt/{PROMPT}")
    for version, suffix in (("DRAFT", ""), ("1", ":1")):
        named = {"id": PROMPT, "arn": f"{own}{suffix}", "name": "letter", "version": version}
        add(desk, account, "bedrock-agent.prompt", **named, **MADE)
    return target(TargetKind.PROMPT, account, own)


def a_memory(desk: Desk, account: str) -> Target:
    """Add a memory of its own of two people whose ids begin alike, with a place for each and one for all."""
    memory = f"letters-{next(_NUMBERS):010}"
    own = arn(account, f"memory/{memory}", "bedrock-agentcore")
    kept = {name: _strategy(name, template) for name, template in _TEMPLATES.items()}
    add(
        desk,
        account,
        "bedrock-agentcore-control.memory",
        arn=own,
        id=memory,
        name="letters",
        eventExpiryDuration=90,
        status="ACTIVE",
        strategies=list(kept.values()),
        streamDeliveryResources={
            "resources": [
                {
                    "kinesis": {
                        "dataStreamArn": arn(account, "stream/memories", "kinesis"),
                        "contentConfigurations": [{"type": "MEMORY_RECORDS"}],
                    }
                }
            ]
        },
        **MADE,
    )
    for actor in ("ann", "anna"):
        for _ in range(3):
            _remember(desk, account, memory, actor, next(_NUMBERS))
    job = {"jobID": "j-1", "messages": {"messagesList": []}, "actorId": "ann", "memoryId": memory}
    add(desk, account, "bedrock-agentcore.extraction_job", **job)
    return target(TargetKind.MEMORY, account, own)


_NUMBERS = count()
_TEMPLATES = {"facts": "/facts/{actorId}", "summaries": "/talks/{actorId}/{sessionId}", "topics": "/topics"}


def _strategy(name: str, template: str) -> dict[str, object]:
    kept = {"namespaces": [template], "namespaceTemplates": [template]}
    return {"strategyId": f"{name}-0123456789", "name": name, "type": "SEMANTIC", **kept}


def _remember(desk: Desk, account: str, memory: str, actor: str, number: int) -> None:
    session = f"talk-{number % 2}"
    event = {
        "actorId": actor,
        "sessionId": session,
        "eventId": f"{number:013}#0a1b2c3d",
        "payload": [],
    }
    add(desk, account, "bedrock-agentcore.event", memoryId=memory, eventTimestamp=MOMENT, **event)
    for name in ("facts", "summaries"):
        where = _TEMPLATES[name].replace("{actorId}", actor).replace("{sessionId}", session)
        add(
            desk,
            account,
            "bedrock-agentcore.memory_record",
            memoryId=memory,
            memoryRecordId=f"mem-{actor}-{name}-{number:032}",
            content={"text": "invented"},
            memoryStrategyId=f"{name}-0123456789",
            namespaces=[where],
            createdAt=MOMENT,
        )


def an_actor(desk: Desk, account: str) -> Target:
    own = a_memory(desk, account)
    return target(TargetKind.MEMORY_ACTOR, account, own.name, actor="ann")


def a_project(desk: Desk, account: str) -> Target:
    own = arn(account, "data-automation-project/letters")
    made = {"creationTime": MOMENT, "lastModifiedTime": MOMENT}
    named = {"projectArn": own, "projectName": "letters", "projectStage": "LIVE", "status": "COMPLETED"}
    used = {"blueprints": [{"blueprintArn": arn(account, "blueprint/letters")}]}
    add(
        desk,
        account,
        "bedrock-data-automation.project",
        **named,
        **made,
        customOutputConfiguration=used,
    )
    return target(TargetKind.AUTOMATION_PROJECT, account, own)


def a_blueprint(desk: Desk, account: str) -> Target:
    own = arn(account, "blueprint/letters")
    made = {"creationTime": MOMENT, "lastModifiedTime": MOMENT}
    named = {"blueprintArn": own, "schema": "{}", "type": "DOCUMENT", "blueprintName": "letters"}
    add(desk, account, "bedrock-data-automation.blueprint", **named, **made)
    return target(TargetKind.BLUEPRINT, account, own)


def a_key(desk: Desk, account: str) -> Target:
    """Add a key that nothing uses, with an alias."""
    own = arn(account, "key/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "kms")
    key = {
        "AWSAccountId": account,
        "KeyId": own.rpartition("/")[2],
        "Arn": own,
        "CreationDate": MOMENT,
        "Enabled": True,
        "KeyUsage": "ENCRYPT_DECRYPT",
        "KeyState": "Enabled",
        "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER",
        "KeySpec": "SYMMETRIC_DEFAULT",
        "MultiRegion": False,
    }
    add(desk, account, "kms.key", **key)
    add(desk, account, "kms.grant", KeyArn=own, Grants=[])
    alias = arn(account, "alias/letters", "kms")
    add(desk, account, "kms.alias", AliasName="alias/letters", AliasArn=alias, TargetKeyId=own)
    return target(TargetKind.ENCRYPTION_KEY, account, own, days="7")


def a_log_group(desk: Desk, account: str) -> Target:
    body = {"account": account, "region": LONDON, "held": "logs.log_group", "where": ["logGroupName", GROUP]}
    desk.control("POST", "held", {**body, "set": {"deletionProtectionEnabled": False}})
    moments = {"creationTime": MILLIS, "firstEventTimestamp": MILLIS, "lastEventTimestamp": MILLIS + 1}
    add(desk, account, "logs.log_stream", logGroupName=GROUP, logStreamName="aws/bedrock", **moments)
    return target(TargetKind.LOG_GROUP, account, GROUP, **{"from": "2026-05-01", "until": "2026-05-01"})
