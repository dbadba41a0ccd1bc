"""The composition root: settings, keys, the store and the services, put together once for whoever asks.

What opens the store is imported where it is opened: SQLAlchemy takes longer to import than the window to draw, and the
first thing an officer sees should be the window.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.base.clock import Clock, system_clock
from console.base.configuration import Configuration, configure
from console.base.errors import ConsoleError
from console.base.paths import managed_settings, user_data, user_settings
from console.base.setting import catalogue
from console.base.settings import Settings
from console.domain.deed import Deed, DeedKind
from console.domain.evidence import Fact, Gap
from console.domain.selection import EVERYTHING, Selection
from console.services.assess import assess_snapshot, discover_controls, save_assessment
from console.services.child import WorkerCall, log_call, read_event, sign_in_call, worker_call
from console.services.job import Event, Job
from console.vault import keystore
from console.vault.keystore import KeptKeys, StoreKeys, Where
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey
from console.vault.unlocking import check_passphrase, has_passphrase, remove_passphrase, set_passphrase

if TYPE_CHECKING:
    from console.controls.base import Control
    from console.evidence.about import About
    from console.evidence.maintenance import Backup, CheckReport, Compacted
    from console.evidence.reading import Reading
    from console.evidence.store import Store
    from console.reports.wish import Turn, Wanted
    from console.services.counting import Counting
    from console.services.deletion.carrying import Carrying
    from console.services.deletion.child import Heard
    from console.services.deletion.desk import DeletionDesk
    from console.services.export import ExportedPack
    from console.services.latest import Latest
    from console.services.office import Office
    from console.services.preview import Preview
    from console.views.proof import Proof

STORE_NAME = "evidence.db"
Ask = Callable[[str], str]


class Unlocking(Enum):
    """What is asked of whoever wants to see a locked window again."""

    STORE = "the passphrase of the store"
    WINDOW = "the passphrase of the window"
    NOTHING = "nothing"
    """The keys are in the keyring, which is open while its user is logged in, and the window has no passphrase."""


class LockedError(ConsoleError):
    """The window is locked."""

    code = "BOO-002"
    remedy = "Unlock the window first."


class NeedsPassphraseError(ConsoleError):
    """A store without a keyring was to be without a passphrase."""

    code = "BOO-003"
    remedy = "Keep the passphrase, or change it: `bedrock-console store passphrase` without `--remove`."


class MismatchedPassphraseError(ConsoleError):
    """A new passphrase was typed in two ways."""

    code = "BOO-001"
    remedy = "Start again and type the same passphrase twice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the command line says about where things are."""

    store: Path | None = None
    """None for the user's own data folder."""
    settings: Path | None = None
    """None for the user's own configuration folder."""
    managed: Path | None = None
    """None for the organisation's own file."""
    profile: str = ""
    """A profile of the AWS configuration, before the one in the settings."""


