"""What a selector costs, measured on a made page.

The page has what pages have: sections with headings, prose with links, lists, a table of tables. On the small one
everything is measured; what is not cheap there is measured on a larger one, where a cost that grows faster than the
page shows.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache

from cleaner.selectors import Elements, Selector

SMALL, LARGE = 30, 120
"""Sections of the pages, of some 35 elements each."""
DEAR = 20
"""Units for each element of a page; most selectors cost fewer than 5."""
MAX_DEAR = 30
"""Dear selectors of one run after which no more are measured: a hostile file has thousands."""


class Costs:
    """Measures selectors, each once."""

    def __init__(self) -> None:
        self._known: dict[Selector, int | None] = {}
        self._dear = 0

    def of(self, selector: Selector) -> int | None:
        """Units for each element, a little more than `DEAR`; None where the selector is cheap or not measured."""
        if selector.compounds is not None or self._dear >= MAX_DEAR or not selector.selects_nodes:
            return None
        if selector not in self._known:
            self._known[selector] = _measured(selector)
            self._dear += self._known[selector] is not None
        return self._known[selector]


def _measured(selector: Selector) -> int | None:
    for sections, limit in ((SMALL, DEAR // 8), (LARGE, DEAR)):
        page = _page(sections)
        cost = selector.cost(page, len(page) * limit)
        if cost <= len(page) * limit:
            return None
    return cost // len(page)


@cache
def _page(sections: int) -> Elements:
    root = ET.Element("html")
    body = ET.SubElement(root, "body")
    for number in range(sections):
        _add_section(body, number)
    return Elements.of(root)


def _add_section(body: ET.Element, number: int) -> None:
    around = ET.SubElement(ET.SubElement(body, "div", {"class": "box main", "id": f"s{number}"}), "section")
    for tag in ("h2", "p", "p", "ul", "table", "p"):
        part = ET.SubElement(around, tag, {"class": f"part {tag}"})
        part.text = "Some words of a text that is as long as a line. " * 3
        if tag == "p":
            ET.SubElement(ET.SubElement(part, "a", {"href": f"/{number}"}), "span").text = "a link"
        for item in range({"ul": 4, "table": 3}.get(tag, 0)):
            inner = ET.SubElement(ET.SubElement(part, "li" if tag == "ul" else "tr"), "a" if tag == "ul" else "td")
            ET.SubElement(inner, "span").text = f"item {item} of {number}"
