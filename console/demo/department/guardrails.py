"""Guardrails in one Region of one account: every version of each, and what is planted in them."""

from collections.abc import Callable, Mapping

from console.demo.department.draw import Draw
from console.demo.department.plan import DUBLIN, LONDON, Failings, Member
from console.demo.department.site import key_arn
from console.demo.messages import Payload

_HARMS = ("SEXUAL", "VIOLENCE", "HATE", "INSULTS", "MISCONDUCT")
_PERSONAL = (
    ("UK_NATIONAL_INSURANCE_NUMBER", "BLOCK"),
    ("UK_NATIONAL_HEALTH_SERVICE_NUMBER", "BLOCK"),
    ("NAME", "ANONYMIZE"),
    ("EMAIL", "ANONYMIZE"),
    ("PHONE", "ANONYMIZE"),
    ("ADDRESS", "ANONYMIZE"),
    ("UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER", "BLOCK"),
    ("AWS_ACCESS_KEY", "BLOCK"),
    ("AWS_SECRET_KEY", "BLOCK"),
    ("PASSWORD", "BLOCK"),
)
_TAX_NUMBER = "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER"
_FIRST = "1"
_LOTS, _TAXLESS, _RUDE, _IRRELEVANT, _TALKATIVE = 7, 0, 1, 2, 3
"""Of so many first versions, one each lets tax numbers, misconduct, irrelevance or party politics through."""
_PURPOSES = ("citizen-facing", "caseworker", "drafting", "internal-search")

Spoiling = Callable[[Payload], None]


def guardrails_of(draw: Draw, member: Member, region: str, failings: Failings) -> list[Payload]:
    """Return every version of every guardrail; they are in London, but for a planted one."""
    if region == LONDON and "there is no guardrail" in member.flaws:
        subject = f"{member.id}/{region}"
        failings.add("BR-GRD-003", member.id, region, subject, "There is no guardrail in London")
        return []
    if region == DUBLIN and "guardrail lies in Dublin" in member.flaws:
        found = _versions(draw, member, region, "forgotten-trial", 1)
        for each in found:
            failings.add("BR-RES-002", member.id, region, _key(each), "It lies in Dublin")
        return found
    if region != LONDON:
        return []
    found = []
    count = 1 + draw.below(3, "guardrails", member.id)
    for purpose in draw.some_of(_PURPOSES, count, "guardrails", member.id):
        found += _versions(draw, member, region, purpose, 1 + draw.below(4, "versions", member.id, purpose))
    for flaw, (control, why, spoiling) in _GUARDRAIL_FLAWS.items():
        if flaw in member.flaws:
            for spoilt in _chosen(flaw, found):
                spoiling(spoilt)
                failings.add(control, member.id, region, _key(spoilt), why)
    return found


def first_guardrail(draw: Draw, member: Member) -> str:
    """Return the id of the guardrail in London that an account has whatever else it has."""
    (purpose,) = draw.some_of(_PURPOSES, 1, "guardrails", member.id)
    return draw.lower(12, "guardrail", member.id, LONDON, purpose)


def _chosen(flaw: str, versions: list[Payload]) -> list[Payload]:
    """Return the version that is bad: an old one where the flaw is age, else the draft."""
    if flaw == "attack filter is weak in an old version":
        return [each for each in versions if each["version"] == "1"][:1]
    return versions[:1]


def _key(guardrail: Payload) -> str:
    return f"{guardrail['guardrailArn']}:{guardrail['version']}"


def _versions(draw: Draw, member: Member, region: str, purpose: str, count: int) -> list[Payload]:
    return [
        _guardrail(draw, member, region, purpose, each) for each in ("DRAFT", *map(str, range(1, count + 1)))
    ]


def _guardrail(draw: Draw, member: Member, region: str, purpose: str, version: str) -> Payload:
    id_ = draw.lower(12, "guardrail", member.id, region, purpose)
    created = draw.day("guardrail", member.id, purpose)
    guardrail: Payload = {
        "name": f"{purpose}-guardrail",
        "description": f"Guards {purpose.replace('-', ' ')} uses",
        "guardrailId": id_,
        "guardrailArn": f"arn:aws:bedrock:{region}:{member.id}:guardrail/{id_}",
        "version": version,
        "status": "READY",
        "topicPolicy": {"topics": [_topic()], "tier": {"tierName": "CLASSIC"}},
        "contentPolicy": {
            "filters": [*(_filter(each, "HIGH") for each in _HARMS), _filter("PROMPT_ATTACK", "NONE")],
            "tier": {"tierName": "CLASSIC"},
        },
        "wordPolicy": {
            "words": [],
            "managedWordLists": [{"type": "PROFANITY", **_both("BLOCK")}],
        },
        "sensitiveInformationPolicy": {
            "piiEntities": [
                {"type": type_, "action": action, **_both(action)} for type_, action in _PERSONAL
            ],
            "regexes": [
                {
                    "name": "case-reference",
                    "description": "Our own case numbers",
                    "pattern": "PW-[0-9]{8}",
                    "action": "ANONYMIZE",
                    **_both("ANONYMIZE"),
                }
            ],
        },
        "createdAt": created,
        "updatedAt": created,
        "statusReasons": [],
        "failureRecommendations": [],
        "blockedInputMessaging": "This request cannot be answered here.",
        "blockedOutputsMessaging": "The answer was withheld.",
        "contextualGroundingPolicy": {
            "filters": [_grounding("GROUNDING", 0.8), _grounding("RELEVANCE", 0.7)]
        },
    }
    _age(draw, member, guardrail)
    if draw.below(8, "guardrail key", member.id, purpose):
        guardrail["kmsKeyArn"] = key_arn(draw, member, region, f"guardrail {purpose}")
    return guardrail


