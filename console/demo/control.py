"""The control path: how a test sets faults and looks at what was asked, on the port of the stand-in itself."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from urllib.parse import parse_qs, urlsplit

from console.demo.messages import Request, Response
from console.demo.portal import Manner
from console.demo.stand_in import StandIn
from console.demo.usage import log_records

PREFIX = "/_standin/"
Handling = Callable[[StandIn, Request], object]


def control(stand_in: StandIn, request: Request) -> Response:
    """Answer a request of the control path; 404 lists what there is."""
    path = urlsplit(request.target).path.removeprefix(PREFIX)
    handling = _HANDLINGS.get((request.method, path))
    if handling is None:
        return _json(404, {"there is": sorted(f"{method} {PREFIX}{name}" for method, name in _HANDLINGS)})
    try:
        return _json(200, handling(stand_in, request))
    except (KeyError, TypeError, ValueError) as error:
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, value: object) -> Response:
    return Response(status, {"Content-Type": "application/json"}, json.dumps(value).encode())


def _faults(stand_in: StandIn, _: Request) -> object:
    return stand_in.faults.listed()


def _add_faults(stand_in: StandIn, request: Request) -> object:
    stand_in.faults.add(json.loads(request.body))
    return stand_in.faults.listed()


def _clear_faults(stand_in: StandIn, _: Request) -> object:
    stand_in.faults.clear()
    return []


def _set_latency(stand_in: StandIn, request: Request) -> object:
    stand_in.latency_ms = float(json.loads(request.body)["ms"])
    return {"ms": stand_in.latency_ms}


def _requests(stand_in: StandIn, _: Request) -> object:
    return list(stand_in.requests)


def _clear_requests(stand_in: StandIn, _: Request) -> object:
    stand_in.requests.clear()
    return []


def _give_policies(stand_in: StandIn, request: Request) -> object:
    """Let a role do what policies allow, and nothing else."""
    asked = json.loads(request.body)
    stand_in.authority.give(asked["role"], asked["documents"])
    return {"role": asked["role"], "documents": len(asked["documents"])}


def _clear_policies(stand_in: StandIn, _: Request) -> object:
    stand_in.authority.clear()
    return {}


def _behave(stand_in: StandIn, request: Request) -> object:
    """Set how Identity Center behaves."""
    stand_in.portal.manner = Manner(**json.loads(request.body))
    return asdict(stand_in.portal.manner)


def _judge(stand_in: StandIn, request: Request) -> object:
    """Confirm or refuse a code, as a person does in the browser."""
    asked = json.loads(request.body)
    stand_in.portal.judge(asked["user_code"], asked["verdict"])
    return {}


def _waiting(stand_in: StandIn, _: Request) -> object:
    return stand_in.portal.waiting()


def _end_sessions(stand_in: StandIn, request: Request) -> object:
    stand_in.portal.end_sessions(for_good=bool(json.loads(request.body)["for_good"]))
    return {}


def _add_user(stand_in: StandIn, request: Request) -> object:
    asked = json.loads(request.body)
    stand_in.keys.add_user(asked["access_key_id"], asked["arn"])
    return {}


def _set_trust(stand_in: StandIn, request: Request) -> object:
    asked = json.loads(request.body)
    stand_in.keys.set_trust(asked["role"], json.dumps(asked["document"]))
    return {}


def _set_code(stand_in: StandIn, request: Request) -> object:
    asked = json.loads(request.body)
    stand_in.keys.set_code(asked["serial"], asked["code"])
    return {}


def _add_role(stand_in: StandIn, request: Request) -> object:
    """Make a role in an account, trusted by another account; what was made before the last reset stays."""
    asked = json.loads(request.body)
    account_id, name = asked["arn"].split(":")[4], asked["arn"].rpartition("/")[2]
    role = {"RoleName": name, "RoleId": f"AROA{name.upper()[:12]:X<12}", "Arn": asked["arn"]}
    document = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{asked['trusted']}:root"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    stand_in.keys.add_role(account_id, {**role, "AssumeRolePolicyDocument": json.dumps(document)})
    return {}


def _set_record(stand_in: StandIn, request: Request) -> object:
    """Change members of the records of a kind in a Region that have a certain value."""
    asked = json.loads(request.body)
    held = stand_in.estate.accounts[asked["account"]].regions[asked["region"]].held
    records = held.setdefault(asked["held"], [])
    if "add" in asked:
        records.append(asked["add"])
        return {"added": 1}
    member, value = asked["where"]
    count = sum(each.get(member) == value for each in records)
    records[:] = [{**each, **asked["set"]} if each.get(member) == value else each for each in records]
    return {"changed": count}


def _held(stand_in: StandIn, request: Request) -> object:
    """Return the records of a kind, by account and Region."""
    (name,) = parse_qs(urlsplit(request.target).query)["held"]
    return [
        {"account": account_id, "region": region, "record": record}
        for account_id, account in stand_in.estate.accounts.items()
        for region, each in account.regions.items()
        for record in each.held.get(name, ())
    ]


def _reset(stand_in: StandIn, _: Request) -> object:
    stand_in.reset()
    return {}


def _log_records(stand_in: StandIn, request: Request) -> object:
    asked = parse_qs(urlsplit(request.target).query)
    return log_records(stand_in.estate, asked["account"][0], asked["day"][0])


def _planted(stand_in: StandIn, _: Request) -> object:
    return {"failings": stand_in.estate.failings, "denied": stand_in.estate.denied}


_HANDLINGS: Mapping[tuple[str, str], Handling] = {
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_faults,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "latency"): _set_latency,
    ("GET", "requests"): _requests,
    ("DELETE", "requests"): _clear_requests,
    ("POST", "policies"): _give_policies,
    ("DELETE", "policies"): _clear_policies,
    ("POST", "portal"): _behave,
    ("GET", "codes"): _waiting,
    ("POST", "codes"): _judge,
    ("POST", "sessions-ended"): _end_sessions,
    ("POST", "users"): _add_user,
    ("POST", "trust"): _set_trust,
    ("POST", "mfa"): _set_code,
    ("POST", "roles"): _add_role,
    ("POST", "held"): _set_record,
    ("GET", "held"): _held,
    ("POST", "reset"): _reset,
    ("GET", "log-records"): _log_records,
    ("GET", "planted"): _planted,
}
