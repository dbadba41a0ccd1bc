"""Amazon CloudWatch Logs: streams of a group, exports, and what deletes a stream."""

from console.demo.changing import take
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("logs")
_STREAMS = "logs.log_stream"
_FEW = Paging(most=2, asked="limit", token="nextToken", refusal="InvalidParameterException")  # noqa: S106


@OPERATIONS("DescribeLogStreams")
def describe_log_streams(asked: Asked) -> Payload:
    """Return a page of a group's streams."""
    prefix = asked.text("logStreamNamePrefix")
    streams = [
        {name: value for name, value in each.items() if name != "logGroupName"}
        for each in asked.held(_STREAMS)
        if each["logGroupName"] == asked.text("logGroupName") and each["logStreamName"].startswith(prefix)
    ]
    found, following = page(asked, streams, _FEW)
    return {"logStreams": found, **following}


@OPERATIONS("DescribeExportTasks")
def describe_export_tasks(asked: Asked) -> Payload:
    """Return no exports: nobody made one."""
    found, following = page(asked, asked.held("logs.export_task"), _FEW)
    return {"exportTasks": found, **following}


@OPERATIONS("DeleteLogStream")
def delete_log_stream(asked: Asked) -> Payload:
    """Delete a stream, unless its group is protected."""
    group, wanted = asked.text("logGroupName"), asked.text("logStreamName")
    if any(
        each.get("deletionProtectionEnabled")
        for each in asked.held("logs.log_group")
        if each["logGroupName"] == group
    ):
        raise RefusedError(400, "ValidationException", "Deletion protection is enabled for the log group.")
    take(
        asked,
        _STREAMS,
        lambda each: (each["logGroupName"], each["logStreamName"]) == (group, wanted),
        f"log stream {wanted}",
        (400, "ResourceNotFoundException"),
    )
    return {}
