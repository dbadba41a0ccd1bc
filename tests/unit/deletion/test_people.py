"""One person is one identity, whatever they call their session."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.deletion.people import canonical_identity

NAMES = st.text(string.ascii_letters + string.digits + "+=,.@_-", min_size=2, max_size=30)


@given(NAMES, NAMES)
def test_the_name_of_a_session_does_not_count(one: str, other: str) -> None:
    arn = "arn:aws:sts::111122223333:assumed-role/Officer/{}"
    assert canonical_identity(arn.format(one)) == canonical_identity(arn.format(other))


def test_users_of_identity_center_are_told_apart_and_found_again_in_another_account() -> None:
    arn = "arn:aws:sts::{}:assumed-role/AWSReservedSSO_{}_0123456789abcdef/{}"
    jo = canonical_identity(arn.format("111122223333", "Audit", "Jo@dept.gov.uk"))
    assert jo == canonical_identity(arn.format("444455556666", "Admin", "jo@dept.gov.uk"))
    assert jo != canonical_identity(arn.format("111122223333", "Audit", "sam@dept.gov.uk"))


@pytest.mark.parametrize(
    "arn",
    ["arn:aws:iam::111122223333:user/jo", "arn:aws:iam::111122223333:root", "arn:aws-us-gov:iam::1:user/a"],
)
def test_others_are_who_they_are(arn: str) -> None:
    assert canonical_identity(arn) == arn


def test_a_federated_user_may_call_itself_anything() -> None:
    assert canonical_identity("arn:aws:sts::111122223333:federated-user/a") == canonical_identity(
        "arn:aws:sts::111122223333:federated-user/b"
    )
