"""AWS Lambda: who may call a function; no function is run or read."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations

OPERATIONS = Operations("lambda")


@OPERATIONS("GetPolicy")
def get_policy(asked: Asked) -> Payload:
    """Return the policy of a function that has one."""
    wanted = asked.text("FunctionName")
    for each in asked.held("lambda.function_policy"):
        if each["FunctionArn"] == wanted:
            return {name: value for name, value in each.items() if name != "FunctionArn"}
    raise RefusedError(404, "ResourceNotFoundException", "The resource you requested does not exist.")
