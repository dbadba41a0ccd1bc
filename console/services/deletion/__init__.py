"""Deletion as a service: requests, plans, two signatures, execution, verification and certificates."""
