"""A page while it is worked on: candidates, elements, facts, edits and spans."""
