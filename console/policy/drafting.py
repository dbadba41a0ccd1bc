"""An organisation as it would be with another policy: one taken away, or a draft attached before anybody does so."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.policy.document import Form, PolicyError, parse_policy
from console.policy.organisation import Organisation

DRAFT = "draft"
"""The id of a policy that is not yet one."""
_FORMS = {"scp": Form.CALLER, "rcp": Form.PERIMETER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A policy that somebody thinks of."""

    sort: str
    """`scp` or `rcp`."""
    text: str
    """The document, in JSON."""
    target: str
    """The root, the unit or the account to which it would be attached."""
    replaces: str = ""
    """The id of a policy that would be taken away at the same time; empty for none."""


def detached(organisation: Organisation, policy: str) -> Organisation:
    """Return the organisation with a policy attached nowhere."""

    def without(listed: list[str] | None, _place: str, _sort: str) -> list[str] | None:
        return None if listed is None else [each for each in listed if each != policy]

    return _changed(organisation, without, {})


def drafted(organisation: Organisation, draft: Draft) -> Organisation:
    """Return the organisation with a draft attached; raise `PolicyError` where AWS would not take it."""
    parse_policy(DRAFT, draft.text, _FORMS[draft.sort])
    held = organisation.places
    if draft.target not in held:
        raise PolicyError(f"{draft.target} is not in the organisation that was read")
    if held[draft.target].get(f"{draft.sort}s") is None:
        raise PolicyError(f"policies of the sort {draft.sort} are not switched on in this organisation")

    def with_draft(listed: list[str] | None, place: str, sort: str) -> list[str] | None:
        if listed is None or sort != f"{draft.sort}s":
            return listed
        kept = [each for each in listed if each != draft.replaces]
        return [*kept, DRAFT] if place == draft.target else kept

    document = {"type": draft.sort, "document": json.loads(draft.text)}
    return _changed(organisation, with_draft, {DRAFT: document})


def _changed(
    organisation: Organisation,
    change: Callable[[list[str] | None, str, str], list[str] | None],
    more: Mapping[str, Any],
) -> Organisation:
    snapshot = organisation.snapshot
    top: Mapping[str, Any] = snapshot["organisation"]

    def places(held: Mapping[str, Any]) -> dict[str, Any]:
        return {
            id_: {**place, **{sort: change(place[sort], id_, sort) for sort in ("scps", "rcps")}}
            for id_, place in held.items()
        }

    changed = {
        **top,
        "policies": {**top["policies"], **more},
        "ous": places(top["ous"]),
        "accounts": places(top["accounts"]),
    }
    return Organisation({**snapshot, "organisation": changed})
