"""`bedrock-console pack`: make, sign, verify, disclose from and open assurance packs."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from console.base.clock import stamp, system_clock
from console.cli.base import DONE, FOUND, Command, Invocation

if TYPE_CHECKING:
    from console.reports.verify import Verification
    from console.reports.wish import Wanted

TEACHING = """\
A pack is a zip of a BagIt bag with its signatures beside it. An auditor verifies it with tools they have; README.txt
inside says how:

  ssh-keygen -Y verify, openssl cms -verify, openssl ts -verify, sha256sum -c, bagit.py --validate

`pack verify` does all of that and more, and needs neither a store nor AWS; nor does `pack open`, which shows a pack in
the whole window, read-only. Get the file of signers from the department by another way than the pack.

  bedrock-console pack export --out packs --unit Production --profile auditor --by "Jo Bloggs"
  bedrock-console pack verify packs/NAME.zip --signers FILE --previous packs/LAST.zip
  bedrock-console pack sign packs/NAME.zip --certificate officer.p12
  bedrock-console pack timestamp packs/NAME.zip --query name.tsq    (then fetch the answer from your authority)
  bedrock-console pack timestamp packs/NAME.zip --answer name.tsr
  bedrock-console pack disclose packs/NAME.zip --value "{person:mzxw6ytboi}" --out disclosed
"""
_MARKS = {True: "pass", False: "FAIL", None: "unproven"}
_PROFILES = ("internal", "auditor", "public")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the duties."""
    under = parser.add_subparsers(metavar="WHAT", required=True, dest="duty")
    export = under.add_parser("export", help="write a signed pack of the latest refresh, or of a part of it")
    export.add_argument(
        "--out", type=Path, default=Path("packs"), help="a .zip, or a folder for it (default: packs)"
    )
    _add_wish(export)
    export.add_argument("--by", default="", metavar="NAME", help="your name, for the register of packs")
    preview = under.add_parser("preview", help="say what a pack would hold and what would be redacted")
    _add_wish(preview)
    listed = under.add_parser("list", help="list the packs that were made from this store")
    verify = under.add_parser("verify", help="verify a pack, trusting nothing in it")
    verify.add_argument("pack", type=Path)
    _add_trusted(verify)
    verify.add_argument(
        "--previous", type=Path, metavar="FILE", help="an earlier pack, or its checkpoint: shows a rollback"
    )
    sign = under.add_parser("sign", help="add a signature to a pack, which keeps its id")
    sign.add_argument("pack", type=Path)
    sign.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help="sign with this PKCS#12 or PEM file, not the console's key",
    )
    timestamp = under.add_parser("timestamp", help="add a time-stamp (RFC 3161) that you fetch yourself")
    timestamp.add_argument("pack", type=Path)
    which = timestamp.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--query", type=Path, metavar="FILE", help="write the question for your authority here"
    )
    which.add_argument("--answer", type=Path, metavar="FILE", help="attach the authority's answer")
    disclose = under.add_parser(
        "disclose", help="disclose a redacted value or entry, to be proven with sha256sum"
    )
    disclose.add_argument("pack", type=Path)
    disclose.add_argument(
        "--value", action="append", default=[], metavar="PSEUDONYM", help="as the pack shows it"
    )
    disclose.add_argument(
        "--entry", type=int, default=0, metavar="NUMBER", help="a whole entry of the ledger"
    )
    disclose.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    opened = under.add_parser("open", help="show a pack in the window, read-only, without a store or AWS")
    which = opened.add_mutually_exclusive_group(required=True)
    which.add_argument("pack", type=Path, nargs="?")
    which.add_argument("--demo", action="store_true", help="show the pack of an invented department")
    _add_trusted(opened)
    under.add_parser("typeset")  # for the program itself, so without a word in the list
    for each in (export, preview, listed, verify):
        each.add_argument("--json", action="store_true", help="print one JSON document")


def _add_wish(parser: ArgumentParser) -> None:
    parser.add_argument("--purpose", default="", help="one sentence that the report shows")
    for name, words in (
        ("--unit", "an organisational unit with all below it, by name or id"),
        ("--account", "an account, by name or id"),
        ("--control", "a control, or the beginning of several, such as BR-LOG"),
        ("--claim", "a claim of the guidance, such as S10"),
    ):
        parser.add_argument(name, action="append", default=[], help=f"only {words}; can be repeated")
    parser.add_argument("--from", dest="since", default="", metavar="DATE", help="first day of the period")
    parser.add_argument("--until", default="", metavar="DATE", help="last day of the period")
    parser.add_argument(
        "--profile", choices=_PROFILES, default="internal", help="for whom (default: internal)"
    )
    parser.add_argument("--no-pdf", action="store_true", help="leave the PDF out")


