"""What a profile does not show, as typed rules: members of AWS's answers, shapes in any text, and fields of our own."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Profile(StrEnum):
    """For whom a pack is."""

    INTERNAL = "internal"
    AUDITOR = "auditor"
    PUBLIC = "public"


class Category(StrEnum):
    """What sort of thing a redacted value is."""

    PERSON = "person"
    EMAIL = "email"
    ADDRESS = "address"
    AGENT = "agent"
    KEY = "key"
    DIGEST = "digest"
    ACCOUNT = "account"
    NAME = "name"
    ORGANISATION = "organisation"
    RESOURCE = "resource"
    REQUEST = "request"


REASONS: Mapping[Category, str] = {
    Category.PERSON: "names a person: a user, a session or somebody who signed",
    Category.EMAIL: "is an email address",
    Category.ADDRESS: "is a network address from which somebody worked",
    Category.AGENT: "tells which program somebody used",
    Category.KEY: "is the id of somebody's access key or identity",
    Category.DIGEST: "is a hash of something that is not shown, from which it could be guessed",
    Category.ACCOUNT: "is an AWS account",
    Category.NAME: "is the department's name for an account or a unit",
    Category.ORGANISATION: "is an id of the organisation or a part of it",
    Category.RESOURCE: "names something in an account",
    Category.REQUEST: "is AWS's id of a request, which AWS can trace to an account",
}
_AUDITOR = frozenset(
    (Category.PERSON, Category.EMAIL, Category.ADDRESS, Category.AGENT, Category.KEY, Category.DIGEST)
)
CATEGORIES: Mapping[Profile, frozenset[Category]] = {
    Profile.INTERNAL: frozenset(),
    Profile.AUDITOR: _AUDITOR,
    Profile.PUBLIC: frozenset(Category),
}
MEANINGS: Mapping[Profile, str] = {
    Profile.INTERNAL: "For use within the department. Nothing is redacted.",
    Profile.AUDITOR: "For an auditor. Persons, their addresses and their tools are replaced by pseudonyms.",
    Profile.PUBLIC: (
        "For the public. Persons, accounts, names and resources are replaced by pseudonyms; what AWS answered and what"
        " people wrote is withheld."
    ),
}

MEMBERS: Mapping[str, Category] = {
    **dict.fromkeys(
        ("UserName", "userName", "PrincipalName", "principalName", "sessionName"), Category.PERSON
    ),
    **dict.fromkeys(("by", "person", "approver", "to", "erased_by", "granted_by"), Category.PERSON),
    **dict.fromkeys(("Email", "email", "MasterAccountEmail"), Category.EMAIL),
    **dict.fromkeys(("sourceIPAddress", "sourceIpAddress", "SourceIpAddress"), Category.ADDRESS),
    **dict.fromkeys(("userAgent", "UserAgent"), Category.AGENT),
    **dict.fromkeys(
        ("AccessKeyId", "accessKeyId", "principalId", "PrincipalId", "ServiceUserName"), Category.KEY
    ),
}
"""Members whose whole value is of one category, wherever they stand."""
OF_KIND: Mapping[tuple[str, str], Category] = {
    ("organizations.account", "Name"): Category.NAME,
    ("organizations.organizational_unit", "Name"): Category.NAME,
    ("organizations.delegated_administrator", "Name"): Category.NAME,
}
TAGS_OF_PERSONS = frozenset(
    ("owner", "contact", "email", "createdby", "created-by", "service-owner", "data-owner")
)
SHAPES = re.compile(
    r"(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
    r"|:assumed-role/[^/\s\"]+/(?P<session>[^\s\"/,\]}]+)"
    r"|:(?:federated-user|user|mfa|sms-mfa|u2f)/(?P<user>[^\s\"*,\]}:]+)"
    r"|(?<![\d.])(?P<v4>(?:\d{1,3}\.){3}\d{1,3})(?![\d.]|/\d)"
    r"|(?<![\w:])(?P<v6>(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4})(?![\w:])"
    r"|(?<![A-Z0-9])(?P<key>(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA)[A-Z0-9]{12,17})(?![A-Z0-9])"
    r"|(?<!\d)(?P<account>\d{12})(?!\d)"
    r"|(?<![A-Za-z0-9])(?P<digest>(?:AT|EX)-[0-9a-f]{16})(?![0-9a-f])"
    r"|(?<![a-z0-9-])(?P<organisation>(?:o-[a-z0-9]{10,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32}))(?![a-z0-9-])"
)
SORTS: Mapping[str, Category] = {
    "email": Category.EMAIL,
    "session": Category.PERSON,
    "user": Category.PERSON,
    "v4": Category.ADDRESS,
    "v6": Category.ADDRESS,
    "key": Category.KEY,
    "account": Category.ACCOUNT,
    "organisation": Category.ORGANISATION,
    "digest": Category.DIGEST,
}
ACCOUNT = re.compile(r"\d{12}")
RUN = re.compile(r"[^\W_]+")
"""Letters and digits on end: where a name may begin."""
OWN_SESSION = "bedrock-console"
"""The session in which this program reads; it names nobody."""
STRUCTURE = frozenset(
    (
        *("control_id", "kind", "region", "operation", "botocore", "type", "claim_id", "fingerprint"),
        *(
            "tool_version",
            "started_at",
            "finished_at",
            "signed_at",
            "valid_from",
            "valid_until",
            "review_on",
            "at",
        ),
        *("document_sha256", "file_sha256", "text_sha256", "granted_at"),
    )
)
"""Fields that hold words of ours or AWS's, never a name that somebody gave."""
WRITTEN = frozenset(("because", "detail", "words", "statement", "document", "artifact_report", "reason"))
"""Fields of free text, which a public pack does not show."""
