"""Errors that an operator can act on."""

from typing import ClassVar


class ConsoleError(Exception):
    """A refusal that says what happened (`str`), under which `code`, and what to do (`remedy`).

    A subclass without a code and a remedy cannot be defined: an error nobody can act on is a bug,
    and bugs are other exceptions.
    """

    code: ClassVar[str]
    remedy: str
    """An instruction; a class has one, and an instance may be given a more exact one."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        for name in ("code", "remedy"):
            if not isinstance(getattr(cls, name, None), str):
                raise TypeError(f"{cls.__name__} must declare `{name}`")

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        super().__init__(message)
        if remedy is not None:
            self.remedy = remedy


class DeclarationError(Exception):
    """A folder of declarations is empty or a module declares nothing: a broken build, no user's mistake."""