def _add_trusted(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--signers",
        "--allowed-signers",
        type=Path,
        metavar="FILE",
        help="who may sign, as `ssh-keygen -Y verify` reads it",
    )
    parser.add_argument(
        "--authorities", type=Path, metavar="FILE", help="certificates of authorities, PEM, for .p7s and .tsr"
    )


def run(invocation: Invocation) -> int:
    """Do the duty."""
    duties = {
        "export": _export,
        "preview": _preview,
        "list": _list,
        "verify": _verify,
        "sign": _sign,
        "timestamp": _timestamp,
        "disclose": _disclose,
        "open": _open,
        "typeset": _typeset,
    }
    return duties[invocation.options.duty](invocation)


def _wanted(invocation: Invocation) -> "Wanted":
    from console.reports.redaction_rules import Profile  # noqa: PLC0415 - not for `--help`
    from console.reports.scope import PackScope  # noqa: PLC0415
    from console.reports.wish import Wanted  # noqa: PLC0415
    from console.services.attesting import checked_date  # noqa: PLC0415

    options = invocation.options
    for name, text in (("--from", options.since), ("--until", options.until)):
        if text:
            checked_date(name, text)
    return Wanted(
        scope=PackScope(
            units=tuple(options.unit),
            accounts=tuple(options.account),
            controls=tuple(options.control),
            claims=tuple(options.claim),
            since=options.since,
            until=options.until,
        ),
        profile=Profile(options.profile),
        purpose=options.purpose,
        with_pdf=not options.no_pdf,
    )


def _export(invocation: Invocation) -> int:
    options = invocation.options
    to: Path = options.out
    if to.suffix != ".zip":
        to = to / f"assurance-{stamp(system_clock())[:10]}.zip"
    pack = invocation.parts().export_pack(to, wanted=_wanted(invocation), by=options.by)
    if pack is None:
        return _nothing(invocation)
    if options.json:
        said = {
            "pack": str(pack.path),
            "id": pack.id,
            "allowed_signers": str(pack.allowed_signers),
            "fingerprint": pack.fingerprint,
            "files": pack.files,
            "bytes": pack.bytes,
            "redacted": pack.redacted,
        }
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        invocation.out.write(f"{pack.path}: {pack.files} files, {pack.bytes:,} bytes\n")
        invocation.out.write(f"id {pack.id}; {pack.redacted:,} values redacted\n")
        invocation.out.write(
            f"signed by {pack.fingerprint}; give auditors {pack.allowed_signers} by another way\n"
        )
    return DONE


def _preview(invocation: Invocation) -> int:
    found = invocation.parts().preview_pack(_wanted(invocation))
    if found is None:
        return _nothing(invocation)
    redacts = [each for each in found.redacts if each.values]
    if invocation.options.json:
        said = {
            "scope": found.scope,
            "profile": found.meaning,
            "lead": found.lead,
            "holds": dict(found.holds),
            "redacts": {each.category.value: each.values for each in redacts},
        }
        invocation.out.write(json.dumps(said, indent=2) + "\n")
        return DONE
    invocation.out.write(f"Scope: {found.scope}\n{found.meaning}\n{found.lead}\n\n")
    invocation.out.writelines(f"{name:<17} {words}\n" for name, words in found.holds)
    invocation.out.write("\nRedacted:\n" if redacts else "\nNothing would be redacted.\n")
    invocation.out.writelines(
        f"{each.values:>7,}  {each.category.value:<13} because it {each.reason}\n" for each in redacts
    )
    return DONE


def _nothing(invocation: Invocation) -> int:
    invocation.err.write("No refresh is stored yet. Run `bedrock-console refresh` first.\n")
    return FOUND


