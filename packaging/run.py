#!/usr/bin/env python3
"""Set up and run, with nothing but a Python: `packaging/run.py demo`, `packaging/run.py test`.

The first run makes an environment of its own (`.venv`), installs the locked wheels with their hashes checked,
and leaves a stamp; later runs see the stamp and start at once. Only the standard library is used, and only
what Python 3.8 already had, so that an old Python gets a sentence instead of a traceback.
"""

import argparse
import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / ".installed"
LOCKS = {"demo": "requirements.lock", "test": "requirements-dev.lock"}
OLDEST = (3, 11)

QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What Qt needs to draw at all, and the Debian package that brings it."""
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt needs besides to draw on an X11 screen."""
TEST_PROGRAMS = {
    "ssh-keygen": "openssh-client",
    "openssl": "openssl",
    "sha256sum": "coreutils",
    "git": "git",
    "Xvfb": "xvfb",
    "unshare": "util-linux",
    "objdump": "binutils",
}
"""Stock programs that the tests use as independent judges, and to start a bundle where there is no Python."""


def main() -> int:
    """Prepare the machine and the environment, then run what was asked for."""
    parser = argparse.ArgumentParser(description="Set up and run bedrock-console from a checkout.")
    parser.add_argument("what", choices=("demo", "test", "run", "setup"), help="what to run after the set-up")
    parser.add_argument("--no-system-packages", action="store_true", help="never install Debian packages")
    options, rest = parser.parse_known_args()
    if sys.version_info < OLDEST:
        found = platform.python_version()
        return refuse(
            f"Python {found} is too old.", "Install Python 3.11 or newer and run this again with it."
        )
    if not system_ready(options.what, may_install=not options.no_system_packages):
        return 2
    lock = LOCKS["test" if options.what == "test" else "demo"]
    if not environment_ready(lock):
        return 2
    command = [str(python()), "-m"]
    if options.what == "setup":
        print(f"Ready: {python()}")
        return 0
    if options.what == "test":
        command += ["nox", "--no-venv", "--noxfile", str(ROOT / "noxfile.py"), *rest]
    else:
        command += ["console", *(["demo"] if options.what == "demo" else []), *rest]
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def refuse(what: str, remedy: str) -> int:
    """Say what is wrong and what to do, on standard error."""
    print(f"{what}\n{remedy}", file=sys.stderr)
    return 2


def python() -> Path:
    """Return the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def system_ready(what: str, *, may_install: bool) -> bool:
    """Check for the libraries and programs that wheels do not bring; install them when that is allowed."""
    if not sys.platform.startswith("linux"):
        return True
    needed = dict(QT_LIBRARIES)
    if os.environ.get("DISPLAY") or what == "test":
        needed.update(SCREEN_LIBRARIES)
    missing = [package for library, package in needed.items() if not loads(library)]
    if what == "test":
        missing += [package for name, package in TEST_PROGRAMS.items() if shutil.which(name) is None]
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian splits it from Python
    except ImportError:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if not missing:
        return True
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if may_install and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing system packages: {' '.join(missing)}", flush=True)
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
        if subprocess.call(command, env=environment, stdout=subprocess.DEVNULL) == 0:
            return True
    if shutil.which("apt-get"):
        remedy = "Install them, then run this again:\n  sudo " + " ".join(command)
    else:
        remedy = "Install what your distribution calls these Debian packages, then run this again."
    refuse(f"This machine lacks {', '.join(missing)}.", remedy)
    return False


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def fingerprint(lock: str) -> str:
    """Return what the stamp must say: this lock, this project file, this interpreter."""
    digest = hashlib.sha256()
    for name in (lock, "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    digest.update(f"{sys.version_info[:2]} {sys.base_prefix} {ROOT}".encode())
    return digest.hexdigest()


def environment_ready(lock: str) -> bool:
    """Install the locked wheels unless the stamp says they are there (the test lock holds the demo's too)."""
    stamped = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if any(fingerprint(name) in stamped for name in {lock, LOCKS["test"]}) and python().is_file():
        return True
    print(f"Setting up {VENV.name} from {lock} (once; about a minute) …", flush=True)
    pip = [
        str(python()),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-warn-script-location",
    ]
    wheels = ["--require-hashes", "--only-binary", ":all:"]
    if lock == LOCKS["test"]:
        wheels += ["--no-binary", "bagit"]  # published as source alone; its hash is checked like the rest
    steps = [
        [
            sys.executable,
            "-m",
            "venv",
            *(["--clear"] if VENV.exists() and not python().is_file() else []),
            str(VENV),
        ],
        [*pip, *wheels, "-r", str(ROOT / lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    ]
    STAMP.unlink() if STAMP.is_file() else None
    for step in steps:
        if subprocess.call(step) != 0:
            refuse(
                "The set-up stopped at: " + " ".join(step[:5]) + " …",
                "Check that this machine reaches its Python package index (pip's own settings are used), "
                f"then run this again. To start afresh, delete {VENV}.",
            )
            return False
    STAMP.write_text("\n".join([*stamped, fingerprint(lock)]), encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
