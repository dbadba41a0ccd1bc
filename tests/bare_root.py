"""A root of the file system in which no Python is reachable, and a screen to draw on, for programs that are shipped."""

import os
import re
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_ENTER = """
set -e
mount -t tmpfs none "$1"
cd "$1"
mkdir -p usr/lib usr/share etc dev proc tmp home opt
ln -s usr/lib lib
for each in lib64 lib32 libx32; do
  if [ -e /usr/$each ]; then mkdir usr/$each; mount --rbind /usr/$each usr/$each; ln -s usr/$each $each; fi
done
mount --rbind /usr/lib usr/lib
for each in usr/lib/python3*; do [ -d "$each" ] && mount -t tmpfs none "$each"; done
for each in fonts X11 xkeyboard-config; do
  if [ -d /usr/share/$each ]; then mkdir -p usr/share/$each; mount --rbind /usr/share/$each usr/share/$each; fi
done
mkdir -p etc/fonts
[ -d /etc/fonts ] && mount --rbind /etc/fonts etc/fonts
cp /etc/ld.so.cache etc/ 2>/dev/null || true
mount --rbind /dev dev
mkdir -p "opt/bedrock-console"
mount --bind "$2" opt/bedrock-console
shift 2
exec chroot . "$@"
"""
"""Only libraries, fonts and devices of this machine are there: no shell, no /usr/bin, nobody's home."""


@dataclass(frozen=True)
class BareRoot:
    """A place to mount things on, and the bundle that appears there as /opt/bedrock-console.

    Where a machine forbids mounting, the bundle is started in place, with a path on which there is nothing.
    """

    mount_point: Path
    bundle: Path
    is_rooted: bool = True

    def command(self, *arguments: str) -> list[str]:
        """Return the command that enters the root and starts the program there."""
        owner = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
        enter = ["unshare", *owner, "--mount", "--propagation", "private", "sh", "-c", _ENTER, "sh"]
        return [*enter, str(self.mount_point), str(self.bundle), *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        """Return all of the environment: neither a path nor anything of ours."""
        path = "/usr/sbin:/usr/bin:/sbin:/bin"  # for `mount` and `chroot`; none of them is in the root
        return {"PATH": path, "HOME": "/home", "LC_ALL": "C.UTF-8", **more}

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        """Start the program in the root."""
        command = self.command("/opt/bedrock-console/bedrock-console", *arguments)
        environment = self.environment(**more)
        if not self.is_rooted:
            command = [str(self.bundle / "bedrock-console"), *arguments]
            environment |= {"PATH": str(self.mount_point), "HOME": str(self.mount_point)}
        return subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def can_enter(folder: Path) -> bool:
    """Tell whether this machine lets us make such a root at all."""
    empty = folder / "nothing"
    empty.mkdir()
    root = BareRoot(folder / "probe", empty)
    root.mount_point.mkdir()
    ran = subprocess.run(
        root.command("/nothing"), env=root.environment(), capture_output=True, text=True, check=False
    )
    return "failed to run command" in ran.stderr


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """Yield the DISPLAY of a virtual screen, whose picture is kept in `folder`."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-fbdir", str(folder)]
    process = subprocess.Popen(
        [*command, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def picture(folder: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Return what is on the screen, as rows of pixels of blue, green, red and nothing (XWD)."""
    said = (folder / "Xvfb_screen0").read_bytes()
    head = struct.unpack(">25I", said[:100])
    size, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
    pixels = np.frombuffer(said, np.uint8, line * height, size + colours * 12)
    return pixels.reshape(height, line // 4, 4)[:, :width]


def needed_libraries(bundle: Path) -> set[str]:
    """Return what the bundle's files are linked to and the bundle does not hold."""
    files = [each for each in bundle.rglob("*") if each.is_file() and ".so" in each.name]
    held = {each.name for each in bundle.rglob("*")}
    said = subprocess.run(
        ["readelf", "-d", *map(str, [*files, bundle / "bedrock-console"])],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"\(NEEDED\).*\[(.+?)\]", said.stdout)) - held
