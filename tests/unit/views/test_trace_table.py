from typing import Any

from console.policy.context import Context
from console.policy.document import Policy, parse_policy
from console.policy.members import Attached
from console.policy.principals import caller_of
from console.policy.request import Level, Policies, Request
from console.policy.trace import trace
from console.views.trace_table import Behind, Shown, first_shown, trace_view

ROLE = "arn:aws:iam::111122223333:role/r"
OWN = "arn:aws:iam::111122223333:policy/own"
DOCUMENT = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "Elsewhere", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
        {"Sid": "Here", "Effect": "Allow", "Action": "bedrock:*", "Resource": "*"},
    ],
}
NONE = {"Version": "2012-10-17", "Statement": []}


def policy(name: str, document: dict[str, Any]) -> Policy:
    return Policy(name, parse_policy(name, document).statements, document)


def shown(**layers: Any) -> Any:
    request = Request(
        caller=caller_of(ROLE, Context()),
        action="bedrock:GetGuardrail",
        resource="arn:aws:bedrock:eu-west-2:111122223333:guardrail/g",
        resource_account="111122223333",
        context=Context(),
    )
    found = trace(request, Policies(**layers), [Attached(f"{OWN}, attached to it", OWN)], "arn:boundary")
    behind = Behind({OWN: (4,), "p-1": (5, 6)}, {"p-1": "london-only", "r-1": "Root", "ou-1": ""})
    return trace_view("why", found, behind)


def test_each_statement_stands_in_its_own_document_and_opens_to_what_holds_it() -> None:
    view = shown(
        identity=(policy("own", DOCUMENT),),
        scps=(Level("r-1", (policy("p-1", DOCUMENT),)), Level("ou-1", ())),
        boundary=policy("limit", NONE),
    )
    said = [line.cells[0].strip() for line in view.table.rows]
    assert said[:2] == ["1  VPC endpoint policy", "2  Resource control policies"]
    assert "at ou-1" in said
    assert "london-only, attached to Root (r-1)" in said
    assert "own, attached to it" in said
    own = [line for line in view.table.rows if line.cells[0].strip().startswith("own, ")]
    assert [line.evidence for line in own] == [(4,), (4,)]
    about = own[0].about
    assert isinstance(about, Shown)
    lines = about.document.text.split("\n")
    start, end = about.document.spans[about.statement or 0]
    assert any('"Sid": "Here"' in line for line in lines[start:end])
    assert own[1].cells[1] == "about other actions: Elsewhere"
    assert own[1].about.statement is None
    assert view.end[0] == "Denied: nothing allows it"


def test_the_first_row_shown_is_one_that_decides() -> None:
    rows = shown(identity=(policy("own", DOCUMENT),)).table.rows
    assert rows[first_shown(rows)].cells[1] == "Allow Here: applies"
    assert first_shown(()) == 0


def test_a_policy_of_which_nothing_is_said_has_its_name() -> None:
    view = shown(
        session=(policy("session", DOCUMENT),), identity=(policy("own", NONE), policy("bare", DOCUMENT))
    )
    said = [line.cells[0].strip() for line in view.table.rows]
    assert "bare" in said
    assert "session, passed with the session" in said


def test_what_was_not_read_and_may_have_a_say_comes_first() -> None:
    request = Request(
        caller=caller_of(ROLE, Context()),
        action="kms:Decrypt",
        resource="arn:aws:kms:eu-west-2:111122223333:key/k",
        resource_account="111122223333",
        context=Context(),
    )
    view = trace_view("why", trace(request, Policies()), Behind({}, {}), ["kms.key_policy: denied"])
    assert view.table.rows[0].is_gap
    assert view.table.rows[0].cells == ("Not read", "Policies of encryption keys: denied")
