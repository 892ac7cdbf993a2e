"""Tags of languages, as BCP 47 writes them."""

from __future__ import annotations

import re

from cleaner import lazily

_LANGUAGE = lazily.pattern(r"\s*([a-z]{2,3})((?:[-_][a-z0-9]{2,8})*)\s*(?:$|[,;.@])", re.IGNORECASE)


def language_tag(value: str | None) -> str | None:
    """A language as BCP 47 writes it, "en_us" as "en-US"; None where `value` begins with none."""
    found = _LANGUAGE.match(value[:100]) if isinstance(value, str) else None
    if not found:
        return None
    parts = [part for part in re.split("[-_]", found[2]) if part]
    return "-".join([found[1].lower(), *map(_subtag, parts)])


def _subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()  # a region
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()  # a script, or anything else
