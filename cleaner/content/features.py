"""What the content model sees of a block: one row of numbers a block, one pass over the page's columns.

`docs/features.md` describes every feature; its table is made from `FEATURES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.models.characters import Counts, Floats, count
from cleaner.normalize import words as words_of
from cleaner.page.candidate import Candidate
from cleaner.page.elements import ElementSignature, Nodes
from cleaner.page.page import Page

Ints = npt.NDArray[np.int64]

FAR = 99
"""Distance to an ancestor that there is none of."""

KEYWORDS: dict[str, str] = {
    "content": "content|article|post|entry|story|body|main|text|blog|news|page|single|prose|markdown|readme|wiki",
    "body": (
        "article-?_*body|(?:post|entry|article)(?:-|_)(?:content|body|text)|story-?body|rich-?text|rte|wysiwyg|"
        "mw-parser|markdown"
    ),
    "nav": "nav|menu|toc|tabs|pager|pagination|paging|skip|drawer|offcanvas|hamburger",
    "header": "header|masthead|topbar|banner|toolbar|logo",
    "footer": "foot|colophon|copyright|legal|bottom",
    "comment": "comment|disqus|repl(?:y|ies)|respond|discussion",
    "related": (
        "related|recommend|similar|also|more-|popular|trending|recent|latest|upsell|cross-sell|suggest|"
        "teaser|next|prev|read-?more"
    ),
    "promo": (
        r"promo|\bads?\b|advert|sponsor|cta|newsletter|subscri|sign-?up|marketing|paywall|popup|modal|overlay|"
        r"dialog|announcement"
    ),
    "meta": "meta|byline|author|date|time|publish|posted|categor|tags?\\b|tag-|info|credit",
    "media": "caption|figure|image|gallery|media|photo|video|slider|carousel|swiper|slick",
    "product": "product|price|sku|add-to-cart|buy|cart|swatch|variant|quantity|stock|checkout|wishlist|basket",
    "details": "desc|detail|spec|feature|overview|summary|ingredients|accordion|tab-?panel|tab-content|faq",
    "review": "review|rating|stars|testimonial|feedback",
    "list": "list|grid|items|results|feed|loop|collection|catalog|tiles",
    "card": "card|item|tile|col-|cell|teaser|thumb",
    "forum": "thread|topic|forum|message|post-?body|question|answer|votes|user|avatar|signature",
    "form": "form|search|login|signin|input|filter|sort|facet|refine|account|register",
    "hidden": "hidden|sr-only|visually|screen-reader|print|hide|d-none|collapse|invisible|tooltip|dropdown|mega",
}
"""Parts of class names, ids and roles that tell what an element is for."""
TAGS = [
    "article",
    "main",
    "footer",
    "aside",
    "form",
    "section",
    "figure",
    "blockquote",
    "dl",
    "button",
    "pre",
    "tr",
    "div",
]
ROLES = {"main": "main", "contentinfo": "footer", "complementary": "aside", "article": "article"}
_TAG_BIT = {tag: 1 << (len(KEYWORDS) + place) for place, tag in enumerate(TAGS)}
_BITS = np.arange(len(KEYWORDS) + len(TAGS), dtype=np.int64)

KINDS = ("heading", "paragraph", "list_item", "code", "table", "image", "math", "rule")


class Feature(NamedTuple):
    name: str
    meaning: str


@cache
def _keyword_set() -> Any:
    """All keywords as one RE2 set, whose pattern numbers are the places of the bits."""
    import re2

    options = re2.Options()
    options.never_capture = True
    keywords = re2.Set.SearchSet(options)
    for pattern in KEYWORDS.values():
        keywords.Add(pattern)
    keywords.Compile()
    return keywords


@lru_cache(maxsize=65_536)
def _bits(tag: str, classes: str, id: str, role: str) -> int:
    """What an element's tag, and its class, id and role together, say of it."""
    bits = _TAG_BIT.get(tag, 0)
    if classes or id or role:
        for place in _keyword_set().Match(f"{classes} {id} #{role}".lower()) or ():
            bits |= 1 << place
    for name in role.lower().split():
        bits |= _TAG_BIT.get(ROLES.get(name, ""), 0)
    return bits


