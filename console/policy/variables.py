"""Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters themselves."""

from console.policy.context import ABSENT, UNKNOWN, Context, Missing
from console.policy.match import literal, wild


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


def _value(inside: str, context: Context) -> str | Missing:
    if inside in ("*", "?", "$"):
        return inside
    key, comma, rest = inside.partition(",")
    found = context.look_up(key.strip())
    if found is UNKNOWN:
        return UNKNOWN
    if isinstance(found, Missing) or found.multivalued or len(found.texts) != 1:
        default = rest.strip()
        quoted = comma and len(default) > 1 and default[0] == default[-1] == "'"
        return default[1:-1] if quoted else ABSENT
    return found.texts[0]
