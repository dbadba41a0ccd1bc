"""Work that Bedrock does while nobody waits: batches, asynchronous calls, evaluations, better prompts."""

from console.demo.department.catalogue import model_arn
from console.demo.department.plan import LONDON, VIRGINIA
from console.demo.department.site import Held, Place
from console.demo.messages import Payload
from console.demo.moments import days_ago

_TASKS = ("classify-letters", "summarise-objections", "extract-dates", "translate-notices")
_JUDGED = ("drafting-quality", "search-answers", "plain-english")
_IMPROVED = ("letter-prompts", "triage-prompts", "search-prompts")
_VIDEO = "amazon.nova-reel-v1:0"
_LONG_AGO = 400
"""How many days ago those models were evaluated that were forgotten since."""
_RESULTS = "results"
_TEMPLATE = "Judge the answer below. Say why it is right or wrong: {{prediction}}"


def bedrock_jobs(place: Place, models: list[str], count: int) -> Held:
    """Return the jobs of an account that does `count` of each sort in a Region."""
    if place.region == VIRGINIA and count > 1:
        return {"bedrock.async_invoke": [_async(place, index) for index in range(count)]}
    if place.region != LONDON or not models:
        return {}
    return {
        "bedrock.model_invocation_job": [
            _batch(place, task, models[index % len(models)]) for index, task in enumerate(_TASKS[:count])
        ],
        "bedrock.evaluation_job": [_evaluation(place, name, models[0]) for name in _JUDGED[:count]],
        "bedrock.advanced_prompt_optimization_job": [
            _improvement(place, name, models[0]) for name in _IMPROVED[: count if count > 1 else 0]
        ],
    }


def _batch(place: Place, task: str, model: str) -> Payload:
    moment = place.day("batch", task)
    output: Payload = {"s3Uri": f"s3://{place.bucket(_RESULTS)}/{task}/"}
    if place.below(3, "batch key", task):
        output["s3EncryptionKeyId"] = place.key("results")
    return {
        "jobArn": place.bedrock_arn("model-invocation-job", task),
        "jobName": task,
        "modelId": model_arn(place.region, model),
        "roleArn": place.role(),
        "status": "Completed",
        "submitTime": moment,
        "lastModifiedTime": moment,
        "endTime": moment,
        "inputDataConfig": {
            "s3InputDataConfig": {
                "s3InputFormat": "JSONL",
                "s3Uri": f"s3://{place.bucket('intake')}/{task}.jsonl",
            }
        },
        "outputDataConfig": {"s3OutputDataConfig": output},
        **({"vpcConfig": place.network()} if place.below(2, "batch network", task) else {}),
        "timeoutDurationInHours": 24,
        "totalRecordCount": 1200,
        "processedRecordCount": 1200,
        "successRecordCount": 1198,
        "errorRecordCount": 2,
    }


def _async(place: Place, index: int) -> Payload:
    moment = place.day("async", index)
    key = {"kmsKeyId": place.key("results")} if index else {}
    output = {"s3Uri": f"s3://{place.bucket('video')}/{place.id('async output', index)}", **key}
    return {
        "invocationArn": place.bedrock_arn("async-invoke", index),
        "modelArn": model_arn(place.region, _VIDEO),
        "status": "Completed",
        "submitTime": moment,
        "lastModifiedTime": moment,
        "endTime": moment,
        "outputDataConfig": {"s3OutputDataConfig": output},
    }


