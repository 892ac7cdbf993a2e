"""Which characters of a text need a backslash in Markdown.

A character is escaped only where it would be read as markup at its place: `snake_case`, `5 * 3` and `R&D` stay as they
are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.writers.markdown.flanking import CharClass, Flanks, char_class, may_close, may_open

if TYPE_CHECKING:
    from cleaner.writers.markdown.inline import InlineContext

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPECIAL = re.compile(r"[\\\[\]<&!^:(`]")
_DOLLAR = re.compile(r"\$")
_CARE = re.compile(r"[\\\[\]<&`*_~$\n]|\A[#+\-0-9>=:|]")
_RUN = re.compile(r"([*_~])\1*")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

_LINE_STARTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?=#{1,6}(?:\s|$))",  # heading
        r"(?=[-+*](?:\s|$))",  # bullet
        r"\d{1,9}(?=[.)](?:\s|$))",  # number of an item
        r"(?=>)",  # quote
        r"(?=([-_*])(?: *\1){2,} *$)",  # thematic break
        r"(?=(?:=+|-+) *$)",  # underlined heading
        r"(?=[-:|][-:| ]*$)",  # second row of a table
        r"(?=~~~|```|\$\$)",  # fences
    )
)
_BLOCK_START = re.compile(r"(?=\[(?:!|[ xX]\](?:\s|$)))")
"""A callout's type, the box of a task."""


def needs_care(text: str) -> bool:
    """Whether a text without spans has characters that could be markup; most texts have none."""
    return _CARE.search(text) is not None


def escapes(context: InlineContext) -> set[int]:
    """Positions of the characters that need a backslash."""
    found = set(_line_starts(context)) | set(_dollars(context))
    found |= set(_emphasis_runs(context, found))
    lonely_backtick = not context.bracketed and sum(part.count("`") for part in (context.text, *context.markup)) < 2
    for start, end, _ in context.pieces():
        for match in _SPECIAL.finditer(context.text, start, end):
            at, char = match.start(), match[0]
            if _RULES[char](context, at) if char != "`" else not lonely_backtick:
                found.add(at)
    return found | set(_unbalanced(context, found))


def _backslash(context: InlineContext, at: int) -> bool:
    after = context.after(at)
    return after == "\n" or after in _PUNCTUATION


def _opening_bracket(context: InlineContext, at: int) -> bool:
    return context.after(at) == "^" or context.before(at) == "^"


def _closing_bracket(context: InlineContext, at: int) -> bool:
    if context.after(at) == ":":
        return context.bracket_starts_line
    return context.after(at) == "("


def _less_than(context: InlineContext, at: int) -> bool:
    after = context.after(at)
    return after in ("/", "!", "?") or (after.isascii() and after.isalpha())


def _ampersand(context: InlineContext, at: int) -> bool:
    found = _ENTITY.match(context.text, at)
    return found is not None and _escaped_entity(found) != found[0]


def escape_entities(text: str) -> str:
    """The text with a backslash before what would be read as a character reference."""
    return _ENTITY.sub(_escaped_entity, text)


def _escaped_entity(found: re.Match[str]) -> str:
    return found[0] if html.unescape(found[0]) == found[0] else "\\" + found[0]


def _exclamation(context: InlineContext, at: int) -> bool:
    return context.markup_after(at) == "["


def _caret(context: InlineContext, at: int) -> bool:
    return context.markup_before(at) == "[" or context.markup_after(at) == "["


def _after_footnote(context: InlineContext, at: int) -> bool:
    """A colon would make the reference a definition, a parenthesis would make it a link."""
    return context.markup_before(at) == "]"


_RULES: dict[str, Callable[[InlineContext, int], bool]] = {
    "\\": _backslash,
    "[": _opening_bracket,
    "]": _closing_bracket,
    "<": _less_than,
    "&": _ampersand,
    "!": _exclamation,
    "^": _caret,
    ":": _after_footnote,
    "(": _after_footnote,
}


def _line_starts(context: InlineContext) -> Iterator[int]:
    """Positions at which a line would start another kind of block."""
    start_of_line = not context.bracketed
    for start, end, markup in context.pieces():
        lines = context.text[start:end].split("\n")
        position = start
        follows = " " if markup.startswith(" ") else "x"  # the markup behind the last line
        for number, line in enumerate(lines):
            if (number or start_of_line) and line:
                is_whole = number < len(lines) - 1 or end == len(context.text)
                yield from _line_start(line if is_whole else line + follows, position)
            position += len(line) + 1
        start_of_line = False  # what follows stands behind markup
    if next(end for _, end, _ in context.pieces()):  # the text does not begin with markup
        yield from (match.start() for match in [_BLOCK_START.match(context.text)] if match)


