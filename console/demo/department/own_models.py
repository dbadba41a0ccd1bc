"""Models that accounts train, bring, copy and buy capacity for, with the jobs behind them."""

from console.demo.department.catalogue import model_arn
from console.demo.department.plan import DUBLIN, LONDON
from console.demo.department.site import Held, Place
from console.demo.messages import Payload

_TRAINED = ("casework-tone", "permit-letters", "notice-summaries", "inspection-notes")
_BROUGHT = ("place-name-tagger", "plain-english-checker", "form-reader")
_BASE = "amazon.nova-lite-v1:0"
_TRAINING = "training"
ENDED, _RUNNING = "2025-09-30T00:00:00Z", "2031-12-31T00:00:00Z"
"""Ends of commitments on either side of any day on which the estate may be read."""


def own_models(place: Place, count: int) -> Held:
    """Return what an account of `count` trained models has of its own in a Region."""
    if place.region == LONDON:
        return _made(place, count)
    if place.region == DUBLIN and (count > 1 or (count and not place.below(4, "copies"))):
        return _copied(place, count)
    return {}


def _made(place: Place, count: int) -> Held:
    names = _TRAINED[:count]
    jobs = [_training(place, name, "Completed") for name in names]
    if count > 1:
        jobs.append(_training(place, _TRAINED[-1], "Failed"))
    brought = _BROUGHT[: max(count, place.below(2, "brought"))]
    return {
        "bedrock.model_customization_job": jobs,
        "bedrock.custom_model": [_model(place, name) for name in names],
        "bedrock.custom_model_deployment": [_deployment(place, name) for name in names],
        "bedrock.provisioned_model_throughput": [
            _throughput(place, name, index) for index, name in enumerate(names)
        ],
        "bedrock.model_import_job": [_import(place, name) for name in brought],
        "bedrock.imported_model": [_imported(place, name) for name in brought],
    }


def _copied(place: Place, count: int) -> Held:
    """Return copies of London's models; data that was to stay there went along."""
    home = Place(place.draw, place.member, LONDON)
    names = _TRAINED[:count]
    return {
        "bedrock.custom_model": [_model(place, name) for name in names],
        "bedrock.model_copy_job": [_copy(place, home, name) for name in names],
    }


def trained_arn(place: Place, name: str) -> str:
    """Return the ARN of a trained model."""
    id_ = place.id("custom-model", name)
    base = _BASE.partition(":")[0]
    return f"arn:aws:bedrock:{place.region}:{place.member.id}:custom-model/{base}:0/{id_}"


def shared_model(place: Place, owner: str) -> Payload:
    """Return what an account sees of a model that another shares with it."""
    other = trained_arn(place, "shared").replace(f":{place.member.id}:", f":{owner}:")
    return {**_summary(place, "policy-phrases"), "modelArn": other, "ownerAccountId": owner}


def _summary(place: Place, name: str) -> Payload:
    return {
        "modelArn": trained_arn(place, name),
        "modelName": name,
        "creationTime": place.day("trained", name),
        "baseModelArn": model_arn(place.region, _BASE),
        "baseModelName": "amazon.nova-lite",
        "customizationType": "FINE_TUNING",
        "ownerAccountId": place.member.id,
        "modelStatus": "Active",
    }


def _data(place: Place, name: str) -> Payload:
    bucket = place.bucket(_TRAINING)
    return {
        "trainingDataConfig": {"s3Uri": f"s3://{bucket}/{name}/train.jsonl"},
        "validationDataConfig": {"validators": [{"s3Uri": f"s3://{bucket}/{name}/check.jsonl"}]},
        "outputDataConfig": {"s3Uri": f"s3://{bucket}/{name}/out/"},
        "hyperParameters": {"epochCount": "2", "batchSize": "1"},
    }


def _has_key(place: Place, name: str) -> bool:
    return bool(place.below(3, "own key", name))


def _model(place: Place, name: str) -> Payload:
    job = place.bedrock_arn("model-customization-job", name)
    key = {"modelKmsKeyArn": place.key("models")} if _has_key(place, name) else {}
    return {
        **_summary(place, name),
        **_data(place, name),
        **key,
        "jobName": f"train-{name}",
        "jobArn": job,
        "trainingMetrics": {"trainingLoss": 0.41},
        "validationMetrics": [{"validationLoss": 0.47}],
    }


