"""Where things are: what is shipped (in a checkout, a wheel or a frozen build) and what a user owns."""

import platform
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parents[1]


def _shipped(name: str) -> Path:
    """Return a shipped folder: inside the package when installed or frozen, beside it in a checkout."""
    inside = _PACKAGE / f"_{name}"
    if inside.is_dir():
        return inside
    beside = _PACKAGE.parent / name
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise FileNotFoundError(f"this build carries no {name}: neither {inside} nor {beside} exists")


def resources() -> Path:
    """Return the folder of icons, themes, fonts, help, templates and default settings."""
    return _shipped("resources")


def migrations() -> Path:
    """Return the folder of Alembic migrations."""
    return _shipped("migrations")


def user_data() -> Path:
    """Return the folder for this user's stores; it may not exist yet."""
    return Path(platformdirs.user_data_dir("bedrock-console", appauthor=False))


def user_settings() -> Path:
    """Return the file of this user's settings; it may not exist."""
    return Path(platformdirs.user_config_dir("bedrock-console", appauthor=False)) / "settings.toml"


def managed_settings() -> Path:
    """Return the file of settings that only an administrator writes; it may not exist.

    No variable of the environment leads elsewhere: whoever is managed must not be able to choose by what.
    """
    if platform.system() == "Linux":
        return Path("/etc/bedrock-console/settings.toml")
    return Path(platformdirs.site_config_dir("bedrock-console", appauthor=False)) / "settings.toml"


def logs() -> Path:
    """Return the folder of this user's logs; it may not exist yet."""
    return user_data() / "logs"
