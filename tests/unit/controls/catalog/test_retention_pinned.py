from typing import Any

import pytest

from console.controls.catalog.retention_pinned import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import HERE, is_unknown_when_unread
from unit.controls.organised import deny, verdict


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def pinned(service: str, *modes: str) -> Any:
    condition = {"StringNotEquals": {f"{service}:DataRetentionMode": list(modes)}}
    return deny(f"{service}:PutAccountDataRetention", Condition=condition)


def test_both_control_planes_must_be_pinned_to_none() -> None:
    bedrock, mantle = pinned("bedrock", "none"), pinned("bedrock-mantle", "none")
    assert verdict(CONTROL, bedrock, mantle)[0] is Verdict.PASS
    whole = deny("bedrock:PutAccountDataRetention", "bedrock-mantle:PutAccountDataRetention")
    assert verdict(CONTROL, whole)[0] is Verdict.PASS
    found, because = verdict(CONTROL, bedrock)
    assert found is Verdict.FAIL
    assert "bedrock-mantle's retention mode to default" in because
    assert "the account's retention mode" not in because


@pytest.mark.parametrize("mode", ["default", "aws_review", "provider_data_share", "inherit"])
def test_no_other_mode_may_be_let_through(mode: str) -> None:
    statements = (pinned("bedrock", "none", mode), pinned("bedrock-mantle", "none"))
    found, because = verdict(CONTROL, *statements)
    assert found is Verdict.FAIL
    assert f"the account's retention mode to {mode}" in because