def _training(place: Place, name: str, status: str) -> Payload:
    done = status == "Completed"
    moment = place.day("training", name)
    key = {"outputModelKmsKeyArn": place.key("models")} if _has_key(place, name) else {}
    network = {"vpcConfig": place.network()} if place.below(2, "private", name) else {}
    result = {"outputModelArn": trained_arn(place, name), "customModelArn": trained_arn(place, name)}
    return {
        "jobArn": place.bedrock_arn("model-customization-job", name),
        "jobName": f"train-{name}",
        "outputModelName": name,
        "customModelName": name,
        "roleArn": place.role(),
        "status": status,
        "creationTime": moment,
        "lastModifiedTime": moment,
        "endTime": moment,
        "baseModelArn": model_arn(place.region, _BASE),
        "customizationType": "FINE_TUNING",
        **(result if done else {"failureMessage": "The validation file could not be read"}),
        **_data(place, name),
        **key,
        **network,
    }


def _deployment(place: Place, name: str) -> Payload:
    return {
        "customModelDeploymentArn": place.bedrock_arn("custom-model-deployment", name),
        "modelDeploymentName": f"{name}-on-demand",
        "customModelDeploymentName": f"{name}-on-demand",
        "modelArn": trained_arn(place, name),
        "createdAt": place.day("deployed", name),
        "lastUpdatedAt": place.day("deployed", name),
        "status": "Active",
        "description": f"For trials of {name.replace('-', ' ')}",
    }


def _throughput(place: Place, name: str, index: int) -> Payload:
    end = _RUNNING if place.below(3, "term", name) else ENDED
    term = {"commitmentDuration": "SixMonths", "commitmentExpirationTime": end}
    return {
        "provisionedModelName": f"{name}-capacity",
        "provisionedModelArn": place.bedrock_arn("provisioned-model", name),
        "modelArn": trained_arn(place, name),
        "desiredModelArn": trained_arn(place, name),
        "foundationModelArn": model_arn(place.region, _BASE),
        "modelUnits": 1 + index,
        "desiredModelUnits": 1 + index,
        "status": "InService",
        **(term if index == 0 else {}),
        "creationTime": place.day("bought", name),
        "lastModifiedTime": place.day("bought", name),
    }


def _import(place: Place, name: str) -> Payload:
    moment = place.day("brought", name)
    key = {"importedModelKmsKeyArn": place.key("models")} if _has_key(place, name) else {}
    return {
        "jobArn": place.bedrock_arn("model-import-job", name),
        "jobName": f"import-{name}",
        "importedModelName": name,
        "importedModelArn": place.bedrock_arn("imported-model", name),
        "roleArn": place.role(),
        "modelDataSource": _weights(place, name),
        "status": "Completed",
        "creationTime": moment,
        "lastModifiedTime": moment,
        "endTime": moment,
        **({"vpcConfig": place.network()} if place.below(2, "private", name) else {}),
        **key,
    }


def _imported(place: Place, name: str) -> Payload:
    key = {"modelKmsKeyArn": place.key("models")} if _has_key(place, name) else {}
    return {
        "modelArn": place.bedrock_arn("imported-model", name),
        "modelName": name,
        "jobName": f"import-{name}",
        "jobArn": place.bedrock_arn("model-import-job", name),
        "modelDataSource": _weights(place, name),
        "creationTime": place.day("brought", name),
        "modelArchitecture": "mistral",
        "instructSupported": True,
        **key,
    }


def _weights(place: Place, name: str) -> Payload:
    return {"s3DataSource": {"s3Uri": f"s3://{place.bucket(_TRAINING)}/weights/{name}/"}}


def _copy(place: Place, home: Place, name: str) -> Payload:
    key = {"targetModelKmsKeyArn": place.key("models")} if _has_key(place, name) else {}
    return {
        "jobArn": place.bedrock_arn("model-copy-job", name),
        "status": "Completed",
        "creationTime": place.day("copied", name),
        "targetModelArn": trained_arn(place, name),
        "targetModelName": name,
        "sourceAccountId": place.member.id,
        "sourceModelArn": trained_arn(home, name),
        "sourceModelName": name,
        "targetModelTags": [{"key": "copied-from", "value": home.region}],
        **key,
    }
