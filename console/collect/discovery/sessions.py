"""Sessions that applications keep with agents: what was said in each, step by step."""

from console.collect.discovery.inquiry import Inquiry
from console.deletion.plan import ENDED
from console.deletion.target import Target
from console.domain.scope import Scope

_ACTIVE = "ACTIVE"
_SHOWS = "bedrock-agent-runtime:GetSession"


def find_agent_session(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a session: an active one is ended first, since AWS deletes none that is active."""
    scope, arn = Scope(target.account_id, target.region), target.name
    named = {"sessionIdentifier": arn}
    session = inquiry.see(scope, arn, _SHOWS, **named)
    if session is None:
        return
    held = inquiry.all_of(
        scope, arn, "bedrock-agent-runtime:ListInvocationSteps", "invocationStepSummaries", **named
    )
    before = []
    if session["sessionStatus"] == _ACTIVE:
        before.append(
            inquiry.removal(
                scope,
                "bedrock-agent-runtime:EndSession",
                _SHOWS,
                named,
                subject=f"active session {arn}",
                words="End the session, so that nothing more is put into it",
                expects=ENDED,
            )
        )
    inquiry.removal(
        scope,
        "bedrock-agent-runtime:DeleteSession",
        _SHOWS,
        named,
        subject=arn,
        words=f"Delete the session with {len(held):,} steps of conversation",
        after=before,
    )
    inquiry.keeps_trail(arn)
