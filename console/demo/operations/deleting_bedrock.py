"""Amazon Bedrock: what deletes models, what hangs on them, and evaluation jobs; conflicts as AWS has them."""

from functools import partial

from console.demo.changing import is_future, refuse_if, take
from console.demo.messages import Payload
from console.demo.native import Asked, Operations

OPERATIONS = Operations("bedrock")
_MODEL, _CAPACITY = "bedrock.custom_model", "bedrock.provisioned_model_throughput"
_DEPLOYMENT, _IMPORTED = "bedrock.custom_model_deployment", "bedrock.imported_model"
_ENDED = ("Completed", "Failed", "Stopped")


@OPERATIONS("DeleteProvisionedModelThroughput")
def delete_provisioned_model_throughput(asked: Asked) -> Payload:
    """Give up capacity whose term is over."""
    wanted = asked.text("provisionedModelId")

    def chosen(each: Payload) -> bool:
        return wanted in (each["provisionedModelArn"], each["provisionedModelName"])

    refuse_if(
        asked.held(_CAPACITY),
        lambda each: chosen(each) and is_future(each.get("commitmentExpirationTime", "")),
        "You can't delete a Provisioned Throughput before its commitment term ends.",
    )
    take(asked, _CAPACITY, chosen, f"provisioned throughput {wanted}")
    return {}


@OPERATIONS("DeleteCustomModelDeployment")
def delete_custom_model_deployment(asked: Asked) -> Payload:
    """Take a deployment down."""
    wanted = asked.text("customModelDeploymentIdentifier")
    take(
        asked,
        _DEPLOYMENT,
        lambda each: wanted in (each["customModelDeploymentArn"], each["customModelDeploymentName"]),
        f"deployment {wanted}",
    )
    return {}


@OPERATIONS("DeleteCustomModel")
def delete_custom_model(asked: Asked) -> Payload:
    """Delete a model that nothing uses."""
    wanted = asked.text("modelIdentifier")
    _refuse_in_use(asked, wanted)
    take(asked, _MODEL, lambda each: wanted in (each["modelArn"], each["modelName"]), f"model {wanted}")
    return {}


@OPERATIONS("DeleteImportedModel")
def delete_imported_model(asked: Asked) -> Payload:
    """Delete an imported model that nothing uses."""
    wanted = asked.text("modelIdentifier")
    _refuse_in_use(asked, wanted)
    take(asked, _IMPORTED, lambda each: wanted in (each["modelArn"], each["modelName"]), f"model {wanted}")
    return {}


@OPERATIONS("BatchDeleteEvaluationJob")
def batch_delete_evaluation_job(asked: Asked) -> Payload:
    """Delete jobs that have ended; say of each other why not."""
    errors, deleted = [], []
    for wanted in asked.parameters["jobIdentifiers"]:
        jobs = [each for each in asked.held("bedrock.evaluation_job") if each["jobArn"] == wanted]
        if not jobs:
            errors.append({"jobIdentifier": wanted, "code": "404", "message": "There is no such job"})
        elif jobs[0]["status"] not in _ENDED:
            errors.append({"jobIdentifier": wanted, "code": "409", "message": "The job has not ended"})
        else:
            take(asked, "bedrock.evaluation_job", partial(_is_job, wanted), wanted)
            deleted.append({"jobIdentifier": wanted, "jobStatus": "Deleting"})
    return {"errors": errors, "evaluationJobs": deleted}


def _is_job(wanted: str, each: Payload) -> bool:
    return bool(each["jobArn"] == wanted)


def _refuse_in_use(asked: Asked, wanted: str) -> None:
    refuse_if(
        [*asked.held(_CAPACITY), *asked.held(_DEPLOYMENT)],
        lambda each: each["modelArn"] == wanted,
        "The model is in use by a Provisioned Throughput or a deployment.",
    )
