"""The metadata of a document."""
