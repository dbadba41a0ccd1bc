"""The stand-in for AWS: takes a request, finds out who asks for what, and answers or refuses as AWS does.

Operations that the console reads are answered here, out of the estate, and are held to botocore's models. What else
a client may ask is passed on to moto, which keeps its own state by account.
"""

import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from botocore.validate import ParamValidator

from console.base.clock import Clock
from console.base.registry import discover
from console.demo.authority import Authority, actions_of, bucket_action_of, object_operation_of, resource_of
from console.demo.bedrock_events import CHANGED, CHANGING, changed
from console.demo.digests import FOLDER
from console.demo.estate import Estate
from console.demo.faults import Fault, Faults, refusal, spoil
from console.demo.keys import Identity, Keys
from console.demo.messages import (
    Call,
    Payload,
    RefusedError,
    Request,
    Response,
    UnknownOperationError,
)
from console.demo.models import operation_of, protocol_of
from console.demo.native import Asked, Operation, Operations
from console.demo.portal import SERVICES as PORTAL_SERVICES
from console.demo.portal import Portal
from console.demo.reading import read_call, signature_of
from console.demo.writing import write_answer, write_refusal

_MOST_REMEMBERED = 200_000
_GLOBAL_SERVICES = frozenset(
    {
        "account",
        "artifact",
        "budgets",
        "ce",
        "iam",
        "marketplace-agreement",
        "organizations",
        "pricing",
        "sts",
    }
)
"""Services that are not asked in a Region of the account."""
_OF_OBJECTS = frozenset({"GetObject", "ListObjectsV2"})
NOBODY = Identity("", "", "", "")
"""Who asks before signing in."""
Fallback = Callable[[Request, str], Response]
"""Answers what is not answered here, given the request and the caller's account."""


