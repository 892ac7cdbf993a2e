"""Which characters of a text need a backslash in Markdown.

A character is escaped only where it would be read as markup at its place: `snake_case`, `5 * 3` and `R&D` stay as they
are, and so does the number that a heading begins with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Literal

from cleaner.writers.markdown.flanking import CharClass, Flanks, char_class, flanks_of, may_close, may_open

if TYPE_CHECKING:
    from cleaner.writers.markdown.inline import InlineContext

_ENTITY = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_SPECIAL = re.compile(r"[\\\[\]<&!^:(]")
_BACKTICKS = re.compile("`+")
_DOLLAR = re.compile(r"\$")
_CARE = re.compile(r"[\\\[\]<^`*_~$\n]|&[#A-Za-z]|\A(?:[#+\->=:|]|[0-9]{1,9}[.)])")
_MAX_LABEL = 20
"""Maximum characters of the label of a link; it is a number."""
_RUN = re.compile(r"([*_~])\1*")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


_ANY_LINE = _patterns(
    r"(?=#{1,6}(?:\s|$))",  # heading
    r"(?=>)",  # quote
    r"(?=([-_*])(?: *\1){2,} *$)",  # thematic break
    r"(?=~~~|```|\$\$)",  # fences
    r"(?=[-+*]\s)",  # bullet
)
"""What begins a block on any line; each pattern ends where the backslash is put."""
_FIRST_LINE = _patterns(
    r"(?=[-+*]$)",  # empty item
    r"[0-9]{1,9}(?=[.)](?:\s|$))",  # number of an item
)
_LATER_LINE = _patterns(
    r"0{0,8}1(?=[.)]\s)",  # only a list that begins with 1 may interrupt a paragraph
    r"(?=(?:=+|-+) *$)",  # underlined heading
    r"(?=[-:|][-:| ]*$)",  # second row of a table
)
_MAY_BEGIN_BLOCK = re.compile(r"(?:\A|\n)[-_*+#>~`$=:|0-9]")
"""What begins a line that one of these patterns may match."""
_LINE_STARTS = {"callout": _ANY_LINE + _FIRST_LINE + _LATER_LINE}
"""By place; the first paragraph of a callout goes on from the line of its title."""
_OPENINGS = {"item": re.compile(r"(?=\[[ xX]\](?:\s|$))"), "quote": re.compile(r"(?=\[!)")}
"""By place: the box of a task, a callout's type."""


def needs_care(text: str) -> bool:
    """Whether a text without spans has characters that could be markup; most texts have none."""
    return _CARE.search(text) is not None


def escapes(context: InlineContext) -> set[int]:
    """Positions of the characters that need a backslash."""
    if not needs_care(context.text) and not _touches_markup(context):
        return set()
    found = set(_line_starts(context)) | set(_dollars(context))
    found |= set(_emphasis_runs(context, found))
    found |= set(_backticks(context))
    for start, end, _ in context.pieces():
        for match in _SPECIAL.finditer(context.text, start, end):
            at = match.start()
            if _RULES[match[0]](context, at):
                found.add(at)
    return found | set(_unbalanced(context, found))


def _touches_markup(context: InlineContext) -> bool:
    """Whether a character stands at markup that could be part of it."""
    text = context.text
    return any(text[at - 1 : at] == "!" or text[end : end + 1] in (":", "(") for at, end, _, _ in context.edges)


def _backslash(context: InlineContext, at: int) -> bool:
    after = context.after(at)
    return after == "\n" or after in _PUNCTUATION


def _opening_bracket(context: InlineContext, at: int) -> bool:
    return context.after(at) == "^" or context.before(at) == "^"


def _closing_bracket(context: InlineContext, at: int) -> bool:
    after = context.after(at)
    if after == ":" and context.may_define_link:
        return True
    if context.has_references and (after == "[" or _ends_label(context.text, at)):
        return True
    return after == "("


def _ends_label(text: str, at: int) -> bool:
    start = text.rfind("[", max(at - _MAX_LABEL, 0), at)
    return start >= 0 and text[start + 1 : at].strip().isdigit()


def _less_than(context: InlineContext, at: int) -> bool:
    """Tags and addresses end with `>`; a block of HTML needs none, but begins a line."""
    after = context.after(at)
    if after not in ("/", "!", "?") and not (after.isascii() and after.isalpha()):
        return False
    return at < context.last_greater or (not at and context.starts_line) or context.text[at - 1 : at] == "\n"


def _ampersand(context: InlineContext, at: int) -> bool:
    found = _ENTITY.match(context.text, at)
    return found is not None and _is_reference(found)


def escape_entities(text: str) -> str:
    """The text with a backslash before what would be read as a character reference."""
    return _ENTITY.sub(lambda found: "\\" + found[0] if _is_reference(found) else found[0], text)


def _is_reference(found: re.Match[str]) -> bool:
    return found[1].startswith("#") or found[1] in html5


def _exclamation(context: InlineContext, at: int) -> bool:
    return context.markup_after(at) == "["


