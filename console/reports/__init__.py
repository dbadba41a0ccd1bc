"""Assurance packs: bags, signatures beside them, the HTML report, redaction and verification."""
