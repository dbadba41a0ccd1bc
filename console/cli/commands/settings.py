"""`bedrock-console settings`: what can be set, what holds, where it comes from, and how to change it."""

import json
from argparse import ArgumentParser
from pathlib import Path

from console.base.configuration import Configuration, Origin, Value
from console.base.setting import Setting, catalogue, shown
from console.base.settings import SettingsError
from console.bootstrap import configuration_at
from console.cli.base import DONE, FOUND, Command, Invocation
from console.services.own_settings import write_setting
from console.views.text import inert

TEACHING = """\
Settings of your organisation stand in a file that only an administrator writes; nobody else can change those.

examples:
  bedrock-console settings                                       every setting that is not the default
  bedrock-console settings list --all
  bedrock-console settings explain policy.approved_regions
  bedrock-console settings set policy.approved_regions eu-west-2,eu-west-1
  bedrock-console settings unset policy.approved_regions

exit codes: 0 done; 1 something in the files is not understood, and what would hold without it is in force; 2 refused
"""


class UnknownSettingError(SettingsError):
    """There is no setting of that name."""

    code = "CLI-006"
    remedy = "`bedrock-console settings list --all` lists every setting."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the duties; without one, what differs from the defaults is listed."""
    parser.set_defaults(duty="list", all=False, json=False)
    under = parser.add_subparsers(title="duties", metavar="DUTY", dest="duty")
    listed = under.add_parser("list", help="list settings, their values and where they come from")
    listed.add_argument("--all", action="store_true", help="those that are the default too")
    listed.add_argument("--json", action="store_true", help="print one JSON document")
    explained = under.add_parser("explain", help="say what a setting is for and what it may be")
    explained.add_argument("key", metavar="KEY")
    put = under.add_parser("set", help="write a value into your own settings")
    put.add_argument("key", metavar="KEY")
    put.add_argument("value", metavar="VALUE", help="a list is divided by commas")
    unset = under.add_parser("unset", help="take a value out of your own settings")
    unset.add_argument("key", metavar="KEY")


def run(invocation: Invocation) -> int:
    """Do the duty."""
    found = configuration_at(invocation.place, invocation.environment)
    duty = invocation.options.duty or "list"
    if duty == "list":
        return _list(invocation, found)
    setting = catalogue().get(invocation.options.key)
    if setting is None:
        raise UnknownSettingError(f"there is no setting {inert(invocation.options.key)}")
    if duty == "explain":
        return _explain(invocation, found.values[setting.key])
    return _write(invocation, found, setting, None if duty == "unset" else invocation.options.value)


def _list(invocation: Invocation, found: Configuration) -> int:
    out, options = invocation.out, invocation.options
    rows = [each for each in found.values.values() if options.all or each.origin is not Origin.DEFAULT]
    if options.json:
        said = {key: {"value": each.value, "from": each.origin.value} for key, each in found.values.items()}
        mistakes = [{"file": str(each.file), "key": each.key, "what": each.what} for each in found.mistakes]
        out.write(json.dumps({"settings": said, "mistakes": mistakes}, indent=2) + "\n")
        return FOUND if found.mistakes else DONE
    for each in rows:
        out.write(f"{each.setting.key:<48} {inert(shown(each.value))}  ({each.origin.value})\n")
    if not rows:
        out.write("Every setting is the default. `bedrock-console settings list --all` lists them.\n")
    out.write(f"\nyour settings  {_there(found.own)}\norganisation   {_there(found.managed)}\n")
    for mistake in found.mistakes:
        invocation.err.write(f"{inert(mistake.words)}\n{mistake.remedy}\n")
    return FOUND if found.mistakes else DONE


def _there(file: Path) -> str:
    return f"{file}{'' if file.exists() else ' (not there)'}"


def _explain(invocation: Invocation, held: Value) -> int:
    setting = held.setting
    lines = [
        f"{setting.key}: {setting.words}",
        setting.help,
        f"allowed: {setting.allowed}",
        f"default: {shown(setting.default) or 'nothing'}",
        f"in force: {inert(shown(held.value)) or 'nothing'} ({held.origin.value})",
    ]
    if setting.environment:
        lines.append(f"where nobody set it, the variable {setting.environment} is taken")
    invocation.out.write("\n".join(lines) + "\n")
    return DONE


def _write(invocation: Invocation, found: Configuration, setting: Setting, said: str | None) -> int:
    write_setting(found, setting, said)
    held = configuration_at(invocation.place, invocation.environment).values[setting.key]
    invocation.out.write(
        f"{setting.key} is now {inert(shown(held.value)) or 'nothing'} ({held.origin.value})\n"
    )
    return DONE


COMMAND = Command(
    name="settings",
    summary="List, explain and change settings",
    add_arguments=add_arguments,
    run=run,
    teaching=TEACHING,
)
