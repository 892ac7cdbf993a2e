"""Pages with parts of other pages in them, from which a score learns what stands beside main content but is none.

A set of pages has few articles with a list of teasers, with comments or with a box of links inside or right after the
content, where a score that has not seen many of them is often wrong. Parts of other pages are put there. Half of them
lose their class names and ids, because a score should not need these. So the parts are as in the wild, and so is the
page, and what is content is known.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
from lxml.etree import ParserError

from cleaner.intake.encoding import decode
from cleaner.matching.compiled import CompiledRules
from cleaner.normalize import words
from cleaner.rules import load_rules
from cleaner.training.samples import RawPage, Sample, raw_pages, sample

_html: Any = lxml.html
WEIGHT = 0.3
"""Weight of such a page, where that of a real page is 1."""
_KINDS = frozenset(("article", "documentation", "service", "forum"))
"""Kinds of pages that have one main content with prose."""
_RUN = 4
"""Number of words of the runs that tell whether two texts share something."""
_PART_TAGS = ("div", "section", "ul", "aside", "ol")
_NOT_INSIDE = frozenset(("nav", "footer", "header"))
_PART_WORDS = range(25, 401)
_MAX_PART_CHARACTERS = 6_000
_MAX_SHARED = 0.03
"""Maximum share of the runs of a part that its own page's gold text has."""
_MIN_LINKED = 0.15
"""Minimum share of the words of a part that are in links."""
_PARTS_OF_PAGE = 3
_MIN_GOLD_RUNS = 30
_MIN_COVERED = 0.6
"""Minimum share of the runs of the gold text in the element that counts as its container."""
_PLACES = ("last", "after", "after", "before", "inside")
_NUMBERS = (1, 2, 2, 3)
"""Numbers of parts that a page gets."""


@dataclass(frozen=True, slots=True)
class _Bank:
    """Parts of pages that are no content, as HTML, by fold and id of their pages."""

    parts: dict[int, dict[str, list[str]]]

    def draw(self, fold: int, unlike: str, chance: random.Random) -> str | None:
        """A part of another page of the fold; None where there is none."""
        others = [id for id in self.parts.get(fold, ()) if id != unlike]
        return chance.choice(self.parts[fold][chance.choice(others)]) if others else None


def transplanted(folder: Path, folds: Path | None = None, every: int = 1, *, seed: int = 0) -> Iterator[Sample]:
    """Samples of pages with parts of other pages of the same fold, so that no fold sees a page of another."""
    compiled = CompiledRules(load_rules().scoped(None, None))
    pages = list(raw_pages(folder, folds, every))
    bank = _bank(pages, seed)
    for page in pages:
        chance = random.Random(f"{seed} {page.id}")
        tree = _tree(page) if page.kind in _KINDS else None
        container = _container(tree, page.gold) if tree is not None else None
        if container is None:
            continue
        for _ in range(chance.choice(_NUMBERS)):
            part = bank.draw(page.fold, page.id, chance)
            if part is not None:
                _put(_html.fragment_fromstring(part), container, chance)
        source = _html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
        made = sample(RawPage(f"{page.id}+", page.kind, page.fold, source, page.gold), compiled)
        if made is not None:
            made.weight = WEIGHT
            yield made


def _tree(page: RawPage) -> Any:
    """The tree of a page without scripts; None for a page that cannot be read."""
    parser = _html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        tree = _html.document_fromstring(decode(page.html)[0].encode("utf-8", "replace"), parser=parser)
    except (ValueError, ParserError):
        return None
    for element in tree.xpath("//script[not(contains(@type, 'json'))]|//style"):
        element.drop_tree()
    return tree


def _runs(text: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(text[start : start + _RUN]) for start in range(len(text) - _RUN + 1)}


def _bank(pages: Sequence[RawPage], seed: int) -> _Bank:
    parts: dict[int, dict[str, list[str]]] = {}
    for page in pages:
        tree = _tree(page)
        found = list(_parts(tree, _runs(words(page.gold)))) if tree is not None else []
        if found:
            random.Random(f"{seed} {page.id}").shuffle(found)
            texts = [_html.tostring(part, encoding="unicode", with_tail=False) for part in found[:_PARTS_OF_PAGE]]
            parts.setdefault(page.fold, {})[page.id] = texts
    return _Bank(parts)


def _parts(tree: Any, gold: set[tuple[str, ...]]) -> Iterator[Any]:
    """The parts of a page that are lists of links, teasers, comments or asides, and no content."""
    for element in tree.iter(*_PART_TAGS):
        if len(element) < 2 or any(around.tag in _NOT_INSIDE for around in element.iterancestors()):
            continue
        text = element.text_content()
        if len(text) > _MAX_PART_CHARACTERS:
            continue
        said = words(text)
        if len(said) not in _PART_WORDS or len(_runs(said) & gold) > _MAX_SHARED * len(said):
            continue
        linked = sum(len(words(link.text_content())) for link in element.iter("a"))
        if linked >= _MIN_LINKED * len(said):
            yield element


def _container(tree: Any, text: str) -> Any:
    """The innermost element that has most of the gold text; None where that is the body, or where none has."""
    gold = _runs(words(text))
    element = tree.find("body")
    if len(gold) < _MIN_GOLD_RUNS or element is None:
        return None
    inside: Any = element
    while inside is not None:
        element = inside
        inside = next((child for child in element if len(child) and _covers(child, gold)), None)
    return element if element.tag != "body" and _covers(element, gold) else None


def _covers(element: Any, gold: set[tuple[str, ...]]) -> bool:
    return isinstance(element.tag, str) and len(_runs(words(element.text_content())) & gold) >= _MIN_COVERED * len(gold)


def _put(part: Any, container: Any, chance: random.Random) -> None:
    """Puts a part before, after, at the end of, or inside the container of a page's content."""
    part = copy.deepcopy(part)
    if chance.random() < 0.5:
        for element in part.iter():
            if isinstance(element.tag, str):
                element.attrib.pop("class", None)
                element.attrib.pop("id", None)
    place = chance.choice(_PLACES)
    if place == "inside" and len(container) > 2:
        container.insert(chance.randrange(1, len(container)), part)
    elif place in ("after", "before"):
        around = container.getparent()
        around.insert(around.index(container) + (place == "after"), part)
    else:
        container.append(part)
