"""What two patterns have in common, where a question leaves the resource open within a pattern of its own."""

from functools import lru_cache

from console.policy.match import arn_matches, wild

_ARN_PARTS = 6
_MOST = 2048
_FILLINGS = ("", "\ue000", "\ue000\ue001\ue002")
"""What no policy writes, in place of a wildcard: only a wildcard matches it."""


@lru_cache(maxsize=16384)
def arns_meet(one: str, other: str) -> bool:
    """Tell whether some ARN fits both patterns; true where a variable leaves that open.

    >>> arns_meet("arn:aws:bedrock:*::foundation-model/a*", "arn:aws:bedrock:eu-west-2::foundation-model/*")
    True
    >>> arns_meet("arn:aws:bedrock:us-*::foundation-model/*", "arn:aws:bedrock:eu-west-2::foundation-model/*")
    False
    """
    if "${" in one or one.strip("*") == "" or other.strip("*") == "":
        return True
    these, those = one.split(":", _ARN_PARTS - 1), other.split(":", _ARN_PARTS - 1)
    if len(these) != _ARN_PARTS or len(those) != _ARN_PARTS:
        return False
    return all(_meet(a, b) for a, b in zip(these, those, strict=True))


def holds_all(pattern: str, within: str) -> bool:
    """Tell whether a pattern is known to fit everything that fits `within`.

    >>> holds_all("arn:aws:s3:::*", "arn:aws:s3:::logs-*"), holds_all("arn:aws:s3:::logs-?", "arn:aws:s3:::logs-*")
    (True, False)
    """
    if "${" in pattern:
        return False
    filled = (within.replace("*", each).replace("?", _FILLINGS[1]) for each in _FILLINGS)
    return all(arn_matches(wild(pattern), each) for each in filled)


def _meet(one: str, other: str) -> bool:
    """Tell whether some text fits both patterns: each step moves on in one of them, or in both."""
    if not set(one) & set("*?"):
        one, other = other, one
    if len(one) * len(other) > _MOST * _MOST:
        return True
    row = _skip(1, other)
    for char in one:
        row = _skip(row | _all_after(row, other), other) if char == "*" else _step(row, char, other)
        if not row:
            return False
    return bool(row >> len(other) & 1)


def _step(row: int, char: str, other: str) -> int:
    """Return the positions in `other` after one character of the first pattern."""
    after = 0
    for index, wanted in enumerate(other):
        if not row >> index & 1:
            continue
        if wanted == "*":
            after |= 1 << index
        elif wanted == char or "?" in (wanted, char):
            after |= 1 << (index + 1)
    return _skip(after, other)


def _skip(row: int, other: str) -> int:
    """Return the positions reached as well if stars of `other` stand for nothing."""
    for index, wanted in enumerate(other):
        if wanted == "*" and row >> index & 1:
            row |= 1 << (index + 1)
    return row


def _all_after(row: int, other: str) -> int:
    """Return every position from the first on: a star of the first pattern passes over anything."""
    lowest = (row & -row).bit_length() - 1
    return ((1 << (len(other) + 1)) - 1) & ~((1 << lowest) - 1)
