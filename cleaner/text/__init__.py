"""The reader of flattened text."""
