"""What holds for every test: how many examples a property is shown, which tests begin first, how hard scrypt works."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from console.base.log import log_to
from console.vault.keystore import KeptKeys, create_keys
from console.vault.unlocking import set_passphrase
from console.vault.wrapping import DEFAULT_COST, Cost
from dealing import dealt

settings.register_profile("daily", max_examples=50, deadline=None)
settings.register_profile("nightly", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


@pytest.fixture(scope="session", autouse=True)
def _little_work_for_passphrases() -> None:
    """Let scrypt do little where nothing else is said: every store that a test makes would take it half a second.

    Keys are read with the cost that they were wrapped with. That the default is the usual cost is held here and in
    `vault/test_wrapping.py`.
    """
    for make in (create_keys, set_passphrase, KeptKeys.change_passphrase):
        assert make.__kwdefaults__["cost"] is DEFAULT_COST
        make.__kwdefaults__["cost"] = Cost(n=2**10)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Where this test's log goes; afterwards it goes nowhere again."""
    log_to(tmp_path / "logs" / "window.log")
    yield tmp_path / "logs" / "window.log"
    logger = logging.getLogger("console")
    for each in logger.handlers[:]:
        logger.removeHandler(each)
        each.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = dealt(items, workers, lambda each: each.path)
