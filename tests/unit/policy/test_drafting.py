"""An organisation with another policy is the organisation, but for that policy."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.policy.context import Context
from console.policy.document import PolicyError
from console.policy.drafting import Draft, detached, drafted
from console.policy.organisation import Organisation
from console.policy.question import Question
from unit.policy.organisations import organisation

ASKED = Question(action="bedrock:InvokeModel", resource="any", context=Context(rest_unknown=True))
NOTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Action": "s3:Nothing", "Resource": "*"}],
}
STOP = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "bedrock:*", "Resource": "*"}]}


def who(held: Organisation) -> dict[str, object]:
    return {each.principal: each.truth for each in held.who_can(ASKED).found}


@given(seed=st.integers(0, 500))
def test_a_draft_about_something_else_changes_nobody(seed: int) -> None:
    held = Organisation(organisation(seed))
    assert who(drafted(held, Draft(sort="scp", text=json.dumps(NOTHING), target="r-1"))) == who(held)


@given(seed=st.integers(0, 500))
def test_a_draft_at_the_root_stops_everybody_but_the_management_account_and_leaves_the_organisation(
    seed: int,
) -> None:
    held = Organisation(organisation(seed))
    before = who(held)
    after = drafted(held, Draft(sort="scp", text=json.dumps(STOP), target="r-1"))
    assert all(
        held.member(each).account == held.management_account or held.member(each).service_linked
        for each in who(after)
    )
    assert who(Organisation(organisation(seed))) == before


@given(seed=st.integers(0, 500))
def test_a_policy_that_is_taken_away_and_drafted_again_where_it_was_alone_is_as_before(seed: int) -> None:
    raw = organisation(seed)
    raw["organisation"]["policies"]["p-one"] = {"type": "scp", "document": STOP}
    raw["organisation"]["ous"]["ou-1"]["scps"].append("p-one")
    held = Organisation(raw)
    without = detached(held, "p-one")
    assert "p-one" not in json.dumps([each["scps"] for each in without.places.values()])
    assert who(drafted(without, Draft(sort="scp", text=json.dumps(STOP), target="ou-1"))) == who(held)
    replaced = Draft(sort="scp", text=json.dumps(NOTHING), target="ou-1", replaces="p-one")
    assert who(drafted(held, replaced)) == who(without)


def test_what_is_not_switched_on_stays_so_and_a_draft_of_it_is_refused() -> None:
    raw = organisation(1)
    for place in (*raw["organisation"]["ous"].values(), *raw["organisation"]["accounts"].values()):
        place["rcps"] = None
    held = Organisation(raw)
    assert {str(each["rcps"]) for each in detached(held, "p-ours").places.values()} == {"None"}
    everybody = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
    with pytest.raises(PolicyError, match="not switched on"):
        drafted(held, Draft(sort="rcp", text=text, target="r-1"))
    assert who(drafted(held, Draft(sort="scp", text=json.dumps(NOTHING), target="r-1"))) == who(held)
    with pytest.raises(PolicyError, match="not in the organisation"):
        drafted(held, Draft(sort="scp", text=json.dumps(NOTHING), target="ou-gone"))
    with pytest.raises(PolicyError, match="needs Principal"):
        drafted(held, Draft(sort="rcp", text=json.dumps(NOTHING), target="r-1"))
