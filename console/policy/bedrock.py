"""What AWS authorises when a Bedrock model is called: each profile, model, guardrail and token by itself.

A call through an inference profile needs the profile in the Region that is called, and the model in every Region to
which it may be routed, each with its own `aws:RequestedRegion`. A global profile names no Region: its last model is
authorised with `unspecified`. A call with an API key needs `bedrock:CallWithBearerToken` besides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from console.policy.context import Context, Value
from console.policy.question import Question
from console.policy.request import ANY_RESOURCE

INVOKE = "bedrock:InvokeModel"
STREAM = "bedrock:InvokeModelWithResponseStream"
BEARER = "bedrock:CallWithBearerToken"
APPLY_GUARDRAIL = "bedrock:ApplyGuardrail"
UNSPECIFIED = "unspecified"
"""The Region that a request to a model without one presents."""
_AUTHORISED_AS = {
    "bedrock:converse": INVOKE,
    "bedrock:conversestream": STREAM,
    "bedrock:invokemodelwithbidirectionalstream": INVOKE,
}
_REGION, _RESOURCE = 3, 5
_PROFILES = ("inference-profile/", "application-inference-profile/")


def authorised_as(action: str) -> str:
    """Return the action that policies must allow for a call; several calls have none of their own.

    >>> authorised_as("bedrock:ConverseStream"), authorised_as("bedrock:GetGuardrail")
    ('bedrock:InvokeModelWithResponseStream', 'bedrock:GetGuardrail')
    """
    return _AUTHORISED_AS.get(action.lower(), action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An inference profile."""

    arn: str
    models: tuple[str, ...]
    """ARNs of the models, one for each Region to which a call may be routed."""

    @property
    def source(self) -> str:
        """The Region in which it is called."""
        return region_of(self.arn)

    @property
    def destinations(self) -> tuple[str, ...]:
        """The Regions to which a call may be routed, in order; `unspecified` for wherever AWS likes."""
        return tuple(sorted({region_of(each) for each in self.models}))

    @property
    def name(self) -> str:
        """Its last part."""
        return self.arn.rpartition("/")[2]


def region_of(arn: str) -> str:
    """Return the Region that a request for a resource presents.

    >>> region_of("arn:aws:bedrock:::foundation-model/x")
    'unspecified'
    """
    return arn.split(":", _RESOURCE)[_REGION] or UNSPECIFIED


def is_profile(arn: str) -> bool:
    """Tell whether an ARN is an inference profile's."""
    parts = arn.split(":", _RESOURCE)
    return len(parts) > _RESOURCE and parts[2] == "bedrock" and parts[_RESOURCE].startswith(_PROFILES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """How a model is called."""

    action: str = INVOKE
    context: Context = field(default_factory=Context)
    guardrail: str = ""
    """The guardrail that the caller names, with or without `:version`; empty for none."""
    bearer_token: str = ""
    """`SHORT_TERM` or `LONG_TERM` for a call with an API key; empty for a signed call."""

    def besides(self, region: str) -> tuple[Question, ...]:
        """Return what the call needs besides the model: its guardrail, and its API key."""
        found = []
        context = _with(self.context, [("aws:requestedregion", region)] if region else [])
        if self.guardrail:
            arn = ":".join(self.guardrail.split(":")[: _RESOURCE + 1])
            found.append(Question(action=APPLY_GUARDRAIL, resource=arn, context=context))
        if self.bearer_token:
            said = [("bedrock:bearertokentype", self.bearer_token)]
            found.append(Question(action=BEARER, resource="*", context=_with(context, said)))
        return tuple(found)


def calls_through(profile: Profile, how: Circumstances) -> tuple[Question, ...]:
    """Return every authorisation that a call through a profile needs; all must be allowed.

    >>> profile = Profile(arn="arn:aws:bedrock:eu-west-2:1:inference-profile/global.m",
    ...                   models=("arn:aws:bedrock:::foundation-model/m",))
    >>> [(each.resource, each.context.look_up("aws:RequestedRegion").texts[0])
    ...  for each in calls_through(profile, Circumstances())]  # doctest: +NORMALIZE_WHITESPACE
    [('arn:aws:bedrock:eu-west-2:1:inference-profile/global.m', 'eu-west-2'),
     ('arn:aws:bedrock:::foundation-model/m', 'unspecified')]
    """
    through = {"bedrock:inferenceprofilearn": profile.arn}
    return (
        _leg(profile.arn, how, profile.source),
        *(_leg(model, how, region_of(model), through) for model in sorted(set(profile.models))),
        *how.besides(profile.source),
    )


def calls_to(model: str, how: Circumstances) -> tuple[Question, ...]:
    """Return every authorisation that a direct call of a model needs."""
    return (_leg(model, how, region_of(model)), *how.besides(region_of(model)))


def _leg(resource: str, how: Circumstances, region: str, more: dict[str, str] | None = None) -> Question:
    said = {"aws:requestedregion": region, **(more or {})}
    if how.guardrail:
        said["bedrock:guardrailidentifier"] = how.guardrail
    return Question(
        action=authorised_as(how.action), resource=resource, context=_with(how.context, said.items())
    )


def _with(context: Context, values: Iterable[tuple[str, str]]) -> Context:
    known = {key: Value((value,), multivalued=False) for key, value in values}
    return replace(context, known={**context.known, **known})


def on_any(pattern: str, action: str, context: Context) -> Question:
    """Return the question whether an action is allowed on some resource that fits a pattern."""
    return Question(action=action, resource=ANY_RESOURCE, context=context, within=pattern)
