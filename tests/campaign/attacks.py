"""What is killed: each thing that writes, with what must be as it was when it goes on."""

import dataclasses
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import stores
from campaign.deeds import CHEAP, NEW_PASSPHRASE, PASSPHRASE, Forked, opened, started
from campaign.kills import Attack
from console.base.settings import Settings
from console.bootstrap import Parts
from console.domain.deed import DeedKind
from console.domain.refresh import RefreshState
from console.evidence.engine import connect
from console.evidence.maintenance import check, fitting_key
from console.evidence.migrate import revision_of
from console.reports.verify import verify_pack
from console.services.child import WorkerCall, log_call, worker_call
from console.vault import keystore
from console.vault.keystore import StoreKeys
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from console.vault.unlocking import check_passphrase, set_passphrase
from console.vault.wrapping import WrongPassphraseError
from journeys.estates import Desk
from journeys.test_logs import read, sums

TESTS = Path(__file__).parents[1]
FIXTURE = TESTS / "fixtures" / "evidence_0001.db"
START = f"import sys; sys.path[:0] = [{str(TESTS)!r}]; from campaign.deeds import main; main()"
KEYLESS = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@dataclass(frozen=True)
class Kept:
    """A store and its keys, to be copied for each trial."""

    store: Path
    key: StoreKey
    signer: SigningKey

    def copied(self, folder: Path) -> "Kept":
        """Return a copy, with the keys' file if it has one."""
        for file in self.store.parent.glob(f"{self.store.name}*"):
            if not file.name.endswith((".lock", "-wal", "-shm")):
                shutil.copyfile(file, folder / file.name)
        return replace(self, store=folder / self.store.name)

    def parts(self, key: StoreKey | None = None) -> Parts:
        """Open it as the window does."""
        keys = StoreKeys(key or self.key, self.signer)
        return Parts(store_path=self.store, settings=Settings(), keys=keys, environment={})


def unsound(store: Path, key: StoreKey) -> list[str]:
    """Say what a full check of a store finds, its signatures among it; a store that cannot be opened raises."""
    report = check(store, key, full=True)
    return [f"{each.name}: {each.detail}" for each in report.checks if not each.passed]


@dataclass
class DeedTrial:
    """A deed of `deeds.py`, on a copy of a store."""

    deed: str
    kept: Kept
    more: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    """A command that starts the child, in place of copying this process."""

    def child(self, trap: int, said: Path) -> "subprocess.Popen[str] | Forked":
        """Start the deed."""
        told = {
            "deed": self.deed,
            "store": str(self.kept.store),
            "key": self.kept.key.hex(),
            "signing": self.kept.signer.raw.hex(),
            "trap": str(trap),
            **self.more,
        }
        if not self.before:
            return Forked(told, said)
        with said.open("w") as stream:
            child = subprocess.Popen(
                [*self.before, sys.executable, "-c", START],
                stdin=subprocess.PIPE,
                stdout=stream,
                stderr=subprocess.STDOUT,
                text=True,
                env=KEYLESS,
            )
        assert child.stdin
        child.stdin.write(json.dumps(told) + "\n")
        child.stdin.close()
        return child

    def problems(self) -> list[str]:
        """Check the whole store."""
        return unsound(self.kept.store, self.kept.key)

    def outcome(self) -> object:
        """Do the deed once more, undisturbed, and look."""
        self.again()
        return [self.problems(), self.found(), debris(self.kept.store.parent)]

    def once(self) -> tuple[int, str]:
        """Do the deed once, as it can be done, and return the exit code and the last words."""
        said = self.kept.store.parent / "once"
        code = self.child(0, said).wait(120)
        return code, said.read_text().strip().splitlines()[-1]

    def again(self) -> None:
        """Do the deed, as whoever tries again would."""
        whole = {name: value for name, value in self.more.items() if name != "most"}
        code, last = replace(self, before=(), more=whole).once()
        assert code == 0, last

    def found(self) -> object:
        """Return what there is to compare."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is held."""


def debris(folder: Path) -> list[str]:
    """Return the files that nobody asked for: half of something, under a name of its own."""
    return sorted(each.name for each in folder.iterdir() if each.suffix in (".part", ".new", ".tmp"))


