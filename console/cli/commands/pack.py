"""`bedrock-console pack`: write and verify assurance packs."""

import json
from argparse import ArgumentParser
from pathlib import Path

from console.base.clock import stamp, system_clock
from console.cli.base import DONE, FOUND, Command, Invocation

TEACHING = """\
A pack is a zip of a BagIt bag with its signature beside it. An auditor verifies it with tools they have; README.txt
inside says how:

  ssh-keygen -Y verify, sha256sum -c, bagit.py --validate

`pack verify` does all of that and more, and needs neither a store nor AWS. Get the allowed-signers file from the
department by another way than the pack.
"""
_MARKS = {True: "pass", False: "FAIL", None: "unproven"}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the two duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    export = under.add_parser("export", help="write a signed pack of the latest refresh")
    export.add_argument(
        "--out", type=Path, default=Path("packs"), help="a .zip, or a folder for it (default: packs)"
    )
    export.add_argument("--purpose", default="", help="one sentence that the report shows")
    verify = under.add_parser("verify", help="verify a pack, trusting nothing in it")
    verify.add_argument("pack", type=Path)
    verify.add_argument(
        "--allowed-signers", type=Path, help="who may sign, as `ssh-keygen -Y verify` reads it"
    )
    for each in (export, verify):
        each.add_argument("--json", action="store_true", help="print one JSON document")


def run(invocation: Invocation) -> int:
    """Export or verify."""
    return _export(invocation) if invocation.options.duty == "export" else _verify(invocation)


def _export(invocation: Invocation) -> int:
    options = invocation.options
    to: Path = options.out
    if to.suffix != ".zip":
        to = to / f"assurance-{stamp(system_clock())[:10]}.zip"
    pack = invocation.parts().export_pack(to, purpose=options.purpose)
    if pack is None:
        invocation.err.write("No refresh is stored yet. Run `bedrock-console refresh` first.\n")
        return FOUND
    if options.json:
        said = {
            "pack": str(pack.path),
            "allowed_signers": str(pack.allowed_signers),
            "fingerprint": pack.fingerprint,
            "files": pack.files,
            "bytes": pack.bytes,
        }
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        invocation.out.write(f"{pack.path}: {pack.files} files, {pack.bytes:,} bytes\n")
        invocation.out.write(
            f"signed by {pack.fingerprint}; give auditors {pack.allowed_signers} by another way\n"
        )
    return DONE


def _verify(invocation: Invocation) -> int:
    from console.reports.verify import verify_pack  # noqa: PLC0415 - only for this duty

    options = invocation.options
    verification = verify_pack(options.pack, allowed_signers=options.allowed_signers)
    if options.json:
        checks = [
            {"name": each.name, "passed": each.passed, "detail": each.detail} for each in verification.checks
        ]
        said = {"pack": str(options.pack), "verified": verification.verified, "checks": checks}
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        for each in verification.checks:
            invocation.out.write(f"{_MARKS[each.passed]:<9} {each.name}: {each.detail}\n")
        said_whole = "verified" if verification.verified else "NOT verified"
        invocation.out.write(f"{options.pack}: {said_whole}\n")
    return DONE if verification.verified else FOUND


COMMAND = Command(
    name="pack",
    summary="Write and verify assurance packs",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
