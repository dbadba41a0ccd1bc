"""Text that came from elsewhere, made safe to show: nothing in it can move a cursor or turn a line round."""

import unicodedata

_INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\ufeff\uffa0")
"""Drawn as nothing or as a space, but not all of them controls by their Unicode category."""
_UNSAFE_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Controls (C0, C1), formats (bidi overrides, zero widths, tags), surrogates, unassigned, line separators."""

_PLANE = 0x10000
"""Code points from here on are two in JSON's escapes."""


def inert(text: object) -> str:
    r"""Return `text` with every control, bidi and invisible character written as a visible escape.

    >>> inert("a\u202eb\x1b[31m\n")
    'a\\u202eb\\u001b[31m\\u000a'
    """
    whole = str(text)
    if whole.isascii() and whole.isprintable():
        return whole
    return "".join(each if _is_safe(each) else escaped(each) for each in whole)


def inert_lines(text: str) -> str:
    """Return `text` made inert line by line; its line feeds are ours, as in pretty-printed JSON."""
    return "\n".join(inert(line) for line in text.split("\n"))


def _is_safe(char: str) -> bool:
    return unicodedata.category(char) not in _UNSAFE_CATEGORIES and char not in _INVISIBLE


def escaped(char: str) -> str:
    r"""Write it as JSON does, so that an escaped JSON text still means the same."""
    code = ord(char)
    if code < _PLANE:
        return f"\\u{code:04x}"
    code -= _PLANE
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
