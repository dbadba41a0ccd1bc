"""What holds for every test: how many examples a property is shown, and that the longest test begins first."""

import os

import pytest
from hypothesis import settings

settings.register_profile("daily", max_examples=50, deadline=None)
settings.register_profile("nightly", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))

_LONGEST = "test_bundle.py"
"""Begun last, one worker would still build a bundle long after the others are done."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda each: each.path.name != _LONGEST)
