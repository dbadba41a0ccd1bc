"""Texts of the packages that follow from the program: menu entry, manual, what lies beside a portable archive."""

import argparse
from datetime import UTC, datetime

import contents

from console.base.registry import discover
from console.cli.base import Command
from console.cli.main import EPILOGUE, build_parser

_DESCRIPTION = (
    "Without a command, the window opens. It reads an AWS organisation with read-only roles, keeps what AWS said in an "
    "encrypted store, judges it, shows it, and exports assurance packs."
)


def desktop_entry() -> str:
    """Return the entry in the desktop's menu."""
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.5\n"
        f"Name={contents.TITLE}\nComment={contents.SUMMARY}\n"
        f"Exec={contents.NAME}\nIcon={contents.NAME}\nTerminal=false\n"
        f"StartupWMClass={contents.NAME}\nCategories=Office;Security;\nKeywords=AWS;Bedrock;assurance;audit;evidence;\n"
    )


def manual(epoch: int) -> str:
    """Return the manual page, in roff, from the commands' own help."""
    commands = discover("console.cli.commands", "COMMAND", Command)
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    lines = [
        f'.TH BEDROCK-CONSOLE 1 {day} "{contents.NAME} {contents.VERSION}" "User Commands"',
        ".SH NAME",
        f"{contents.NAME} \\- {_roff(contents.SUMMARY)}",
        ".SH SYNOPSIS",
        f".B {contents.NAME}\n[\\-\\-store FILE] [\\-\\-settings FILE] [\\-\\-profile NAME] [COMMAND ...]",
        ".SH DESCRIPTION",
        _DESCRIPTION,
        ".SH COMMANDS",
    ]
    for command in commands:
        lines += [".TP", f".B {_roff(command.name)}", _roff(f"{command.summary}.")]
    lines += [".SH OPTIONS"]
    for action in build_parser(commands)._actions:  # noqa: SLF001 - argparse tells them nowhere else
        if action.option_strings and not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            lines += [".TP", f".B {_roff(', '.join(action.option_strings))}", _roff(f"{action.help}")]
    lines += [".SH EXAMPLES AND EXIT CODES", ".nf", _roff(EPILOGUE.rstrip()), ".fi"]
    lines += [".SH SEE ALSO", f"{_roff(contents.NAME)} COMMAND \\-\\-help; Help in the window."]
    return "\n".join(lines) + "\n"


def portable_readme() -> str:
    """Return what lies beside the program in a portable archive."""
    return (
        f"{contents.TITLE} {contents.VERSION}\n\n"
        f"Start ./{contents.NAME} for the window; ./{contents.NAME} --help lists the commands. No Python is needed.\n"
        f"./{contents.NAME} self-test proves that this copy is whole. It needs of the system what every Qt program\n"
        "needs. Where a library is missing, the program names it; on Debian and Ubuntu this brings them all:\n\n"
        "  sudo apt-get install libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxcb-cursor0 \\\n"
        "    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-xkb1 libxkbcommon-x11-0\n\n"
        "licences/ has the licences of everything in it, sbom.cdx.json the list (CycloneDX).\n"
    )


def version_resource() -> str:
    """Return Windows's version resource, as PyInstaller reads it."""
    numbers = (*map(int, contents.VERSION.split(".")), 0)
    words = {
        "CompanyName": contents.PUBLISHER,
        "FileDescription": contents.TITLE,
        "FileVersion": contents.VERSION,
        "InternalName": contents.NAME,
        "OriginalFilename": f"{contents.NAME}.exe",
        "ProductName": contents.TITLE,
        "ProductVersion": contents.VERSION,
    }
    said = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, "
        "fileType=0x1, subtype=0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('080904B0', [{said}])]),\n"
        "  VarFileInfo([VarStruct('Translation', [2057, 1200])])])\n"
    )


def _roff(text: str) -> str:
    """Return text so that roff prints it as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in escaped.split("\n"))
