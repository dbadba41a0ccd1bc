"""What AgentCore keeps must be encrypted under keys of the department's own that are in use."""

from collections.abc import Iterator, Mapping

from console.controls.answers import Answer
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.encryption import KEY, own_key, under_own_key
from console.controls.payload import part, said
from console.domain.evidence import Fact

_MEMBERS: Mapping[str, str] = {
    "bedrock-agentcore-control.gateway": "kmsKeyArn",
    "bedrock-agentcore-control.memory": "encryptionKeyArn",
    "bedrock-agentcore-control.policy_engine": "encryptionKeyArn",
}
_VAULT = "bedrock-agentcore-control.token_vault"


def check(question: Question) -> Iterator[Opinion]:
    """Follow the key of each thing to its manager and state."""
    for kind, member in _MEMBERS.items():
        yield from under_own_key(question, kind, member)
    for fact in question.facts(_VAULT):
        yield _of_vault(question, fact).about(fact)


def _of_vault(question: Question, vault: Fact) -> Answer:
    configuration = part(vault.payload, "kmsConfiguration")
    sort = said(configuration, "keyType")
    if sort == "ServiceManagedKey":
        return own_key(question, None)
    if sort != "CustomerManagedKey":
        return Answer(Verdict.UNKNOWN, f"its key is of type {sort or 'not said'}")
    name = said(configuration, "kmsKeyArn")
    if name is None:
        return Answer(Verdict.UNKNOWN, "AWS did not name its key")
    return own_key(question, name)


CONTROL = Control(
    id="BR-ACR-006",
    title="AgentCore memories, gateways, policy engines and token vaults are encrypted under keys of the department's",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(*_MEMBERS, _VAULT, KEY),
    rationale=(
        "A memory holds what people said, a vault the tokens that act in their name. Only with keys of its own can the"
        " department see who opens them, and end every use at once."
    ),
    remedy=(
        "Call bedrock-agentcore:SetTokenVaultCMK with keyType CustomerManagedKey and kmsKeyArn, and"
        " bedrock-agentcore:UpdateGateway with kmsKeyArn. A memory's or policy engine's key is chosen when it is made:"
        " create it anew with encryptionKeyArn, move agents to it and delete the old one. For a key that is off call"
        " kms:EnableKey."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what AgentCore keeps was read to the end; there is nothing here"),
    references=("https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/data-encryption.html",),
    claims=("S24",),
)
