"""Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters themselves."""

from dataclasses import dataclass

from console.policy.context import ABSENT, UNKNOWN, Context, Missing
from console.policy.match import literal, wild

_CHARACTERS = ("*", "?", "$")


def pattern_of(text: str, context: Context, *, variables: bool, like: bool) -> str | Missing:
    """Return the pattern that `text` means in this context.

    `ABSENT` if a variable without a default has no value (such text equals nothing), `UNKNOWN` if it hangs
    on an unknown key. What a variable stands for is literal: a `*` in it is no wildcard.
    """
    plain = wild if like else literal
    if not variables or "${" not in text:
        return plain(text)
    pieces: list[str] = []
    missing: Missing | None = None
    at = 0
    while (start := text.find("${", at)) >= 0:
        end = text.find("}", start)
        if end < 0:
            break
        pieces.append(plain(text[at:start]))
        value = _value(text[start + 2 : end], context)
        if isinstance(value, Missing):
            missing = ABSENT if ABSENT in (value, missing) else UNKNOWN
        else:
            pieces.append(literal(value))
        at = end + 1
    if missing is not None:
        return missing
    return "".join([*pieces, plain(text[at:])])


def written_of(text: str, context: Context, *, variables: bool) -> str | None:
    """Return `text` with the variables whose values are known put in, the rest left as they stand.

    None if a variable is known to have no value: such text matches nothing.
    """
    if not variables or "${" not in text:
        return text
    pieces = text.split("${")
    written = [pieces[0]]
    for piece in pieces[1:]:
        inside, end, rest = piece.partition("}")
        value = _value(inside, context) if end and inside not in _CHARACTERS else UNKNOWN
        if value is ABSENT:
            return None
        if isinstance(value, Missing) or set(value) & set("*?$"):
            written.append("${" + piece)
        else:
            written.append(value + rest)
    return "".join(written)


@dataclass(frozen=True, slots=True)
class Solved:
    """When a text with one variable is a given text."""

    key: str
    value: str | None
    """What the key must be; None if no value makes the texts equal."""
    when_absent: bool
    """Whether the default makes them equal."""


def solve(template: str, text: str) -> Solved | None:
    """Return when `template` is `text`; None unless it is plain text around one variable.

    >>> solve("team-${aws:PrincipalTag/team}", "team-red")
    Solved(key='aws:PrincipalTag/team', value='red', when_absent=False)
    """
    before, _, rest = template.partition("${")
    inside, end, after = rest.partition("}")
    if not end or "${" in after or inside in _CHARACTERS or set(before + after) & set("*?"):
        return None
    key, comma, default = inside.partition(",")
    size = len(before) + len(after)
    fits = len(text) >= size and text.startswith(before) and text.endswith(after)
    value = text[len(before) : len(text) - len(after)] if fits else None
    absent = bool(comma) and value is not None and _quoted(default) == value
    return Solved(key.strip(), value, absent)


def _quoted(default: str) -> str | None:
    text = default.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else None


def _value(inside: str, context: Context) -> str | Missing:
    if inside in _CHARACTERS:
        return inside
    key, comma, rest = inside.partition(",")
    found = context.look_up(key.strip())
    if found is UNKNOWN:
        return UNKNOWN
    if isinstance(found, Missing) or found.multivalued or len(found.texts) != 1:
        default = _quoted(rest) if comma else None
        return ABSENT if default is None else default
    return found.texts[0]
