"""Settings as the program reads them; every key known, every value checked against the catalogue of settings."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.base.errors import ConsoleError
from console.base.setting import catalogue

_MOST_TEXT = 200_000
_LONGEST_LINE = 4_000
"""Characters of a file, and of a line in it."""


class SettingsError(ConsoleError):
    """A settings file holds something this build does not understand."""

    code = "BAS-001"
    remedy = "Correct the named key; `bedrock-console settings` lists every key with its meaning."


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsSettings:
    """How to reach AWS."""

    profile: str = ""
    """A profile of the shared AWS configuration; empty for the default credential chain."""
    reader_role: str = "BedrockConsoleReader"
    """The role assumed in every member account."""
    external_id: str = ""
    home_region: str = "eu-west-2"
    """The Region for services that have one endpoint for an account."""
    use_fips: bool = False
    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    attempts: int = 5
    """Tries of one call before a failure becomes a gap."""
    threads: int = 16
    """Threads of the worker process: calls under way at once. Past some 24 the interpreter is the limit."""
    log_days: int = 30
    """How many days back invocation logs are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySettings:
    """What the department approved; recorded with every assessment."""

    approved_regions: tuple[str, ...] = ("eu-west-2",)
    approved_models: tuple[str, ...] = ()
    """Model ids that officers accepted; empty means that no register is kept yet."""
    minimum_log_retention_days: int = 365
    maximum_log_retention_days: int = 2557
    """Longer than any purpose lasts for which logs of what was said to models are kept."""
    api_key_days: int = 90
    """How long a Bedrock API key may live."""
    access_key_days: int = 90
    """How old an access key of an IAM user may be that can use Bedrock."""
    unused_access_days: int = 90
    """After how many days without use a permission for Bedrock is to be taken back."""
    report_age_days: int = 365
    """How long after the end of its period an audit report of AWS's still tells something."""
    guardrail_prompt_attack_strength: str = "HIGH"
    guardrail_content_strength: str = "HIGH"
    """How strong each filter for a harmful category must be, on input and output."""
    guardrail_personal_information: tuple[str, ...] = (
        "UK_NATIONAL_INSURANCE_NUMBER",
        "UK_NATIONAL_HEALTH_SERVICE_NUMBER",
        "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER",
        "AWS_ACCESS_KEY",
        "AWS_SECRET_KEY",
        "PASSWORD",
    )
    """Kinds of personal information and secrets that every guardrail must block or mask; empty asks for none."""
    agent_idle_seconds: int = 3600
    """How long an agent may keep a conversation in which nobody says anything."""
    agent_memory_days: int = 90
    """How long an AgentCore memory may keep what was said."""
    evaluation_days: int = 180
    """How old the newest evaluation of a model in use may be."""
    commitment_notice_days: int = 30
    """How long before its end a commitment to provisioned throughput must be decided on."""
    required_tags: tuple[str, ...] = ("owner", "data-classification")
    """Tags that everything in Bedrock must have; case does not count."""
    stale_after_hours: float = 168.0
    """How old evidence may be and still support a claim."""
    attestation_reminder_days: int = 30
    """How long before its end an attestation asks for a review, unless it names a day."""
    attestations_need_countersignature: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionSettings:
    """How deletions are approved, and whether this console may carry them out."""

    execution: bool = False
    """Whether this console may delete at AWS; off, it writes a runbook."""
    eraser_role: str = "BedrockConsoleEraser"
    """The role assumed in every account to delete; the reader role cannot."""
    allowed_signers: str = ""
    """A file in the form of OpenSSH's `allowed_signers`: whose key is whose. Without it only this console's own key
    is known, so that no approval from elsewhere counts."""
    plan_hours: int = 72
    """How long a plan and what was signed under it holds."""
    verify_again_days: int = 30
    """After how many days everything is verified once more."""
    settle_seconds: float = 900.0
    """How long to wait for AWS to finish one deletion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingSettings:
    """Whether AWS may be asked to count over logs that are too large, or too private, to be read here."""

    enabled: bool = False
    """Off, no query is started. On, Athena writes its answers into the workgroup's bucket."""
    role: str = "BedrockConsoleCounter"
    """The role assumed in every account to count; the reader role cannot."""
    workgroup: str = "bedrock-console"
    """Athena's workgroup; it must enforce its own settings."""
    database: str = "bedrock_console"
    """Where the table of the invocation logs is."""
    athena_usd_for_tb: str = "5.00"
    """AWS's price for a TB (2**40 bytes) read; empty where it is not known."""
    insights_usd_for_gb: str = ""
    """AWS's price for a GB (2**30 bytes) read; likewise."""
    worth_asking_gb: float = 2.0
    """Below so many packed bytes it is said that reading the log here is as quick."""
    wait_seconds: float = 900.0
    """How long a query may take before it is stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSettings:
    """How the window behaves."""

    lock_after_minutes: int = 10
    """After how long without a key or the mouse it locks; 0 for never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one run."""

    aws: AwsSettings = field(default_factory=AwsSettings)
    policy: PolicySettings = field(default_factory=PolicySettings)
    deletion: DeletionSettings = field(default_factory=DeletionSettings)
    counting: CountingSettings = field(default_factory=CountingSettings)
    window: WindowSettings = field(default_factory=WindowSettings)
    organisation_name: str = ""
    """Printed on packs; never read from AWS, because an officer vouches for it."""


def load_settings(*files: Path) -> Settings:
    """Read the files in order, later ones winning key by key; a missing file is skipped."""
    merged: dict[str, object] = {}
    for file in files:
        if not file.is_file():
            continue
        document = _read(file)
        try:
            settings_of(document)
        except SettingsError as error:
            raise SettingsError(f"{file}: {error}") from None
        for key, value in document.items():
            held = merged.get(key)
            merged[key] = {**held, **value} if isinstance(held, dict) and isinstance(value, dict) else value
    return settings_of(merged)


def toml_of(text: str) -> dict[str, Any]:
    """Return what text in TOML says; `ValueError` for anything else.

    What is longer than any settings are is refused: the parser would take for ever.
    """
    if len(text) > _MOST_TEXT or max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        raise ValueError("it is longer than settings are")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested without end") from None


def _read(file: Path) -> dict[str, Any]:
    try:
        return toml_of(file.read_bytes().decode("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be read: {error.strerror}", remedy="Give this user the right to read it."
        ) from None
    except ValueError as error:
        raise SettingsError(f"{file} is not TOML: {error}") from None


_SECTIONS = {
    "aws": AwsSettings,
    "policy": PolicySettings,
    "deletion": DeletionSettings,
    "counting": CountingSettings,
    "window": WindowSettings,
}
Section = AwsSettings | PolicySettings | DeletionSettings | CountingSettings | WindowSettings


def settings_of(document: Mapping[str, object]) -> Settings:
    """Return what a document of TOML or JSON types sets, held to the catalogue; a packed document may lack keys."""
    made: dict[str, object] = {}
    for key, value in document.items():
        if key in _SECTIONS and isinstance(value, Mapping):
            made[key] = _build(key, value)
        elif key == "organisation_name" and isinstance(value, str):
            made[key] = value
        else:
            raise SettingsError(f"unknown or mistyped key {key!r}")
    return Settings(**made)  # type: ignore[arg-type]


def _build(section: str, values: Mapping[str, object]) -> Section:
    known, checked = catalogue(), {}
    for key, value in values.items():
        setting = known.get(f"{section}.{key}")
        if setting is None:
            raise SettingsError(f"unknown key {section}.{key}")
        try:
            checked[key] = setting.checked(value)
        except ValueError as error:
            raise SettingsError(str(error)) from None
    made: Section = _SECTIONS[section](**checked)
    return made
