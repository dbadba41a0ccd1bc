"""Amazon Bedrock's second control plane, `bedrock-mantle`: AWS publishes no model of it, so ours stands in its place.

With a model in botocore's own format, a call to it is signed, sent, guarded, retried and told like any other. What it
answers follows AWS's user guide on data retention and on projects. Its refusals have the form of another vendor's
API, without AWS's error codes: these are put in here, so that "denied" is not taken for some failure.
"""

import json
from typing import Any

from console.base.paths import resources

SERVICE = "bedrock-mantle"
_CODES = {
    401: "UnauthorizedException",
    403: "AccessDeniedException",
    404: "ResourceNotFoundException",
    429: "ThrottlingException",
}
_EXPIRED = "ExpiredTokenException"


def know_mantle(session: Any) -> None:  # noqa: ANN401 - botocore is untyped
    """Let a botocore session make clients of the service."""
    session.get_component("data_loader").search_paths.append(str(resources() / "aws"))


def name_refusal(*, http_response: Any, parsed: dict[str, Any], **_: object) -> None:  # noqa: ANN401
    """Give a refusal AWS's code for its status: botocore's `after-call`.

    A refusal that is not in the service's form keeps its bare status: a proxy may have written it.
    """
    told = parsed.setdefault("ResponseMetadata", {})
    if not told.get("RequestId"):
        told["RequestId"] = http_response.headers.get("x-request-id", "")
    said = _said(http_response.content)
    if http_response.status_code in _CODES and said is not None:
        has_expired = "expired" in said.lower()
        code = _EXPIRED if has_expired else _CODES[http_response.status_code]
        parsed["Error"] = {"Code": code, "Message": said}


def _said(body: bytes) -> str | None:
    """Return what a refusal says; None if it is not one of the service's."""
    try:
        error = json.loads(body)["error"]
        return str(error["message"])
    except (ValueError, LookupError, TypeError):
        return None
