"""A day of really signed digests, spoilt in one way each; whatever was done to it, it never passes."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.controls.digest_addresses import address_of
from console.controls.digest_days import Judged, judge_digests
from console.domain.evidence import Fact, Gap
from console.domain.finding import Verdict
from fakes import LONDON, fact, gap
from unit.controls.digests_made import (
    ACCOUNT,
    ARN,
    HOURS,
    KEY,
    MIDNIGHT,
    PRINT,
    address,
    again,
    facts,
    series,
    status,
    trail,
)

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "s3.cloudtrail_digest"
DAY = series(HOURS)
hours = st.integers(min_value=0, max_value=23)


def judge(
    payloads: list[dict[str, Any]],
    *,
    at: str = "",
    missed: tuple[Gap, ...] = (),
    keys: tuple[Fact, ...] = (KEY,),
    **said: Any,
) -> Judged:
    return judge_digests(trail(), status(**said), facts(payloads, at), missed, keys)


def one_missed(key: str) -> Gap:
    return replace(gap(KIND, sequence=7), key=key)


def test_a_whole_day_passes_and_says_how_much_it_covers() -> None:
    found = judge(DAY)
    assert (found.verdict, found.day, len(found.parts)) == (PASS, "22 November 2026", 24)
    assert found.because == (
        "24 digests of 22 November 2026, over 24 log files: each is what CloudTrail signed, over the one before, and"
        " none is missing"
    )
    assert [each.sequence for each in found.evidence] == [*range(100, 124), 90]
    assert {each.words for each in found.parts} == {""}


@settings(max_examples=150, deadline=None)
@given(
    number=hours, place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7), data=st.data()
)
def test_any_one_digest_changed_in_one_byte_never_passes(
    number: int, place: int, bit: int, data: st.DataObject
) -> None:
    member = data.draw(st.sampled_from(("Content", "Signature", "Key")))
    said = DAY[number][member].encode()
    at = place % len(said)
    changed = said[:at] + bytes([said[at] ^ (1 << bit)]) + said[at + 1 :]
    value = changed.decode("utf-8", "replace")
    if member == "Signature" and value.lower() == DAY[number][member]:
        return  # hexadecimal in capitals is the same signature
    found = judge([*DAY[:number], {**DAY[number], member: value}, *DAY[number + 1 :]])
    assert found.verdict in (FAIL, UNKNOWN)


@given(gone=st.sets(hours, min_size=1))
@settings(max_examples=60, deadline=None)
def test_whichever_are_taken_out_the_day_fails(gone: set[int]) -> None:
    assert judge([each for number, each in enumerate(DAY) if number not in gone]).verdict is FAIL


@given(one=hours, other=hours)
@settings(max_examples=60, deadline=None)
def test_two_that_were_swapped_fail(one: int, other: int) -> None:
    spoilt = list(DAY)
    for here, there in ((one, other), (other, one)):
        spoilt[here] = {**DAY[there], "Key": DAY[here]["Key"]}
    assert judge(spoilt).verdict is (PASS if one == other else FAIL)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Content": ""}, "the one of 03:59 UTC is no digest of CloudTrail's"),
        ({"Signature": "zz"}, "the one of 03:59 UTC is not what CloudTrail signed"),
        ({"Signature": ""}, "the one of 03:59 UTC is not what CloudTrail signed"),
        ({"Content": "[" * 100_000}, "is no digest"),
        ({"Bucket": "elsewhere"}, "was written to another place than where it lies"),
        (
            {"Content": DAY[2]["Content"], "Signature": DAY[2]["Signature"]},
            "another place than where it lies",
        ),
    ],
)
def test_one_that_was_changed_is_named_by_its_hour(change: dict[str, Any], said: str) -> None:
    found = judge([*DAY[:3], {**DAY[3], **change}, *DAY[4:]])
    assert found.verdict is FAIL
    assert found.because.startswith(
        "24 digests of 22 November 2026 read, 23 as CloudTrail signed them, over 23 log files; "
    )
    assert said in found.because
    assert [each.key for each in found.parts if each.words] == [DAY[3]["Key"]]


def test_one_that_was_signed_anew_is_not_the_one_over_which_the_next_was_signed() -> None:
    found = judge([*DAY[:3], again(DAY[3], logFiles=[]), *DAY[4:]])
    assert found.verdict is FAIL
    assert "03:59 UTC is not the one over which the next was signed" in found.because


def test_one_that_was_taken_out_is_named_and_many_are_counted() -> None:
    found = judge([*DAY[:3], *DAY[4:]])
    assert "the one of 03:59 UTC, which the next names, was taken out" in found.because
    assert [each.words for each in found.parts if each.words] == [found.because.partition("; ")[2]]
    many = judge(DAY[::3])
    assert many.because.endswith("; and 5 more")


def test_the_end_of_the_day_is_due_two_hours_late() -> None:
    short = DAY[:20]
    assert judge(short).verdict is FAIL
    assert "none follows the one of 19:59 UTC" in judge(short).because
    said = judge(short, LatestDigestDeliveryError="AccessDenied").because
    assert said.endswith("CloudTrail says that it could not deliver its last digest: AccessDenied")
    early = judge(DAY[:23], at="2026-11-23T01:58:59.000Z")
    assert early.verdict is UNKNOWN
    assert "not yet due" in early.because
    assert judge(DAY[:23], at="2026-11-23T01:59:00.000Z").verdict is FAIL
    assert judge(DAY, at="2026-11-23T00:00:30.000Z").verdict is PASS
    assert judge([*DAY[:3], *DAY[4:23]], at="2026-11-23T01:00:00.000Z").verdict is FAIL


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"StartLoggingTime": "2026-11-22T09:30:00Z"}, PASS),
        ({"StartLoggingTime": "2026-11-22T09:30:00Z", "StopLoggingTime": "2026-11-20T09:30:00Z"}, PASS),
        ({"StartLoggingTime": "2026-11-22T09:30:00Z", "StopLoggingTime": "2026-11-22T02:00:00Z"}, FAIL),
        ({"StartLoggingTime": "2026-11-22T03:30:00Z"}, FAIL),
        ({"StartLoggingTime": "2026-11-22T12:30:00Z"}, FAIL),
        ({"StartLoggingTime": None}, FAIL),
        ({}, FAIL),
    ],
)
def test_a_series_that_begins_in_the_day_is_explained_by_its_trail_alone(
    said: dict[str, Any], verdict: Verdict
) -> None:
    found = judge(series(HOURS[9:], begins=True), **said)
    assert found.verdict is verdict
    assert ("logging or file validation had been switched off" in found.because) is (verdict is FAIL)


def test_a_second_series_of_a_day_is_never_explained() -> None:
    twice = [*series(HOURS[:5]), *series(HOURS[8:], begins=True)]
    found = judge(twice, StartLoggingTime="2026-11-22T08:30:00Z")
    assert found.verdict is FAIL
    assert "a new series begins with the one of 08:59 UTC" in found.because


def test_a_series_that_began_late_on_the_day_before_is_explained() -> None:
    assert judge(series(HOURS, begins=True), StartLoggingTime="2026-11-21T23:50:00Z").verdict is PASS


@pytest.mark.parametrize(
    ("said", "verdict", "words"),
    [
        ({}, FAIL, "though it has been logging since 09:00 UTC on 1 February 2024: they were taken out"),
        ({"StartLoggingTime": "2026-11-22T20:00:00Z"}, FAIL, "20:00 UTC on 22 November"),
        ({"StartLoggingTime": "2026-11-22T21:30:00Z"}, UNKNOWN, "a part of that day at most"),
        ({"StartLoggingTime": "2026-11-23T08:00:00Z"}, NOT, "there is no whole day yet"),
        (
            {"StartLoggingTime": "2026-11-23T08:00:00Z", "StopLoggingTime": "2026-11-23T07:00:00Z"},
            UNKNOWN,
            "a part of that day",
        ),
        ({"StartLoggingTime": None}, UNKNOWN, "does not say since when"),
        ({"LatestDigestDeliveryError": "NoSuchBucket"}, FAIL, "NoSuchBucket"),
    ],
)
def test_no_digest_at_all_is_held_to_when_logging_began(
    said: dict[str, Any], verdict: Verdict, words: str
) -> None:
    found = judge([], **said)
    assert found.verdict is verdict
    assert words in found.because


def test_one_that_could_not_be_read_was_not_taken_out() -> None:
    missed = (one_missed(DAY[3]["Key"]), one_missed(address(HOURS[3], name="other")))
    found = judge([*DAY[:3], *DAY[4:]], missed=missed)
    assert found.verdict is UNKNOWN
    assert found.because.endswith("the one of 03:59 UTC could not be read: denied")
    assert missed[0] in found.evidence
    assert missed[1] not in found.evidence
    both = judge([*DAY[:3], *DAY[4:10], *DAY[11:]], missed=missed)
    assert both.verdict is FAIL


def test_where_nothing_was_read_a_gap_of_whatever_is_why() -> None:
    found = judge([], missed=(one_missed("what s3.bucket says"), one_missed(ARN.replace("/t", "/u"))))
    assert (found.verdict, found.because.endswith("what s3.bucket says could not be read: denied")) == (
        UNKNOWN,
        True,
    )
    assert judge(DAY, missed=(one_missed("what s3.bucket says"),)).verdict is PASS


@pytest.mark.parametrize(
    "keys", [(), (replace(KEY, payload={"Value": "?"}),), (replace(KEY, payload={"Value": "AAAA"}),)]
)
def test_without_a_key_nothing_is_known(keys: tuple[Fact, ...]) -> None:
    found = judge(DAY, keys=keys)
    assert found.verdict is UNKNOWN
    assert "the public key of the one of 00:59 UTC was not read" in found.because


def test_a_digest_that_names_a_key_nobody_has_is_caught_by_the_next() -> None:
    content = DAY[3]["Content"].replace(PRINT, "0b" * 16)
    found = judge([*DAY[:3], {**DAY[3], "Content": content}, *DAY[4:]])
    assert found.verdict is FAIL
    assert "not the one over which the next was signed" in found.because


def test_a_bucket_that_was_changed_within_the_day_leaves_the_hours_before_open() -> None:
    rest = series(HOURS[9:])
    moved = again(rest[0], previousDigestS3Bucket="before")
    found = judge([moved, *_over(moved, HOURS[10:])])
    assert found.verdict is UNKNOWN
    assert "the one before the one of 09:59 UTC went to another place" in found.because
    nowhere = again(rest[0], previousDigestS3Object="nowhere")
    assert judge([nowhere, *_over(nowhere, HOURS[10:])]).verdict is UNKNOWN


def _over(first: dict[str, Any], ends: list[Any]) -> list[dict[str, Any]]:
    """Return a series over a digest that is given."""
    import hashlib  # noqa: PLC0415 - one use

    made = [first]
    for plain in series(ends):
        made.append(
            again(
                plain,
                previousDigestS3Object=made[-1]["Key"],
                previousDigestHashValue=hashlib.sha256(made[-1]["Content"].encode()).hexdigest(),
                previousDigestSignature=made[-1]["Signature"],
            )
        )
    return made[1:]


def test_digests_made_up_for_later_are_no_hours_of_the_day() -> None:
    late = series([HOURS[4], HOURS[6]], begins=True, suffix="_backfill")
    found = judge([*DAY, *late])
    assert found.verdict is PASS
    assert found.because.startswith("26 digests")
    spoilt = judge([*DAY, {**late[0], "Signature": "00"}, late[1]])
    assert spoilt.verdict is FAIL
    assert "the belated one of 04:59 UTC is not what CloudTrail signed" in spoilt.because
    assert judge(late).verdict is FAIL
    assert "no hourly digest" in judge(late).because
    assert judge([*DAY, late[1]]).verdict is FAIL


@pytest.mark.parametrize(
    ("payload", "state", "verdict", "words"),
    [
        ({"HomeRegion": "eu-west-1"}, {}, NOT, "another Region"),
        ({"LogFileValidationEnabled": False}, {}, NOT, "not validated"),
        ({"LogFileValidationEnabled": None}, None, NOT, "not validated"),
        ({}, {"IsLogging": False}, NOT, "not logging"),
        ({}, {"IsLogging": None}, UNKNOWN, "does not say"),
        ({}, None, UNKNOWN, "was not read"),
    ],
)
def test_a_trail_that_writes_none_here_is_not_judged(
    payload: dict[str, Any], state: dict[str, Any] | None, verdict: Verdict, words: str
) -> None:
    said = None if state is None else status(**state)
    found = judge_digests(trail(**payload), said, facts(DAY), (), (KEY,))
    assert (found.verdict, words in found.because, found.evidence) == (verdict, True, ())


def test_an_organisations_trail_is_judged_where_it_belongs() -> None:
    arn = ARN.replace(ACCOUNT, "999900001111")
    shown = fact("cloudtrail.trail", arn, {**trail().payload, "IsOrganizationTrail": True}, LONDON, 1)
    found = judge_digests(shown, status(), [], (), (KEY,))
    assert (found.verdict, "999900001111" in found.because) == (UNKNOWN, True)
    own = judge_digests(trail(IsOrganizationTrail=True), status(), facts(DAY), (), (KEY,))
    assert (own.verdict, "other accounts no digest is read" in own.because) == (UNKNOWN, True)
    spoilt = judge_digests(trail(IsOrganizationTrail=True), status(), facts([*DAY[:3], *DAY[4:]]), (), (KEY,))
    assert spoilt.verdict is FAIL


@pytest.mark.parametrize(
    "key",
    [
        "k",
        address(MIDNIGHT).replace("CloudTrail-Digest/", "Other/"),
        address(MIDNIGHT).replace("/22/", "/23/"),
        address(MIDNIGHT).replace("2026/11/22", "2026/11/31").replace("20261122", "20261131"),
        address(MIDNIGHT) + ".bak",
    ],
)
def test_what_is_no_address_of_a_digest_is_none(key: str) -> None:
    assert address_of(key) is None
    assert judge([{**DAY[0], "Key": key}]).verdict is FAIL  # there is none of the day


def test_one_log_file_is_one() -> None:
    only = series(HOURS[23:], begins=True)
    found = judge(only, StartLoggingTime="2026-11-22T23:30:00Z")
    assert found.because.startswith("1 digest of 22 November 2026, over 1 log file: ")
    assert json.loads(only[0]["Content"])["logFiles"]
    assert HOURS[23] + timedelta(hours=1) >= MIDNIGHT + timedelta(days=1)
