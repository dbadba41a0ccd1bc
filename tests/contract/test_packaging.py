"""What is shipped is described once: for PyInstaller, for Debian and for Windows, where nothing can be tried here."""

import importlib
import re
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

import console
from console.base.paths import resources
from console.collect.mantle import SERVICE as MANTLE
from console.services.refresh import discover_collectors
from console.services.standin import NoDemoError, started

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
WINDOWS = PACKAGING / "windows"
XMLNS = "{http://schemas.microsoft.com/appx/manifest/foundation/windows10}"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module


def manifest() -> ET.Element:
    said = (WINDOWS / "AppxManifest.xml").read_text(encoding="utf-8")
    filled = said.replace("{Version}", console.__version__).replace("{Publisher}", "CN=Somebody")
    return ET.fromstring(filled.replace("{Architecture}", "x64"))  # noqa: S314 - our own


def test_every_module_that_is_found_by_folder_is_shipped_and_the_stand_in_is_not(script) -> None:
    contents = script("contents")
    modules = set(contents.modules())
    for package in (
        "collect/collectors",
        "controls/catalog",
        "ui/pages",
        "cli/commands",
        "collect/discovery",
    ):
        for file in (ROOT / "console" / package).glob("*.py"):
            name = ".".join(("console", *package.split("/"), file.stem)).removesuffix(".__init__")
            assert name in modules
    assert not [name for name in modules if name.startswith("console.demo")]
    assert {"moto", "flask", "pytest", "nox"} <= set(contents.strangers())
    assert not {"botocore", "PySide6", "keyring", "numpy", "jinja2"} & set(contents.strangers())


def test_models_are_shipped_of_the_services_that_are_asked_and_of_no_other(script) -> None:
    contents = script("contents")
    asked = {collector.service for collector in discover_collectors()} - {MANTLE}
    assert asked < set(contents.services())
    assert {"sts", "sso-oidc", "s3", "logs", "athena", "bedrock-agent-runtime"} <= set(contents.services())
    assert contents.is_shipped("botocore/data/bedrock/2023-04-20/service-2.json.gz")
    assert contents.is_shipped("botocore/data/endpoints.json")
    assert not contents.is_shipped("botocore/data/polly/2016-06-10/service-2.json.gz")


def test_a_library_of_the_building_machine_stays_there_unless_python_is_linked_to_it(script) -> None:
    contents = script("contents")
    assert contents.is_shipped("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3")
    assert not contents.is_shipped("libglib-2.0.so.0", "/lib/x86_64-linux-gnu/libglib-2.0.so.0")
    assert contents.is_shipped("libQt6Core.so.6", str(ROOT / ".venv/lib/PySide6/Qt/lib/libQt6Core.so.6"))
    assert contents.is_shipped("PySide6/Qt/plugins/platforms/libqxcb.so")
    assert contents.is_shipped("PySide6/plugins/platforms/qwindows.dll")
    assert not contents.is_shipped("PySide6/Qt/plugins/platforms/libqvnc.so")
    assert not contents.is_shipped("PySide6/plugins/sqldrivers/qsqlodbc.dll")


def test_the_msix_manifest_names_this_version_and_programs_and_pictures_that_are_made(script) -> None:
    contents, icons = script("contents"), script("icons")
    package = manifest()
    identity = package.find(f"{XMLNS}Identity")
    assert identity is not None
    assert identity.attrib["Version"] == f"{contents.VERSION}.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+\.\d+", identity.attrib["Version"])
    programs = {each.attrib["Executable"] for each in package.iter() if "Executable" in each.attrib}
    assert programs == {f"{contents.NAME}.exe", f"{contents.NAME}-window.exe"}
    values = [value for each in package.iter() for value in (*each.attrib.values(), each.text or "")]
    named = {value.removeprefix("Assets\\") for value in values if value.startswith("Assets\\")}
    assert {name.removesuffix(".png") for name in named} == set(icons.TILES)
    prefixes = dict(
        re.findall(r'xmlns:(\w+)="([^"]+)"', (WINDOWS / "AppxManifest.xml").read_text(encoding="utf-8"))
    )
    assert set(package.attrib["IgnorableNamespaces"].split()) == set(prefixes)


