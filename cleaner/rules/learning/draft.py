"""What was learnt of a site, and its rule file: each rule with its evidence, what is not certain in comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cleaner.normalize import fold
from cleaner.rules.importing.writing import flow, scalar
from cleaner.rules.learning.evidence import STAYS, Site
from cleaner.rules.learning.fields import FieldFound, fields_of
from cleaner.rules.learning.names import element_of
from cleaner.rules.learning.places import Main, Place, boilerplate, main_container, places_of
from cleaner.rules.learning.texts import RepeatedText, repeated_texts

SCHEMA = "# yaml-language-server: $schema=rules.schema.json"
"""Names the JSON Schema, which `cleaner rules schema` prints, for editors."""
_SAMPLE = 60
"""Characters of a text in a comment."""
_TEST_WORDS = 12
"""Words of a text in a test."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Line:
    """A rule, or a place of metadata, with its evidence."""

    yaml: str
    """On one line, without indent."""
    evidence: str
    certain: bool
    gains: bool = False
    """Whether it takes what cleaner would have kept."""
    verb: str = ""
    css: str = ""
    text: str = ""
    """A text that it drops, or a value of metadata as the pages have it."""
    field: str = ""
    attr: str = ""
    """The attribute that the value of metadata is in."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The rules of a site."""

    site: str
    pages: int
    lines: tuple[Line, ...] = ()
    prose: str = ""
    """A text of the site's own, for tests."""

    def without(self, unwanted: Iterable[Line]) -> Draft:
        """The draft with some lines as doubtful ones."""
        gone = set(unwanted)
        return replace(self, lines=tuple(replace(line, certain=False) if line in gone else line for line in self.lines))

    @property
    def certain(self) -> tuple[Line, ...]:
        """The lines that are rules."""
        return tuple(line for line in self.lines if line.certain)


def draft(name: str, seen: Site) -> Draft:
    """What the pages of a site tell of its rules; `name` is its host."""
    count = len(seen.pages)
    places = places_of(seen)
    found = boilerplate(seen, places)
    main = main_container(seen, places)
    lines = [
        *([_main_line(main, count)] if main is not None else []),
        *(_drop_line(place, count, certain=True) for place in found.certain),
        *(_drop_line(place, count, certain=False) for place in found.doubtful),
        *(_text_line(told, count) for told in repeated_texts(seen, found.certain)),
        *map(_field_line, fields_of(seen.pages)),
    ]
    return Draft(name, count, tuple(lines), _prose(seen))


def _main_line(main: Main, pages: int) -> Line:
    if main.left_out:
        said = f"outside of it is {_quoted(main.left_out[0].text or main.left_out[0].kind)}"
        rest = f" and {len(main.left_out) - 1} more blocks" if len(main.left_out) > 1 else ""
        told = said + rest
    else:
        told = "all that is kept is in it"
    evidence = f"On {main.pages} of {pages} pages; {told}."
    return Line(_rule("main", "css", main.css), evidence, main.certain, verb="main", css=main.css)


def _drop_line(place: Place, pages: int, *, certain: bool) -> Line:
    if place.kept:
        told = f"{place.kept} of {place.blocks} blocks are kept, on {place.kept_pages} pages"
    elif place.repeating:
        told = f"{place.repeating} of {place.blocks} blocks are kept, and repeat"
    else:
        told = f"none of {place.blocks} blocks is kept"
    evidence = f"On {place.pages} of {pages} pages; {told}: {_quoted(place.sample)}"
    yaml, gains = _rule("drop", "css", place.css), place.repeating > 0
    return Line(yaml, evidence, certain, gains, verb="drop", css=place.css, text=place.sample)


def _text_line(told: RepeatedText, pages: int) -> Line:
    kept = told.kept_pages + told.repeating
    text = printable(told.text)
    evidence = f"On {told.pages} of {pages} pages, kept on {kept}."
    certain = told.certain and fold(text) == fold(told.text)
    return Line(_rule("drop", "text", text), evidence, certain, kept > 0, verb="drop", text=text)


def _field_line(found: FieldFound) -> Line:
    place = found.place
    attr = f", attr: {place.attr}" if place.attr else ""
    prefix = place.prefix
    regex = f", regex: {scalar('^' + _escaped(prefix) + ' ?(.+)')}" if prefix else ""
    other = f", another value on {found.wrong}" if found.wrong else ""
    evidence = f"On {found.right} of {found.pages} pages{other}: {_quoted(found.sample)}"
    yaml = f"{place.field}: {{css: {scalar(place.css)}{attr}{regex}}}"
    said = f"{prefix} {found.sample}" if prefix else found.sample
    return Line(yaml, evidence, found.certain, css=place.css, text=said, field=place.field, attr=place.attr)


def _rule(verb: str, key: str, value: str) -> str:
    return f"- {verb}: {{{key}: {scalar(value)}}}"


