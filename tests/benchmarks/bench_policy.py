"""Print how fast the policy engine answers: single decisions beside another engine's, and a whole organisation.

The other engine is the npm package @cloud-copilot/iam-simulate. It is AGPL: it is installed into a folder that is
thrown away and run as a program of its own. Where npm cannot install it, the figures stand without it.

`--organisation FILE` measures an organisation in `iam-org-snapshot/1` instead of the generated one.
"""

import argparse
import gc
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from big_organisation import MODEL, big_organisation, cases
from console.policy.case import decide_case
from console.policy.context import Context
from console.policy.organisation import Organisation
from console.policy.question import Question

PACKAGE = "@cloud-copilot/iam-simulate"
CASES, ROUNDS = 1_000, 3
DRIVER = """
import { readFileSync } from 'node:fs'
import { runSimulation } from '@cloud-copilot/iam-simulate'
const simulations = JSON.parse(readFileSync(process.argv[2], 'utf8'))
for (const each of simulations.slice(0, 50)) await runSimulation(each, {})
const start = process.hrtime.bigint()
const results = []
for (const each of simulations) results.push((await runSimulation(each, {})).overallResult)
const seconds = Number(process.hrtime.bigint() - start) / 1e9
console.log(JSON.stringify({ seconds, results }))
"""
QUESTIONS = (
    ("bedrock:InvokeModel", MODEL),
    ("bedrock:DeleteModelInvocationLoggingConfiguration", "*"),
    ("bedrock:ApplyGuardrail", ""),
)
EXPECTED = {20: (114, 46, 223), 100: (908, 155, 897), 400: (4184, 614, 3532)}
"""Answers for files with seed 7 and 50 principals an account, by the number of accounts."""


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def simulation(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case as the other engine's documentation asks for it."""
    request, principal = case["request"], case["principal"]
    boundary = principal.get("boundary")
    return {
        "request": {
            "principal": request["principal"],
            "action": request["action"],
            "resource": {"resource": request["resource"], "accountId": request["resource_account"]},
            "contextVariables": request["context"],
        },
        "identityPolicies": principal["identity"],
        "serviceControlPolicies": [
            {"orgIdentifier": each["id"], "policies": each["policies"]} for each in principal["scps"]
        ],
        "resourceControlPolicies": [],
        **({"permissionBoundaryPolicies": [boundary]} if boundary else {}),
    }


def other_engine(listed: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the other engine's seconds and verdicts; None where it cannot be had."""
    if not (shutil.which("npm") and shutil.which("node")):
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "package.json").write_text('{"private": true}', encoding="utf-8")
        (place / "run.mjs").write_text(DRIVER, encoding="utf-8")
        (place / "cases.json").write_text(json.dumps([simulation(each) for each in listed]), encoding="utf-8")
        try:
            install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", PACKAGE]
            subprocess.run(install, cwd=place, check=True, capture_output=True, timeout=180)
            command = ["node", "run.mjs", "cases.json"]
            ran = subprocess.run(command, cwd=place, check=True, capture_output=True, timeout=600)
        except (subprocess.SubprocessError, OSError):
            return None
        said: dict[str, Any] = json.loads(ran.stdout)
        return said


def single_decisions() -> None:
    """Print decisions a second: every policy parsed anew for each."""
    listed = list(cases(big_organisation(20), CASES))
    for each in listed[:50]:
        decide_case(each)
    best = 0.0
    verdicts: list[str] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        verdicts = [decide_case(each)["result"] for each in listed]
        best = max(best, CASES / (time.perf_counter() - start))
    print(f"single decisions, nothing kept    {best:>10,.0f} a second")
    other = other_engine(listed)
    if other is None:
        print(f"{PACKAGE} could not be installed here: no comparison")
        return
    rate = CASES / other["seconds"]
    agree = sum(one == two for one, two in zip(verdicts, other["results"], strict=True))
    print(f"{PACKAGE}     {rate:>10,.0f} a second; ours is {best / rate:.1f} times that")
    print(f"same verdict in {agree} of {CASES} cases")


def whole_organisation(file: Path | None, accounts: int) -> None:
    """Print how long questions to everybody take, cold and warm."""
    made = json.dumps(big_organisation(accounts)).encode() if file is None else file.read_bytes()
    snapshot = json.loads(made)
    del made
    loaded = megabytes()
    guardrails = [
        arn for held in snapshot["accounts"].values() for arn in held["resources"] if ":guardrail/" in arn
    ]
    people = sum(len(held["users"]) + len(held["roles"]) for held in snapshot["accounts"].values())
    print(
        f"{len(snapshot['accounts'])} accounts, {people:,} principals; {loaded:.0f} MB with the snapshot loaded"
    )
    context = Context.of({"aws:RequestedRegion": "eu-west-2"})
    found = []
    organisation = Organisation(snapshot)
    for number, (action, on) in enumerate(QUESTIONS):
        question = Question(action=action, resource=on or guardrails[1], context=context)
        fresh = Organisation(snapshot)
        gc.collect()
        start = time.perf_counter()
        answers = fresh.who_can(question).found
        cold = time.perf_counter() - start
        del fresh
        organisation.who_can(question) if number == 0 else None
        start = time.perf_counter()
        organisation.who_can(question)
        warm = time.perf_counter() - start
        start = time.perf_counter()
        organisation.who_can(question)
        again = time.perf_counter() - start
        found.append(len(answers))
        compiled = "" if number == 0 else f"  compiled, new question {warm * 1000:7.1f} ms"
        print(
            f"{action:<52}{len(answers):>6}  cold {cold * 1000:7.1f} ms  asked again {again * 1000:6.2f} ms{compiled}"
        )
    start = time.perf_counter()
    targets = [
        each.principal
        for each in organisation.who_can(
            Question(action=QUESTIONS[0][0], resource=MODEL, context=context)
        ).found
    ]
    routes = organisation.routes(targets)
    print(
        f"who can become one of the first {len(targets)}: {len(routes)} more, {time.perf_counter() - start:.1f} s"
    )
    print(f"most memory {megabytes():.0f} MB")
    expected = EXPECTED.get(len(snapshot["accounts"])) if file and snapshot.get("seed") == 7 else None
    if expected is not None:
        print(
            "answers are the expected ones"
            if tuple(found) == expected
            else f"EXPECTED {expected}, FOUND {found}"
        )
        if tuple(found) != expected:
            sys.exit(1)


def main() -> None:
    """Run all of it; memory first, because it only grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisation", type=Path)
    parser.add_argument("--accounts", type=int, default=400)
    chosen = parser.parse_args()
    whole_organisation(chosen.organisation, chosen.accounts)
    single_decisions()


if __name__ == "__main__":
    main()
