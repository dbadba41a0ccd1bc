"""A certificate of deletion as PDF/A and PDF/UA, from the same signed record as the page."""

import json
import re
from collections.abc import Mapping
from typing import Any

import typst

from console.base.clock import parse_stamp
from console.base.paths import resources
from console.views.names import when_words
from console.views.text import inert

_LONG = re.compile(r"([/:._-])")
_LATIN = 0x180
"""From here on the bundled font has no signs; PDF/A allows none that is missing."""
_ZERO_WIDTH = "\u200b"
"""Where a line may break within an ARN."""


def certificate_pdf(said: Mapping[str, Any]) -> bytes:
    """Return the document; equal certificates give equal bytes."""
    source = resources() / "templates" / "certificate.typ"
    made: bytes = typst.compile(
        source,
        root=resources(),
        font_paths=[resources() / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(_document(said), sort_keys=True, ensure_ascii=True)},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(parse_stamp(str(said["issued_at"])).timestamp()),
    )
    return made


def _document(said: Mapping[str, Any]) -> dict[str, Any]:
    request, name = said["request"], str(said["request"]["id"])
    words: dict[str, list[str]] = {}
    for each in said["verifications"]:
        for result in each["results"]:
            words.setdefault(result["step"], []).append(str(result["words"]))
    return {
        "title": f"Certificate of deletion {name}",
        "lead": _text(request["target_words"]),
        "wording": said["wording"],
        "facts": [
            ["Ground", _text(request["ground_words"])],
            ["Reason", _text(request["why"])],
            ["Person concerned", request["subject"] or "none"],
            ["Received", request["received_on"]],
            ["Due", request["due_on"]],
            ["Issued", when_words(said["issued_at"])],
            ["Plan", _text(said["plan"]["sha256"])],
            ["Ledger root", _text(said["ledger_root"]) or "no refresh yet"],
        ],
        "people": [
            [part, _text(each["name"]), _text(each["signed_as"]), when_words(each["at"])]
            for part, each in sorted(said["people"].items())
        ],
        "steps": [
            [
                _text(each["subject"]),
                _text(each["operation"]),
                _text(", ".join(each["request_ids"]) or each["outcome"]),
                _text("; ".join(words.get(each["id"], []))),
            ]
            for each in said["steps"]
        ],
        "residuals": [
            [_text(f"{each['subject']}: {each['what']}"), _text(each["reason"]), _text(each["expires"])]
            for each in said["residuals"]
        ],
        "verify": (
            f"What counts is the file {name}.certificate.json, which `ssh-keygen -Y verify` verifies for the namespace "
            "bedrock-console-deletion-certificate with the department's file of allowed signers."
        ),
    }


def _text(value: object) -> str:
    """Return text that cannot do more than be read, in the bundled font, and may break within long names."""
    seen = "".join(each if ord(each) < _LATIN else f"\\u{ord(each):04x}" for each in inert(value))
    return _LONG.sub(rf"\1{_ZERO_WIDTH}", seen)
