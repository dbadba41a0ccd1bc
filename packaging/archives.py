"""A portable archive and a Debian package of a bundle, with the same bytes for the same bundle."""

import gzip
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

import contents
import icons
from texts import desktop_entry, manual, portable_readme

HOME = Path("opt") / contents.NAME
"""Where the Debian package puts the bundle."""
DEPENDS: Mapping[str, tuple[str, ...]] = {
    "libc6 (>= {glibc})": ("ld-linux-*", "libc", "libdl", "libm", "libpthread", "libresolv", "librt"),
    "libbrotli1": ("libbrotlicommon", "libbrotlidec"),
    "libdbus-1-3": ("libdbus-1",),
    "libegl1": ("libEGL",),
    "libfontconfig1": ("libfontconfig",),
    "libfreetype6": ("libfreetype",),
    "libgcc-s1": ("libgcc_s",),
    "libgl1": ("libGL",),
    "libglib2.0-0": ("libgio-2.0", "libglib-2.0", "libgobject-2.0", "libgthread-2.0"),
    "libgssapi-krb5-2": ("libgssapi_krb5",),
    "libstdc++6": ("libstdc++",),
    "libwayland-client0": ("libwayland-client",),
    "libwayland-cursor0": ("libwayland-cursor",),
    "libwayland-egl1": ("libwayland-egl",),
    "libx11-6": ("libX11",),
    "libx11-xcb1": ("libX11-xcb",),
    "libxcb1": ("libxcb",),
    **{
        f"libxcb-{name}": (f"libxcb-{name.rstrip('0123456789')}",)
        for name in (
            "cursor0",
            "glx0",
            "icccm4",
            "image0",
            "keysyms1",
            "randr0",
            "render0",
            "render-util0",
            "shape0",
        )
    },
    **{f"libxcb-{name}": (f"libxcb-{name[:-1]}",) for name in ("shm0", "sync1", "util1", "xfixes0", "xkb1")},
    "libxkbcommon0": ("libxkbcommon",),
    "libxkbcommon-x11-0": ("libxkbcommon-x11",),
    "libzstd1": ("libzstd",),
    "zlib1g": ("libz",),
}
"""What Qt and Python need of the system: packages, and the libraries in them without their versions. A test holds it
to what the bundle's files are linked to."""
SUGGESTS = ("gnome-keyring | kwalletmanager",)
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_ROOT_OWNER = {"uid": 0, "gid": 0, "uname": "root", "gname": "root"}


def portable(bundle: Path, to: Path, epoch: int) -> Path:
    """Write the bundle as a `.tar.gz` that is unpacked anywhere and started there."""
    top = to.name.removesuffix(".tar.gz")
    extra = {"README.txt": portable_readme().encode(), "bedrock-console.svg": icons.SOURCE.read_bytes()}
    with (
        to.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as tar,
    ):
        for file in sorted(bundle.rglob("*")):
            _add(tar, file, f"{top}/{file.relative_to(bundle).as_posix()}", epoch)
        for name, content in sorted(extra.items()):
            entry = _settled(tarfile.TarInfo(f"{top}/{name}"), epoch)
            entry.size, entry.mode = len(content), 0o644
            tar.addfile(entry, io.BytesIO(content))
    return to


def debian_name(machine: str) -> str:
    """Return the file name of the package for a machine, as `platform.machine` names it."""
    return f"{contents.NAME}_{contents.VERSION}_{_ARCHITECTURES.get(machine, machine)}.deb"


def debian(bundle: Path, to: Path, epoch: int, machine: str, work: Path) -> Path:
    """Write the bundle as a Debian package: below /opt, with menu entry, icons, manual and licences."""
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(bundle, tree / HOME, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin" / contents.NAME).symlink_to(f"/{HOME}/{contents.NAME}")
    share = tree / "usr/share"
    _write(share / "applications" / f"{contents.NAME}.desktop", desktop_entry())
    icons.write_linux(share / "icons/hicolor")
    with_manual = share / "man/man1" / f"{contents.NAME}.1.gz"
    with_manual.parent.mkdir(parents=True)
    with_manual.write_bytes(gzip.compress(manual(epoch).encode(), 9, mtime=0))
    _write(share / "doc" / contents.NAME / "copyright", _copyright())
    size = sum(file.stat().st_size for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    _write(tree / "DEBIAN/control", _control(size // 1024, _ARCHITECTURES.get(machine, machine)))
    for each in (tree, *tree.rglob("*")):
        if not each.is_symlink():
            is_open = each.is_dir() or os.access(each, os.X_OK)
            each.chmod(0o755 if is_open else 0o644)
        os.utime(each, (epoch, epoch), follow_symlinks=False)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z3", "--build", str(tree), str(to)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return to


def _control(kilobytes: int, architecture: str) -> str:
    glibc = os.confstr("CS_GNU_LIBC_VERSION") if hasattr(os, "confstr") else "glibc 2.36"
    depends = ", ".join(DEPENDS).format(glibc=str(glibc).partition(" ")[2])
    return (
        f"Package: {contents.NAME}\nVersion: {contents.VERSION}\nArchitecture: {architecture}\n"
        f"Maintainer: {contents.PUBLISHER} <nobody@localhost>\nInstalled-Size: {kilobytes}\nDepends: {depends}\n"
        f"Suggests: {', '.join(SUGGESTS)}\nSection: admin\nPriority: optional\n"
        f"Description: {contents.SUMMARY}\n"
        " Reads an AWS organisation with read-only roles, keeps what AWS said in an\n"
        " encrypted store, judges it, shows it, and exports assurance packs.\n"
    )


def _copyright() -> str:
    licence = (contents.ROOT / "LICENSE").read_text(encoding="utf-8")
    return f"{licence}\nThe licences of everything that is bundled: /{HOME}/licences\n"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _add(tar: tarfile.TarFile, file: Path, name: str, epoch: int) -> None:
    entry = _settled(tar.gettarinfo(file, name), epoch)
    if entry.isreg():
        with file.open("rb") as content:
            tar.addfile(entry, content)
    else:
        tar.addfile(entry)


def _settled(entry: tarfile.TarInfo, epoch: int) -> tarfile.TarInfo:
    entry.mtime = epoch
    for name, value in _ROOT_OWNER.items():
        setattr(entry, name, value)
    if not entry.issym():
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry
