"""Handing a plan to whoever may delete: the runbook as files."""

from pathlib import Path

from console.actuate.runbook import as_shell, as_ssm, places_of
from console.deletion.case import Case
from console.deletion.errors import WrongStateError


def write_runbook(case: Case, folder: Path) -> list[Path]:
    """Write the shell runbook and an Automation document for each account and Region; return the files."""
    plan = case.plan
    if plan is None or plan.is_blocked:
        raise WrongStateError(f"{case.id} has no plan that could be carried out")
    files = {f"{case.id}.sh": as_shell(plan)}
    for account_id, region in places_of(plan):
        files[f"{case.id}.{account_id}.{region}.ssm.json"] = as_ssm(plan, account_id, region)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in files]
