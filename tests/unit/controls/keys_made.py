"""Keys of the department's own, good and bad, and what a control must say of each."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from console.controls.base import Control
from console.controls.encryption import KEY
from console.domain.evidence import Fact, Gap
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import LONDON, fact, gap
from unit.controls.asking import opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ID = "0a1b2c3d-0000-4000-8000-123456789abc"
ARN = f"arn:aws:kms:eu-west-2:111122223333:key/{ID}"
GOOD = {"KeyManager": "CUSTOMER", "KeyState": "Enabled"}


def key(*, scope: Scope = LONDON, **changes: Any) -> Fact:
    """Make a key."""
    return fact(KEY, ARN, GOOD | changes, scope, 50)


def lost() -> Gap:
    """Make a key that could not be read."""
    return replace(gap(KEY, sequence=51), key=ARN)


def follows_keys(control: Control, thing: Fact) -> Iterator[bool]:
    """Yield, for a thing that names `ARN`, whether each state of the key gets its verdict and opens to the key."""
    for verdict, changes, word in (
        (PASS, {}, ARN),
        (FAIL, {"KeyManager": "AWS"}, "AWS manages"),
        (FAIL, {"KeyState": "Disabled"}, "is Disabled"),
        (FAIL, {"KeyState": "PendingDeletion"}, "is PendingDeletion"),
        (UNKNOWN, {"KeyState": "Melting"}, "Melting"),
        (UNKNOWN, {"KeyState": None}, "not said"),
        (UNKNOWN, {"KeyManager": "NOBODY"}, "NOBODY"),
        (UNKNOWN, {"KeyManager": None}, "not said"),
    ):
        found = opinion(control, thing, key(scope=thing.scope, **changes))
        yield (found.verdict, set(found.evidence)) == (verdict, {thing.sequence, 50})
        yield word in found.because
    unseen = opinion(control, thing, missing=[lost()])
    yield (unseen.verdict, set(unseen.evidence)) == (UNKNOWN, {thing.sequence, 51})
    elsewhere = opinion(control, thing)
    yield (elsewhere.verdict, set(elsewhere.evidence)) == (UNKNOWN, {thing.sequence})
