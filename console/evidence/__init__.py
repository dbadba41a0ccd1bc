"""The encrypted, append-only store of what AWS said: the one place that touches a database."""
