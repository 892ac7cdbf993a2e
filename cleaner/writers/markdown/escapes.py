"""Which characters of a text need a backslash in Markdown, and only those.

A character is escaped where it would be read as markup in the place where it stands: `snake_case`, `5 * 3` and
`R&D` stay as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from cleaner.writers.markdown.runs import emphasis_runs
from cleaner.writers.markdown.written import Written

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPECIAL = re.compile(r"[\\\[\]<&!^:(`]")
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


def needs_care(text: str) -> bool:
    """Whether there is anything in a text without spans that could be markup; most text has nothing."""
    return _CARE.search(text) is not None


def escapes(written: Written) -> set[int]:
    """Positions of the characters that need a backslash."""
    found = set(_line_starts(written)) | set(_dollars(written))
    found |= set(emphasis_runs(written, found))
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
    if next(end for _, end, _ in written.pieces()):  # the text does not begin with markup
        yield from (match.start() for match in [_BLOCK_START.match(written.text)] if match)


def _line_start(line: str, position: int) -> Iterator[int]:
    for pattern in _LINE_STARTS:
        match = pattern.match(line)
        if match:
            yield position + match.end()
            return


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
