"""A call as somebody asks about it, taken apart into the authorisations that it needs."""

from console.policy.bedrock import Circumstances, authorised_as, calls_through, is_profile
from console.policy.case import check_action
from console.policy.catalogue import action as published
from console.policy.organisation import Organisation
from console.policy.question import Question
from console.policy.request import ANY_RESOURCE

_INVOKING = "bedrock:invokemodel"


def authorisations(organisation: Organisation, resource: str, how: Circumstances) -> tuple[Question, ...]:
    """Return every authorisation that a call needs: one, or those of an inference profile that was seen."""
    check_action(how.action)
    action = authorised_as(how.action)
    profile = organisation.profile(resource) if is_profile(resource) else None
    if profile is not None and action.lower().startswith(_INVOKING):
        return calls_through(profile, how)
    known = published(action)
    if resource == ANY_RESOURCE and known is not None and not known.resource_types:
        resource = "*"
    context = (
        how.context.with_value("bedrock:GuardrailIdentifier", how.guardrail) if how.guardrail else how.context
    )
    question = Question(action=action, resource=resource, context=context)
    return (question, *how.besides(question.region))
