"""How an operation is declared, and what it is handed; pages with tokens as AWS gives them."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.demo.estate import Account, Estate
from console.demo.messages import Payload, RefusedError
from console.demo.models import operation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A call by somebody who may make it."""

    estate: Estate
    service: str
    operation: str
    parameters: Payload
    account_id: str
    """Twelve digits: in whose account the caller acts."""
    caller: str
    """The caller's ARN."""
    region: str
    request_id: str = ""

    @property
    def account(self) -> Account:
        """What is in the caller's account."""
        return self.estate.accounts[self.account_id]

    @property
    def number(self) -> int:
        """The account's place in the estate."""
        return list(self.estate.accounts).index(self.account_id)

    def held(self, name: str) -> list[Payload]:
        """Return what is held by a name in the Region that is asked; nothing where nothing is."""
        return self.account.regions[self.region].held.get(name, [])

    def text(self, name: str) -> str:
        """Return a parameter that is text; empty if it was not given."""
        return str(self.parameters.get(name, ""))


Operation = Callable[[Asked], Payload]


class Operations:
    """The operations of one service; one that botocore's model does not have cannot be declared."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.found: dict[str, Operation] = {}

    def __call__(self, name: str) -> Callable[[Operation], Operation]:
        """Declare the decorated function as an operation."""
        operation_of(self.service, name)

        def declare(operation: Operation) -> Operation:
            self.found[name] = operation
            return operation

        return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How an operation hands out a list piece by piece."""

    most: int
    """Entries of a page, unless the caller asks for fewer. Small, so that every demo turns pages."""
    asked: str = "MaxResults"
    token: str = "NextToken"  # noqa: S105 - a member's name
    refusal: str = "ValidationException"
    """The code for a token that was never handed out."""


def page(asked: Asked, entries: Sequence[Payload], paging: Paging) -> tuple[list[Payload], Payload]:
    """Return one page of `entries`, and the member with the token of the next page, if there is one."""
    size = min(int(asked.parameters.get(paging.asked) or paging.most), paging.most)
    start = _start(asked, paging)
    following = {paging.token: _token(asked, paging, start + size)} if start + size < len(entries) else {}
    return list(entries[start : start + size]), following


def _token(asked: Asked, paging: Paging, start: int) -> str:
    """Return a token that holds only for this question of this caller."""
    same = {name: value for name, value in asked.parameters.items() if name != paging.token}
    question = json.dumps(
        [asked.service, asked.operation, asked.account_id, asked.region, same], sort_keys=True
    )
    seal = hashlib.sha256(question.encode()).hexdigest()[:16]
    return base64.urlsafe_b64encode(f"{start}:{seal}".encode()).decode()


def _start(asked: Asked, paging: Paging) -> int:
    token = asked.text(paging.token)
    if not token:
        return 0
    try:
        start = int(base64.urlsafe_b64decode(token.encode()).decode().partition(":")[0])
    except (ValueError, binascii.Error):
        start = -1
    if start < 0 or _token(asked, paging, start) != token:
        raise RefusedError(400, paging.refusal, f"The {paging.token} was not handed out for this question")
    return start
