"""Print how long refreshes take against the least they could, and what they add to the store.

`nox -s benchmarks -- refresh [--accounts N ...] [--latency MS]`. The least is the larger of two floors: calls x latency
/ threads, and calls x botocore's CPU for a call / cores. AWS is played by answers from memory, after the latency: the
stand-in makes each once, before anything is timed. What is timed is the whole worker: its start, reading, storing,
sealing and judging.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import botocore.session
from botocore.config import Config

from console.base.settings import AwsSettings, Settings
from console.services.standin import Estate, started
from journeys.estates import Desk, new_desk

_SAMPLE = 1000
"""Calls of the bare loop."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, nargs="+", default=[100, 400])
    parser.add_argument("--latency", type=float, default=30.0, help="milliseconds for each call")
    parser.add_argument("--threads", type=int, default=AwsSettings().threads)
    options = parser.parse_args()
    for accounts in options.accounts:
        with (
            started(accounts=accounts, seed=7, environment=os.environ) as estate,
            replaying(estate) as replay,
            TemporaryDirectory() as folder,
        ):
            measure(replay, Path(folder), accounts, options.latency, options.threads)


def measure(replay: "Replay", folder: Path, accounts: int, latency: float, threads: int) -> None:
    """Refresh twice and print."""
    settings = Settings(aws=AwsSettings(threads=threads))
    timed(new_desk(replay.estate, folder / "warm", settings), replay)
    desk = new_desk(replay.estate, folder / "measured", settings)
    replay.say(latency)
    first, calls, cpu = timed(desk, replay)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = stored(desk)
    second, _, _ = timed(desk, replay)
    grown = stored(desk) - size
    bare, each = bare_loop(replay.estate, threads)
    with desk.snapshot() as snapshot:
        steps = snapshot.steps()
    facts = sum(step.facts for step in steps)
    waiting = calls * latency / 1000 / threads
    cores = os.cpu_count() or 1
    working = calls * each / cores
    print(f"refresh of {accounts} accounts: {len(steps):,} scopes, {facts:,} facts, {calls:,} calls")
    print(f"  wall               {first:7.1f} s; {max(waiting, working) / first:.0%} of the floor")
    print(f"  floor of waiting   {waiting:7.1f} s = {calls:,} x {latency:g} ms / {threads} threads")
    print(
        f"  floor of working   {working:7.1f} s = {calls:,} x {each * 1000:.1f} ms of botocore / {cores} cores"
    )
    print(f"  bare loop          {bare * calls:7.1f} s: as many calls of one small operation, nothing kept")
    print(f"  worker's CPU       {cpu:7.1f} s = {cpu / calls * 1000:.1f} ms a call")
    print(f"  worker's memory    {memory:7.0f} MB at most")
    print(f"  second refresh     {second:7.1f} s, {grown / size:.1%} more bytes")
    print(f"  store              {size / 1e6:7.1f} MB, {size / facts:,.0f} bytes a fact")


@dataclass(frozen=True)
class Replay:
    """AWS, from memory."""

    estate: Estate

    def say(self, latency: float) -> int:
        """Set the latency; return how many calls there were since it was set before."""
        address = f"{self.estate.endpoint}/_replay/latency/{latency}"
        with urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=60) as answer:
            return int(answer.read())


@contextmanager
def replaying(estate: Estate) -> Iterator[Replay]:
    """Yield an AWS that asks the stand-in once for each answer."""
    server = Path(__file__).with_name("replay_server.py")
    command = [sys.executable, str(server), estate.endpoint.rpartition(":")[2]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise SystemExit("the server has no pipes")
        endpoint = f"http://127.0.0.1:{int(process.stdout.readline())}"
        environment = {**estate.environment, "AWS_ENDPOINT_URL": endpoint}
        yield Replay(replace(estate, endpoint=endpoint, environment=environment))
        process.stdin.close()


def timed(desk: Desk, replay: Replay) -> tuple[float, int, float]:
    """Refresh; return wall seconds, calls and the worker's CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started_at = time.perf_counter()
    events = desk.refresh()
    wall = time.perf_counter() - started_at
    if events[-1]["event"] != "ended":
        raise SystemExit(f"the refresh did not end: {events[-1]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, events_calls(events), cpu


def events_calls(events: list[dict[str, object]]) -> int:
    """Return how many calls a refresh told of."""
    return max(int(str(event["calls"])) for event in events if event["event"] == "progress")


def stored(desk: Desk) -> int:
    """Return the store's size, its log included."""
    return sum(path.stat().st_size for path in desk.job.store.parent.glob("evidence.db*"))


def bare_loop(estate: Estate, threads: int) -> tuple[float, float]:
    """Return wall and CPU seconds of one call of a bare client, among many."""
    session = botocore.session.get_session()
    client = session.create_client(
        "bedrock",
        region_name="eu-west-2",
        endpoint_url=estate.endpoint,
        aws_access_key_id=estate.environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=estate.environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=estate.environment.get("AWS_SESSION_TOKEN"),
        config=Config(max_pool_connections=threads),
    )
    client.list_guardrails()
    started_at, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(lambda _: client.list_guardrails(), range(_SAMPLE)):
            pass
    return (time.perf_counter() - started_at) / _SAMPLE, (time.process_time() - worked) / _SAMPLE


if __name__ == "__main__":
    main()
