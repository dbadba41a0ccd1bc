"""The guard over every answer: botocore takes a cut, empty or HTML body with status 200 for "nothing there"."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

from botocore.exceptions import ConnectionError as BotocoreConnectionError

Kind = TypeVar("Kind")

_SUCCESS = range(200, 300)
_REDIRECT = range(300, 400)
_JSON = frozenset({"json", "rest-json"})
_NAMED_ROOT = frozenset({"query", "ec2"})
_ROOTS: Mapping[str, str] = {
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLocation": "LocationConstraint",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketVersioning": "VersioningConfiguration",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListObjectsV2": "ListBucketResult",
}
"""With which element answers of S3 begin whose model does not say it."""
_OUTSIDE_BODY = frozenset({"header", "headers", "statusCode"})
_NESTED = frozenset({"structure", "list", "map"})
_MOST_SHAPES = 4096


class BadAnswerError(BotocoreConnectionError):  # type: ignore[misc]
    """An answer that cannot be believed; a connection error to botocore, so that it is tried again."""

    fmt = "AWS's answer cannot be believed: {error}"


def check_answer(operation: Any, status: int, headers: Mapping[str, str], body: bytes) -> None:  # noqa: ANN401
    """Return if a successful answer is whole and has what its model requires; raise `BadAnswerError` if not.

    `operation` is botocore's model of the operation. Answers that are errors pass: botocore reads those itself.
    A redirect is no error of a service that speaks JSON: something between here and AWS wants to be asked first.
    """
    protocol = operation.service_model.resolved_protocol
    if status in _REDIRECT and protocol in _JSON:
        raise BadAnswerError(error=f"it leads elsewhere, with status {status}")
    if status not in _SUCCESS:
        return
    _check_length(headers, body)
    shape = operation.output_shape
    if shape is None or shape.serialization.get("eventstream"):
        return
    if protocol in _JSON:
        _check_json(shape, body)
    elif not body and not _in_body(shape):
        return
    elif protocol in _NAMED_ROOT:
        _check_xml(f"{operation.name}Response", shape, body)
    else:
        _check_rest_xml(operation.name, shape, body)


def _check_length(headers: Mapping[str, str], body: bytes) -> None:
    said = headers.get("Content-Length", "")
    if "Content-Encoding" in headers or not said.isdigit():
        return
    if int(said) != len(body):
        raise BadAnswerError(error=f"{len(body)} of {said} bytes came")


def _check_json(shape: Any, body: bytes) -> None:  # noqa: ANN401
    payload = shape.serialization.get("payload")
    inner = shape.members[payload] if payload else shape
    if inner.type_name != "structure":
        return
    if not body and not _in_body(inner):
        return
    try:
        value = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadAnswerError(error=f"{len(body)} bytes are not JSON") from None
    _check_required(inner, value, "the answer")


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _check_required(shape: Any, value: object, where: str) -> None:  # noqa: ANN401
    """Hold a JSON value to the members that its shape requires, all the way down."""
    if value is None or getattr(shape, "is_document_type", False):
        return
    if shape.type_name == "structure":
        _check_members(shape, _of_type(dict, value, where), where)
    elif shape.type_name == "list":
        entries = _of_type(list, value, where)
        if shape.member.type_name in _NESTED:
            for each in entries:
                _check_required(shape.member, each, where)
    elif shape.type_name == "map":
        values = _of_type(dict, value, where).values()
        if shape.value.type_name in _NESTED:
            for each in values:
                _check_required(shape.value, each, where)


def _check_members(shape: Any, value: dict[str, object], where: str) -> None:  # noqa: ANN401
    for wire, is_required, inner in _wired(shape):
        if wire in value:
            if inner is not None:
                _check_required(inner, value[wire], wire)
        elif is_required:
            raise BadAnswerError(error=f"{where} has no {wire}")


@lru_cache(_MOST_SHAPES)
def _wired(shape: Any) -> tuple[tuple[str, bool, Any], ...]:  # noqa: ANN401
    """Return each member's name on the wire, whether it is required, and its shape if that has parts."""
    return tuple(
        (
            member.serialization.get("name", name),
            name in shape.required_members,
            member if member.type_name in _NESTED else None,
        )
        for name, member in _in_body(shape).items()
    )


def _of_type(kind: type[Kind], value: object, where: str) -> Kind:
    if not isinstance(value, kind):
        raise BadAnswerError(error=f"{where} is not a {kind.__name__}")
    return value


def _in_body(shape: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        name: member
        for name, member in shape.members.items()
        if member.serialization.get("location") not in _OUTSIDE_BODY
    }


def _check_rest_xml(operation: str, shape: Any, body: bytes) -> None:  # noqa: ANN401
    payload = shape.serialization.get("payload")
    if payload and shape.members[payload].type_name == "structure":
        if not len(_check_xml(payload, shape.members[payload], body)):
            raise BadAnswerError(error=f"there is nothing in its {payload}")
    elif payload == "Policy":
        _check_policy(body)
    elif not payload:
        _check_xml(_ROOTS.get(operation, ""), shape, body)


def _check_policy(body: bytes) -> None:
    """Hold a body that is a policy and nothing around it to what every policy has."""
    try:
        value = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadAnswerError(error=f"{len(body)} bytes are not JSON") from None
    if "Statement" not in _of_type(dict, value, "the policy"):
        raise BadAnswerError(error="the policy has no Statement")


def _check_xml(root_name: str, shape: Any, body: bytes) -> ET.Element:  # noqa: ANN401
    try:
        root = ET.fromstring(body)  # noqa: S314 - from AWS, over TLS, and botocore parses it likewise
    except ET.ParseError:
        raise BadAnswerError(error=f"{len(body)} bytes are not XML") from None
    if root_name and _local(root) != root_name:
        raise BadAnswerError(error=f"it begins with {_local(root)[:40]}")
    wrapper = shape.serialization.get("resultWrapper")
    if wrapper and wrapper not in {_local(child) for child in root}:
        raise BadAnswerError(error=f"it has no {wrapper}")
    return root


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
