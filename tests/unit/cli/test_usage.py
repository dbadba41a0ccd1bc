import argparse
import io
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import stores
from console.base.settings import Settings
from console.cli.base import DONE, FOUND, Invocation
from console.cli.commands.usage import add_arguments, run
from console.evidence.usage_reading import UsageReading
from console.services.latest import Latest
from console.services.usage import Usages
from unit.evidence.test_usage_log import portion
from unit.ui.estate import FakeDesk


@dataclass
class Parts:
    """A small department whose logs were read into a real store, or were not."""

    usage: UsageReading
    shown: bool = True
    settings: Settings = field(default_factory=Settings)

    def latest(self) -> Latest | None:
        found = FakeDesk().latest()
        return replace(found, usage=Usages(self.usage).open) if found and self.shown else None


def asked(parts: Parts, *words: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    unused: Any = None
    made: Any = parts
    invocation = Invocation(
        options=parser.parse_args(words),
        place=unused,
        parts=lambda: made,
        front=unused,
        environment={},
        ask=unused,
        out=out,
        err=err,
    )
    return run(invocation), out.getvalue(), err.getvalue()


@pytest.mark.parametrize("what", ["hits", "coverage", "residency", "gaps"])
def test_each_question_is_answered_as_a_table_and_as_json(tmp_path: Path, what: str) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        store.usage.add(portion())
        code, table, _ = asked(Parts(store.usage), what)
        again, said, _ = asked(Parts(store.usage), what, "--json")
    assert code == again
    assert table.strip()
    assert isinstance(json.loads(said), dict)


def test_hits_are_counted_by_the_columns_asked_for(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        store.usage.add(portion())
        code, said, _ = asked(Parts(store.usage), "hits", "--by", "origin", "ran_in", "--json")
        none, _, _ = asked(Parts(store.usage), "hits", "--words", "nowhere")
    assert (code, none) == (DONE, FOUND)
    assert json.loads(said)["hits"] == [
        {"origin": "asked for by the caller", "ran_in": "eu-west-1", "hits": 3}
    ]
    assert "CloudWatch" in json.loads(said)["coverage"] or "not known" in json.loads(said)["coverage"]


def test_a_log_that_is_not_all_there_is_not_done(tmp_path: Path) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        code, said, _ = asked(Parts(store.usage), "coverage", "--json")
    assert code == FOUND
    assert {row["state"] for row in json.loads(said)["places"]} == {"unknown"}


@pytest.mark.parametrize("what", ["hits", "coverage", "residency", "gaps"])
def test_before_a_refresh_it_says_what_to_do_first(tmp_path: Path, what: str) -> None:
    with stores.create(tmp_path / "evidence.db") as store:
        code, out, err = asked(Parts(store.usage, shown=False), what)
    assert (code, out) == (FOUND, "")
    assert "bedrock-console refresh" in err
