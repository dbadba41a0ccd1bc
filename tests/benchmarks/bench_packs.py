"""Print how long a pack of ten thousand files takes to build and to verify, beside `sha256sum` over the same bytes.

`nox -s benchmarks -- packs [--files N]`. The floor is the stock tool reading every file once. Building hashes each
body, statement and file, writes, flushes and verifies what was written; verifying hashes every file and leaf again.
"""

import argparse
import resource
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from console.base.settings import PolicySettings
from console.domain.evidence import Fact
from console.domain.refresh import RefreshState, Step
from console.domain.scope import Scope
from console.evidence.store import Ended, Store
from console.reports.redaction_rules import Profile
from console.reports.verify import verify_pack
from console.reports.wish import Wanted
from console.services.assess import Assessment
from console.services.export import export_pack
from fakes import provenance
from unit.reports.estate import CONTROLS, NOW, SIGNER, make_store

_REGIONS = ("eu-west-2", "us-east-1")
_KINDS = 10
_FACTS = 5
_BATCH = 200
Made = TypeVar("Made")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=10_000)
    options = parser.parse_args()
    accounts = max(options.files // (len(_REGIONS) * _KINDS), 1)
    with TemporaryDirectory() as folder, make_store(Path(folder) / "store") as store:
        refresh_id = filled(store, accounts)
        found = store.snapshot(refresh_id)
        if found is None:
            raise LookupError(refresh_id)
        judged = Assessment(
            refresh=found.refresh, findings=(), assessed_at=found.refresh.finished_at, policy=PolicySettings()
        )
        for profile in Profile:
            to = Path(folder) / f"{profile}.zip"
            wanted = Wanted(profile=profile, organisation_name="Examples", with_pdf=False)
            built, pack = timed(
                lambda to=to, wanted=wanted: export_pack(
                    store, refresh_id, judged, CONTROLS, signer=SIGNER, to=to, wanted=wanted
                )
            )
            verified, found_out = timed(
                lambda to=to, pack=pack: verify_pack(to, allowed_signers=pack.allowed_signers)
            )
            if not found_out.verified:
                raise RuntimeError(found_out)
            print(f"packs: {profile}, {pack.files:,} files, {pack.bytes / 2**20:,.0f} MB")
            print(f"  build and verify   {built:6.1f} s")
            print(f"  verify             {verified:6.1f} s")
            print(
                f"  sha256sum -c       {floor(to, Path(folder) / str(profile)):6.1f} s over the same files, unpacked"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  most memory        {peak:6.0f} MB")


def filled(store: Store, accounts: int) -> int:
    """Store one refresh with a file for each account, Region and operation."""
    refresh_id = store.begin_refresh(caller=provenance().caller, botocore="1", tool_version="0")
    steps = [
        Step(f"bench.kind_{kind}", Scope(f"{account:012d}", region))
        for account in range(1, accounts + 1)
        for region in _REGIONS
        for kind in range(_KINDS)
    ]
    store.plan(refresh_id, steps)
    for at in range(0, len(steps), _BATCH):
        ended = [Ended(step=step, facts=tuple(facts(step))) for step in steps[at : at + _BATCH]]
        store.record_all(refresh_id, (), ended)
    store.seal(refresh_id, RefreshState.COMPLETE)
    return refresh_id


def facts(step: Step) -> list[Fact]:
    """Return a few things of some 700 bytes each, as AWS describes them."""
    where = step.scope
    said = provenance(f"{step.kind.replace('.', ':')}", observed_at=NOW.isoformat())
    return [
        Fact(
            kind=step.kind,
            key=f"arn:aws:bedrock:{where.region}:{where.account_id}:thing/{number}",
            scope=where,
            payload={
                "arn": f"arn:aws:bedrock:{where.region}:{where.account_id}:thing/{number}",
                "createdBy": f"arn:aws:sts::{where.account_id}:assumed-role/Analysts/person{number}@example.gov.uk",
                "settings": {f"setting{each}": f"value {each} of {number}" for each in range(12)},
            },
            provenance=said,
        )
        for number in range(_FACTS)
    ]


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Return how long some work took, and what it made."""
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def floor(pack: Path, folder: Path) -> float:
    """Return how long the stock tool takes over the unpacked files, once they are in memory."""
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    seconds, _ = timed(
        lambda: subprocess.run(
            ["sha256sum", "--quiet", "-c", "manifest-sha256.txt"], cwd=folder / "bag", check=True
        )
    )
    return seconds


if __name__ == "__main__":
    main()