def _line_start(line: str, position: int) -> Iterator[int]:
    for pattern in _LINE_STARTS:
        match = pattern.match(line)
        if match:
            yield position + match.end()
            return


def _dollars(context: InlineContext) -> Iterator[int]:
    """Positions of dollar signs that would start math: the next one without a backslash could end it."""
    next_closes = context.bracketed  # what follows the brackets is not known here
    for start, end, markup in reversed(list(context.pieces())):
        next_closes = next_closes or "$" in markup
        for found in reversed(list(_DOLLAR.finditer(context.text, start, end))):
            at = found.start()
            before, after = context.before(at), context.after(at)
            if next_closes and (after == "\n" or not after.isspace()) and after:  # a line ends with a backslash
                yield at
            else:
                next_closes = bool(before) and not before.isspace() and not after.isdigit()


def _unbalanced(context: InlineContext, escaped: set[int]) -> Iterator[int]:
    """Positions of brackets without a partner, in a text that stands in brackets itself."""
    inside = context.bracketed
    opened: list[int] = []
    for (start, end, _), edge in zip(context.pieces(), (*context.edges, None), strict=True):
        for match in re.finditer(r"[\[\]]", context.text[start:end]) if inside else ():
            at = start + match.start()
            if at in escaped:
                continue
            if match[0] == "[":
                opened.append(at)
            elif opened:
                opened.pop()
            else:
                yield at
        if edge is not None and context.spans[edge.span].kind == "link":
            inside = edge.kind == "open"
            yield from opened
            opened = []
    yield from opened


def _emphasis_runs(context: InlineContext, escaped: set[int]) -> Iterator[int]:
    """Positions of `*`, `_` and `~` that could open or close emphasis, with others or with the markup of spans.

    `escaped` are the positions that have a backslash already.
    """
    runs = list(_literal_runs(context))
    if not runs:
        return
    for run in runs:
        if run.start in escaped:  # the rest of it would be a run of its own
            yield from range(run.start, run.end)
    runs = [run for run in runs if run.start not in escaped]
    runs = sorted([*runs, *_markup_runs(context)], key=lambda run: run.start)
    for delimiter in "*_~":
        yield from _paired([run for run in runs if run.delimiter == delimiter])


@dataclass(frozen=True, slots=True)
class _Run:
    delimiter: str
    start: int
    end: int
    """The same as the start for markup, which is never escaped."""
    opens: bool
    closes: bool


def _literal_runs(context: InlineContext) -> Iterator[_Run]:
    for start, end, _ in context.pieces():
        for match in _RUN.finditer(context.text, start, end):
            before = _class_of(context.markup_before(match.start()), context.before(match.start()))
            after = _class_of(context.markup_after(match.end() - 1), context.after(match.end() - 1))
            flanks = Flanks(before, "punctuation" if context.after(match.end() - 1) == "\n" else after)
            char = match[0][0]
            touches = char in (context.markup_before(match.start()), context.markup_after(match.end() - 1))
            yield _Run(
                char,
                match.start(),
                match.end(),
                touches or may_open(flanks, char),
                touches or may_close(flanks, char),
            )


def _class_of(markup: str, char: str) -> CharClass:
    if markup:
        return "punctuation"
    return char_class(char) if char else "space"


def _markup_runs(context: InlineContext) -> Iterator[_Run]:
    for edge, markup in zip(context.edges, context.markup, strict=True):
        if markup[0] in "*_~":
            yield _Run(markup[0], edge.position, edge.position, edge.kind == "open", edge.kind == "close")


def _paired(runs: list[_Run]) -> Iterator[int]:
    """Positions of runs that close one before them or open one behind them."""
    can_be_closed = []
    closes_later = False
    for run in reversed(runs):
        can_be_closed.append(closes_later)
        closes_later = closes_later or run.closes
    opened = False
    for run, closed_later in zip(runs, reversed(can_be_closed), strict=True):
        if (run.opens and closed_later) or (run.closes and opened):
            yield from range(run.start, run.end)
        opened = opened or run.opens
