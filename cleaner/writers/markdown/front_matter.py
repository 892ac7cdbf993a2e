"""Metadata as YAML front matter: strings that every YAML 1.1 or 1.2 reader gives back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

_PLAIN = re.compile(r"[^\W\d_](?:[\w.,;!?'()/&%+=@–—’“”„«»…-]| (?!#)|:(?=[\w/])|#)*", re.UNICODE)
"""A scalar that needs no quotes: it begins with a letter, and has no ": " and no " #"."""
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Plain scalars that YAML 1.1 reads as something other than a string."""
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|<(?=[A-Za-z/!?])|(?<=])[(:]")


_Value = str | int | Mapping[str, str] | None


def front_matter(entries: Iterable[tuple[str, _Value]]) -> str:
    """The entries between lines of `---`; those that are None or empty are left out, and nothing is nothing.

    A mapping is the entries below its key.
    """
    lines = [line for key, value in entries if value not in (None, "", {}) for line in _lines(key, value)]
    return "\n".join(["---", *lines, "---", ""]) if lines else ""


def _lines(key: str, value: _Value) -> Iterable[str]:
    if isinstance(value, Mapping):
        yield f"{key}:"
        yield from (f"  {yaml_string(name)}: {yaml_string(item)}" for name, item in value.items())
    else:
        yield f"{key}: {yaml_string(value) if isinstance(value, str) else value}"


def yaml_string(text: str) -> str:
    """The text as a YAML scalar in one line, quoted where a reader could take it for something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text[-1] not in " :":
        return text
    # JSON's escapes are all YAML's too; what YAML does not allow as it is gets one, and what a reader of Markdown that
    # knows no front matter would take for a tag or a link.
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
