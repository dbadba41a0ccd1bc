"""Keys: those under which data of Bedrock is encrypted, and those with which people and agents sign in."""

from collections.abc import Iterator

from console.collect.data_paths import NAMES_KEYS, key_names
from console.controls.payload import listed, said
from console.domain.evidence import Fact
from console.views.beside import Get, Seen
from console.views.names import kind_words
from console.views.policy_words import policy_in_words, policy_json
from console.views.sections import Detail, Heading, Inventory, Section, Source
from console.views.table import Cell, Kind
from console.views.text import inert

_KEY, _POLICY, _ROTATION, _GRANT = "kms.key", "kms.key_policy", "kms.key_rotation", "kms.grant"
_CORE = "bedrock-agentcore-control"
_SYMMETRIC = "SYMMETRIC_DEFAULT"
_NEVER = "never expires"
_STATUS = Heading("status", "Status")
_ARN = Heading("arn", "ARN", Kind.ARN)


def _manager(seen: Seen) -> Cell:
    who = said(seen.fact.payload, "KeyManager")
    return {"CUSTOMER": "the account", "AWS": "AWS"}.get(who or "", inert(who) if who else None)


def _rotates(seen: Seen) -> Cell:
    spec = said(seen.fact.payload, "KeySpec")
    if spec not in (None, _SYMMETRIC):
        return "a key of this sort does not"
    return seen.other(_ROTATION, seen.fact.key, "KeyRotationEnabled", nothing="not said")


def _grants(seen: Seen) -> Cell:
    fact = seen.beside.one(_GRANT, seen.fact.scope, seen.fact.key)
    if fact is None:
        return seen.why_not(_GRANT, seen.fact.key) or "not said"
    seen.looked_at.append(fact.sequence)
    return len(listed(fact.payload, "Grants"))


def _user_count(seen: Seen) -> Cell:
    """Count what names the key; where some of it was not seen, at least."""
    count = sum(1 for _ in _users(seen))
    scope = seen.fact.scope
    gaps = [gap for kind in NAMES_KEYS for gap in seen.beside.missed(kind, scope)]
    seen.looked_at.extend(gap.sequence for gap in gaps)
    return f"at least {count:,}" if gaps else count


def _users(seen: Seen) -> Iterator[Fact]:
    """Yield what names the key by its ARN or id; what names an alias cannot be told apart from here."""
    names = {seen.fact.key, seen.fact.payload.get("KeyId")}
    for kind in NAMES_KEYS:
        for fact in seen.beside.at(kind, seen.fact.scope):
            if not names.isdisjoint(key_names(fact.payload)):
                yield fact


def _user_lines(seen: Seen) -> Iterator[str]:
    for fact in _users(seen):
        yield f"{kind_words(fact.kind)}: {inert(fact.key)}"


def _grant_lines(seen: Seen) -> Iterator[str]:
    fact = seen.beside.one(_GRANT, seen.fact.scope, seen.fact.key)
    for grant in listed(fact.payload, "Grants") if fact else ():
        operations = grant.get("Operations")
        may = ", ".join(map(str, operations)) if isinstance(operations, list) else "operations not said"
        yield inert(f"{said(grant, 'GranteePrincipal') or 'grantee not said'}: {may}")


def _policy(seen: Seen) -> object:
    fact = seen.beside.one(_POLICY, seen.fact.scope, seen.fact.key)
    return fact.payload.get("Policy") if fact else None


def _policy_lines(seen: Seen) -> Iterator[str]:
    why = seen.why_not(_POLICY, seen.fact.key)
    if why:
        yield why
    else:
        yield from policy_in_words(_policy(seen))


def _policy_json(seen: Seen) -> Iterator[str]:
    policy = _policy(seen)
    if policy:
        yield policy_json(policy)


def _text(words: str) -> Get:
    return lambda _seen: words


