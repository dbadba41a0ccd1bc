"""Condition operators: what each says of a key that is present, absent or unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from console.policy.catalogue import is_single
from console.policy.context import ABSENT, UNKNOWN, Context, Missing, Value
from console.policy.match import arn_matches, matches, wild
from console.policy.truth import Leaf, Truth, conjoin, disjoin, negate
from console.policy.values import bits, moment, network, number, truth_value
from console.policy.variables import pattern_of, solve

Compare = Callable[[str, str], bool]
"""Given a pattern or value of the policy and a value of the request."""

NULL = "Null"
OF_VALUE = "value:"
"""Before the operator of a leaf that compares a known value with a policy's text that hangs on unknown keys."""
_ARN_COLONS = 5
FOR_ALL, FOR_ANY = "ForAllValues", "ForAnyValue"


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """How one base operator compares, before it is negated."""

    name: str
    compare: Compare
    patterned: bool = False
    """Whether policy variables are replaced in its values."""
    like: bool = False
    """Whether `*` and `?` are wildcards in its values."""
    folds: bool = False
    """Whether upper and lower case are one."""
    reads: Callable[[str], object] | None = None
    """Returns None for a value that cannot stand under the operator."""
    sort: str = ""
    """What such a value is not."""


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
    """Whether `${…}` is replaced in values."""
    source: str
    """The statement's name."""


def _in_network(wanted: str, found: str) -> bool:
    limits, address = network(wanted), network(found)
    if limits is None or address is None or limits.version != address.version:
        return False
    return int(limits.network_address) <= int(address.network_address) <= int(limits.broadcast_address)


def _same(read: Callable[[str], object]) -> Compare:
    def same(wanted: str, found: str) -> bool:
        limit = read(wanted)
        return limit is not None and limit == read(found)

    return same


def _ordered(read: Callable[[str], Decimal | None], compare: Callable[[Decimal, Decimal], bool]) -> Compare:
    def ordered(wanted: str, found: str) -> bool:
        limit, value = read(wanted), read(found)
        return limit is not None and value is not None and compare(value, limit)

    return ordered


