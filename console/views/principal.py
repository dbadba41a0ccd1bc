"""One principal: who it is, whom its trust policy lets in, who can become it, its keys and when it was last used."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.domain.evidence import Fact, Payload, Snapshot
from console.domain.scope import Scope
from console.policy.becoming import Route
from console.policy.document import Form, PolicyError, Statement, parse_policy
from console.views.conditions import entry_in_words
from console.views.exposure import route_in_words
from console.views.lines import Headings, Line, lines_table
from console.views.names import account_words, kind_words, unread_in_words
from console.views.principal_policies import account_in, documents_of, documents_table, principal_fact
from console.views.principals import NEVER, OUTSIDER, SORTS, Person
from console.views.table import Cell, Kind, Table
from console.views.text import inert


@dataclass(frozen=True, slots=True)
class Tab:
    """One table of a principal's page."""

    id: str
    title: str
    table: Table[Line]
    stretched: str
    """The column that takes the room that is left."""


@dataclass(frozen=True, slots=True)
class PrincipalPage:
    """What was read of one principal."""

    arn: str
    name: str
    words: tuple[str, ...]
    tabs: tuple[Tab, ...]


def principal_page(snapshot: Snapshot, person: Person) -> PrincipalPage:
    """Gather what was read of one principal."""
    fact = principal_fact(snapshot, person.arn) if person.sort in SORTS.values() else None
    if fact is None:
        outside = "It is outside the organisation: only the roles that let it in were read."
        said = outside if person.sort == OUTSIDER else person.missing
        return PrincipalPage(person.arn, person.name, (said,), ())
    tabs = [
        Tab("policies", "Policies", documents_table(documents_of(snapshot, fact)), "where"),
        Tab("used", "Last used", _used(snapshot, fact), "action"),
    ]
    if fact.kind == "iam.role":
        tabs.insert(1, Tab("trust", "Trust", _trust(fact), "if"))
    else:
        tabs.insert(1, Tab("keys", "Keys", _keys(snapshot, fact), "id"))
    return PrincipalPage(person.arn, person.name, tuple(_words(fact)), tuple(tabs))


