"""Whether an account may call a foundation model, as far as AWS says."""

from console.controls.payload import said
from console.domain.evidence import Fact

AVAILABILITY = "bedrock.model_availability"
_MEMBERS = {
    "entitlementAvailability": ("AVAILABLE", "NOT_AVAILABLE"),
    "authorizationStatus": ("AUTHORIZED", "NOT_AUTHORIZED"),
}
"""What must be so for a call, and what AWS says where it is not."""


def may_call(fact: Fact) -> bool | None:
    """Tell whether the account may call the model; None where AWS said nothing that this build knows."""
    answers = []
    for name, (yes, no) in _MEMBERS.items():
        found = said(fact.payload, name)
        answers.append(found == yes if found in (yes, no) else None)
    if False in answers:
        return False
    return None if None in answers else True
