"""The reader of Markdown: it makes HTML of it, which the HTML reader takes on, and reads its front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.document import PageWarning
from cleaner.markdown.front_matter import read_front_matter
from cleaner.page.page import Origin, Page
from cleaner.page.reading import RuleScope

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """A Markdown text as HTML, not yet made safe, with what its front matter says."""

    html: str
    metadata: dict[str, str]
    """By the names of a document's fields; only what is given, and without the title."""
    title: str | None = None
    title_position: int | None = None
    """How many blocks of the HTML stand before the title; None where there is none or it is no block of its own."""
    warnings: tuple[PageWarning, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    """Metadata beyond that of every document."""


def read_markdown(text: str, scope: RuleScope, *, text_model: Path) -> Page:
    """The page that Markdown is; see `Reader`. It marks its headings up, so no score is asked for them."""
    from cleaner.html.reader import HtmlSource

    given = to_html(text)
    source = HtmlSource(given.html, Origin.MARKDOWN)
    source.facts.front_matter = given.metadata | ({"title": given.title} if given.title else {})
    source.facts.fields = given.fields
    source.facts.language = given.metadata.get("language")
    page = source.read_with(scope)
    page.title_position = given.title_position
    page.warnings += given.warnings
    return page


def to_html(text: str) -> MarkdownPage:
    """The HTML of a Markdown text, raw HTML in it included.

    Never raises: what cannot be parsed within its limits becomes paragraphs of plain text, with a warning.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = read_front_matter(text)
    values = dict(front.values)
    title, position = values.pop("title", None), values.pop("title_position", None)
    body, first_heading, warnings = _body(text[front.length :])
    position_read = _position(title, position, first_heading)
    return MarkdownPage(body, values, title, position_read, front.warnings + warnings, front.fields)


def _position(title: str | None, given: str | None, first_heading: str | None) -> int | None:
    if title is None:
        return None
    if given is not None:
        return int(given) if re.fullmatch("[0-9]{1,9}", given) else None
    # Where the text begins with the title, as many do, it is there already.
    return None if first_heading is not None and _folded(first_heading) == _folded(title) else 0


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _body(text: str) -> tuple[str, str | None, tuple[PageWarning, ...]]:
    """The HTML, the text of a heading of level 1, and warnings."""
    from cleaner.markdown.parser import MAX_NESTING, parser

    env: dict[str, Any] = {}
    try:
        tokens = parser().parse(text, env)
        if max((token.level for token in tokens), default=0) < MAX_NESTING - 1:  # else something was left out
            return parser().renderer.render(tokens, parser().options, env), _top_heading(tokens), ()
    except (RecursionError, ValueError, IndexError):
        pass
    return (
        _as_paragraphs(text),
        None,
        (PageWarning("markdown.nesting", "Markdown nested too deeply: read as plain text"),),
    )


def _top_heading(tokens: Sequence[Token]) -> str | None:
    """The text of the first heading of level 1."""
    for token, content in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return "".join(part.content for part in content.children or ())
    return None


def _as_paragraphs(text: str) -> str:
    parts = (part.strip() for part in re.split(r"\n[^\S\n]*\n", text))
    return "\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)
