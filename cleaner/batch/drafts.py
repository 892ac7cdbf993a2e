"""Rule files from the pages of a site, each tried before it is written: on these pages, and by its own tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.document import Document
from cleaner.engine import Cleaner
from cleaner.normalize import fold
from cleaner.readers.record import Record
from cleaner.rules import RuleError, RuleSet
from cleaner.rules.check import check_file
from cleaner.rules.learning.draft import Draft, Line, described_page, draft, file_text
from cleaner.rules.learning.evidence import STAYS, Site
from cleaner.rules.learning.survey import PageSurvey
from cleaner.rules.testing import run_tests

MOST_LOST = 0.01
"""The most of a page's kept words that rules may cost, apart from what repeats and what they name."""
_NAME = "draft.yaml"
_LAST = 1 << 20
"""The number of a rule file that comes after all others."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it is cleaned without the rules."""

    record: Record
    document: Document
    survey: PageSurvey


def seen(records: Iterable[Record], cleaner: Cleaner) -> Iterator[Seen]:
    """The pages of records. Raises ReadFailure for what cannot be read."""
    for record in records:
        page = record.loaded()
        assert page.data is not None
        found = cleaner.survey(page.data, url=page.url, media_type=page.media_type, language=page.language)
        yield Seen(record, *found)


def drafted(name: str, pages: Sequence[Seen], cleaner: Cleaner) -> str:
    """The text of a rule file for a site: what costs text of these pages is not certain, and commented out."""
    site = Site([page.survey for page in pages])
    return tested(_Trial(site, pages, cleaner).tried(draft(name, site)))


def tested(found: Draft) -> str:
    """The text of a rule file whose own tests pass; where they do not, all of it is commented out."""
    text = _with_tests(found)
    results = run_tests(loaded(text), _clean)
    return text if all(result.passed for result in results) else _with_tests(found.without(found.lines))


def loaded(text: str) -> RuleSet:
    """The rules of a file that is not written yet. Raises RuleError for one with mistakes."""
    file = check_file(text.encode(), _NAME, _LAST, shipped=False)
    if file.problems.found:
        raise RuleError(tuple(file.problems.found))
    return RuleSet(tuple(file.rules), tuple(file.metadata), tuple(file.tests), tuple(file.links))


def _with_tests(found: Draft) -> str:
    page = "\n".join(described_page(found))
    return file_text(found, _clean(_anywhere(found), page, "text/html", None).text if page else None)


def _anywhere(found: Draft) -> RuleSet:
    """The rules of a draft, for a page without an address."""
    rules = loaded(file_text(found))
    return RuleSet(
        tuple(replace(rule, sites=()) for rule in rules.rules),
        tuple(replace(rule, sites=()) for rule in rules.metadata),
    )


def _clean(rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
    return Cleaner(rules, extractor="none").clean(data, url=url, media_type=media_type)


class _Trial:
    """The rules of a draft on the pages that they were learnt from."""

    def __init__(self, site: Site, pages: Sequence[Seen], cleaner: Cleaner) -> None:
        self._pages = {id(page.survey): page for page in pages}
        self._site = site
        self._cleaner = cleaner

    def tried(self, found: Draft) -> Draft:
        """The draft with the rules as doubtful that cost text of a page, or change what is known of it.

        Those are doubtful that do so alone. Where the others do so together, all that gain nothing on these pages are,
        and then the main container.
        """
        harmed = self._harmed(found)
        if harmed:
            found = found.without([line for line in found.certain if self._harmed(_only(found, line), harmed)])
        for unwanted in (_gains_nothing, _is_main, _is_any):
            harmed = harmed and self._harmed(found)
            if harmed:
                found = found.without(line for line in found.certain if unwanted(line))
        return found

    def _harmed(self, found: Draft, pages: Iterable[int] | None = None) -> list[int]:
        """The numbers of the pages, of some or of all, that the rules cost text."""
        if not found.certain:
            return []
        own, shipped = _anywhere(found), self._cleaner.rules
        rules = replace(shipped, rules=shipped.rules + own.rules, metadata=shipped.metadata + own.metadata)
        ruled = self._cleaner.with_rules(rules)
        texts = {fold(line.text) for line in found.certain if line.verb == "drop" and not line.css}
        asked = range(len(self._site.pages)) if pages is None else pages
        return [number for number in asked if not self._costs_nothing(number, ruled, texts)]

    def _costs_nothing(self, number: int, ruled: Cleaner, texts: set[str]) -> bool:
        """Whether rules leave a page its own text, but for some texts, and its metadata."""
        before, fates = self._site.pages[number], self._site.fates[number]
        record = self._pages[id(before)].record.loaded()
        assert record.data is not None
        document, after = ruled.survey(
            record.data, url=record.url, media_type=record.media_type, language=record.language
        )
        if any(after.fields.get(name) != value for name, value in before.fields.items()):
            return False
        left, kept = fold(document.text), {block.packed for block in after.blocks if block.kept}
        pairs = zip(before.blocks, fates, strict=True)
        own = [block for block, fate in pairs if fate == STAYS and not block.names_page]
        lost = (block for block in own if block.packed not in kept and fold(block.text) not in left)
        words = sum(block.words for block in lost if fold(block.text) not in texts)
        return words <= MOST_LOST * sum(block.words for block in own)


def _is_any(line: Line) -> bool:
    return True


def _is_main(line: Line) -> bool:
    return line.verb == "main"


def _gains_nothing(line: Line) -> bool:
    return line.verb == "drop" and not line.gains


def _only(found: Draft, line: Line) -> Draft:
    return found.without(other for other in found.certain if other != line)
