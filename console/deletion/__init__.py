"""Requests to delete, plans, approvals, verification and certificates as values; pure."""
