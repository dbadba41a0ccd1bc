"""What a worker is told and what it says, without the libraries that it needs for doing it."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.base.errors import ConsoleError
from console.base.settings import AwsSettings, Settings, settings_of
from console.domain.selection import EVERYTHING, Selection
from console.vault.signing import SigningKey
from console.vault.storekey import StoreKey

NOT_BEGUN = "SVC-005"
"""The code of a refresh that was cancelled before it began."""
Event = dict[str, Any]
"""One line of a child's output; `event` says which: see `child.MEMBERS`."""


class BadJobError(ConsoleError):
    """Standard input does not begin with a job."""

    code = "SVC-002"
    remedy = "Start a refresh with `bedrock-console refresh`; `--worker` is for the program itself."


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is told."""

    store: Path
    key: StoreKey = field(repr=False)
    signer: SigningKey = field(repr=False)
    settings: Settings
    resume: bool
    """Take up an unfinished refresh; otherwise end it and start another."""
    selection: Selection = EVERYTHING
    """What to read of the organisation, unless a refresh is resumed, which keeps its own part."""

    def line(self) -> str:
        """Return the job as one line of JSON; it holds secrets."""
        return json.dumps(
            {
                "store": str(self.store),
                "key": self.key.hex(),
                "signing_key": self.signer.raw.hex(),
                "settings": dataclasses.asdict(self.settings),
                "resume": self.resume,
                "selection": dataclasses.asdict(self.selection),
            }
        )

    @classmethod
    def read(cls, line: str) -> "Job":
        """Read what `line` wrote."""
        try:
            said = json.loads(line)
            return cls(
                store=Path(said["store"]),
                key=StoreKey.from_hex(said["key"]),
                signer=SigningKey(bytes.fromhex(said["signing_key"])),
                settings=settings_of(said["settings"]),
                resume=bool(said["resume"]),
                selection=Selection(**{name: tuple(each) for name, each in said["selection"].items()}),
            )
        except (ValueError, KeyError, TypeError):
            raise BadJobError("standard input does not begin with a job") from None


def sign_in_line(settings: AwsSettings) -> str:
    """Return what a child that signs in is told, as one line of JSON without secrets."""
    return json.dumps({"aws": dataclasses.asdict(settings)})


def read_sign_in(line: str) -> AwsSettings:
    """Read what `sign_in_line` wrote."""
    try:
        return settings_of(json.loads(line)).aws
    except (ValueError, AttributeError, TypeError):
        raise BadJobError("standard input does not begin with a sign-in") from None


def answer_line(question: int, code: str) -> str:
    """Return the answer to a child's question, as the line that it hears; it holds a secret for a minute."""
    return json.dumps({"answer": question, "code": code})


def read_answer(line: str) -> tuple[int, str] | None:
    """Read what `answer_line` wrote; None for another line."""
    try:
        said = json.loads(line)
        return int(said["answer"]), str(said["code"])
    except (ValueError, KeyError, TypeError):
        return None
