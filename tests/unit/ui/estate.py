"""A small invented department for the window: facts, gaps, and a desk that hands them out."""

import json
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from console.base.clock import stamp
from console.base.configuration import Configuration, configure
from console.base.errors import ConsoleError
from console.base.setting import catalogue
from console.base.settings import PolicySettings, Settings
from console.bootstrap import Unlocking
from console.cli.deletion_worker import DEEDS
from console.controls.base import Control, assess_all
from console.controls.history import History
from console.domain.deed import Deed, DeedKind
from console.domain.evidence import Fact, Gap, GapReason
from console.domain.finding import Finding
from console.domain.scope import Scope
from console.domain.selection import EVERYTHING, Selection
from console.reports.errors import NotInScopeError
from console.reports.redaction_rules import Category, Profile
from console.reports.wish import Turn, Wanted
from console.services.assess import Assessment, discover_controls
from console.services.deletion.desk import DeletionDesk
from console.services.export import ExportedPack
from console.services.latest import Latest
from console.services.office import Office, gather
from console.services.own_settings import write_setting
from console.services.past import Past
from console.services.preview import Preview, Redacts
from console.vault.signing import SigningKey
from console.vault.wrapping import WrongPassphraseError
from console.views.proof import Proof
from fakes import NOW, FakeSnapshot, fact, gap

TODAY = datetime(2026, 11, 23, 12, 14, tzinfo=UTC)
SIGNER = SigningKey(bytes(range(32)))

HOSTILE = "<h1>evil</h1><img src=x>\u202egnp"
ROOT, UNIT, MANAGEMENT = "r-abcd", "ou-abcd-11111111", "100000000001"
PAYMENTS, CHILD_BENEFIT, ODD = "100000000002", "100000000003", "100000000004"
NAMES = {
    MANAGEMENT: "management",
    PAYMENTS: "payments-production",
    CHILD_BENEFIT: "child-benefit",
    ODD: HOSTILE,
}
REGIONS = ("eu-west-2", "us-east-1")
every_control = cache(discover_controls)
WORKER = Path(__file__).with_name("worker_script.py")


class StoreAwayError(ConsoleError):
    """The store of a test cannot be read."""

    code = "TST-001"
    remedy = "Put the store back."


@dataclass
class Numbered:
    facts: list[Fact] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    empty: list[tuple[str, Scope]] = field(default_factory=list)

    def add(self, kind: str, key: str, payload: Mapping[str, Any], scope: Scope) -> None:
        self.facts.append(fact(kind, key, payload, scope, sequence=self._next()))

    def miss(self, kind: str, scope: Scope, detail: str) -> None:
        self.gaps.append(gap(kind, scope, GapReason.DENIED, sequence=self._next(), detail=detail))

    def _next(self) -> int:
        return len(self.facts) + len(self.gaps) + 1


def snapshot() -> FakeSnapshot:
    """Make four accounts: one open, one closed to us, one hostile by name, and the management account."""
    made = Numbered()
    home = Scope(MANAGEMENT)
    made.add(
        "organizations.organization",
        "o-abc1234567",
        {"Id": "o-abc1234567", "MasterAccountId": MANAGEMENT},
        home,
    )
    made.add("organizations.root", ROOT, {"Id": ROOT, "Name": "Root"}, home)
    made.add("organizations.organizational_unit", UNIT, {"Id": UNIT, "Name": "Workloads"}, home)
    made.add(
        "organizations.child",
        f"{ROOT}/{UNIT}",
        {"ParentId": ROOT, "Id": UNIT, "Type": "ORGANIZATIONAL_UNIT"},
        home,
    )
    for account, name in NAMES.items():
        above = ROOT if account == MANAGEMENT else UNIT
        made.add("organizations.account", account, {"Id": account, "Name": name, "Status": "ACTIVE"}, home)
        made.add(
            "organizations.child",
            f"{above}/{account}",
            {"ParentId": above, "Id": account, "Type": "ACCOUNT"},
            home,
        )
    for account in NAMES:
        for region in REGIONS:
            made.add(
                "account.region",
                region,
                {"RegionName": region, "RegionOptStatus": "ENABLED_BY_DEFAULT"},
                Scope(account),
            )
            _region(made, Scope(account, region))
    return FakeSnapshot(known=made.facts, missing=made.gaps, empty=made.empty)


