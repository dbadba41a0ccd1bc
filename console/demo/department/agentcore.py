"""AgentCore: runtimes, memories and tools."""

from console.demo.department.gateways import gateways_of
from console.demo.department.plan import LONDON
from console.demo.department.site import Held, Place, allowing
from console.demo.messages import Payload

_RUNTIMES = ("case_helper", "visit_planner", "letter_writer")
_MEMORIES = ("case_memory", "visit_memory", "letter_memory")
_TOOLS = ("research", "calculations", "drawings")
_NEWEST = "3"
_ANYTHING = "bedrock-agentcore:*"
_HELD = "bedrock-agentcore-control"


def agentcore_of(place: Place) -> Held:
    """Return what there is of AgentCore in a Region; it is in London."""
    if place.region != LONDON or not place.builds:
        return {}
    runtimes = [_runtime(place, name) for name in place.some(_RUNTIMES, "runtimes")]
    newest = [{**each, "agentRuntimeVersion": _NEWEST} for each in runtimes]
    endpoints = [each for runtime in newest for each in _endpoints(place, runtime)]
    gateways = gateways_of(place)
    who = "*" if place.is_busiest or place.chance(4, "open runtime") else place.member.id
    shared = [
        {"resourceArn": each["agentRuntimeArn"], "policy": allowing(who, _ANYTHING, each["agentRuntimeArn"])}
        for each in newest[:1]
    ]
    guarded = [
        {
            "resourceArn": each["gatewayArn"],
            "policy": allowing(place.member.id, _ANYTHING, each["gatewayArn"]),
        }
        for each in gateways[f"{_HELD}.gateway"][:1]
    ]
    return {
        f"{_HELD}.agent_runtime": newest,
        f"{_HELD}.agent_runtime_version": [
            {**each, "agentRuntimeVersion": str(number)} for each in runtimes for number in (3, 2, 1)
        ],
        f"{_HELD}.agent_runtime_endpoint": endpoints,
        f"{_HELD}.memory": [_memory(place, name) for name in place.some(_MEMORIES, "memories")],
        f"{_HELD}.browser": [*_browsers(place), _browser_of_aws(place)],
        f"{_HELD}.code_interpreter": _interpreters(place),
        f"{_HELD}.resource_policy": [*shared, *guarded],
        **gateways,
    }


def _runtime(place: Place, name: str) -> Payload:
    id_ = f"{name}-{place.draw.upper(10, place.member.id, name)}"
    is_open = place.chance(4, "network", name)
    mode = {"networkMode": "PUBLIC"} if is_open else {"networkMode": "VPC", "networkModeConfig": _vpc(place)}
    image = f"{place.member.id}.dkr.ecr.{place.region}.amazonaws.com/{name.replace('_', '-')}:1"
    return {
        "agentRuntimeArn": place.arn("bedrock-agentcore", f"runtime/{id_}"),
        "agentRuntimeId": id_,
        "agentRuntimeName": name,
        "description": f"Runs the {name.replace('_', ' ')}",
        "roleArn": place.application_role,
        "networkConfiguration": mode,
        "status": "READY",
        "lifecycleConfiguration": {"idleRuntimeSessionTimeout": 900, "maxLifetime": 28800},
        "agentRuntimeArtifact": {"containerConfiguration": {"containerUri": image}},
        "protocolConfiguration": {"serverProtocol": "HTTP"},
        "environmentVariables": {"LOG_LEVEL": "info", "CASE_API_KEY": place.low(24, "environment", name)},
        "createdAt": place.day("runtime", name),
        "lastUpdatedAt": place.day("runtime", name),
    }


def _vpc(place: Place) -> Payload:
    network = place.network()
    return {"securityGroups": network["securityGroupIds"], "subnets": network["subnetIds"]}


def _endpoints(place: Place, runtime: Payload) -> list[Payload]:
    """Return the endpoints: AWS's own leads to the newest version, the department's lags behind."""
    named = [("DEFAULT", _NEWEST), ("live", "2")]
    named += [("pilot", "1")] if place.is_busiest else []
    return [
        {
            "name": name,
            "liveVersion": version,
            "targetVersion": version,
            "agentRuntimeEndpointArn": f"{runtime['agentRuntimeArn']}/runtime-endpoint/{name}",
            "agentRuntimeArn": runtime["agentRuntimeArn"],
            "agentRuntimeId": runtime["agentRuntimeId"],
            "status": "READY",
            "id": name,
            "createdAt": runtime["createdAt"],
            "lastUpdatedAt": runtime["lastUpdatedAt"],
        }
        for name, version in named
    ]


