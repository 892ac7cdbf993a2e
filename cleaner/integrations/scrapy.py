"""Scrapy: an item pipeline, and the document of a response for callbacks. Needs the extra `scrapy`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import run_in_thread

from cleaner.batch import Result
from cleaner.batch.jobs import Cleans
from cleaner.document import Document
from cleaner.engine import Cleaner, shared_cleaner
from cleaner.integrations._pages import cleaned, record_of
from cleaner.readers.record import MAX_SIZE, Record
from cleaner.rules import load_rules
from cleaner.writers.rows import Source, check_fields, chosen_row

FIELDS = ("title", "author", "date", "language", "markdown")
"""What goes into items where `CLEANER_FIELDS` does not say: of these, the fields that a class of items has."""


def clean_response(response: Response, cleaner: Cleans | None = None) -> Document:
    """The document of a response, with the charset of its header; without a `cleaner` the shipped rules apply.

    Never raises because of a page: at worst the document is empty and has `warnings`.
    """
    page = page_of(response)
    return (cleaner or shared_cleaner()).clean(page["html"], url=page["url"], media_type=page["media_type"])


def page_of(response: Response) -> dict[str, Any]:
    """The fields of an item that `CleanerPipeline` needs: `url`, `html` (bytes) and `media_type`, from the header."""
    said = response.headers.get("Content-Type")
    return {"url": response.url, "html": response.body, "media_type": said.decode("latin-1") if said else None}


class CleanerPipeline:
    """Cleans items that have a page. Settings, all optional; docs/integrations/scrapy.md describes them:

    - `CLEANER_HTML_FIELD`, `CLEANER_URL_FIELD`, `CLEANER_MEDIA_TYPE_FIELD`: "html", "url" and "media_type".
    - `CLEANER_FIELDS`: names of fields of rows; or a dictionary of them and the fields of items that they go to.
    - `CLEANER_RULES`: rule files. `CLEANER_OPTIONS`: keywords of `Cleaner`.
    - `CLEANER_KEEP_HTML`: whether the page stays in the item (False).
    - `CLEANER_DROP_FAILURES`: whether an item whose page fails is dropped (False).
    - `CLEANER_FAILURE_FIELD`: where such an item has `code` and `reason` ("cleaner_failure").
    - `CLEANER_MAX_SIZE`: bytes that a page may have.

    Raises ValueError, TypeError and RuleError for settings that cannot be meant, when the crawl starts.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._html = settings.get("CLEANER_HTML_FIELD", "html")
        self._url = settings.get("CLEANER_URL_FIELD", "url")
        self._media_type = settings.get("CLEANER_MEDIA_TYPE_FIELD", "media_type")
        self._failure = settings.get("CLEANER_FAILURE_FIELD", "cleaner_failure")
        self._fields = _fields(settings)
        self._are_chosen = settings.get("CLEANER_FIELDS") is not None
        self._keeps_html = settings.getbool("CLEANER_KEEP_HTML")
        self._drops_failures = settings.getbool("CLEANER_DROP_FAILURES")
        self._max_size = settings.getint("CLEANER_MAX_SIZE", MAX_SIZE)
        rules = load_rules(*settings.getlist("CLEANER_RULES"))
        self._cleaner = Cleaner(rules, **settings.getdict("CLEANER_OPTIONS"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Makes the pipeline of a crawl."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """The item with what its page says, or with its failure; as it is where it has no page.

        The page is cleaned in a thread: the crawl goes on meanwhile. Raises DropItem for a failure, if settings say so.
        """
        page = ItemAdapter(item)
        if page.get(self._html) is None:
            return item
        record = self._record(page)
        result = await run_in_thread(self._clean, record)
        if result.document is None:
            self._tell(page, result)
        else:
            self._count("cleaner/cleaned")
            self._fill(page, chosen_row(Source(result.document, record), tuple(self._fields)))
        if not self._keeps_html and self._html not in self._fields.values():
            self._forget_html(page)
        return item

    def _record(self, page: ItemAdapter) -> Record:
        url, media_type = page.get(self._url), page.get(self._media_type)
        return record_of(str(url or "item"), page[self._html], url=url, media_type=media_type)

    def _clean(self, record: Record) -> Result:
        ((_, result),) = cleaned([(None, record)], self._cleaner, max_size=self._max_size)
        return result

    def _fill(self, page: ItemAdapter, row: Mapping[str, Any]) -> None:
        """Puts the fields of a row into an item; what the spider has put there stays."""
        for name, field in self._fields.items():
            may_hold = self._are_chosen or _holds(page, field)
            if may_hold and (field == self._html or page.get(field) in (None, "")):
                page[field] = row[name]

    def _tell(self, page: ItemAdapter, result: Result) -> None:
        failure = result.failure
        assert failure is not None
        self._count("cleaner/failed", f"cleaner/failed/{failure.code}")
        told = f"{failure.path}: {failure.reason} ({failure.code})"
        if self._drops_failures:
            raise DropItem(told)
        if _holds(page, self._failure):
            page[self._failure] = {"code": failure.code, "reason": failure.reason}
        else:
            self._crawler.spider.logger.warning("not cleaned: %s", told)

    def _forget_html(self, page: ItemAdapter) -> None:
        if ItemAdapter.get_field_names_from_class(type(page.item)) is None:
            del page[self._html]
        else:
            page[self._html] = None  # the attribute of a dataclass cannot go

    def _count(self, *names: str) -> None:
        for name in names:
            self._crawler.stats.inc_value(name)


def _holds(page: ItemAdapter, field: str) -> bool:
    """Whether an item may have a field: a dictionary may have any."""
    names = ItemAdapter.get_field_names_from_class(type(page.item))
    return names is None or field in names


def _fields(settings: BaseSettings) -> dict[str, str]:
    """The fields of rows, and those of items that they go to. Raises ValueError for an unknown one."""
    given = settings.get("CLEANER_FIELDS")
    if given is None:
        return {name: name for name in FIELDS}
    chosen = dict(given) if isinstance(given, Mapping) else {name: name for name in settings.getlist("CLEANER_FIELDS")}
    try:
        check_fields(chosen)
    except ValueError as error:
        raise ValueError(f"CLEANER_FIELDS: {error}") from None
    return chosen
