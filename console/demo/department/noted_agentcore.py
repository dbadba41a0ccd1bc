"""What is wrong with AgentCore's runtimes, gateways, memories and tools."""

from collections.abc import Iterator

from console.demo.department.sight import Failing, Sight

_HELD = "bedrock-agentcore-control"
_LONGEST = 90


def agentcore_failings(sight: Sight) -> Iterator[Failing]:
    """Yield what is wrong with everything of AgentCore's."""
    yield from _runtimes(sight)
    yield from _tools(sight)
    yield from _gateways(sight)
    yield from _kept(sight)


def _runtimes(sight: Sight) -> Iterator[Failing]:
    newest = {
        each["agentRuntimeArn"]: each["agentRuntimeVersion"] for each in sight.held(f"{_HELD}.agent_runtime")
    }
    served = {
        (each["agentRuntimeArn"], each["liveVersion"])
        for each in sight.held(f"{_HELD}.agent_runtime_endpoint")
    }
    for each in sight.held(f"{_HELD}.agent_runtime_version"):
        arn, version = each["agentRuntimeArn"], each["agentRuntimeVersion"]
        is_used = newest[arn] == version or (arn, version) in served
        if is_used and each["networkConfiguration"]["networkMode"] == "PUBLIC":
            subject = arn if newest[arn] == version else f"{arn}:{version}"
            yield "BR-ACR-001", subject, "It has a public network"


def _tools(sight: Sight) -> Iterator[Failing]:
    for sort, member in (("browser", "browserArn"), ("code_interpreter", "codeInterpreterArn")):
        for each in sight.held(f"{_HELD}.{sort}"):
            if each["type"] != "CUSTOM":
                continue
            if each["networkConfiguration"]["networkMode"] == "PUBLIC":
                yield "BR-ACR-002", each[member], "It has a public network"
            if not each.get("recording", {"enabled": True})["enabled"]:
                yield "BR-ACR-008", each[member], "Its sessions are not recorded"


def _gateways(sight: Sight) -> Iterator[Failing]:
    for each in sight.held(f"{_HELD}.gateway"):
        if each["authorizerType"] == "NONE":
            yield "BR-ACR-003", each["gatewayId"], "It lets in whoever finds it"
        if each["policyEngineConfiguration"]["mode"] == "LOG_ONLY":
            yield "BR-ACR-004", each["gatewayId"], "Its policy engine only takes notes"
        if "exceptionLevel" in each:
            yield "BR-ACR-005", each["gatewayId"], "It tells callers what went wrong inside"


def _kept(sight: Sight) -> Iterator[Failing]:
    for sort, member, key in (
        ("gateway", "gatewayId", "kmsKeyArn"),
        ("memory", "id", "encryptionKeyArn"),
        ("policy_engine", "policyEngineArn", "encryptionKeyArn"),
    ):
        for subject, why in sight.unkept(f"{_HELD}.{sort}", key, member):
            yield "BR-ACR-006", subject, why
    for each in sight.held(f"{_HELD}.token_vault"):
        if why := sight.key_fault(each["kmsConfiguration"].get("kmsKeyArn")):
            yield "BR-ACR-006", each["tokenVaultId"], why
    for each in sight.held(f"{_HELD}.memory"):
        if each["eventExpiryDuration"] > _LONGEST:
            yield "BR-ACR-007", each["id"], "It keeps what was said for a year"
