import botocore.session
import pytest

from console.collect.answers import BadAnswerError, check_answer

SESSION = botocore.session.Session()


def model(service: str, operation: str):
    return SESSION.get_service_model(service).operation_model(operation)


def refused(service: str, operation: str, body: bytes, headers: dict[str, str] | None = None) -> str:
    with pytest.raises(BadAnswerError) as caught:
        check_answer(model(service, operation), 200, headers or {}, body)
    return str(caught.value)


GUARDRAILS = ("bedrock", "ListGuardrails")


def test_a_whole_answer_passes() -> None:
    check_answer(model(*GUARDRAILS), 200, {"Content-Length": "17"}, b'{"guardrails":[]}')


def test_an_answer_shorter_than_it_says_is_refused() -> None:
    assert "17 of 1000 bytes came" in refused(*GUARDRAILS, b'{"guardrails":[]}', {"Content-Length": "1000"})


@pytest.mark.parametrize(
    "body", [b'{"guardrails":[{"id":', b"<html>gateway</html>", b"", b"NaN", b"\xff", b"[" * 100_000]
)
def test_what_is_not_json_is_refused(body: bytes) -> None:
    assert "are not JSON" in refused(*GUARDRAILS, body)


@pytest.mark.parametrize("body", [b"[]", b'"no"', b"17"])
def test_another_type_than_an_object_is_refused(body: bytes) -> None:
    assert "is not a dict" in refused(*GUARDRAILS, body)


def test_a_required_member_that_is_missing_is_named() -> None:
    assert "the answer has no guardrails" in refused(*GUARDRAILS, b"{}")
    assert "the answer has no mode" in refused("bedrock", "GetAccountDataRetention", b"{}")


def test_members_are_required_all_the_way_down() -> None:
    assert "guardrails has no id" in refused(*GUARDRAILS, b'{"guardrails":[{"arn":"a"}]}')
    assert "guardrails is not a list" in refused(*GUARDRAILS, b'{"guardrails":{}}')


def test_an_absent_value_written_as_null_is_no_value_of_another_type() -> None:
    check_answer(model("organizations", "ListAccounts"), 200, {}, b'{"Accounts":null}')


def test_a_document_may_be_of_any_type() -> None:
    policy = b'{"accessPolicyDetail":{"policy":[{"Rules":[]}]}}'
    check_answer(model("opensearchserverless", "GetAccessPolicy"), 200, {}, policy)


def test_a_redirect_is_no_answer_where_json_is_spoken() -> None:
    with pytest.raises(BadAnswerError, match="leads elsewhere, with status 302"):
        check_answer(model(*GUARDRAILS), 302, {"Location": "https://sign-in.example"}, b"")
    check_answer(model("s3", "GetBucketPolicy"), 301, {}, b"")


def test_an_answer_without_members_may_be_empty() -> None:
    check_answer(model("organizations", "DetachPolicy"), 200, {}, b"")
    check_answer(model("bedrock", "DeleteModelInvocationLoggingConfiguration"), 200, {}, b"")


def test_an_error_is_left_to_botocore() -> None:
    check_answer(model(*GUARDRAILS), 403, {"Content-Length": "99"}, b"<html>")


def test_a_compressed_answer_is_not_measured() -> None:
    headers = {"Content-Length": "5", "Content-Encoding": "gzip"}
    check_answer(model(*GUARDRAILS), 200, headers, b'{"guardrails":[]}')


ROLES = ("iam", "GetAccountAuthorizationDetails")
_NAME = "GetAccountAuthorizationDetails"
WHOLE = f"<{_NAME}Response><{_NAME}Result/></{_NAME}Response>".encode()


def test_a_whole_xml_answer_passes() -> None:
    check_answer(model(*ROLES), 200, {}, WHOLE)
    check_answer(
        model("ec2", "DescribeVpcEndpoints"),
        200,
        {},
        b'<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"/>',
    )


@pytest.mark.parametrize("body", [WHOLE[:-9], b"", b"<p>", b'{"a":1}'])
def test_what_is_not_xml_is_refused(body: bytes) -> None:
    assert "are not XML" in refused(*ROLES, body)


def test_xml_of_another_sort_is_refused() -> None:
    assert "begins with html" in refused(*ROLES, b"<html><body/></html>")
    assert "has no GetAccountAuthorizationDetailsResult" in refused(
        *ROLES, b"<GetAccountAuthorizationDetailsResponse/>"
    )


POLICY = ("s3", "GetBucketPolicy")
VERSIONING = ("s3", "GetBucketVersioning")
BLOCK = ("s3control", "GetPublicAccessBlock")
SPACE = b'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("GetBucketLocation", b"<LocationConstraint %s/>" % SPACE),
        ("GetBucketVersioning", b"<VersioningConfiguration %s/>" % SPACE),
        ("GetBucketLogging", b"<BucketLoggingStatus %s/>" % SPACE),
        ("GetBucketPolicyStatus", b"<PolicyStatus %s><IsPublic>false</IsPublic></PolicyStatus>" % SPACE),
        ("GetBucketPolicy", b'{"Version":"2012-10-17","Statement":[]}'),
        ("DeleteBucketPolicy", b""),
    ],
)
def test_answers_of_s3_pass_those_without_members_too(operation: str, body: bytes) -> None:
    check_answer(model("s3", operation), 200, {}, body)


def test_a_policy_that_is_the_whole_body_is_held_to_be_one() -> None:
    assert "are not JSON" in refused(*POLICY, b"<html>gateway</html>")
    assert "are not JSON" in refused(*POLICY, b"")
    assert "has no Statement" in refused(*POLICY, b"{}")
    assert "is not a dict" in refused(*POLICY, b"[]")


def test_answers_of_s3_begin_as_they_should() -> None:
    assert "begins with html" in refused(*VERSIONING, b"<html><body/></html>")
    assert "begins with html" in refused(*BLOCK, b"<html><body/></html>")
    assert "are not XML" in refused(*VERSIONING, b"")


def test_a_structure_of_s3_with_nothing_in_it_is_not_taken_for_one() -> None:
    assert "nothing in its PublicAccessBlockConfiguration" in refused(
        *BLOCK, b"<PublicAccessBlockConfiguration %s/>" % SPACE
    )
