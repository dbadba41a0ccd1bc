"""What a client sent, read by the model of the operation's input."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from console.demo.messages import Call, Payload, Request, UnknownOperationError
from console.demo.models import Shape, model_of, operation_of, protocol_of, service_of, services_alike
from console.demo.rest_xml import read_rest_xml

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d+/([^/]+)/([^/]+)/aws4_request")
_UNSIGNED = ("sso-oidc", "sso")
"""Services that are asked without a signature, because they hand out what others are signed with."""
_SIMPLE = frozenset({"string", "integer", "long", "boolean", "double", "float", "timestamp", "blob"})


def signature_of(request: Request) -> tuple[str, str, str]:
    """Return access key, Region and service as the signature names them; empty without a signature."""
    found = _CREDENTIAL.search(request.headers.get("authorization", ""))
    return (found[1], found[2], service_of(found[3])) if found else ("", "", "")


def read_call(request: Request) -> Call:
    """Return what a request asks for; raise `UnknownOperationError` for what its service does not have."""
    access_key, region, service = signature_of(request)
    service = service or _unsigned_service(request)
    protocol = protocol_of(service)
    if protocol == "json":
        operation = request.headers.get("x-amz-target", "").rpartition(".")[2]
        parameters: Payload = json.loads(request.body or b"{}")
        operation_of(service, operation)
    elif protocol == "rest-json":
        service, operation, parameters = _read_rest(service, request)
    elif protocol in ("query", "ec2"):
        form = {name: values[0] for name, values in parse_qs(request.body.decode(), True).items()}
        operation = form.get("Action", "")
        shape = operation_of(service, operation).input_shape
        parameters = _read_members(shape, "", form, is_ec2=protocol == "ec2") if shape else {}
    elif service == "s3":
        service, operation, parameters = read_rest_xml(request)
    else:
        raise UnknownOperationError(f"{service} speaks {protocol}, which is not read here")
    return Call(
        service=service,
        operation=operation,
        parameters=parameters,
        access_key=access_key,
        token=request.headers.get("x-amz-security-token", ""),
        region=region,
    )


def _unsigned_service(request: Request) -> str:
    """Return the service of a request without a signature, by its path; empty if it is none of those."""
    path = urlsplit(request.target).path
    for service in _UNSIGNED:
        if any(method == request.method and way.fullmatch(path) for method, way, _ in _routes(service)):
            return service
    return ""


@cache
def _routes(service: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Return method, path and name of each operation; a fixed path goes before one with a label."""
    model = model_of(service)
    found = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path = http["requestUri"].partition("?")[0].rstrip("/")
        pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", path)
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
        found.append((path.count("{"), http["method"], re.compile(f"{pattern}/?"), name))
    found.sort(key=lambda each: each[0])
    return [(method, pattern, name) for _labels, method, pattern, name in found]


def _read_rest(signed_for: str, request: Request) -> tuple[str, str, Payload]:
    """Return service, operation and parameters."""
    parts = urlsplit(request.target)
    query = parse_qs(parts.query, keep_blank_values=True)
    routes = [(service, *route) for service in services_alike(signed_for) for route in _routes(service)]
    for service, method, pattern, name in routes:
        found = pattern.fullmatch(parts.path) if method == request.method else None
        if found:
            shape = operation_of(service, name).input_shape
            body = _named(shape, json.loads(request.body)) if request.body else {}
            outside = _outside_body(shape, found.groupdict(), query, request.headers) if shape else {}
            return service, name, {**body, **outside}
    raise UnknownOperationError(f"{signed_for} has no {request.method} {parts.path}")


def _named(shape: Shape, value: object) -> Any:  # noqa: ANN401 - any JSON
    """Return what came in a body under the names of the model's members, which some services write differently."""
    if isinstance(value, dict) and shape.type_name == "structure":
        names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
        members = {names.get(wire, wire): each for wire, each in value.items()}
        return {
            name: _named(shape.members[name], each) if name in shape.members else each
            for name, each in members.items()
        }
    if isinstance(value, dict) and shape.type_name == "map":
        return {key: _named(shape.value, each) for key, each in value.items()}
    if isinstance(value, list) and shape.type_name == "list":
        return [_named(shape.member, each) for each in value]
    return value


def _outside_body(
    shape: Shape, labels: Mapping[str, str], query: Mapping[str, list[str]], headers: Mapping[str, str]
) -> Payload:
    """Return the members that travel in the path, in the query and in headers."""
    found: Payload = {}
    for name, member in shape.members.items():
        wire = member.serialization.get("name", name)
        place = member.serialization.get("location")
        if place == "uri":
            found[name] = unquote(labels[wire])
        elif place == "header" and wire.lower() in headers:
            found[name] = _typed(member, headers[wire.lower()])
        elif place == "querystring" and wire in query:
            is_list = member.type_name == "list"
            found[name] = query[wire] if is_list else _typed(member, query[wire][0])
    return found


def _read_members(shape: Shape, prefix: str, form: Mapping[str, str], *, is_ec2: bool) -> Payload:
    """Return a structure out of a form's flat names."""
    found: Payload = {}
    for name, member in shape.members.items():
        key = prefix + _form_name(name, member, is_ec2=is_ec2)
        if member.type_name in _SIMPLE:
            if key in form:
                found[name] = _typed(member, form[key])
        elif any(each.startswith(f"{key}.") for each in form):
            found[name] = _read_nested(member, key, form, is_ec2=is_ec2)
    return found


def _read_nested(shape: Shape, key: str, form: Mapping[str, str], *, is_ec2: bool) -> object:
    if shape.type_name == "structure":
        return _read_members(shape, f"{key}.", form, is_ec2=is_ec2)
    if shape.type_name != "list":
        raise UnknownOperationError(f"a {shape.type_name} in a form is not read here")
    flat = is_ec2 or shape.serialization.get("flattened")
    stem = key if flat else f"{key}.{shape.member.serialization.get('name', 'member')}"
    entries: list[object] = []
    while True:
        here = f"{stem}.{len(entries) + 1}"
        if here in form:
            entries.append(_typed(shape.member, form[here]))
        elif any(each.startswith(f"{here}.") for each in form):
            entries.append(_read_nested(shape.member, here, form, is_ec2=is_ec2))
        else:
            return entries


def _form_name(name: str, member: Shape, *, is_ec2: bool) -> str:
    if not is_ec2:
        return str(member.serialization.get("name", name))
    if "queryName" in member.serialization:
        return str(member.serialization["queryName"])
    wire = str(member.serialization.get("name", name))
    return wire[0].upper() + wire[1:]


def _typed(shape: Shape, text: str) -> object:
    if shape.type_name in ("integer", "long"):
        return int(text)
    if shape.type_name == "boolean":
        return text == "true"
    return float(text) if shape.type_name in ("double", "float") else text
