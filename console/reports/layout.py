"""Where things are in a pack; said once for those who write it, those who verify it and those who read about it."""

import hashlib
import re

NAMESPACE = "bedrock-console-pack"
"""What the signature is for; one made for anything else does not verify."""
PRINCIPAL = "bedrock-console"
"""Who signs, in the file of allowed signers."""

README = "README.txt"
SIGNATURE = "signatures/tagmanifest-sha256.txt.sshsig"
"""Beside the bag and not in it, so that signing changes no byte of what is signed."""
SIGNATURES = "signatures/"
MORE_SIGNATURES = re.compile(r"signatures/tagmanifest-sha256\.txt\.[0-9a-f]{16}\.(sshsig|p7s|tsr)")
"""Counter-signatures, signatures with certificates, and time-stamps: any number of them."""
BAG = "bag/"

REPORT = "report.html"
PDF = "report.pdf"
WORKBOOK = "tables.xlsx"
MODELS = "models.cdx.json"
"""A bill of the models in use, CycloneDX."""
FINDINGS = "findings.csv"
GAPS = "gaps.csv"
ACCOUNTS = "accounts.csv"
ERASURES = "erasures.csv"
ASSESSMENT = "assessment.json"
OSCAL = "oscal/assessment-results.json"
POAM = "oscal/poam.json"
CHECKPOINT = "checkpoint"
CONSISTENCY = "earlier-checkpoints.json"
REDACTIONS = "redactions.json"
CHANGES = "changes.csv"
INCLUSION = "inclusion.json"

CLAIMS = "claims.csv"
CLAIMS_JSON = "claims.json"
ATTESTATIONS = "attestations.csv"
EXCEPTIONS = "exceptions.csv"
REMARKS = "remarks.csv"
FRAMEWORKS = "frameworks.csv"
DIGESTS = "cloudtrail/"
"""CloudTrail's signed digests, a folder for each key."""
DELETION = "deletion"
"""Certificates of deletion, each with its signature and a page to read."""
DEEDS = "records/deeds.jsonl"
"""Beside the evidence and not in it: deeds are of no refresh."""
DEED_PROOFS = "records/proofs.json"

LISTED = (
    (REPORT, "the report; begin here"),
    (PDF, "the same for print and archives (PDF/A-2a, PDF/UA-1)"),
    (FINDINGS, "every answer to every question, with its evidence"),
    (CLAIMS, "every claim of the guidance in every account"),
    (CHANGES, "every answer that is another than before"),
    (ATTESTATIONS, "what persons vouch for, with hashes of their documents"),
    (EXCEPTIONS, "failures that were accepted for a time"),
    (REMARKS, "notes and assignments"),
    (FRAMEWORKS, "what serves each entry of each framework"),
    (GAPS, "everything that could not be read, and why"),
    (ACCOUNTS, "every account"),
    (ERASURES, "what was erased after it was read"),
    (WORKBOOK, "all of these tables as one workbook"),
    (ASSESSMENT, "questions, answers and plan, for machines"),
    (CLAIMS_JSON, "the claims, for machines"),
    (OSCAL, "OSCAL assessment results"),
    (POAM, "OSCAL plan of action and milestones"),
    (MODELS, "the models in use (CycloneDX)"),
    ("evidence/", "what AWS answered: account/Region/operation, a line each"),
    (DIGESTS, "CloudTrail's signed digests of its log files, and AWS's keys"),
    (DEEDS, "what persons did, in the form of the evidence"),
    (DEED_PROOFS, "the proofs that these are in the ledger"),
    (CHECKPOINT, "the signed state of the ledger (C2SP tlog-checkpoint)"),
    (CONSISTENCY, "earlier states, and proofs that it only grew"),
    (INCLUSION, "the proof that the evidence is in the ledger"),
    (REDACTIONS, "what was redacted, where and why"),
)
"""What the README says of each file, in the order in which people look for them."""


def signature_name(content: bytes, ending: str) -> str:
    """Return what a further signature is called: by its own hash, so that the same one is added once."""
    return f"{SIGNATURES}tagmanifest-sha256.txt.{hashlib.sha256(content).hexdigest()[:16]}.{ending}"
