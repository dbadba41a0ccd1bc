"""Why an AWS call failed, in the words of a gap; and refusals that end a refresh before it begins."""

from botocore import exceptions as aws
from botocore.parsers import ResponseParserError

from console.base.errors import ConsoleError
from console.collect.answers import BadAnswerError
from console.collect.base import MalformedAnswerError, NotAskedError, SdkTooOldError, UnfinishedError
from console.domain.evidence import GapReason

DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "AuthorizationErrorException",
        "NotAuthorized",
        "UnauthorizedOperation",
        "UnauthorizedException",
    }
)
EXPIRED = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
        "UnrecognizedClientException",
    }
)
THROTTLED = frozenset(
    {
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "Throttling",
        "ThrottledException",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
NOT_ENABLED = frozenset({"OptInRequired", "RegionDisabledException"})

_NO_SIGN_IN = (
    aws.NoCredentialsError,
    aws.PartialCredentialsError,
    aws.CredentialRetrievalError,
    aws.TokenRetrievalError,
    aws.SSOError,
    aws.LoginError,
    aws.RefreshWithMFAUnsupportedError,
)

FAILURES = (
    aws.ClientError,
    aws.BotoCoreError,
    ResponseParserError,
    MalformedAnswerError,
    NotAskedError,
    SdkTooOldError,
    UnfinishedError,
    LookupError,
    TypeError,
)
"""What a collector's `fetch` may raise because of AWS; a `LookupError` or `TypeError` is an answer of a shape
that the model does not allow."""


class NoSignInError(ConsoleError):
    """There are no usable AWS credentials."""

    code = "COL-001"
    remedy = "Sign in as you do for other AWS tools, and start the refresh again with that profile."


class PortalSignInError(NoSignInError):
    """The profile is one of IAM Identity Center, and its sign-in is missing or over."""

    code = "COL-005"
    remedy = "Run `bedrock-console sign-in` with the profile, and start the refresh again."


class MfaNeededError(NoSignInError):
    """A role asks for a one-time code, and none was given."""

    code = "COL-008"
    remedy = "Start again and type the six digits that your device shows, each code once."


class UnreachableError(ConsoleError):
    """AWS does not answer at all."""

    code = "COL-002"
    remedy = (
        "Check the network and the proxy of this machine (HTTPS_PROXY, NO_PROXY), and where connections are inspected "
        "name the department's certificates in AWS_CA_BUNDLE; evidence that was read before stays readable offline."
    )


class RefusedHostError(ConsoleError):
    """A request was about to go somewhere that is not AWS."""

    code = "COL-003"
    remedy = (
        "Correct AWS_ENDPOINT_URL or `endpoint_url`: a host of AWS over https, or a stand-in on this machine."
    )


class RefusedChangeError(ConsoleError):
    """A session that may only read was about to change something at AWS."""

    code = "COL-010"
    remedy = (
        "This is a mistake of this program, and nothing was sent: report it. Deleting has a door of its own."
    )


class UnknownProfileError(ConsoleError):
    """The named profile is not in the AWS configuration."""

    code = "COL-004"
    remedy = "Name a profile that `aws configure list-profiles` prints."


class BadConfigurationError(ConsoleError):
    """The AWS configuration cannot be read."""

    code = "COL-009"
    remedy = "Correct the file that the message names; `aws configure list` reads the same one."


def reason_of(error: Exception) -> GapReason:
    """Return why a call failed."""
    if isinstance(error, aws.ClientError):
        return _reason_of_code(str(error.response.get("Error", {}).get("Code", "")))
    if isinstance(error, _NO_SIGN_IN):
        return GapReason.EXPIRED
    if isinstance(error, SdkTooOldError | aws.UnknownServiceError | aws.DataNotFoundError):
        return GapReason.SDK_TOO_OLD
    if isinstance(
        error, BadAnswerError | ResponseParserError | MalformedAnswerError | LookupError | TypeError
    ):
        return GapReason.MALFORMED
    if isinstance(error, aws.HTTPClientError | aws.ConnectionError | aws.EndpointConnectionError):
        return GapReason.UNREACHABLE
    return GapReason.FAILED


def detail_of(error: Exception) -> str:
    """Return what AWS said, or what went wrong where AWS said nothing."""
    if isinstance(error, LookupError | TypeError):
        return f"the answer is not of the shape its model allows: {type(error).__name__} {error}"
    return str(error)


def _reason_of_code(code: str) -> GapReason:
    for codes, reason in (
        (DENIED, GapReason.DENIED),
        (EXPIRED, GapReason.EXPIRED),
        (THROTTLED, GapReason.THROTTLED),
        (NOT_ENABLED, GapReason.REGION_NOT_ENABLED),
    ):
        if code in codes:
            return reason
    return GapReason.FAILED
