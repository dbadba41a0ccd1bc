"""What the long form measured, as a page of the help."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from campaign.matrix import TOLD_AS_NONE
from journeys.faults import FAULTS

MEASURED = Path(__file__).with_name("measured.json")
_KILLED = {
    "refresh": "a refresh of the organisation",
    "log ingest": "a reading of invocation logs",
    "assessment": "judging a refresh",
    "pack export": "writing a pack",
    "migration": "bringing an old store to the newest form",
    "change of key": "changing the store's key",
    "change of passphrase": "changing the store's passphrase",
    "window's passphrase": "changing the window's passphrase",
    "first start": "the first start, which makes keys and store",
    "backup": "writing a backup",
    "deletion": "carrying out an approved deletion",
}
_SAME = {
    "refresh": "the same evidence, by its root, and the same verdicts",
    "log ingest": "every call and every hit counted once",
    "assessment": "the same verdicts",
    "pack export": "the same bytes; no pack that the register lacks",
    "migration": "the same roots and checkpoints; every backup whole",
    "change of key": "one key that is kept, and it opens the store",
    "change of passphrase": "the same keys under the new passphrase, which the old one opens no more",
    "window's passphrase": "a window that opens to the new one alone",
    "first start": "an empty store that opens",
    "backup": "a whole copy, or none",
    "deletion": "every step once, none repeated",
}
_DISTURBED = {
    "full disk": "the disk is full at some moment of any of these",
    "full disk in a refresh": "the disk is full in the middle of a refresh",
    "read-only folder": "the store may only be read",
    "two windows": "another window is writing",
    "two refreshes at once": "two refreshes are started",
    "sleep and waking": "the laptop sleeps; connections and credentials are gone when it wakes",
    "clock set back and forward": "the clock jumps by an hour or a day, either way",
}


_PAGE = """\
# Tried under fire

Written from what `nox -s campaign` measured on {measured}, with seed {seed}. A short form of it runs whenever the
program is changed.
{remark}
**{total} kills, {losses} losses, {passes} false passes.**

## Killed at random moments

The process is ended without warning, at a random moment or right before a change of a file. Then the store must open
and pass its full check (every page, hash, leaf and signature), and going on must lead to what an undisturbed run leads
to. A loss is anything else: a record that is gone, a file that is half, a difference.

{killed}

## Disturbed otherwise

Each must end in the usual outcome or in a refusal that says what to do, and leave the store as sound as it was.

{disturbed}

## Every fault at every call

{kinds} kinds of evidence are read by {calls} calls of AWS. Each fault befell each call that it can befall, of every
kind. Each must end in the same facts or in a gap with its reason; and no control may pass what rests on the answer
that was broken.

{struck}

How they ended:

{ended}

An answer without its one member cannot be told from "there is none" where AWS itself says it so. It is left out for
these calls:

{none}
"""


def page(measured: Mapping[str, Any]) -> str:
    """Return the page in Markdown."""
    kills, disturbed, faults = measured["kills"], measured["disturbed"], measured["faults"]
    losses = _losses(kills) + _losses(disturbed) + len(faults["losses"])
    total = sum(each["kills"] for each in kills.values())
    said = {
        "measured": measured["measured"],
        "seed": measured["seed"],
        "total": f"{total:,}",
        "losses": losses,
        "passes": len(faults["passes"]),
        "kinds": faults["kinds"],
        "calls": faults["calls"],
        "killed": _table(("what was killed", "what must come of going on", "kills", "losses"), _rows(kills)),
        "disturbed": _table(("what happens", "times", "losses"), _disturbed(disturbed)),
        "struck": _table(("what happens", "calls it befell"), _struck(faults["struck"])),
        "ended": _ended(faults),
        "none": "\n".join(f"- {call}: {why}." for call, why in TOLD_AS_NONE.items()),
    }
    remark = str(measured.get("remark", ""))
    return _PAGE.format(**said, remark=f"\n{remark}\n" if remark else "")


def measured() -> Mapping[str, Any]:
    """Return what the last long form measured."""
    found: Mapping[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def _losses(of: Mapping[str, Any]) -> int:
    return sum(len(each["losses"]) for each in of.values())


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(each) for each in line)} |" for line in lines)


def _ended(faults: Mapping[str, Any]) -> str:
    counts = {**faults["ended"], "silent or crashed": len(faults["losses"])}
    counts["passes that rest on a broken answer"] = len(faults["passes"])
    return "\n".join(f"- {words[:1].upper()}{words[1:]}: {count:,}" for words, count in counts.items())


def _rows(kills: Mapping[str, Any]) -> list[Sequence[object]]:
    return [
        (_KILLED[name], _SAME[name], kills[name]["kills"], len(kills[name]["losses"]))
        for name in _KILLED
        if name in kills
    ]


def _disturbed(of: Mapping[str, Any]) -> list[Sequence[object]]:
    return [
        (words, of[name]["times"], len(of[name]["losses"]))
        for name, words in _DISTURBED.items()
        if name in of
    ]


def _struck(struck: Mapping[str, int]) -> list[Sequence[object]]:
    return [(case.words, struck.get(case.words, 0)) for case in FAULTS]
