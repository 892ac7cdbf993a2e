"""What was learnt of a site, as the text of a rule file: each rule with its evidence, what is not certain in comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.rules.importing.writing import flow, scalar
from cleaner.rules.learning.evidence import STAYS, Site
from cleaner.rules.learning.fields import FieldFound, fields_of
from cleaner.rules.learning.names import element_of
from cleaner.rules.learning.places import Main, Place, boilerplate, main_container, places_of
from cleaner.rules.learning.survey import PageSurvey

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
    verb: str = ""
    css: str = ""
    text: str = ""
    """A text that it drops."""
    field: str = ""


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
        return replace(
            self, lines=tuple(replace(line, certain=False) if line in gone else line for line in self.lines)
        )

    @property
    def certain(self) -> tuple[Line, ...]:
        """The lines that are rules."""
        return tuple(line for line in self.lines if line.certain)


def draft(site: str, surveys: Sequence[PageSurvey]) -> Draft:
    """What the pages of a site tell of its rules."""
    seen = Site(surveys)
    count = len(seen.pages)
    places = places_of(seen)
    found = boilerplate(seen, places)
    main = main_container(seen, places)
    lines = [
        *([_main_line(main, count)] if main is not None else []),
        *(_drop_line(place, count, certain=True) for place in found.certain),
        *(_drop_line(place, count, certain=False) for place in found.doubtful),
        *map(_field_line, fields_of(seen.pages)),
    ]
    return Draft(site, count, tuple(lines), _prose(seen))


def _main_line(main: Main, pages: int) -> Line:
    if main.left_out:
        said = f"outside of it is {_quoted(main.left_out[0].text or main.left_out[0].kind)}"
        rest = f" and {len(main.left_out) - 1} more blocks" if len(main.left_out) > 1 else ""
        told = said + rest
    else:
        told = "all that is kept is in it"
    return Line(_rule("main", main.css), f"On {main.pages} of {pages} pages; {told}.", main.certain, "main", main.css)


def _drop_line(place: Place, pages: int, *, certain: bool) -> Line:
    parts = [f"On {place.pages} of {pages} pages, {place.blocks} blocks"]
    if place.repeating:
        parts.append(f"{place.repeating} of them kept although they repeat")
    parts.append(f"{place.kept} kept on {place.kept_pages} pages" if place.kept else "none is the page's own")
    evidence = f"{', '.join(parts)}: {_quoted(place.sample)}"
    return Line(_rule("drop", place.css), evidence, certain, "drop", place.css, place.sample)


def _field_line(found: FieldFound) -> Line:
    place = found.place
    attr = f", attr: {place.attr}" if place.attr else ""
    prefix = place.prefix
    regex = f", regex: {scalar('^' + _escaped(prefix) + ' ?(.+)')}" if prefix else ""
    other = f", another value on {found.wrong}" if found.wrong else ""
    evidence = f"On {found.right} of {found.pages} pages{other}: {_quoted(found.sample)}"
    yaml = f"{place.field}: {{css: {scalar(place.css)}{attr}{regex}}}"
    return Line(yaml, evidence, found.certain, css=place.css, field=place.field)


def _rule(verb: str, css: str) -> str:
    return f"- {verb}: {{css: {scalar(css)}}}"


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


def file_text(draft: Draft) -> str:
    """The rule file: `sites`, the rules with their evidence, and tests."""
    return "\n".join([*_head(draft), *_rules(draft), *_metadata(draft), *_tests(draft)]) + "\n"


def _head(draft: Draft) -> Iterator[str]:
    yield SCHEMA
    yield f"# From {draft.pages} pages of {printable(draft.site)}. What is not certain is a comment: look at it, and"
    yield "# take away the sign in front, or the lines. Then run `cleaner rules check` and `cleaner rules test`."
    yield f"sites: {flow([draft.site])}"


def _rules(draft: Draft) -> Iterator[str]:
    yield from _section("rules", [line for line in draft.lines if not line.field])


def _metadata(draft: Draft) -> Iterator[str]:
    yield from _section("metadata", [line for line in draft.lines if line.field])


def _section(name: str, lines: list[Line]) -> Iterator[str]:
    if not lines:
        return
    yield f"{name}:" if any(line.certain for line in lines) else f"# {name}:"
    for line in lines:
        yield f"  # {line.evidence}"
        yield f"  {line.yaml}" if line.certain else f"  # {line.yaml}"


def _tests(draft: Draft) -> Iterator[str]:
    tests = list(_snippets(draft))
    if tests:
        yield "tests:"
    for name, body, gives in tests:
        yield f"  - name: {scalar(name)}"
        yield "    html: |"
        yield from (f"      {line}" for line in body)
        yield "    gives: |"
        yield f"      {gives}"


def _snippets(draft: Draft) -> Iterator[tuple[str, list[str], str]]:
    """The tests of a draft: name, HTML, and what is left."""
    if not draft.prose:
        return
    prose = f"<p>{html.escape(draft.prose, quote=False)}</p>"
    rules = [line for line in draft.certain if line.verb]
    main = next((line.css for line in rules if line.verb == "main"), None)
    for line in rules:
        if line.verb == "main":
            yield f"the text is in {line.css}", [*_around(line.css, prose), "<p>Beside it</p>"], draft.prose
            continue
        gone = _around(line.css, f"<p>{html.escape(_shortened(line.text) or 'Beside it', quote=False)}</p>")
        body = [prose, *gone] if main is None else _around(main, prose, *gone)
        yield f"{line.css} goes", body, draft.prose


def _around(css: str, *inside: str) -> list[str]:
    tag, attribute = element_of(css)
    opened = f'{tag} {attribute[0]}="{html.escape(attribute[1])}"' if attribute else tag
    return [f"<{opened}>", *(f"  {line}" for line in inside), f"</{tag}>"]
