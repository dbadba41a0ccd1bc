"""The report as one HTML file: nothing is loaded, nothing runs, and no text in it can be anything but text."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from console.base.paths import resources
from console.controls.base import Control
from console.controls.duties import NO_DUTIES
from console.domain.evidence import GapReason
from console.domain.finding import Finding, Verdict
from console.reports import layout
from console.reports.content import Content
from console.reports.exhibits import Place, ShownEntry
from console.reports.people import framework_rows
from console.reports.redaction_rules import MEANINGS as MEANINGS_OF_PROFILES
from console.views.accounts import accounts_table
from console.views.brief import Brief, brief
from console.views.claims import claims_table, state_counts
from console.views.duties import attestations_table, exceptions_table, remarks_table
from console.views.evidence import MEANINGS
from console.views.findings import FindingRow, Work, findings_table
from console.views.frameworks import coverages
from console.views.names import (
    account_names,
    account_words,
    count_words,
    kind_words,
    region_words,
    when_words,
)
from console.views.overview import ControlRow, GapRow, overview
from console.views.text import inert, inert_lines

_LONGEST = 4_000
"""Characters of an answer that the report shows; all of it is in the evidence file."""
_OUTCOMES = (
    (Verdict.FAIL, ""),
    (Verdict.UNKNOWN, ""),
    (Verdict.PASS, "wherever it applies"),
    (Verdict.NOT_APPLICABLE, "anywhere"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One Region of a grouped row, with the observations behind it."""

    region: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Rows that say the same of several Regions of one account."""

    account: str
    what: str
    reason: str
    words: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One control with its answers."""

    control: Control
    row: ControlRow
    verdict: Verdict
    words: str
    """What the verdict's own word leaves unsaid."""
    failing: tuple[FindingRow, ...]
    unknown: tuple[Unseen, ...]
    elsewhere: tuple[tuple[str, int], ...]
    """Why it does not apply where it does not, and in how many places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One observation as the report shows it."""

    sequence: int
    what: str
    account: str
    region: str
    said: Mapping[str, str]
    reason: str
    meaning: str
    answer: str
    is_cut: bool
    is_erased: bool
    is_withheld: bool
    place: Place


def report_html(content: Content) -> bytes:
    """Return the report."""
    snapshot = content.snapshot
    names = account_names(snapshot)
    seen = overview(snapshot, content.findings, content.controls)
    accounts = accounts_table(snapshot, content.findings)
    return _render(
        "report.html.j2",
        content=content,
        refresh=snapshot.refresh,
        export=content.export,
        brief=brief_of(content),
        profile=MEANINGS_OF_PROFILES[content.profile],
        overview=seen,
        verdicts={verdict.value: count for verdict, count in seen.verdicts},
        outcomes=_outcomes(content, seen.controls.rows, names),
        gaps=_unread(seen.gaps.rows, names),
        accounts=accounts,
        opened=_opened(content, names),
        erased=content.exhibits.erased,
        tombstones=[_tombstone(each) for each in content.exhibits.tombstones],
        layout=layout,
        **_people(content, names),
    )


def _people(content: Content, names: Mapping[str, str]) -> dict[str, object]:
    """Return the claims over the whole organisation, and what people did."""
    report, duties, rules = content.report, content.judged.duties, content.judged.rules
    whole = report.units[0]
    return {
        "claims": claims_table(report, whole, NO_DUTIES).rows,
        "claim_counts": state_counts(report, whole),
        "stale": report.stale,
        "attestations": attestations_table(duties, rules).rows,
        "exceptions": exceptions_table(duties, rules, names).rows,
        "remarks": remarks_table(duties).rows,
        "coverages": coverages(framework_rows(content)),
    }


def brief_of(content: Content) -> Brief:
    """Return the first page."""
    before = content.before
    return brief(
        content.report,
        content.changed,
        content.compared_with,
        before.claims if before else {},
        before.as_of if before else "",
    )


def readme_txt(content: Content, names: Collection[str]) -> bytes:
    """Return how to verify the pack with what an auditor has; `names` are the files it is to list."""
    digests = any(name.startswith(layout.DIGESTS) for name in names)
    return _render(
        "README.txt.j2",
        layout=layout,
        fingerprint=content.export.fingerprint,
        names={*names, *({layout.DIGESTS} if digests else ())},
        digests=digests,
        listed=[each for each in layout.LISTED if each[0] != layout.DIGESTS or digests],
    )


