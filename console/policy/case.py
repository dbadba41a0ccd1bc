"""The neutral case format `iam-case/1`: one fully resolved request in, one result out, both JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.policy.context import Context
from console.policy.document import Policy, PolicyError, parse_policy
from console.policy.evaluate import Decision, Level, Policies, Request, Said, decide
from console.policy.principals import caller_of
from console.policy.truth import All, Formula, Leaf, Not

Json = dict[str, Any]


def decide_case(case: object) -> Json:
    """Return the result of one case; a case that cannot be read is a result `Error`, never an answer."""
    name = str(case.get("id", "")) if isinstance(case, Mapping) else ""
    try:
        request, policies = read_case(case)
        return {"id": name, **write_decision(decide(request, policies))}
    except PolicyError as error:
        return {"id": name, "result": "Error", "error": {"message": str(error)}}


def read_case(case: object) -> tuple[Request, Policies]:
    """Return the request and the policies of a case, or raise `PolicyError`."""
    if not isinstance(case, Mapping):
        raise PolicyError("a case must be a JSON object")
    asked = _object(case, "request")
    principal, resource = _object(case, "principal"), _object(case, "resource")
    values = _object(asked, "context")
    context = Context.of(
        values,
        unknown=_list(asked, "unknown"),
        rest_unknown=bool(case.get("unknown_context", asked.get("unknown_context", False))),
    )
    for key in ("action", "resource"):
        if not isinstance(asked.get(key), str):
            raise PolicyError(f"request.{key}: must be text")
    caller = caller_of(asked.get("principal"), context, str(principal.get("account") or ""))
    request = Request(
        caller=caller,
        action=asked["action"],
        resource=asked["resource"],
        resource_account=str(asked.get("resource_account") or caller.account),
        context=context,
    )
    grouped = [policy for group in _list(principal, "groups") for policy in _named(_list(group, "policies"))]
    boundary, own = principal.get("boundary"), resource.get("policy")
    scps = principal.get("scps")
    return request, Policies(
        identity=(*_named(_list(principal, "identity")), *grouped),
        boundary=_policy(boundary) if boundary else None,
        session=tuple(_named(_list(principal, "session"))),
        scps=None if scps is None else _levels(scps),
        rcps=_levels(_list(resource, "rcps")),
        resource=parse_policy("resource", own) if own else None,
        endpoint=tuple(_named(_list(case, "vpce"))),
        management_account=str(_object(case, "org").get("management_account") or ""),
    )


def write_decision(decision: Decision) -> Json:
    """Return a decision as JSON."""
    written: Json = {
        "result": decision.result.value,
        "layers": {name: _said(said) for name, said in decision.layers.items()},
        "same_account": decision.same_account,
    }
    if not isinstance(decision.truth, bool):
        written["residual"] = write_formula(decision.truth)
    return written


def write_formula(formula: Formula) -> Json:
    """Return a residual condition as a tree of `all`, `any`, `not` and leaves, in a stable order."""
    if isinstance(formula, Leaf):
        return {
            "op": formula.operator,
            "key": formula.key,
            "values": list(formula.values),
            "sources": [formula.source],
        }
    if isinstance(formula, Not):
        return {"not": write_formula(formula.part)}
    parts = sorted((write_formula(part) for part in formula.parts), key=repr)
    return {"all" if isinstance(formula, All) else "any": parts}


def _said(said: Said) -> Json:
    written: Json = {
        "result": said.result.value,
        "allow": list(said.allowed_by),
        "deny": list(said.denied_by),
    }
    if said.levels:
        written["levels"] = [{"id": name, **_said(level)} for name, level in said.levels]
    return written


def _object(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = of.get(key) or {}
    if not isinstance(value, Mapping):
        raise PolicyError(f"{key}: must be an object")
    return value


def _list(of: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = of.get(key) or []
    if not isinstance(value, list):
        raise PolicyError(f"{key}: must be a list")
    return value


def _named(listed: Sequence[Any]) -> list[Policy]:
    return [_policy(each) for each in listed]


def _policy(each: object) -> Policy:
    if not isinstance(each, Mapping) or "policy" not in each:
        raise PolicyError("a policy must be an object with `name` and `policy`")
    return parse_policy(str(each.get("name", "policy")), each["policy"])


def _levels(listed: object) -> tuple[Level, ...]:
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise PolicyError("levels must be a list of objects")
    return tuple(Level(str(each.get("id", "")), tuple(_named(_list(each, "policies")))) for each in listed)
