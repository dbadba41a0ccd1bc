"""What `bedrock-console deletion` is told: its deeds and their options."""

from argparse import ArgumentParser
from pathlib import Path

from console.deletion.request import GROUNDS
from console.deletion.target import TargetKind

TEACHING = """\
Three people, three keys, one plan: who asks is not who approves, and neither carries it out. Everybody signs the
SHA-256 of the same plan; a plan that has changed, or that is past its time, is void. Nothing at AWS changes unless
`execution = true` is set under [deletion] in the settings: without it, `runbook` writes what somebody else may run.

  bedrock-console deletion request --kind custom-model --name arn:aws:bedrock:… --ground retention \\
      --why "Trial ended" --due 2027-01-31 --person "Jo Bloggs"
  bedrock-console deletion plan DR-0123456789abcdef --person "Jo Bloggs"
  bedrock-console deletion show DR-0123456789abcdef
  bedrock-console deletion accept DR-… BL-… --reason "Expires by itself in May" --person "Jo Bloggs"
  bedrock-console deletion export DR-… request.json --person "Jo Bloggs"

On the approver's laptop, and back:

  bedrock-console deletion import request.json
  bedrock-console deletion sign DR-… --person "Sam Roe"          or refuse DR-… --reason "…"
  bedrock-console deletion export DR-… signed.json --person "Sam Roe"

On the executor's laptop:

  bedrock-console deletion import signed.json
  bedrock-console deletion execute DR-… --person "Kim Poe"       asks for words to be typed
  bedrock-console deletion verify DR-… --person "Kim Poe"
  bedrock-console deletion certify DR-… --person "Kim Poe" --out certificates
  bedrock-console deletion erase DR-… --person "Kim Poe"         what this console itself had kept, and which packs

Whose key is whose is in the file that `deletion.allowed_signers` in the settings names; `deletion signer` prints the
line for this console and whoever is signed in to AWS.

exit codes: 0 done; 1 listed and something waits, or verified and something is still there; 2 refused
"""
_WITH_REASON = ("refuse", "hold", "release", "extend", "withdraw")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the deeds."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="deed")
    _add_request(under.add_parser("request", help="ask for a deletion"))
    made = {
        "plan": "find everything that must go and sign the plan",
        "show": "show a request, its plan and what happened",
        "accept": "accept that what a blocker keeps stays",
        "sign": "approve the plan that is in force",
        "refuse": "refuse the plan",
        "hold": "place a hold: nothing may go",
        "release": "lift the hold",
        "clock": "stop the statutory clock, or let it go on",
        "extend": "extend the statutory time by two months",
        "withdraw": "withdraw a request",
        "export": "write a request to a signed file for another laptop",
        "execute": "carry the approved plan out",
        "verify": "look whether everything is gone",
        "certify": "issue the certificate",
        "erase": "erase what this console's own store holds of what was deleted",
        "runbook": "write the plan as commands and SSM documents",
    }
    parsers = {name: under.add_parser(name, help=words) for name, words in made.items()}
    for name, each in parsers.items():
        each.add_argument("id", help="such as DR-0123456789abcdef")
        if name not in ("show", "runbook"):
            each.add_argument("--person", required=True, help="your name; it is signed and kept")
    for name in (*_WITH_REASON, "accept"):
        parsers[name].add_argument("--reason", required=True)
    parsers["accept"].add_argument("blocker", help="such as BL-0123456789ab")
    way = parsers["clock"].add_mutually_exclusive_group(required=True)
    way.add_argument("--stop", metavar="DATE", help="the day on which the person was asked")
    way.add_argument("--start", metavar="DATE", help="the day on which the answer came")
    parsers["clock"].add_argument("--reason", default="", help="what was asked")
    parsers["export"].add_argument("file", type=Path, help="it must not exist")
    parsers["execute"].add_argument("--confirm", default="", help="the words to confirm (default: asked for)")
    parsers["certify"].add_argument("--out", type=Path, required=True, help="a folder")
    parsers["runbook"].add_argument("--out", type=Path, required=True, help="a folder")
    for name in ("plan", "show", "verify"):
        parsers[name].add_argument("--json", action="store_true", help="print one JSON document")
    bring = under.add_parser("import", help="keep what is new in a file from another laptop")
    bring.add_argument("file", type=Path)
    listing = under.add_parser("list", help="list requests and who must act")
    listing.add_argument("--json", action="store_true", help="print one JSON document")
    under.add_parser("signer", help="print the line by which others register this console's key")
    under.add_parser("worker", help="for the program itself: do what standard input says")


def _add_request(parser: ArgumentParser) -> None:
    kinds = [each.value for each in TargetKind]
    parser.add_argument("--kind", choices=kinds, required=True, help="what it is")
    parser.add_argument("--name", default="", help="its ARN or id, or the tag's key")
    parser.add_argument("--account", default="", help="twelve digits (default: from the ARN)")
    parser.add_argument("--region", default="", help="such as eu-west-2 (default: from the ARN)")
    for name, words in (
        ("source", "a document's data source, by its id"),
        ("document", "a document: its address in S3, or its own id"),
        ("alias", "an agent's alias, by its id"),
        ("memory", "a memory, by its id"),
        ("actor", "a person in an AgentCore memory, by the id that AgentCore knows (it says actor)"),
        ("days", "an encryption key: for how many days AWS waits before it destroys it, 7 to 30"),
        ("from", "first day of a period of logs"),
        ("until", "last day of a period of logs"),
        ("value", "a tag's value"),
    ):
        parser.add_argument(f"--{name}", dest=f"detail_{name}", default="", help=words)
    parser.add_argument("--ground", choices=sorted(GROUNDS), required=True, help="the ground in law")
    parser.add_argument("--why", required=True, help="the reason in a sentence, without names")
    parser.add_argument(
        "--subject", action="store_true", help="ask whose data it is; a pseudonym is kept, and no name"
    )
    parser.add_argument("--received", default="", metavar="DATE", help="when it came in (default: today)")
    parser.add_argument("--due", default="", metavar="DATE", help="for grounds without a statutory clock")
    parser.add_argument("--person", required=True, help="your name; it is signed and kept")
