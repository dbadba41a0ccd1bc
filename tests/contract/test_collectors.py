"""What must hold for every collector."""

import re

import botocore.session
import pytest

from console.collect.base import Collector
from console.services.refresh import discover_collectors

COLLECTORS = discover_collectors()
SESSION = botocore.session.Session()
READS = re.compile(r"^[a-z0-9-]+:(Get|List|Describe|BatchGet|Lookup)[A-Za-z]+$")


def every(collector: Collector) -> str:
    return collector.kind


def test_no_kind_is_read_twice() -> None:
    kinds = [collector.kind for collector in COLLECTORS]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_it_needs_only_permissions_that_read(collector: Collector) -> None:
    assert collector.actions
    assert [action for action in collector.actions if not READS.match(action)] == []


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_its_permissions_are_operations_of_its_service(collector: Collector) -> None:
    operations = SESSION.get_service_model(collector.service).operation_names
    assert [action for action in collector.actions if action.partition(":")[2] not in operations] == []


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_its_title_is_for_people(collector: Collector) -> None:
    assert collector.title[0].isupper()
    assert not collector.title.endswith(".")
    assert collector.kind.partition(".")[0] in collector.service or collector.service in collector.kind


@pytest.mark.parametrize("collector", COLLECTORS, ids=every)
def test_a_key_that_is_a_member_is_required(collector: Collector) -> None:
    if isinstance(collector.key, str):
        assert collector.key in collector.required
