"""The parser of Markdown: CommonMark with tables, strikethrough, footnotes, math, task lists and callouts.

Footnotes stay where they are defined and keep their labels, used or not, so that nothing of a page is lost; what
the plug-ins do otherwise is replaced here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import MutableMapping, Sequence
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
_MATH = re.compile(r"\$(?!\s)((?:[^$\\]|\\.)++)(?<!\s)\$(?!\d)", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\s\]]{1,200})\]")


@functools.cache
def parser() -> MarkdownIt:
    """The parser with its rules; it holds no state between texts."""
    md = _Parser("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    md.disable(["footnote_inline", "footnote_tail"])
    md.inline.ruler.at("footnote_ref", _footnote_ref)
    md.inline.ruler.at("math_inline", _math_inline)
    md.core.ruler.before("inline", "containers", _containers)
    md.core.ruler.after("inline", "captions", _captions)
    for name, rule in _RENDERED.items():
        md.add_render_rule(name, rule)
    return md


class _Parser(MarkdownIt):
    """Addresses stay as they are written: percent-encoding them would make a second reading differ from the first."""

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
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
    dropped: set[int] = set()
    for place, token in enumerate(state.tokens):
        if token.type == "thead_open":
            dropped |= _empty_header(state.tokens, place)
        elif [follower.type for follower in state.tokens[place + 1 : place + 3]] == ["paragraph_open", "inline"]:
            text = state.tokens[place + 2]
            if token.type == "list_item_open":
                _mark_task(token, text)
            elif token.type == "blockquote_open" and _mark_callout(state, token, text) and not text.content:
                dropped |= set(range(place + 1, place + 4))
    if dropped:
        state.tokens = [token for place, token in enumerate(state.tokens) if place not in dropped]


def _empty_header(tokens: Sequence[Token], start: int) -> set[int]:
    end = next(place for place in range(start, len(tokens)) if tokens[place].type == "thead_close")
    says_something = any(token.content for token in tokens[start:end])
    has_rows = tokens[end + 1].type == "tbody_open"
    return set() if says_something or not has_rows else set(range(start, end + 1))


def _mark_task(item: Token, text: Token) -> None:
    box = _TASK.match(text.content)
    if box:
        item.meta["checked"] = box[1] != " "
        text.content = text.content[box.end() :]


def _mark_callout(state: StateCore, quote: Token, text: Token) -> bool:
    head = _CALLOUT.match(text.content)
    if not head:
        return False
    quote.attrs |= {"class": "callout", "data-callout": head[1].lower()}
    title = _plain(state, head[2] or "")
    if title:
        quote.attrs["data-callout-title"] = title
    text.content = text.content[head.end() :]
    return True


def _plain(state: StateCore, text: str) -> str:
    """A title's text without its formatting."""
    tokens: list[Token] = []
    state.md.inline.parse(text.strip(), state.md, state.env, tokens)
    return "".join(token.content for token in tokens if token.type != "html_inline").strip()


def _only_image(children: Sequence[Token]) -> Token | None:
    """The image that a paragraph consists of, perhaps with a link around it."""
    kinds = [child.type for child in children]
    if kinds == ["image"]:
        return children[0]
    return children[1] if kinds == ["link_open", "image", "link_close"] else None


def _captions(state: StateCore) -> None:
    """Makes an image that stands by itself and has a title a figure with a caption, and says that tables hold data."""
    for opening, text, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type == "table_open":
            opening.attrs["role"] = "table"
        children = text.children or []
        image = _only_image(children) if opening.type == "paragraph_open" else None
        if image is None or not image.attrs.get("title"):
            continue
        children.append(Token("figure_caption", "figcaption", 0, content=str(image.attrs.pop("title"))))
        opening.tag = closing.tag = "figure"
        opening.hidden = closing.hidden = False


Env = MutableMapping[str, Any]


def _label(tokens: Sequence[Token], place: int) -> str:
    return escapeHtml(str(tokens[place].meta["label"]))


def _render_ref(_: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: Env) -> str:
    label = _label(tokens, place)
    return f'<sup class="footnote-ref"><a href="#fn{label}">{label}</a></sup>'


def _render_note(_: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: Env) -> str:
    return f'<section class="footnotes"><ol><li id="fn{_label(tokens, place)}">'


def _render_note_end(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: Env) -> str:
    return "</li></ol></section>\n"


def _render_item(_: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: Env) -> str:
    checked = tokens[place].meta.get("checked")
    if checked is None:
        return "<li>"
    return '<li><input type="checkbox" checked>' if checked else '<li><input type="checkbox">'


def _render_caption(_: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: Env) -> str:
    return f"<figcaption>{escapeHtml(tokens[place].content)}</figcaption>"


def _render_math(_: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: Env) -> str:
    return f'<span class="math inline">{escapeHtml(tokens[place].content)}</span>'


def _render_math_block(_: RendererHTML, tokens: Sequence[Token], place: int, __: OptionsDict, ___: Env) -> str:
    # Quotes and lists leave their indentation in the lines.
    tex = "\n".join(line.strip() for line in tokens[place].content.strip().split("\n"))
    first, end = tokens[place].map or (0, 0)
    if end - first == 1:
        return f'<p><span class="math display">{escapeHtml(tex)}</span></p>\n'
    return f'<div class="math block">{escapeHtml(tex)}</div>\n'


_RENDERED = {
    "figure_caption": _render_caption,
    "footnote_ref": _render_ref,
    "footnote_reference_open": _render_note,
    "footnote_reference_close": _render_note_end,
    "list_item_open": _render_item,
    "math_inline": _render_math,
    "math_block": _render_math_block,
}
