from console.controls.payload import arn_region, listed, part, said


def test_a_shape_that_is_not_expected_is_not_believed() -> None:
    payload = {"text": "", "number": 3, "list": ["x", {"a": 1}], "object": "x"}
    assert said(payload, "text") is None
    assert said(payload, "number") is None
    assert part(payload, "object") == {}
    assert listed(payload, "list") == [{}, {"a": 1}]
    assert listed(payload, "object") == ()
    assert arn_region("arn:aws:bedrock") is None
    assert arn_region("x:aws:bedrock:r:a:x") is None
