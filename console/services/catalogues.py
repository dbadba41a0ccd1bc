"""The claims and the frameworks that this build ships, read once."""

from dataclasses import replace
from functools import cache

from console.base.paths import resources
from console.controls.claims import Catalogue, read_claims
from console.controls.frameworks import Framework, read_framework


@cache
def claim_catalogue() -> Catalogue:
    """Return the claims of the guidance."""
    return read_claims((resources() / "guidance" / "claims.toml").read_text(encoding="utf-8"))


@cache
def frameworks() -> tuple[Framework, ...]:
    """Return every framework, in the order of names."""
    files = sorted((resources() / "frameworks").glob("*.toml"))
    found = (read_framework(file.read_text(encoding="utf-8")) for file in files)
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def frameworks_about(catalogue: Catalogue) -> tuple[Framework, ...]:
    """Return the frameworks with the entries that some of these claims serve, or that no claim at all does."""
    chosen = {claim.id for claim in catalogue.claims}
    made = []
    for framework in frameworks():
        entries = [
            replace(entry, claims=tuple(each for each in entry.claims if each in chosen))
            for entry in framework.entries
            if not entry.claims or chosen & set(entry.claims)
        ]
        made.append(replace(framework, entries=tuple(entries)))
    return tuple(made)
