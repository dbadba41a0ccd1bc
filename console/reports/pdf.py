"""The report as PDF/A-2a and PDF/UA-1: what goes into it, as JSON that a typesetter of its own process reads.

Text travels as data and is set as text: nothing in it is read as markup. The evidence itself is not in the PDF; the
HTML report opens it, and the PDF says where.
"""

import json
from typing import Any

from console.domain.finding import Verdict
from console.reports.content import Content
from console.reports.html import brief_of
from console.reports.redaction_rules import MEANINGS
from console.reports.tables import pack_tables
from console.views.names import count_words, region_words, when_words
from console.views.overview import overview
from console.views.text import escaped, inert

_LATIN = 0x180
_SIGNS = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u20ac")
"""Dashes, quotation marks, dots and the euro."""
_MOST_ROWS = 400
"""Rows of one table; a printed list that is longer is read by nobody, and the .csv file has all of it."""


def pdf_document(content: Content) -> bytes:
    """Return all that the PDF says."""
    seen = overview(content.snapshot, content.findings, content.controls)
    refresh, first = content.snapshot.refresh, brief_of(content)
    facts = (
        ("Organisation", content.export.organisation_name or "no name was given"),
        ("Scope", str(content.scope)),
        ("For whom", MEANINGS[content.profile]),
        ("As of", when_words(content.as_of)),
        ("Read", f"{when_words(refresh.started_at)} to {when_words(refresh.finished_at)}"),
        ("Purpose", content.export.purpose or "none was given"),
        ("Made with", content.export.tool),
        ("Key that signs", content.export.fingerprint),
    )
    said = {
        "at": refresh.finished_at,
        "title": "Amazon Bedrock assurance report",
        "lead": first.sentence,
        "state": f"{seen.state}.",
        "facts": [[inert(name), inert(value)] for name, value in facts],
        "groups": [
            {
                "title": f"{group.title}: {len(group.rows):,}",
                "meaning": group.meaning,
                "rows": [[row.claim.id, inert(row.claim.words), inert(row.because)] for row in group.rows],
            }
            for group in first.groups
        ],
        "since": [each for each in (first.since, first.findings) if each],
        "moved": [[each.claim_id, inert(each.words), each.before, each.after] for each in first.moved],
        "failing": [
            _failing(content, row.control_id) for row in seen.controls.rows if row.counts[Verdict.FAIL]
        ],
        "unknown": [
            [row.control_id, inert(row.title), str(row.counts[Verdict.UNKNOWN])]
            for row in seen.controls.rows
            if row.counts[Verdict.UNKNOWN]
        ],
        "accounts": _accounts(content),
        "note": content.checkpoint.note,
    }
    return json.dumps(_settable(said), ensure_ascii=False, sort_keys=True).encode()


def _settable(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a document in which every character is one that the bundled font has; the others as visible escapes."""
    if isinstance(value, str):
        return "".join(each if each == "\n" or _has_glyph(each) else escaped(each) for each in value)
    if isinstance(value, dict):
        return {name: _settable(each) for name, each in value.items()}
    return [_settable(each) for each in value] if isinstance(value, list) else value


def _has_glyph(char: str) -> bool:
    return char.isprintable() and (ord(char) < _LATIN or char in _SIGNS)


def _failing(content: Content, control_id: str) -> dict[str, Any]:
    control = next(each for each in content.controls if each.id == control_id)
    rows = [
        [
            inert(each.scope.account_id),
            region_words(each.scope.region),
            inert(each.subject),
            inert(each.because),
        ]
        for each in content.findings
        if each.control_id == control_id and each.verdict is Verdict.FAIL
    ]
    more = len(rows) - _MOST_ROWS
    return {
        "title": f"{control.id}: {control.title}",
        "severity": control.severity.value,
        "rationale": control.rationale,
        "remedy": control.remedy,
        "rows": rows[:_MOST_ROWS],
        "more": f"{count_words(more, 'row', 'rows')} more: findings.csv has them." if more > 0 else "",
    }


def _accounts(content: Content) -> dict[str, Any]:
    table = next(each for each in pack_tables(content) if each.title == "Accounts")
    rows = [["not known" if cell is None else inert(cell) for cell in row] for row in table.rows[:_MOST_ROWS]]
    return {"heads": list(table.heads), "rows": rows}