_ROOM = 256
"""Features that a page's table has room for."""


class _Table:
    """The columns as they are made, with what each means."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.features: list[Feature] = []
        self._columns = np.empty((_ROOM, size), np.float32)

    def add(self, name: str, meaning: str, column: Any) -> None:
        self._columns[len(self.features)] = column
        self.features.append(Feature(name, meaning))

    def matrix(self) -> Floats:
        """Features by blocks: the model compares whole columns."""
        return self._columns[: len(self.features)]


@dataclass(slots=True)
class Rows:
    """The features of a page's blocks that have text."""

    matrix: Floats
    """Features by blocks."""
    features: list[Feature]
    blocks: list[int]
    """Number of each row's block in the page."""
    words: Floats


def rows_of(page: Page) -> Rows | None:
    """The features of the blocks with words; None where there are none."""
    numbers = [n for n, block in enumerate(page.blocks) if block.text]
    if not numbers:
        return None
    maker = _Maker(page, numbers)
    maker.make()
    return Rows(maker.table.matrix(), maker.table.features, numbers, maker.counts.words)


class _Maker:
    def __init__(self, page: Page, numbers: list[int]) -> None:
        self.page = page
        self.blocks: list[Candidate] = [page.blocks[n] for n in numbers]
        self.size = len(numbers)
        self.order = np.arange(self.size)
        self.table = _Table(self.size)
        self.counts: Counts = count([block.text for block in self.blocks])
        self.words = self.counts.words
        self.link_density = _link_density(self.blocks, self.counts.characters)
        self.kinds = np.array([KINDS.index(block.kind) for block in self.blocks])
        self.linked_words = self.words * self.link_density
        self.heading = np.array([block.kind == "heading" for block in self.blocks])
        self.prose = (
            ((self.words >= 12) | (self.counts.ideographs > 0.3) & (self.counts.characters > 25))
            & (self.link_density < 0.3)
            & (self.counts.sentence_ends > 0)
        )
        self.prose_words = self.words * self.prose
        self.tree = _Tree(page.nodes, numbers, [block.element for block in self.blocks])
        self.sums = _prefix(
            self.words,
            self.linked_words,
            self.prose_words,
            self.heading,
            self.counts.short_words * self.words,
            self.counts.sentence_ends,
        )
        self.total = max(float(self.sums[-1, 0]), 1.0)

    def make(self) -> None:
        self.own()
        self.keywords()
        self.ancestors()
        self.anchors()
        self.previous_heading()
        self.neighbours()
        self.windows()
        self.whole_page()

    def own(self) -> None:
        c, add = self.counts, self.table.add
        at_least_one = np.maximum(c.words, 1)
        add("words", "words of the block", c.words)
        add("link_density", "share of its characters that are links", self.link_density)
        add("sentence_ends", "ends of sentences", c.sentence_ends)
        add("sentences_per_word", "ends of sentences a word", c.sentence_ends / at_least_one)
        add("upper", "share of its characters that are capitals", c.upper)
        add(
            "kind",
            "kind of block: " + ", ".join(f"{n} {k}" for n, k in enumerate(KINDS)),
            self.kinds,
        )
        add("level", "level of a heading, 0 for others", [b.level or 0 for b in self.blocks])
        self.title_share = self._title_share()
        add(
            "title_share",
            "share of the page title's words that it has, for headings and short blocks",
            self.title_share,
        )
        seen: dict[str, int] = {}
        for block in self.blocks:
            seen[block.text] = seen.get(block.text, 0) + 1
        add("copies", "blocks of the page with the same text", [seen[b.text] for b in self.blocks])
        add("separators", "bars, bullets and slashes", c.separators)

    def _title_share(self) -> Floats:
        title = set(words_of(self.page.facts.title or ""))
        share = np.zeros(self.size, np.float32)
        if title:
            for row in np.flatnonzero(self.heading | (self.words < 25) & (self.words > 2)):
                share[row] = len(title.intersection(words_of(self.blocks[row].text))) / len(title)
        return share

    def keywords(self) -> None:
        distance = self.tree.keyword_distance()
        for place, name in enumerate(KEYWORDS):
            self.table.add(
                f"near_{name}",
                f"levels up to the nearest element whose class, id or role is of the sort {name!r}",
                distance[:, place],
            )
        for place, tag in enumerate(TAGS, len(KEYWORDS)):
            self.table.add(f"in_{tag}", f"levels up to the nearest <{tag}> (or its role)", distance[:, place])
        self.distance = distance

    def ancestors(self) -> None:
        tree, add = self.tree, self.table.add
        inside = self.sums[tree.end] - self.sums[tree.first]
        count_inside = np.maximum(tree.end - tree.first, 1)
        words = np.maximum(inside[:, 0], 1)
        columns = {
            "words": (range(3), "words inside", inside[:, 0]),
            "share": ((0, 4), "share of the page's words inside", inside[:, 0] / self.total),
            "link_density": ((0, 2, 3, 4, 5), "share of the words inside that are links", inside[:, 1] / words),
            "prose": ((2, 3), "share of the words inside that are prose", inside[:, 2] / words),
            "words_a_block": ((5,), "words a block inside", inside[:, 0] / count_inside),
            "blocks": ((2,), "blocks inside", tree.end - tree.first),
            "headings": ((1, 2), "headings a block inside", inside[:, 3] / count_inside),
            "twins": ((0, 1, 3, 4, 5), "siblings with the same tag and classes", tree.twins),
            "copies": (range(3), "elements of the page with the same tag and classes", tree.alike),
            "children": ((1, 2), "block-level children", tree.children),
        }
        node = tree.node
        most_twins = tree.twins[node]
        for level in range(6):
            for name, (levels, meaning, column) in columns.items():
                if level in levels:
                    add(f"up{level}_{name}", f"{meaning}, of the element {level} levels up", column[node])
            most_twins = np.maximum(most_twins, tree.twins[node])
            node = tree.parent[node]
        self.groups()
        add("most_twins", "most siblings with the same tag and classes, of the six nearest elements", most_twins)
        self.inside = inside

    def groups(self) -> None:
        """What the elements with the same tag and classes hold together: a template's slot, wherever it recurs."""
        tree, add = self.tree, self.table.add
        node = tree.node
        for level in range(3):
            group = tree.group[node]
            size = int(group.max()) + 1
            words = np.bincount(group, self.words, size)
            add(
                f"like{level}_share",
                f"share of the page's words in elements like the one {level} levels up",
                (words / self.total)[group],
            )
            add(
                f"like{level}_prose",
                f"share of prose in elements like the one {level} levels up",
                (np.bincount(group, self.prose_words, size) / np.maximum(words, 1))[group],
            )
            add(
                f"like{level}_words_a_block",
                f"words a block in elements like the one {level} levels up",
                (words / np.maximum(np.bincount(group, minlength=size), 1))[group],
            )
            node = tree.parent[node]

    def anchors(self) -> None:
        """Where the block stands to the element with most prose, to the longest block and to the headline."""
        tree, add, order = self.tree, self.table.add, self.order
        weight = np.zeros(tree.size)
        node = tree.node
        for share in (1.0, 0.6, 0.3, 0.15):
            weight += np.bincount(node, self.prose_words * share, minlength=tree.size)
            node = tree.parent[node]
        weight *= 1 - self.inside[:, 1] / np.maximum(self.inside[:, 0], 1)
        top = int(weight.argmax())
        add(
            "in_top",
            "whether the element with most prose near its surface is around it",
            (order >= tree.first[top]) & (order < tree.end[top]),
        )
        add("top_share", "share of the page's words that this element has", self.inside[top, 0] / self.total)
        add("top_from_start", "blocks since that element began (negative before it)", order - tree.first[top])
        add("top_from_end", "blocks until that element ends (negative after it)", tree.end[top] - order)
        longest = int((self.words * (1 - self.link_density)).argmax())
        ones = np.flatnonzero(self.heading & (np.array([b.level for b in self.blocks]) == 1))
        among = ones if len(ones) else np.flatnonzero(self.heading)
        headline = int(among[self.title_share[among].argmax()]) if len(among) else 0
        depth = tree.depth[tree.node]
        add("depth", "block-level elements around it", depth)
        for name, meaning, anchor in (
            ("top", "that element", top),
            ("longest", "the longest block", int(tree.node[longest])),
            ("headline", "the headline", int(tree.node[headline])),
        ):
            common = tree.common_depth(anchor)
            add(f"{name}_common", f"depth of the nearest element around both it and {meaning}", common)
            add(f"{name}_up", f"levels up to it from the block, for {meaning}", depth - common)
            add(f"{name}_down", f"levels down from it, for {meaning}", tree.depth[anchor] - common)
        add("after_headline", "blocks since the headline (negative before it)", order - headline)
        add(
            "words_after_headline",
            "share of the page's words since the headline",
            (self.sums[:-1, 0] - self.sums[headline, 0]) / self.total,
        )
        add("position", "place among the page's blocks, 0 to 1", order / self.size)
        add("word_position", "share of the page's words before it", self.sums[:-1, 0] / self.total)
        add("from_start", "blocks before it", order)
        add("from_end", "blocks after it", self.size - order)
        self.depth, self.headlines = depth, len(ones)

    def previous_heading(self) -> None:
        add, order = self.table.add, self.order
        last = np.maximum.accumulate(np.where(self.heading, order, -1))
        before = np.where(self.heading, np.concatenate(([-1], last[:-1])), last)
        has = before >= 0
        at = np.maximum(before, 0)
        add("heading_distance", "blocks since the last heading, -1 without one", np.where(has, order - at, -1))
        add("heading_depth", "depth against the last heading's", np.where(has, self.depth - self.depth[at], 0))
        add("heading_words", "words of the last heading", np.where(has, self.words[at], -1))

    def neighbours(self) -> None:
        for offset in (-2, -1, 1):
            at = self.order + offset
            exists = (at >= 0) & (at < self.size)
            at = np.clip(at, 0, self.size - 1)
            where = f"{abs(offset)} {'before' if offset < 0 else 'after'}"
            depth = np.where(exists, self.depth[at] - self.depth, 0)
            self.table.add(f"n{offset:+d}_depth", f"depth of the block {where} against this one's", depth)
        before = np.concatenate(([-1], self.kinds[:-1]))
        self.table.add("n-1_kind", "kind of the block before, -1 without one", before)

    def windows(self) -> None:
        for radius in (3, 8, 20):
            low, high = np.maximum(self.order - radius, 0), np.minimum(self.order + radius + 1, self.size)
            around = self.sums[high] - self.sums[low]
            density = around[:, 1] / np.maximum(around[:, 0], 1)
            self.table.add(f"within{radius}_link_density", f"link density within {radius} blocks", density)
        self.table.add(f"within{radius}_words", f"words a block within {radius} blocks", around[:, 0] / (high - low))

    def whole_page(self) -> None:
        add, total, distance = self.table.add, self.total, self.distance
        own = self.tree.own
        article, main = (len(KEYWORDS) + TAGS.index(tag) for tag in ("article", "main"))
        levels = np.array([b.level or 0 for b in self.blocks])
        kinds = [b.kind for b in self.blocks]
        add("page_words", "words of the page", self.sums[-1, 0])
        add("page_blocks", "blocks of the page", self.size)
        add("page_link_density", "link density of the page", self.sums[-1, 1] / total)
        add("page_prose", "share of the page's words that are prose", self.sums[-1, 2] / total)
        add("page_articles", "<article> elements", own[:, article].sum())
        add("page_headlines", "headings of level 1", self.headlines)
        add("page_h2", "headings of level 2", (levels == 2).sum())
        add("page_h3", "headings of level 3", (levels == 3).sum())
        add("page_items", "share of blocks that are list items", kinds.count("list_item") / self.size)
        add("page_code", "blocks of code", kinds.count("code"))
        add("page_currency", "currency signs", self.counts.currency.sum())
        add("page_longest", "words of the longest block", self.words.max())
        add("page_short_words", "share of short words", self.sums[-1, 4] / total)
        add("page_twins", "most siblings with the same tag and classes", self.tree.twins.max())
        for name in ("product", "forum", "review", "list"):
            add(f"page_{name}", f"share of elements of the sort {name!r}", own[:, list(KEYWORDS).index(name)].mean())
        add("page_in_article", "share of words in an <article>", self.words[distance[:, article] < FAR].sum() / total)
        add("page_in_main", "share of words in <main>", self.words[distance[:, main] < FAR].sum() / total)
        add("page_type", "what og:type says: 0 nothing, 1 article, 2 product, 3 website, 4 other", _og_type(self.page))


