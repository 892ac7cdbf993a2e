"""The text of rule files with comments: one value a line, so that people can read and change them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

UNWRITABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that no value of a rule file may have, or that would end its line."""
_PLAIN = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+)*")
_MAX_COMMENT = 300
"""Characters of a comment: a line of an imported file may be as long as the file."""

Value = str | int | bool | list[str] | Mapping[str, "Value"]


def comment(text: str, indent: int = 0) -> str:
    """A comment of one line."""
    shown = UNWRITABLE.sub("\ufffd", text.replace("\t", " "))
    if len(shown) > _MAX_COMMENT:
        shown = shown[:_MAX_COMMENT] + "…"
    return f"{' ' * indent}# {shown}".rstrip()


def scalar(value: str | int | bool) -> str:
    """A text, a number or a flag as YAML. A text has no character of `UNWRITABLE`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or _PLAIN.fullmatch(value):
        return str(value)
    if "\t" in value:
        return json.dumps(value, ensure_ascii=False)
    if "'" in value and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def lines_of(item: Mapping[str, Value], indent: int) -> Iterator[str]:
    """The lines of a mapping that is an item of a list."""
    start = " " * indent + "- "
    for key, value in item.items():
        yield from _entry(start, key, value, indent + 2)
        start = " " * (indent + 2)


def _entry(start: str, key: str, value: Value, indent: int) -> Iterator[str]:
    if isinstance(value, str | int):
        yield f"{start}{key}: {scalar(value)}"
    elif isinstance(value, list):
        yield f"{start}{key}:"
        yield from (f"{' ' * (indent + 2)}- {scalar(text)}" for text in value)
    else:
        yield f"{start}{key}:"
        for name, inner in value.items():
            yield from _entry(" " * (indent + 2), name, inner, indent + 2)


def flow(texts: Iterable[str]) -> str:
    """Texts as a list on one line."""
    return "[" + ", ".join(map(scalar, texts)) + "]"
