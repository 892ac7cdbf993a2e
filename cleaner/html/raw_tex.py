"""TeX among text, on pages that load a program to set it: formulas between delimiters become spans and blocks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from cleaner import lazily
from cleaner.document import Span
from cleaner.page.candidate import Candidate
from cleaner.page.edits import Edit, put_spans, stretches, texts_with_spans
from cleaner.page.elements import Mark
from cleaner.page.spans import LITERAL, Edited

_PROGRAMS = ("MathJax", "mathjax", "KaTeX", "katex")
_FORMULA = lazily.pattern(
    r"\\\((?P<round>(?:[^\\\n]++|\\[^()\n])++)\\\)|\\\[(?P<square>(?:[^\\]++|\\[^\[\]])++)\\\]|"
    r"\$\$(?P<double>[^$]+)\$\$|"
    r"(?P<environment>\\begin\{(?P<name>equation|align|gather|multline|eqnarray)(?P<star>\*?)\}"
    r"(?:[^\\]++|\\(?!(?:begin|end)\{(?P=name)(?P=star)\}).)++\\end\{(?P=name)(?P=star)\})|"
    r"(?<![\\$\w])\$(?P<single>[^\s$](?:[^$\n]{0,400}?[^\s$\\])?)\$(?![\d$\w])",
    re.S,
)
# None of them holds its own opening: so a text of openings that nothing closes is read once.
_OPENINGS = ("\\(", "\\[", "$", "\\begin{")
_NO_TEXT = frozenset(("code", "math", "image", "rule"))
_SIGN = lazily.pattern(r"[\\^_=<>{}+*/|]|^[A-Za-z]\w?'?$|^-?\d+$|^[A-Za-z]\([A-Za-z]\)$")
_PROSE = lazily.pattern(r"(?<![\\{A-Za-z])[A-Za-z]{3,}[,;]? +[A-Za-z]{2,}[,;]? +[A-Za-z]{2,}")
"""Three words in a row: between two dollar signs stands a sentence with two prices."""


def loads_math(source: str) -> bool:
    """Whether a page names a program that sets its TeX."""
    return any(name in source for name in _PROGRAMS)


def holds_tex(blocks: Iterable[Candidate]) -> bool:
    """Whether what has the form of a formula is in the text of a block."""
    return any(_may_hold(block) and _FORMULA.search(block.text) is not None for block in blocks)


def _may_hold(block: Candidate) -> bool:
    """Whether a block is text, and what begins a formula is in it."""
    text = block.text
    return ("$" in text or "\\" in text) and block.kind not in _NO_TEXT and any(sign in text for sign in _OPENINGS)


def read_formulas(blocks: Sequence[Candidate], marks: Sequence[Mark]) -> list[Mark]:
    """Makes formulas of the TeX between delimiters in the blocks' texts; returns the marks of selectors, moved.

    `\\(x\\)` and `$x$` become spans; `\\[x\\]`, `$$x$$` and an environment become a block where nothing stands
    beside them. Code stays as it is, and so does what is between two dollar signs but has no sign of TeX in it.
    """
    changed: dict[int, Edited] = {}
    for number, block in enumerate(blocks):
        if not _may_hold(block):
            continue
        edits: list[Edit] = []
        for start, text in stretches(block):
            edits += _formulas(start, text)
        if edits:
            edits = _outside_literals(block, edits)
        if edits:
            changed[number] = Edited(block.text, edits)
            _set(block, edits)
    return list(_moved(marks, changed))


def _formulas(start: int, text: str) -> list[Edit]:
    """The formulas of a text that stands at `start`, as replacements of their delimiters and what is between."""
    found = []
    for match in _FORMULA.finditer(text):
        tex = next(match[name] for name in ("round", "square", "double", "environment", "single") if match[name])
        if match["single"] and (_SIGN.search(tex) is None or _PROSE.search(tex)):
            continue
        tex = " ".join(tex.split())
        if tex:
            found.append(Edit(start + match.start(), start + match.end(), tex))
    return found


def _outside_literals(block: Candidate, edits: list[Edit]) -> list[Edit]:
    literal = sorted(
        (at + span.start, at + span.end)
        for at, _, spans in texts_with_spans(block)
        for span in spans
        if span.kind in LITERAL
    )
    starts = [start for start, _ in literal]
    reached = [0, *accumulate((end for _, end in literal), max)]
    return [edit for edit in edits if reached[bisect_left(starts, edit.end)] <= edit.start]


def _moved(marks: Sequence[Mark], changed: Mapping[int, Edited]) -> Iterator[Mark]:
    """The marks, those in the blocks `changed` moved."""
    for mark in marks:
        edited = changed.get(mark.block)
        if edited is None:
            yield mark
        else:
            for selector, start, end in edited.marks([(mark.selector, mark.start, mark.end)]):
                yield Mark(selector, mark.block, start, end)


def _set(block: Candidate, edits: list[Edit]) -> None:
    """Makes the edits and puts spans over them, or makes the block a formula if it is nothing else."""
    whole = not block.rows and len(edits) == 1 and (edits[0].start, edits[0].end) == (0, len(block.text))
    if (
        whole
        and block.kind == "paragraph"
        and block.text[:2] != "\\("
        and (block.text[0] != "$" or block.text[1] == "$")
    ):
        block.kind, block.text, block.spans = "math", edits[0].replacement, []
        return
    put_spans(block, edits, "math", _is_broken_by)


def _is_broken_by(span: Span, formula: Edit) -> bool:
    """Whether a span begins or ends inside a formula, or emphasises a part of it."""
    if formula.start < span.start < formula.end or formula.start < span.end < formula.end:
        return True
    return span.kind in ("emphasis", "strong") and formula.start <= span.start and span.end <= formula.end
