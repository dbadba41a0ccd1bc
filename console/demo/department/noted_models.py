"""What is wrong with models, the work that is done with them, and the terms on which they are called."""

import re
from collections.abc import Iterator

from console.demo.department.catalogue import OF_AGENTS, model_arn
from console.demo.department.sight import Failing, Sight
from console.demo.messages import Payload

_AGE = re.compile(r"-P(\d+)D")
_OLDEST = 180


def model_failings(sight: Sight) -> Iterator[Failing]:
    """Yield what is wrong with keys, networks and agreements."""
    for name in ("bedrock.custom_model", "bedrock.imported_model"):
        for each in sight.held(name):
            is_ours = each.get("ownerAccountId", sight.account) == sight.account
            if is_ours and (why := sight.key_fault(each.get("modelKmsKeyArn"))):
                yield "BR-KMS-001", each["modelArn"], why
    yield from _outputs(sight)
    yield from _work(sight)
    for each in sight.held("bedrock.marketplace_model_endpoint"):
        machines = each["endpointConfig"]["sageMaker"]
        if "vpc" not in machines:
            yield "BR-MKT-001", each["endpointArn"], "Its machines are in no VPC"
        if why := sight.key_fault(machines.get("kmsEncryptionKey")):
            yield "BR-JOB-002", each["endpointArn"], why
    yield from _not_evaluated(sight)
    for each in sight.held("bedrock.agreement"):
        if each.get("entitlement") == "AVAILABLE":
            yield "BR-MDL-004", each["modelId"], "It may be called although its agreement failed"


def _not_evaluated(sight: Sight) -> Iterator[Failing]:
    """Yield models in use of which no evaluation is newer than the time allowed: dates of old are older than that."""
    current = set()
    for job in sight.held("bedrock.evaluation_job"):
        age = _AGE.fullmatch(job["creationTime"])
        if age and int(age[1]) <= _OLDEST:
            (judged,) = job["inferenceConfig"]["models"]
            current.add(judged["bedrockModel"]["modelIdentifier"])
    for name in ("bedrock.custom_model", "bedrock.imported_model"):
        for each in sight.held(name):
            is_ours = each.get("ownerAccountId", sight.account) == sight.account
            if is_ours and each["modelArn"] not in current:
                yield "BR-MDL-005", each["modelArn"], "It was not evaluated lately"
    used = {
        f"{alias['agentId']}:{route['agentVersion']}"
        for alias in sight.held("bedrock-agent.agent_alias")
        for route in alias["routingConfiguration"]
    }
    for each in sight.held("bedrock-agent.agent_version"):
        subject = f"{each['agentId']}:{each['version']}"
        if subject in used and model_arn(sight.code, OF_AGENTS) not in current:
            yield "BR-MDL-005", subject, "Its model was not evaluated lately"


def _outputs(sight: Sight) -> Iterator[Failing]:
    defaults = {each["Bucket"]: each for each in sight.held("s3.bucket_encryption")}
    for name, member, key in (
        ("bedrock.model_invocation_job", "jobArn", "s3EncryptionKeyId"),
        ("bedrock.async_invoke", "invocationArn", "kmsKeyId"),
    ):
        for each in sight.held(name):
            output = each["outputDataConfig"]["s3OutputDataConfig"]
            bucket = output["s3Uri"].removeprefix("s3://").partition("/")[0]
            if why := sight.key_fault(output.get(key) or _of(defaults[bucket])):
                yield "BR-JOB-001", each[member], why


def _of(default: Payload) -> str | None:
    (rule,) = default["ServerSideEncryptionConfiguration"]["Rules"]
    found: str | None = rule["ApplyServerSideEncryptionByDefault"].get("KMSMasterKeyID")
    return found


def _work(sight: Sight) -> Iterator[Failing]:
    for name, member, key in (
        ("bedrock.evaluation_job", "jobArn", "customerEncryptionKeyId"),
        ("bedrock.advanced_prompt_optimization_job", "jobArn", "encryptionKeyArn"),
    ):
        for subject, why in sight.unkept(name, key, member):
            yield "BR-JOB-002", subject, why
    for each in sight.held("bedrock.automated_reasoning_policy"):
        if why := sight.key_fault(each.get("kmsKeyArn")):
            yield "BR-JOB-002", each["policyArn"], why
