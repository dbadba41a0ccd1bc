"""Assurance evidence for Amazon Bedrock: read an AWS organisation, judge it, show it, export it."""

__version__ = "0.1.0"