class StandIn:
    """Answers requests of any AWS client, from many threads."""

    def __init__(self, estate: Estate, clock: Clock, fallback: Fallback) -> None:
        self.estate = estate
        self.faults = Faults()
        self.authority = Authority()
        self.requests: deque[dict[str, str]] = deque(maxlen=_MOST_REMEMBERED)
        self.latency_ms = 0.0
        self.keys = Keys(estate, clock)
        self.portal = Portal(estate, self.keys, clock)
        self._fallback = fallback
        self._clock = clock
        self._operations = _native_operations()

    def reset(self) -> None:
        """Forget faults, policies, latency, requests and sessions; what was deleted stays deleted."""
        self.faults.clear()
        self.authority.clear()
        self.requests.clear()
        self.latency_ms = 0.0
        self.keys.reset()
        self.portal.reset()

    def answer(self, request: Request) -> Response:
        """Return the answer to a request; a fault may spoil it."""
        if self.latency_ms:
            time.sleep(self.latency_ms / 1000)
        request_id = str(uuid.uuid4())
        service = signature_of(request)[2]
        try:
            call = read_call(request)
        except (UnknownOperationError, ValueError) as error:
            return self._pass_on(request, service, request_id, str(error))
        account = "unknown"
        try:
            identity = NOBODY if call.service in PORTAL_SERVICES else self.keys.identity(call)
            account = identity.account_id
            self._remember(call, identity)
            fault = self.faults.strike(call, account)
            refused = refusal(fault.kind, call, request_id) if fault else None
            if refused:
                return refused
            return _with_fault(fault, self._served(call, identity, request, request_id))
        except RefusedError as error:
            said = write_refusal(call.service, error.status, error.code, str(error), request_id)
            return replace(said, headers={**said.headers, **error.headers})
        except Exception as error:  # noqa: BLE001 - a bug must reach the test, not end its connection
            message = f"STAND-IN BUG in {account}: {type(error).__name__}: {error}"
            return write_refusal(call.service, 500, "StandInBug", message, request_id)

    def _served(self, call: Call, identity: Identity, request: Request, request_id: str) -> Response:
        unallowed = self._unallowed(call, identity, actions_of(call), resource_of(call), request_id)
        if unallowed:
            return unallowed
        operation = None if self._is_moto_s(call) else self._operations.get((call.service, call.operation))
        is_assuming = (call.service, call.operation) == ("sts", "AssumeRole")
        is_signing_in = call.service in PORTAL_SERVICES
        if operation is None and not is_assuming and not is_signing_in:
            return self._fallback(request, identity.account_id)
        _check_input(call)
        if is_signing_in:
            value = self.portal.answer(call)
        elif is_assuming:
            value = self.keys.assume_role(identity, call.parameters)
        elif operation is not None:
            denial = self._denial(call, identity, request_id)
            if denial:
                return denial
            value = self._done(operation, replace(self._asked(call, identity), request_id=request_id))
        return write_answer(call.service, call.operation, value, request_id)

    def _done(self, operation: Operation, asked: Asked) -> Payload:
        """Return what an operation answers; one that changed something is an event of CloudTrail's."""
        value = operation(asked)
        if asked.operation.startswith(CHANGING):
            asked.account.held.setdefault(CHANGED, []).append(changed(asked, self._clock()))
        return value

    def _is_moto_s(self, call: Call) -> bool:
        """Tell whether objects are asked for of a bucket into which neither logs of models go nor a trail's digests."""
        if call.service != "s3" or call.operation not in _OF_OBJECTS:
            return False
        bucket = call.parameters["Bucket"]
        regions = [each for account in self.estate.accounts.values() for each in account.regions.values()]
        if FOLDER in str(call.parameters.get("Key") or call.parameters.get("Prefix", "")):
            return False
        if call.parameters.get("Delimiter") and any(bucket in _of_trails(each.trails) for each in regions):
            return False
        return all(_logged_to(each.logging) != bucket for each in regions)

    def _asked(self, call: Call, identity: Identity) -> Asked:
        account = self.estate.accounts.get(identity.account_id)
        if call.service not in _GLOBAL_SERVICES and (account is None or call.region not in account.regions):
            code = "AuthFailure" if call.service == "ec2" else "UnrecognizedClientException"
            raise RefusedError(403, code, f"The Region {call.region} is not enabled in this account.")
        return Asked(
            estate=self.estate,
            service=call.service,
            operation=call.operation,
            parameters=call.parameters,
            account_id=identity.account_id,
            caller=identity.arn,
            region=call.region,
        )

    def _denial(self, call: Call, identity: Identity, request_id: str) -> Response | None:
        """Return the refusal of a call that the estate always denies."""
        for each in self.estate.denials:
            if Fault(kind="denied", **each).befalls(call, identity.account_id):  # type: ignore[arg-type]
                action = f"{operation_of(call.service, call.operation).service_model.signing_name}:{call.operation}"
                message = f"User: {identity.arn} is not authorized to perform: {action} with an explicit deny"
                return refusal("denied", call, request_id, message)
        return None

    def _unallowed(
        self, call: Call, identity: Identity, actions: Sequence[str], resource: str, request_id: str
    ) -> Response | None:
        """Return the refusal of a call that no policy of the caller's role allows."""
        allows = self.authority.allows
        action = next((each for each in actions if not allows(identity.role_arn, each, resource)), None)
        if action is None:
            return None
        message = (
            f"User: {identity.arn} is not authorized to perform: {action} because no identity-based policy "
            f"allows the {action} action"
        )
        return refusal("denied", call, request_id, message)

    def _remember(self, call: Call, identity: Identity) -> None:
        self.requests.append(
            {
                "service": call.service,
                "operation": call.operation,
                "account": identity.account_id,
                "region": call.region,
                "caller": identity.arn,
            }
        )

    def _pass_on(self, request: Request, service: str, request_id: str, why: str) -> Response:
        """Let moto answer what is not read here (S3), if its caller is known."""
        access_key, region, _ = signature_of(request)
        if not service or protocol_of(service) != "rest-xml":
            return write_refusal(service, 400, "UnknownOperationException", why, request_id)
        call = Call(
            service=service,
            operation=object_operation_of(request.method, request.target),
            parameters={},
            access_key=access_key,
            token=request.headers.get("x-amz-security-token", ""),
            region=region,
        )
        try:
            identity = self.keys.identity(call)
        except RefusedError as error:
            return write_refusal(service, error.status, error.code, str(error), request_id)
        self._remember(call, identity)
        action = bucket_action_of(request.method, request.target)
        unallowed = self._unallowed(call, identity, (action,), "*", request_id)
        if unallowed:
            return unallowed
        fault = self.faults.strike(call, identity.account_id)
        refused = refusal(fault.kind, call, request_id) if fault else None
        return refused or _with_fault(fault, self._fallback(request, identity.account_id))


def _of_trails(trails: Sequence[Payload]) -> set[str]:
    """Return the buckets that trails write to."""
    return {str(each["trail"]["S3BucketName"]) for each in trails}


def _logged_to(logging: Payload) -> str:
    """Return the bucket that an invocation logging configuration names; empty if it names none."""
    return str(logging.get("loggingConfig", {}).get("s3Config", {}).get("bucketName", ""))


def _native_operations() -> dict[tuple[str, str], Operation]:
    found = discover("console.demo.operations", "OPERATIONS", Operations)
    return {(each.service, name): operation for each in found for name, operation in each.found.items()}


def _with_fault(fault: Fault | None, answer: Response) -> Response:
    if fault is None:
        return answer
    if fault.seconds:
        time.sleep(fault.seconds)
    return spoil(fault, answer)


def _check_input(call: Call) -> None:
    """Raise `RefusedError` for parameters that the model does not allow."""
    shape = operation_of(call.service, call.operation).input_shape
    if shape is None:
        return
    report = ParamValidator().validate(call.parameters, shape)
    if report.has_errors():
        code = "ValidationError" if protocol_of(call.service) == "query" else "ValidationException"
        raise RefusedError(400, code, str(report.generate_report()))
