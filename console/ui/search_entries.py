"""What the search finds: controls, accounts, principals, and whatever the pages know by name."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from console.controls.base import Control
from console.ui.desk import Latest
from console.ui.page import Entry, Page, Target
from console.views.names import account_names, account_words, kind_words
from console.views.text import inert

_MOST = 100_000
"""Entries that are kept; a larger estate is searched by its pages' filters."""
_PRINCIPALS = ("iam.role", "iam.user", "iam.group")
_ACCESS = "access"
"""The page that shows one principal, where the build has it."""


def search_entries(latest: Latest, controls: Sequence[Control], pages: Sequence[Page]) -> tuple[Entry, ...]:
    """Return everything that can be gone to, in the order in which it is offered."""
    names = account_names(latest.snapshot)
    return tuple(islice(_entries(latest, controls, pages, names), _MOST))


def _entries(
    latest: Latest, controls: Sequence[Control], pages: Sequence[Page], names: Mapping[str, str]
) -> Iterator[Entry]:
    for control in controls:
        words = f"{control.id}  {control.title}  (control)"
        yield Entry(words, Target("findings", {"control": control.id}))
    for account_id, name in sorted(names.items(), key=lambda each: each[1].casefold()):
        yield Entry(f"{name}  {account_id}  (account)", Target("accounts", {"account": account_id}))
    shows_principals = any(page.name == _ACCESS for page in pages)
    for kind in _PRINCIPALS:
        for fact in latest.snapshot.facts(kind):
            account = fact.scope.account_id
            words = f"{inert(fact.key)}  ({kind_words(kind)}, {account_words(account, names)})"
            own, whole = Target(_ACCESS, {"principal": fact.key}), Target("accounts", {"account": account})
            yield Entry(words, own if shows_principals else whole)
    for page in pages:
        yield from page.find(latest, names)
