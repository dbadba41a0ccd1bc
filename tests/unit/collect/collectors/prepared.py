"""Answers that are prepared for one client, for shapes of AWS's that the department has no example of."""

from collections.abc import Callable, Mapping
from typing import Any

from console.collect.sessions import Sessions
from unit.collect.answering import Server

Made = Callable[..., tuple[Sessions, Server]]
"""What the fixture `aws` is."""


def without_metadata(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as the runner keeps it."""
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}
