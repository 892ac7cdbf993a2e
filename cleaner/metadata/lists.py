"""Whether a page is a list of pages, by its address and by how many authors and dates it marks."""

from __future__ import annotations

import re
from urllib.parse import unquote

from cleaner import lazily
from cleaner.metadata import dates, names
from cleaner.metadata.labels import CHANGED
from cleaner.page.facts import Facts

_ADDRESS = lazily.pattern(
    r"^(?!.*/(?:forums?|boards?|discussions?|community)/topics?/).*(?:"
    r"/(?:tags?|categor(?:y|ies)|labels?|authors?)/[^/]+/?"
    r"|/(?:topics?|lists?|archives?)/[^/\d\s_-]+(?:[\s_-][^/\d\s_-]+)?/?"
    r"|/(?:news|blogs?|articles|stories|posts|issues|topics|latest|archives?)/?(?:index\.\w{3,5})?"
    r"|(?<!.)/[a-z]+-news/?(?:index\.\w{3,5})?"
    r")$",
    re.IGNORECASE | re.DOTALL,
)
"""The path of a list of pages. Posts too are under "topic" and "archives": by a number, or by a name of many words."""


def is_list(facts: Facts, path: str, language: str | None) -> bool:
    """Whether a page has the `path` of a list of pages, and does not mark one author or date of publication as its own.

    `language` is the page's.
    """
    return _ADDRESS.match(unquote(path)) is not None and not _is_one(facts, language)


def _is_one(facts: Facts, language: str | None) -> bool:
    """Whether a page has one heading and marks one author, or one date of publication, but no other of either."""
    bylines = (text for mark, text in facts.bylines if not mark.endswith(" aside"))
    times = [(mark, value) for mark, value in facts.times if not mark.endswith(" aside") and not CHANGED.search(value)]
    authors = {name for text in bylines if (name := names.shown(text, login=True, language=language))}
    days = {date[:10] for _, value in times if (date := dates.parse(value, language))}
    is_published = any(mark == "time published" or mark.startswith("itemprop=date") for mark, _ in times)
    return len(facts.headings) == 1 and len(authors) < 2 and len(days) < 2 and bool(authors or (days and is_published))
