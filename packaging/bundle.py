"""Build what laptops without Python take: one folder, and on Linux a Debian package and a portable archive of it.

`nox -s bundle` runs this. `--twice` builds again elsewhere and says what differs.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import archives
import bill
import contents
import icons
import texts

_EPOCH = 1_767_225_600
"""The time in archives where there is no history to take it from."""


def main() -> int:
    """Build, and compare two builds where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument(
        "--out", type=Path, default=contents.ROOT / "dist", help="where the results go (default: dist)"
    )
    parser.add_argument("--folder-only", action="store_true", help="make the folder and no archives of it")
    parser.add_argument("--twice", action="store_true", help="build again elsewhere, and say what differs")
    options = parser.parse_args()
    epoch = build_time()
    out = options.out.resolve()
    made = build(out, epoch, archived=not options.folder_only)
    for file in made:
        print(f"{file}  {bytes_of(file) / 1e6:,.1f} MB")
    if not options.twice:
        return 0
    with tempfile.TemporaryDirectory(prefix="bundle-again-") as folder:
        again = build(Path(folder) / "dist", epoch, archived=not options.folder_only)
        differing = [
            f"{one.name}: {name}"
            for one, other in zip(made, again, strict=True)
            for name in differences(one, other)
        ]
    print("\n".join(differing) if differing else "both builds are the same bytes")
    return 1 if differing else 0


def build_time() -> int:
    """Return the time that everything in the bundle bears: SOURCE_DATE_EPOCH, or that of the last commit."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        asked = subprocess.run(command, cwd=contents.ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return _EPOCH
    return int(asked.stdout) if asked.stdout.strip().isdigit() else _EPOCH


def build(out: Path, epoch: int, *, archived: bool = True) -> list[Path]:
    """Build into a folder; return the bundle's folder and, on Linux, its archives and their sums."""
    out.mkdir(parents=True, exist_ok=True)
    prepared, work, bundle = out.parent / "prepared", out.parent / "work", out / contents.NAME
    shutil.rmtree(bundle, ignore_errors=True)
    try:
        icons.write_windows(prepared)
        (prepared / "version.txt").write_text(texts.version_resource(), encoding="utf-8")
        freeze(out, work, epoch)
        shipped = bill.shipped(bill.bundled(bundle, work))
        bill.write_licences(bundle, shipped)
        said = bill.bill(shipped, bill.libraries(bundle, work), epoch)
        (bundle / bill.BILL).write_text(json.dumps(said, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        made = [bundle]
        if archived and sys.platform.startswith("linux"):
            made += archive(bundle, out, epoch, work)
    finally:
        shutil.rmtree(prepared, ignore_errors=True)
        shutil.rmtree(work, ignore_errors=True)
    return made


def archive(bundle: Path, out: Path, epoch: int, work: Path) -> list[Path]:
    """Write the archives of a bundle and their SHA-256 sums."""
    machine = platform.machine()
    name = f"{contents.NAME}-{contents.VERSION}-linux-{machine}.tar.gz"
    made = [archives.portable(bundle, out / name, epoch)]
    if shutil.which("dpkg-deb"):
        made.append(archives.debian(bundle, out / archives.debian_name(machine), epoch, machine, work))
    sums = out / "SHA256SUMS"
    sums.write_text("".join(f"{digest(file)}  {file.name}\n" for file in sorted(made)), encoding="utf-8")
    return [*made, sums]


def freeze(out: Path, work: Path, epoch: int) -> None:
    """Let PyInstaller make the folder, with everything fixed that it lets be fixed."""
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    command += [
        "--distpath",
        str(out),
        "--workpath",
        str(work),
        str(contents.ROOT / "packaging" / "console.spec"),
    ]
    subprocess.run(command, check=True, env=environment, cwd=contents.ROOT)


def differences(one: Path, other: Path) -> list[str]:
    """Return the names of files that differ between two folders, or between two files."""
    if one.is_file():
        return [] if digest(one) == digest(other) else [one.name]
    ours, theirs = _digests(one), _digests(other)
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def bytes_of(place: Path) -> int:
    """Return the size of a file, or of a folder's files, each once."""
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(each.stat().st_size for each in files if each.is_file() and not each.is_symlink())


def digest(file: Path) -> str:
    """Return a file's SHA-256."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): digest(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
