"""The reader of flattened text."""

from pathlib import Path

SHIPPED = Path(__file__).with_name("model.npz")
"""The scores for text that come with the package."""
