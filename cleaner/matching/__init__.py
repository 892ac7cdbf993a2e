"""A rule set against a page: conditions, verdicts."""