def _memory(place: Place, name: str) -> Payload:
    id_ = f"{name}-{place.draw.upper(10, place.member.id, name)}"
    memory: Payload = {
        "arn": place.arn("bedrock-agentcore", f"memory/{id_}"),
        "id": id_,
        "name": name,
        "memoryExecutionRoleArn": place.application_role,
        "eventExpiryDuration": 365 if place.chance(3, "expiry", name) else 30,
        "status": "ACTIVE",
        "strategies": [
            {
                "strategyId": f"preferences-{id_[-10:]}",
                "name": "preferences",
                "configuration": {
                    "type": "USER_PREFERENCE_OVERRIDE",
                    "extraction": {
                        "customExtractionConfiguration": {
                            "userPreferenceExtractionOverride": {
                                "appendToPrompt": "Remember how the person likes to be addressed.",
                                "modelId": "anthropic.claude-haiku-4-5-20251001-v1:0",
                            }
                        }
                    },
                },
                "type": "CUSTOM",
                "namespaces": ["/people/{actorId}"],
                "namespaceTemplates": ["/people/{actorId}"],
                "status": "ACTIVE",
            }
        ],
        **place.made("memory", name),
    }
    if not place.chance(4, "memory key", name):
        memory["encryptionKeyArn"] = place.builders_key("agents")
    return memory


def _browsers(place: Place) -> list[Payload]:
    return [_browser(place, name) for name in place.some(_TOOLS, "browsers")]


def _browser(place: Place, name: str) -> Payload:
    id_ = f"{name}-{place.draw.upper(10, place.member.id, 'browser', name)}"
    is_recorded = not place.chance(3, "recording", name)
    where = {"s3Location": {"bucket": f"browser-sessions-{place.member.id}", "prefix": name}}
    return {
        "browserId": id_,
        "browserArn": place.arn("bedrock-agentcore", f"browser-custom/{id_}"),
        "name": name,
        "executionRoleArn": place.application_role,
        "networkConfiguration": _reach(place, "PUBLIC" if place.chance(4, "browser", name) else "VPC"),
        "recording": {"enabled": is_recorded, **(where if is_recorded else {})},
        "status": "READY",
        "createdAt": place.day("browser", name),
        "lastUpdatedAt": place.day("browser", name),
        "type": "CUSTOM",
    }


def _reach(place: Place, mode: str) -> Payload:
    return {"networkMode": mode, **({"vpcConfig": _vpc(place)} if mode == "VPC" else {})}


def _browser_of_aws(place: Place) -> Payload:
    return {
        "browserId": "aws.browser.v1",
        "browserArn": f"arn:aws:bedrock-agentcore:{place.region}:aws:browser/aws.browser.v1",
        "name": "Amazon Bedrock AgentCore Browser Tool",
        "networkConfiguration": {"networkMode": "PUBLIC"},
        "status": "READY",
        "createdAt": "2025-07-16T00:00:00Z",
        "lastUpdatedAt": "2025-07-16T00:00:00Z",
        "type": "SYSTEM",
    }


def _interpreters(place: Place) -> list[Payload]:
    modes = ("SANDBOX", "VPC", "SANDBOX", "PUBLIC")
    found = []
    for name in place.some(_TOOLS, "interpreters"):
        id_ = f"{name}-{place.draw.upper(10, place.member.id, 'interpreter', name)}"
        mode = place.draw.one_of(modes, "interpreter", place.member.id, name)
        found.append(
            {
                "codeInterpreterId": id_,
                "codeInterpreterArn": place.arn("bedrock-agentcore", f"code-interpreter-custom/{id_}"),
                "name": name,
                "executionRoleArn": place.application_role,
                "networkConfiguration": _reach(place, mode),
                "status": "READY",
                "createdAt": place.day("interpreter", name),
                "lastUpdatedAt": place.day("interpreter", name),
                "type": "CUSTOM",
            }
        )
    return found
