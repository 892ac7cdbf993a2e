"""The command line."""

from cleaner.cli.main import cli, main

__all__ = ["cli", "main"]
