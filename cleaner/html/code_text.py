"""The text of a code: its lines, whatever elements they are in, without line numbers, prompts and buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from cleaner import lazily
from cleaner.html.hidden import is_hidden
from cleaner.html.tags import BLOCK_LEVEL, TAGS, Tag
from cleaner.normalize import normalize

_GUTTER = lazily.pattern(
    r"(?:^|[\s_])lnt?(?:$|\s)|hljs-ln-n|gutter|linenodiv|line[-_]?(?:nos?|nr|num\w*)(?![a-z])|"
    r"(?:lines?|row|blob|crayon|diff)-nums?(?![a-z])|numbering",
    re.I,
)
"""Classes of line numbers."""
_LINE = lazily.pattern(
    r"(?:^|[\s_-])(?:code|view|token|crayon)?line(?=$|[\s_])|"
    r"(?:^|\s)codeline_|blob-code(?:-inner)?(?=$|\s)|hljs-ln-code|(?:^|\s)(?:d-)?block(?=$|\s)",
    re.I,
)
"""Classes of lines, and of spans that are shown as a block."""
_TOOL = lazily.pattern(
    r"(?:^|[\s_-])(?:copy|clipboard|copier|copybtn)(?=$|[\s_-])|copy-?(?:btn|button|code|icon|link)|"
    r"(?:^|\s)(?:select-none|user-select-none|noselect|codemirror-measure|sr-only)(?=$|\s)",
    re.I,
)
"""Classes of buttons, and of what a page does not let its readers copy."""
_BAR = lazily.pattern(
    r"(?:^|[\s_-])(?:header|(?:tool|title)?bar|tools|filename|file-name|caption|actions?)(?=$|[\s_-])|"
    r"(?:^|[\s_-])lang(?:uage)?(?:-(?:id|name|label))?(?=$|\s)",
    re.I,
)
"""Classes of block-level elements above the lines."""
_PROMPT = lazily.pattern(r"(?:^|[\s-])(?:gp|prompt)(?=$|\s)")
_PROMPT_SIGN = lazily.pattern(r"(?:.*[$#>%\u276f\u279c\u00bb\u03bb]|\.{2,}|(?:In|Out) ?\[\d*\]:)?", re.S)
"""The text of a prompt: the same classes are given to what is typed behind it."""
_UNSELECTABLE = lazily.pattern(r"user-select\s*:\s*none", re.I)
_SHOWN_AS_BLOCK = lazily.pattern(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item|table-row)\s*(?:$|;|!)", re.I
)
_NUMBERS = lazily.pattern(r"[\s\d.:|\u2022\u2026\u203a\u25b8\u25be\u2304]*")
_LINE_END = lazily.pattern(r"[ \t]*\n")
_FORMATTING = lazily.pattern(r"[ \t]*\n[ \t\n]*")
_OF_CODE = frozenset(("code", "pre", "table", "ol", "ul"))
_MAX_NEIGHBOURS = 3
"""Number of elements behind a bar, and in each of them, among which the code is looked for."""
_MAX_PROMPT = 40
"""Maximum characters of a prompt."""
_MAX_TEXTS = 300
"""Number of texts that a short text may consist of."""
_MAX_LOOK = 200
"""Number of elements in an unknown one among which a block-level one is looked for."""
_MAX_BAR = 80
"""Maximum characters of a bar with buttons; it has fewer elements."""

_WITHIN_LINES = frozenset((Tag.INLINE, Tag.BREAK, Tag.IMAGE, Tag.SKIP, Tag.CHECKBOX, Tag.CELL))
_NEVER_CODE = frozenset(("button", "figcaption", "clipboard-copy"))
_LINE_TAGS = frozenset((Tag.ITEM, Tag.ROW))
_OWN_TEXT_IS_FORMATTING = frozenset(("table", "tbody", "thead", "tfoot", "tr", "ol", "ul", "colgroup"))


class _Role(NamedTuple):
    """What the classes of an element in a code tell."""

    is_gutter: bool
    is_line: bool
    is_tool: bool
    is_bar: bool
    is_prompt: bool


@lru_cache(maxsize=4096)
def _role(classes: str) -> _Role:
    return _Role(*(pattern.search(classes) is not None for pattern in (_GUTTER, _LINE, _TOOL, _BAR, _PROMPT)))


@lru_cache(maxsize=4096)
def _style(style: str) -> tuple[bool, bool]:
    """Whether an inline style shows an element as a block, and whether it cannot be selected."""
    return _SHOWN_AS_BLOCK.search(style) is not None, _UNSELECTABLE.search(style) is not None


def text_of(element: Any, run: Sequence[Any] = ()) -> str:
    """The lines of a code, without blank ones at its ends and white space at their ends.

    With a `run` of its children, only these and what is behind each of them count. Classes of buttons, prompts and
    bars count only while they leave something.
    """
    text = _read(element, run, is_whole=False)
    return text or ("" if _is_numbers(element) else _read(element, run, is_whole=True))


def _read(element: Any, run: Sequence[Any], *, is_whole: bool) -> str:
    reader = _Reader(_only_code(element), run, is_whole=is_whole)
    reader.read(in_pre=element.tag == "pre")
    text = normalize("".join(reader.parts).replace("\xa0", " "))
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _only_code(element: Any) -> Any:
    """The <code> in a <pre> that has nothing else: what indents the tags is no indentation of the code."""
    if len(element) != 1 or element.tag != "pre" or element[0].tag != "code":
        return element
    around = (element.text or "") + (element[0].tail or "")
    return element if around.strip() else element[0]


def tag_of(node: Any) -> Tag:
    """What an element in a code is. An unknown one, or what was meant as text, is inline unless it holds blocks."""
    tag = TAGS.get(node.tag)
    if tag is not None:
        return tag
    inner = islice(node.iterdescendants(), _MAX_LOOK)
    return Tag.BLOCK if any(TAGS.get(each.tag) in BLOCK_LEVEL for each in inner) else Tag.INLINE


def is_line(node: Any) -> bool:
    """Whether an element is a line of its own by what it is, its classes or its style, and nothing stands beside it."""
    tag = tag_of(node)
    if tag not in _WITHIN_LINES:
        return tag in _LINE_TAGS or _is_named_line(node)
    if tag is not Tag.INLINE or not (_is_named_line(node) or _is_one_of_codes(node)):
        return False
    before = node.getprevious()
    text = node.getparent().text if before is None else before.tail
    return not (node.tail or "").strip() and not (text or "").strip()


def _is_named_line(node: Any) -> bool:
    attributes = node.attrib
    if not attributes:
        return False
    if "data-line" in attributes or "data-line-number" in attributes:
        return True
    if "class" in attributes and _role(attributes["class"]).is_line:
        return True
    return "style" in attributes and _style(attributes["style"])[0]


def _is_one_of_codes(node: Any) -> bool:
    """Whether it is one of several <code> elements in a <pre>: pages number them as lines."""
    if node.tag != "code" or node.getparent().tag != "pre":
        return False
    return any(other is not None and other.tag == "code" for other in (node.getprevious(), node.getnext()))


def is_tool(node: Any) -> bool:
    """Whether an element is a button by its classes and the length of its text."""
    return _role(node.get("class", "")).is_tool and short_text(node, _MAX_PROMPT) is not None


def is_gutter(node: Any) -> bool:
    """Whether an element holds line numbers and nothing else, by its classes or attributes and its text."""
    attributes = node.attrib
    if "class" in attributes and _role(attributes["class"]).is_gutter:
        return _is_numbers(node)
    number = attributes.get("data-line-number")
    if number is not None:
        text = short_text(node, len(number))
        return text == number or (text == "" and node.tag == "td")
    return attributes.get("aria-hidden") == "true" and _is_numbers(node)


def _is_numbers(node: Any) -> bool:
    return all(_NUMBERS.fullmatch(text) is not None for text in node.itertext())


def short_text(node: Any, limit: int) -> str | None:
    """The text of an element without white space at its ends; None if it has more than `limit` characters.

    What has very many texts, most of them blank, is not short.
    """
    text = ""
    for place, part in enumerate(node.itertext()):
        if place == _MAX_TEXTS:
            return None
        text = (text + part).lstrip()
        if len(text.rstrip()) > limit:
            return None
    return text.rstrip()


def _is_left_out(node: Any, tag: Tag) -> bool:
    """Whether an element in a code is no part of it."""
    if tag is Tag.SKIP or node.tag in _NEVER_CODE:
        return True
    if tag not in _WITHIN_LINES and _is_bar(node):
        return True
    if tag is Tag.CELL and node.getnext() is not None and _is_numbers(node):
        return True
    attributes = node.attrib
    if not attributes:
        return False
    if is_hidden(attributes) or ("class" in attributes and _role(attributes["class"]).is_tool) or is_gutter(node):
        return True
    unselectable = "style" in attributes and _style(attributes["style"])[1]
    if not unselectable and attributes.get("unselectable") != "on":
        return False
    return _is_numbers(node) or "\n" not in (short_text(node, _MAX_PROMPT) or "\n")


def _is_bar(node: Any) -> bool:
    """Whether a block-level element is a bar with the language, the name of a file or buttons, beside the code."""
    inner = {child.tag for child in islice(node.iterdescendants(), _MAX_BAR)}
    if not inner.isdisjoint(("pre", "code", "br")):
        return False
    named = _role(node.get("class", "")).is_bar
    has_button = not inner.isdisjoint(("button", "clipboard-copy"))
    if not (named or has_button) or short_text(node, _MAX_BAR) is None:
        return False
    if named and has_button:
        return True
    neighbours = (*islice(node.itersiblings(), _MAX_NEIGHBOURS), *islice(node.itersiblings(preceding=True), 1))
    return any(_holds_code(neighbour) for neighbour in neighbours)


def _holds_code(node: Any) -> bool:
    """Whether an element is or begins with one that holds lines, where the lines are not beside it."""
    return any(inner.tag in _OF_CODE for inner in islice(node.iter(), _MAX_NEIGHBOURS))


class _Reader:
    """Reads the texts of a code in order.

    The stack is explicit, because highlighted code can be nested to any depth.
    """

    def __init__(self, root: Any, run: Sequence[Any], *, is_whole: bool) -> None:
        self.parts: list[str] = []
        self._is_whole = is_whole
        """Whether what only its class tells from code is read too."""
        self._root = root
        self._run = run
        self._written = 0
        """Number of texts that were written, to tell an empty element by."""
        self._at_start = True
        """Whether the last text ended a line."""
        self._ended_by = 0
        """What ended the last line, if it was the end of an element; the page may write a line break behind it."""
        self._pre = 0
        """Number of elements around that show newlines as such."""

    def read(self, *, in_pre: bool) -> None:
        """Fills `parts`. Newlines outside a <pre> count as lines only if nothing else marks lines."""
        root = self._root
        self._pre = int(in_pre or not (self._run or _has_lines(root)))
        is_session = any(node.get("class") == "go" for node in root.iter("span"))
        stack: list[tuple[Any, int, int]] = [(root, _NEW, 0)]
        while stack:
            node, breaks, mark = stack.pop()
            if breaks != _NEW:
                self._leave(node, breaks, mark)
                continue
            if node is not root:
                tag = tag_of(node)
                # A prompt tells what was typed from what was answered, where there are answers.
                if self._leaves_out(node, tag) or (not is_session and _is_prompt(node)):
                    tail = node.tail
                    if self._at_start and tail and _is_prompt(node):
                        tail = tail.removeprefix(" ")
                    self._text(tail, node.getparent())
                    continue
                breaks = self._enter(node, tag)
                stack.append((node, breaks, self._written))
            if node is root and self._run:
                stack.extend((child, _NEW, 0) for child in reversed(self._run))
                continue
            self._text(node.text, node)
            stack.extend((child, _NEW, 0) for child in reversed(node))

    def _leaves_out(self, node: Any, tag: Tag) -> bool:
        if self._is_whole:
            return tag is Tag.SKIP or node.tag in _NEVER_CODE or is_hidden(node.attrib)
        return _is_left_out(node, tag)

    def _enter(self, node: Any, tag: Tag) -> int:
        self._pre += node.tag == "pre"
        if tag is Tag.BREAK:
            if self._ended_by != _INLINE_LINE:
                self._write("\n")
            self._ended_by = 0
            return _NO_BREAK
        line = is_line(node)
        if tag in _WITHIN_LINES and not line:
            return _NO_BREAK
        self._new_line()
        if tag in _WITHIN_LINES:
            return _INLINE_LINE
        return _LINE_BLOCK if line else _BLOCK

    def _leave(self, node: Any, breaks: int, mark: int) -> None:
        self._pre -= node.tag == "pre"
        if breaks != _NO_BREAK:
            is_empty_line = breaks != _BLOCK and self._written == mark
            if not self._at_start or is_empty_line:
                self._write("\n")
                self._ended_by = breaks
        self._text(node.tail, node.getparent())

    def _text(self, text: str | None, parent: Any) -> None:
        """Writes a text of the page that stands directly in `parent`."""
        if not text or (parent is not None and parent.tag in _OWN_TEXT_IS_FORMATTING and not text.strip()):
            return
        if not self._pre:
            found = _FORMATTING.match(text) if self._at_start else None
            text = _FORMATTING.sub(" ", text[found.end() :] if found else text)
        elif self._ended_by:
            found = _LINE_END.match(text)
            text = text[found.end() :] if found else text
        if text:
            self._write(text)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._written += 1
        self._at_start = text[-1] == "\n"
        self._ended_by = 0

    def _new_line(self) -> None:
        """Ends the line before an element that begins one; white space alone before it is no line."""
        if self._at_start:
            return
        last = self.parts[-1]
        rest = last.rpartition("\n")[2]
        if not rest.strip(" \t") and (len(rest) < len(last) or len(self.parts) < 2 or self.parts[-2][-1:] == "\n"):
            self.parts[-1] = last[: len(last) - len(rest)]
            self._at_start = True
        else:
            self._write("\n")


_NEW, _NO_BREAK, _BLOCK, _LINE_BLOCK, _INLINE_LINE = range(5)
"""What an element does to lines: it has not been entered yet; nothing; it is in lines of its own; it is a line."""


def _is_prompt(node: Any) -> bool:
    if "class" not in node.attrib or not _role(node.attrib["class"]).is_prompt:
        return False
    text = short_text(node, _MAX_PROMPT)
    return text is not None and _PROMPT_SIGN.fullmatch(text) is not None


def _has_lines(root: Any) -> bool:
    """Whether a code marks its lines with elements."""
    return any(node.tag in ("br", "pre") or is_line(node) for node in root.iterdescendants())
