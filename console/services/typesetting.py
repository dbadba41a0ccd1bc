"""Setting the pack's PDF in a process of its own: the typesetter takes hundreds of megabytes, and gives them back.

The child is this same program. It is told the document on its standard input and answers with the PDF; it has no key,
opens no store and no connection.
"""

import json
import subprocess
from collections.abc import Mapping

from console.base.clock import parse_stamp
from console.base.errors import ConsoleError
from console.base.paths import resources
from console.reports.pack import Typeset
from console.services.child import program

_SECONDS = 300


class TypesettingError(ConsoleError):
    """The PDF could not be set."""

    code = "SVC-016"
    remedy = "Make the pack without a PDF (`--no-pdf`): everything that it says is in the HTML report too."


def typesetter(environment: Mapping[str, str]) -> Typeset:
    """Return what sets a document as PDF in a child process."""

    def typeset(document: bytes) -> bytes:
        try:
            made = subprocess.run(
                [*program(), "pack", "typeset"],
                input=document,
                capture_output=True,
                env=dict(environment),
                check=False,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TypesettingError(f"the PDF could not be set: {error}") from None
        if made.returncode or not made.stdout.startswith(b"%PDF-"):
            said = made.stderr.decode("utf-8", "replace").strip().splitlines()
            raise TypesettingError(f"the PDF could not be set: {said[-1] if said else 'no reason was given'}")
        return made.stdout

    return typeset


def pdf(document: bytes) -> bytes:
    """Return the PDF/A-2a and PDF/UA-1 of a document; the same bytes for the same document. The child's half."""
    import typst  # noqa: PLC0415 - 84 megabytes, only in the child

    at = parse_stamp(json.loads(document)["at"])
    return bytes(
        typst.compile(
            resources() / "templates" / "report.typ",
            format="pdf",
            sys_inputs={"document": document.decode()},
            font_paths=[resources() / "fonts"],
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    )
