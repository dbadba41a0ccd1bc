"""An estate whose evidence and deeds name people, addresses and tools, for packs that must not."""

from pathlib import Path
from typing import Any

from console.domain.deed import DeedKind, Through
from console.domain.refresh import Step
from console.domain.scope import Scope
from console.services.attesting import Draft, attest
from console.services.catalogues import claim_catalogue
from unit.reports.estate import MANAGEMENT, NOW, PAYMENTS, SIGNER, Estate, judge, make_store, refresh, steps

LONDON = Scope(PAYMENTS.account_id, "eu-west-2")
PERSONS = (
    "jo.bloggs",
    "sam.roe@example.gov.uk",
    "Priya Officer",
    "203.0.113.77",
    "aws-cli/2.31 Jo",
    "AKIAABCDEFGHIJKLMNOP",
)
NAMES = (
    "Payments live",
    "111122223333",
    "222233334444",
    "o-abc1234567",
    "ou-ab12-payments1",
    "payments-guardrail",
    "payments-model",
)
ATTESTED = "Our contract forbids training"


def peopled_steps() -> dict[Step, Any]:
    user = {
        "UserName": "jo.bloggs",
        "Arn": "arn:aws:iam::222233334444:user/staff/jo.bloggs",
        "UserPolicyList": [],
        "AttachedManagedPolicies": [],
        "Tags": [{"Key": "owner", "Value": "Priya Officer"}, {"Key": "team", "Value": "assurance"}],
    }
    event = {
        "eventID": "e-1",
        "eventName": "InvokeModel",
        "eventSource": "bedrock.amazonaws.com",
        "eventTime": "2026-11-22T10:00:00Z",
        "sourceIPAddress": "203.0.113.77",
        "userAgent": "aws-cli/2.31 Jo",
        "modelId": "anthropic.claude-3-haiku-20240307-v1:0",
        "userIdentity": {
            "arn": "arn:aws:sts::222233334444:assumed-role/Analysts/sam.roe@example.gov.uk",
            "accessKeyId": "AKIAABCDEFGHIJKLMNOP",
        },
    }
    planned = dict(steps())
    planned[Step("organizations.account", MANAGEMENT)] = [
        (
            "111122223333",
            {"Id": "111122223333", "Name": "Department", "Status": "ACTIVE", "Email": "root@example.gov.uk"},
        ),
        ("222233334444", {"Id": "222233334444", "Name": "Payments live", "Status": "ACTIVE"}),
    ]
    planned[Step("organizations.root", MANAGEMENT)] = [("r-ab12", {"Id": "r-ab12", "Name": "Root"})]
    planned[Step("organizations.organizational_unit", MANAGEMENT)] = [
        ("ou-ab12-payments1", {"Id": "ou-ab12-payments1", "Name": "Payments unit"})
    ]
    planned[Step("organizations.child", MANAGEMENT)] = [
        (
            "r-ab12/ou-ab12-payments1",
            {"Id": "ou-ab12-payments1", "ParentId": "r-ab12", "Type": "ORGANIZATIONAL_UNIT"},
        ),
        (
            "ou-ab12-payments1/222233334444",
            {"Id": "222233334444", "ParentId": "ou-ab12-payments1", "Type": "ACCOUNT"},
        ),
        ("r-ab12/111122223333", {"Id": "111122223333", "ParentId": "r-ab12", "Type": "ACCOUNT"}),
    ]
    planned[Step("iam.user", PAYMENTS)] = [(user["Arn"], user)]
    planned[Step("cloudtrail.bedrock_event", LONDON)] = [("e-1", event)]
    planned[Step("bedrock.custom_model", LONDON)] = [
        ("arn:aws:bedrock:eu-west-2:222233334444:custom-model/payments-model", {"modelArn": "payments-model"})
    ]
    planned[Step("bedrock.guardrail", LONDON)] = [
        (
            "arn:aws:bedrock:eu-west-2:222233334444:guardrail/payments-guardrail:DRAFT",
            {
                "name": "payments-guardrail",
                "guardrailArn": "arn:aws:bedrock:eu-west-2:222233334444:guardrail/payments-guardrail",
                "version": "DRAFT",
                "contentPolicy": {"filters": []},
            },
        )
    ]
    return planned


def make_peopled(folder: Path) -> Estate:
    store = make_store(folder)
    refresh_id = refresh(store, peopled_steps())
    document = folder / "contract.pdf"
    document.write_bytes(b"%PDF contract")
    draft = Draft(
        statement=ATTESTED,
        claims=("S10",),
        person="Priya Officer",
        valid_from="2026-11-01",
        valid_until="2027-03-31",
        document=document,
    )
    body = attest(draft, [claim.id for claim in claim_catalogue().claims], SIGNER, NOW)
    store.add_deed(DeedKind.ATTESTATION, "Priya Officer", body)
    caller = "arn:aws:sts::222233334444:assumed-role/Analysts/sam.roe@example.gov.uk"
    count = {
        "id": "CT-1",
        "question": "residency",
        "engine": "athena",
        "account_id": "222233334444",
        "region": "eu-west-2",
        "first_day": "2026-11-01",
        "last_day": "2026-11-20",
        "rows": [["222233334444", caller, "payments-model", "eu-west-2", "us-east-1", 3]],
        "problem": "",
        "bytes_scanned": 4096,
        "asked_as": "arn:aws:sts::222233334444:assumed-role/BedrockConsoleCounter/bedrock-console",
    }
    bound = '{"ExecutionParameters":["\'222233334444\'","\'eu-west-2\'"],"QueryString":"SELECT 1"}'
    through = Through("athena:StartQueryExecution", bound, "r-1", "1.44.5")
    store.add_deed(DeedKind.COUNT, "Priya Officer", count, through=through)
    return Estate(store, folder, refresh_id, judge(store, refresh_id))
