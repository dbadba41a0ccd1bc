import io
import os
import pickle
import signal
import threading
from typing import Any

import pytest

from console.services.parsing import LostParserError, Packed, Parser, Parsers, Parsing, serve_parsing
from console.usage.outcomes import Damage
from usage_logs import NOW, SECRET, caught, packed, record

PARSING = Parsing(secret=SECRET, now=NOW)
GROUP = [
    Packed(name="one", mark="a", content=packed([record(1), caught(2), {"schemaType": "x"}])),
    Packed(name="two", mark="b", content=b"{\n" * 80 + packed([])[:4]),
]


def told(parsed: Any) -> object:
    batch = parsed.batch
    return batch.settings, batch.catches, batch.time.tolist(), batch.key.tolist(), batch.hit_call.tolist()


def test_each_object_has_its_own_calls_and_damage() -> None:
    one, two = Parser(PARSING).parse(GROUP).objects
    assert (one.name, one.mark, one.calls, one.damaged, one.others) == ("one", "a", 2, 1, {})
    assert [spot.damage for spot in one.gaps] == [Damage.OTHER_SCHEMA_TYPE]
    assert (two.calls, two.damaged, len(two.gaps)) == (0, 81, 49)
    assert two.others == {Damage.NOT_JSON.value: 32}


def test_two_processes_read_what_one_does() -> None:
    alone = told(Parser(PARSING).parse(GROUP))
    with Parsers(PARSING, os.environ, 2) as parsers:
        found: list[object] = []
        threads = [
            threading.Thread(target=lambda: found.append(told(parsers.parse(GROUP)))) for _ in range(4)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert found == [alone] * 4
        assert len(set(parsers.pids)) == 2


def test_a_process_that_is_gone_is_said_so() -> None:
    with Parsers(PARSING, os.environ, 2) as parsers:
        parsers.parse(GROUP)
        for pid in parsers.pids:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(LostParserError):
            parsers.parse(GROUP)


def test_it_serves_until_its_input_ends() -> None:
    said = pickle.dumps(PARSING) + pickle.dumps(GROUP) + pickle.dumps(GROUP[:1])
    out = io.BytesIO()
    assert serve_parsing(io.BytesIO(said), out) == 0
    out.seek(0)
    first, second = (pickle.load(out) for _ in range(2))  # noqa: S301 - what was just written
    assert told(first) == told(Parser(PARSING).parse(GROUP))
    assert len(second.objects) == 1
