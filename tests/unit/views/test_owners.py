import pytest

from console.views.owners import NOBODY, owners
from fakes import FakeSnapshot, fact


@pytest.mark.parametrize(
    ("tags", "owner"),
    [
        ([{"Key": "Owner", "Value": "Casework"}], "Casework"),
        ([{"Key": "cost", "Value": "1"}, {"Key": "OWNER", "Value": "Lab\n"}], "Lab\\u000a"),
        ([{"Key": "owner", "Value": ""}], NOBODY),
        ([], NOBODY),
        (None, NOBODY),
    ],
)
def test_the_owner_is_what_the_accounts_tag_says(tags: object, owner: str) -> None:
    said = fact("organizations.account_tags", "1", {"ResourceId": "1", "Tags": tags}, sequence=4)
    found = owners(FakeSnapshot(known=[said]))
    assert (found["1"].name, found["1"].sequence) == (owner, 4)


def test_of_an_account_whose_tags_were_not_read_nothing_is_said() -> None:
    assert owners(FakeSnapshot()) == {}
