"""The generated permissions, enforced at the stand-in with or without an action; and who goes blind without a kind."""

import json
from typing import Any

from console.services.permissions import as_json, grant_of
from console.services.refresh import discover_collectors
from journeys.estates import Desk

COLLECTORS = discover_collectors()
READER, OFFICER = "BedrockConsoleReader", "AssuranceOfficer"
_GRANT = json.loads(as_json(grant_of(COLLECTORS, trusted="111122223333")))


def enforce(desk: Desk, without: str = "") -> None:
    """Give both roles exactly what was generated, less one action."""
    for role, part in ((READER, "reader"), (OFFICER, "officer")):
        documents = [_lessened(each, without) for each in _GRANT[part]["policies"]]
        desk.control("POST", "policies", {"role": role, "documents": documents})


def _lessened(document: dict[str, Any], without: str) -> dict[str, Any]:
    kept = []
    for one in document["Statement"]:
        actions = [one["Action"]] if isinstance(one["Action"], str) else one["Action"]
        kept.append({**one, "Action": [each for each in actions if each != without]})
    return {**document, "Statement": kept}


def blinded_by(kinds: set[str]) -> set[str]:
    """Return these kinds and those that are told by them what there is to ask about."""
    more = {each.kind for each in COLLECTORS if kinds.intersection(each.needs)}
    return kinds if more <= kinds else blinded_by(kinds | more)
