"""Invocation logs and what guardrails caught in them: read, made safe to keep, counted; pure, no AWS, no store."""