_TESTS = {
    test.name.lower(): test
    for test in (
        Test("StringEquals", matches, patterned=True),
        Test("StringEqualsIgnoreCase", matches, patterned=True, folds=True),
        Test("StringLike", matches, patterned=True, like=True),
        Test("ArnEquals", arn_matches, patterned=True, like=True),
        Test("ArnLike", arn_matches, patterned=True, like=True),
        Test("Bool", _same(truth_value), reads=truth_value, sort="true or false"),
        Test("BinaryEquals", _same(bits), reads=bits, sort="Base64"),
        Test("IpAddress", _in_network, reads=network, sort="an address or a range of addresses"),
        Test(NULL, lambda _wanted, _found: False, reads=truth_value, sort="true or false"),
        *(
            Test(f"{kind}{name}", _ordered(read, compare), reads=read, sort=sort)
            for kind, read, sort in (("Numeric", number, "a number"), ("Date", moment, "a date"))
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
NEGATED_NAMES = {
    "StringEquals": "StringNotEquals",
    "StringEqualsIgnoreCase": "StringNotEqualsIgnoreCase",
    "StringLike": "StringNotLike",
    "ArnEquals": "ArnNotEquals",
    "ArnLike": "ArnNotLike",
    "IpAddress": "NotIpAddress",
    "NumericEquals": "NumericNotEquals",
    "DateEquals": "DateNotEquals",
}
"""What AWS calls the opposite of an operator, where it has one."""
_NEGATED = {negated.lower(): positive.lower() for positive, negated in NEGATED_NAMES.items()}
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
    wanted = _wanted(operator.test, entry.values, entry.variables)
    matched = disjoin(_matches(entry, wanted, text, context) for text in found.texts)
    return negate(matched) if operator.negated else matched


def _absent(operator: Operator) -> bool:
    if operator.quantifier == FOR_ALL or operator.if_exists:
        return True
    return operator.negated and operator.quantifier != FOR_ANY


def _quantified(entry: Entry, found: Value, context: Context) -> Truth:
    """Return whether all, or any, of the request's values satisfy the operator; empty text is no value."""
    every = entry.operator.quantifier == FOR_ALL
    texts = [text for text in found.texts if text]
    wanted = _wanted(entry.operator.test, entry.values, entry.variables)
    satisfied = [_matches(entry, wanted, text, context) for text in texts]
    if entry.operator.negated:
        satisfied = [negate(each) for each in satisfied]
    return conjoin(satisfied) if every else disjoin(satisfied)


def _matches(entry: Entry, wanted: "_Wanted", text: str, context: Context) -> Truth:
    """Return whether one value of the request matches any value of the policy."""
    test = entry.operator.test
    found = text.lower() if test.folds else text
    if found in wanted.exact or any(test.compare(each, found) for each in wanted.patterns):
        return True
    unknown: list[str] = []
    for value in wanted.templates:
        pattern = pattern_of(value, context, variables=True, like=test.like)
        if pattern is UNKNOWN:
            unknown.append(value)
        elif not isinstance(pattern, Missing) and test.compare(
            pattern.lower() if test.folds else pattern, found
        ):
            return True
    templates = (each.lower() for each in unknown) if test.folds else unknown
    return disjoin(when_equal(test.name, each, found, entry.source) for each in templates)


def when_equal(test: str, template: str, text: str, source: str) -> Truth:
    """Return what must hold for a policy's text, with variables that are not known, to match a known text.

    Where plain text stands around one single-valued variable, that is a leaf on the variable's own key: what a
    variable brings holds no wildcards, so the texts must be equal, and one that does not even match itself (what is no
    ARN, under `ArnLike`) is matched by none.
    """
    solved = solve(template, text)
    if solved is None or not is_single(solved.key):
        return Leaf(f"{OF_VALUE}{test}", text, (template,), variables=True, source=source)
    if solved.value is None or not _TESTS[test.lower()].compare(text, text):
        return False
    operator = "StringEqualsIgnoreCase" if test == "StringEqualsIgnoreCase" else "StringEquals"
    value: Truth = Leaf(operator, solved.key, (solved.value,), variables=False, source=source)
    absent: Truth = Leaf(NULL, solved.key, ("true",), variables=False, source=source)
    return disjoin((value, absent)) if solved.when_absent else value


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The values of an entry, sorted by how they are compared."""

    exact: frozenset[str]
    patterns: tuple[str, ...]
    templates: tuple[str, ...]
    """Values with variables, which are other patterns in another context."""


@lru_cache(maxsize=8192)
def _wanted(test: Test, values: tuple[str, ...], variables: bool) -> _Wanted:  # noqa: FBT001 - a cache's key
    if not test.patterned:
        return _Wanted(frozenset(), values, ())
    templates = tuple(each for each in values if variables and "${" in each)
    plain = [each for each in values if not (variables and "${" in each)]
    if test.folds:
        plain = [each.lower() for each in plain]
    arns = test.compare is arn_matches
    exact = [
        each
        for each in plain
        if not (test.like and ("*" in each or "?" in each)) and (not arns or each.count(":") >= _ARN_COLONS)
    ]
    held = frozenset(exact)
    patterns = [wild(each) for each in plain if each not in held] if test.like else []
    return _Wanted(held, tuple(patterns), templates)


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
    if name.startswith(OF_VALUE):
        test = _TESTS[name.removeprefix(OF_VALUE).lower()]
        operator = Operator(test=test, negated=False, quantifier="", if_exists=False)
        entry = Entry(
            operator=operator, key="", values=leaf.values, variables=leaf.variables, source=leaf.source
        )
        return _matches(entry, _wanted(test, entry.values, entry.variables), key, context)
    quantifier, _, rest = name.rpartition(":")
    negated = quantifier.endswith(":Not")
    quantifier = quantifier.removesuffix(":Not")
    operator = Operator(test=_TESTS[rest.lower()], negated=negated, quantifier=quantifier, if_exists=False)
    entry = Entry(
        operator=operator, key=key, values=leaf.values, variables=leaf.variables, source=leaf.source
    )
    return holds(entry, context)
