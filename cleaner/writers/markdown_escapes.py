"""Which characters of a text need a backslash in Markdown, and only those.

A character is escaped where it would be read as markup in the place where it stands: `snake_case`, `5 * 3` and
`R&D` stay as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cleaner.document import Span
from cleaner.writers.markdown_flanking import CharClass, Context, Edge, char_class, may_close, may_open

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPECIAL = re.compile(r"[\\\[\]<&!^:(`]")
_RUNS = re.compile(r"([*_~])\1*")
_DOLLAR = re.compile(r"\$")
_CARE = re.compile(r"[\\\[\]<&`*_~$\n]|\A[#+\-0-9>=:|]")
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


@dataclass(frozen=True)
class Written:
    """A text with what is written around its spans."""

    text: str
    spans: tuple[Span, ...]
    edges: tuple[Edge, ...]
    contexts: tuple[Context, ...]
    markup: tuple[str, ...]
    """What is written at each edge."""
    bracketed: bool = False
    """Whether the whole stands in brackets, as an image's alternative text."""

    def pieces(self) -> Iterator[tuple[int, int, str]]:
        """Stretches of the text itself, start and end, each with the markup that follows it."""
        done = 0
        for edge, markup in zip(self.edges, self.markup, strict=True):
            yield done, edge.position, markup
            done = edge.end
        yield done, len(self.text), ""

    @cached_property
    def _first(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for edge, markup in zip(self.edges, self.markup, strict=True):
            found.setdefault(edge.position, markup[0])
        if self.bracketed:
            found.setdefault(len(self.text), "]")
        return found

    @cached_property
    def _last(self) -> dict[int, str]:
        start = {0: "["} if self.bracketed else {}
        return start | {edge.end: markup[-1] for edge, markup in zip(self.edges, self.markup, strict=True)}

    @cached_property
    def bracket_starts_line(self) -> bool:
        """Whether a line could be the definition of a link."""
        return self.text.startswith("[") or "\n[" in self.text

    def markup_before(self, index: int) -> str:
        """The last character of markup directly before a character of the text; empty if text is there."""
        return self._last.get(index, "")

    def markup_after(self, index: int) -> str:
        """The first character of markup directly after a character of the text; empty if text is there."""
        return self._first.get(index + 1, "")

    def before(self, index: int) -> str:
        """The character that is written before one of the text; empty at the start."""
        return self.markup_before(index) or (self.text[index - 1] if index else "")

    def after(self, index: int) -> str:
        """The character that is written after one of the text; empty at the end."""
        return self.markup_after(index) or self.text[index + 1 : index + 2]


def needs_care(text: str) -> bool:
    """Whether there is anything in a text without spans that could be markup; most text has nothing."""
    return _CARE.search(text) is not None


def escapes(written: Written) -> set[int]:
    """Positions of the characters that need a backslash."""
    found = set(_line_starts(written)) | set(_dollars(written))
    found |= set(_runs(written, found))
    lonely_backtick = not written.bracketed and sum(part.count("`") for part in (written.text, *written.markup)) < 2
    for start, end, _ in written.pieces():
        for match in _SPECIAL.finditer(written.text, start, end):
            at, char = match.start(), match[0]
            if _RULES[char](written, at) if char != "`" else not lonely_backtick:
                found.add(at)
    return found | set(_unbalanced(written, found))


def _backslash(written: Written, at: int) -> bool:
    after = written.after(at)
    return after == "\n" or after in _PUNCTUATION


def _opening_bracket(written: Written, at: int) -> bool:
    return written.after(at) == "^" or written.before(at) == "^"


def _closing_bracket(written: Written, at: int) -> bool:
    if written.after(at) == ":":
        return written.bracket_starts_line
    return written.after(at) == "("


def _less_than(written: Written, at: int) -> bool:
    after = written.after(at)
    return after in ("/", "!", "?") or (after.isascii() and after.isalpha())


def _ampersand(written: Written, at: int) -> bool:
    found = _ENTITY.match(written.text, at)
    return found is not None and _escaped_entity(found) != found[0]


def escape_entities(text: str) -> str:
    """The text with a backslash before what would be read as a character's name or number."""
    return _ENTITY.sub(_escaped_entity, text)


def _escaped_entity(found: re.Match[str]) -> str:
    return found[0] if html.unescape(found[0]) == found[0] else "\\" + found[0]


def _exclamation(written: Written, at: int) -> bool:
    return written.markup_after(at) == "["


def _caret(written: Written, at: int) -> bool:
    return written.markup_before(at) == "[" or written.markup_after(at) == "["


def _after_footnote(written: Written, at: int) -> bool:
    """A colon would make the reference a definition, a parenthesis would make it a link."""
    return written.markup_before(at) == "]"


_RULES: dict[str, Callable[[Written, int], bool]] = {
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


def _line_starts(written: Written) -> Iterator[int]:
    """What would make a line the start of another kind of block."""
    start_of_line = not written.bracketed
    for start, end, _ in written.pieces():
        lines = written.text[start:end].split("\n")
        position = start
        for number, line in enumerate(lines):
            if (number or start_of_line) and line:
                is_whole = number < len(lines) - 1 or end == len(written.text)
                yield from _line_start(line if is_whole else line + "x", position)  # "x" for the markup that follows
            position += len(line) + 1
        start_of_line = False  # what follows stands behind markup
    if written.text and not written.markup_before(0):
        yield from (match.start() for match in [_BLOCK_START.match(written.text)] if match)


def _line_start(line: str, position: int) -> Iterator[int]:
    for pattern in _LINE_STARTS:
        match = pattern.match(line)
        if match:
            yield position + match.end()
            return


def _runs(written: Written, escaped: set[int]) -> Iterator[int]:
    """Asterisks, underscores and tildes that could open or close emphasis with others in the text."""
    runs = list(_literal_runs(written))
    if not runs:
        return
    for run in runs:
        if run.start in escaped:  # what is left of it would be a run of its own
            yield from range(run.start, run.end)
    runs = [run for run in runs if run.start not in escaped]
    runs = sorted([*runs, *_markup_runs(written)], key=lambda run: run.start)
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


def _literal_runs(written: Written) -> Iterator[_Run]:
    for start, end, _ in written.pieces():
        for match in _RUNS.finditer(written.text, start, end):
            before = _class(written.markup_before(match.start()), written.before(match.start()))
            after = _class(written.markup_after(match.end() - 1), written.after(match.end() - 1))
            context = Context(before, "punctuation" if written.after(match.end() - 1) == "\n" else after)
            char = match[0][0]
            touches = char in (written.markup_before(match.start()), written.markup_after(match.end() - 1))
            yield _Run(
                char,
                match.start(),
                match.end(),
                touches or may_open(context, char),
                touches or may_close(context, char),
            )


def _class(markup: str, char: str) -> CharClass:
    if markup:
        return "punctuation"
    return char_class(char) if char else "space"


def _markup_runs(written: Written) -> Iterator[_Run]:
    for edge, markup in zip(written.edges, written.markup, strict=True):
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


def _dollars(written: Written) -> Iterator[int]:
    """Dollar signs that would begin math: those whose next one, if it is not escaped itself, could end it."""
    next_closes = written.bracketed  # who knows what follows the brackets
    for start, end, markup in reversed(list(written.pieces())):
        next_closes = next_closes or "$" in markup
        for found in reversed(list(_DOLLAR.finditer(written.text, start, end))):
            at = found.start()
            before, after = written.before(at), written.after(at)
            if next_closes and (after == "\n" or not after.isspace()) and after:  # a line ends with a backslash
                yield at
            else:
                next_closes = bool(before) and not before.isspace() and not after.isdigit()


def _unbalanced(written: Written, escaped: set[int]) -> Iterator[int]:
    """Brackets without a partner in a text that stands in brackets itself."""
    inside = written.bracketed
    opened: list[int] = []
    for (start, end, _), edge in zip(written.pieces(), (*written.edges, None), strict=True):
        for match in re.finditer(r"[\[\]]", written.text[start:end]) if inside else ():
            at = start + match.start()
            if at in escaped:
                continue
            if match[0] == "[":
                opened.append(at)
            elif opened:
                opened.pop()
            else:
                yield at
        if edge is not None and written.spans[edge.span].kind == "link":
            inside = edge.kind == "open"
            yield from opened
            opened = []
    yield from opened
