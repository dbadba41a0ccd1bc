"""Any collector, asked of a department over HTTP, by the program's own sessions and runner."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import botocore.session
from botocore.exceptions import DataNotFoundError, UnknownServiceError

from console.collect.base import Collector, Reach
from console.collect.mantle import know_mantle
from console.collect.plan import ACCOUNTS_KIND, REGIONS_KIND, accounts_to_read, regions_to_read
from console.collect.runner import Collected, Needed, collect
from console.collect.sessions import Sessions
from console.domain.evidence import Fact, Payload
from console.domain.scope import GLOBAL, Scope
from console.services.refresh import discover_collectors
from standin_process import LONDON, RunningStandIn

COLLECTORS: Mapping[str, Collector] = {each.kind: each for each in discover_collectors()}
_TOKENS = ("nextToken", "NextToken", "NextPageToken", "Marker")
"""Members by which AWS hands out a page and is asked for it, where botocore has no paginator."""
_MODELS = botocore.session.Session()
know_mantle(_MODELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One call that a collector made, and what came of it."""

    service: str
    operation: str
    continued: bool
    """It asked for another page than the first."""
    unfinished: bool
    """AWS said that there is another page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a collector read in a scope, and how."""

    scope: Scope
    collected: Collected
    heard: tuple[Heard, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.collected.facts

    @property
    def operations(self) -> set[str]:
        return {each.operation for each in self.heard}

    @property
    def payloads(self) -> dict[str, Payload]:
        """What AWS said, by key."""
        return {fact.key: fact.payload for fact in self.facts}


@dataclass
class Asking:
    """Asks collectors by their kinds; what they need is read before, undisturbed, and once."""

    standin: RunningStandIn
    sessions: Sessions
    _heard: list[Heard] = field(default_factory=list)
    _listened: set[int] = field(default_factory=set)
    _known: dict[tuple[str, Scope], Collected] = field(default_factory=dict)
    _surveys: dict[str, list[Reading]] = field(default_factory=dict)

    def read(self, kind: str, scope: Scope) -> Reading:
        """Run a collector in a scope."""
        collector = COLLECTORS[kind]
        needed = self._needed(collector, scope)
        region = LONDON if scope.region == GLOBAL else scope.region
        client = self.sessions.client(collector.service, region)
        self._listen(client)
        identity = self.sessions.identity(scope.account_id)
        self._heard.clear()
        with self.sessions.acting_as(identity):
            collected = collect(collector, client, scope, identity.arn, self.sessions.calls, needed)
        return Reading(scope=scope, collected=collected, heard=tuple(self._heard))

    def everywhere(self, kind: str) -> list[Reading]:
        """Run a collector in each of its scopes that can be read; remembered, so ask before setting faults."""
        if kind not in self._surveys:
            self._surveys[kind] = [self.read(kind, scope) for scope in self.scopes(kind)]
        return self._surveys[kind]

    def somewhere(
        self, kind: str, holds: Callable[[Reading], Any] = lambda reading: reading.facts
    ) -> Reading:
        """Return the first undisturbed reading of which something holds: that there are facts, if not told else."""
        return next(reading for reading in self.everywhere(kind) if holds(reading))

    def payloads(self, kind: str) -> list[Payload]:
        """Return what was read of a kind in the whole department."""
        return [fact.payload for reading in self.everywhere(kind) for fact in reading.facts]

    def scopes(self, kind: str) -> list[Scope]:
        """Return where a collector runs, but for accounts and scopes that the department denies to all."""
        reach = COLLECTORS[kind].reach
        if reach is Reach.ORGANISATION:
            return [Scope(self.standin.management_account)]
        if reach is Reach.ACCOUNT:
            found = [Scope(account) for account in self._accounts]
        else:
            regions = {account: self._regions(account) for account in self._accounts}
            found = [Scope(account, region) for account, each in regions.items() for region in each]
        denied = {(each["kind"], each["account"], each["region"]) for each in self._planted["denied"]}
        kinds = self._kinds_below(kind)
        return [
            each
            for each in found
            if not any((name, each.account_id, each.region) in denied for name in kinds)
        ]

    def strike(self, fault: str, operation: str, reading: Reading, **members: object) -> None:
        """Let a fault befall an operation in the scope of a reading, until the test ends."""
        service = next(each.service for each in reading.heard if each.operation == operation)
        where = {"account": reading.scope.account_id}
        if reading.scope.region != GLOBAL and service != "s3":  # a bucket may lie in another Region
            where["region"] = reading.scope.region
        self.standin.fault(fault, service=service, operation=operation, **where, **members)

    def refused_once(self, kind: str, operation: str) -> tuple[Reading, Reading]:
        """Return a reading of two things or more, and the same with the operation's first call denied."""

        def holds(reading: Reading) -> bool:
            return operation in reading.operations and len(reading.facts) > 1

        before = self.somewhere(kind, holds)
        self.strike("denied", operation, before, times=1)
        return before, self.read(kind, before.scope)

    @cached_property
    def _planted(self) -> dict[str, Any]:
        return dict(self.standin.control("GET", "planted"))

    @cached_property
    def _accounts(self) -> list[str]:
        facts = self.read(ACCOUNTS_KIND, Scope(self.standin.management_account)).facts
        denied = {each["account"] for each in self._planted["denied"] if each["kind"] == "*"}
        return [each for each in accounts_to_read(facts, "") if each not in denied]

    def _regions(self, account: str) -> list[str]:
        regions = regions_to_read(self._undisturbed(REGIONS_KIND, Scope(account)).facts, ())
        return sorted(regions, key=lambda region: region != LONDON)

    def _kinds_below(self, kind: str) -> set[str]:
        return {kind}.union(*(self._kinds_below(each) for each in COLLECTORS[kind].needs))

    def _needed(self, collector: Collector, scope: Scope) -> Needed:
        facts: dict[str, list[Fact]] = {}
        gaps = []
        for kind in collector.needs:
            reach = COLLECTORS[kind].reach
            if reach is Reach.ORGANISATION:
                where = Scope(self.standin.management_account)
            else:
                where = Scope(scope.account_id) if reach is Reach.ACCOUNT else scope
            collected = self._undisturbed(kind, where)
            facts[kind] = list(collected.facts)
            gaps += collected.gaps
        return Needed(facts=facts, gaps=gaps)

    def _undisturbed(self, kind: str, scope: Scope) -> Collected:
        if (kind, scope) not in self._known:
            faults = self.standin.control("GET", "faults")
            self.standin.control("DELETE", "faults")
            self._known[kind, scope] = self.read(kind, scope).collected
            self.standin.control("POST", "faults", faults)
        return self._known[kind, scope]

    def _listen(self, client: Any) -> None:
        if id(client) in self._listened:
            return
        self._listened.add(id(client))
        asked: list[Mapping[str, object]] = []

        def heard_call(*, params: Mapping[str, object], **_: object) -> None:
            asked[:] = [params]

        def heard_answer(*, parsed: Mapping[str, object], model: Any, **_: object) -> None:
            service = model.service_model.service_name
            given, said = tokens_of(service, model.name)
            self._heard.append(
                Heard(
                    service=service,
                    operation=model.name,
                    continued=any(asked[0].get(name) for name in given),
                    unfinished=any(parsed.get(name) for name in said),
                )
            )

        client.meta.events.register("provide-client-params", heard_call)
        client.meta.events.register("after-call", heard_answer)


def tokens_of(service: str, operation: str) -> tuple[list[str], list[str]]:
    """Return the members by which a client asks for the next page, and by which AWS says that there is one."""
    try:
        model = _MODELS.get_paginator_model(service).get_paginator(operation)
    except (ValueError, UnknownServiceError, DataNotFoundError):
        model = _MODELS.get_service_model(service).operation_model(operation)
        given = model.input_shape.members if model.input_shape else {}
        said = model.output_shape.members if model.output_shape else {}
        turned = [each for each in _TOKENS if each in given and each in said]
        return turned, turned
    return _names(model["input_token"]), _names(model.get("more_results", model["output_token"]))


def output_of(service: str, operation: str) -> Any:
    """Return botocore's model of what AWS answers."""
    return _MODELS.get_service_model(service).operation_model(operation).output_shape


def _names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def pages(collector: Collector) -> Iterator[str]:
    """Yield the operations of a collector that AWS answers in pages."""
    yield from (each for each in collector.calls if tokens_of(collector.service, each)[0])
