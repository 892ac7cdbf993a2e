"""`cleaner explain` for people: a line for each block, and all that is known of those that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from cleaner.explanation import ExplainedBlock, Explanation

Only = Literal["dropped", "kept", "rules", "edges"]
ONLY: tuple[str, ...] = get_args(Only)
_SCORES = ("content.score", "content.whole")
_BESIDE = 3
"""Dropped blocks that are shown before the first kept one and behind the last."""
_MAX_REASON, _MAX_SELECTOR = 44, 48
"""Characters of these columns; what is longer moves the text behind it."""

Style = Literal["kept", "heading", "dropped", "dim", "bold", "note", "plain"]


class Piece(NamedTuple):
    """A stretch of a line, and what it is."""

    text: str
    style: Style = "plain"


Line = list[Piece]


def chosen_blocks(
    explanation: Explanation, only: str | None = None, pattern: str | None = None
) -> tuple[ExplainedBlock, ...]:
    """The blocks that are asked for.

    `only` is one of `ONLY`; `pattern` is a text that a block's text, element or selector contains, or an RE2 pattern.
    Upper and lower case are the same.
    """
    blocks = explanation.blocks
    if only in ("dropped", "kept"):
        blocks = tuple(block for block in blocks if block.kept == (only == "kept"))
    elif only == "rules":
        blocks = tuple(filter(_has_rule, blocks))
    elif only == "edges":
        blocks = _edges(blocks)
    return tuple(block for block in blocks if pattern is None or _contains(block, pattern))


def _has_rule(block: ExplainedBlock) -> bool:
    """Whether a rule decided about a block, or cut something out of it."""
    return any(said.source for said in block.decisions) or any(cut.source for cut in block.cuts)


def _edges(blocks: tuple[ExplainedBlock, ...]) -> tuple[ExplainedBlock, ...]:
    """The first and the last kept block, with the dropped ones beside them."""
    kept = [block.index for block in blocks if block.kept]
    if not kept:
        return ()
    first, last = kept[0], kept[-1]
    shown = {*range(first - _BESIDE, first + 1), *range(last, last + _BESIDE + 1)}
    for step, end in ((1, first), (-1, last)):  # and into the page, as far as it is dropped
        number = end + step
        while 0 <= number < len(blocks) and not blocks[number].kept and abs(number - end) <= _BESIDE:
            shown.add(number)
            number += step
    return tuple(block for block in blocks if block.index in shown)


def _contains(block: ExplainedBlock, pattern: str) -> bool:
    import re2

    said = "\n".join(filter(None, (block.original, block.text, block.element, block.selector, block.src)))
    if pattern.casefold() in said.casefold():
        return True
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        return re2.search(pattern, said, options=options) is not None
    except re2.error:
        return False


def summary_line(explanation: Explanation, name: str) -> str:
    """How much of the page was kept."""
    kept = sum(block.kept for block in explanation.blocks)
    return f"{name}: {len(explanation.blocks)} blocks, {kept} kept, {len(explanation.blocks) - kept} dropped"


def source_lines(explanation: Explanation) -> Iterator[str]:
    """A line for each field of the metadata: its value, and where it is from."""
    for name, sources in explanation.sources.items():
        value = explanation.document.fields.get(name) or getattr(explanation.document, name, None) or ""
        yield f"{name}: {' '.join(str(value).split())} ({', '.join(sources)})"


def kind_of(block: ExplainedBlock) -> str:
    """A block's kind, with the level of a heading."""
    return f"{block.kind} {block.level}" if block.level else block.kind


def reason_of(block: ExplainedBlock) -> str:
    """Why a block was dropped or, where something spoke for it, kept: rule or stage, its place, its scores."""
    parts = [block.reason or "", f"({block.source})" if block.source else "", scores_of(block)]
    return " ".join(part for part in parts if part)


def scores_of(block: ExplainedBlock) -> str:
    """The score beside the threshold, `0.21 < 0.38`, and the second score where that decided."""
    if block.score is None:
        return ""
    if block.reason not in _SCORES or block.threshold is None:
        return f"{block.score:.2f}"
    by_second = block.reason == "content.whole" or (not block.kept and block.score > block.threshold)
    if by_second and block.second_score is not None and block.second_threshold is not None:
        return _compared(block.second_score, block.second_threshold)
    if (block.score > block.threshold) != block.kept:  # it went with its neighbours
        return f"{block.score:.2f}"
    return _compared(block.score, block.threshold)


def _compared(score: float, threshold: float) -> str:
    return f"{score:.2f} {'>' if score > threshold else '<'} {threshold:.2f}"