class Parts:
    """One open store and what can be done with it; the store is open for reading, and written by workers."""

    def __init__(
        self,
        *,
        store_path: Path,
        settings: Settings,
        keys: StoreKeys,
        environment: Mapping[str, str],
        clock: Clock = system_clock,
        kept: KeptKeys | None = None,
    ) -> None:
        self.settings = settings
        self.configuration: Configuration | None = None
        """Where each setting comes from; None for a store that is thrown away."""
        self.store_path = store_path
        self.kept = kept
        """Where the keys are kept; None for a store that is thrown away."""
        self._keys: StoreKeys | None = keys
        self._place = kept.where if kept is not None else None
        self._asked = Unlocking.NOTHING
        self._environment = environment
        self._clock = clock
        self._reading: Reading | None = None

    @cached_property
    def controls(self) -> "tuple[Control, ...]":
        """The controls of this build; found when they are first wanted, for the window is drawn before that."""
        return discover_controls()

    @property
    def banner(self) -> str:
        """Say nothing: this is the department's own store."""
        return ""

    @property
    def key(self) -> StoreKey:
        """The store's key; raise `LockedError` while the window is locked."""
        return self._unlocked.key

    @property
    def signer(self) -> SigningKey:
        """The key that signs checkpoints and packs; raise `LockedError` while the window is locked."""
        return self._unlocked.signer

    @property
    def _unlocked(self) -> StoreKeys:
        if self._keys is None:
            raise LockedError("the window is locked and holds no key")
        return self._keys

    @property
    def can_lock(self) -> bool:
        """Whether the keys can be asked for again: those of a store that is thrown away are nowhere else."""
        return self._place is not None

    @property
    def unlocking(self) -> Unlocking:
        """What is asked of whoever wants to see a locked window again."""
        if self._place is Where.PASSPHRASE:
            return Unlocking.STORE
        return Unlocking.WINDOW if has_passphrase(self.store_path) else Unlocking.NOTHING

    def give_passphrase(self, new: str, before: str) -> None:
        """Give the window a passphrase, another, or with an empty one none; refused if `before` is not its own.

        A store whose keys are under a passphrase, which was typed to open it, gets the new one in its place.
        """
        if self.kept is not None and self._place is Where.PASSPHRASE:
            from console.evidence import maintenance  # noqa: PLC0415

            if not new:
                raise NeedsPassphraseError("nothing but its passphrase guards the keys of this store")
            maintenance.change_passphrase(self.store_path, self.kept, lambda: new)
            return
        if has_passphrase(self.store_path):
            check_passphrase(self.store_path, lambda: before)
        if new:
            set_passphrase(self.store_path, lambda: new)
        else:
            remove_passphrase(self.store_path)

    def lock(self) -> None:
        """Close the store and let go of its keys; raise an error of the disk's if the store cannot be closed."""
        self._asked = self.unlocking
        self.close()
        self._keys = self.kept = None

    def unlock(self, passphrase: str) -> None:
        """Take the keys up again; raise an error and stay locked if the passphrase does not fit.

        What is asked is what was asked for when it was locked: a file that was taken away since lets nobody in.
        """
        if self._asked is Unlocking.WINDOW:
            check_passphrase(self.store_path, lambda: passphrase)
        if self._place is None:
            raise LockedError("a store that is thrown away cannot be opened again")
        backend = keystore.platform_keyring()
        self.kept = keystore.load_keys(self.store_path, backend=backend, passphrase=lambda: passphrase)
        self._keys = self.kept.keys

    def write_setting(self, key: str, typed: str | None) -> Configuration:
        """Write what was typed into the user's settings, or take the setting out; return what is in force then."""
        from console.services.own_settings import write_setting  # noqa: PLC0415

        if self.configuration is None:
            raise ValueError("a store that is thrown away has no settings of its own")
        write_setting(self.configuration, catalogue()[key], typed)
        self.configuration = configure(self.configuration.own, self.configuration.managed, self._environment)
        return self.configuration

    def diagnostics(self, run_self_test: bool = True) -> str:  # noqa: FBT001, FBT002
        """Return in words what helps to find a fault, without evidence and names; the self-test takes a while."""
        from console.services.diagnostics import report  # noqa: PLC0415

        return report(self.configuration, self.about_store(), self._environment, run_self_test=run_self_test)

    @property
    def store(self) -> "Reading":
        """The store, open for reading."""
        if self._reading is None:
            self._reading = _open_for_reading(self.store_path, self.key, self.signer, self._clock)
        return self._reading

    def close(self) -> None:
        """Close the store; it opens again when something is asked of it."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def latest(self, refresh_id: int | None = None) -> "Latest | None":
        """Return the newest sealed refresh, or the one asked for, judged under the present policy; None without one."""
        from console.services.latest import latest  # noqa: PLC0415

        return latest(self.store, self.controls, self.settings.policy, self._clock(), refresh_id)

    def judge_latest(self) -> "Latest | None":
        """Judge the newest sealed refresh and keep the conclusions; None without one."""
        from console.services.latest import with_people  # noqa: PLC0415

        with self._writing() as store:
            snapshot = store.snapshot()
            if snapshot is None:
                return None
            policy = self.settings.policy
            assessment = assess_snapshot(snapshot, self.controls, policy, self._clock(), store)
            save_assessment(store, assessment)
        kept = self.store.snapshot(assessment.refresh.id)
        return with_people(self.store, kept, assessment, self._clock()) if kept is not None else None

    @property
    def office(self) -> "Office":
        """What officers do beside reading AWS."""
        from console.services.office import Office  # noqa: PLC0415

        return Office(
            reading=lambda: self.store,
            writing=self._writing,
            signer=lambda: self.signer,
            controls=self.controls,
            clock=self._clock,
        )

    @property
    def deletions(self) -> "DeletionDesk":
        """Requests to delete: raised, signed, refused and carried between laptops."""
        from console.services.deletion.desk import DeletionDesk  # noqa: PLC0415

        return DeletionDesk(
            reading=lambda: self.store,
            writing=self._writing,
            signer=self.signer,
            who=self._who_am_i,
            settings=self.settings.deletion,
            clock=self._clock,
        )

    @property
    def carrying(self) -> "Carrying":
        """What of deletions asks AWS; never in the window's process."""
        from console.services.deletion.carrying import Carrying  # noqa: PLC0415 - boto3

        return Carrying(
            self.deletions,
            settings=self.settings,
            snapshot=self.store.snapshot,
            writing=self._writing,
        )

    @property
    def counting(self) -> "Counting":
        """What has AWS count over logs; never in the window's process."""
        from console.services.counting import Counting  # noqa: PLC0415 - boto3

        return Counting(
            settings=self.settings,
            snapshot=self.store.snapshot,
            writing=self._writing,
            clock=self._clock,
        )

    def deed(self, name: str, arguments: Mapping[str, str], heard: "Heard" = lambda _event: None) -> str:
        """Have a child process do a deed that asks AWS or signs; return in words what was done; blocks."""
        from console.services.deletion.child import deed_call, deed_line, do_in_child  # noqa: PLC0415

        job = Job(
            store=self.store_path, key=self.key, signer=self.signer, settings=self.settings, resume=False
        )
        call = deed_call(worker_call(job, self._environment), deed_line(job, name, arguments))
        return do_in_child(call, heard)

    def _who_am_i(self) -> str:
        from console.collect.sessions import Sessions  # noqa: PLC0415 - boto3

        return Sessions(self.settings.aws, self._clock).caller().arn

    def exercise(self) -> None:
        """Store a small refresh made by hand, judged; for the self-test."""
        from console.services.exercise import exercise  # noqa: PLC0415

        with self._writing() as store:
            exercise(store, self._clock)

    def _writing(self) -> "Store":
        """Open the store for writing; refused while another writes."""
        from console.evidence.store import Store  # noqa: PLC0415

        return Store.open(self.store_path, self.key, signer=self.signer, clock=self._clock)

    def observation(self, sequence: int) -> Fact | Gap:
        """Return one observation of the store."""
        return self.store.observation(sequence)

    def proof(self, sequence: int) -> "Proof | None":
        """Return where an observation stands in the signed ledger; None if no root covers it yet."""
        from console.services.proving import proof_of  # noqa: PLC0415

        return proof_of(self.store, sequence)

    def unfinished(self) -> bool:
        """Tell whether a refresh broke off and can be resumed."""
        return self.store.unfinished() is not None

    def refresh_call(self, *, resume: bool, selection: Selection = EVERYTHING) -> WorkerCall:
        """Return how to start the child process that refreshes this store, or a part of the organisation in it."""
        job = Job(
            store=self.store_path,
            key=self.key,
            signer=self.signer,
            settings=self.settings,
            resume=resume,
            selection=selection,
        )
        return worker_call(job, self._environment)

    def log_call(self) -> WorkerCall:
        """Return how to start the child process that reads invocation logs into this store."""
        job = Job(
            store=self.store_path, key=self.key, signer=self.signer, settings=self.settings, resume=True
        )
        return log_call(job, self._environment)

    def sign_in_call(self) -> WorkerCall:
        """Return how to start the child process that signs the settings' profile in."""
        return sign_in_call(self.settings.aws, self._environment)

    def read_event(self, line: str) -> Event:
        """Return one event of that process; raise `ValueError` if the line is none."""
        return read_event(line)

    def export_pack(
        self,
        to: Path,
        *,
        wanted: "Wanted | None" = None,
        refresh_id: int | None = None,
        by: str = "",
        turn: "Turn | None" = None,
    ) -> "ExportedPack | None":
        """Write a signed pack and keep it in the register; None without a reading.

        The reading is the one asked for, or else the newest within the scope's period. While a refresh writes the
        store no pack is made: every pack is in the register.
        """
        from console.reports.wish import Turn, Wanted  # noqa: PLC0415
        from console.services import packing  # noqa: PLC0415 - templates, only when packing
        from console.services.export import export_pack  # noqa: PLC0415
        from console.services.typesetting import typesetter  # noqa: PLC0415

        asked = replace(wanted or Wanted(), organisation_name=self.settings.organisation_name)
        found = self.latest(refresh_id or packing.reading_within(self.store.refreshes(), asked.scope))
        if found is None:
            return None
        with self._writing():
            pass  # refused here, before anything is made, if the register cannot be written

        def register(entry: Mapping[str, Any]) -> None:
            with self._writing() as store:
                store.add_deed(DeedKind.PACK, by.strip() or "not said", entry)

        return export_pack(
            self.store,
            found.snapshot.refresh.id,
            found.assessment,
            self.controls,
            signer=self.signer,
            to=to,
            wanted=asked,
            typeset=typesetter(self._environment) if asked.with_pdf else None,
            turn=turn or Turn(),
            register=register,
        )

    def preview_pack(self, wanted: "Wanted", refresh_id: int | None = None) -> "Preview | None":
        """Return what a pack would hold and what would be redacted, without writing one; None without a reading."""
        from console.services import packing  # noqa: PLC0415 - templates, only when packing
        from console.services.preview import preview  # noqa: PLC0415

        found = self.latest(refresh_id or packing.reading_within(self.store.refreshes(), wanted.scope))
        if found is None:
            return None
        return preview(
            self.store, found.snapshot.refresh.id, found.assessment, self.controls, wanted, self.signer
        )

    def packs(self) -> list[Deed]:
        """Return the register of packs, oldest first."""
        from console.services.packing import packed_deeds  # noqa: PLC0415 - templates, only when packing

        return packed_deeds(self.store)

    def disclose(self, pack: Path, to: Path, *, values: Sequence[str] = (), entry: int = 0) -> int:
        """Write into a new folder what a pack is bound to and does not show; return the number of files."""
        from console.services import disclosing  # noqa: PLC0415 - templates, only when packing

        found = disclosing.bound(pack)
        files: dict[str, bytes] = {}
        if values:
            _, refresh_id = disclosing.wanted_of(self.store, found)
            judged = self.latest(refresh_id)
            if judged is None:
                raise disclosing.UnregisteredPackError(f"refresh {refresh_id} is not in this store")
            files |= disclosing.disclose_values(
                self.store, judged.assessment, self.controls, found, values, self.signer
            )
        if entry:
            disclosing.wanted_of(self.store, found)
            files |= disclosing.disclose_observation(self.store, found, entry)
        disclosing.write_disclosure(files, to)
        return len(files)

    def about_store(self) -> "About":
        """Return the store's schema and counts, without what is in it."""
        from console.evidence.about import about  # noqa: PLC0415

        return about(self.store_path, self.key)

    def check_store(self, *, full: bool) -> "CheckReport":
        """Verify the store with the officer's own key; `full` hashes every body again."""
        from console.evidence import maintenance  # noqa: PLC0415

        return maintenance.check(self.store_path, self.key, full=full, signer=self.signer.public)

    def back_up_store(self, to: Path) -> "Backup":
        """Write an encrypted copy."""
        from console.evidence import maintenance  # noqa: PLC0415

        return maintenance.backup(self.store_path, self.key, to)

    def rekey_store(self) -> str:
        """Encrypt the store under a new random key; return where that is kept, in words."""
        from console.evidence import maintenance  # noqa: PLC0415

        if self.kept is None:
            raise ValueError("a store that is thrown away keeps its key")
        self.close()
        maintenance.change_key(self.store_path, self.kept, StoreKey.generate(os.urandom))
        self._keys = self.kept.keys
        return self.kept.where.value

    def compact_store(self) -> "Compacted":
        """Give unused space back to the disk."""
        from console.evidence import maintenance  # noqa: PLC0415

        self.close()
        return maintenance.compact(self.store_path, self.key)