class _Tree:
    """The page's elements as arrays, with the rows of the blocks in them."""

    def __init__(self, nodes: Nodes, numbers: list[int], elements: list[int]) -> None:
        if not nodes.end:
            nodes = Nodes([-1], [0], [1], [0], [numbers[-1] + 1], [ElementSignature("body")])
        self.size = len(nodes.end)
        self.parent = np.maximum(np.array(nodes.parent, np.int64), 0)
        self.depth = np.array(nodes.depth, np.int64)
        signature = np.array(nodes.signature, np.int64)
        row = np.zeros(numbers[-1] + 2, np.int64)
        row[np.array(numbers) + 1] = 1
        row = np.cumsum(row)  # rows before a block number
        last = len(row) - 1
        self.first = row[np.minimum(np.array(nodes.first), last)]
        self.end = row[np.minimum(np.maximum(np.array(nodes.end), 0), last)]
        self.node = np.maximum(np.array(elements, np.int64), 0)
        bits = np.array([_bits(*like) for like in nodes.signatures], np.int64)
        self.own = ((bits[:, None] >> _BITS) & 1).astype(bool)[signature]
        known: dict[tuple[str, str], int] = {}
        alike = np.array([known.setdefault(like[:2], len(known)) for like in nodes.signatures], np.int64)[signature]
        self.group = alike
        self.alike = np.bincount(alike)[alike]
        _, inverse, counts = np.unique(self.parent * len(known) + alike, return_inverse=True, return_counts=True)
        self.twins = counts[inverse]
        self.children = np.bincount(self.parent, minlength=self.size)

    def keyword_distance(self) -> Floats:
        """For each block the levels up to the nearest element with each bit, level by level from the root."""
        nearest = np.where(self.own, self.depth[:, None], -1).astype(np.int32)
        order = np.argsort(self.depth, kind="stable")
        levels = np.searchsorted(self.depth[order], np.arange(1, self.depth.max() + 2))
        for level in range(1, len(levels)):
            at = order[levels[level - 1] : levels[level]]
            if level > 1:
                nearest[at] = np.maximum(nearest[at], nearest[self.parent[at]])
        mine = nearest[self.node]
        return np.where(mine >= 0, np.minimum(self.depth[self.node][:, None] - mine, FAR), FAR).astype(np.float32)

    def common_depth(self, anchor: int) -> Ints:
        """For each block the depth of the nearest element that is around it and around `anchor`."""
        around = [anchor]
        while around[-1] != 0:
            around.append(int(self.parent[around[-1]]))
        out = np.zeros(len(self.node), np.int64)
        for node in reversed(around):
            out[self.first[node] : self.end[node]] = self.depth[node]
        return out


def _prefix(*columns: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Sums over the rows before each, so that a range's sum is one subtraction."""
    stacked = np.stack([np.asarray(column, np.float64) for column in columns], 1)
    return np.concatenate((np.zeros((1, len(columns))), np.cumsum(stacked, 0)))


def _link_density(blocks: list[Candidate], characters: Floats) -> Floats:
    """Share of each block's characters that are links (Kohlschütter, Fankhauser and Nejdl 2010)."""
    linked = np.zeros(len(blocks), np.float32)
    for row, block in enumerate(blocks):
        spans = block.spans or [span for cells in block.rows for cell in cells for span in cell.spans]
        for span in spans:
            if span.kind == "link":
                linked[row] += span.end - span.start
    density: Floats = np.minimum(linked / characters, 1)
    return density


def _og_type(page: Page) -> int:
    said = next((content.lower() for name, content in page.facts.meta if name == "og:type"), "")
    if not said:
        return 0
    return 1 if "article" in said else 2 if "product" in said else 3 if "web" in said else 4
