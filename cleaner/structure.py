"""What only shows when it is known which blocks stay: the document's title, captions, thematic breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cleaner import lazily
from cleaner.document import Container
from cleaner.metadata.claims import plain, unescaped
from cleaner.metadata.fields import names_of_site
from cleaner.metadata.titles import without_end
from cleaner.normalize import count_words, fold, has_words
from cleaner.page.candidate import Candidate, Cut, Decision
from cleaner.page.edits import Edit, apply
from cleaner.page.facts import Facts
from cleaner.page.page import Origin, Page

_TITLE_WITHIN = 3
"""Maximum blocks of content that may stand above the title: a kicker, a date, a byline."""
_LEAST_WORDS = 3
"""Words of a title that a line without the form of a heading may be, and of one that is a part of a longer one."""
_BY = "structure.title"
_NOTES = "structure.footnote"
_EMPTY = "structure.empty"
_LONGEST_RUN = 2
"""Headings in a row under which nothing stands: a section's and its first part's."""
_LABEL_WORDS = 7
"""Maximum words of a heading that only announces what stands under it: "You may also like these stories"."""
_SENTENCE_END = lazily.pattern(r"(?<!\.)[.!。！](?!\.)\W*$")
_REFERENCE = lazily.pattern(r"&(?:amp;)?(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")
"""A character reference, escaped once or twice."""


def finish(page: Page, title: str | None, *, is_exact: bool = False, url: str | None = None) -> str | None:
    """Settles the structure of a decided page, and returns the title of its document.

    `title` is what the metadata says. It is the text of the title block, or there is none: a heading that is the same
    as the title but for a site's name becomes the title block, and its text the title. Where `is_exact`, a rule has
    given the title, and only a heading that is equal to it is the title block. `url` is the address that the caller
    knows, whose host names the site.
    """
    _keep_notes(page)
    _merge_captions(page)
    _number_items(page)
    if page.origin is Origin.MARKDOWN:
        settled = _place_title(page, title, is_exact)
        _settle_rules(page)
        return settled
    _settle_notes(page)
    if page.origin is Origin.HTML:
        _drop_last_headings(page)
    _settle_rules(page)
    return _settle_title(page, title, is_exact, url)


def _place_title(page: Page, title: str | None, is_exact: bool) -> str | None:
    """Settles the title of Markdown: what its front matter says, at its place, or the heading that it begins with."""
    kept = [block for block in page.blocks if block.kept]
    given = title if is_exact else plain(page.facts.front_matter.get("title"))
    if given and page.title_position is not None:
        block = Candidate("heading", given)
        before = kept[page.title_position] if page.title_position < len(kept) else None
        page.blocks.insert(page.blocks.index(before) if before else len(page.blocks), block)
        return _make_title(block)
    first = next((block for block in kept if block.kind != "rule"), None)
    if first is None or first.level != 1 or not has_words(first.text):
        return title
    is_same = first.text == given if is_exact else not given or fold(given) == fold(first.text)
    return _make_title(first) if is_same else title


def _settle_title(page: Page, title: str | None, is_exact: bool, url: str | None) -> str | None:
    """Settles the title of HTML or text. A page's top heading stays even where it is not the title."""
    if page.origin is Origin.TEXT:
        found = _title_of_text(page)
        return _make_title(found) if found is not None else title
    headings = _top_headings(page)
    same = [item for item in headings if title and _is_title(item[1], title, is_exact, page.facts, url)]
    same = _not_outside(same) or same  # above the elements of `main` there may be the title, but no other heading
    headings = _not_outside(headings)
    if not same and not is_exact:
        same = [item for item in headings if item[1].level == 1 and _is_heading_by_rule(item[1])]
    first = next((n for n, b in enumerate(page.blocks) if _is_content(b)), len(page.blocks))
    line = _title_line(_top(page), title) if title is not None and not same and not is_exact else None
    if line is not None:
        line.kind = "heading"
        return _make_title(line)
    tops = same or [(n, b) for n, b in headings if b.level == 1 and (b.kept or n < first)]
    if not tops:
        return title
    found = min(tops, key=lambda item: (item[1].level or 6, not item[1].kept, -item[0]))[1]
    if not same and title is not None:
        _keep(found)
        return title
    if title is not None and not is_exact and fold(found.text) != fold(title):
        _decode_references(found)
        if _has_site_behind(found.text, title, page.facts, url):
            _cut_behind(found, title)
    return _make_title(found)


