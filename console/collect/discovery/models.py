"""Custom and imported models: their capacity, deployments, copies and data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from console.base.clock import stamp
from console.collect.discovery.copies import Sharing, copies_of, sharing_of
from console.collect.discovery.inquiry import Inquiry
from console.collect.discovery.objects import find_objects
from console.deletion.plan import ABSENT, Check
from console.deletion.target import Target
from console.domain.scope import Scope


def find_custom_model(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of a custom model, its copies everywhere, and the data that it was made from."""
    _find_copy(inquiry, Scope(target.account_id, target.region), target.name)


def find_imported_model(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of an imported model and of the weights that it came from."""
    scope, arn = Scope(target.account_id, target.region), target.name
    model = inquiry.see(scope, arn, "bedrock:GetImportedModel", modelIdentifier=arn)
    if model is None:
        return
    step = inquiry.sketch.step(
        scope,
        "bedrock:DeleteImportedModel",
        {"modelIdentifier": arn},
        subject=arn,
        words=f"Delete the imported model {model['modelName']}",
        check=_gone("bedrock:GetImportedModel", modelIdentifier=arn),
        state_sha256=_hash(inquiry, scope, "bedrock:GetImportedModel", modelIdentifier=arn),
        after=_capacity(inquiry, scope, arn),
    )
    weights = model.get("modelDataSource", {}).get("s3DataSource", {}).get("s3Uri", "")
    if weights:
        find_objects(
            inquiry, scope, weights, "the model's weights", after=[step], besides=[arn, model["jobArn"]]
        )
    _keeps_job(inquiry, model.get("jobArn", ""))
    inquiry.keeps_trail(arn)


def _find_copy(inquiry: Inquiry, scope: Scope, arn: str) -> None:
    if arn in inquiry.sketch.visited:
        return
    inquiry.sketch.visited.add(arn)
    model = inquiry.see(scope, arn, "bedrock:GetCustomModel", modelIdentifier=arn)
    shared = inquiry.see(scope, arn, "bedrock:GetResourcePolicy", resourceArn=arn)
    _find_copies(inquiry, scope, arn, sharing_of((shared or {}).get("resourcePolicy", ""), scope.account_id))
    if model is None:
        return
    before = [*_capacity(inquiry, scope, arn), *_deployments(inquiry, scope, arn)]
    step = inquiry.sketch.step(
        scope,
        "bedrock:DeleteCustomModel",
        {"modelIdentifier": arn},
        subject=arn,
        words=f"Delete the custom model {model['modelName']} in {scope.region}",
        check=_gone("bedrock:GetCustomModel", modelIdentifier=arn),
        state_sha256=_hash(inquiry, scope, "bedrock:GetCustomModel", modelIdentifier=arn),
        after=before,
    )
    if shared is not None:
        words = "Its policy lets other accounts use or copy it; copies that they made are not seen from here"
        inquiry.sketch.block("shared-with", arn, words)
    besides = [arn, model.get("jobArn", "")]
    for uri, what in data_of(model):
        find_objects(inquiry, scope, uri, what, after=[step], besides=besides)
    _keeps_job(inquiry, model.get("jobArn", ""))
    inquiry.keeps_trail(arn)


def data_of(model: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - AWS's answer
    """Return the addresses of a model's data, with what each is."""
    found = [(model.get("trainingDataConfig", {}).get("s3Uri", ""), "the training data")]
    validators = model.get("validationDataConfig", {}).get("validators", [])
    found += [(each.get("s3Uri", ""), "the validation data") for each in validators]
    found += [(model.get("outputDataConfig", {}).get("s3Uri", ""), "what the training put out")]
    return [(uri, what) for uri, what in found if uri]


def _find_copies(inquiry: Inquiry, scope: Scope, arn: str, sharing: Sharing) -> None:
    """Follow copy jobs to the copies, and to copies of those."""
    seen = set()
    for job in copies_of(inquiry, scope, arn, sharing):
        copy = job["targetModelArn"]
        if copy in seen:
            continue
        seen.add(copy)
        _keeps_job(inquiry, job["jobArn"])
        if job["status"] == "InProgress":
            inquiry.sketch.block("in-flight", copy, "A copy of the model is being made")
            continue
        there = Scope(copy.split(":")[4], copy.split(":")[3])
        look = inquiry.looker.see(there, "bedrock:GetCustomModel", modelIdentifier=copy)
        if look.reason and there.account_id != scope.account_id:
            words = f"A copy is in account {there.account_id}, where it cannot be looked at: {look.reason}"
            inquiry.sketch.block("copy-elsewhere", copy, words)
        elif not look.is_absent:
            _find_copy(inquiry, there, copy)


def _capacity(inquiry: Inquiry, scope: Scope, arn: str) -> list[str]:
    """Plan the end of capacity that was bought for a model; its term may not be over."""
    bought = inquiry.all_of(
        scope, f"capacity for {arn}", "bedrock:ListProvisionedModelThroughputs", "provisionedModelSummaries"
    )
    steps = []
    for each in bought:
        if arn not in (each["modelArn"], each["desiredModelArn"]):
            continue
        own, name = each["provisionedModelArn"], each["provisionedModelName"]
        until = each.get("commitmentExpirationTime", "")
        if until and datetime.fromisoformat(until) > inquiry.sketch.now:
            until = stamp(datetime.fromisoformat(until))
            words = f"Capacity {name} was bought until {until[:10]} and cannot be given up before"
            inquiry.sketch.block("commitment", own, words, until)
        steps.append(
            inquiry.sketch.step(
                scope,
                "bedrock:DeleteProvisionedModelThroughput",
                {"provisionedModelId": own},
                subject=own,
                words=f"Give up the bought capacity {name}",
                check=_gone("bedrock:GetProvisionedModelThroughput", provisionedModelId=own),
                state_sha256=_hash(
                    inquiry, scope, "bedrock:GetProvisionedModelThroughput", provisionedModelId=own
                ),
            )
        )
    return steps


def _deployments(inquiry: Inquiry, scope: Scope, arn: str) -> list[str]:
    deployed = inquiry.all_of(
        scope, f"deployments of {arn}", "bedrock:ListCustomModelDeployments", "modelDeploymentSummaries"
    )
    return [
        inquiry.sketch.step(
            scope,
            "bedrock:DeleteCustomModelDeployment",
            {"customModelDeploymentIdentifier": each["customModelDeploymentArn"]},
            subject=each["customModelDeploymentArn"],
            words=f"Take down the deployment {each['customModelDeploymentName']}",
            check=_gone(
                "bedrock:GetCustomModelDeployment",
                customModelDeploymentIdentifier=each["customModelDeploymentArn"],
            ),
            state_sha256=_hash(
                inquiry,
                scope,
                "bedrock:GetCustomModelDeployment",
                customModelDeploymentIdentifier=each["customModelDeploymentArn"],
            ),
        )
        for each in deployed
        if each["modelArn"] == arn
    ]


def _gone(operation: str, **parameters: object) -> Check:
    return Check(operation=operation, parameters=parameters, expects=ABSENT)


def _hash(inquiry: Inquiry, scope: Scope, operation: str, **parameters: object) -> str:
    """Return the hash of a thing as it is now, by the question that will show that it is gone."""
    look = inquiry.looker.see(scope, operation, **parameters)
    inquiry.seen(look, str(next(iter(parameters.values()))))
    return look.sha256


def _keeps_job(inquiry: Inquiry, arn: str) -> None:
    if arn:
        words = "The job's record (names, addresses of S3, tags; no content)"
        inquiry.sketch.stays(arn, words, "AWS has no operation that deletes it")


def keeps_jobs(inquiry: Inquiry, arns: Sequence[str]) -> None:
    """Say that the records of jobs stay."""
    for arn in arns:
        _keeps_job(inquiry, arn)
