import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.configuration import Configuration, Origin, changed, configure
from console.base.setting import Setting, catalogue
from console.base.settings import Settings, SettingsError


def configured(folder: Path, own: str = "", managed: str = "", **environment: str) -> Configuration:
    (folder / "own.toml").write_text(own, encoding="utf-8")
    (folder / "managed.toml").write_text(managed, encoding="utf-8")
    return configure(folder / "own.toml", folder / "managed.toml", environment)


def test_without_files_the_defaults_hold(tmp_path: Path) -> None:
    found = configure(tmp_path / "no.toml", tmp_path / "none.toml", {})
    assert found.settings == Settings()
    assert {each.origin for each in found.values.values()} == {Origin.DEFAULT}
    found.refuse_mistakes()


def test_each_origin_wins_over_those_before_it(tmp_path: Path) -> None:
    def profile(**said: str) -> tuple[str, Origin]:
        value = configured(tmp_path, **said).values["aws.profile"]
        return value.value, value.origin

    own, managed = '[aws]\nprofile = "own"\n', '[aws]\nprofile = "managed"\n'
    assert profile(AWS_PROFILE="env") == ("env", Origin.ENVIRONMENT)
    assert profile(AWS_PROFILE="env", own=own) == ("own", Origin.OWN)
    assert profile(AWS_PROFILE="env", own=own, managed=managed) == ("managed", Origin.MANAGED)


def test_the_organisation_sets_one_key_and_leaves_the_others(tmp_path: Path) -> None:
    found = configured(
        tmp_path,
        own='organisation_name = "Rivers"\n[aws]\nthreads = 4\nattempts = 3\n',
        managed="[aws]\nthreads = 2\n",
    )
    settings = found.settings
    assert (settings.organisation_name, settings.aws.threads, settings.aws.attempts) == ("Rivers", 2, 3)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("[aws]\nthreds = 2\n", "aws.threds", "unknown key aws.threds"),
        ("[aws]\nthreads = 0\n", "aws.threads", "from 1 to 64"),
        ("[rules]\nx = 1\n", "rules.x", "unknown key"),
        ("aws = 3\n", "aws", "unknown key"),
        ("[aws\n", "", "is not TOML"),
    ],
)
@pytest.mark.parametrize("place", ["own", "managed"])
def test_a_mistake_is_named_with_its_remedy_and_the_default_kept(
    tmp_path: Path, text: str, key: str, said: str, place: str
) -> None:
    found = configured(tmp_path, **{place: text})
    (mistake,) = found.mistakes
    assert mistake.key == key
    assert said in mistake.words
    assert str(tmp_path / f"{place}.toml") in mistake.words
    assert ("IT department" in mistake.remedy) is (place == "managed")
    assert found.settings == Settings()
    with pytest.raises(SettingsError, match=r"own.toml|managed.toml"):
        found.refuse_mistakes()


def test_a_mistake_in_the_environment_is_one_too(tmp_path: Path) -> None:
    found = configured(tmp_path, AWS_USE_FIPS_ENDPOINT="perhaps")
    assert found.mistakes[0].origin is Origin.ENVIRONMENT
    assert found.settings.aws.use_fips is False


def test_a_folder_in_the_place_of_a_file_is_a_mistake(tmp_path: Path) -> None:
    found = configure(tmp_path, tmp_path / "none.toml", {})
    assert "cannot be read" in found.mistakes[0].words


OWN = (
    '# mine\n[aws]  # here\nthreads = 4  # few\nprofile = "audit"\n\n'
    '[policy]\napproved_regions = [\n  "eu-west-2",\n]\n'
)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("aws.threads", 2, OWN.replace("threads = 4  # few", "threads = 2")),
        ("aws.threads", None, OWN.replace("threads = 4  # few\n", "")),
        ("aws.use_fips", True, OWN.replace("# here\n", "# here\nuse_fips = true\n")),
        ("policy.approved_regions", ("eu-west-1",), OWN.replace('[\n  "eu-west-2",\n]', '["eu-west-1"]')),
        ("organisation_name", "Rivers", 'organisation_name = "Rivers"\n' + OWN),
        ("deletion.plan_hours", 3, OWN + "\n[deletion]\nplan_hours = 3\n"),
        ("deletion.plan_hours", None, OWN),
    ],
)
def test_one_value_changes_and_everything_else_stays(key: str, value: object, expected: str) -> None:
    assert changed(OWN, catalogue()[key], value) == expected


def test_a_value_goes_below_the_head_of_its_section() -> None:
    text = "[aws]\nthreads = 4\n"
    assert changed(text, catalogue()["aws.attempts"], 3) == "[aws]\nattempts = 3\nthreads = 4\n"
    assert changed(text, catalogue()["aws.threads"], None) == "[aws]\n"
    assert changed("", catalogue()["aws.threads"], None) == ""


def test_what_is_written_in_another_way_is_refused_and_not_broken() -> None:
    with pytest.raises(SettingsError, match="cannot be changed here"):
        changed("aws = { threads = 4 }\n", catalogue()["aws.threads"], 2)
    with pytest.raises(SettingsError, match="not TOML"):
        changed("[aws\n", catalogue()["aws.threads"], 2)


@given(
    st.sampled_from(sorted(catalogue().values(), key=lambda each: each.key)),
    st.data(),
)
def test_any_allowed_value_is_read_back_as_it_was_written(setting: Setting, data) -> None:
    printable = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
    value = data.draw(
        {
            "text": st.sampled_from(setting.choices) if setting.choices else printable,
            "yes or no": st.booleans(),
            "whole number": st.integers(int(setting.least or 1), int(setting.most or 10**6)),
            "number": st.floats(setting.least or 0.1, 1e6, allow_nan=False),
            "list of text": st.lists(printable, max_size=3).map(tuple),
        }[setting.type]
    )
    text = changed("[aws]\nthreads = 4\n", setting, value)
    document = tomllib.loads(text)
    held = document[setting.section][setting.name] if setting.section else document[setting.name]
    assert setting.checked(held) == value
