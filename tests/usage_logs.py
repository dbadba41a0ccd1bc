"""Makers of invocation-log records as AWS writes them, with words planted where officers' secrets would be."""

import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
SECRET = bytes(range(32))
ACCOUNT = "111122223333"
CANARIES = {
    "prompt": "canary-prompt-6f1c",
    "answer": "canary-answer-77ab",
    "match": "canary-match-90de",
    "regex": "canary-regex-12fe",
    "logic": "canary-logic-3b3b",
    "metadata": "canary-metadata-4d4d",
}
"""Words that must never leave the reader."""
PII = {
    "piiEntities": [
        {
            "match": CANARIES["match"],
            "type": "UK_NATIONAL_INSURANCE_NUMBER",
            "action": "ANONYMIZED",
            "detected": True,
        }
    ],
    "regexes": [
        {
            "name": "case number",
            "match": CANARIES["match"],
            "regex": CANARIES["regex"],
            "action": "NONE",
            "detected": True,
        }
    ],
}
EVERYTHING: Mapping[str, Any] = {
    "topicPolicy": {
        "topics": [{"name": "Legal advice", "type": "DENY", "action": "BLOCKED", "detected": True}]
    },
    "contentPolicy": {
        "filters": [
            {"type": "PROMPT_ATTACK", "confidence": "HIGH", "action": "BLOCKED", "detected": True},
            {"type": "HATE", "confidence": "LOW", "action": "NONE", "detected": False},
            {"type": "INSULTS", "confidence": "LOW", "action": "NONE", "detected": True},
        ]
    },
    "wordPolicy": {
        "customWords": [{"match": CANARIES["match"], "action": "BLOCKED", "detected": True}],
        "managedWordLists": [
            {"match": CANARIES["match"], "type": "PROFANITY", "action": "NONE", "detected": True}
        ],
    },
    "sensitiveInformationPolicy": PII,
    "contextualGroundingPolicy": {
        "filters": [
            {"type": "GROUNDING", "threshold": 0.7, "score": 0.1, "action": "BLOCKED", "detected": True},
            {"type": "RELEVANCE", "threshold": 0.7, "score": 0.9, "action": "NONE", "detected": False},
        ]
    },
    "automatedReasoningPolicy": {
        "findings": [
            {"invalid": {"translation": {"claims": [{"naturalLanguage": CANARIES["logic"]}]}}},
            {"valid": {"translation": {"claims": [{"logic": CANARIES["logic"]}]}}},
        ]
    },
    "appliedGuardrailDetails": {
        "guardrailId": "gr1",
        "guardrailVersion": "3",
        "guardrailArn": f"arn:aws:bedrock:eu-west-2:{ACCOUNT}:guardrail/gr1",
        "guardrailOrigin": ["ACCOUNT_ENFORCED", "ORGANIZATION_ENFORCED"],
        "guardrailOwnership": "CROSS_ACCOUNT",
    },
}
"""One assessment with something of every policy."""


def record(number: int = 0, **members: Any) -> dict[str, Any]:
    """Return one record of a Converse call; `members` take the place of its own, None takes one away."""
    made: dict[str, Any] = {
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
        "timestamp": "2026-11-20T10:00:00Z",
        "accountId": ACCOUNT,
        "identity": {"arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/app/jo.bloggs@example.gov.uk"},
        "region": "eu-west-2",
        "requestId": str(UUID(int=number)),
        "operation": "Converse",
        "modelId": "anthropic.claude-haiku-4-5-20251001-v1:0",
        "input": {
            "inputContentType": "application/json",
            "inputTokenCount": 100,
            "cacheReadInputTokenCount": 7,
            "cacheWriteInputTokenCount": 3,
            "inputBodyJson": {
                "messages": [{"role": "user", "content": [{"text": CANARIES["prompt"]}]}],
                "requestMetadata": {"case": CANARIES["metadata"]},
            },
        },
        "output": {
            "outputContentType": "application/json",
            "outputTokenCount": 40,
            "outputBodyJson": {
                "output": {"message": {"role": "assistant", "content": [{"text": CANARIES["answer"]}]}},
                "stopReason": "end_turn",
            },
        },
    }
    made.update(members)
    return {name: value for name, value in made.items() if value is not None}


def answered(body: object, number: int = 0, **members: Any) -> dict[str, Any]:
    """Return a record with this body of its answer."""
    return record(number, output={"outputTokenCount": 40, "outputBodyJson": body}, **members)


def caught(number: int = 0, assessment: Mapping[str, Any] = EVERYTHING, **members: Any) -> dict[str, Any]:
    """Return a record of a Converse call in which a guardrail stepped in, with its trace."""
    trace = {"guardrail": {"modelOutput": [CANARIES["answer"]], "inputAssessment": {"gr1": assessment}}}
    return answered({"stopReason": "guardrail_intervened", "trace": trace}, number, **members)


def line(made: object) -> bytes:
    return json.dumps(made).encode()


def packed(records: Iterable[object]) -> bytes:
    """Return an object of records as S3 has it."""
    return gzip.compress(b"".join(line(each) + b"\n" for each in records), mtime=0)