def _not_outside(headings: list[tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    return [item for item in headings if not item[1].is_outside]


def _title_line(blocks: Sequence[Candidate], title: str) -> Candidate | None:
    """The paragraph nearest to the text that is the title and nothing else: old pages have no other headings."""
    given = fold(title)
    if count_words(title) < _LEAST_WORDS:
        return None  # the names of sections in a menu are shorter
    lines = (b for b in reversed(blocks) if b.kind == "paragraph" and not _dropped(b) and not b.containers)
    return next((block for block in lines if fold(block.text) == given), None)


def _top_headings(page: Page) -> list[tuple[int, Candidate]]:
    """The headings in the first blocks of the content and above it, with their numbers."""
    headings = [(number, block) for number, block in enumerate(_top(page)) if block.kind == "heading"]
    return [
        (number, block)
        for number, block in headings
        if has_words(block.text) and (block.is_outside or not _dropped(block))
    ]


def _top(page: Page) -> Sequence[Candidate]:
    """The blocks above the content, and its first ones."""
    content = [number for number, block in enumerate(page.blocks) if _is_content(block)]
    return page.blocks[: content[min(_TITLE_WITHIN, len(content) - 1)]] if content else page.blocks


def _is_content(block: Candidate) -> bool:
    return block.kept and bool(block.text) and block.kind != "heading"


def _is_title(heading: Candidate, title: str, is_exact: bool, facts: Facts, url: str | None) -> bool:
    if is_exact:
        return " ".join(heading.text.split()) == title
    text = unescaped(heading.text)
    return _same(fold(text), fold(title)) or _has_site_behind(text, title, facts, url)


def _has_site_behind(text: str, title: str, facts: Facts, url: str | None) -> bool:
    """Whether a heading is the title, a sign and the name of the site, which the metadata has left out."""
    goes_on = len(text) > len(title) and text.startswith(title)
    return goes_on and without_end(text, names_of_site(facts, url=url)) == title


def _cut_behind(block: Candidate, title: str) -> None:
    """Cuts what stands after the title in its heading."""
    rest = Edit(len(title), len(block.text), "")
    block.cuts += (Cut(block.text[rest.start :], _BY, None),)
    apply(block, [rest])


def _is_heading_by_rule(block: Candidate) -> bool:
    return any(decision.action == "heading" and decision.source is not None for decision in block.history)


def _make_title(block: Candidate) -> str:
    """Makes a block the title; returns its text."""
    _keep(block)
    block.role, block.level = "title", 1
    block.spans, block.containers = [], ()
    block.text = block.text.replace("\n", " ")
    return block.text


def _keep(block: Candidate) -> None:
    if not block.kept:
        block.kept = True
        block.history += (Decision("keep", _BY),)


def _decode_references(block: Candidate) -> None:
    """Decodes what a program has escaped twice, so that a reader sees "&#38;" where the page's other titles do not."""
    found = [(match, unescaped(match[0])) for match in _REFERENCE.finditer(block.text)]
    edits = [Edit(match.start(), match.end(), char) for match, char in found if len(char) == 1 and char.isprintable()]
    block.cuts += tuple(Cut(block.text[e.start : e.end], _BY, None, e.replacement) for e in edits)
    apply(block, edits)


def _title_of_text(page: Page) -> Candidate | None:
    """The title that reading found, or the heading that the content begins with."""
    kept = [block for block in page.blocks if block.kept]
    named = next((block for block in kept if block.role == "title"), None)
    if named is not None:
        return named
    return kept[0] if len(kept) > 1 and kept[0].kind == "heading" else None


def _is_left_out(block: Candidate) -> bool:
    """Whether an extractor's choice dropped it, and no rule."""
    return not block.kept and block.decided is not None and block.decided.source is None


def _dropped(block: Candidate) -> bool:
    """Whether a rule dropped it, which an extractor's choice is not."""
    return not block.kept and block.decided is not None and block.decided.source is not None


def _same(heading: str, title: str) -> bool:
    """Whether a heading is the title, or the greater part of it; one that says more than the title is another one."""
    return heading == title or (len(heading.split()) >= _LEAST_WORDS and f" {heading} " in f" {title} ")


def _keep_notes(page: Page) -> None:
    """A footnote stays where a reference to it stays, unless a rule says otherwise."""
    referred = {s.value for b in page.blocks if b.kept for s in b.spans if s.kind == "footnote_ref"}
    if not referred:
        return
    for block in page.blocks:
        is_note = any(c.kind == "footnote" and c.label in referred for c in block.containers)
        if is_note and not block.kept and not _dropped(block):
            block.kept = True
            block.history += (Decision("keep", _NOTES),)


def _settle_notes(page: Page) -> None:
    """Drops what the form of footnotes says: a heading over nothing but notes, and the sign that a note began with."""
    heading: Candidate | None = None
    has_notes = False
    for block in page.blocks:
        if not block.kept or block.kind == "rule":
            continue
        is_note = _is_note(block)
        if is_note and not block.text and not block.spans and block.kind != "image":
            block.kept, block.merged = False, True
        elif block.kind == "heading" and not is_note:
            _drop_over_notes(heading, has_notes)
            heading, has_notes = block, False
        elif not is_note:
            heading = None
        elif heading is not None:
            has_notes = True
    _drop_over_notes(heading, has_notes)


def _drop_last_headings(page: Page) -> None:
    """Drops the last headings of a page that stand over what an extractor has left out.

    More than two in a row are a list of their own.
    """
    last: list[int] = []
    for number in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[number]
        if not block.kept or block.kind == "rule":
            continue
        if block.kind != "heading":
            break
        last.append(number)
    else:
        return
    if len(last) > _LONGEST_RUN:
        return
    for number in last:
        if not _is_mere_label(page.blocks[number]) or not _stands_over_left_out(page, number, last):
            return
        _drop_heading(page.blocks[number], _EMPTY)


def _is_mere_label(heading: Candidate) -> bool:
    """Whether a heading says nothing without what stands under it: neither a number, nor a sentence or a quotation."""
    text = heading.text
    is_short = len(text.split()) <= _LABEL_WORDS and _SENTENCE_END.search(text) is None
    return is_short and not heading.containers and not any(map(str.isdigit, text))


def _stands_over_left_out(page: Page, number: int, run: Sequence[int]) -> bool:
    """Whether what an extractor has left out follows a heading in the innermost element around more than its run."""
    under = next((n for n in range(number + 1, len(page.blocks)) if page.blocks[n].kind != "rule"), None)
    if under is None or not _is_left_out(page.blocks[under]):
        return False
    nodes, node = page.nodes, page.blocks[number].element
    while node >= 0 and run[-1] <= nodes.first[node] and nodes.end[node] <= run[0] + 1:
        node = nodes.parent[node]
    return node < 0 or under < nodes.end[node] or under in run


def _is_note(block: Candidate) -> bool:
    return any(container.kind == "footnote" for container in block.containers)


def _drop_over_notes(heading: Candidate | None, has_notes: bool) -> None:
    if heading is not None and has_notes:
        _drop_heading(heading, _NOTES)


def _drop_heading(heading: Candidate, reason: str) -> None:
    """Drops a heading that no rule wants."""
    if heading.decided is None or heading.decided.source is None:
        heading.kept, heading.decided = False, Decision("drop", reason)
        heading.history += (heading.decided,)


def _merge_captions(page: Page) -> None:
    """A caption becomes a part of its image where both stay, instead of the title that the image may have."""
    captions: dict[int, list[str]] = {}
    for block in page.blocks:
        if block.caption_of is not None and block.kept and page.blocks[block.caption_of].kept:
            captions.setdefault(block.caption_of, []).append(block.text.replace("\n", " "))
            block.kept, block.merged = False, True
    for image, texts in captions.items():
        page.blocks[image].caption = " ".join(texts)


def _number_items(page: Page) -> None:
    """The numbers of a list go on as if the items that rules have dropped had never been there."""
    dropped = (block for block in page.blocks if block.containers and _dropped(block))
    gone = {c.key for block in dropped for c in block.containers if c.number is not None}
    if not gone:
        return
    gone -= {c.key for block in page.blocks if block.kept for c in block.containers}
    lists: dict[int, dict[int, Container]] = {}
    for block in page.blocks:
        for item in block.containers:
            if item.number is not None and item.list is not None:
                lists.setdefault(item.list, {})[item.key] = item
    numbers = {key: value for items in lists.values() for key, value in _moved_up(list(items.values()), gone)}
    for block in page.blocks:
        if any(item.key in numbers for item in block.containers):
            block.containers = tuple(
                replace(item, number=numbers.get(item.key, item.number)) for item in block.containers
            )


def _moved_up(items: list[Container], gone: set[int]) -> Iterator[tuple[int, int]]:
    """The keys of items whose numbers change, with the new ones; a number that the page gives itself stays."""
    falls = len(items) > 1 and (items[1].number or 0) < (items[0].number or 0)
    moved, before = 0, 0
    ordered: Iterable[Container] = reversed(items) if falls else items
    for item in ordered:
        value = item.number or 0
        moved = moved if value == before + 1 else 0
        before = value
        if item.key in gone:
            moved += 1
        elif moved:
            yield item.key, value - moved


def _settle_rules(page: Page) -> None:
    """A thematic break stands between two blocks: not at the edge, which footnotes are beyond, not twice."""
    last: Candidate | None = None
    before = False
    for block in page.blocks:
        if not block.kept or _is_note(block):
            continue
        if block.kind == "rule":
            block.kept = before and not (last is not None and last.kind == "rule")
        if block.kept:
            last, before = block, True
    if last is not None and last.kind == "rule":
        last.kept = False
