"""Objects of S3 in the estate's buckets, put into moto when an object is first asked about."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import md5
from urllib.parse import parse_qs, quote, urlsplit
from xml.sax.saxutils import escape

from console.demo.estate import Account, Estate
from console.demo.messages import Payload, Request, Response

Answer = Callable[[Request, str], Response]
_SIGNED = (
    "AWS4-HMAC-SHA256 Credential=AKIADEMO/20260101/{region}/s3/aws4_request, SignedHeaders=host, Signature=0"
)
_VERSIONED = b'<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'


def fill(estate: Estate, answer: Answer) -> None:
    """Make every bucket of the estate with its objects; raise `ValueError` if one cannot be made."""
    for account_id, account in estate.accounts.items():
        for request in _requests(account):
            said = answer(request, account_id)
            if said.status not in (200, 204):
                raise ValueError(f"{request.method} {request.target}: {said.status} {said.body!r}")


def lock_part_of(request: Request) -> str:
    """Return which part of an object's lock is asked for; empty if none is.

    >>> lock_part_of(Request("GET", "/b/k?retention&versionId=1", {}, b""))
    'retention'
    """
    asked = parse_qs(urlsplit(request.target).query, keep_blank_values=True)
    found = {"retention", "legal-hold"} & asked.keys()
    return found.pop() if found and request.method == "GET" else ""


def head_of(request: Request) -> Request:
    """Return the request for the head of the same version of an object."""
    parts = urlsplit(request.target)
    version = parse_qs(parts.query).get("versionId", [""])[0]
    target = f"{parts.path}?versionId={quote(version)}" if version else parts.path
    return replace(request, method="HEAD", target=target)


def lock_answer(part: str, head: Response) -> Response:
    """Return what S3 says of a part of a lock, by what is in the object's head."""
    said = {name.lower(): value for name, value in head.headers.items()}
    form = {"Content-Type": "application/xml", "x-amz-request-id": said.get("x-amzn-requestid", "")}
    if head.status not in (200, 204):
        return Response(404, form, b"<Error><Code>NoSuchKey</Code><Message>There is none</Message></Error>")
    mode, hold = said.get("x-amz-object-lock-mode"), said.get("x-amz-object-lock-legal-hold")
    until = said.get("x-amz-object-lock-retain-until-date")
    if part == "retention" and mode:
        inner = f"<Mode>{mode}</Mode><RetainUntilDate>{until}</RetainUntilDate>"
        return Response(200, form, f"<Retention>{inner}</Retention>".encode())
    if part == "legal-hold" and hold == "ON":
        return Response(200, form, b"<LegalHold><Status>ON</Status></LegalHold>")
    code = "NoSuchObjectLockConfiguration"
    message = "The specified object does not have a ObjectLock configuration"
    return Response(404, form, f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode())


def _requests(account: Account) -> Iterator[Request]:
    for region, each in account.regions.items():
        versioned = {one["Bucket"] for one in each.held.get("s3.bucket_versioning", ()) if one.get("Status")}
        locked = {one["Bucket"] for one in each.held.get("s3.bucket_object_lock", ())}
        for bucket in each.held.get("s3.bucket", ()):
            name = bucket["Name"]
            yield _make(name, region, is_locked=name in locked)
            if name in versioned and name not in locked:
                yield _signed("PUT", f"/{name}?versioning", region, _VERSIONED)
        for thing in each.held.get("s3.object", ()):
            yield from _puts(thing, region)


def _make(name: str, region: str, *, is_locked: bool) -> Request:
    place = f"<LocationConstraint>{escape(region)}</LocationConstraint>"
    body = f"<CreateBucketConfiguration>{place}</CreateBucketConfiguration>" if region != "us-east-1" else ""
    more = {"x-amz-bucket-object-lock-enabled": "true"} if is_locked else {}
    return _signed("PUT", f"/{name}", region, body.encode(), more)


def _puts(thing: Payload, region: str) -> Iterator[Request]:
    """Write an object as often as it has versions; the first of them may be locked."""
    for number in range(thing["Versions"]):
        body = f"invented line {number} of {thing['Key']}\n".encode()
        more = {"content-md5": b64encode(md5(body, usedforsecurity=False).digest()).decode()}
        if thing.get("StorageClass"):
            more["x-amz-storage-class"] = thing["StorageClass"]
        if number == 0 and thing.get("RetainDays"):
            until = datetime.now(UTC) + timedelta(days=thing["RetainDays"])
            more |= {
                "x-amz-object-lock-mode": thing["Mode"],
                "x-amz-object-lock-retain-until-date": until.strftime("%Y-%m-%dT00:00:00Z"),
            }
        yield _signed("PUT", f"/{thing['Bucket']}/{quote(thing['Key'])}", region, body, more)


def _signed(
    method: str, target: str, region: str, body: bytes, more: dict[str, str] | None = None
) -> Request:
    headers = {
        "authorization": _SIGNED.format(region=region),
        "host": f"s3.{region}.amazonaws.com",
        "content-length": str(len(body)),
        **(more or {}),
    }
    return Request(method, target, headers, body)
