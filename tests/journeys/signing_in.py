"""A person's AWS configuration beside the demo estate, and the program run with it as that person does."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from journeys.estates import SETTINGS, Desk

START_URL = "https://department.awsapps.com/start"
OFFICER = "AssuranceOfficer"


@dataclass(frozen=True)
class Person:
    """Somebody with a home folder and no keys in the environment."""

    desk: Desk
    home: Path
    environment: dict[str, str]

    def configure(self, text: str, keys: str = "") -> None:
        """Write the AWS configuration; `ACCOUNT` stands for the management account."""
        account = self.desk.estate.management_account
        (self.home / "config").write_text(text.replace("ACCOUNT", account), encoding="utf-8")
        (self.home / "credentials").write_text(keys, encoding="utf-8")

    def desk_with(self, profile: str) -> Desk:
        """Return a desk whose refreshes use a profile."""
        settings = replace(SETTINGS, aws=replace(SETTINGS.aws, profile=profile))
        estate = replace(self.desk.estate, environment=self.environment)
        return Desk(estate, replace(self.desk.job, settings=settings))

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Run the program as a process with pipes."""
        command = [sys.executable, "-m", "console", "--store", str(self.home / "none.db"), *arguments]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=self.environment
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def sign_in(self, profile: str, verdict: str = "approve") -> tuple[list[dict[str, Any]], str]:
        """Sign in, and confirm or refuse the code in the browser; return what was said and complained of."""
        with self.running("sign-in", "--profile", profile, "--json") as process:
            assert process.stdout
            first = process.stdout.readline()
            said = [json.loads(first)] if first else []
            if said and said[0]["event"] == "verification":
                code = said[0]["user_code"]
                self.desk.control("POST", "codes", {"user_code": code, "verdict": verdict})
            rest, complaint = process.communicate(timeout=60)
        return said + [json.loads(line) for line in rest.splitlines()], complaint


def a_person(desk: Desk, home: Path) -> Person:
    """Return a person who has the estate's endpoint and nothing else."""
    kept = {name: value for name, value in desk.estate.environment.items() if not name.startswith("AWS_")}
    environment = {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "AWS_ENDPOINT_URL": desk.estate.endpoint,
        "AWS_CONFIG_FILE": str(home / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }
    return Person(desk, home, environment)
