"""Text that a page has only as JSON, for its script to show: JSON-LD, or the state of a framework."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cleaner import lazily
from cleaner.normalize import words

_MAX_SCRIPT = 5_000_000
"""Maximum length of a script that is read, in characters."""
_MAX_VALUES = 200_000
_STATE = lazily.pattern(r"^\s*(?:window\.|self\.|var |let |const )?[\w.$\[\]\"']{1,60}\s*=\s*(?=[{\[])")
_BODY_KEYS = ("articleBody", "text")
_MIN_PROSE_WORDS = 8
"""Minimum number of words; a shorter string of a state is a label."""
_NOT_PROSE = lazily.pattern(r"https?://\S+$|^[\w/.:-]+$|[{};]\s*[\w.#-]+\s*[:{]|function\s*\(|=>")


def embedded_text(root: Any) -> str:
    """The longest text in a page's JSON, as HTML or with a blank line between paragraphs; empty where there is none."""
    found = ""
    for source, is_linked in _sources(root):
        data = _parsed(source)
        if data is None:
            continue
        text = _article_body(data) if is_linked else "\n\n".join(dict.fromkeys(_prose(data)))
        if len(text) > len(found):
            found = text
    return found


def _sources(root: Any) -> Iterator[tuple[str, bool]]:
    for script in root.iter("script"):
        text = script.text
        if not text or len(text) > _MAX_SCRIPT:
            continue
        kind = script.get("type", "").lower()
        if kind in ("application/ld+json", "application/json"):
            yield text, kind == "application/ld+json"
        elif kind in ("", "text/javascript"):
            start = _STATE.match(text)
            if start:
                yield text[start.end() :], False


def _parsed(source: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(source.strip())[0]
    except (ValueError, RecursionError):
        return None


def _values(data: Any) -> Iterator[tuple[str, Any]]:
    """Yields keys and values in order; the stack is explicit, because JSON can be nested to any depth."""
    stack: list[tuple[str, Any]] = [("", data)]
    for _ in range(_MAX_VALUES):
        if not stack:
            return
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend(reversed([(str(k), v) for k, v in value.items()]))
        elif isinstance(value, list):
            stack.extend((key, item) for item in reversed(value))
        else:
            yield key, value


def _article_body(data: Any) -> str:
    bodies = [value for key, value in _values(data) if key in _BODY_KEYS and isinstance(value, str)]
    return max(bodies, key=len, default="")


def _prose(data: Any) -> Iterator[str]:
    for _, value in _values(data):
        if isinstance(value, str) and len(words(value)) >= _MIN_PROSE_WORDS and not _NOT_PROSE.search(value):
            yield value.strip()
