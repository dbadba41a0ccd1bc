"""`bedrock-console guidance`: import the department's guidance, see its lines, map those that nothing knows."""

import json
from argparse import ArgumentParser
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from console.cli.base import DONE, FOUND, Command, Invocation
from console.controls.guidance import Matching
from console.services.catalogues import claim_catalogue
from console.services.guidance import NoGuidanceError
from console.views.guidance import guidance_table
from console.views.text import inert

TEACHING = """\
The console ships its claims in words of its own, and of the guidance only the hash of each line. Import your copy, of
this edition or another: its lines are known by their hashes and shown beside the claims. The text is kept in the
encrypted store and in no pack. Of another edition it says which claims it affects; a line that is new can be mapped by
hand to the claims that it states, or to none.

  bedrock-console guidance import guidance.txt --person "Jo Bloggs"
  bedrock-console guidance lines                     every line with its claims; --new for those nothing knows
  bedrock-console guidance map 12 S15 S16 --person "Jo Bloggs"
  bedrock-console guidance map 13 --person "Jo Bloggs"            line 13 states no claim

exit codes: 0 every line is known; 1 some are not, or claims are affected; 2 refused
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    bring = under.add_parser("import", help="keep an edition of the guidance")
    bring.add_argument("file", type=Path, help="plain text in UTF-8")
    lines = under.add_parser("lines", help="list the lines of the newest edition with their claims")
    lines.add_argument("--new", action="store_true", help="only those that nothing knows")
    mapping = under.add_parser("map", help="say which claims a line states")
    mapping.add_argument("line", help="its number, or the beginning of its hash")
    mapping.add_argument(
        "claims", nargs="*", metavar="CLAIM", help="such as S15; none says that it states no claim"
    )
    for each in (bring, mapping):
        each.add_argument("--person", required=True, help="your name")
    for each in (bring, lines, mapping):
        each.add_argument("--json", action="store_true", help="print one JSON document")


def run(invocation: Invocation) -> int:
    """Do one duty and say what is still open."""
    options = invocation.options
    office = invocation.parts().office
    if options.duty == "import":
        matching = office.import_guidance(options.file, options.person)
    elif options.duty == "map":
        matching = office.map_line(options.line, options.claims, options.person)
    else:
        held = office.duties().guidance
        if held is None:
            raise NoGuidanceError("no guidance was imported")
        matching = held
    if options.json:
        invocation.out.write(json.dumps(_said(matching), indent=2) + "\n")
    else:
        _print(invocation, matching)
    return FOUND if matching.unmatched or matching.affected else DONE


def _print(invocation: Invocation, matching: Matching) -> None:
    screen = Console(file=invocation.out, markup=False, highlight=False)
    if invocation.options.duty == "lines":
        table = Table("Line", "Claims", "Known by", Column("Text", overflow="fold"))
        for row in guidance_table(matching).rows:
            if row.known_by == "nothing" or not invocation.options.new:
                table.add_row(str(row.line.number), " ".join(row.claims) or "none", row.known_by, row.text)
        screen.print(table)
    edition = matching.edition
    known = len(edition.lines) - len(matching.unmatched)
    screen.print(f"{inert(edition.name)}: {known} of {len(edition.lines)} lines are known.")
    for line in matching.unmatched:
        screen.print(f"New: line {line.number}: {inert(line.text)}")
    if matching.affected:
        words = {claim.id: claim.words for claim in claim_catalogue().claims}
        screen.print("Affected, because this edition has no line for them:")
        for claim_id in matching.affected:
            screen.print(f"  {claim_id}: {words[claim_id]}")


def _said(matching: Matching) -> dict[str, object]:
    return {
        "name": matching.edition.name,
        "text_sha256": matching.edition.text_sha256,
        "lines": [
            {
                "number": row.line.number,
                "sha256": row.line.sha256,
                "claims": list(row.claims),
                "known_by": row.known_by,
            }
            for row in guidance_table(matching).rows
        ],
        "affected_claims": list(matching.affected),
    }


COMMAND = Command(
    name="guidance",
    summary="Import the department's guidance and match it with the claims",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
