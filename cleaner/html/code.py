"""The text of preformatted code, without what highlighters add to it."""

from __future__ import annotations

import re
from typing import Any

from cleaner.html.hidden import is_hidden
from cleaner.html.tags import TAGS, Tag
from cleaner.normalize import normalize

_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?|highlight-source|brush:)[-:\s]?\s*([\w+#.-]+)", re.I)
_GUTTER = frozenset(
    [
        "linenos",
        "lineno",
        "linenumber",
        "line-number",
        "line-numbers",
        "line-numbers-rows",
        "gutter",
        "hljs-ln-numbers",
        "ln",
    ]
)
_WITHIN_LINES = (Tag.INLINE, Tag.BREAK, Tag.IMAGE, Tag.SKIP, Tag.CHECKBOX, Tag.MATH)
_NO_LANGUAGE = frozenset(("plaintext", "text", "none", "plain", "nohighlight"))


def code_of(element: Any) -> tuple[str, str | None]:
    """The text of a <pre>, and its programming language where its classes or those of its parents name one."""
    parts: list[str] = []
    _collect(element, parts)
    text = normalize("".join(parts).replace("\xa0", " "))
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines), _language(element)


def _collect(element: Any, parts: list[str]) -> None:
    """Appends the texts in order. The stack is explicit, because highlighted code can be nested to any depth."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, done = stack.pop()
        if done:
            _new_line(node, parts)
            if node.tail:
                parts.append(node.tail)
            continue
        if node is not element:
            stack.append((node, True))
            _new_line(node, parts)
        if node.tag == "br":
            parts.append("\n")
        elif _is_left_out(node) and node is not element:
            continue
        if node.text:
            parts.append(node.text)
        stack.extend((child, False) for child in reversed(node))


def _new_line(node: Any, parts: list[str]) -> None:
    """Ends the line before or after a block-level element: highlighters put each line into an element."""
    if TAGS.get(node.tag, Tag.BLOCK) not in _WITHIN_LINES and parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def _is_left_out(node: Any) -> bool:
    if node.tag == "button" or TAGS.get(node.tag) is Tag.SKIP or is_hidden(node.attrib):
        return True
    return not _GUTTER.isdisjoint(node.get("class", "").split())


def _language(element: Any) -> str | None:
    inner = element[0] if len(element) and element[0].tag == "code" else None
    parent = element.getparent()
    for node in (inner, element, parent, parent.getparent() if parent is not None else None):
        if node is None:
            continue
        found = node.get("data-lang") or node.get("data-language")
        if not found:
            match = _LANGUAGE.search(node.get("class", ""))
            found = match.group(1) if match else None
        if found and found.lower() not in _NO_LANGUAGE and re.fullmatch(r"[\w+#.-]{1,30}", found):
            return str(found.lower())
    return None
