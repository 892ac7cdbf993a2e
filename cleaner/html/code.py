"""Which elements of a page are code, and what is read of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from cleaner.html.code_language import language_of
from cleaner.html.code_text import is_gutter, is_line, is_tool, short_text, tag_of, text_of
from cleaner.html.tags import BLOCK_LEVEL, TAGS, Tag

_EDITOR = re.compile(r"CodeMirror(?=$|\s)|cm-editor|monaco-editor|view-lines|ace_editor|crayon-syntax")
_LINES_OF_EDITOR = re.compile(r"CodeMirror-code|cm-content|view-lines|ace_text-layer|crayon-pre")
"""Classes of the elements in which editors have the lines, in contrast to cursors, rulers and the like."""
_LINE_OF_CODE = re.compile(r"view-line(?=$|\s)|CodeMirror-line(?=$|\s)|cm-line|(?:code|token)-?line(?=$|\s)")
_HIGHLIGHTER = re.compile(
    r"hljs(?=$|\s)|code-?lines|syntaxhighlighter|dp-highlighter|geshi|linenums|codehilite|sourceCode"
)
_TOKEN = re.compile(r"(?:hljs|token|pl|cm|mtk|[a-z]{1,2}\d?)(?=$|[\s-])")
"""Classes that highlighters give to words."""
_STYLED_AS_BLOCK = re.compile(r"white-space\s*:\s*pre|display\s*:\s*(?:block|grid|flex)", re.I)
_CLASSED_AS_BLOCK = re.compile(r"(?:^|\s)(?:d-)?block(?=$|\s)|(?:^|\s)(?:lang(?:uage)?-|hljs)")
_BESIDE_CODE = frozenset(("code", "pre", "br", "button", "script", "style", "clipboard-copy"))
_LEVELS = 4
"""Number of elements around line numbers or a button among whose neighbours their code is looked for."""
_MAX_WRAPPERS = 50
"""Number of elements at the start of a neighbour among which a code is looked for."""
_TOOL_TAGS = frozenset(("button", "a", "clipboard-copy"))
_LABEL_TAGS = frozenset(("div", "span", "i", "label", "small"))
_LABEL_WORDS = 2
"""Number of words that an element with the class of a button may have if it is none: "copy" also names body text."""
_MAX_BAR = 80
"""Maximum characters of the bar that a button is in."""
_TEXT_TAGS = frozenset(
    ("body", "article", "main", "section", "p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
)
"""Elements of a text: they are no wrapper of a code and no bar above one."""
_MAX_CHILDREN = 500
_MAX_ROWS = 4
"""Number of rows that tell what a table is."""
_NO_CODE = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "img", "blockquote", "section", "article", "form"))


class Code(NamedTuple):
    """A code as it is read."""

    text: str
    language: str | None
    others: tuple[Any, ...] = ()
    """Elements behind the first that were read with it."""


def code_of(element: Any, *, is_markdown: bool = False) -> Code:
    """The code that an element is: a <pre>, or a table that `is_code_table` found; Markdown has no line numbers."""
    return Code("" if not is_markdown and _is_beside_code(element) else text_of(element), language_of(element))


def is_code_table(table: Any) -> bool:
    """Whether a table is a code with its line numbers: each row has numbers and one cell of code."""
    rows = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        others = [cell for cell in cells if not _is_numbers_cell(cell, rows + 1)]
        if len(others) != 1 or len(cells) < 2:
            return False
        rows += 1
        if rows >= _MAX_ROWS:
            break
    return rows > 0


def _is_numbers_cell(cell: Any, row: int) -> bool:
    """Whether a cell holds line numbers and nothing else."""
    if is_gutter(cell) or _is_number_of(cell, row):
        return True
    if (cell.text or "").strip() or len(cell) != 1:
        return False
    if is_gutter(cell[0]):
        return True
    after = cell.getnext()
    return cell[0].tag == "pre" and after is not None and len(after) == 1 and _numbers_lines_of(cell[0], after[0])


def _is_number_of(cell: Any, row: int) -> bool:
    """Whether a cell is the number of its row, and a <pre> is beside it."""
    after = cell.getnext()
    return after is not None and len(after) == 1 and after[0].tag == "pre" and short_text(cell, 6) == str(row)


def _numbers_lines_of(element: Any, other: Any) -> bool:
    """Whether a text counts the lines of another element, which is or holds a <pre>."""
    count = _counts(element)
    if count < 2:
        return False
    code = _code_in(other)
    if code is None or code.tag != "pre":
        return False
    lines = len(text_of(code).split("\n"))
    return lines == count or 1 < lines == count - 1  # the last line may be blank


def _counts(element: Any) -> int:
    """How many consecutive numbers a text is; 0 if it is anything else."""
    numbers = " ".join(element.itertext()).split()
    if not numbers or not all(number.isdecimal() for number in numbers):
        return 0
    first = int(numbers[0][:9])
    is_run = [number[:9] for number in numbers] == [str(first + place) for place in range(len(numbers))]
    return len(numbers) if is_run else 0


def _is_beside_code(element: Any) -> bool:
    """Whether an element is the line numbers of the code beside it, or a button for it."""
    if _is_button(element):
        return _is_button_of_code(element)
    if not is_gutter(element):
        return element.tag == "pre" and _is_wrapped_with_code(element)
    node = element
    for _ in range(_LEVELS):
        if any(other is not None and _code_in(other) is not None for other in (node.getnext(), node.getprevious())):
            return True
        node = node.getparent()
        if node is None or len(node) > 1:
            break
    return False


def _is_wrapped_with_code(element: Any) -> bool:
    """Whether a <pre> counts the lines of the <pre> behind it, in an element that holds nothing else.

    No class calls it line numbers. Where more stands around it, it may be what a program prints.
    """
    node = element
    for _ in range(_LEVELS):
        parent, after = node.getparent(), node.getnext()
        if parent is None or parent.tag in _TEXT_TAGS or (parent.text or "").strip() or (node.tail or "").strip():
            return False
        if len(parent) > 1:
            is_whole = after is not None and len(parent) == 2 and not (after.tail or "").strip()
            return is_whole and _numbers_lines_of(element, after)
        node = parent
    return False


def _is_button(element: Any) -> bool:
    """Whether an element is a button for a code: by its tag, or because it has one or two words."""
    if not is_tool(element):
        return False
    if element.tag in _TOOL_TAGS:
        return True
    words = "".join(element.itertext()).split()
    return element.tag in _LABEL_TAGS and len(words) <= _LABEL_WORDS and not (words and words[-1][-1] in ".:")


def _is_button_of_code(element: Any) -> bool:
    """Whether a button, or the bar that it is in, stands beside a <pre>."""
    node = element
    for _ in range(_LEVELS):
        parent, before = node.getparent(), node.getprevious()
        text = (node.tail or "") + ((parent.text if before is None else before.tail) or "")
        if text.strip():
            return False
        for other in (before, node.getnext()):
            code = _code_in(other) if other is not None else None
            if code is not None and code.tag == "pre":
                return True
        node = parent
        if node.getparent() is None or node.tag in _TEXT_TAGS or short_text(node, _MAX_BAR) is None:
            return False
    return False


def _code_in(element: Any) -> Any:
    """The <pre>, or the <code> that is a block, that an element is or begins with; None if prose stands before it."""
    for node in islice(element.iter(), _MAX_WRAPPERS):
        if node.tag == "pre" or (node.tag == "code" and (_is_shown_as_block(node) or _has_lines(node))):
            return node
        if node.tag == "code" or node.tag in _NO_CODE:
            return None
    return None


def _run_of_codes(element: Any) -> list[Any]:
    """A <code> that begins a line, and what follows it up to the next block-level element or text."""
    before = element.getprevious()
    if before is not None and TAGS.get(before.tag) not in BLOCK_LEVEL:
        return []
    run = [element]
    for following in element.itersiblings():
        if not _may_stand_beside(following) or following.tag == "pre":
            break
        run.append(following)
    return run


def _fragments(element: Any) -> list[Any]:
    """A <code> that is a block, and those and the <pre> directly behind it: parts of a listing, and what they print.

    Behind a single <code>, a <pre> is a code of its own.
    """
    run = [element]
    for following in islice(element.itersiblings(), _MAX_CHILDREN):
        if (run[-1].tail or "").strip() or following.tag not in ("code", "pre"):
            break
        if following.tag == "code" and not _is_shown_as_block(following):
            break
        if language_of(following) not in (None, language_of(element)):
            break
        run.append(following)
    return run if sum(part.tag == "code" for part in run) > 1 else [element]


def _joined(fragments: Sequence[Any]) -> str:
    """The text of a listing in parts. A part begins a line, and blank lines at its end are lines between the parts."""
    lines: list[str] = []
    for fragment in fragments:
        lines.append(text_of(fragment))
        raw = "".join(fragment.itertext())
        ends = raw[len(raw.rstrip()) :].count("\n")
        lines += [""] * (ends - 1)
    return "\n".join(lines).strip("\n")


def _is_shown_as_block(element: Any) -> bool:
    return (
        _STYLED_AS_BLOCK.search(element.get("style", "")) is not None
        or _CLASSED_AS_BLOCK.search(element.get("class", "")) is not None
    )


def _has_lines(element: Any) -> bool:
    return any(node.tag == "br" or is_line(node) or tag_of(node) is Tag.BLOCK for node in element.iterdescendants())


def _has_text_before(node: Any) -> bool:
    """Whether something of another kind stands in the line before an inline element."""
    for sibling in node.itersiblings(preceding=True):
        if (sibling.tail or "").strip():
            return True
        if TAGS.get(sibling.tag, Tag.INLINE) in BLOCK_LEVEL:
            return False
        if not _may_stand_beside(sibling):
            return True
    return bool((node.getparent().text or "").strip())


def _has_text_behind(node: Any) -> bool:
    """Whether something of another kind stands in the line behind an inline element."""
    if (node.tail or "").strip():
        return True
    for sibling in node.itersiblings():
        if TAGS.get(sibling.tag, Tag.INLINE) in BLOCK_LEVEL:
            return False
        if not _may_stand_beside(sibling) or (sibling.tail or "").strip():
            return True
    return False


def _may_stand_beside(node: Any) -> bool:
    return node.tag in _BESIDE_CODE or is_gutter(node) or is_tool(node)


def _run_of_lines(element: Any) -> Code | None:
    """A line and the lines that follow it."""
    run = [element]
    following = element
    while not (following.tail or "").strip():
        following = following.getnext()
        if following is None or _LINE_OF_CODE.search(following.get("class", "")) is None:
            break
        run.append(following)
    if len(run) < 2:
        return None
    return Code("\n".join(map(text_of, run)).strip("\n"), language_of(element.getparent()), tuple(run[1:]))


class CodeWithoutPre:
    """The codes of a page that are in no <pre>.

    What was looked at in vain is remembered, so that nested elements take no longer than others.
    """

    def __init__(self) -> None:
        self._without_lines: set[Any] = set()
        """<code> elements in one that has no lines."""
        self._lone_numbers: set[Any] = set()
        """Elements that hold nothing but numbers, and have no code beside them."""
        self._crowded: set[Any] = set()
        """Elements with so many children that nothing is looked for among them."""
        self._in_vain: dict[Any, tuple[bool, bool]] = {}
        """Elements in which there is no code, unless they are more certain to be one or show white space."""

    def code_of(self, element: Any) -> Code | None:
        """The code that begins with an element whose classes name code, or with a <code>; None if none does.

        That is the lines of an editor or a highlighter, line numbers beside a code (which have no text), a run of
        elements that are its lines, or a <code> that has lines and stands alone.
        """
        if element.tag == "code":
            return self._standing_alone(element)
        if element in self._lone_numbers:
            return None
        if is_gutter(element):
            if _is_beside_code(element):
                return Code("", None)
            self._lone_numbers.update(element.iter())
            return None
        if is_tool(element):
            return Code("", None) if _is_beside_code(element) else None
        classes = element.get("class", "")
        if _LINE_OF_CODE.search(classes) is not None:
            return _run_of_lines(element)
        if _EDITOR.search(classes) is not None:
            return _lines_of_editor(element)
        return self._highlighted(element)

    def _standing_alone(self, element: Any) -> Code | None:
        if _is_shown_as_block(element):
            return self._listing(element)
        run = _run_of_codes(element)
        if not (len(run) > 1 or self._has_lines(element)) or not self._is_alone(element):
            return None
        text = text_of(element.getparent(), run) if len(run) > 1 else text_of(element)
        return Code(text, language_of(element), tuple(run[1:])) if "\n" in text else None

    def _listing(self, element: Any) -> Code | None:
        """The code of a <code> that is a block and stands alone, with the other parts of its listing."""
        if not self._is_alone(element):
            return None
        parts = _fragments(element)
        text = _joined(parts) if len(parts) > 1 else text_of(element)
        return Code(text, language_of(element), tuple(parts[1:]))

    def _is_alone(self, element: Any) -> bool:
        """Whether an inline element is all that stands between block-level ones, but for its kind and buttons."""
        node = element
        while True:
            parent = node.getparent()
            if parent is None or self._is_crowded(parent):
                return False
            if _has_text_before(node) or _has_text_behind(node):
                return False
            if TAGS.get(parent.tag) is not Tag.INLINE:
                return True
            node = parent

    def _is_crowded(self, element: Any) -> bool:
        # lxml counts the children anew each time: that is done once where they are many.
        if element not in self._crowded and len(element) > _MAX_CHILDREN:
            self._crowded.add(element)
        return element in self._crowded

    def _has_lines(self, element: Any) -> bool:
        if element in self._without_lines:
            return False
        if _has_lines(element):
            return True
        self._without_lines.update(element.iter("code"))
        return False

    def _highlighted(self, element: Any) -> Code | None:
        """The code of an element by its class, where it has lines and neither a <pre> nor prose."""
        is_certain = _HIGHLIGHTER.search(element.get("class", "")) is not None
        is_kept = _STYLED_AS_BLOCK.search(element.get("style", "")) is not None
        was_certain, was_kept = self._in_vain.get(element, (False, False))
        if element in self._in_vain and was_certain >= is_certain and was_kept >= is_kept:
            return None
        tokens = lines = 0
        within = [element]
        for node in element.iterdescendants():
            if node.tag == "pre" or node.tag in _NO_CODE or (node.tag == "table" and not is_certain):
                self._remember_around(node, element)
                return None
            tokens += node.tag == "code" or (node.tag == "span" and _TOKEN.match(node.get("class", "")) is not None)
            lines += node.tag == "br" or is_line(node)
            if len(node):
                within.append(node)
        if (lines > 1 or (tokens > 1 and is_kept)) and (is_certain or tokens):
            text = text_of(element)
            if "\n" in text:
                return Code(text, language_of(element))
        self._in_vain.update(dict.fromkeys(within, (is_certain or was_certain, is_kept or was_kept)))
        return None

    def _remember_around(self, node: Any, outermost: Any) -> None:
        """Remembers that the elements around what is no code are none; a highlighter may have its lines in a table."""
        is_certain = node.tag != "table"
        while node is not outermost:
            node = node.getparent()
            self._in_vain[node] = (is_certain, True)


def _lines_of_editor(element: Any) -> Code | None:
    inner = next((node for node in element.iter("div") if _LINES_OF_EDITOR.search(node.get("class", ""))), None)
    return None if inner is None else Code(text_of(inner), language_of(element))
