"""What the nightly fed to the readers, as a page of the help."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).with_name("measured.json")
_READ = {
    "policy": "a policy of AWS's",
    "policy-case": "a question to the policy engine, with all its policies",
    "log": "a log of models' use",
    "pack": "a pack, damaged",
    "sealed-pack": "a pack whose maker holds the key and wrote anything into it",
    "request": "a request to delete",
    "signed-request": "a request to delete whose signer wrote anything into it",
    "guidance": "guidance",
    "settings": "settings",
}

_PAGE = """\
# Fed with anything

Written from what `nox -s fuzz` measured last, with seed {seed}. A short form of it runs whenever the program is
changed.

Whatever reads what others hand in is given what nobody meant it to read. It must answer, or refuse with what to do: no
crash, no input that takes for ever, no flood of memory. Inputs are made in two ways: by changing what the program
itself writes, and by a fuzzer (atheris) that watches which branches of the program an input takes and keeps what takes
new ones. Each reader has its time; the next run goes on from the inputs that the last one kept.

**{total} inputs, {found} found that were neither answered nor refused.**

| what is read | made by changing | seconds | guided by branches | seconds | branches taken | inputs kept | found | on |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
{rows}
"""


def page(measured: Mapping[str, Any]) -> str:
    """Return the page in Markdown."""
    made, guided = measured.get("made", {}), measured.get("guided", {})
    every = [*made.values(), *guided.values()]
    return _PAGE.format(
        seed=measured["seed"],
        total=f"{sum(each['inputs'] for each in every):,}",
        found=sum(len(each["found"]) for each in every),
        rows="\n".join(_row(name, made.get(name, {}), guided.get(name, {})) for name in _READ),
    )


def measured() -> Mapping[str, Any]:
    """Return what the last run of each reader measured."""
    found: Mapping[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def _row(name: str, made: Mapping[str, Any], guided: Mapping[str, Any]) -> str:
    cells = [
        _READ[name],
        *(_number(made, each) for each in ("inputs", "seconds")),
        *(_number(guided, each) for each in ("inputs", "seconds", "branches", "kept")),
        str(len(made.get("found", ())) + len(guided.get("found", ()))),
        max(made.get("measured", ""), guided.get("measured", "")) or "never",
    ]
    return f"| {' | '.join(cells)} |"


def _number(said: Mapping[str, Any], name: str) -> str:
    return f"{said[name]:,}" if name in said else "not run"