def _region(made: Numbered, scope: Scope) -> None:
    if scope.account_id == CHILD_BENEFIT:
        words = f"User: arn:aws:sts::{scope.account_id}:assumed-role/BedrockConsoleReader/officer is not authorized"
        made.miss("bedrock.guardrail", scope, words)
        made.miss("bedrock.invocation_logging", scope, words)
    else:
        arn = f"arn:aws:bedrock:{scope.region}:{scope.account_id}:guardrail/abcdef123456"
        made.add(
            "bedrock.guardrail",
            f"{arn}:DRAFT",
            {"guardrailArn": arn, "name": "standard", "version": "DRAFT", "status": "READY"},
            scope,
        )
        logging = {"loggingConfig": {"textDataDeliveryEnabled": True}} if scope.account_id == PAYMENTS else {}
        made.add("bedrock.invocation_logging", "invocation-logging", logging, scope)
    mode = "none" if scope.region == "eu-west-2" else "default"
    made.add(
        "bedrock.data_retention",
        "data-retention",
        {"mode": mode, "updatedAt": "2026-11-01T08:00:00.000Z"},
        scope,
    )
    profile = f"arn:aws:bedrock:{scope.region}:{scope.account_id}:application-inference-profile/abc"
    models = [{"modelArn": f"arn:aws:bedrock:{scope.region}::foundation-model/some.model-v1:0"}]
    made.add(
        "bedrock.inference_profile",
        profile,
        {
            "inferenceProfileArn": profile,
            "inferenceProfileName": "chat",
            "type": "APPLICATION",
            "status": "ACTIVE",
            "models": models,
        },
        scope,
    )
    made.empty.append(("ec2.vpc_endpoint", scope))


@dataclass
class FakeStore:
    """Keeps deeds in a list, as a store keeps them in its ledger."""

    done: list[Deed] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def deeds(self) -> list[Deed]:
        return list(self.done)

    def guidance_text(self, text_sha256: str) -> str | None:
        return self.texts.get(text_sha256)

    def add_deed(self, kind: DeedKind, by: str, body: Any, text: tuple[str, str] = ("", "")) -> int:
        if text[1]:
            self.texts[text[0]] = text[1]
        number = 10_000 + len(self.done)
        self.done.append(Deed(kind=kind, by=by, at="2026-11-23T10:00:00.000Z", body=body, sequence=number))
        return number

    def shown(self, sequence: int) -> Fact:
        deed = next(each for each in self.done if each.sequence == sequence)
        return fact(f"console.{deed.kind.value}", "deed", deed.body, Scope(""), sequence)


@dataclass(frozen=True)
class FakeCall:
    program: str
    arguments: tuple[str, ...]
    job_line: str
    environment: Mapping[str, str]


def clock() -> datetime:
    """Return when it is in tests of the window."""
    return datetime(2026, 11, 23, 12, 14, tzinfo=UTC)


