"""The invented department: the same every time, of any size, whole, and never what AWS does not have."""

import http.client
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from console.demo.department.build import build_estate
from console.demo.department.plan import FAMILIES
from console.demo.estate import Estate, load
from console.services.assess import discover_controls
from standin_process import RunningStandIn, running_standin


@pytest.fixture(scope="module")
def estate() -> Estate:
    return build_estate(12, 7)


def test_the_same_seed_gives_the_same_bytes(estate: Estate) -> None:
    assert build_estate(12, 7).dump() == estate.dump()
    assert build_estate(12, 8).dump() != estate.dump()


def test_another_process_plants_the_same(estate: Estate) -> None:
    command = [sys.executable, "-m", "console.demo", "planted", "--accounts", "12", "--seed", "7"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert said == {"failings": estate.failings, "denied": estate.denied}


@pytest.mark.parametrize("size", [2, 3, 4, 5, 8, 12, 40])
def test_a_department_of_any_size_has_that_many_accounts(size: int) -> None:
    made = build_estate(size, 7)
    assert len(made.organisation.accounts) == len(made.accounts) == size
    assert len({each["Id"] for each in made.organisation.accounts}) == size
    placed = [each["Id"] for children in made.organisation.children.values() for each in children]
    assert set(made.accounts) <= set(placed)
    assert len(placed) == len(set(placed))


def test_a_department_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        build_estate(1, 7)


def test_every_flaw_is_planted_and_every_control_has_a_failing(estate: Estate) -> None:
    planted = {each["control"] for each in estate.failings}
    assert {control.id for control in discover_controls()} - planted == {"BR-MDL-001", "BR-MDL-003"}
    assert len(estate.failings) > sum(len(family) for family in FAMILIES)


def test_failings_grow_with_the_department(estate: Estate) -> None:
    large = build_estate(120, 7)
    counted = {each["control"]: 0 for each in estate.failings}
    for each in large.failings:
        counted[each["control"]] += 1
    of_management = {"BR-RES-004", "BR-TRL-003"}  # what the root's policies stop everywhere else
    of_management |= {"BR-ART-001", "BR-TRL-006"}  # what there is once for all accounts
    assert {counted.pop(control) for control in of_management} == {1}
    del counted["BR-POL-001"]  # there is one workshop, in which models are shared
    assert min(counted.values()) >= 8
    assert len(large.denied) == len(estate.denied)


def test_one_name_tries_to_break_whoever_shows_it(estate: Estate) -> None:
    (name,) = [each["Name"] for each in estate.organisation.accounts if each["Name"].startswith("=")]
    assert "<b>" in name
    assert chr(0x202E) in name
    assert len(name) <= 50


def test_one_account_is_suspended(estate: Estate) -> None:
    assert [each["Status"] for each in estate.organisation.accounts].count("SUSPENDED") == 1


def test_a_saved_estate_is_the_same_when_loaded(estate: Estate) -> None:
    assert load(estate.dump()) == estate
    with pytest.raises(ValueError, match="format"):
        load(b'{"format": 0}')


def test_it_serves_what_it_saved(tmp_path: Path) -> None:
    file = tmp_path / "estate.json"
    with running_standin(accounts=4, seed=3, save=file) as first:
        accounts = first.accounts()
    with running_standin(load=file) as second:
        assert second.accounts() == accounts
        assert second.keys == first.keys


def spoilt(folder: Path, change: dict[str, Any]) -> Path:
    """Save an estate whose retention mode in London says something else."""
    document = json.loads(build_estate(3, 7).dump())
    for account in document["accounts"].values():
        account["regions"]["eu-west-2"]["retention"] = change
    file = folder / "estate.json"
    file.write_text(json.dumps(document))
    return file


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"mode": "none", "colour": "red"}, "has colour, which AWS does not know"),
        ({"updatedAt": "2026-01-01T00:00:00Z"}, "lacks mode, which AWS always gives"),
        ({"mode": "perhaps"}, "'perhaps', which AWS does not enumerate"),
        ({"mode": 5}, "is int, not string"),
    ],
)
def test_an_answer_that_aws_could_not_give_is_an_error(
    tmp_path: Path, change: dict[str, Any], why: str
) -> None:
    with (
        running_standin(load=spoilt(tmp_path, change)) as standin,
        pytest.raises(ClientError, match=why) as refused,
    ):
        standin.client("bedrock").get_account_data_retention()
    said = refused.value.response
    assert (said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]) == ("StandInBug", 500)


def test_it_ends_with_the_process_that_started_it() -> None:
    command = [sys.executable, "-m", "console.demo", "serve", "--accounts", "2", "--until-stdin-closes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert json.loads(process.stdout.readline())["endpoint"].startswith("http://127.0.0.1:")
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_one_connection_carries_many_requests(standin: RunningStandIn) -> None:
    connection = http.client.HTTPConnection(standin.endpoint.removeprefix("http://"), timeout=5)
    connection.connect()
    own = connection.sock.getsockname()
    for _ in range(3):
        connection.request("GET", "/_standin/requests")
        assert connection.getresponse().read()
        assert connection.sock.getsockname() == own
    connection.close()