def test_pictures_for_windows_have_the_sizes_in_their_names(script, tmp_path: Path) -> None:
    icons = script("icons")
    icons.write_windows(tmp_path)
    for name, (width, height) in icons.assets().items():
        image = QImage(str(tmp_path / "Assets" / name))
        assert (image.width(), image.height()) == (width, height)
        assert image.pixelColor(width // 2, height // 2).alpha() == 255
        assert image.pixelColor(0, 0).alpha() == 0
    icon = (tmp_path / "bedrock-console.ico").read_bytes()
    assert struct.unpack("<HHH", icon[:6]) == (0, 1, len(icons.ICO))
    for number, size in enumerate(icons.ICO):
        side, *_, length, at = struct.unpack("<BBBBHHII", icon[6 + 16 * number : 22 + 16 * number])
        assert side == size % 256
        assert QImage.fromData(icon[at : at + length]).width() == size


def test_the_installer_asks_for_no_administrator_and_takes_the_bundle_as_it_is(script) -> None:
    contents = script("contents")
    said = (WINDOWS / "console.iss").read_text(encoding="utf-8")
    setup = dict(re.findall(r"^(\w+)=(.*)$", said, re.MULTILINE))
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["PrivilegesRequiredOverridesAllowed"] == ""
    assert setup["DefaultDirName"].startswith("{localappdata}")
    assert not re.search(r"HKLM|\{commonpf|\{autopf|\{sys\}|runascurrentuser", said)
    assert set(re.findall(r"\{app\}\\([\w-]+)\.exe", said)) == {contents.NAME, f"{contents.NAME}-window"}
    assert contents.VERSION not in said


def test_the_build_script_uses_what_is_there_and_every_placeholder(script) -> None:
    said = (WINDOWS / "build.ps1").read_text(encoding="utf-8")
    for name in ("packaging\\bundle.py", "packaging\\icons.py", "requirements-dev.lock"):
        assert name in said
        assert (ROOT / name.replace("\\", "/")).is_file()
    for name in ("AppxManifest.xml", "console.iss"):
        assert f'"{name}"' in said
        assert (WINDOWS / name).is_file()
    placeholders = set(re.findall(r"\{\w+\}", (WINDOWS / "AppxManifest.xml").read_text(encoding="utf-8")))
    assert all(f'.Replace("{each}"' in said for each in placeholders)
    defined = set(
        re.findall(r"#(?:ifndef) (\w+)|\{#(\w+)\}", (WINDOWS / "console.iss").read_text(encoding="utf-8"))
    )
    assert all(f"/D{''.join(name)}=" in said for name in defined)
    for tool in ("makeappx.exe", "makepri.exe", "signtool.exe", "ISCC.exe"):
        assert tool in said
    assert said.count("{") == said.count("}")
    assert said.count("(") == said.count(")")


def test_the_version_resource_is_read_by_pyinstaller_s_own_syntax(script) -> None:
    texts, contents = script("texts"), script("contents")
    said = texts.version_resource()
    made = dict(re.findall(r"StringStruct\('(\w+)', '([^']*)'\)", said))
    assert made["ProductVersion"] == made["FileVersion"] == contents.VERSION
    compile(said, "version.txt", "eval")


def test_the_version_is_said_once(script) -> None:
    contents = script("contents")
    others = [
        file
        for file in PACKAGING.rglob("*")
        if file.is_file()
        and "licences" not in file.parts
        and contents.VERSION in file.read_text("utf-8", "replace")
    ]
    assert [file.name for file in others if file.suffix in (".spec", ".xml", ".iss", ".ps1", ".py")] == []


def test_the_demonstration_is_here_and_small() -> None:
    pack = resources() / "demo" / "pack.zip.xz"
    assert pack.stat().st_size < 2 * 2**20
    assert (resources() / "demo" / "pack.allowed_signers").is_file()


def test_without_the_stand_in_the_demo_says_where_the_demonstration_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(NoDemoError) as refused, started(accounts=1, seed=1, environment={}):
        pass
    assert "pack open --demo" in refused.value.remedy