@dataclass
class FakeDesk:
    """Holds a snapshot and judges it with the real controls; its worker is a real child process."""

    shown: FakeSnapshot | None = field(default_factory=snapshot)
    settings: Settings = field(default_factory=lambda: Settings(organisation_name="Department for Examples"))
    store_path: Path = Path("evidence.db")
    controls: tuple[Control, ...] = field(default_factory=every_control)
    broken_off: bool = False
    away: bool = False
    worker: tuple[str, ...] = ("complete",)
    """What the child process is to play."""
    signing_in: str = "sign-in"
    """What the child process that signs in is to play."""

    people: FakeStore = field(default_factory=FakeStore)
    exported: list[int | None] = field(default_factory=list)
    """Which refreshes packs were asked of."""
    earlier: tuple[FakeSnapshot, ...] = ()
    """Snapshots of earlier refreshes, oldest first."""
    chosen: list[Selection] = field(default_factory=list)
    """What each refresh was to read."""
    made: list[Deed] = field(default_factory=list)
    wishes: list[tuple[Wanted, int | None]] = field(default_factory=list)
    pack_steps: int = 0
    gate: threading.Event = field(default_factory=threading.Event)

    configuration: Configuration | None = None
    can_lock: bool = False
    unlocking: Unlocking = Unlocking.STORE
    passphrase: str = "correct horse battery staple"
    is_locked: bool = False

    def lock(self) -> None:
        self.is_locked = True

    def unlock(self, passphrase: str) -> None:
        if passphrase != self.passphrase:
            raise WrongPassphraseError("the passphrase does not open the key file")
        self.is_locked = False

    def write_setting(self, key: str, typed: str | None) -> Configuration:
        write_setting(self.configuration, catalogue()[key], typed)
        self.configuration = configure(self.configuration.own, self.configuration.managed, {})
        return self.configuration

    def diagnostics(self) -> str:
        return "Bedrock Console: diagnostics\nnothing to see"

    @property
    def office(self) -> Office:
        store: Any = self.people
        return Office(
            reading=lambda: store,
            writing=lambda: nullcontext(store),
            signer=lambda: SIGNER,
            controls=self.controls,
            clock=lambda: TODAY,
        )

    @property
    def deletions(self) -> DeletionDesk:
        store: Any = self.people
        return DeletionDesk(
            reading=lambda: store,
            writing=lambda: nullcontext(store),
            signer=SIGNER,
            who=lambda: "arn:aws:sts::111122223333:assumed-role/AssuranceOfficer/jo",
            settings=self.settings.deletion,
            clock=lambda: TODAY,
        )

    def deed(self, name: str, arguments: Mapping[str, str], heard: Any = lambda _event: None) -> str:
        parts: Any = self
        return DEEDS[name](parts, arguments, lambda each: heard({"event": "step", **each.record()}))

    def _past(self, findings: tuple[Finding, ...]) -> Past:
        history, before = History(), None
        for number, snapshot in enumerate(self.earlier, 1):
            before = tuple(assess_all(self.controls, snapshot, PolicySettings()))
            history.add(number, snapshot.refresh.finished_at, before)
        history.add(99, NOW, findings)
        refresh = self.earlier[-1].refresh if self.earlier else None
        return Past(history=history, before=before, before_refresh=refresh)

    def latest(self, refresh_id: int | None = None) -> Latest | None:
        if self.away:
            raise StoreAwayError("the store is not there")
        if self.shown is None:
            return None
        kept = {each.refresh.id: each for each in (*self.earlier, self.shown)}
        shown = kept[refresh_id] if refresh_id else self.shown
        policy = PolicySettings()
        findings = tuple(assess_all(self.controls, shown, policy))
        assessment = Assessment(
            refresh=shown.refresh,
            findings=findings,
            assessed_at=shown.refresh.finished_at,
            policy=policy,
        )
        people: Any = self.people
        past = cache(lambda: self._past(findings))
        states = {each: Counter(step.state for step in one.steps()) for each, one in kept.items()}
        return Latest(
            shown,
            assessment,
            gather(people),
            stamp(TODAY),
            {},
            past,
            cases=self.deletions.cases(),
            readings=tuple(kept[each].refresh for each in sorted(kept)),
            reading=kept.get,
            completeness=lambda: states,
        )

    def proof(self, sequence: int) -> Proof:
        return Proof(
            sequence=sequence,
            body_sha256="00" * 32,
            leaf="11" * 32,
            path=("22" * 32,),
            tree_size=9_999,
            root="33" * 32,
            refresh_id=1,
            holds=True,
        )

    def observation(self, sequence: int) -> Fact | Gap:
        if sequence >= 10_000:
            return self.people.shown(sequence)
        readings = [*self.earlier, *([self.shown] if self.shown else [])]
        observed = [one for each in reversed(readings) for one in (*each.known, *each.missing)]
        return next(each for each in observed if each.sequence == sequence)

    def refresh_call(self, *, resume: bool, selection: Selection = EVERYTHING) -> FakeCall:
        self.chosen.append(selection)
        job = json.dumps({"resume": resume})
        return FakeCall(sys.executable, ("-I", str(WORKER), *self.worker), job, {"PYTHONIOENCODING": "utf-8"})

    def log_call(self) -> FakeCall:
        return FakeCall(sys.executable, ("-I", str(WORKER), "logs"), "{}", {"PYTHONIOENCODING": "utf-8"})

    def sign_in_call(self) -> FakeCall:
        return FakeCall(
            sys.executable, ("-I", str(WORKER), self.signing_in), "{}", {"PYTHONIOENCODING": "utf-8"}
        )

    def read_event(self, line: str) -> dict[str, Any]:
        said = json.loads(line)
        if not isinstance(said, dict) or "event" not in said:
            raise ValueError(line)
        return said

    def unfinished(self) -> bool:
        return self.broken_off

    banner: str = ""

    def packs(self) -> list[Deed]:
        return self.made

    def preview_pack(self, wanted: Wanted, refresh_id: int | None = None) -> Preview | None:
        if wanted.scope.units == ("nowhere",):
            raise NotInScopeError("there is no organisational unit nowhere")
        self.wishes.append((wanted, refresh_id))
        values = 3 if wanted.profile is Profile.AUDITOR else 0
        return Preview(
            scope=str(wanted.scope),
            meaning="",
            lead="Of 39 statements, 1 is supported.",
            holds=(("Accounts", "2 accounts"), ("Answers", "7")),
            redacts=tuple(
                Redacts(category=each, reason=f"is {each}", values=values) for each in list(Category)[:2]
            ),
        )

    def export_pack(
        self,
        to: Path,
        *,
        wanted: Wanted | None = None,
        refresh_id: int | None = None,
        by: str = "",
        turn: Turn | None = None,
    ) -> ExportedPack:
        self.exported.append(refresh_id)
        for step in range(self.pack_steps):
            self.gate.wait(5)
            (turn or Turn()).step(f"Step {step}", step, self.pack_steps)
        to.write_bytes(b"pack")
        wish = wanted or Wanted()
        said = {
            "pack": "ab" * 32, "file": to.name, "scope_words": str(wish.scope), "profile": wish.profile.value,
            "as_of": NOW, "purpose": wish.purpose,
        }  # fmt: skip
        self.made.append(Deed(kind=DeedKind.PACK, by=by or "not said", at=NOW, body=said, sequence=10_001))
        return ExportedPack(
            path=to, id="ab" * 32, allowed_signers=to.with_suffix(".allowed_signers"), fingerprint="SHA256:x", files=3,
            bytes=9, redacted=0, register=said,
        )  # fmt: skip
