"""Use cases: the one place where collecting, storing, judging and exporting meet."""
