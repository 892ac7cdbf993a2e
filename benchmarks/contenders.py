"""What cleaner and its peers are called with, a page's bytes and address to its text or to its Markdown with metadata.

Nothing is imported before a job is made, so that the first page of a process can be measured, and so that a peer which
is not installed is left out. Who reads only strings is given the bytes as UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

Job = Callable[[bytes, str], Any]
"""From a page's bytes and its address."""


OURS, FLOOR = "cleaner", "lxml's bare parse"


class Contender(NamedTuple):
    """A library, what makes its jobs, and the distribution that it is in."""

    name: str
    distribution: str
    text: Callable[[], Job]
    """Makes the job that gives the main content as text."""
    markdown: Callable[[], Job] | None = None
    """The same for Markdown with metadata; None where there is none."""

    @property
    def label(self) -> str:
        """The name, with the version of a peer."""
        return self.name if self.name in (OURS, FLOOR) else f"{self.name} ({version(self.distribution)})"

    @property
    def installed(self) -> bool:
        """Whether the library is here."""
        try:
            return bool(version(self.distribution))
        except PackageNotFoundError:
            return False


def _lxml() -> Job:
    import lxml.html

    return lambda html, url: lxml.html.document_fromstring(html)


def _cleaner() -> Job:
    from cleaner import Cleaner

    engine = Cleaner()
    return lambda html, url: engine.clean(html, url=url).text


def _cleaner_markdown() -> Job:
    from cleaner import Cleaner

    engine = Cleaner()
    return lambda html, url: engine.clean(html, url=url).to_markdown()


def _trafilatura(**options: Any) -> Job:
    import trafilatura

    return lambda html, url: trafilatura.extract(html, url=url, **options) or ""


def _trafilatura_markdown(**options: Any) -> Job:
    return _trafilatura(output_format="markdown", with_metadata=True, **options)


def _resiliparse() -> Job:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html, url: extract_plain_text(html.decode("utf-8", "replace"), main_content=True, alt_texts=False)


def _justext() -> Job:
    import justext

    words = justext.get_stoplist("English")
    return lambda html, url: "\n".join(p.text for p in justext.justext(html, words) if not p.is_boilerplate)


def _readability() -> Job:
    import lxml.html
    from readability import Document

    def text(html: bytes, url: str) -> str:
        """The text of the summary, which is HTML, with a line for a block."""
        root = lxml.html.fromstring(Document(html, url=url).summary(html_partial=True))
        for block in root.iter("p", "div", "li", "tr", "td", "br", "pre", "h1", "h2", "h3", "h4", "h5", "h6"):
            block.tail = "\n" + (block.tail or "")
        return str(root.text_content())

    return text


def _html_to_markdown(output_format: str) -> Job:
    from html_to_markdown import ConversionOptions, PreprocessingOptions, convert

    options = ConversionOptions(
        output_format=output_format, preprocessing=PreprocessingOptions(enabled=True, preset="aggressive")
    )
    return lambda html, url: convert(html.decode("utf-8", "replace"), options).content or ""


CONTENDERS = (
    Contender(FLOOR, "lxml", _lxml),
    Contender(OURS, "cleaner", _cleaner, _cleaner_markdown),
    Contender("Trafilatura", "trafilatura", _trafilatura, _trafilatura_markdown),
    Contender(
        "Trafilatura, fast",
        "trafilatura",
        partial(_trafilatura, fast=True),
        partial(_trafilatura_markdown, fast=True),
    ),
    Contender("Resiliparse", "resiliparse", _resiliparse),
    Contender("jusText", "justext", _justext),
    Contender("readability-lxml", "readability-lxml", _readability),
    Contender(
        "html-to-markdown",
        "html-to-markdown",
        partial(_html_to_markdown, "plain"),
        partial(_html_to_markdown, "markdown"),
    ),
)