class Judging(DeedTrial):
    """Assessment: equal verdicts, whole or not there."""

    def found(self) -> object:
        """Return what was concluded."""
        with stores.reopened(self.kept.store, self.kept.key, read_only=True) as store:
            newest = store.refreshes()[-1].id
            kept = store.assessment(newest)
            assert kept is not None
            return [newest, sorted(map(str, kept.findings))]


class Packing(DeedTrial):
    """Export: the pack is whole, verifies, has the same id and stands in the register, or is not there."""

    @property
    def pack(self) -> Path:
        """Where it goes."""
        return Path(self.more["to"])

    def problems(self) -> list[str]:
        """Hold what is there to its verification and to the register."""
        found = super().problems()
        if self.pack.exists():
            signers = self.pack.with_suffix(".allowed_signers")
            if not verify_pack(self.pack, allowed_signers=signers).verified:
                found.append("there is a pack that does not verify")
            if not self.registered():
                found.append("there is a pack that is not in the register")
        return found

    def registered(self) -> set[str]:
        """Return the ids that the register has."""
        with stores.reopened(self.kept.store, self.kept.key, read_only=True) as store:
            return {str(each.body["pack"]) for each in store.deeds() if each.kind is DeedKind.PACK}

    def again(self) -> None:
        """Make the pack unless it is there."""
        if not self.pack.exists():
            super().again()

    def found(self) -> object:
        """Return the pack's bytes, as a hash, and the register."""
        return [hashlib.sha256(self.pack.read_bytes()).hexdigest(), sorted(self.registered())]


class Migrating(DeedTrial):
    """A store of the first schema, opened by this version."""

    def problems(self) -> list[str]:
        """Hold every backup to its name; the store itself may be of any schema between."""
        connect(self.kept.store, self.kept.key, read_only=True).close()
        return [each for file in self.kept.store.parent.glob("*.bak") for each in self._wrong(file)]

    def _wrong(self, backup: Path) -> list[str]:
        try:
            connection = connect(backup, self.kept.key, read_only=True)
            revision = revision_of(connection, backup)
            damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            connection.close()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it
            return [f"{backup.name} is no backup: {error!r}"]
        named = backup.name.split(".")[2].partition("-")[0]
        return [f"{backup.name} holds {revision}"] if damaged or revision != named else []

    def found(self) -> object:
        """Return what the store holds."""
        with stores.reopened(self.kept.store, self.kept.key, read_only=True) as store:
            roots = [(each.id, each.state.value, each.content_root) for each in store.refreshes()]
            notes = [each.note for each in store.checkpoints()]
        return [unsound(self.kept.store, self.kept.key), roots, notes]


class Rekeying(DeedTrial):
    """A change of key: the store opens with a key that is kept, whenever the change was broken off."""

    def keys(self) -> StoreKeys:
        """Return what is kept, found with the passphrase alone."""
        return keystore.load_keys(self.kept.store, backend=None, passphrase=lambda: PASSPHRASE).keys

    def problems(self) -> list[str]:
        """Find the key that fits, and check with it."""
        return unsound(self.kept.store, fitting_key(self.kept.store, self.keys().candidates))

    def found(self) -> object:
        """Return what the store holds, and whether the new key is the one key."""
        keys = self.keys()
        with stores.reopened(self.kept.store, keys.key, read_only=True) as store:
            roots = [each.content_root for each in store.refreshes()]
        return [keys.key.hex() == self.more["new"], keys.pending, roots]


class ChangingPassphrase(Rekeying):
    """Another passphrase: the store opens with the old one or the new, and its keys are the ones it had."""

    def keys(self) -> StoreKeys:
        """Return what is kept; raise if neither passphrase opens it."""
        return opened(self.kept.store).keys

    def problems(self) -> list[str]:
        """Hold the keys to the ones that were, and check with them."""
        same = self.keys() == StoreKeys(self.kept.key, self.kept.signer)
        return super().problems() + ([] if same else ["other keys are kept"])

    def found(self) -> object:
        """Return what the store holds, and whether it opens with the new passphrase and no more with the old."""
        keys = keystore.load_keys(self.kept.store, backend=None, passphrase=lambda: NEW_PASSPHRASE).keys
        with stores.reopened(self.kept.store, keys.key, read_only=True) as store:
            roots = [each.content_root for each in store.refreshes()]
        return [keys == StoreKeys(self.kept.key, self.kept.signer), self.refuses(PASSPHRASE), roots]

    def refuses(self, passphrase: str) -> bool:
        """Tell whether a passphrase opens nothing."""
        try:
            keystore.load_keys(self.kept.store, backend=None, passphrase=lambda: passphrase)
        except WrongPassphraseError:
            return True
        return False


