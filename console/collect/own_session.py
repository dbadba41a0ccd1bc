"""botocore's session for signing in: how the officer's own credentials are found, renewed and asked for.

Roles that are assumed on the way, and credentials of IAM Identity Center, come through clients that botocore makes
for itself. They meet the same guard as the collectors': no request goes anywhere but to AWS.
"""

from collections.abc import Callable
from typing import Any

import botocore.session
from botocore import exceptions as aws
from botocore.config import Config

from console.base.settings import AwsSettings
from console.collect.errors import (
    BadConfigurationError,
    MfaNeededError,
    RefusedHostError,
    UnknownProfileError,
)
from console.collect.transport import refusal

AskCode = Callable[[str], str]
"""Is handed the serial number (an ARN) of a device, and returns the code that it shows."""
Session = Any
"""botocore's session, which is untyped."""
_PROMPT = "Enter MFA code for "
_ASSUME_ROLE = "assume-role"


def nobody_to_ask(serial: str) -> str:
    """Refuse, because nobody is there who could read a code."""
    raise MfaNeededError(f"a one-time code of {serial} is needed, and nobody can be asked here")


def own_session(settings: AwsSettings, ask_code: AskCode = nobody_to_ask) -> Session:
    """Return a session of the settings' profile; raise `UnknownProfileError` if there is none of that name."""
    session = botocore.session.Session(profile=settings.profile or None)
    try:
        session.get_scoped_config()
    except aws.ProfileNotFound as error:
        raise UnknownProfileError(str(error)) from None
    except aws.ConfigParseError as error:
        raise BadConfigurationError(str(error)) from None
    session.set_default_client_config(
        Config(
            connect_timeout=settings.connect_seconds,
            read_timeout=settings.read_seconds,
            retries={"mode": "legacy", "total_max_attempts": settings.attempts},
            use_fips_endpoint=settings.use_fips or None,
        )
    )
    suffixes = dns_suffixes(session)

    def guard(request: Any, **_: object) -> None:  # noqa: ANN401 - botocore is untyped
        refused = refusal(request.url, suffixes)
        if refused:
            raise RefusedHostError(refused)

    def prompt(words: str) -> str:
        return ask_code(words.removeprefix(_PROMPT).rstrip(": "))

    session.register("before-send", guard)
    session.lazy_register_component("credential_provider", lambda: _resolver(session, settings, prompt))
    return session


def dns_suffixes(session: Session) -> tuple[str, ...]:
    """Return what the names of AWS's hosts end with, in every partition."""
    partitions = session.get_component("data_loader").load_data("partitions")["partitions"]
    outputs = [partition["outputs"] for partition in partitions]
    return tuple(sorted({each[name] for each in outputs for name in ("dnsSuffix", "dualStackDnsSuffix")}))


def _resolver(session: Session, settings: AwsSettings, prompt: Callable[[str], str]) -> Any:  # noqa: ANN401
    """Return botocore's own chain of providers, asking for codes where we can be asked."""
    region = session.get_config_variable("region") or settings.home_region
    chain = botocore.credentials.create_credential_resolver(session, region_name=region)
    # botocore has no public way to say who is asked; its own default reads the terminal of a process without one.
    chain.get_provider(_ASSUME_ROLE)._prompter = prompt  # noqa: SLF001
    return chain


def credentials_of(session: Session) -> Any:  # noqa: ANN401
    """Return the session's credentials, really fetched; raise botocore's errors if there are none."""
    credentials = session.get_credentials()
    if credentials is None:
        raise aws.NoCredentialsError
    credentials.get_frozen_credentials()
    return credentials