def _caret(context: InlineContext, at: int) -> bool:
    begins_label = context.markup_before(at) == "[" and context.after(at) != "]"
    return begins_label or context.markup_after(at) == "["


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
    if context.place not in _OPENINGS and not _MAY_BEGIN_BLOCK.search(context.text):
        return
    at_line_start = context.starts_line
    patterns = _LINE_STARTS.get(context.place, _ANY_LINE + _FIRST_LINE)
    for start, end, markup in context.pieces():
        lines = context.text[start:end].split("\n")
        position = start
        follows = " " if markup.startswith(" ") else "x"  # the markup behind the last line
        for number, line in enumerate(lines):
            if number:
                at_line_start, patterns = context.place != "brackets", _ANY_LINE + _LATER_LINE
            if at_line_start and line:
                is_whole = number < len(lines) - 1 or end == len(context.text)
                yield from _line_start(patterns, line if is_whole else line + follows, position)
            position += len(line) + 1
        at_line_start = False  # what follows stands behind markup
    opening = _OPENINGS.get(context.place)
    if opening is not None and next(end for _, end, _ in context.pieces()):  # the text does not begin with markup
        yield from (match.start() for match in [opening.match(context.text)] if match)


def _line_start(patterns: tuple[re.Pattern[str], ...], line: str, position: int) -> Iterator[int]:
    for pattern in patterns:
        match = pattern.match(line)
        if match:
            yield position + match.end()
            return


def _backticks(context: InlineContext) -> Iterator[int]:
    """Positions of backticks that another run of as many would make code of."""
    if "`" not in context.text:
        return
    literal = [match for start, end, _ in context.pieces() for match in _BACKTICKS.finditer(context.text, start, end)]
    if not literal:
        return
    runs = [*literal, *(match for markup in context.markup for match in _BACKTICKS.finditer(markup))]
    lengths = Counter(len(match[0]) for match in runs)
    paired = [match for match in literal if _may_pair(context, match, lengths)]
    if paired:  # a backslash does not keep a backtick from ending code
        paired += [match for match in literal if len(match[0]) == 1]
    for match in paired:
        yield from range(*match.span())


def _may_pair(context: InlineContext, run: re.Match[str], lengths: Counter[int]) -> bool:
    beside = (context.markup_before(run.start()), context.markup_after(run.end() - 1))
    begins_fence = len(run[0]) > 2 and context.starts_line
    return lengths[len(run[0])] > 1 or "`" in beside or begins_fence or context.place == "brackets"


def _dollars(context: InlineContext) -> Iterator[int]:
    """Positions of dollar signs that would start math: the next one without a backslash could end it."""
    if "$" not in context.text:
        return
    next_closes = context.place == "brackets"  # what follows the brackets is not known here
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
    if "[" not in context.text and "]" not in context.text:
        return
    inside = context.place == "brackets"
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
    runs = list(_literal_runs(context, escaped)) if _RUN.search(context.text) else []
    if not runs:
        return
    runs = sorted([*runs, *_markup_runs(context)], key=lambda run: run.start)
    for delimiter in "*_~":
        yield from _paired([run for run in runs if run.delimiter == delimiter])


@dataclass(frozen=True, slots=True)
class _Run:
    delimiter: str
    start: int
    end: int
    opens: bool
    closes: bool
    edge: Literal["open", "close", "touched"] | None = None
    """Markup: whether it opens or closes a span. Text: whether it touches markup of the same character."""


def _literal_runs(context: InlineContext, escaped: set[int]) -> Iterator[_Run]:
    for start, end, _ in context.pieces():
        for match in _RUN.finditer(context.text, start, end):
            first, char = match.start(), match[1]
            before = _class_of(context.markup_before(first), context.before(first))
            after = _class_of(context.markup_after(match.end() - 1), context.after(match.end() - 1))
            touches = char in (context.markup_before(first), context.markup_after(match.end() - 1))
            if first in escaped:
                first, before = first + 1, "punctuation"
                if first == match.end():
                    continue
            flanks = Flanks(before, "punctuation" if context.after(match.end() - 1) == "\n" else after)
            opens, closes = may_open(flanks, char), may_close(flanks, char)
            yield _Run(char, first, match.end(), opens, closes, "touched" if touches else None)


def _class_of(markup: str, char: str) -> CharClass:
    if markup:
        return "punctuation"
    return char_class(char) if char else "space"


def _markup_runs(context: InlineContext) -> Iterator[_Run]:
    around = flanks_of(context.text, context.edges)
    for edge, markup, flanks in zip(context.edges, context.markup, around, strict=True):
        char = markup[0]
        if char in "*_~" and edge.kind != "atom":
            yield _Run(char, edge.position, edge.position, may_open(flanks, char), may_close(flanks, char), edge.kind)


def _paired(runs: list[_Run]) -> Iterator[int]:
    """Positions of runs of the text that close one before them or open one behind them.

    The markup of a span finds its own partner first, so it is dangerous only to what stands inside, or where its one
    end could also be another's.
    """
    closed_later = []
    closes = False
    for run in reversed(runs):
        closed_later.append(closes)
        closes = closes or (run.closes and run.edge != "close")
    opened = False
    depth = 0
    for run, closed in zip(runs, reversed(closed_later), strict=True):
        if run.edge in ("open", "close"):
            depth += 1 if run.edge == "open" else -1
        elif run.edge or (run.opens and (closed or depth)) or (run.closes and (opened or depth)):
            yield from range(run.start, run.end)
        opened = opened or (run.opens and run.edge != "open")
