from console.controls.guardrails import side_fault


def test_the_entrys_own_action_holds_where_the_side_has_none() -> None:
    assert side_fault({}, "input", "BLOCK") is None
    assert side_fault({"inputAction": "NONE"}, "input", "BLOCK") == (
        True,
        "detecting without acting on input",
    )
    assert side_fault({}, "input", None) == (False, "of an unknown action on input (not said)")
