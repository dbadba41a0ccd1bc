"""How a profile of the AWS configuration is signed in to, and what to run when it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.collect.errors import NoSignInError, PortalSignInError

Session = Any
"""botocore's session, which is untyped."""
Profile = Mapping[str, str]
_DEFAULT = "default"
_REGISTRATION_SCOPE = "sso:account:access"
"""Without a scope, Identity Center hands out no token with which a session can be renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalLogin:
    """Where IAM Identity Center signs a profile in."""

    profile: str
    """The profile whose configuration says so: the one that was named, or one that its role chain begins with."""
    start_url: str
    region: str
    session: str = ""
    """The `sso-session` that profiles share; empty where the profile itself has the start URL."""
    scopes: tuple[str, ...] = ()

    @property
    def cache_name(self) -> str:
        """What the token's file is named after, for every tool of AWS."""
        return self.session or self.start_url


def profile_name(session: Session) -> str:
    """Return the name of the session's profile."""
    return session.get_config_variable("profile") or _DEFAULT


def portal_of(session: Session) -> PortalLogin | None:
    """Return where the session's profile is signed in, if that is Identity Center; follows the role chain."""
    configuration = session.full_config
    for name, profile in _chain(profile_name(session), configuration.get("profiles", {})):
        shared = profile.get("sso_session", "")
        settings = {**profile, **configuration.get("sso_sessions", {}).get(shared, {})}
        if settings.get("sso_start_url") and settings.get("sso_region"):
            scopes = settings.get("sso_registration_scopes", _REGISTRATION_SCOPE if shared else "")
            return PortalLogin(
                profile=name,
                start_url=settings["sso_start_url"],
                region=settings["sso_region"],
                session=shared,
                scopes=tuple(each.strip() for each in scopes.split(",") if each.strip()),
            )
    return None


def not_signed_in(session: Session, message: str) -> NoSignInError:
    """Return the refusal that says what to run for the session's profile."""
    name = profile_name(session)
    if portal_of(session) is not None:
        return PortalSignInError(
            message,
            remedy=f"Run `bedrock-console sign-in --profile {name}` (or `aws sso login --profile {name}`), or use "
            "“Sign in” in the window; then start the refresh again.",
        )
    return NoSignInError(message, remedy=f"{_advice(session, name)} Then start the refresh again.")


def _advice(session: Session, name: str) -> str:
    profiles = session.full_config.get("profiles", {})
    for step, profile in _chain(name, profiles):
        if "login_session" in profile:
            return f"Run `aws login --profile {step}`."
        if "credential_process" in profile:
            return f"The program named by `credential_process` of profile {step} has to give new credentials."
        if profile.get("credential_source"):
            return f"Profile {step} takes credentials from {profile['credential_source']}: see that they are there."
        if "aws_access_key_id" in profile:
            return f"Renew the keys of profile {step} in your AWS credentials file."
    if name in profiles:
        return f"Profile {name} names no way to sign in: run `aws configure sso --profile {name}`."
    return (
        "Name a profile with `--profile NAME` (`aws configure sso --profile NAME` makes one), or renew the AWS_… "
        "variables of your environment."
    )


def _chain(name: str, profiles: Mapping[str, Profile]) -> list[tuple[str, Profile]]:
    """Return a profile and those that its role is taken up from, in turn."""
    found: list[tuple[str, Profile]] = []
    while name in profiles and name not in {each for each, _ in found}:
        found.append((name, profiles[name]))
        name = profiles[name].get("source_profile", "")
    return found