def _words(fact: Fact) -> Iterator[str]:
    payload = fact.payload
    yield inert(fact.key)
    boundary = (payload.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn")
    said = f"Permissions boundary: {inert(boundary)}." if boundary else "No permissions boundary."
    if fact.kind == "iam.user":
        groups = ", ".join(inert(each) for each in payload.get("GroupList", ()))
        said = f"{f'In the groups {groups}.' if groups else 'In no group.'} {said}"
    else:
        last: Payload = payload.get("RoleLastUsed") or {}
        when = inert(last.get("LastUsedDate") or "")
        said += f" Last taken on {when} in {inert(last.get('Region', ''))}." if when else ""
    yield said
    tags = ", ".join(f"{inert(each['Key'])} = {inert(each['Value'])}" for each in payload.get("Tags", ()))
    if tags:
        yield f"Tags: {tags}."


_TRUST: Headings = (
    ("effect", "Effect", Kind.TEXT),
    ("who", "Who", Kind.TEXT),
    ("may", "May", Kind.TEXT),
    ("if", "If", Kind.TEXT),
)


def _trust(fact: Fact) -> Table[Line]:
    """Return whom a role's trust policy names, one row each."""
    evidence = (fact.sequence,)
    try:
        policy = parse_policy("trust policy", fact.payload["AssumeRolePolicyDocument"], Form.RESOURCE)
    except PolicyError as error:
        words = f"Not understood: {inert(error)}"
        return lines_table(_TRUST, (Line(cells=(None, words), evidence=evidence, is_gap=True),))
    lines = [
        Line(cells=cells, evidence=evidence)
        for statement in policy.statements
        for cells in _trusted(statement)
    ]
    return lines_table(_TRUST, lines)


def _trusted(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    effect = "lets in" if statement.allows else "keeps out"
    conditions = inert(" and ".join(entry_in_words(each) for each in statement.conditions))
    actions = inert(", ".join(statement.actions))
    may = f"do anything but {actions}" if statement.but_actions else actions
    for kind, value in statement.principals or ():
        who = inert(_who(kind, value))
        yield effect, f"everybody but {who}" if statement.but_principals else who, may, conditions or "always"


def _who(kind: str, value: str) -> str:
    if kind == "Service":
        return f"the AWS service {value}"
    if kind == "Federated":
        return f"whoever signs in through {value}"
    if value == "*":
        return "anybody with an AWS account"
    account = account_in(value) or value
    return f"account {account}, which passes it on" if value in (account, _root(account)) else value


def _root(account: str) -> str:
    return f"arn:aws:iam::{account}:root"


_USED: Headings = (
    ("service", "Service", Kind.TEXT),
    ("action", "Action", Kind.TEXT),
    ("when", "Last used", Kind.TIME),
    ("region", "Region", Kind.TEXT),
)
_USE = "iam.service_last_accessed"


def _used(snapshot: Snapshot, principal: Fact) -> Table[Line]:
    """Return when permissions for Bedrock were last used, as far as IAM keeps track."""
    mine = [
        each for each in snapshot.facts(_USE, principal.scope) if each.payload.get("Arn") == principal.key
    ]
    lines = [line for fact in mine for line in _services(fact)]
    gaps = _gap_lines(snapshot, _USE, principal.scope, principal.key)
    if not lines and not gaps:
        words = "IAM was not asked: no policy of this principal speaks of Bedrock"
        lines = [Line(cells=("Bedrock", words, "", ""), evidence=(principal.sequence,))]
    return lines_table(_USED, (*gaps, *lines))


def _services(fact: Fact) -> Iterator[Line]:
    for service in fact.payload.get("ServicesLastAccessed", ()):
        name = inert(service.get("ServiceName") or service.get("ServiceNamespace", ""))
        when = service.get("LastAuthenticated")
        where = inert(service.get("LastAuthenticatedRegion") or "")
        evidence = (fact.sequence,)
        yield Line(cells=(name, "any", inert(when or NEVER), where), evidence=evidence)
        for action in service.get("TrackedActionsLastAccessed", ()):
            when = inert(action.get("LastAccessedTime") or NEVER)
            where = inert(action.get("LastAccessedRegion") or "")
            yield Line(cells=(name, inert(action.get("ActionName", "")), when, where), evidence=evidence)


_KEYS: Headings = (
    ("sort", "Sort", Kind.TEXT),
    ("id", "Key", Kind.TEXT),
    ("status", "Status", Kind.TEXT),
    ("made", "Made", Kind.TIME),
    ("ends", "Ends", Kind.TIME),
    ("used", "Last used", Kind.TIME),
    ("where", "Where", Kind.TEXT),
)
_ACCESS, _API = "iam.access_key", "iam.service_specific_credential"


def _keys(snapshot: Snapshot, user: Fact) -> Table[Line]:
    """Return a user's access keys and Bedrock API keys."""
    name = user.payload.get("UserName")
    lines = [line for kind in (_ACCESS, _API) for line in _gap_lines(snapshot, kind, user.scope, str(name))]
    for kind, cells in ((_ACCESS, _access_key), (_API, _api_key)):
        own = (fact for fact in snapshot.facts(kind, user.scope) if fact.payload.get("UserName") == name)
        lines += [Line(cells=cells(fact), evidence=(fact.sequence,)) for fact in own]
    return lines_table(_KEYS, lines)


def _access_key(fact: Fact) -> tuple[Cell, ...]:
    payload = fact.payload
    used: Payload = payload.get("AccessKeyLastUsed") or {}
    when = inert(used.get("LastUsedDate") or NEVER)
    where = f"{inert(used.get('ServiceName', ''))} in {inert(used.get('Region', ''))}"
    status, made = inert(payload.get("Status", "")).lower(), inert(payload.get("CreateDate", ""))
    return ("access key", inert(fact.key), status, made, "never", when, where if when != NEVER else "")


def _api_key(fact: Fact) -> tuple[Cell, ...]:
    payload = fact.payload
    status, made = inert(payload.get("Status", "")).lower(), inert(payload.get("CreateDate", ""))
    ends = inert(payload.get("ExpirationDate") or "never")
    return ("Bedrock API key", inert(fact.key), status, made, ends, "AWS does not say", "")


def _gap_lines(snapshot: Snapshot, kind: str, scope: Scope, key: str) -> list[Line]:
    """Return a line for what of a kind was not read that may concern one principal."""
    planned = {step.scope for step in snapshot.steps(kind)}
    lines = [
        Line(
            cells=(f"{kind_words(kind)}", f"could not be read: {gap.reason.value}"),
            evidence=(gap.sequence,),
            is_gap=True,
        )
        for gap in snapshot.gaps(kind, scope)
        if gap.key in ("", key)
    ]
    if scope not in planned:
        lines.append(Line(cells=(kind_words(kind), "not part of this refresh"), is_gap=True))
    return lines


_INTO: Headings = (
    ("start", "Who", Kind.ARN),
    ("from", "From", Kind.TEXT),
    ("way", "By way of", Kind.TEXT),
)


def ways_table(
    routes: Iterable[Route],
    unseen: Sequence[tuple[str, str]],
    faults: str,
    evidence: tuple[int, ...],
    names: Mapping[str, str],
) -> Table[Line]:
    """Return who can become a principal; who was not asked, and what was not understood, are gaps."""
    gaps = [
        Line(
            cells=("not asked", account_words(account, names), unread_in_words(reason)),
            evidence=evidence,
            is_gap=True,
        )
        for account, reason in unseen
    ]
    if faults:
        said = ("not known", "", f"its trust policy is not understood: {inert(faults)}")
        gaps.append(Line(cells=said, evidence=evidence, is_gap=True))
    lines = [
        Line(
            cells=(
                inert(each.start),
                "outside" if each.is_outsider else account_words(account_in(each.start), names),
                inert(route_in_words(each)),
            ),
            evidence=evidence,
        )
        for each in routes
    ]
    return lines_table(_INTO, (*gaps, *lines))
