"""What a collector declares, and how it asks AWS. The runner does everything else: errors, provenance, storing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Protocol

from console.domain.evidence import Payload


class Client(Protocol):
    """What collectors know of a boto3 client; its operations are called through `ask` and `ask_all`."""

    @property
    def meta(self) -> Any:  # noqa: ANN401 - botocore is untyped
        """The client's `service_model` among others."""
        ...

    def can_paginate(self, operation_name: str) -> bool:
        """Tell whether AWS answers the operation in pages."""
        ...

    def get_paginator(self, operation_name: str) -> Any:  # noqa: ANN401 - botocore is untyped
        """Return botocore's paginator of the operation."""
        ...


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing that AWS would not show, though it shows the others of its kind."""

    key: str
    """What AWS calls the thing: the key that its fact would have."""
    error: Exception
    remark: str = ""
    """What else is known of why, added to the gap's detail."""


Found = Iterator[Payload | Missed]
Known = Mapping[str, Sequence[Payload]]
"""What was read of each kind that a collector needs, in the order of scope and key."""
Fetch = Callable[..., Found]
"""Given a client of the declared service, then what is known of the needed kinds if there are any, then the day of
reading if the collector is `dated`, yields what AWS said, one thing at a time."""

_TOKENS = ("nextToken", "NextToken", "NextPageToken", "Marker")
"""Under which name AWS hands out the token of the next page, and wants it back, where botocore knows of no pages."""
READING_VERBS = ("batch_get_", "describe_", "get_", "list_", "lookup_")
"""How the name of every operation begins that a collector may call, but for those named one by one."""
NAMED_READERS: Mapping[str, str] = {
    "filter_log_events": "CloudWatch Logs gives the events of a whole group by no other operation",
    "generate_service_last_accessed_details": "IAM prepares a report for its asker alone",
    "search_agreements": "AWS Marketplace lists agreements by no other operation",
}
"""Operations that read under another name, each with why it may be called."""
NAMED_PERMISSIONS: Mapping[str, str] = {
    "aws-marketplace:SearchAgreements": "lets SearchAgreements be called, which reads",
    "budgets:ViewBudget": "lets budgets be described, for which there is no other permission",
    "iam:GenerateServiceLastAccessedDetails": "lets a report be prepared for its asker alone",
    "logs:FilterLogEvents": "lets the events of a log group be read",
}
"""IAM actions that read under another name, each with what it is for."""


class MalformedAnswerError(Exception):
    """AWS's answer lacks something without which it cannot be told from "nothing there"."""


class NotShownError(Exception):
    """AWS's answer names a thing that it does not show, or the thing is where this client does not ask."""


class SdkTooOldError(Exception):
    """This build's AWS SDK does not know an operation."""


class NotAskedError(Exception):
    """AWS tells of a thing about which nothing can be asked from here."""


class UnfinishedError(Exception):
    """AWS was still preparing an answer when the tries were used up, or gave it up."""


class Reach(Enum):
    """Where a collector runs."""

    ORGANISATION = "organisation"
    """Once, with the caller's own credentials, in the account that may read AWS Organizations."""
    ACCOUNT = "account"
    """Once in every account; the scope's Region is `global`."""
    REGION = "region"
    """Once in every enabled Region of every account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """One kind of fact and how it is read."""

    kind: str
    """`<service>.<thing>`."""
    title: str
    """What it is to an officer, in the plural: "Guardrails (every version)"."""
    service: str
    """botocore's service name, for the client."""
    reach: Reach
    actions: tuple[str, ...]
    """IAM actions that `fetch` needs; only those that read."""
    key: str | Callable[[Payload], str]
    """The payload's member that names the thing, or a function of the payload."""
    fetch: Fetch
    required: tuple[str, ...] = ()
    """Members that every payload has at AWS; a payload without one was not read whole."""
    needs: tuple[str, ...] = ()
    """Kinds that say what there is to ask about, and so are read before. Of a collector in each Region: kinds of the
    same Region and of the account; of one in each account: kinds of the account and of the organisation. What of
    them could not be read is something that this collector could not see either."""
    dated: bool = False
    """Whether `fetch` is handed the day of reading, because AWS wants to be told a period."""
    confined: Mapping[str, str] = field(default_factory=dict)
    """Actions that are allowed on some resources alone, each with the ARN pattern of those."""
    operations: tuple[str, ...] = ()
    """API operations, where their names are not those of the actions (`ListBuckets`: `s3:ListAllMyBuckets`)."""

    def key_of(self, payload: Payload) -> str:
        """Return what AWS calls the thing that `payload` describes."""
        return str(payload[self.key]) if isinstance(self.key, str) else self.key(payload)

    @property
    def calls(self) -> tuple[str, ...]:
        """The API operations that `fetch` calls."""
        return self.operations or tuple(action.partition(":")[2] for action in self.actions)

    def read(self, client: Client, known: Known, today: date) -> Found:
        """Fetch, with what is known of the needed kinds if there are any, and the day if it is wanted."""
        return self.fetch(client, *((known,) if self.needs else ()), *((today,) if self.dated else ()))


def ask(client: Client, operation: str, **parameters: object) -> dict[str, Any]:
    """Return AWS's answer to one call that reads."""
    answer: dict[str, Any] = _method(client, operation)(**parameters)
    return answer


def ask_all(client: Client, operation: str, member: str, **parameters: object) -> Iterator[Any]:
    """Yield each entry of the list `member`, page after page; a page without the list is malformed."""
    for page in ask_pages(client, operation, **parameters):
        yield from _listed(page, operation, member)


def ask_pages(client: Client, operation: str, **parameters: object) -> Iterator[dict[str, Any]]:
    """Yield the pages of AWS's answer to a call that reads."""
    method = _method(client, operation)
    if client.can_paginate(operation):
        yield from client.get_paginator(operation).paginate(**parameters)
    else:
        yield from _pages(method, operation, parameters)


def client_in(client: Client, region: str) -> Client:
    """Return the client of the same service in another Region, for a thing that is kept there; it acts alike."""
    elsewhere: Client = client.meta.surroundings.client(client.meta.service_model.service_name, region)
    return elsewhere


def account_of(client: Client) -> str:
    """Return the account in which the calling thread acts, for operations that want to be told it."""
    return str(client.meta.surroundings.acting_account())


def _listed(page: Mapping[str, Any], operation: str, member: str) -> Iterator[Any]:
    if member not in page:
        raise MalformedAnswerError(f"the answer to {operation} has no {member}")
    yield from page[member]


def _pages(
    method: Callable[..., Any], operation: str, parameters: Mapping[str, object]
) -> Iterator[dict[str, Any]]:
    """Yield the pages of an operation that botocore has no paginator of; a token that comes twice is malformed."""
    turned: set[str] = set()
    following: dict[str, str] = {}
    while True:
        page = method(**parameters, **following)
        yield page
        following = {name: page[name] for name in _TOKENS if page.get(name)}
        if not following:
            return
        if not turned.isdisjoint(following.values()):
            raise MalformedAnswerError(f"the answer to {operation} leads to a page that was read already")
        turned.update(following.values())


def _method(client: Client, operation: str) -> Callable[..., Any]:
    if not operation.startswith(READING_VERBS) and operation not in NAMED_READERS:
        raise ValueError(f"{operation} is not an operation that reads")
    method: Callable[..., Any] | None = getattr(client, operation, None)
    if method is None:
        raise SdkTooOldError(f"this build's AWS SDK knows no {operation}")
    return method
