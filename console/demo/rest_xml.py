"""S3 and its control plane on the wire: requests that read, and answers, by botocore's models.

What writes is left to moto. An object's content is text of one letter a byte.
"""

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from console.demo.messages import Payload, Request, UnknownOperationError
from console.demo.models import Shape, model_of
from console.demo.moments import moment_of

_CONTROL_PLANE = "/v20180820/"
"""How paths of the control plane begin, which signs as S3."""
_ROOTS = {
    "ListAccessPoints": "ListAccessPointsResult",
    "GetBucketLifecycleConfiguration": "LifecycleConfiguration",
    "GetBucketLocation": "LocationConstraint",
    "GetBucketLogging": "BucketLoggingStatus",
    "GetBucketVersioning": "VersioningConfiguration",
    "ListBuckets": "ListAllMyBucketsResult",
    "ListObjectsV2": "ListBucketResult",
}
"""The outermost element where the model of the answer has none."""
_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


def read_rest_xml(request: Request) -> tuple[str, str, Payload]:
    """Return service, operation and parameters; raise `UnknownOperationError` for all that does not just read."""
    parts = urlsplit(request.target)
    service = "s3control" if parts.path.startswith(_CONTROL_PLANE) else "s3"
    if request.method != "GET" or request.body:
        raise UnknownOperationError(f"{request.method} of {service} is not read here")
    query = parse_qs(parts.query, keep_blank_values=True)
    for pattern, wanted, name in _routes(service):
        found = pattern.fullmatch(parts.path)
        if found and wanted <= query.keys():
            shape = model_of(service).operation_model(name).input_shape
            return service, name, _outside_body(shape, found.groupdict(), query, request.headers)
    raise UnknownOperationError(f"{service} has no GET {request.target}")


@cache
def _routes(service: str) -> list[tuple[re.Pattern[str], frozenset[str], str]]:
    """Return path, query members and name of each operation that is a GET; the more members, the earlier.

    An operation that AWS withdrew shares its path with the one that took its place.
    """
    model = model_of(service)
    found = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path, _, query = http["requestUri"].partition("?")
        if http["method"] == "GET" and not model.operation_model(name).deprecated:
            pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", path)
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
            wanted = frozenset(parse_qs(query, keep_blank_values=True))
            found.append((re.compile(pattern), wanted, name))
    found.sort(key=lambda each: (-len(each[1]), each[2]))
    return found


def _outside_body(
    shape: Shape, labels: Mapping[str, str], query: Mapping[str, list[str]], headers: Mapping[str, str]
) -> Payload:
    found: Payload = {}
    for name, member in shape.members.items():
        wire = member.serialization.get("name", name)
        place = member.serialization.get("location")
        if place == "uri":
            found[name] = unquote(labels[wire])
        elif place == "querystring" and wire in query:
            found[name] = int(query[wire][0]) if member.type_name == "integer" else query[wire][0]
        elif place == "header" and wire.lower() in headers:
            found[name] = headers[wire.lower()]
    return found


def write_rest_xml(operation: str, shape: Shape, value: Payload) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an answer."""
    headers = {
        shape.members[name].serialization["name"]: str(each)
        for name, each in value.items()
        if shape.members[name].serialization.get("location") == "header"
    }
    for name, each in value.items():
        if shape.members[name].serialization.get("location") == "headers":
            headers |= {
                f"{shape.members[name].serialization['name']}{key}": said for key, said in each.items()
            }
    payload = shape.serialization.get("payload")
    if payload and shape.members[payload].type_name == "string":
        return headers, str(value[payload]).encode()
    if payload and shape.members[payload].type_name == "blob":
        return {**headers, "Content-Type": "application/octet-stream"}, str(value[payload]).encode("latin-1")
    if payload:
        root, inner = payload, _members(shape.members[payload], value[payload])
    elif operation == "GetBucketLocation":
        root, inner = _ROOTS[operation], escape(str(value.get("LocationConstraint", "")))
    else:
        root, inner = _ROOTS[operation], _members(shape, value)
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">{inner}</{root}>'
    return {**headers, "Content-Type": "application/xml"}, document.encode()


def _members(shape: Shape, value: Payload) -> str:
    pieces = []
    for name, each in value.items():
        member = shape.members[name]
        if "location" in member.serialization:
            continue
        tag = member.serialization.get("name", name)
        if member.type_name == "list" and member.serialization.get("flattened"):
            pieces += [f"<{tag}>{_content(member.member, entry)}</{tag}>" for entry in each]
        else:
            pieces.append(f"<{tag}>{_content(member, each)}</{tag}>")
    return "".join(pieces)


def _content(shape: Shape, value: object) -> str:
    if isinstance(value, dict):
        return _members(shape, value)
    if isinstance(value, list):
        item = shape.member.serialization.get("name", "member")
        return "".join(f"<{item}>{_content(shape.member, each)}</{item}>" for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if shape.type_name == "timestamp":
        return str(moment_of(value).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    return escape(str(value))
