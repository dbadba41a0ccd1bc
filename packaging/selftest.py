"""Build the wheel, install it in a fresh environment outside the checkout, and run its self-test there."""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Return the exit code of the installed program's self-test."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        subprocess.check_call([*build, "--wheel-dir", str(place), str(ROOT)])
        (wheel,) = place.glob("*.whl")
        print(f"built {wheel.name}: {wheel.stat().st_size // 1024} KiB")
        home = place / "environment"
        venv.create(home, with_pip=True)
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.check_call(
            [*install, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.lock")]
        )
        subprocess.check_call([*install, "--no-deps", str(wheel)])
        program = python.with_name("bedrock-console.exe" if os.name == "nt" else "bedrock-console")
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
        return subprocess.call([str(program), "self-test"], cwd=place, env=environment)


if __name__ == "__main__":
    sys.exit(main())
