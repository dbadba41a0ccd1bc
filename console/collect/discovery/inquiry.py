"""What discovery works with: fresh looks, the last refresh, and the plan that is being sketched."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.collect.looking import Look, Looker
from console.deletion.plan import ABSENT, REFRESH, Check
from console.deletion.sketch import Sketch
from console.domain.evidence import Snapshot
from console.domain.scope import Scope

TRAIL = "Events of CloudTrail about it (names, callers, times; no content)"
TRAIL_WHY = "They are the record of who did what, kept under UK GDPR Art. 17(3)(b) and (e)"
TRAIL_END = "90 days in the event history; in trails as their buckets' lifecycle says"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One discovery."""

    looker: Looker
    snapshot: Snapshot
    sketch: Sketch
    once: dict[tuple[str, ...], Look] = field(default_factory=dict)
    """What was looked at already: how a bucket is set up is the same for every day of logs in it."""

    def see_once(self, scope: Scope, subject: str, operation: str, **parameters: str) -> Any:  # noqa: ANN401
        """Look at one thing, or remember what was seen of it before in this discovery."""
        key = (str(scope), operation, *parameters.values())
        if key not in self.once:
            self.once[key] = self.looker.see(scope, operation, **parameters)
        return self.seen(self.once[key], subject)

    def seen(self, look: Look, subject: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what was seen; None if it is absent, or was not seen, which the sketch then says."""
        if look.reason:
            self.sketch.unseen(subject, look.operation, look.reason, look.detail)
        return look.answer if look.is_seen else None

    def see(self, scope: Scope, subject: str, operation: str, **parameters: object) -> Any:  # noqa: ANN401
        """Look at one thing; None as `seen` has it."""
        return self.seen(self.looker.see(scope, operation, **parameters), subject)

    def all_of(
        self, scope: Scope, subject: str, operation: str, member: str, **parameters: object
    ) -> list[Any]:
        """Look at a list; empty if it is absent or was not seen, which the sketch then says."""
        return self.seen(self.looker.all_of(scope, operation, member, **parameters), subject) or []

    def removal(  # noqa: PLR0913 - what a step consists of
        self,
        scope: Scope,
        deletes: str,
        shows: str,
        named: Mapping[str, Any],
        *,
        subject: str,
        words: str,
        after: Sequence[str] = (),
        expects: str = ABSENT,
        asked: Mapping[str, Any] | None = None,
    ) -> str:
        """Plan the end of one thing that an operation shows; its state now is what that operation says.

        `asked` are the parameters of the operation that shows it, where they are not those of the one that deletes.
        """
        parameters = named if asked is None else asked
        look = self.looker.see(scope, shows, **parameters)
        self.seen(look, subject)
        return self.sketch.step(
            scope,
            deletes,
            named,
            subject=subject,
            words=words,
            check=Check(operation=shows, parameters=parameters, expects=expects),
            state_sha256=look.sha256,
            after=after,
        )

    def facts(self, kind: str, subject: str) -> Iterator[tuple[Scope, Any]]:
        """Yield what the last refresh saw of a kind anywhere; where it saw nothing whole, the sketch says so."""
        for gap in self.snapshot.gaps(kind):
            where = f"{gap.kind} in {gap.scope}"
            self.unseen(f"{subject} ({where})", REFRESH, gap.reason.value, gap.detail)
        for fact in self.snapshot.facts(kind):
            yield fact.scope, fact.payload

    def naming(self, account_id: str, kinds: Sequence[str], *names: str) -> list[str]:
        """Return what the last refresh saw of some kinds in an account that names something by any of its names.

        What it could not see of these kinds there might name it, and is said.
        """
        for kind in kinds:
            for gap in self.snapshot.gaps(kind):
                if gap.scope.account_id == account_id:
                    subject = f"what else uses {names[0]} ({kind} in {gap.scope})"
                    self.unseen(subject, REFRESH, gap.reason.value, gap.detail)
        wanted = [json.dumps(each)[1:-1] for each in names]
        return sorted(
            f"{kind} {fact.key}"
            for kind in kinds
            for fact in self.snapshot.facts(kind)
            if fact.scope.account_id == account_id
            and any(each in json.dumps(fact.payload) for each in wanted)
        )

    def users_of(self, scope: Scope, uri: str, kinds: Sequence[str], besides: Sequence[str]) -> list[str]:
        """Return what else the last refresh saw that names an address of S3, but for some ARNs.

        What it could not see in the same account might name it, and is said.
        """
        wanted = json.dumps(uri)[1:-1]
        for kind in kinds:
            for gap in self.snapshot.gaps(kind):
                if gap.scope.account_id == scope.account_id:
                    subject = f"what else uses the data ({kind} in {gap.scope})"
                    self.unseen(subject, REFRESH, gap.reason.value, gap.detail)
        return sorted(
            fact.key
            for kind in kinds
            for fact in self.snapshot.facts(kind)
            if not any(each and each in json.dumps(fact.payload) for each in besides)
            and f'"{wanted}' in json.dumps(fact.payload)
        )

    def unseen(self, subject: str, operation: str, reason: str, detail: str) -> None:
        """Say what was not seen."""
        self.sketch.unseen(subject, operation, reason, detail)

    def regions_of(self, account_id: str, kind: str) -> list[Scope]:
        """Return the scopes of an account in which the last refresh was to read a kind."""
        return sorted(
            {step.scope for step in self.snapshot.steps(kind) if step.scope.account_id == account_id}
        )

    def keeps_trail(self, subject: str) -> None:
        """Say that CloudTrail's events about a thing stay."""
        self.sketch.stays(subject, TRAIL, TRAIL_WHY, TRAIL_END)
