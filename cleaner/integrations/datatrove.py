"""datatrove: an extractor, and a pipeline step that knows the address of a page. Needs the extra `datatrove`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.extractors.base import BaseExtractor
from datatrove.pipeline.writers.disk_base import DiskWriter
from datatrove.utils.typeshelper import StatHints

from cleaner.batch import TIMEOUT
from cleaner.batch.jobs import Cleans, Result
from cleaner.engine import shared_cleaner
from cleaner.integrations._pages import METADATA, Form, Format, cleaned, record_of
from cleaner.readers.record import MAX_SIZE, Record
from cleaner.writers.arrow import load_pyarrow

if TYPE_CHECKING:
    import pyarrow

WARM_UP = "<html><body><h1>Title</h1><p>A first page, which loads what all pages need.</p></body></html>"


def parquet_schema(*others: str) -> pyarrow.Schema:
    """The schema for a `ParquetWriter` behind a `CleanerStep`: without one it takes that of the first document.

    It has id, text and, of the metadata, the fields `METADATA` and `others`, which are names of texts.

    Raises ImportError without pyarrow.
    """
    pa = load_pyarrow()
    texts = [(name, pa.string()) for name in dict.fromkeys((*METADATA, *others)) if name != "confidence"]
    metadata = pa.struct([*texts, ("confidence", pa.float64())])
    return pa.schema([("id", pa.string()), ("text", pa.string()), ("metadata", metadata)])


class CleanerExtractor(BaseExtractor):  # type: ignore[misc]
    """Replaces `Trafilatura` in a pipeline: the text of a document is HTML before, and clean text or Markdown after.

    - `cleaner`: a `Cleaner` of your own; without one the shipped rules apply.
    - `format`: "text" or "markdown".
    - `timeout`: seconds for a page. The sandbox process of datatrove also has this time to start.

    An extractor sees the text alone: rules for sites, addresses of links and metadata need `CleanerStep`.
    """

    name = "🧹 cleaner"

    def __init__(self, cleaner: Cleans | None = None, *, format: Format = "text", timeout: float = 30) -> None:
        super().__init__(timeout)
        self.cleaner = cleaner
        self.form = Form(format)

    def extract(self, text: str) -> str:
        """The clean page; empty for one without text, which datatrove drops.

        datatrove extracts an empty text first, before it takes the time of pages. Then this loads rules and scores.
        """
        document = (self.cleaner or shared_cleaner()).clean(text or WARM_UP)
        return self.form.text(document) if text else ""


class CleanerStep(PipelineStep):  # type: ignore[misc]
    """Documents with HTML in, documents with clean text or Markdown out, under the same ids.

    - `cleaner`, `format`: as in `CleanerExtractor`.
    - `url_key`: where the metadata has the page's address, for rules of sites and for links.
    - `media_type`: what all texts are, as in `Cleaner.clean`; without it each text tells.
    - `timeout`: seconds for a page, in a worker process of each task. None: any time, without a process.
    - `max_size`: characters that a page may have.
    - `exclusion_writer`: writes what fails, as it came, with `filter_reason` and `failure` in its metadata.

    The metadata get the fields `METADATA` of the document, None where a page does not tell. What the reader had put
    there under such a name, apart from the address, is kept with `source_` before the name.
    """

    name = "🧹 cleaner"
    type = "🛢 - EXTRAC"

    def __init__(
        self,
        cleaner: Cleans | None = None,
        *,
        format: Format = "text",
        url_key: str = "url",
        media_type: str | None = None,
        timeout: float | None = TIMEOUT,
        max_size: int = MAX_SIZE,
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        super().__init__()
        self.cleaner = cleaner
        self.form = Form(format)
        self.url_key = url_key
        self.media_type = media_type
        self.timeout = timeout
        self.max_size = max_size
        self.exclusion_writer = exclusion_writer

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents that could be cleaned, in their order."""
        workers = 0 if self.timeout is None else 1
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            pages = ((page, self._record(page)) for page in data)
            results = cleaned(
                pages, self.cleaner, self.form, workers=workers, timeout=self.timeout, max_size=self.max_size
            )
            with contextlib.closing(results):
                for page, result in results:
                    self.stat_update(StatHints.total)
                    if self._settle(page, result):
                        self.stat_update(StatHints.forwarded)
                        self.update_doc_stats(page)
                        yield page
                    elif writer is not None:
                        writer.write(page, rank)

    def _record(self, page: Document) -> Record:
        url = page.metadata.get(self.url_key)
        return record_of(str(page.id), page.text, url=url, media_type=self.media_type)

    def _settle(self, page: Document, result: Result) -> bool:
        """Puts a result into the page; whether there is one."""
        if result.document is None:
            failure = result.failure
            assert failure is not None
            self.stat_update(StatHints.dropped, f"dropped_{failure.code}")
            page.metadata |= {"filter_reason": failure.code, "failure": failure.reason}
            return False
        page.text = str(result.text)
        page.metadata = self._metadata(page.metadata, {name: getattr(result.document, name) for name in METADATA})
        return True

    def _metadata(self, given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
        known["url"] = given.get(self.url_key) or known["url"]
        moved = {f"source_{name}" if name in known and name != "url" else name: given[name] for name in given}
        return moved | known
