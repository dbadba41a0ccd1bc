"""What the officers of the invented department did, so that a demonstration shows attestations and exceptions too."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from console.controls.exceptions import ANY, GrantedException
from console.deletion.request import GROUNDS
from console.deletion.target import TargetKind
from console.domain.counting import Engine, Question
from console.domain.evidence import Fact, Snapshot
from console.domain.finding import Finding, Verdict
from console.services.attesting import Draft
from console.services.catalogues import claim_catalogue
from console.services.deletion.child import RefusedDeedError
from console.services.log_places import log_places
from console.services.office import Office

_JO, _SAM = "Jo Bloggs (invented)", "Sam Roe (invented)"
_ATTESTED = (
    ("S10", "The customer agreement leaves what we put in and get out with the department", 240),
    ("S12", "The data protection assessment covers the use of Bedrock and is in date", 20),
    ("S17", "The transfer risk assessment considers US law over a US provider", 120),
    ("S35 S37", "The reports for ISO 27001 and ISO 27018 were read and are in date", 300),
)
_REPORTS = (
    "report-0000000000000010",
    "report-0000000000000012",
    "report-0000000000000017",
    "report-0000000000000035",
)


_LEFT_OUT = ("S21", "S38")
_EXTRA = "Ask the team for assurance before you use a model that is new to the department"


_AGREED_BYTES = 2**30
_TRIAGE = (
    ("escalated", "The team was asked why this number was in a prompt"),
    ("false alarm", "The word is the name of a street"),
    ("reviewed", ""),
)


def pretend(
    office: Office, findings: Sequence[Finding], now: datetime, requests: Sequence[tuple[str, str]] = ()
) -> None:
    """Attest, except, note, assign, triage and import an invented guidance, in invented names.

    `requests` are ids of requests in which guardrails caught something, each with its account.
    """
    today = now.date()
    for (request, account), (outcome, words) in zip(requests, _TRIAGE, strict=False):
        office.triage(request, account, _SAM, outcome, words)
    _import_guidance(office)
    for (claims, statement, days), report in zip(_ATTESTED, _REPORTS, strict=True):
        office.attest(
            Draft(
                statement=statement,
                claims=tuple(claims.split()),
                person=_JO,
                valid_from=today.isoformat(),
                valid_until=(today + timedelta(days=days)).isoformat(),
                artifact_report=report,
            )
        )
    failing = [each for each in findings if each.verdict is Verdict.FAIL]
    if not failing:
        return
    first, last = failing[0], failing[-1]
    office.grant(
        GrantedException(
            id="",
            control_id=first.control_id,
            account_id=first.scope.account_id,
            region=ANY,
            subject=ANY,
            reason="The trial ends with the quarter",
            approver=_SAM,
            granted_by=_JO,
            granted_at="",
            valid_until=(today + timedelta(days=30)).isoformat(),
        ),
        _JO,
    )
    office.note(last.identity, _JO, "Raised with the account's owner; a change is planned")
    office.assign([last.identity], _JO, _SAM)


def pretend_deletions(
    deed: Callable[[str, Mapping[str, str]], str], snapshot: Snapshot, now: datetime
) -> None:
    """Ask for deletions in invented names: with things in the way, ready for a second person, without a plan."""
    wanted = (
        (TargetKind.KNOWLEDGE_BASE, _retaining(snapshot), "contract", "The project has ended", True),
        (
            TargetKind.BATCH_JOB,
            _first(snapshot, "bedrock.model_invocation_job"),
            "retention",
            "Its time is over",
            True,
        ),
        (
            TargetKind.CUSTOM_MODEL,
            _first(snapshot, "bedrock.custom_model"),
            "17-1-b",
            "Consent was withdrawn",
            False,
        ),
    )
    today = now.date()
    for days, (kind, found, ground, why, is_planned) in enumerate(wanted, 1):
        if found is None:
            continue
        is_statutory = GROUNDS[ground].is_statutory
        said = {
            "kind": kind.value,
            "name": str(found.payload["knowledgeBaseId"]) if kind is TargetKind.KNOWLEDGE_BASE else found.key,
            "account_id": found.scope.account_id,
            "region": found.scope.region,
            "ground": ground,
            "why": why,
            "whom": "somebody invented" if is_statutory else "",
            "received_on": (today - timedelta(days=days)).isoformat(),
            "due_on": "" if is_statutory else (today + timedelta(days=10 * days)).isoformat(),
            "person": _JO,
        }
        request_id = deed("request", said).partition(" ")[0]
        if is_planned:
            deed("plan", {"id": request_id, "person": _JO})


def _retaining(snapshot: Snapshot) -> Fact | None:
    """Return a knowledge base with a data source that keeps its vectors, or any."""
    sources = [each.payload for each in snapshot.facts("bedrock-agent.data_source")]
    keeping = {each["knowledgeBaseId"] for each in sources if each.get("dataDeletionPolicy") == "RETAIN"}
    bases = snapshot.facts("bedrock-agent.knowledge_base")
    left = [each for each in bases if each.payload["storageConfiguration"]["type"] != "S3_VECTORS"]
    retaining = (each for each in left if each.payload["knowledgeBaseId"] in keeping)
    return next(retaining, next(iter(left), None))


def _first(snapshot: Snapshot, kind: str) -> Fact | None:
    own = (each for each in snapshot.facts(kind) if f":{each.scope.account_id}:" in each.key)
    return next(own, None)


def _import_guidance(office: Office) -> None:
    """Import a guidance that lacks two claims and has a line of its own, and map its other lines by hand."""
    claims = [claim for claim in claim_catalogue().claims if claim.id not in _LEFT_OUT]
    lines = [f"\u2022 {claim.heading}: {claim.words}" for claim in claims]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "guidance-of-an-invented-department.txt"
        file.write_text("\n".join([*lines, _EXTRA]), encoding="utf-8")
        office.import_guidance(file, _JO)
    for number, claim in enumerate(claims, 1):
        office.map_line(str(number), [claim.id], _JO)


def pretend_counts(deed: Callable[[str, Mapping[str, str]], str], snapshot: Snapshot, now: datetime) -> None:
    """Have AWS count over the last two days of the first log that can be asked about, agreed to in an invented name."""
    last = now.date() - timedelta(days=1)
    for place in sorted(log_places(snapshot), key=lambda place: not place.bucket):
        asked = {
            "engine": (Engine.ATHENA if place.bucket else Engine.INSIGHTS).value,
            "account_id": place.account_id,
            "region": place.region,
            "first_day": (last - timedelta(days=1)).isoformat(),
            "last_day": last.isoformat(),
            "person": _JO,
            "agreed_bytes": str(_AGREED_BYTES),
        }
        with suppress(RefusedDeedError):
            for question in (Question.HITS, Question.RESIDENCY):
                deed("count", {**asked, "question": question.value})
            return
