"""The root over what a refresh saw, by which two refreshes are known to have seen the same."""

from console.base.canonical import canonical
from console.evidence.engine import Driver
from console.evidence.ledger import leaf_hash, root_of

# ruff: noqa: S608 - constants
_STEPS = "step s JOIN place w ON w.id = s.place_id"
_FROM = "CASE s.base WHEN 0 THEN s.first ELSE s.base END"


def content_root(connection: Driver, refresh_id: int) -> str:
    """Return the root over what a refresh saw, whenever and in whatever order it saw it.

    Leaves, sorted by their bytes: one for each step, `{"account_id", "facts", "kind", "reason", "region"}`, so that
    "read, and nothing there" differs from "not read"; one for each fact, `{"account_id", "body_sha256", "key", "kind",
    "region"}`; and one for each single thing missed, `{"account_id", "key", "kind", "reason", "region"}`. Times,
    request ids, callers, salts and AWS's wording of an error are left out.
    """
    steps = connection.execute(
        f"SELECT w.kind, w.account_id, w.region, s.facts, coalesce(o.reason, '') FROM {_STEPS} "
        f"LEFT JOIN observation o ON o.sequence = {_FROM} AND s.state = 'gap' WHERE s.refresh_id = ?",
        (refresh_id,),
    )
    said: list[dict[str, object]] = [
        {"account_id": account, "facts": facts, "kind": kind, "reason": reason, "region": region}
        for kind, account, region, facts, reason in steps
    ]
    facts = connection.execute(
        f"SELECT w.kind, w.account_id, w.region, o.key, lower(hex(b.sha256)) FROM {_STEPS} "
        f"JOIN observation o ON o.sequence BETWEEN {_FROM} AND {_FROM} + s.facts - 1 "
        "JOIN body b ON b.id = o.body_id WHERE s.refresh_id = ?",
        (refresh_id,),
    )
    said += [
        {"account_id": account, "body_sha256": sha256, "key": key, "kind": kind, "region": region}
        for kind, account, region, key, sha256 in facts
    ]
    gaps = connection.execute(
        f"SELECT w.kind, w.account_id, w.region, o.key, o.reason FROM {_STEPS} "
        f"JOIN observation o ON o.sequence BETWEEN {_FROM} + s.facts AND {_FROM} + s.facts + s.gaps - 1 "
        "WHERE s.refresh_id = ? AND s.state = 'read'",
        (refresh_id,),
    )
    said += [
        {"account_id": account, "key": key, "kind": kind, "reason": reason, "region": region}
        for kind, account, region, key, reason in gaps
    ]
    return root_of(leaf_hash(each) for each in sorted(canonical(each) for each in said)).hex()
