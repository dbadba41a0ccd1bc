"""Nothing is lost and nothing passes that should not, whatever befalls the program."""

import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign import disturbances, matrix
from campaign.attacks import Kept, RefreshingByDay, of_ingest, of_refresh, of_store
from campaign.conftest import IS_LONG, SEED, Record
from campaign.deletions import wage_deletions
from campaign.disturbances import Disturbed, disturb, usual
from campaign.kills import Attack, Tally, wage
from console.base.clock import system_clock
from console.evidence.store import Store
from console.services.standin import Estate
from journeys.estates import WHOLE, Desk, an_estate, new_desk
from journeys.test_logs import OF_LOGS, SHORT

pytestmark = [
    pytest.mark.timeout(7200 if IS_LONG else 180),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed and stopped as POSIX does"),
]
long_form = pytest.mark.nightly
KILLS = {
    "assessment": (1, 22),
    "pack export": (1, 26),
    "migration": (1, 30),
    "change of key": (1, 30),
    "change of passphrase": (1, 30),
    "window's passphrase": (1, 15),
    "first start": (1, 22),
    "backup": (1, 12),
    "refresh": (2, 50),
    "log ingest": (2, 20),
}
"""How many in the short form and in the long; a journey kills refreshes and readings of logs in every run."""
OF_ONE_WRITER = ("assessment", "pack export", "change of key", "change of passphrase")
DELETION_KILLS = (3, 15)
SHORT_KINDS = ("bedrock.guardrail", "iam.role", "s3.bucket_policy")


@pytest.fixture(scope="session")
def attacks(kept: Kept, judged: Kept, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Attack]:
    return {each.name: each for each in of_store(kept, judged, tmp_path_factory.mktemp("made"))}


def held(tally: Tally, record: Record) -> None:
    record.said["kills"][tally.name] = {"kills": tally.kills, "losses": tally.losses}
    assert tally.losses == []


@pytest.mark.parametrize(
    "name",
    [
        "pack export",
        "migration",
        "change of key",
        "change of passphrase",
        "first start",
        pytest.param("assessment", marks=long_form),
        pytest.param("backup", marks=long_form),
        pytest.param("window's passphrase", marks=long_form),
    ],
)
def test_killed_at_random_it_goes_on_to_the_same(
    attacks: dict[str, Attack], name: str, record: Record, tmp_path: Path
) -> None:
    kills = KILLS[name][IS_LONG]
    tally = wage(attacks[name], kills, SEED, tmp_path)
    assert tally.kills >= kills or tally.losses
    held(tally, record)


@long_form
def test_a_refresh_killed_at_random_goes_on_to_the_same(few: Estate, record: Record, tmp_path: Path) -> None:
    attack = of_refresh(lambda place: new_desk(few, place))
    held(wage(attack, KILLS["refresh"][IS_LONG], SEED, tmp_path), record)


@long_form
def test_a_reading_of_logs_killed_at_random_counts_once(record: Record, tmp_path: Path) -> None:
    with an_estate(WHOLE) as estate:
        desk = new_desk(estate, tmp_path / "read", SHORT)
        desk.refresh(selection=OF_LOGS)
        held(wage(of_ingest(desk), KILLS["log ingest"][IS_LONG], SEED, tmp_path / "trials"), record)


@long_form
def test_a_deletion_killed_at_random_repeats_no_step(record: Record, tmp_path: Path) -> None:
    held(wage_deletions(DELETION_KILLS[IS_LONG], SEED, tmp_path), record)


Hinder = Callable[[], Callable[..., str]]


def hindered(name: str, of: list[Attack], hinder: Hinder, times: int, record: Record, folder: Path) -> None:
    disturbed = Disturbed(name)
    for attack in of:
        expected = usual(attack, folder / "calm")
        for turn in range(times):
            disturb(attack, disturbed, folder / f"{attack.name} {turn}", hinder(), expected)
    record.said["disturbed"][name] = {"times": disturbed.times, "losses": disturbed.losses}
    assert disturbed.times
    assert disturbed.losses == []


def of(attacks: dict[str, Attack], short: str) -> list[Attack]:
    return list(attacks.values()) if IS_LONG else [attacks[each] for each in short.split(",")]


def test_a_full_disk_is_refused_and_what_was_there_stays(
    attacks: dict[str, Attack], record: Record, tmp_path: Path
) -> None:
    draw = random.Random(SEED)
    times = 4 if IS_LONG else 1
    hindered(
        "full disk", of(attacks, "pack export"), lambda: disturbances.full_disk(draw), times, record, tmp_path
    )


@pytest.mark.skipif(
    os.name != "posix" or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="root writes anywhere, and there is no setpriv to keep it from that",
)
def test_a_store_that_may_only_be_read_is_left_as_it_is(
    attacks: dict[str, Attack], record: Record, tmp_path: Path
) -> None:
    chosen = [each for each in of(attacks, "migration") if each.name != "first start"]
    hindered("read-only folder", chosen, lambda: disturbances.read_only, 1, record, tmp_path)


def test_a_second_writer_is_refused_and_reads(
    attacks: dict[str, Attack], record: Record, tmp_path: Path
) -> None:
    writers = [each for each in of(attacks, "assessment") if each.name in OF_ONE_WRITER]
    hindered("two windows", writers, lambda: disturbances.another_writer, 1, record, tmp_path)


@pytest.fixture
def refreshing(few: Estate) -> list[Attack]:
    return [of_refresh(lambda place: new_desk(few, place))]


@long_form
def test_a_refresh_on_a_full_disk_goes_on_when_there_is_room(
    refreshing: list[Attack], record: Record, tmp_path: Path
) -> None:
    draw = random.Random(SEED)
    hindered(
        "full disk in a refresh", refreshing, lambda: disturbances.full_disk_of(draw), 4, record, tmp_path
    )


@long_form
def test_a_refresh_that_slept_goes_on(
    refreshing: list[Attack], desk: Desk, record: Record, tmp_path: Path
) -> None:
    draw = random.Random(SEED)
    hindered("sleep and waking", refreshing, lambda: disturbances.asleep(draw, desk), 3, record, tmp_path)


@long_form
def test_a_clock_that_jumps_changes_no_verdict_and_leaves_no_gap(
    few: Estate, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshing = [of_refresh(lambda place: new_desk(few, place), RefreshingByDay)]
    draw = random.Random(SEED)
    hinder: Hinder = lambda: disturbances.clock_jumps(draw, monkeypatch)  # noqa: E731 - each time another
    hindered("clock set back and forward", refreshing, hinder, 3, record, tmp_path)


@long_form
def test_of_two_refreshes_one_is_refused(refreshing: list[Attack], record: Record, tmp_path: Path) -> None:
    hindered("two refreshes at once", refreshing, lambda: disturbances.two_refreshes, 2, record, tmp_path)


def test_every_fault_at_every_call_is_facts_or_a_gap_and_never_a_pass(
    whole: Estate, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in whole.environment.items():
        monkeypatch.setenv(name, value)
    desk = new_desk(whole, tmp_path)
    chosen = [each for each in matrix.COLLECTORS if IS_LONG or each.kind in SHORT_KINDS]
    wanted = matrix.with_needs(chosen)
    with Store.open(desk.job.store, desk.job.key, signer=desk.job.signer, clock=system_clock) as store:
        found = matrix.run_matrix(matrix.Bench(desk, store, wanted), chosen)
    record.said["faults"] = found.document()
    assert found.struck
    assert (found.silent, found.crashed, found.passes) == ([], [], [])
    assert not IS_LONG or found.untried == []
