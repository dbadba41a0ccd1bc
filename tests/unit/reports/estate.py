"""A small estate in a real store, with all that a pack must survive: failures, gaps, an erasure, hostile names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.base.settings import PolicySettings
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.refresh import RefreshState, Step
from console.domain.scope import Scope
from console.evidence.store import Store
from console.reports.wish import Wanted
from console.services.assess import Assessment, assess_snapshot, discover_controls
from console.services.export import ExportedPack, export_pack
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from fakes import provenance

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
SIGNER = SigningKey(bytes(range(32)))
STRANGER = SigningKey(bytes(range(1, 33)))
CONTROLS = discover_controls()
HOSTILE = "<script>alert(1)</script>\u202egnp.exe\x1b[31m"
FORMULA = "=cmd|' /C calc'!A0"
MANAGEMENT = Scope("111122223333")
PAYMENTS = Scope("222233334444")
ERASED_USER = "arn:aws:iam::222233334444:user/jo.bloggs"


def steps() -> Mapping[Step, list[tuple[str, dict[str, Any]]] | GapReason]:
    london = [Scope(each.account_id, "eu-west-2") for each in (MANAGEMENT, PAYMENTS)]
    accounts = [
        ("111122223333", {"Id": "111122223333", "Name": HOSTILE, "Status": "ACTIVE"}),
        ("222233334444", {"Id": "222233334444", "Name": FORMULA, "Status": "ACTIVE"}),
    ]
    regions = [("eu-west-2", {"RegionName": "eu-west-2", "RegionOptStatus": "ENABLED"})]
    guardrail = {
        "name": "<img src=x onerror=alert(1)>",
        "guardrailArn": f"arn:aws:bedrock:eu-west-2:222233334444:guardrail/{HOSTILE}",
        "version": "DRAFT",
        "contentPolicy": {"filters": []},
    }
    user = {"UserName": "jo.bloggs", "Arn": ERASED_USER, "UserPolicyList": [], "AttachedManagedPolicies": []}
    return {
        Step("organizations.account", MANAGEMENT): accounts,
        Step("account.region", MANAGEMENT): regions,
        Step("account.region", PAYMENTS): regions,
        Step("bedrock.data_retention", london[0]): [("data-retention", {"mode": "none"})],
        Step("bedrock.data_retention", london[1]): [("data-retention", {"mode": "inherit"})],
        Step("bedrock.guardrail", london[0]): GapReason.DENIED,
        Step("bedrock.guardrail", london[1]): [(f"{guardrail['guardrailArn']}:DRAFT", guardrail)],
        Step("bedrock.invocation_logging", london[0]): [("invocation-logging", {})],
        Step("ec2.vpc_endpoint", london[0]): [],
        Step("iam.user", PAYMENTS): [(ERASED_USER, user)],
    }


@dataclass
class Estate:
    """A store with two sealed refreshes, the second of which is exported."""

    store: Store
    folder: Path
    refresh_id: int
    assessment: Assessment

    def export(self, name: str = "pack.zip", **changes: Any) -> ExportedPack:
        """Write a pack; `changes` are of what is wanted, or `signer`, `to`, `typeset`, `turn` and `register`."""
        how = {
            each: changes.pop(each)
            for each in ("signer", "to", "typeset", "turn", "register")
            if each in changes
        }
        said = {"organisation_name": "Department of <b>Examples</b>", "purpose": "Annual approval"}
        wanted = Wanted(**{**said, **changes})
        where = {"signer": SIGNER, "to": self.folder / name, **how}
        return export_pack(self.store, self.refresh_id, self.assessment, CONTROLS, wanted=wanted, **where)


def counting() -> Callable[[int], bytes]:
    """Return a source of salts that gives every store the same ones."""
    numbers = iter(range(10**9))
    return lambda size: next(numbers).to_bytes(size, "big")


def make_store(folder: Path) -> Store:
    folder.mkdir(parents=True, exist_ok=True)
    return Store.create(
        folder / "evidence.db",
        StoreKey.generate(counting()),
        signer=SIGNER,
        clock=lambda: NOW,
        random=counting(),
    )


def refresh(store: Store, planned: Mapping[Step, list[tuple[str, dict[str, Any]]] | GapReason]) -> int:
    refresh_id = store.begin_refresh(caller=provenance().caller, botocore="1.44.5", tool_version="0.1.0")
    store.describe_organisation(refresh_id, "o-abc1234567")
    store.plan(refresh_id, planned)
    for step, seen in planned.items():
        said = replace(provenance(), operation=step.kind)
        if isinstance(seen, GapReason):
            words = f"User: {HOSTILE} is not authorised"
            missing = Gap(kind=step.kind, scope=step.scope, reason=seen, detail=words, provenance=said)
            store.record(refresh_id, step, [], [missing])
            continue
        facts = [
            Fact(kind=step.kind, key=key, scope=step.scope, payload=payload, provenance=said)
            for key, payload in seen
        ]
        store.record(refresh_id, step, facts)
    store.seal(refresh_id, RefreshState.COMPLETE)
    return refresh_id


def make_estate(folder: Path, *, erase: bool = True) -> Estate:
    store = make_store(folder)
    refresh(store, {Step("account.region", MANAGEMENT): GapReason.THROTTLED})
    refresh_id = refresh(store, steps())
    if erase:
        (user,) = store.snapshot(refresh_id).facts("iam.user")
        digest = store.evidence_record(user.sequence).body_sha256
        store.erase_body(digest, basis="UK GDPR article 17", erased_by="officer")
    return Estate(store, folder, refresh_id, judge(store, refresh_id))


def judge(store: Store, refresh_id: int) -> Assessment:
    return assess_snapshot(store.snapshot(refresh_id), CONTROLS, PolicySettings(), NOW)