def _list(invocation: Invocation) -> int:
    packs = invocation.parts().packs()
    if invocation.options.json:
        said = [{"made_at": deed.at, "made_by": deed.by, **deed.body} for deed in packs]
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        invocation.out.writelines(
            f"{deed.at[:16]}  {deed.body['pack'][:16]}  {deed.body['profile']:<8}  {deed.body['file']}  "
            f"{deed.body['scope_words']}; by {deed.by}\n"
            for deed in packs
        )
    if not packs:
        invocation.err.write("No pack was made from this store yet.\n")
    return DONE if packs else FOUND


def _verify(invocation: Invocation) -> int:
    from console.reports.verify import verify_pack  # noqa: PLC0415 - only for this duty

    options = invocation.options
    verification = verify_pack(
        options.pack,
        allowed_signers=options.signers,
        authorities=options.authorities,
        previous=options.previous,
    )
    if options.json:
        checks = [
            {"name": each.name, "passed": each.passed, "detail": each.detail} for each in verification.checks
        ]
        said = {
            "pack": str(options.pack),
            "id": verification.pack_id,
            "verified": verification.verified,
            "checks": checks,
        }
        invocation.out.write(json.dumps(said, indent=2) + "\n")
    else:
        for each in verification.checks:
            invocation.out.write(f"{_MARKS[each.passed]:<9} {each.name}: {each.detail}\n")
        invocation.out.write(f"{options.pack}: {_conclusion(verification)}\n")
    return DONE if verification.verified else FOUND


def _conclusion(verification: "Verification") -> str:
    named = f", id {verification.pack_id}" if verification.pack_id else ""
    if verification.verified:
        return f"verified{named}"
    return f"NOT verified{named}" + (
        "; intact, but who signed it is not known" if verification.is_intact else ""
    )


def _sign(invocation: Invocation) -> int:
    from console.services import cosigning  # noqa: PLC0415 - only for this duty
    from console.vault.cms import load_identity  # noqa: PLC0415

    options = invocation.options
    if options.certificate is None:
        parts = invocation.parts()
        name = cosigning.countersign(options.pack, parts.signer)
        invocation.out.write(f"{options.pack}: {name}, by {parts.signer.public.fingerprint}\n")
    else:
        passphrase = invocation.ask(f"Passphrase of {options.certificate} (empty if there is none): ")
        identity = load_identity(options.certificate, passphrase.encode() or None)
        name = cosigning.sign_with_certificate(options.pack, identity)
        invocation.out.write(f"{options.pack}: {name}, by {identity.subject}\n")
    return DONE


def _timestamp(invocation: Invocation) -> int:
    from console.services import cosigning  # noqa: PLC0415 - only for this duty

    options = invocation.options
    if options.query is not None:
        cosigning.write_query(options.pack, options.query)
        invocation.out.write(
            f"{options.query}: send this to your time-stamp authority (content type application/timestamp-query), "
            f"then attach its answer: bedrock-console pack timestamp {options.pack} --answer FILE\n"
        )
    else:
        name, found = cosigning.attach_answer(options.pack, options.answer)
        invocation.out.write(
            f"{options.pack}: {name}, {found.at:%Y-%m-%d %H:%M:%S} UTC by {found.authority}\n"
        )
    return DONE


def _disclose(invocation: Invocation) -> int:
    options = invocation.options
    if not options.value and not options.entry:
        invocation.err.write("Name what is to be disclosed: --value PSEUDONYM or --entry NUMBER.\n")
        return FOUND
    files = invocation.parts().disclose(options.pack, options.out, values=options.value, entry=options.entry)
    invocation.out.write(
        f"{options.out}: {files} files with SHA256SUMS. `sha256sum -c SHA256SUMS` shows that they are whole; the "
        "sums are those in the pack's redactions.json, or the leaves of its evidence.\n"
    )
    return DONE


def _open(invocation: Invocation) -> int:
    from console.services.opening import open_demo, open_pack  # noqa: PLC0415 - only for this duty

    options = invocation.options
    desk = (
        open_demo()
        if options.demo
        else open_pack(options.pack, signers=options.signers, authorities=options.authorities)
    )
    invocation.out.write(f"{desk.banner}\n")
    return invocation.front.open_window(desk)


def _typeset(_invocation: Invocation) -> int:
    """Answer the document on standard input with its PDF; the child's half of making a pack."""
    from console.services.typesetting import pdf  # noqa: PLC0415 - only in the child

    sys.stdout.buffer.write(pdf(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()
    return DONE


COMMAND = Command(
    name="pack",
    summary="Make, sign, verify, disclose from and open assurance packs",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
