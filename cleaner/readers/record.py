"""A page to be cleaned: data that is already here, or the file that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

MAX_SIZE = 50_000_000
"""Bytes that an input may have where the caller says nothing else."""


class ReadFailure(Exception):
    """An input that cannot be had: `kind` is "unreadable" or "limit", the message says why."""

    def __init__(self, kind: Literal["unreadable", "limit"], reason: str) -> None:
        super().__init__(reason)
        self.kind: Literal["unreadable", "limit"] = kind


@dataclass(frozen=True, slots=True)
class Record:
    """One page. Either `data` is given, or `path` names the file to read it from."""

    name: str
    """The page's place in the batch, with "/" between folders: "news/page.html". Unique; names the output file."""
    path: str | None = None
    data: bytes | str | None = None
    url: str | None = None
    media_type: str | None = None

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.path if self.path is not None else self.name

    def read(self, max_size: int = MAX_SIZE) -> bytes | str:
        """The page's data, `max_size` bytes (or characters of a `str`) at most.

        Raises ReadFailure where the file cannot be read or is larger.
        """
        data = self.data if self.data is not None else self._read_file(max_size)
        if len(data) > max_size:
            raise ReadFailure("limit", f"larger than {max_size} bytes")
        return data

    def _read_file(self, max_size: int) -> bytes:
        try:
            with Path(self.path or self.name).open("rb") as file:
                return file.read(max_size + 1)
        except IsADirectoryError:
            raise ReadFailure("unreadable", "a folder that cannot be listed") from None
        except OSError as error:
            raise ReadFailure("unreadable", error.strerror or "the system does not say why") from None
        except ValueError:
            raise ReadFailure("unreadable", "no file has a NUL character in its name") from None
