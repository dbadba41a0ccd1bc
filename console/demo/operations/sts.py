"""AWS STS: who asks, and acting in another account. Handing out keys is the stand-in's own business."""

from console.demo.messages import Payload
from console.demo.native import Asked, Operations

OPERATIONS = Operations("sts")


@OPERATIONS("GetCallerIdentity")
def get_caller_identity(asked: Asked) -> Payload:
    """Return who asks."""
    session = asked.caller.rpartition("/")[2]
    return {
        "UserId": f"AROA{asked.account_id}DEMO:{session}",
        "Account": asked.account_id,
        "Arn": asked.caller,
    }
