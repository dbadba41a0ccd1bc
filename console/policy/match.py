"""Wildcards of IAM, matched in linear time.

A pattern is text in which a wildcard is one of two code points that no policy can hold, so that a literal `*`
(written `${*}`, or the value of a variable) and a wildcard `*` stay apart.
"""

from functools import lru_cache

ANY_TEXT = "\U0010ffff"
"""A wildcard for any text, the empty one included."""
ANY_CHAR = "\U0010fffe"
"""A wildcard for exactly one character."""
_RESERVED = str.maketrans({ANY_TEXT: "\ufffd", ANY_CHAR: "\ufffd"})
_WILD = str.maketrans({"*": ANY_TEXT, "?": ANY_CHAR})


def literal(text: str) -> str:
    """Return a pattern that matches `text` alone."""
    return text.translate(_RESERVED)


def wild(text: str) -> str:
    """Return the pattern of a policy's text in which `*` and `?` are wildcards.

    >>> matches(wild("bedrock:Invoke*"), "bedrock:InvokeModel")
    True
    """
    return text.translate(_RESERVED).translate(_WILD)


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole of `text` is what `pattern` says.

    The parts between wildcards are sought from left to right, each once and never again, so the time grows
    with the sum of both lengths, whatever the pattern.

    >>> matches(wild("a*b?"), "axxbz"), matches(wild("a*b"), "ab"), matches(wild("?"), "")
    (True, True, False)
    """
    if ANY_TEXT not in pattern:
        return _same(pattern, text)
    head, *middle, tail = pattern.split(ANY_TEXT)
    if len(text) < len(head) + len(tail):
        return False
    if not _same(head, text[: len(head)]) or not _same(tail, text[len(text) - len(tail) :]):
        return False
    at, end = len(head), len(text) - len(tail)
    for part in middle:
        found = _find(part, text, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _same(pattern: str, text: str) -> bool:
    """Compare a pattern without `*`."""
    if ANY_CHAR not in pattern:
        return pattern == text
    return len(pattern) == len(text) and all(
        wanted in (ANY_CHAR, found) for wanted, found in zip(pattern, text, strict=True)
    )


def _find(part: str, text: str, start: int, end: int) -> int:
    """Return where `part` first stands in `text[start:end]`, or -1."""
    if ANY_CHAR not in part:
        return text.find(part, start, end)
    masks, anywhere = _shift_masks(part)
    last = 1 << (len(part) - 1)
    state = 0
    for index in range(start, end):
        state = ((state << 1) | 1) & masks.get(text[index], anywhere)
        if state & last:
            return index - len(part) + 1
    return -1


@lru_cache(maxsize=1024)
def _shift_masks(part: str) -> tuple[dict[str, int], int]:
    """Return, for the shift-and search, the positions at which each character may stand, and any other may."""
    anywhere = sum(1 << index for index, char in enumerate(part) if char == ANY_CHAR)
    masks: dict[str, int] = {}
    for index, char in enumerate(part):
        if char != ANY_CHAR:
            masks[char] = masks.get(char, anywhere) | (1 << index)
    return masks, anywhere


def arn_matches(pattern: str, arn: str) -> bool:
    """Compare two ARNs part by part; a wildcard stays inside its part, and the sixth part may hold colons.

    >>> arn_matches(wild("arn:aws:iam::*:role/x"), "arn:aws:iam::1:role/x")
    True
    >>> arn_matches(wild("arn:*:role/x"), "arn:aws:iam::1:role/x")
    False
    """
    if pattern == ANY_TEXT:
        return True
    wanted, found = _parts(pattern), arn.split(":", 5)
    if len(wanted) != _ARN_PARTS or len(found) != _ARN_PARTS:
        return False
    for each, other in zip(wanted, found, strict=True):
        if each not in (other, ANY_TEXT) and not matches(each, other):
            return False
    return True


@lru_cache(maxsize=16384)
def _parts(pattern: str) -> list[str]:
    return pattern.split(":", 5)


_ARN_PARTS = 6