def _age(draw: Draw, member: Member, guardrail: Payload) -> None:
    """Leave in a first version, here and there, what the department did not know better when it made it."""
    if guardrail["version"] != _FIRST:
        return
    lot = draw.below(_LOTS, "first version", member.id, guardrail["name"])
    entities = guardrail["sensitiveInformationPolicy"]["piiEntities"]
    if lot == _TAXLESS:
        entities[:] = [each for each in entities if each["type"] != _TAX_NUMBER]
    if lot == _RUDE:
        guardrail["contentPolicy"]["filters"][-2]["outputAction"] = "NONE"
    if lot == _IRRELEVANT:
        guardrail["contextualGroundingPolicy"]["filters"].pop()
    if lot == _TALKATIVE:
        guardrail["topicPolicy"]["topics"][0]["outputAction"] = "NONE"


def _grounding(type_: str, threshold: float) -> Payload:
    return {"type": type_, "threshold": threshold, "action": "BLOCK", "enabled": True}


def _both(action: str) -> Payload:
    sides = {f"{side}Action": action for side in ("input", "output")}
    return {**sides, **{f"{side}Enabled": True for side in ("input", "output")}}


def _filter(type_: str, output: str) -> Payload:
    modalities = {f"{side}Modalities": ["TEXT"] for side in ("input", "output")}
    return {"type": type_, "inputStrength": "HIGH", "outputStrength": output, **modalities, **_both("BLOCK")}


def _topic() -> Payload:
    definition = "Advice on how a person should vote, or on which party to support."
    return {"name": "party-politics", "definition": definition, "type": "DENY", **_both("BLOCK")}


def _attack(guardrail: Payload) -> Payload:
    filters: list[Payload] = guardrail["contentPolicy"]["filters"]
    return next(each for each in filters if each["type"] == "PROMPT_ATTACK")


def _weak(guardrail: Payload) -> None:
    _attack(guardrail)["inputStrength"] = "MEDIUM"


def _only_detecting(guardrail: Payload) -> None:
    _attack(guardrail)["inputAction"] = "NONE"


def _personal_detected(guardrail: Payload) -> None:
    entity = guardrail["sensitiveInformationPolicy"]["piiEntities"][0]
    entity |= {"action": "NONE", "inputAction": "NONE", "outputAction": "NONE"}


def _personal_on_input(guardrail: Payload) -> None:
    guardrail["sensitiveInformationPolicy"]["piiEntities"][2]["outputEnabled"] = False


def _crossing(guardrail: Payload) -> None:
    account = guardrail["guardrailArn"].split(":")[4]
    profile = "eu.guardrail.v1:0"
    guardrail["crossRegionDetails"] = {
        "guardrailProfileId": profile,
        "guardrailProfileArn": f"arn:aws:bedrock:{LONDON}:{account}:guardrail-profile/{profile}",
    }
    guardrail["contentPolicy"]["tier"] = {"tierName": "STANDARD"}


_GUARDRAIL_FLAWS: Mapping[str, tuple[str, str, Spoiling]] = {
    "attack filter is weak in an old version": (
        "BR-GRD-001",
        "Version 1 has a prompt-attack filter of MEDIUM strength",
        _weak,
    ),
    "attack filter only detects": ("BR-GRD-001", "The draft only detects prompt attacks", _only_detecting),
    "personal data is only detected": (
        "BR-GRD-002",
        "The draft only detects National Insurance numbers",
        _personal_detected,
    ),
    "personal data is masked on input only": (
        "BR-GRD-002",
        "The draft leaves names in what the model answers",
        _personal_on_input,
    ),
    "guardrail crosses Regions": (
        "BR-RES-002",
        "The draft's guardrail profile reaches other Regions of Europe",
        _crossing,
    ),
}