class ChangingWindow(DeedTrial):
    """Another passphrase of the window: it opens to the old one or the new."""

    def opens_to(self, passphrase: str) -> bool:
        """Tell whether the window opens to a passphrase."""
        try:
            check_passphrase(self.kept.store, lambda: passphrase)
        except WrongPassphraseError:
            return False
        return True

    def problems(self) -> list[str]:
        """Check the store, and that the window opens to one of the two."""
        fitting = [self.opens_to(each) for each in (PASSPHRASE, NEW_PASSPHRASE)]
        return super().problems() + ([] if fitting.count(True) == 1 else [f"it opens to {fitting}"])

    def found(self) -> object:
        """Return to what it opens."""
        return [self.opens_to(PASSPHRASE), self.opens_to(NEW_PASSPHRASE)]


class Starting(DeedTrial):
    """The first start: there are keys and an empty store, or nothing that is in the way of starting again."""

    def problems(self) -> list[str]:
        """Say nothing: what is there may be half, as long as starting again makes it whole."""
        return []

    def found(self) -> object:
        """Return what a start opens."""
        parts = started(self.kept.store)
        try:
            refreshes = parts.store.refreshes()
        finally:
            parts.close()
        files = sorted(each.name for each in self.kept.store.parent.glob(f"{self.kept.store.name}*"))
        return [unsound(self.kept.store, parts.key), refreshes, files]


class BackingUp(DeedTrial):
    """A copy: whole, or not there under its name."""

    def problems(self) -> list[str]:
        """Check the copy like a store."""
        to = Path(self.more["to"])
        return unsound(to, self.kept.key) if to.exists() else []

    def again(self) -> None:
        """Make the copy unless it is there."""
        if not Path(self.more["to"]).exists():
            super().again()

    def found(self) -> object:
        """Return what the copy holds."""
        with stores.reopened(Path(self.more["to"]), self.kept.key, read_only=True) as store:
            return [each.content_root for each in store.refreshes()]


@dataclass
class DeskTrial:
    """A child that asks AWS, on a copy of a store."""

    desk: Desk
    call: Callable[[], WorkerCall]

    def child(self, _trap: int, said: Path) -> "subprocess.Popen[str]":
        """Start it, as the window does; it is killed by the clock alone."""
        call = self.call()
        with said.open("w") as stream:
            child = subprocess.Popen(
                [call.program, *call.arguments],
                stdin=subprocess.PIPE,
                stdout=stream,
                stderr=subprocess.STDOUT,
                text=True,
                env=dict(call.environment),
            )
        assert child.stdin
        child.stdin.write(call.job_line + "\n")
        child.stdin.flush()
        return child

    def problems(self) -> list[str]:
        """Check the whole store."""
        return unsound(self.desk.job.store, self.desk.job.key)

    def close(self) -> None:
        """Nothing is held."""


class Refreshing(DeskTrial):
    """A refresh: the same root and the same verdicts."""

    def outcome(self) -> object:
        """Resume, and judge as the window does."""
        with self.desk.store() as store:
            sealed = [each for each in store.refreshes() if each.state is not RefreshState.RUNNING]
        if not sealed:
            last = self.desk.refresh()[-1]
            assert last["event"] == "ended", last
        job = self.desk.job
        parts = Kept(job.store, job.key, job.signer).parts()
        try:
            latest = parts.latest(1)
            assert latest is not None
            verdicts = {
                (each.control_id, str(each.scope), each.subject, each.verdict.value)
                for each in latest.assessment.findings
            }
            return [latest.snapshot.refresh.content_root, sorted(verdicts), self.problems()]
        finally:
            parts.close()


class RefreshingByDay(Refreshing):
    """A refresh on days that differ: what costs and metrics are asked for differs, and no verdict does."""

    def outcome(self) -> object:
        """Leave out the root, and say what was missed."""
        _root, *rest = cast("list[object]", super().outcome())
        with self.desk.snapshot() as snapshot:
            return [*rest, sorted((gap.kind, str(gap.scope), gap.reason.value) for gap in snapshot.gaps())]


