"""The neutral case format `iam-case/1`: one fully resolved request in, one result out, both JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from console.policy.context import Context
from console.policy.document import Form, Policy, PolicyError, parse_policy
from console.policy.evaluate import Decision, Said, decide
from console.policy.principals import caller_of
from console.policy.request import Endpoint, Level, Policies, Request
from console.policy.written import write_formula

Json = dict[str, Any]
Item = TypeVar("Item")
_GATEWAY_SERVICES = ("s3", "dynamodb")
"""Services with gateway endpoints; where a case does not say of which type its endpoint is, it is taken for one."""
_ARN_COLONS = 5


def decide_case(case: object) -> Json:
    """Return the result of one case; a case that cannot be read is a result `Error`, never an answer."""
    name = str(case["id"]) if isinstance(case, Mapping) and isinstance(case.get("id"), str | int) else ""
    try:
        request, policies = read_case(case)
        return {"id": name, **write_decision(decide(request, policies))}
    except PolicyError as error:
        return {"id": name, "result": "Error", "error": {"message": str(error)}}
    except RecursionError:
        return {"id": name, "result": "Error", "error": {"message": "the case is nested too deeply"}}


def read_case(case: object) -> tuple[Request, Policies]:
    """Return the request and the policies of a case, or raise `PolicyError`."""
    if not isinstance(case, Mapping):
        raise PolicyError("a case must be a JSON object")
    asked = _object(case, "request")
    principal, resource = _object(case, "principal"), _object(case, "resource")
    request = _request(case, asked, _text(principal, "account"))
    groups = [_object_of(each, "groups") for each in _list(principal, "groups")]
    grouped = [policy for group in groups for policy in _policies(group, "policies")]
    boundary, own = principal.get("boundary"), resource.get("policy")
    return request, Policies(
        identity=(*_policies(principal, "identity"), *grouped),
        boundary=_policy(boundary, "boundary") if boundary else None,
        session=_policies(principal, "session"),
        scps=None if principal.get("scps") is None else _levels(principal, "scps", Form.CALLER),
        rcps=_levels(resource, "rcps", Form.PERIMETER),
        resource=parse_policy("resource", own, Form.RESOURCE) if own else None,
        endpoints=_each(case, "vpce", lambda each: _endpoint(each, request)),
        management_account=_text(_object(case, "org"), "management_account"),
    )


def _request(case: Mapping[str, Any], asked: Mapping[str, Any], account: str) -> Request:
    context = Context.of(
        {str(key): _value(str(key), value) for key, value in _object(asked, "context").items()},
        unknown=[each for each in _list(asked, "unknown") if isinstance(each, str)],
        rest_unknown=bool(case.get("unknown_context", asked.get("unknown_context", False))),
    )
    action, resource = _text(asked, "action"), _text(asked, "resource")
    check_action(action)
    if not resource:
        raise PolicyError("request.resource: must be text")
    caller = caller_of(_text(asked, "principal") or None, context, account)
    owner = resource.split(":", _ARN_COLONS)[4] if resource.count(":") >= _ARN_COLONS else ""
    return Request(
        caller=caller,
        action=action,
        resource=resource,
        resource_account=_text(asked, "resource_account") or owner or caller.account,
        context=context,
    )


def check_action(action: str) -> None:
    """Raise `PolicyError` unless it is one action: a pattern would be granted by patterns that it is not."""
    service, colon, name = action.partition(":")
    if not (service and colon and name) or set(action) & set("*?"):
        raise PolicyError("request.action: must be one action, such as bedrock:InvokeModel")


def write_decision(decision: Decision) -> Json:
    """Return a decision as JSON."""
    written: Json = {
        "result": decision.result.value,
        "layers": {name: _said(said) for name, said in decision.layers.items()},
        "same_account": decision.same_account,
    }
    if decision.blocked_by:
        written["blocked_by"] = list(decision.blocked_by)
    if not isinstance(decision.truth, bool):
        written["residual"] = write_formula(decision.truth)
    return written


def _said(said: Said) -> Json:
    written: Json = {
        "result": said.result.value,
        "allow": list(said.allowed_by),
        "deny": list(said.denied_by),
    }
    if said.levels:
        written["levels"] = [{"id": name, **_said(level)} for name, level in said.levels]
    return written


def _value(key: str, raw: object) -> object:
    """Return a context key's value; null is refused, because it could mean absent, unknown or empty."""
    for each in raw if isinstance(raw, list) else [raw]:
        if not isinstance(each, str | int | float):
            raise PolicyError(
                f"request.context.{key}: must be text, a number, true or false, or a list of them"
            )
    return raw


def _object(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = of.get(key)
    return {} if value is None else _object_of(value, key)


def _object_of(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PolicyError(f"{key}: must be an object")
    return value


def _text(of: Mapping[str, Any], key: str) -> str:
    value = of.get(key)
    if value is not None and not isinstance(value, str):
        raise PolicyError(f"{key}: must be text")
    return value or ""


def _list(of: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = of.get(key)
    if value is not None and not isinstance(value, list):
        raise PolicyError(f"{key}: must be a list")
    return value or ()


def _each(of: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], Item]) -> tuple[Item, ...]:
    return tuple(read(_object_of(each, key)) for each in _list(of, key))


def _policies(of: Mapping[str, Any], key: str, form: Form = Form.CALLER) -> tuple[Policy, ...]:
    return tuple(_policy(each, key, form) for each in _list(of, key))


def _policy(each: object, key: str, form: Form = Form.CALLER) -> Policy:
    if not isinstance(each, Mapping) or "policy" not in each:
        raise PolicyError(f"{key}: a policy must be an object with `name` and `policy`")
    return parse_policy(_text(each, "name") or key, each["policy"], form)


def _levels(of: Mapping[str, Any], key: str, form: Form) -> tuple[Level, ...]:
    return _each(of, key, lambda each: Level(_text(each, "id"), _policies(each, "policies", form)))


def _endpoint(each: Mapping[str, Any], request: Request) -> Endpoint:
    """Return an endpoint; its type is `interface` or `gateway`, and if not said, the stricter that it can be."""
    said = _text(each, "type").lower()
    gateway = said == "gateway" if said else request.service in _GATEWAY_SERVICES
    return Endpoint(_policy(each, "vpce", Form.PERIMETER), gateway)
