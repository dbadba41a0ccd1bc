"""What a part of a guardrail really does: it can be strong, switched off, or set to detect only."""

from collections.abc import Mapping
from typing import Any

from console.controls.payload import said

ACTING = ("BLOCK", "ANONYMIZE")


def side_fault(entry: Mapping[str, Any], side: str, default: str | None) -> tuple[bool, str] | None:
    """Return why a filter or entity does nothing on `input` or `output`, or None if it acts.

    The boolean is whether that is certain: a switch or an action that is not understood is not. AWS leaves
    the switch out where it was never turned off, and the side's action where the entry's own holds.
    """
    enabled = entry.get(f"{side}Enabled", True)
    if enabled is False:
        return True, f"switched off on {side}"
    if enabled is not True:
        return False, f"of an unknown state on {side}"
    action = said(entry, f"{side}Action") or default
    if action in ACTING:
        return None
    if action == "NONE":
        return True, f"detecting without acting on {side}"
    return False, f"of an unknown action on {side} ({action or 'not said'})"