def _render(template: str, **context: object) -> bytes:
    """Render a template in which every expression is made inert and escaped, unless it is our own markup."""
    environment = Environment(
        loader=FileSystemLoader(resources() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "when": when_words,
        "region": region_words,
        "count": count_words,
        "lines": lambda text: Markup(escape(inert_lines(text))),  # noqa: S704 - escaped here
        "number": lambda value: f"{value:,}",
    }
    return environment.get_template(template).render(**context).encode()


def _inert(value: object) -> object:
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _outcomes(content: Content, rows: Sequence[ControlRow], names: Mapping[str, str]) -> list[Outcome]:
    """Return every control with its answers, what is open first."""
    controls = {each.id: each for each in content.controls}
    answers: dict[str, list[FindingRow]] = {}
    work = Work(duties=content.judged.duties, today=content.judged.rules.today)
    for row in findings_table(content.findings, content.controls, names, work).rows:
        answers.setdefault(row.finding.control_id, []).append(row)
    return [_outcome(controls[row.control_id], row, answers.get(row.control_id, []), names) for row in rows]


def _outcome(
    control: Control, row: ControlRow, answers: Sequence[FindingRow], names: Mapping[str, str]
) -> Outcome:
    verdict, words = next(
        (each for each in _OUTCOMES if row.counts[each[0]]),
        (Verdict.UNKNOWN, "it was not put: nothing was read"),
    )
    by_verdict: dict[Verdict, list[FindingRow]] = {each: [] for each in Verdict}
    for each in answers:
        by_verdict[each.finding.verdict].append(each)
    reasons: dict[str, int] = {}
    for each in by_verdict[Verdict.NOT_APPLICABLE]:
        reasons[each.because] = reasons.get(each.because, 0) + 1
    return Outcome(
        control=control,
        row=row,
        verdict=verdict,
        words=words,
        failing=tuple(by_verdict[Verdict.FAIL]),
        unknown=_not_known((each.finding for each in by_verdict[Verdict.UNKNOWN]), names),
        elsewhere=tuple(sorted(reasons.items())),
    )


def _not_known(findings: Iterable[Finding], names: Mapping[str, str]) -> tuple[Unseen, ...]:
    """Return unknown answers, those of one account that differ in their Region alone in one row."""
    grouped: dict[tuple[str, str, str], list[Spot]] = {}
    for each in findings:
        region = each.scope.region
        because = each.because.replace(f" in {region}", "")
        spot = Spot(region=region_words(region), evidence=each.evidence)
        grouped.setdefault((each.scope.account_id, each.subject, because), []).append(spot)
    return tuple(
        Unseen(
            account=account_words(account, names) or "the organisation",
            what=kind_words(subject),
            reason=because,
            words="",
            spots=tuple(spots),
        )
        for (account, subject, because), spots in grouped.items()
    )


def _unread(gaps: Iterable[GapRow], names: Mapping[str, str]) -> tuple[Unseen, ...]:
    """Return gaps, those of one account and kind that differ in their Region alone in one row."""
    grouped: dict[tuple[str, str, str, str], list[Spot]] = {}
    for each in gaps:
        spot = Spot(region=each.region, evidence=(each.sequence,))
        what = f"{each.what}: {each.thing}" if each.thing else each.what
        grouped.setdefault((each.account_id, what, each.reason, each.words), []).append(spot)
    return tuple(
        Unseen(
            account=account_words(account, names), what=what, reason=reason, words=words, spots=tuple(spots)
        )
        for (account, what, reason, words), spots in sorted(grouped.items(), key=lambda each: each[0])
    )


def _opened(content: Content, names: Mapping[str, str]) -> list[Opened]:
    kept = content.exhibits.kept
    return [_open(content, kept[sequence], names) for sequence in sorted(kept)]


def _open(content: Content, entry: ShownEntry, names: Mapping[str, str]) -> Opened:
    said = {name: str(value) for name, value in entry.statement.items()}
    sequence = int(entry.statement["sequence"])
    is_erased = entry.body is None and not entry.is_withheld
    reason = said["reason"] or (GapReason.ERASED.value if is_erased else "")
    answer = "" if entry.body is None else json.dumps(json.loads(entry.body), indent=2, ensure_ascii=False)
    return Opened(
        sequence=sequence,
        what=kind_words(said["kind"]),
        account=account_words(said["account_id"], names) or "not known",
        region=region_words(said["region"]),
        said=said,
        reason=reason,
        meaning=MEANINGS[GapReason(reason)] if reason else "",
        answer=answer[:_LONGEST],
        is_cut=len(answer) > _LONGEST,
        is_erased=is_erased,
        is_withheld=entry.is_withheld,
        place=content.exhibits.places[sequence],
    )


def _tombstone(entry: ShownEntry) -> dict[str, object]:
    """Return a tombstone's words by name; its own body may be gone as well."""
    words = json.loads(entry.body) if entry.body else {}
    return {
        "body_sha256": entry.statement["key"],
        "sequence": entry.statement["sequence"],
        "at": entry.statement["observed_at"],
        "basis": words.get("basis", "not known"),
        "erased_by": words.get("erased_by", "not known"),
    }