def _escaped(text: str) -> str:
    """A text as a pattern of RE2."""
    return _PUNCTUATION.sub(r"\\\1", text)


def _prose(site: Site) -> str:
    """A sentence of the site's own."""
    for page, fates in zip(site.pages, site.fates, strict=True):
        for block, fate in zip(page.blocks, fates, strict=True):
            if fate == STAYS and block.kind == "paragraph" and block.words >= _TEST_WORDS:
                return _shortened(block.text)
    return ""


def printable(text: str) -> str:
    """A text without what is not seen or would end a line: controls, marks of direction, lone surrogates."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quoted(text: str) -> str:
    shown = printable(text)
    return f'"{shown[:_SAMPLE].rstrip()}…"' if len(shown) > _SAMPLE else f'"{shown}"'


def _shortened(text: str) -> str:
    return " ".join(printable(text).split(" ")[:_TEST_WORDS])


# The file.


def file_text(draft: Draft, described: str | None = None) -> str:
    """The rule file: `sites`, the rules with their evidence, and tests.

    `described` is what is left of the page `described_page`, for a test of the metadata; without it there is none.
    """
    return "\n".join([*_head(draft), *_sections(draft), *_tests(draft, described)]) + "\n"


def described_page(draft: Draft) -> list[str]:
    """Lines of a page that has the metadata where the rules look for it, and a sentence; none without such rules."""
    fields = [line for line in draft.certain if line.field]
    if not fields:
        return []
    parts = [part for line in fields for part in _field_element(line)]
    return _in_main(draft, [*parts, f"<p>{_escaped_html(draft.prose or 'The text.')}</p>"])


def _field_element(line: Line) -> list[str]:
    tag, attributes = element_of(line.css)
    if line.attr:
        attributes = (*attributes, (line.attr, printable(line.text)))
    opened = " ".join([tag, *(f'{name}="{html.escape(value)}"' for name, value in attributes)])
    return [f"<{opened}>{_escaped_html(printable(line.text))}</{tag}>"]


def _head(draft: Draft) -> Iterator[str]:
    yield SCHEMA
    yield f"# Learnt from {draft.pages} pages of {printable(draft.site)}. What is not certain is commented out: look"
    yield "# at it, and remove it or the sign before it. Then run `cleaner rules check` and `cleaner rules test`."
    yield f"sites: {flow([draft.site])}"


def _sections(draft: Draft) -> Iterator[str]:
    yield from _section("rules", [line for line in draft.lines if not line.field])
    yield from _section("metadata", [line for line in draft.lines if line.field])


def _section(name: str, lines: list[Line]) -> Iterator[str]:
    if not lines:
        return
    yield f"{name}:" if any(line.certain for line in lines) else f"# {name}:"
    for line in lines:
        yield f"  # {line.evidence}"
        yield f"  {line.yaml}" if line.certain else f"  # {line.yaml}"


def _tests(draft: Draft, described: str | None) -> Iterator[str]:
    tests = [*_snippets(draft)]
    page = described_page(draft) if described is not None else []
    if page and described is not None:
        tests.append(("title, author and date are found", page, described.splitlines()))
    if tests:
        yield "tests:"
    for name, body, gives in tests:
        yield f"  - name: {scalar(name)}"
        yield "    html: |"
        yield from (f"      {line}" for line in body)
        yield "    gives: |"
        yield from (f"      {line}".rstrip() for line in gives)


def _snippets(draft: Draft) -> Iterator[tuple[str, list[str], list[str]]]:
    """The tests of the rules: name, HTML, and what is left."""
    prose = draft.prose or "The text."
    paragraph = f"<p>{_escaped_html(prose)}</p>"
    drops = [line for line in draft.certain if line.verb == "drop"]
    main = _main(draft)
    if main is not None:
        body = [*_around(main.css, paragraph), "<p>Beside the text</p>"]
        yield "only what is in the main container stays", body, [prose]
    if drops:
        gone = [part for line in drops for part in _dropped_element(line)]
        yield "what repeats over the pages goes", _in_main(draft, [paragraph, *gone]), [prose]


def _dropped_element(line: Line) -> list[str]:
    if not line.css:
        return [f"<p>{_escaped_html(line.text)}</p>"]
    return _around(line.css, f"<p>{_escaped_html(_shortened(line.text) or 'Beside the text')}</p>")


def _main(draft: Draft) -> Line | None:
    return next((line for line in draft.certain if line.verb == "main"), None)


def _in_main(draft: Draft, body: list[str]) -> list[str]:
    main = _main(draft)
    return body if main is None else _around(main.css, *body)


def _around(css: str, *inside: str) -> list[str]:
    tag, attributes = element_of(css)
    opened = " ".join([tag, *(f'{name}="{html.escape(value)}"' for name, value in attributes)])
    return [f"<{opened}>", *(f"  {line}" for line in inside), f"</{tag}>"]


def _escaped_html(text: str) -> str:
    return html.escape(text, quote=False)
