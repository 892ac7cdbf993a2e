"""What only shows when it is known which blocks stay: the title, captions, rules between blocks."""

from __future__ import annotations

from cleaner.normalize import fold
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Page

_TITLE_WITHIN = 3
"""Blocks of content that may stand above the title: a kicker, a date, a byline."""


def finish(page: Page, title: str | None, *, is_markdown: bool = False) -> None:
    """Settles the structure of a decided page; `title` is what its metadata says, as a hint."""
    _keep_notes(page)
    _merge_captions(page)
    if is_markdown:
        _place_title(page, title)
        _settle_rules(page)
        return
    _settle_rules(page)
    found = _existing_title(page) or _find_title(page, title) or _title_of_text(page)
    if found is not None:
        _make_title(found)


def _place_title(page: Page, title: str | None) -> None:
    """The title of Markdown is what its front matter says, at its place, or else the heading that it begins with."""
    kept = [block for block in page.blocks if block.kept]
    if title and page.title_position is not None:
        block = Candidate("heading", " ".join(title.split()))
        before = kept[page.title_position] if page.title_position < len(kept) else None
        page.blocks.insert(page.blocks.index(before) if before else len(page.blocks), block)
        _make_title(block)
    elif kept and kept[0].level == 1 and (not title or fold(title) == fold(kept[0].text)):
        _make_title(kept[0])


def title_of(page: Page) -> str | None:
    """The text of the title block."""
    found = _existing_title(page)
    return found.text if found else None


def _existing_title(page: Page) -> Candidate | None:
    return next((b for b in page.blocks if b.role == "title" and b.kept), None)


def _make_title(block: Candidate) -> None:
    if not block.kept:
        block.kept = True
        block.history += (Decision("keep", "structure.title"),)
    block.role, block.level = "title", 1
    block.spans, block.containers = [], ()
    block.text = block.text.replace("\n", " ")


def _find_title(page: Page, title: str | None) -> Candidate | None:
    """The heading that is the document's title: in its first blocks or above them, and what the page calls itself."""
    content = [n for n, b in enumerate(page.blocks) if b.kept and b.text and b.kind != "heading"]
    last = content[min(_TITLE_WITHIN, len(content) - 1)] if content else len(page.blocks)
    headings = [(n, b) for n, b in enumerate(page.blocks[:last]) if b.kind == "heading" and b.text and not _dropped(b)]
    hint = fold(title or "")
    same = [(n, b) for n, b in headings if hint and _same(fold(b.text), hint)]
    first = content[0] if content else len(page.blocks)
    tops = same or [(n, b) for n, b in headings if b.level == 1 and (b.kept or n < first)]
    if not tops:
        return None
    return min(tops, key=lambda item: (item[1].level or 6, not item[1].kept, -item[0]))[1]


def _title_of_text(page: Page) -> Candidate | None:
    """The heading that the content of a text begins with."""
    kept = [block for block in page.blocks if block.kept] if page.forms is not None else []
    return kept[0] if len(kept) > 1 and kept[0].kind == "heading" else None


def _dropped(block: Candidate) -> bool:
    """Whether a rule dropped it, which an extractor's choice is not."""
    return not block.kept and block.decided is not None and block.decided.source is not None


def _same(heading: str, hint: str) -> bool:
    if heading == hint:
        return True
    shorter, longer = sorted((heading, hint), key=len)
    return len(shorter.split()) >= 3 and f" {shorter} " in f" {longer} "


def _keep_notes(page: Page) -> None:
    """A footnote stays where a reference to it stays, unless a rule says otherwise."""
    referred = {s.value for b in page.blocks if b.kept for s in b.spans if s.kind == "footnote_ref"}
    if not referred:
        return
    for block in page.blocks:
        is_note = any(c.kind == "footnote" and c.label in referred for c in block.containers)
        if is_note and not block.kept and not _dropped(block):
            block.kept = True
            block.history += (Decision("keep", "structure.footnote"),)


def _merge_captions(page: Page) -> None:
    """A caption becomes a part of its image where both stay."""
    for block in page.blocks:
        if block.caption_of is None or not block.kept:
            continue
        image = page.blocks[block.caption_of]
        if image.kept:
            text = block.text.replace("\n", " ")
            image.caption = f"{image.caption} {text}" if image.caption else text
            block.kept, block.merged = False, True


def _settle_rules(page: Page) -> None:
    """A thematic break stands between two blocks: not at the edge, which footnotes are beyond, not twice."""
    last: Candidate | None = None
    before = False
    for block in page.blocks:
        if not block.kept or any(container.kind == "footnote" for container in block.containers):
            continue
        if block.kind == "rule":
            block.kept = before and not (last is not None and last.kind == "rule")
        if block.kept:
            last, before = block, True
    if last is not None and last.kind == "rule":
        last.kept = False
