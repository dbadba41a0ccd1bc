import pytest

from console.base.setting import Setting, catalogue, shown


def setting(**members) -> Setting:
    return Setting(
        **{"key": "aws.x", "words": "X", "type": "text", "default": "", "help": "For tests.", **members}
    )


def test_every_setting_is_explained_and_its_default_is_allowed() -> None:
    assert len(catalogue()) > 30
    for key, each in catalogue().items():
        assert each.key == key
        assert each.words
        assert each.help.endswith(".")
        assert each.checked(each.default) == each.default
        assert each.read(shown(each.default)) == each.default
        assert each.allowed


@pytest.mark.parametrize(
    ("members", "typed", "value"),
    [
        ({}, " audit ", "audit"),
        ({"type": "yes or no"}, "Yes", True),
        ({"type": "yes or no"}, "off", False),
        ({"type": "whole number"}, "3", 3),
        ({"type": "number"}, "3", 3.0),
        ({"type": "list of text"}, "a, b\nc,", ("a", "b", "c")),
        ({"type": "list of text"}, "", ()),
    ],
)
def test_what_is_typed_becomes_a_value(members, typed: str, value: object) -> None:
    assert setting(**members).read(typed) == value


@pytest.mark.parametrize(
    ("members", "typed", "said"),
    [
        ({"type": "yes or no"}, "perhaps", "yes or no"),
        ({"type": "whole number"}, "three", "a whole number, not three"),
        ({"type": "whole number", "least": 1}, "0", "a whole number, 1 or more, not 0"),
        ({"type": "number", "least": 1, "most": 2}, "2.5", "a number from 1 to 2, not 2.5"),
        ({"type": "number", "least": 1, "most": 2}, "nan", "a number from 1 to 2, not nan"),
        ({"choices": ("LOW", "HIGH")}, "MIDDLE", "one of LOW, HIGH, not MIDDLE"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(members, typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        setting(**members).read(typed)


@pytest.mark.parametrize(
    ("kind", "value"), [("text", 1), ("list of text", [1]), ("yes or no", 1), ("whole number", 1.0)]
)
def test_a_value_of_another_type_is_refused(kind: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"aws\.x must be"):
        setting(type=kind).checked(value)


def test_values_are_shown_as_people_read_them() -> None:
    assert [shown(each) for each in (True, False, 3, ("a", "b"), "x")] == ["yes", "no", "3", "a, b", "x"]
    assert (setting().section, setting().name, setting(key="x").section) == ("aws", "x", "")
