"""A small refresh made by hand, for the self-test: it needs neither AWS nor the demo estate."""

from console import __version__
from console.base.clock import Clock, stamp
from console.base.settings import PolicySettings
from console.domain.evidence import Fact, Gap, GapReason, Provenance
from console.domain.refresh import RefreshState, Step
from console.domain.scope import Scope
from console.evidence.store import Store
from console.services.assess import assess_snapshot, discover_controls, save_assessment

CALLER = "arn:aws:sts::111122223333:assumed-role/SelfTest/self-test"
_ORGANISATION = Scope("111122223333")
_LONDON = Scope("111122223333", "eu-west-2")


def exercise(store: Store, clock: Clock) -> int:
    """Refresh, seal and judge one account, part of which was denied; return the refresh's number."""
    now = stamp(clock())
    refresh_id = store.begin_refresh(caller=CALLER, botocore="none", tool_version=__version__)
    seen = {
        ("organizations.account", _ORGANISATION): (
            "111122223333",
            {"Id": "111122223333", "Name": "Self-test", "Status": "ACTIVE"},
        ),
        ("account.region", _ORGANISATION): (
            "eu-west-2",
            {"RegionName": "eu-west-2", "RegionOptStatus": "ENABLED"},
        ),
        ("bedrock.data_retention", _LONDON): ("data-retention", {"mode": "none"}),
    }
    denied = Step("bedrock.guardrail", _LONDON)
    steps = [Step(kind, scope) for kind, scope in seen]
    store.plan(refresh_id, [*steps, denied])
    for step in steps:
        key, payload = seen[step.kind, step.scope]
        made = Fact(
            kind=step.kind,
            key=key,
            scope=step.scope,
            payload=payload,
            provenance=_provenance("self:Test", now),
        )
        store.record(refresh_id, step, [made])
    gap = Gap(
        kind=denied.kind,
        scope=denied.scope,
        reason=GapReason.DENIED,
        detail="denied on purpose",
        provenance=_provenance("bedrock:ListGuardrails", now),
    )
    store.record(refresh_id, denied, [], [gap])
    store.seal(refresh_id, RefreshState.COMPLETE)
    snapshot = store.snapshot(refresh_id)
    if snapshot is None:
        raise LookupError(f"refresh {refresh_id} is not there")
    save_assessment(store, assess_snapshot(snapshot, discover_controls(), PolicySettings(), clock()))
    return refresh_id


def _provenance(operation: str, now: str) -> Provenance:
    return Provenance(
        operation=operation, parameters="{}", request_id="", caller=CALLER, observed_at=now, botocore="none"
    )
