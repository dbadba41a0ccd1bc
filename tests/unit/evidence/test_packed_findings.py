"""Findings come back as they went in, packed as today or as before."""

import json
import zlib

from hypothesis import given
from hypothesis import strategies as some

from console.domain.finding import Finding, Severity, Verdict
from console.domain.scope import Scope
from console.evidence.packed_findings import packed_findings, unpacked_findings

TEXTS = some.text(some.characters(codec="utf-8"), max_size=30)
FINDINGS = some.lists(
    some.builds(
        Finding,
        control_id=some.sampled_from(["BR-LOG-001", "BR-NET-002"]),
        severity=some.sampled_from(Severity),
        subject=TEXTS,
        scope=some.builds(
            Scope, some.sampled_from(["111122223333", "444455556666"]), some.sampled_from(["eu-west-2"])
        ),
        verdict=some.sampled_from(Verdict),
        because=TEXTS,
        evidence=some.lists(some.integers(1, 2**53), max_size=4).map(tuple),
    ),
    max_size=30,
)


@given(FINDINGS)
def test_findings_come_back_as_they_went_in(findings: list[Finding]) -> None:
    assert unpacked_findings(packed_findings(findings)) == tuple(findings)


@given(FINDINGS)
def test_findings_of_an_earlier_version_are_read(findings: list[Finding]) -> None:
    rows = [
        [
            each.control_id,
            each.severity.value,
            each.subject,
            each.scope.account_id,
            each.scope.region,
            each.verdict.value,
            each.because,
            list(each.evidence),
        ]
        for each in findings
    ]
    assert unpacked_findings(zlib.compress(json.dumps(rows).encode())) == tuple(findings)
