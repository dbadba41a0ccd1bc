"""Condition operators: what each says of a key that is present, absent or unknown."""

import base64
import binascii
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from console.policy.context import ABSENT, UNKNOWN, Context, Missing, Value
from console.policy.match import arn_matches, literal, matches, wild
from console.policy.truth import Leaf, Truth, conjoin, disjoin, negate
from console.policy.variables import pattern_of

Compare = Callable[[str, str], bool]
"""Given a pattern or value of the policy and a value of the request."""

NULL = "Null"
FOR_ALL, FOR_ANY = "ForAllValues", "ForAnyValue"


@dataclass(frozen=True, slots=True)
class Test:
    """How one base operator compares, before it is negated."""

    name: str
    compare: Compare
    patterned: bool = False
    """Whether policy variables are replaced in its values."""
    like: bool = False
    """Whether `*` and `?` are wildcards in its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A condition operator with its modifiers."""

    test: Test
    negated: bool
    quantifier: str
    """`ForAllValues`, `ForAnyValue`, or empty."""
    if_exists: bool

    @property
    def positive(self) -> str:
        """The operator's name without negation and IfExists."""
        return f"{self.quantifier}:{self.test.name}" if self.quantifier else self.test.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key under one operator; several values are alternatives."""

    operator: Operator
    key: str
    values: tuple[str, ...]
    variables: bool
    source: str
    """The statement's name."""


def _fold(compare: Compare) -> Compare:
    return lambda wanted, found: compare(wanted.casefold(), found.casefold())


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@lru_cache(maxsize=4096)
def _moment(text: str) -> Decimal | None:
    """Return seconds since 1970 of an epoch number or a W3C date, which without a zone is UTC."""
    number = _number(text)
    if number is not None:
        return number
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Decimal(str(aware.timestamp()))


@lru_cache(maxsize=4096)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _in_network(wanted: str, found: str) -> bool:
    network, address = _network(wanted), _network(found)
    if network is None or address is None or network.version != address.version:
        return False
    return int(network.network_address) <= int(address.network_address) <= int(network.broadcast_address)


def _same_bytes(wanted: str, found: str) -> bool:
    try:
        return base64.b64decode(wanted, validate=True) == base64.b64decode(found, validate=True)
    except (binascii.Error, ValueError):
        return False


def _ordered(read: Callable[[str], Decimal | None], compare: Callable[[Decimal, Decimal], bool]) -> Compare:
    def ordered(wanted: str, found: str) -> bool:
        limit, value = read(wanted), read(found)
        return limit is not None and value is not None and compare(value, limit)

    return ordered


_TESTS = {
    test.name.lower(): test
    for test in (
        Test("StringEquals", matches, patterned=True),
        Test("StringEqualsIgnoreCase", _fold(matches), patterned=True),
        Test("StringLike", matches, patterned=True, like=True),
        Test("ArnEquals", arn_matches, patterned=True, like=True),
        Test("ArnLike", arn_matches, patterned=True, like=True),
        Test("Bool", lambda wanted, found: wanted.lower() == found.lower() in ("true", "false")),
        Test("BinaryEquals", _same_bytes),
        Test("IpAddress", _in_network),
        Test(NULL, lambda _wanted, _found: False),
        *(
            Test(f"{kind}{name}", _ordered(read, compare))
            for kind, read in (("Numeric", _number), ("Date", _moment))
            for name, compare in (
                ("Equals", lambda value, limit: value == limit),
                ("LessThan", lambda value, limit: value < limit),
                ("LessThanEquals", lambda value, limit: value <= limit),
                ("GreaterThan", lambda value, limit: value > limit),
                ("GreaterThanEquals", lambda value, limit: value >= limit),
            )
        ),
    )
}
_NEGATED = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
    "notipaddress": "ipaddress",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
}
_QUANTIFIERS = {each.lower(): each for each in (FOR_ALL, FOR_ANY)}


@lru_cache(maxsize=512)
def parse_operator(written: str) -> Operator | None:
    """Return what an operator's name says, or None if there is no such operator."""
    quantifier, colon, base = written.lower().rpartition(":")
    if colon and quantifier not in _QUANTIFIERS:
        return None
    if_exists = base.endswith("ifexists")
    base = base.removesuffix("ifexists")
    negated = base in _NEGATED
    test = _TESTS.get(_NEGATED.get(base, base))
    if test is None or (test.name == NULL and (if_exists or colon)):
        return None
    return Operator(
        test=test, negated=negated, quantifier=_QUANTIFIERS.get(quantifier, ""), if_exists=if_exists
    )


