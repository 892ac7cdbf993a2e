"""A crawl as samples of each site's pages, from which rule files are learnt: one pass, and memory for one site."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from cleaner.batch.drafts import loaded, tested
from cleaner.batch.repeats import KeysRendering, SiteSample
from cleaner.batch.writing import write_output
from cleaner.document import Document
from cleaner.engine import Cleaner
from cleaner.readers.record import Record
from cleaner.repeats import FEWEST, site_of
from cleaner.rules import RuleError
from cleaner.rules.importing.writing import UNWRITABLE, flow
from cleaner.rules.learning.draft import Draft, draft
from cleaner.rules.learning.evidence import Site
from cleaner.rules.learning.survey import PageSurvey

SAMPLE = 200
"""Pages of a site that rules are learnt from: a share of a fifth is then known to 3 of 100."""
_MAX_NAME = 100
_NOT_IN_NAMES = re.compile(r"[^a-z0-9.-]|^\.|\.(?=\.|$)")


@dataclass(frozen=True)
class SurveyedDocument(Document):
    """A document with the survey of its page, as bytes."""

    survey: bytes = b""


class Surveying:
    """A cleaner for `run_batch` whose documents have surveys."""

    def __init__(self, cleaner: Cleaner) -> None:
        self._cleaner = cleaner

    def clean(
        self,
        data: bytes | str,
        *,
        url: str | None = None,
        media_type: str | None = None,
        language: str | None = None,
    ) -> Document:
        """Cleans a page."""
        document, survey = self._cleaner.survey(data, url=url, media_type=media_type, language=language)
        return SurveyedDocument(url=document.url, warnings=document.warnings, survey=survey.to_bytes())


class SurveyRendering(KeysRendering):
    """The survey of a page; its site is "" where no address is known, for rules need one."""

    def site(self, document: Document, record: Record) -> str:
        """The host of the page's address."""
        return site_of(record.url) or site_of(document.url)

    def told(self, document: Document) -> bytes:
        """The survey."""
        return document.survey if isinstance(document, SurveyedDocument) else b""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What became of a site."""

    site: str
    """"" for pages without an address."""
    pages: int
    """Pages that were looked at."""
    rules: int = 0
    file: Path | None = None
    """The file that was written; None where there is none."""
    reason: str = ""
    """Why there is none."""


class RuleLearner(SiteSample):
    """An output of `run_batch` that writes a rule file for each site into `folder`, when all pages are surveyed.

    `scratch` is a folder for what is kept meanwhile. Raises OSError where a file cannot be written.
    """

    def __init__(self, folder: Path, scratch: Path, *, sample: int = SAMPLE) -> None:
        super().__init__(scratch / "surveys", SurveyRendering(), sample=sample)
        self._folder = folder
        self.learnt: list[Learnt] = []

    def finish(self) -> None:
        """Writes the files."""
        self.learnt = [self._learn(site) for site in list(self.sites())]

    def _learn(self, site: str) -> Learnt:
        surveys = list(map(PageSurvey.from_bytes, filter(None, self.pages_of(site))))
        count = len(surveys)
        if not site:
            return Learnt(site, count, reason="no address is known")
        if not _is_host(site):
            return Learnt(site, count, reason="no host name that a rule file can have")
        seen = Site(surveys)
        if seen.repeats.pages < FEWEST:
            return Learnt(site, count, reason=f"{FEWEST} different pages or more tell what repeats")
        seen.shared = int(seen.least)
        found = _repeating(draft(site, seen))
        if not found.certain:
            return Learnt(site, count, reason="nothing repeats but what is the pages' own")
        path = self._folder / f"{file_name(site)}.yaml"
        if path.exists():
            return Learnt(site, count, reason=f"{path} exists, and was left alone")
        write_output(path, tested(found).encode())
        return Learnt(site, count, len(found.certain), path)


def _repeating(found: Draft) -> Draft:
    """The draft with rules for what repeats alone: they have not been tried on the pages, which are gone."""
    return found.without(line for line in found.certain if line.verb == "main")


def _is_host(site: str) -> bool:
    try:
        if UNWRITABLE.search(site):
            return False
        loaded(f"sites: {flow([site])}\n")
    except RuleError:
        return False
    return True


def file_name(site: str) -> str:
    """A file name for a site, without suffix; others for others, on systems that know no capitals, too."""
    safe = _NOT_IN_NAMES.sub("_", site)[:_MAX_NAME]
    if safe == site and "." in site:
        return safe
    return f"{safe}-{hashlib.sha256(site.encode(errors='surrogatepass')).hexdigest()[:8]}"