class Ingesting(DeskTrial):
    """A reading of logs: every call and hit counts once."""

    def outcome(self) -> object:
        """Read to the end, and count."""
        last = read(self.desk)[-1]
        assert last["event"] == "ended", last
        return [sums(self.desk), self.problems()]


def of_store(kept: Kept, judged: Kept, folder: Path) -> list[Attack]:
    """Return the attacks on what needs no AWS, given two stores with a refresh and a folder for what is made."""
    stores_of = {"judging": unjudged(judged, folder / "unjudged"), "migration": old(folder / "old")}
    keyed = with_key_file(folder / "keyed")
    guarded = with_window_passphrase(kept, folder / "guarded")

    def trial(kind: type[DeedTrial], deed: str, of: Kept | None, **more: str) -> Callable[[Path], DeedTrial]:
        def make(place: Path) -> DeedTrial:
            there = of.copied(place) if of else Kept(place / "evidence.db", kept.key, kept.signer)
            return kind(deed, there, {name: value.format(place=place) for name, value in more.items()})

        return make

    return [
        Attack("assessment", trial(Judging, "judge", stores_of["judging"])),
        Attack("pack export", trial(Packing, "pack", kept, to="{place}/pack.zip")),
        Attack("migration", trial(Migrating, "migrate", stores_of["migration"])),
        Attack("change of key", trial(Rekeying, "rekey", keyed, new=bytes(range(9, 41)).hex())),
        Attack("change of passphrase", trial(ChangingPassphrase, "passphrase", keyed)),
        Attack("window's passphrase", trial(ChangingWindow, "window", guarded)),
        Attack("first start", trial(Starting, "start", None)),
        Attack("backup", trial(BackingUp, "backup", kept, to="{place}/copy.db")),
    ]


def unjudged(kept: Kept, folder: Path) -> Kept:
    """Return a copy whose assessment is of another build, so that everything is judged anew."""
    folder.mkdir(parents=True)
    copy = kept.copied(folder)
    triggers = stores.sql(
        copy.store, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", key=copy.key
    )
    stores.sql(
        copy.store,
        *[f"DROP TRIGGER {name}" for name, _ in triggers],
        "UPDATE assessment SET judged_by = 'another build'",
        *[text for _, text in triggers],
        "PRAGMA wal_checkpoint(TRUNCATE)",
        key=copy.key,
    )
    return copy


def old(folder: Path) -> Kept:
    """Return a store as the first version wrote it."""
    folder.mkdir(parents=True)
    shutil.copyfile(FIXTURE, folder / "evidence.db")
    return Kept(folder / "evidence.db", stores.KEY, stores.SIGNER)


def with_key_file(folder: Path) -> Kept:
    """Return a store of some megabytes whose keys are in a file under a passphrase."""
    folder.mkdir(parents=True)
    path = folder / "evidence.db"
    keys = keystore.create_keys(path, backend=None, passphrase=lambda: PASSPHRASE, cost=CHEAP).keys
    noise = random.Random(5)
    with stores.create(path, keys.key, keys.signer) as store:
        steps = [stores.step(number) for number in range(1, 300)]
        stores.refreshed(store, steps, lambda of: stores.facts_of(of, 4, noise=noise.randbytes(1500).hex()))
    stores.sql(path, "PRAGMA wal_checkpoint(TRUNCATE)", key=keys.key)
    return Kept(path, keys.key, keys.signer)


def with_window_passphrase(kept: Kept, folder: Path) -> Kept:
    """Return a copy whose window has a passphrase of its own."""
    folder.mkdir(parents=True)
    copy = kept.copied(folder)
    set_passphrase(copy.store, lambda: PASSPHRASE, cost=CHEAP)
    return copy


def of_refresh(desk: Callable[[Path], Desk], kind: type[Refreshing] = Refreshing) -> Attack:
    """Return the attack on refreshes of a running estate."""

    def make(place: Path) -> Refreshing:
        own = desk(place)
        return kind(own, lambda: worker_call(own.job, own.estate.environment))

    return Attack("refresh", make)


def of_ingest(read_once: Desk) -> Attack:
    """Return the attack on readings of logs, for a store that knows where they are."""

    def make(place: Path) -> Ingesting:
        store = place / "evidence.db"
        shutil.copyfile(read_once.job.store, store)
        own = Desk(read_once.estate, dataclasses.replace(read_once.job, store=store))
        return Ingesting(own, lambda: log_call(own.job, own.estate.environment))

    return Attack("log ingest", make)