def _evaluation(place: Place, name: str, model: str) -> Payload:
    judge = model_arn(place.region, model)
    moment = place.day("evaluation", name)
    is_human = name == "plain-english"
    is_search = name == "search-answers"
    key = {"customerEncryptionKeyId": place.key("results")} if place.below(6, "evaluation key", name) else {}
    return {
        "jobArn": place.bedrock_arn("evaluation-job", name),
        "jobName": name,
        "status": "Completed",
        "roleArn": place.role(),
        "jobType": "Human" if is_human else "Automated",
        "applicationType": "RagEvaluation" if is_search else "ModelEvaluation",
        "evaluationTaskTypes": ["QuestionAndAnswer"],
        "evaluationConfig": {"human": _by_people(place)}
        if is_human
        else {"automated": _by_model(place, judge)},
        "inferenceConfig": _search(place, judge) if is_search else {"models": [_judged(judge)]},
        "outputDataConfig": {"s3Uri": f"s3://{place.bucket(_RESULTS)}/evaluations/{name}/"},
        "creationTime": moment,
        "lastModifiedTime": moment,
        **key,
    }


def evaluations(place: Place, models: list[str]) -> list[Payload]:
    """Return an evaluation of each model but a few that were forgotten; some are long ago."""
    found = []
    for model in models:
        lot = place.below(8, "evaluated", model)
        if lot:
            job = _evaluation(place, f"check-{model.rpartition('/')[2].partition(':')[0]}", _VIDEO)
            made = days_ago(_LONG_AGO if lot == 1 else 20 * lot)
            judged = {"inferenceConfig": {"models": [_judged(model)]}}
            found.append({**job, **judged, "creationTime": made, "lastModifiedTime": made})
    return found


def _judged(model: str) -> Payload:
    return {"bedrockModel": {"modelIdentifier": model, "inferenceParams": '{"temperature": 0.1}'}}


def _sets(place: Place, metrics: list[str]) -> list[Payload]:
    location = {"s3Uri": f"s3://{place.bucket('intake')}/questions.jsonl"}
    data = {"name": "questions", "datasetLocation": location}
    return [{"taskType": "QuestionAndAnswer", "dataset": data, "metricNames": metrics}]


def _by_model(place: Place, judge: str) -> Payload:
    return {
        "datasetMetricConfigs": _sets(place, ["Builtin.Correctness", "Builtin.Harmfulness"]),
        "evaluatorModelConfig": {"bedrockEvaluatorModels": [{"modelIdentifier": judge}]},
        "customMetricConfig": {
            "customMetrics": [{"customMetricDefinition": {"name": "courtesy", "instructions": _TEMPLATE}}],
            "evaluatorModelConfig": {"bedrockEvaluatorModels": [{"modelIdentifier": judge}]},
        },
    }


def _by_people(place: Place) -> Payload:
    flow = f"arn:aws:sagemaker:{place.region}:{place.member.id}:flow-definition/reviewers"
    return {
        "humanWorkflowConfig": {"flowDefinitionArn": flow, "instructions": "Read each letter as a resident."},
        "customMetrics": [{"name": "plainness", "ratingMethod": "IndividualLikertScale"}],
        "datasetMetricConfigs": _sets(place, ["plainness"]),
    }


def _search(place: Place, model: str) -> Payload:
    asked = {
        "knowledgeBaseId": place.draw.upper(10, place.member.id, "evaluated"),
        "modelArn": model,
        "generationConfiguration": {"promptTemplate": {"textPromptTemplate": _TEMPLATE}},
    }
    generated = {"type": "KNOWLEDGE_BASE", "knowledgeBaseConfiguration": asked}
    return {"ragConfigs": [{"knowledgeBaseConfig": {"retrieveAndGenerateConfig": generated}}]}


def _improvement(place: Place, name: str, model: str) -> Payload:
    return {
        "jobArn": place.bedrock_arn("advanced-prompt-optimization-job", name),
        "jobName": name,
        "jobStatus": "Completed",
        "inputConfig": {"s3Uri": f"s3://{place.bucket('intake')}/{name}.jsonl"},
        "outputConfig": {"s3Uri": f"s3://{place.bucket(_RESULTS)}/{name}/"},
        "creationTime": place.day("improved", name),
        "modelConfigurations": [{"modelId": model, "inferenceConfig": {"maxTokens": 2000}}],
        **({"encryptionKeyArn": place.key("results")} if place.below(4, "improved", name) else {}),
    }
