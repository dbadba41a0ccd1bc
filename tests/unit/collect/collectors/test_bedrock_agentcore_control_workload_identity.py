from unit.collect.collectors.asking import Asking

KIND = "bedrock-agentcore-control.workload_identity"


def test_where_people_are_sent_back_to_is_known(asking: Asking) -> None:
    for identity in asking.payloads(KIND):
        assert identity["allowedResourceOauth2ReturnUrls"] == [
            "https://casework.public-works.example/callback"
        ]
