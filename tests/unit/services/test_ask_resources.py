"""Resources and their own policies, as questions weigh them."""

from console.services.ask_resources import resources_of
from fakes import FakeSnapshot, fact

BASE = "arn:aws:bedrock:eu-west-2:111122223333:knowledge-base/KB12345678"
OTHER = "arn:aws:bedrock:eu-west-2:111122223333:knowledge-base/KB87654321"


def test_a_resource_read_to_have_no_policy_is_told_from_one_without_a_name_and_one_that_has_a_policy() -> (
    None
):
    kind = "bedrock-agent.knowledge_base"
    snapshot = FakeSnapshot(
        known=(
            fact(kind, "KB12345678", {"knowledgeBaseArn": BASE}),
            fact(kind, "KB87654321", {"knowledgeBaseArn": OTHER}),
            fact(kind, "KB00000000", {"name": "an answer that lacks its ARN"}),
            fact("bedrock-agent.resource_policy", OTHER, {"resourceArn": OTHER, "policy": "{}"}),
        ),
    )
    assert resources_of(snapshot) == {
        "111122223333": {BASE: {"policy": None}, OTHER: {"policy": "{}"}},
    }
