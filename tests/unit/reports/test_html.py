"""The report is read by a parser as a browser reads it: what it may not hold is looked for, not assumed away."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from console.domain.finding import Verdict
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.reports import layout
from unit.reports.estate import (
    CONTROLS,
    HOSTILE,
    MANAGEMENT,
    SIGNER,
    Estate,
    judge,
    make_store,
    refresh,
)
from unit.reports.tampering import EVIDENCE, PAYLOAD, Made

LOADING = {"src", "srcset", "action", "formaction", "background", "poster", "data", "ping", "cite"}
UNWANTED = {
    "script",
    "link",
    "iframe",
    "object",
    "embed",
    "img",
    "base",
    "form",
    "svg",
    "video",
    "audio",
    "b-examples",
}


@dataclass
class Page(HTMLParser):
    text: str
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.words.append(data)

    def values(self, wanted: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == wanted]

    @property
    def said(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))

    def section(self, name: str) -> str:
        start = self.text.index(f'<section id="{name}">')
        return Page(self.text[start : self.text.index("</section>", start)]).said

    def section_titled(self, name: str) -> str:
        start = self.text.index(f'<section id="{name}" aria-labelledby')
        return Page(self.text[start : self.text.index("</section>", start)]).said


def page_of(estate: Estate, name: str, folder: Path) -> Page:
    made = Made.of(estate.export(name).path, folder)
    return Page(made.files[f"{PAYLOAD}{layout.REPORT}"].decode())


@pytest.fixture
def page(made: Made) -> Page:
    return Page(made.files[f"{PAYLOAD}{layout.REPORT}"].decode())


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Estate]:
    """Return an estate without failures: nothing was planned."""
    with make_store(tmp_path) as store:
        refresh_id = refresh(store, {})
        yield Estate(store, tmp_path, refresh_id, judge(store, refresh_id))


def test_it_loads_nothing_and_runs_nothing(page: Page) -> None:
    assert set(page.tags) & UNWANTED == set()
    names = {name for _, name, _ in page.attributes}
    assert names & LOADING == set()
    assert not [name for name in names if name.startswith("on")]
    assert not re.search(r"url\(|@import|javascript:", page.text)
    assert "default-src 'none'" in " ".join(page.values("content"))


def test_hostile_text_is_shown_and_does_nothing(page: Page) -> None:
    assert "<script>alert(1)</script>\\u202egnp.exe\\u001b[31m" in page.said
    assert "Department of <b>Examples</b>" in page.said
    assert "<img src=x onerror=alert(1)>" in page.said
    assert not [each for each in page.text if each in HOSTILE and not each.isprintable()]


def test_every_link_leads_somewhere_in_the_pack(page: Page, made: Made) -> None:
    anchors = page.values("id")
    assert len(anchors) == len(set(anchors))
    links = page.values("href")
    assert links
    for link in links:
        assert link.removeprefix("#") in anchors or f"{PAYLOAD}{link}" in made.files, link


def test_each_open_finding_and_gap_opens_to_its_evidence(page: Page, estate: Estate) -> None:
    anchors, links = page.values("id"), page.values("href")
    findings = [
        each for each in estate.assessment.findings if each.verdict in (Verdict.FAIL, Verdict.UNKNOWN)
    ]
    gaps = estate.store.snapshot(estate.refresh_id).gaps()
    numbers = {sequence for each in findings for sequence in each.evidence} | {gap.sequence for gap in gaps}
    assert len(numbers) > 5
    for number in numbers:
        assert f"o{number}" in anchors
        assert f"#o{number}" in links


def test_what_fails_and_what_is_unknown_come_before_what_passes(page: Page) -> None:
    order = [
        page.text.index(f'id="{name}"') for name in ("read", "fails", "unknown", "questions", "accounts")
    ]
    assert order == sorted(order)
    assert "the mode is inherit" in page.section("fails")
    assert "could not be read: denied" in page.section("unknown")
    assert "denied" in page.section("unknown").partition("All that could not be read")[2]


def test_it_says_what_was_read_and_when(page: Page, estate: Estate) -> None:
    said = page.section("read")
    assert "23 November 2026, 09:14 UTC" in said
    assert "What expires is judged as of23 November 2026, 09:14 UTC" in said
    assert estate.assessment.refresh.content_root in said
    sentence = "9 of 10 scopes read, finished 23 November 2026, 09:14 UTC; 1 could not be read"
    assert f"{sentence}, nor could 1 thing within the others." in page.said


def test_every_question_and_every_account_is_there(page: Page) -> None:
    said = page.section("questions")
    for control in CONTROLS:
        assert control.id in said
        assert control.title in said
    assert "222233334444" in page.section("accounts")


def test_an_erasure_is_shown_with_its_basis(page: Page) -> None:
    assert "UK GDPR article 17" in page.section("erased")
    assert "could not be seen: erased" in page.section("evidence")
    assert '"UserName"' not in page.text


def test_it_names_the_key_and_shows_the_checkpoint(page: Page, made: Made) -> None:
    assert SIGNER.public.fingerprint in page.said
    for line in made.files[f"{PAYLOAD}{layout.CHECKPOINT}"].decode().split():
        assert line in page.said


def test_a_reading_without_failures_does_not_say_that_all_is_well(bare: Estate, tmp_path: Path) -> None:
    page = page_of(bare, "bare.zip", tmp_path)
    assert "No failure was found in what was read: 0 of 0 scopes." in page.section("fails")
    assert "answer is unknown" in page.section("fails") or "answers are unknown" in page.section("fails")
    assert "All 0 planned scopes were read to the end" in page.section("unknown")
    assert "Nothing of this reading was erased" in page.section("erased")


def test_a_question_that_was_not_put_is_not_a_pass(bare: Estate, tmp_path: Path) -> None:
    bare.assessment = replace(bare.assessment, findings=())
    page = page_of(bare, "unasked.zip", tmp_path)
    assert page.section("questions").count("Unknown it was not put: nothing was read") == len(CONTROLS)
    assert "Nothing is open." in page.section("evidence")
    assert "Every question that was put has an answer." in page.section("unknown")


def test_regions_that_say_the_same_share_a_row(tmp_path: Path) -> None:
    from console.domain.evidence import GapReason  # noqa: PLC0415 - used once

    regions = ("eu-west-1", "eu-west-2", "us-east-1")
    listed = [(each, {"RegionName": each, "RegionOptStatus": "ENABLED"}) for each in regions]
    planned = {
        Step("organizations.account", MANAGEMENT, StepState.PENDING): [
            (MANAGEMENT.account_id, {"Id": MANAGEMENT.account_id, "Name": "a", "Status": "ACTIVE"})
        ],
        Step("account.region", MANAGEMENT): listed,
        **{
            Step("bedrock.data_retention", Scope(MANAGEMENT.account_id, each)): GapReason.DENIED
            for each in regions
        },
    }
    with make_store(tmp_path) as store:
        refresh_id = refresh(store, planned)
        page = page_of(Estate(store, tmp_path, refresh_id, judge(store, refresh_id)), "three.zip", tmp_path)
    said = page.section("unknown")
    assert "eu-west-1 (5), eu-west-2 (6), us-east-1 (7)" in said
    assert "3 scopes in 1 row;" in said


def test_a_long_answer_is_cut_in_the_report_and_whole_in_the_file(tmp_path: Path) -> None:
    long = "x" * 5_000
    planned = {
        Step("organizations.account", MANAGEMENT): [
            (MANAGEMENT.account_id, {"Id": MANAGEMENT.account_id, "Name": "a", "Status": "ACTIVE"})
        ],
        Step("account.region", MANAGEMENT): [
            ("eu-west-2", {"RegionName": "eu-west-2", "RegionOptStatus": "ENABLED"})
        ],
        Step("bedrock.data_retention", Scope(MANAGEMENT.account_id, "eu-west-2")): [
            ("data-retention", {"mode": "inherit", "pad": long})
        ],
    }
    with make_store(tmp_path) as store:
        refresh_id = refresh(store, planned)
        made = Made.of(Estate(store, tmp_path, refresh_id, judge(store, refresh_id)).export().path, tmp_path)
    report = made.files[f"{PAYLOAD}{layout.REPORT}"].decode()
    assert "the beginning; all of it is in the file" in report
    assert long not in report
    assert long.encode() in made.files[f"{EVIDENCE}111122223333/eu-west-2/bedrock.data_retention.jsonl"]


def test_it_can_be_read_by_headings_landmarks_and_table_headers_alone(page: Page) -> None:
    levels = [int(tag[1]) for tag in page.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.tags.count("main") == 1
    assert page.values("lang") == ["en-GB"]
    heads = page.tags.count("th")
    assert heads == len(page.values("scope")) > 20
    assert page.tags.count("title") == 1
    assert "What changed since the last pack" in page.section_titled("brief")


def test_the_first_page_comes_first_and_says_how_each_statement_stands(page: Page) -> None:
    said = page.section_titled("brief")
    assert page.text.index('<section id="brief"') < page.text.index('<section id="read">')
    assert "Of 39 statements that the department makes of its use of Amazon Bedrock" in page.said
    for title in ("contradicted", "unknown", "unevidenced"):
        assert title in said
    assert "never counted as being so" in said