_ENCRYPTION = Section(
    id="encryption",
    title="Encryption keys",
    about=(
        "Keys that something of Bedrock names: guardrails, agents, knowledge bases, models, logs and buckets. Whoever"
        " controls one can make the data unreadable, or let others read it. “Used by” counts what names the key by its"
        " id in the same account and Region."
    ),
    headings=(
        Heading("key", "Key id"),
        Heading("state", "State"),
        Heading("manager", "Managed by"),
        Heading("rotation", "Rotates"),
        Heading("regions", "Multi-Region"),
        Heading("grants", "Grants", Kind.NUMBER),
        Heading("users", "Used by", Kind.NUMBER),
        Heading("made", "Made", Kind.TIME, is_shown=False),
        Heading("deleted", "To be deleted", Kind.TIME, is_shown=False),
        _ARN,
    ),
    sources=(
        Source(
            _KEY,
            (
                "KeyId",
                "KeyState",
                _manager,
                _rotates,
                "MultiRegion",
                _grants,
                _user_count,
                "CreationDate",
                lambda seen: seen.get("DeletionDate") or "no",
                "Arn",
            ),
        ),
    ),
    beside=(_POLICY, _ROTATION, _GRANT, *NAMES_KEYS),
    details=(
        Detail("Used by", _user_lines),
        Detail("Grants", _grant_lines),
        Detail("Key policy in words", _policy_lines),
        Detail("Key policy as JSON", _policy_json, is_code=True),
    ),
    stretch="arn",
)
_API_KEYS = Section(
    id="api_keys",
    title="Bedrock API keys",
    about=(
        "Long-term keys for calling Bedrock without signing in to AWS. Whoever has one can call as its user. Short-term"
        " keys leave nothing in an account's settings that could be listed; only CloudTrail shows their use."
    ),
    headings=(
        Heading("name", "Name"),
        Heading("user", "Belongs to user"),
        _STATUS,
        Heading("made", "Made", Kind.TIME),
        Heading("expires", "Expires", Kind.TIME),
        Heading("id", "Key id", is_shown=False),
    ),
    sources=(
        Source(
            "iam.service_specific_credential",
            (
                lambda seen: seen.get("ServiceCredentialAlias") or inert(seen.fact.key),
                "UserName",
                "Status",
                "CreateDate",
                lambda seen: seen.get("ExpirationDate") or _NEVER,
                "ServiceSpecificCredentialId",
            ),
        ),
    ),
    stretch="name",
)
_ACCESS_KEYS = Section(
    id="access_keys",
    title="Access keys",
    about="Long-term keys of IAM users, for every service that the user may call.",
    headings=(
        Heading("id", "Key id"),
        Heading("user", "Belongs to user"),
        _STATUS,
        Heading("made", "Made", Kind.TIME),
        Heading("used", "Last used", Kind.TIME),
        Heading("where", "Last used for"),
    ),
    sources=(
        Source(
            "iam.access_key",
            (
                "AccessKeyId",
                "UserName",
                "Status",
                "CreateDate",
                lambda seen: seen.get("AccessKeyLastUsed.LastUsedDate") or "no use is recorded",
                "AccessKeyLastUsed.ServiceName",
            ),
        ),
    ),
    stretch="user",
)
_KEPT = Section(
    id="kept",
    title="Secrets kept for agents",
    about="What AgentCore signs in with elsewhere in an agent's name, and the vaults in which it keeps that.",
    headings=(
        Heading("name", "Name"),
        Heading("sort", "What it is"),
        Heading("key", "Kept in", Kind.ARN),
        Heading("changed", "Changed", Kind.TIME),
        _ARN,
    ),
    sources=(
        Source(
            f"{_CORE}.api_key_credential_provider",
            (
                "name",
                _text("API key"),
                "apiKeySecretArn.secretArn",
                "lastUpdatedTime",
                "credentialProviderArn",
            ),
        ),
        Source(
            f"{_CORE}.oauth2_credential_provider",
            (
                "name",
                lambda seen: f"OAuth client of {seen.get('credentialProviderVendor') or 'a vendor not said'}",
                "clientSecretArn.secretArn",
                "lastUpdatedTime",
                "credentialProviderArn",
            ),
        ),
        Source(
            f"{_CORE}.token_vault",
            (
                "tokenVaultId",
                _text("token vault"),
                lambda seen: seen.get("kmsConfiguration.kmsKeyArn") or "under a key of AWS's",
                "lastModifiedDate",
                lambda _seen: None,
            ),
        ),
    ),
    stretch="arn",
)

KEYS = Inventory("keys", "Keys", (_ENCRYPTION, _API_KEYS, _ACCESS_KEYS, _KEPT))
