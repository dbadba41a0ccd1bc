"""The bundle, built once and started where there is no Python: from the Debian package, and from the archive."""

import fnmatch
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from bare_root import BareRoot, can_enter, needed_libraries, picture, screen
from judges import complaint_about_bill
from sharing import unmeasured

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    shutil.which("dpkg-deb") is None, reason="a Debian package is made by Debian's tools"
)
STARTS_WITHIN = 60
NOBODY = 65_534


def packaging_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    monkeypatch.syspath_prepend(str(ROOT))


@dataclass(frozen=True)
class Built:
    """What `packaging` made, and its own modules, with which it is judged."""

    folder: Path
    archive: Path
    package: Path
    sums: Path
    archives: Any
    bundle: Any
    contents: Any


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    with pytest.MonkeyPatch.context() as patched:
        packaging_on_path(patched)
        for name in set(os.environ) - set(unmeasured(os.environ)):
            patched.delenv(name)  # PyInstaller takes half as long again when it is measured
        archives, bundle, contents = map(importlib.import_module, ("archives", "bundle", "contents"))
        made = bundle.build(tmp_path_factory.mktemp("bundle") / "dist", bundle.build_time())
        yield Built(*made, archives, bundle, contents)


@pytest.mark.timeout(900)
def test_the_bundle_starts_where_there_is_no_python(
    built: Built, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, archive, package, sums = built.folder, built.archive, built.package, built.sums
    archives, bundle, contents = built.archives, built.bundle, built.contents
    holds_what_it_should(folder, contents)
    tells_what_it_is_made_of(folder)
    depends_on_what_it_is_linked_to(folder, archives)
    check = subprocess.run(["sha256sum", "-c", sums.name], cwd=sums.parent, capture_output=True, check=False)
    assert check.returncode == 0, check.stdout

    installed = tmp_path / "installed"
    subprocess.run(["dpkg-deb", "--extract", str(package), str(installed)], check=True)
    has_a_place_in_the_system(installed)
    root = BareRoot(tmp_path / "root", installed / "opt" / "bedrock-console", can_enter(tmp_path))
    root.mount_point.mkdir()
    with capfd.disabled():
        proves_itself(root)
    shows_the_demonstration(root, tmp_path)

    unpacked = tmp_path / "unpacked"
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked, filter="fully_trusted")  # noqa: S202 - made a moment ago
    (inside,) = unpacked.iterdir()
    assert bundle.differences(folder, inside) == ["README.txt", "bedrock-console.svg"]
    said = BareRoot(root.mount_point, inside, root.is_rooted).start("--version")
    assert said.communicate(timeout=60)[0].strip() == f"bedrock-console {contents.VERSION}"


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    shutil.which("mmdebstrap") is None or os.geteuid() != 0,
    reason="a Debian of its own needs mmdebstrap and root",
)
def test_apt_installs_it_on_a_debian_that_has_nothing_else_and_takes_it_away(
    built: Built, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Packages come from the mirror that this machine uses, so it needs the network."""
    root = tmp_path / "debian"
    mirror, release = mirror_of_this_machine()
    debian = [
        "mmdebstrap",
        "--quiet",
        "--variant=minbase",
        release,
        str(root),
        f"deb {mirror} {release} main",
    ]
    subprocess.run(debian, check=True)
    shutil.copy("/etc/resolv.conf", root / "etc")
    shutil.copy(built.package, root / "srv" / "bedrock-console.deb")
    home = root / "srv" / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)

    within(root, "apt-get", "update", "-q")
    within(root, "apt-get", "install", "-q", "-y", "--no-install-recommends", "/srv/bedrock-console.deb")
    assert not list((root / "usr" / "bin").glob("python*"))
    said = within(root, "bedrock-console", "self-test", user=NOBODY)
    with capfd.disabled():
        print(said)  # noqa: T201 - what the bundle says of itself belongs into the log of a run
    assert "pass      refresh and judge: " in said
    within(root, "apt-get", "remove", "-q", "-y", "bedrock-console")
    assert not (root / "opt" / "bedrock-console").exists()
    assert not (root / "usr" / "bin" / "bedrock-console").is_symlink()


def mirror_of_this_machine() -> tuple[str, str]:
    """Return from where apt has this machine's packages, and the release."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(SUITE)", "Created-By: Packages"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    suites = [line.split() for line in said.splitlines()]
    return next((mirror, suite) for mirror, suite in suites if "-" not in suite)


def within(root: Path, *command: str, user: int = 0) -> str:
    """Run a command in a root, as an administrator or another, with nothing of our environment; return its words."""
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/srv/home",
        "LC_ALL": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
        "QT_QPA_PLATFORM": "offscreen",
    }
    ran = subprocess.run(
        ["chroot", f"--userspec={user}:{user}", str(root), *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


def holds_what_it_should(folder: Path, contents) -> None:
    inside = folder / "_internal"
    models = {each.name for each in (inside / "botocore" / "data").iterdir() if each.is_dir()}
    assert models == set(contents.services())
    strangers = {"moto", "flask", "werkzeug", "pytest", "hypothesis", "mypy"}
    assert not strangers & {each.name.partition(".")[0] for each in inside.iterdir()}
    listed = subprocess.run(
        [
            sys.executable,
            "-m",
            "PyInstaller.utils.cliutils.archive_viewer",
            "-r",
            "-b",
            folder / contents.NAME,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    archived = set(re.findall(r"^\s*(\w[\w.]*)$", listed.stdout, re.MULTILINE))
    assert set(contents.modules()) <= archived
    assert not [name for name in archived if re.match(r"(console\.demo|moto|flask|werkzeug)\b", name)]


def tells_what_it_is_made_of(folder: Path) -> None:
    text = (folder / "sbom.cdx.json").read_text(encoding="utf-8")
    assert complaint_about_bill(text) is None
    parts = {each["name"]: each for each in json.loads(text)["components"]}
    assert {"botocore", "PySide6_Essentials", "sqlcipher3", "typst", "python"} <= set(parts)
    assert not {"boto3", "moto", "Flask", "pytest", "pyinstaller"} & set(parts)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9.-]+)==([^ ;\n]+)", lock, re.MULTILINE))
    for name, part in parts.items():
        if str(part.get("purl", "")).startswith("pkg:pypi/"):
            assert (re.sub(r"[-_.]+", "-", name).lower(), part["version"]) in locked
            assert (folder / "licences" / f"{name}.txt").stat().st_size > 0
    assert "GNU LESSER" in (folder / "licences" / "LGPL-3.0.txt").read_text(encoding="utf-8")


def depends_on_what_it_is_linked_to(folder: Path, archives) -> None:
    promised = [f"{name}.so.*" for names in archives.DEPENDS.values() for name in names]
    needed = needed_libraries(folder)
    assert [name for name in needed if not any(fnmatch.fnmatch(name, each) for each in promised)] == []
    assert [each for each in promised if not fnmatch.filter(needed, each) and "libz." not in each] == []


def has_a_place_in_the_system(installed: Path) -> None:
    link = installed / "usr" / "bin" / "bedrock-console"
    assert str(link.readlink()) == "/opt/bedrock-console/bedrock-console"
    entry = (installed / "usr/share/applications/bedrock-console.desktop").read_text(encoding="utf-8")
    assert "Exec=bedrock-console\n" in entry
    assert (installed / "usr/share/icons/hicolor/256x256/apps/bedrock-console.png").is_file()
    manual = installed / "usr/share/man/man1/bedrock-console.1.gz"
    shown = subprocess.run(["gzip", "-dc", str(manual)], capture_output=True, text=True, check=True).stdout
    assert "self\\-test" in shown
    loose = [each for each in installed.rglob("*") if not each.is_symlink() and each.stat().st_mode & 0o022]
    assert loose == []


def proves_itself(root: BareRoot) -> None:
    process = root.start("self-test", QT_QPA_PLATFORM="offscreen")
    said = process.communicate(timeout=300)[0]
    print(said)  # noqa: T201 - what the bundle says of itself belongs into the log of a run
    assert process.returncode == 0, said
    expected = json.loads((ROOT / "resources" / "declarations.json").read_text(encoding="utf-8"))
    counted = ", ".join(f"{len(names)} {sort}" for sort, names in expected.items())
    assert f"pass      declarations: {counted}" in said
    for part in ("refresh and judge", "migration", "pack", "pages", "demonstration", "store"):
        assert f"pass      {part}: " in said


def shows_the_demonstration(root: BareRoot, folder: Path) -> None:
    with screen(folder) as display:
        process = root.start("pack", "open", "--demo", DISPLAY=display, QT_QPA_PLATFORM="xcb")
        try:
            until = monotonic() + STARTS_WITHIN
            while colours(folder) < 100:
                assert process.poll() is None, process.communicate()[0]
                assert monotonic() < until, "nothing was drawn"
                sleep(0.2)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def colours(folder: Path) -> int:
    """Count what is to be seen on the screen: an empty one has a colour or two."""
    return len({bytes(pixel) for row in picture(folder)[::7] for pixel in row[::3, :3]})