def selector_of(block: ExplainedBlock) -> str:
    """The selector, and how many blocks it covers where it is more than one."""
    return (block.selector or "") + (f" ({block.fits})" if block.selector and block.fits > 1 else "")


def shown_text(block: ExplainedBlock) -> str:
    """The text, or the address of an image, on one line."""
    return " ".join((block.text or block.src or block.original).split())


def notes_of(block: ExplainedBlock) -> Iterator[str]:
    """What else was decided of a block, and what was taken out of its text."""
    for decision in block.decisions:
        if decision.detail:
            yield f"{decision.action} by {decision.by}: {decision.detail}"
    for cut in block.cuts:
        becomes = f" -> {cut.replacement!r}" if cut.replacement else ""
        place = f" ({cut.source})" if cut.source else ""
        yield f"cut {cut.text!r}{becomes} by {cut.by}{place}"


def details_of(block: ExplainedBlock) -> Iterator[str]:
    """All that is known of a block, and what would change the decision."""
    if block.element:
        yield f"element: {block.element}"
    if block.selector:
        others = "" if block.fits == 1 else f", which covers {block.fits} blocks"
        yield f"selector: {block.selector}{others}"
    if block.second_score is not None and block.second_threshold is not None:
        yield f"second score: {_compared(block.second_score, block.second_threshold)}"
    yield from notes_of(block)
    if block.reason in _SCORES and block.against:
        yield "against it: " + ", ".join(f"{name} {value:g}" for name, value in block.against)
    if block.change:
        yield f"to change it: {block.change}"


def lines_of(
    explanation: Explanation, blocks: Iterable[ExplainedBlock], name: str, *, details: bool, width: int | None
) -> Iterator[Line]:
    """What is printed: the metadata, then for each block number, kept or dropped, kind, reason, selector, text.

    Lines of blocks are shortened to `width` characters, which is None for a pipe. Below kept ones stand their notes;
    with `details` all that is known of a block, of dropped ones too.
    """
    yield [Piece(summary_line(explanation, name), "bold")]
    for line in source_lines(explanation):
        yield [Piece(line, "dim")]
    blocks = tuple(blocks)
    reasons = _width(map(reason_of, blocks), _MAX_REASON if width is None else width // 4)
    selectors = _width(map(selector_of, blocks), _MAX_SELECTOR if width is None else width // 4)
    for block in blocks:
        tells_change = width is None and not block.kept and not details
        yield _block_line(block, reasons, selectors, width, tells_change=tells_change)
        notes = details_of(block) if details else notes_of(block) if block.kept else ()
        for note in notes:
            yield [Piece(f"{'':5}  {'':7}  {'':10}  {' '.join(note.split())}", "note")]
    if blocks and not details and width is not None:
        yield [Piece(_LEGEND, "dim")]


_LEGEND = "A rule keeps a block, `keep: {css: SELECTOR}`, or drops it: `drop: ...`. --grep TEXT tells all of a block."


def _width(texts: Iterable[str], most: int) -> int:
    return min(most, max(map(len, texts), default=0))


def _block_line(block: ExplainedBlock, reasons: int, selectors: int, width: int | None, *, tells_change: bool) -> Line:
    mark, style = ("kept", "kept") if block.kept else ("dropped", "dropped")
    head = f"{block.index:>5}  "
    kind = f"{kind_of(block):<10}"
    reason, selector, text = reason_of(block), selector_of(block), shown_text(block)
    if width is not None:
        reason = _shortened(reason, reasons)
        if len(selector) > selectors:  # its end is what parts it from others
            selector = "…" + selector[len(selector) - selectors + 1 :]
        text = _shortened(
            text, max(10, width - len(head) - 9 - 12 - (reasons + 2) - (selectors + 2 if selectors else 0))
        )
    middle = f"{reason:<{reasons}}  " + (f"{selector:<{selectors}}  " if selectors else "")
    change = f"  [{block.change}]" if tells_change and block.change else ""
    own: Style = "heading" if block.kept and block.kind == "heading" else style  # type: ignore[assignment]
    line = [Piece(head, "dim"), Piece(f"{mark:<7}  ", own), Piece(f"{kind}  ", "dim"), Piece(middle), Piece(text, own)]
    return _stripped([*line, Piece(change, "dim")])


def _shortened(text: str, most: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= most else set_cell_size(text, most - 1).rstrip() + "…"


def _stripped(line: Line) -> Line:
    """A line without the spaces at its end."""
    while line and not line[-1].text.rstrip():
        line.pop()
    if line:
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
    return line
