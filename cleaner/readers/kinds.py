"""What files are by their names: compressed, or of a kind that holds many pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Compression = Literal["gzip", "bzip2", "xz", "zstd", "brotli"]
Kind = Literal["jsonl", "csv", "tsv", "parquet", "warc", "zip", "wacz", "tar"]

SUFFIXES: dict[str, Compression] = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd", ".br": "brotli"}
"""What the names of compressed files end with. Their content counts, but for brotli."""
KINDS: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonlines": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    ".zip": "zip",
    ".wacz": "wacz",
    ".tar": "tar",
}
"""What the names of files say that hold many pages."""
_TARS = (".tgz", ".tbz2", ".txz", ".tzst")
"""Names of tar archives that tell a compression, beside ".tar" and the suffix of one."""
TABLES: frozenset[Kind] = frozenset(("jsonl", "csv", "tsv", "parquet"))
ARCHIVES: frozenset[Kind] = frozenset(("zip", "wacz", "tar"))
"""Archives of files; what they hold may be of any kind."""
SEEKING: frozenset[Kind] = frozenset(("parquet", "zip", "wacz"))
"""Kinds that are read from their ends. They compress for themselves, so that no suffix of a compression follows."""
_PLACE = re.compile(r"(?:[a-z][a-z0-9+.-]+::)*[a-z][a-z0-9+.-]+://", re.IGNORECASE)
"""Schemes have two letters at least: "C:" is a drive."""
_WEB = re.compile(r"(?:^|::)https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, as the user names them. A name with dots leads into objects: "meta.url".

    What is None is guessed by common names; of `html` and `text` neither is guessed where one is given.
    """

    html: str | None = None
    text: str | None = None
    url: str | None = None
    id: str | None = None
    language: str | None = None


def without_suffix(name: str) -> str:
    """The name of a file without what its compression has added: "page.html" for "page.html.gz"."""
    return next((name[: -len(suffix)] for suffix in SUFFIXES if name.lower().endswith(suffix)), name)


def kind_of(path: str) -> Kind | None:
    """What kind of file with many pages a file is by its name; None for any other."""
    name = last_part(path).lower()
    plain = without_suffix(name)
    kind = KINDS.get(PurePosixPath(plain).suffix)
    if kind is None:
        return "tar" if PurePosixPath(name).suffix in _TARS else None
    return None if kind in SEEKING and plain != name else kind


def table_kind(path: str) -> Kind | None:
    """What table a file is by its name: "jsonl", "csv", "tsv" or "parquet"; None for any other file."""
    kind = kind_of(path)
    return kind if kind in TABLES else None


def is_place(path: str) -> bool:
    """Whether a path is an address with a scheme: "s3://bucket/a.html", "zip://a.html::s3://bucket/a.zip"."""
    return _PLACE.match(path) is not None


def is_web(path: str) -> bool:
    """Whether a path is an address of the web, or one in a file there, from which cleaner does not fetch."""
    return _WEB.search(path) is not None


def last_part(path: str) -> str:
    """The name of a file without its folders, whichever system its path is of."""
    first, _, inner = path.partition("::")
    if inner and is_place(path):  # a file in an archive, or one that is kept in a cache
        path = first if "://" in first else inner
    return path.replace("\\", "/").rpartition("/")[2]
