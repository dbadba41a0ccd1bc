"""`bedrock-console demo`: everything, on an invented department."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from console.bootstrap import Parts
from console.cli.base import DONE, FOUND, Command, Invocation
from console.cli.invented import ACCOUNTS, SEED, DemoRefreshError, invented
from console.services import standin
from console.services.latest import Latest
from console.services.summary import Summary, planted_outcome, summarise

DEFAULT_OUT = Path("out", "demo")

TEACHING = """\
The department is invented. Its accounts live in a stand-in for AWS on this machine, reached over HTTP as AWS is;
nothing else is contacted. Its evidence store is thrown away at the end. Without a display --headless is taken.

  DIR/pack.zip            a signed assurance pack
  DIR/pack.allowed_signers  the key that verifies it, for `ssh-keygen -Y verify`
  DIR/pictures/*.png      every page, light and dark
  DIR/summary.json        what was read, what was found, and whether every planted failing was

exit codes: 0 all that was planted was found and the pack verifies; 1 not so
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the estate's size and where the results go."""
    parser.add_argument(
        "--headless", action="store_true", help="write pictures and a pack instead of a window"
    )
    parser.add_argument(
        "--out", type=Path, help=f"folder for the results (default with --headless: {DEFAULT_OUT})"
    )
    parser.add_argument(
        "--accounts", type=int, default=ACCOUNTS, help="how many accounts the department has (default: 12)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, another department")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(invocation: Invocation) -> int:
    """Refresh, judge and show the demo estate; 0 if all that was planted was found."""
    options = invocation.options
    headless = options.headless or not has_display(invocation.environment)
    out = options.out or (DEFAULT_OUT if headless else None)
    started = perf_counter()
    with invented(invocation, options.accounts, options.seed) as (parts, latest):
        code = DONE
        if out is not None:
            summary = _results(invocation, parts, latest, out)
            summary["seconds"] = round(perf_counter() - started, 1)
            (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
            _say(invocation, summary, out)
            code = DONE if summary["as_planted"] and summary["pack"]["verified"] else FOUND
        return code if headless else invocation.front.open_window(parts)


def has_display(environment: Mapping[str, str]) -> bool:
    """Tell whether a window could be shown; only Unix without X11 and Wayland has none."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _results(invocation: Invocation, parts: Parts, latest: Latest, out: Path) -> Summary:
    """Write the pack and the pictures, and return the summary."""
    from console.reports.verify import verify_pack  # noqa: PLC0415 - not for `--help`
    from console.reports.wish import Wanted  # noqa: PLC0415

    options = invocation.options
    out.mkdir(parents=True, exist_ok=True)
    pack = out / "pack.zip"
    for old in (pack, out / "pack.allowed_signers"):
        old.unlink(missing_ok=True)
    wanted = Wanted(purpose="A demonstration on an invented department.")
    exported = parts.export_pack(pack, wanted=wanted, by="The demonstration")
    if exported is None:
        raise DemoRefreshError("the invented department's refresh is not there")
    verification = verify_pack(pack, allowed_signers=exported.allowed_signers)
    pictures = invocation.front.take_pictures(parts, out / "pictures")
    summary = summarise(latest.snapshot, latest.assessment.findings)
    planted = standin.planted(accounts=options.accounts, seed=options.seed)
    outcome = planted_outcome(planted, latest.snapshot, latest.assessment.findings)
    summary["planted"] = outcome
    summary["as_planted"] = (
        all(each["found"] for each in outcome["failings"])
        and all(each["unknown"] for each in outcome["denied"])
        and not outcome["unplanted"]
    )
    summary["pack"] = {
        "file": pack.name,
        "bytes": exported.bytes,
        "files": exported.files,
        "signed_by": exported.fingerprint,
        "verified": verification.verified,
    }
    summary["pictures"] = [picture.name for picture in pictures]
    return summary


def _say(invocation: Invocation, summary: Summary, out: Path) -> None:
    """Print the summary, for people or for a machine."""
    if invocation.options.json:
        invocation.out.write(json.dumps(summary, indent=2) + "\n")
        return
    scopes, findings, planted = summary["scopes"], summary["findings"], summary["planted"]
    found = sum(each["found"] for each in planted["failings"])
    unknown = sum(each["unknown"] for each in planted["denied"])
    gaps = ", ".join(f"{count} {reason}" for reason, count in summary["gaps_by_reason"].items()) or "none"
    verified = "verified" if summary["pack"]["verified"] else "NOT verified"
    plan = f"{found} of {len(planted['failings'])} failings found; "
    plan += f"{unknown} of {len(planted['denied'])} denied scopes unknown; {len(planted['unplanted'])} others failed"
    lines = (
        f"Read       {scopes['read']} of {scopes['planned']} scopes in {summary['accounts']} accounts; gaps: {gaps}",
        "Findings   " + ", ".join(f"{count} {verdict}" for verdict, count in findings.items()),
        f"Planted    {plan}",
        f"Pack       {out / 'pack.zip'}: {summary['pack']['bytes']:,} bytes, {verified}",
        f"Pictures   {out / 'pictures'}: {len(summary['pictures'])}",
        f"Took       {summary['seconds']} s",
    )
    invocation.out.write("\n".join(lines) + "\n")


COMMAND = Command(
    name="demo",
    summary="Show everything on an invented department, without AWS",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
