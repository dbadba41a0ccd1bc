"""Answers on the wire, held to the model of the operation's output first.

An unknown member, a missing required one, a wrong type or a value outside an enumeration is an error of the
stand-in: a test against a stand-in that invents what AWS does not have would prove nothing.
"""

import json
from collections.abc import Mapping
from urllib.parse import quote
from xml.sax.saxutils import escape

from console.collect.mantle import SERVICE as MANTLE
from console.demo.messages import Payload, Response, WrongAnswerError
from console.demo.models import Shape, operation_of, protocol_of
from console.demo.moments import moment_of
from console.demo.rest_xml import write_rest_xml

_MANTLE_TYPES = {
    401: "authentication_error",
    403: "permission_denied_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
"""Types of refusal by status, of the one service that refuses in another vendor's form, without AWS's codes."""
_DOCUMENT = "policyDocumentType"
"""IAM writes policy documents percent-encoded."""
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "structure": dict,
    "list": list,
    "map": dict,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "double": (int, float),
    "float": (int, float),
    "timestamp": (str, int, float),
    "blob": str,
}
_CASELESS_ENUMS = frozenset({"ec2"})
"""Services that answer in lower case what their model enumerates in capitals, at AWS too."""


def write_answer(service: str, operation: str, value: Payload, request_id: str) -> Response:
    """Return a right answer; raise `WrongAnswerError` if the operation's model does not allow it."""
    shape = operation_of(service, operation).output_shape
    headers = {"x-amzn-RequestId": request_id}
    if shape is None:
        return Response(200, headers)
    check(shape, value, f"{service}:{operation}", caseless=service in _CASELESS_ENUMS)
    protocol = protocol_of(service)
    if protocol in ("json", "rest-json"):
        version = operation_of(service, operation).service_model.metadata.get("jsonVersion")
        headers["Content-Type"] = f"application/x-amz-json-{version}" if version else "application/json"
        return Response(200, headers, json.dumps(_to_json(shape, value)).encode())
    if protocol == "rest-xml":
        more, body = write_rest_xml(operation, shape, value)
        return Response(200, {**headers, **more}, body)
    inner = _members(shape, value)
    if protocol == "ec2":
        document = f"<{operation}Response><requestId>{request_id}</requestId>{inner}</{operation}Response>"
    else:
        wrapper = shape.serialization.get("resultWrapper", f"{operation}Result")
        document = (
            f"<{operation}Response><{wrapper}>{inner}</{wrapper}><ResponseMetadata>"
            f"<RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
        )
    return Response(200, {**headers, "Content-Type": "text/xml"}, document.encode())


def write_refusal(service: str, status: int, code: str, message: str, request_id: str) -> Response:
    """Return a refusal in the form of the service's protocol."""
    protocol = protocol_of(service)
    headers = {"x-amzn-RequestId": request_id}
    if service == MANTLE:
        said = {"message": message, "type": _MANTLE_TYPES.get(status, "api_error"), "param": None}
        return Response(
            status, {**headers, "Content-Type": "application/json"}, json.dumps({"error": said}).encode()
        )
    if protocol == "json":
        body = json.dumps({"__type": code, "message": message}).encode()
        return Response(status, {**headers, "Content-Type": "application/x-amz-json-1.1"}, body)
    if protocol == "rest-json":
        headers |= {"Content-Type": "application/json", "x-amzn-ErrorType": code}
        return Response(status, headers, json.dumps({"message": message}).encode())
    inner = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
    if protocol == "ec2":
        document = (
            f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>{request_id}</RequestID></Response>"
        )
    elif protocol == "rest-xml":
        document = f"<Error>{inner}<RequestId>{request_id}</RequestId></Error>"
    else:
        document = (
            f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error>"
            f"<RequestId>{request_id}</RequestId></ErrorResponse>"
        )
    return Response(status, {**headers, "Content-Type": "text/xml"}, document.encode())


def check(shape: Shape, value: object, where: str, *, caseless: bool = False) -> None:
    """Return if a value is what its shape allows, all the way down; raise `WrongAnswerError` if not."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return
    if not isinstance(value, _TYPES[kind]) or (kind != "boolean" and isinstance(value, bool)):
        raise WrongAnswerError(f"{where} is {type(value).__name__}, not {kind}")
    if isinstance(value, dict) and kind == "structure":
        _check_names(shape, value, where)
        for name, each in value.items():
            check(shape.members[name], each, f"{where}.{name}", caseless=caseless)
    elif isinstance(value, list):
        for each in value:
            check(shape.member, each, f"{where}[]", caseless=caseless)
    elif isinstance(value, dict):
        for key, each in value.items():
            check(shape.value, each, f"{where}[{key}]", caseless=caseless)
    elif isinstance(value, str) and kind == "string" and shape.enum:
        _check_enumerated(shape, value, where, caseless=caseless)


def _check_enumerated(shape: Shape, value: str, where: str, *, caseless: bool) -> None:
    known = [each.lower() for each in shape.enum] if caseless else shape.enum
    if (value.lower() if caseless else value) not in known:
        raise WrongAnswerError(f"{where} is {value!r}, which AWS does not enumerate")


def _check_names(shape: Shape, value: Payload, where: str) -> None:
    for name in shape.required_members:
        if name not in value:
            raise WrongAnswerError(f"{where} lacks {name}, which AWS always gives")
    for name in value:
        if name not in shape.members:
            raise WrongAnswerError(f"{where} has {name}, which AWS does not know")


def _to_json(shape: Shape, value: object) -> object:
    if getattr(shape, "is_document_type", False):
        return value
    if isinstance(value, dict) and shape.type_name == "structure":
        return {
            shape.members[name].serialization.get("name", name): _to_json(shape.members[name], each)
            for name, each in value.items()
        }
    if isinstance(value, dict):
        return {key: _to_json(shape.value, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_to_json(shape.member, each) for each in value]
    if shape.type_name == "timestamp":
        iso = shape.serialization.get("timestampFormat") == "iso8601"
        return _iso(value) if iso else moment_of(value).timestamp()
    return value


def _members(shape: Shape, value: Payload) -> str:
    """Return the members of a structure as elements."""
    pieces = []
    for name, each in value.items():
        member = shape.members[name]
        tag = member.serialization.get("name", name)
        pieces.append(f"<{tag}>{_content(member, each)}</{tag}>")
    return "".join(pieces)


def _content(shape: Shape, value: object) -> str:
    if isinstance(value, dict) and shape.type_name == "map":
        return "".join(
            f"<entry><key>{escape(key)}</key><value>{_content(shape.value, each)}</value></entry>"
            for key, each in value.items()
        )
    if isinstance(value, dict):
        return _members(shape, value)
    if isinstance(value, list):
        item = shape.member.serialization.get("name", "member")
        return "".join(f"<{item}>{_content(shape.member, each)}</{item}>" for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if shape.type_name == "timestamp":
        return _iso(value)
    return quote(str(value), safe="") if shape.name == _DOCUMENT else escape(str(value))


def _iso(value: object) -> str:
    return str(moment_of(value).strftime("%Y-%m-%dT%H:%M:%SZ"))
