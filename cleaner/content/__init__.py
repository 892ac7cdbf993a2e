"""The choice of the main content."""