def open_parts(place: Place, *, environment: Mapping[str, str], ask: Ask, lenient: bool = False) -> Parts:
    """Open the user's store, made with its keys at the first run; `ask` is for a passphrase where one is needed.

    `lenient` is for the window, which says what is wrong with settings; anything else refuses to work with such.
    """
    path = place.store or user_data() / STORE_NAME
    settings = settings_at(place, environment=environment, lenient=lenient)
    backend = keystore.platform_keyring()
    begun = path.with_name(f"{path.name}.first")
    if path.exists() or (keystore.keys_file(path).exists() and not begun.exists()):
        if begun.exists():
            _remove(path.with_name(f"{path.name}.new"))
            begun.unlink()
        kept = keystore.load_keys(path, backend=backend, passphrase=lambda: ask(f"Passphrase of {path}: "))
        if kept.keys.pending is not None:
            from console.evidence import maintenance  # noqa: PLC0415

            maintenance.settle_key(path, kept)
    else:
        kept = _first_start(path, begun, ask)
    parts = Parts(store_path=path, settings=settings, keys=kept.keys, environment=environment, kept=kept)
    parts.configuration = configuration_at(place, environment)
    return parts


@contextmanager
def throw_away_parts(
    place: Place, *, environment: Mapping[str, str], log_days: int | None = None
) -> Iterator[Parts]:
    """Yield a store that ends with the block: encrypted too, with keys that were never kept."""
    with tempfile.TemporaryDirectory(prefix="bedrock-console-") as folder:
        path = Path(folder) / STORE_NAME
        keys = StoreKeys(StoreKey.generate(os.urandom), SigningKey.generate())
        _create(path, keys)
        settings = settings_at(place, own=False)
        if log_days is not None:
            settings = replace(settings, aws=replace(settings.aws, log_days=log_days))
        parts = Parts(store_path=path, settings=settings, keys=keys, environment=environment)
        try:
            yield parts
        finally:
            parts.close()