def holds(entry: Entry, context: Context) -> Truth:
    """Return whether the entry holds; a leaf where that hangs on what is not known."""
    found = context.look_up(entry.key)
    operator = entry.operator
    if operator.test.name == NULL:
        return _null(entry, found)
    if found is UNKNOWN:
        return _unknown(entry)
    if found is ABSENT or isinstance(found, Missing):
        return _absent(operator)
    if operator.quantifier:
        return _quantified(entry, found, context)
    matched = disjoin(_matches(entry, text, context) for text in found.texts)
    return negate(matched) if operator.negated else matched


def _absent(operator: Operator) -> bool:
    if operator.quantifier == FOR_ALL or operator.if_exists:
        return True
    return operator.negated and operator.quantifier != FOR_ANY


def _quantified(entry: Entry, found: Value, context: Context) -> Truth:
    """Return whether all, or any, of the request's values satisfy the operator; empty text is no value."""
    every = entry.operator.quantifier == FOR_ALL
    texts = [text for text in found.texts if text]
    satisfied = [_matches(entry, text, context) for text in texts]
    if entry.operator.negated:
        satisfied = [negate(each) for each in satisfied]
    return conjoin(satisfied) if every else disjoin(satisfied)


def _matches(entry: Entry, text: str, context: Context) -> Truth:
    """Return whether one value of the request matches any value of the policy."""
    test = entry.operator.test
    unknown: list[str] = []
    for value in entry.values:
        pattern = _pattern(test, value, context, variables=entry.variables)
        if pattern is UNKNOWN:
            unknown.append(value)
        elif not isinstance(pattern, Missing) and test.compare(pattern, text):
            return True
    if not unknown:
        return False
    return Leaf(f"value:{test.name}", text, tuple(sorted(set(unknown))), entry.variables, entry.source)


def _pattern(test: Test, value: str, context: Context, *, variables: bool) -> str | Missing:
    if not test.patterned:
        return value
    return pattern_of(value, context, variables=variables, like=test.like)


def _null(entry: Entry, found: Value | Missing) -> Truth:
    asked = {value.lower() for value in entry.values}
    if asked >= {"true", "false"}:
        return True
    if found is UNKNOWN:
        leaf = Leaf(NULL, entry.key, ("true",), variables=False, source=entry.source)
        return leaf if "true" in asked else negate(leaf) if "false" in asked else False
    return ("true" if found is ABSENT else "false") in asked


def _unknown(entry: Entry) -> Truth:
    """Return what an entry comes to whose key is unknown: positive leaves, negated and joined."""
    operator = entry.operator
    name = operator.positive
    if operator.quantifier and operator.negated:
        name = f"{operator.quantifier}:Not:{operator.test.name}"
    leaf: Truth = Leaf(name, entry.key, tuple(sorted(set(entry.values))), entry.variables, entry.source)
    if operator.negated and not operator.quantifier:
        return negate(leaf)
    if operator.if_exists:
        null = Leaf(NULL, entry.key, ("true",), variables=False, source=entry.source)
        return disjoin((null, leaf))
    return leaf


def settle_leaf(leaf: Leaf, context: Context) -> Truth:
    """Return what a leaf comes to once more of the context is known."""
    name, key = leaf.operator, leaf.key
    if name.startswith("value:"):
        test = _TESTS[name.removeprefix("value:").lower()]
        operator = Operator(test=test, negated=False, quantifier="", if_exists=False)
        entry = Entry(
            operator=operator, key="", values=leaf.values, variables=leaf.variables, source=leaf.source
        )
        return _matches(entry, key, context)
    quantifier, _, rest = name.rpartition(":")
    negated = quantifier.endswith(":Not")
    quantifier = quantifier.removesuffix(":Not")
    operator = Operator(test=_TESTS[rest.lower()], negated=negated, quantifier=quantifier, if_exists=False)
    entry = Entry(
        operator=operator, key=key, values=leaf.values, variables=leaf.variables, source=leaf.source
    )
    return holds(entry, context)


__all__ = ["Entry", "Operator", "holds", "literal", "parse_operator", "settle_leaf", "wild"]
