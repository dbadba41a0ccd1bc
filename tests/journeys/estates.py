"""The demo estate as a real process, and refreshes of it by a real child process."""

import json
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from console.base.clock import system_clock
from console.base.settings import AwsSettings, Settings
from console.domain.selection import EVERYTHING, Selection
from console.evidence.snapshot import StoredSnapshot
from console.evidence.store import Store
from console.services.child import Worker, worker_call, working
from console.services.job import Event, Job
from console.services.standin import Estate, started
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from sharing import measured, unmeasured

WHOLE, FEW, SEED = 12, 3, 7
"""Accounts of an estate with every planted failing, and of one that is read often."""
NOWHERE = Estate(endpoint="", management_account="", environment={})
"""In place of an estate that runs no more."""
SETTINGS = Settings(aws=AwsSettings(attempts=2, read_seconds=3.0, connect_seconds=5.0))


@dataclass(frozen=True)
class Desk:
    """A store beside a running estate."""

    estate: Estate
    job: Job

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Speak to the stand-in's control path."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.estate.endpoint}/_standin/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            said = answer.read()
        return json.loads(said) if said else None

    @contextmanager
    def worker(self, *, resume: bool = True, selection: Selection = EVERYTHING) -> Iterator[Worker]:
        """Start a refresh."""
        job = replace(self.job, resume=resume, selection=selection)
        with working(worker_call(job, self.estate.environment)) as worker:
            yield worker

    def refresh(self, *, resume: bool = True, selection: Selection = EVERYTHING) -> list[Event]:
        """Refresh to the end and return all that was said."""
        with self.worker(resume=resume, selection=selection) as worker:
            return list(worker.events())

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the store for reading."""
        with Store.open(self.job.store, self.job.key, clock=system_clock, read_only=True) as store:
            yield store

    @contextmanager
    def snapshot(self) -> Iterator[StoredSnapshot]:
        """Read the newest sealed refresh."""
        with self.store() as store:
            snapshot = store.snapshot()
            assert snapshot is not None
            yield snapshot


def new_desk(estate: Estate, folder: Path, settings: Settings = SETTINGS) -> Desk:
    """Make an empty store for refreshes of an estate."""
    folder.mkdir(parents=True, exist_ok=True)
    job = Job(
        store=folder / "evidence.db",
        key=StoreKey.generate(),
        signer=SigningKey.generate(),
        settings=settings,
        resume=True,
    )
    Store.create(job.store, job.key, signer=job.signer, clock=system_clock).close()
    return Desk(estate, job)


def keep_desk(desk: Desk, folder: Path) -> None:
    """Write down beside a store what opens it; its keys were made for a test."""
    (folder / "job.json").write_text(desk.job.line(), encoding="utf-8")


def kept_desk(folder: Path, estate: Estate = NOWHERE) -> Desk:
    """Return the desk of a folder that was kept, beside an estate."""
    job = Job.read((folder / "job.json").read_text(encoding="utf-8"))
    return Desk(estate, replace(job, store=folder / job.store.name))


@contextmanager
def an_estate(accounts: int) -> Iterator[Estate]:
    """Run the demo estate; only what is run against it is measured, for it ends by a signal."""
    with started(accounts=accounts, seed=SEED, environment=unmeasured(os.environ)) as estate:
        yield replace(estate, environment=measured(estate.environment))