def configuration_at(place: Place, environment: Mapping[str, str]) -> Configuration:
    """Return the settings in force with where each comes from, mistakes among them."""
    return configure(place.settings or user_settings(), place.managed or managed_settings(), environment)


def settings_at(
    place: Place, *, own: bool = True, environment: Mapping[str, str] | None = None, lenient: bool = False
) -> Settings:
    """Return the settings in force and the named profile; `own=False` leaves the user's and the organisation's out.

    Raise `SettingsError` for a mistake in them, unless it is `lenient`: then what would hold without it does.
    """
    if not own and place.settings is None:
        settings = Settings()
    else:
        found = configuration_at(place, environment or {})
        if not lenient:
            found.refuse_mistakes()
        settings = found.settings
    if not place.profile:
        return settings
    return replace(settings, aws=replace(settings.aws, profile=place.profile))


def _first_start(path: Path, begun: Path, ask: Ask) -> KeptKeys:
    """Make keys and an empty store, or go on with it where a kill broke that off.

    The file `begun` tells keys that never had a store from keys whose store is gone, which is never made anew.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begun.touch(mode=0o600)
    backend = keystore.platform_keyring()
    try:
        if keystore.keys_file(path).exists():
            kept = keystore.load_keys(
                path, backend=backend, passphrase=lambda: ask(f"Passphrase of {path}: ")
            )
        else:
            kept = keystore.create_keys(path, backend=backend, passphrase=lambda: _new_passphrase(path, ask))
        _create(path, kept.keys)
    except ConsoleError:
        if not keystore.keys_file(path).exists():
            begun.unlink(missing_ok=True)
        raise
    begun.unlink()
    return kept


def _create(path: Path, keys: StoreKeys) -> None:
    """Make an empty store; it has its name once it is whole."""
    from console.evidence.store import Store  # noqa: PLC0415

    fresh = path.with_name(f"{path.name}.new")
    _remove(fresh)
    Store.create(fresh, keys.key, signer=keys.signer, clock=system_clock).close()
    fresh.rename(path)
    _remove(fresh)


def _remove(store: Path) -> None:
    """Take away a store that never had its name, with the files beside it."""
    for end in ("", "-journal", "-wal", "-shm", ".lock"):
        store.with_name(f"{store.name}{end}").unlink(missing_ok=True)


def _open_for_reading(path: Path, key: StoreKey, signer: SigningKey, clock: Clock) -> "Store":
    """Open for reading, after the migration that only a writer may do."""
    from console.evidence.errors import OlderSchemaError  # noqa: PLC0415
    from console.evidence.store import Store  # noqa: PLC0415

    try:
        return Store.open(path, key, clock=clock, read_only=True)
    except OlderSchemaError:
        Store.open(path, key, signer=signer, clock=clock).close()
        return Store.open(path, key, clock=clock, read_only=True)


def _new_passphrase(path: Path, ask: Ask) -> str:
    first = ask(f"New passphrase for {path} (there is no keyring here; it cannot be recovered): ")
    if ask("The same passphrase again: ") != first:
        raise MismatchedPassphraseError("the two passphrases differ")
    return first
