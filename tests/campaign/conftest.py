"""The campaign's two forms: a short one in every run of the tests, and a long one which keeps what it measured."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import stores
from campaign.attacks import Kept
from console.base.clock import stamp, system_clock
from console.services.standin import Estate
from console.vault.storekey import StoreKey
from journeys.estates import FEW, WHOLE, Desk, an_estate, new_desk
from unit.reports.estate import SIGNER, counting, make_estate

IS_LONG = os.environ.get("CAMPAIGN_FORM") == "long"
SEED = int(os.environ.get("CAMPAIGN_SEED", "1"))


@dataclass
class Record:
    """What was measured in this run."""

    said: dict[str, Any] = field(default_factory=lambda: {"kills": {}, "disturbed": {}})

    def save(self) -> None:
        """Keep it, where it is wanted; what was not run this time stays as it was measured before."""
        name = os.environ.get("CAMPAIGN_RESULT")
        if not name:
            return
        file = Path(name)
        held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        said: dict[str, Any] = {"seed": SEED, "measured": stamp(system_clock())[:10]}
        for part in ("kills", "disturbed"):
            said[part] = {**held.get(part, {}), **self.said[part]}
        if "remark" in held and held["kills"].keys() - self.said["kills"].keys():
            said["remark"] = held["remark"]
        said["faults"] = self.said.get("faults", held.get("faults"))
        file.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def record() -> Iterator[Record]:
    made = Record()
    yield made
    made.save()


@pytest.fixture(scope="session")
def few() -> Iterator[Estate]:
    with an_estate(FEW) as estate:
        yield estate


@pytest.fixture(scope="session")
def whole() -> Iterator[Estate]:
    with an_estate(WHOLE if IS_LONG else 2) as estate:
        yield estate


@pytest.fixture(scope="session")
def desk(few: Estate, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose department was read."""
    made = new_desk(few, tmp_path_factory.mktemp("read"))
    made.refresh()
    return made


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A store with a small refresh made by hand."""
    folder = tmp_path_factory.mktemp("small")
    make_estate(folder).store.close()
    return settled(Kept(folder / "evidence.db", StoreKey.generate(counting()), SIGNER))


@pytest.fixture(scope="session")
def judged(request: pytest.FixtureRequest, kept: Kept) -> Kept:
    """A store with a judged refresh: of a department in the long form, the small one in the short."""
    if not IS_LONG:
        return kept
    job = request.getfixturevalue("desk").job
    return settled(Kept(job.store, job.key, job.signer))


def settled(kept: Kept) -> Kept:
    """Bring all of a store into its one file, to be copied."""
    stores.sql(kept.store, "PRAGMA wal_checkpoint(TRUNCATE)", key=kept.key)
    return kept
