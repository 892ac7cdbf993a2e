"""The parser of Markdown: CommonMark with tables, strikethrough, footnotes, math, task lists and callouts.

Footnotes stay where they are defined and keep their labels, used or not, so that nothing of a page is lost; what
the plug-ins do otherwise is replaced here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING = 100
"""Quotes and lists within each other; the parser leaves out what is deeper."""

_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)\][+-]?(?:[ \t]+([^\n]*))?(?:\n|\Z)")
_TASK = re.compile(r"\[([ xX])\]\s+")
_MATH = re.compile(r"\$(?!\s)((?:[^$\\]|\\.)+)(?<!\s)\$(?!\d)", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\s\]]+)\]")


@functools.cache
def parser() -> MarkdownIt:
    """The parser with its rules; it holds no state between texts."""
    md = _Parser("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    md.disable(["footnote_inline", "footnote_tail"])
    md.inline.ruler.at("footnote_ref", _footnote_ref)
    md.inline.ruler.at("math_inline", _math_inline)
    md.core.ruler.before("inline", "containers", _containers)
    for name, rule in _RENDERED.items():
        md.add_render_rule(name, rule)
    return md


class _Parser(MarkdownIt):
    """Addresses stay as they are written: percent-encoding them would make a second reading differ from the first."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


def _math_inline(state: StateInline, silent: bool) -> bool:
    """`$x$`, without spaces inside the signs and digits beside them: prices are no math."""
    if state.src[state.pos] != "$" or (state.pos and state.src[state.pos - 1].isdigit()):
        return False
    found = _MATH.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = found[1]
    state.pos = found.end()
    return True


def _footnote_ref(state: StateInline, silent: bool) -> bool:
    """`[^label]`, where the note is there."""
    notes = state.env.get("footnotes", {}).get("refs", {})
    if not notes or not state.src.startswith("[^", state.pos):
        return False
    found = _NOTE.match(state.src, state.pos, state.posMax)
    if found is None or f":{found[1]}" not in notes:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def _containers(state: StateCore) -> None:
    """Marks callouts and tasks, and leaves out the empty header that a table without one has in Markdown."""
    state.tokens = list(_without_empty_headers(_marked(state)))


def _marked(state: StateCore) -> Iterator[Token]:
    tokens = iter(state.tokens)
    for token in tokens:
        if token.type not in ("blockquote_open", "list_item_open"):
            yield token
            continue
        opening, text = next(tokens), None
"""
