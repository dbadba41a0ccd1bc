"""Print how long a refresh of 100 accounts takes against the least it could: calls x latency / threads.

`nox -s benchmarks -- refresh [--accounts N] [--latency MS]`. The stand-in shares this machine's cores with the
worker, as AWS would not. The bare loop beside it shows what as many calls cost with nothing collected or kept.
"""

import argparse
import os
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import botocore.session
from botocore.config import Config

from console.base.settings import AwsSettings, Settings
from console.services.standin import Estate, started
from journeys.estates import Desk, new_desk


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--latency", type=float, default=30.0, help="milliseconds for each call")
    options = parser.parse_args()
    threads = AwsSettings().threads
    with (
        started(accounts=options.accounts, seed=7, environment=os.environ) as estate,
        TemporaryDirectory() as folder,
    ):
        desk = new_desk(estate, Path(folder), Settings())
        desk.control("POST", "latency", {"ms": options.latency})
        first, calls, cpu = timed(desk)
        size = stored(desk)
        second, _, _ = timed(desk)
        grown = stored(desk) - size
        bare = bare_loop(estate, calls, threads)
        with desk.snapshot() as snapshot:
            steps = snapshot.steps()
            facts = sum(step.facts for step in steps)
        floor = calls * options.latency / 1000 / threads
        print(
            f"refresh of {options.accounts} accounts: {len(steps):,} scopes, {facts:,} facts, {calls:,} calls"
        )
        print(f"  wall               {first:7.1f} s")
        least = f"{calls:,} x {options.latency:g} ms / {threads} threads"
        print(f"  latency floor      {floor:7.1f} s = {least}; {floor / first:.0%} of it reached")
        print(
            f"  bare loop          {bare:7.1f} s: as many calls of one operation, nothing kept; {bare / first:.0%}"
        )
        print(f"  worker's CPU       {cpu:7.1f} s = {cpu / calls * 1000:.1f} ms a call")
        print(f"  second refresh     {second:7.1f} s, {grown / size:.1%} more bytes")
        print(f"  store              {size / 1e6:7.1f} MB, {size / facts:,.0f} bytes a fact")


def timed(desk: Desk) -> tuple[float, int, float]:
    """Refresh; return wall seconds, calls and the worker's CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    desk.control("DELETE", "requests")
    started_at = time.perf_counter()
    events = desk.refresh()
    wall = time.perf_counter() - started_at
    if events[-1]["event"] != "ended":
        raise SystemExit(f"the refresh did not end: {events[-1]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, len(desk.control("GET", "requests")), cpu


def stored(desk: Desk) -> int:
    """Return the store's size, its log included."""
    return sum(path.stat().st_size for path in desk.job.store.parent.glob("evidence.db*"))


def bare_loop(estate: Estate, calls: int, threads: int) -> float:
    """Return how long as many calls take with one bare client."""
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
    started_at = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(lambda _: client.get_account_data_retention(), range(calls)):
            pass
    return time.perf_counter() - started_at


if __name__ == "__main__":
    main()
