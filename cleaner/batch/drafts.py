"""Rule files from the pages of a site, each rule tried on these pages before it is written."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.engine import Cleaner
from cleaner.readers import Record
from cleaner.rules.learning.draft import draft, file_text


def drafted(site: str, records: Sequence[Record], cleaner: Cleaner) -> str:
    """The text of a rule file for a site, from some of its pages."""
    surveys = []
    for record in records:
        page = record.loaded()
        assert page.data is not None
        surveys.append(cleaner.survey(page.data, url=page.url, media_type=page.media_type)[1])
    return file_text(draft(site, surveys))
