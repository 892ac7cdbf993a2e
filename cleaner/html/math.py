"""Formulas: the TeX that a page has for them, once, whatever renders them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from cleaner import lazily
from cleaner.document import Span
from cleaner.html.class_names import names_of
from cleaner.html.mathml import SIGNS, tex_of_mathml
from cleaner.html.parse import parse
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Nodes

MATH_TAGS = frozenset(("math", "mjx-container", "math-renderer", "amp-mathml", "tex-math"))
_RENDERER = lazily.pattern(
    r"(?:^|\s)(?:katex(?:-display|-block|-error|--display|--inline)?|mathjax(?:_\w+)?|mjx-chtml|mjxc-display|"
    r"mwe-math-element|ztext-math|ql-formula|hurmet-tex|js-(?:inline|display)-math|notion-text-equation-token|"
    r"notion-equation|wp-katex-eq)(?=$|\s)",
    re.I,
)
"""Classes that programs give to elements of one formula."""
_RENDERED = lazily.pattern(
    r"(?:^|\s)(?:mathjax(?:_(?:preview|display|svg|svg_display|chtml))?|mjx-chtml|mjxc-display)(?=$|\s)", re.I
)
"""Classes of what MathJax 2 shows before its script."""
_DRAWN = lazily.pattern(r"(?:^|\s)(?:katex(?:-\w+)?|mathjax(?:_\S+)?|mjxc?[-_]\S*|math|mwe-math\S*)(?=$|\s)", re.I)
"""Classes of what stands for a formula inside its element."""
_DRAWN_TAGS = frozenset(("math", "svg", "nobr", "script", "style", "noscript"))
_HOLDS_TEXT = frozenset(
    (
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "dl",
            "table",
            "blockquote",
            "pre",
            "figure",
            "hr",
            "form",
        ),
        *("article", "section", "main", "header", "footer", "nav", "aside"),
    )
)
"""Elements that no program draws a formula with."""
_MAX_PARTS = 5_000
"""Maximum pieces of text that are compared with the TeX of a formula."""
_SAYS_TEX = lazily.pattern(r"katex-error|wp-katex-eq")
"""Classes of elements whose text is TeX without delimiters."""
_DISPLAY = lazily.pattern(
    r"(?:^|[\s_-])(?:display|displayed|block)(?=$|[\s_-])|katex-(?:display|block)|mathjax_(?:svg_)?display|js-display",
    re.I,
)
_TEX_ATTRIBUTES = (
    "data-tex",
    "data-latex",
    "data-value",
    "data-entry",
    "data-equation",
    "data-expr",
    "data-math",
    "data-formula",
)
_TEX_ENCODINGS = frozenset(("application/x-tex", "tex", "latex", "application/x-latex", "text/x-tex", "text/tex"))
_DELIMITED = lazily.pattern(r"\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$", re.S)
_STYLED = lazily.pattern(r"\{\\(?:display|text|script)style\s*(.*)\}", re.S)
_COMMAND = lazily.pattern(r"\\[A-Za-z]{2,}|\\[{}|,;!]")
_SIGN = lazily.pattern(r"[\^=]|(?<![^\W\d_]{4})_(?:\{|[^\W_](?![^\W\d_]))")
_PROSE = lazily.pattern(r"(?<!\\)\b[^\W\d_]{3,}\s+[^\W\d_]{3,}")
_IMAGE_ADDRESS = lazily.pattern(
    r"codecogs\.|quicklatex\.|upmath\.|/(?:(?:la|math|mime)?tex|math)/|/%5C[a-z]|"
    r"(?<![a-z])(?:(?:la|math|mime)?tex|math|equation)(?:\.\w+)?\?|[?&](?:latex|tex|chl)=|\?.*(?:%5C|\\)[a-z{]",
    re.I,
)
"""Addresses of programs that draw formulas, and those with TeX in their parameters."""
_IN_ADDRESS = ("tex", "math", "cogs.", "equation", "%5c", "\\", "chl=")
"""What one of these addresses holds in lower case; to look for this takes a tenth of the time of the pattern."""
_PARAMETERS = lazily.pattern(r"[\w.-]+=")
_TEX_PARAMETERS = frozenset(("latex", "tex", "chl", "math", "from", "formula", "eq", "eqn", "equation", "expr"))
_SETTINGS = lazily.pattern(
    r"(?:\\(?:inline|dpi\s*\{?\d+\}?|bg_\w+|fn_\w+|displaystyle|tiny|small|large|huge|Large|LARGE)(?![A-Za-z])\s*)+"
)
_MAX_TEX = 5_000
"""Maximum characters of a formula."""
_MAX_PREVIEW = 20
"""Maximum characters of what is drawn of a formula, beyond twice the length of its TeX."""


class Formula(NamedTuple):
    """A formula as it is read."""

    tex: str
    """Empty where an element only repeats what another one says."""
    is_display: bool = False


def formula_of(element: Any) -> Formula | None:
    """The formula that an element is, by its tag or its class; None where it is none, or no TeX is known for it."""
    if element.tag == "math":
        tex = tex_of(element)
        return Formula(tex, element.get("display") == "block" or element.get("mode") == "display") if tex else None
    classes = element.get("class", "")
    is_named = element.tag in MATH_TAGS
    is_certain = is_named or _RENDERER.search(classes) is not None
    if not is_named and not _holds_one(element):
        return None
    if _RENDERED.search(classes) and (script := _script_behind(element)) is not None:
        return Formula("") if len(_beside(element)) <= 2 * len(script.text or "") + _MAX_PREVIEW else None
    sources = _sources(element) if is_certain else _own_sources(element)
    tex = next(filter(None, map(_tidy, sources)), None)
    if not tex or (not is_named and _says_more(_beside(element), tex)):
        return None
    return Formula(tex, _is_display(element, classes))


def rendered_beside(element: Any, tex: str) -> Iterator[Any]:
    """The other half of a formula whose classes are gone: what is drawn for those who see, behind its MathML."""
    node = element if element.tag == "math" else None
    while node is not None and not (node.tail or "").strip():
        other = node.getnext()
        if other is not None:
            if other.get("aria-hidden") == "true" and (
                _DRAWN.search(other.get("class", "")) or not _says_more(_beside(other), tex)
            ):
                yield other
            return
        node = node.getparent()
        if node is None or node.tag != "span":
            return


def _holds_one(element: Any) -> bool:
    """Whether an element may be what is drawn of one formula: it holds no paragraphs and no second formula."""
    if next(element.iterdescendants(*_HOLDS_TEXT), None) is not None:
        return False
    found: set[str] = set()
    for node in element.iterdescendants("math", "script", "mjx-container"):
        if node.tag != "script" or node.get("type", "").startswith("math/"):
            if node.tag in found:
                return False
            found.add(node.tag)
    return True


def _beside(element: Any) -> str:
    """The text of an element without what is certainly drawn of a formula."""
    parts: list[str] = []
    stack: list[Any] = [element]
    while stack and len(parts) < _MAX_PARTS:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        parts.append(node.text or "")
        for child in reversed(node):
            stack.append(child.tail or "")
            if not _is_drawn(child):
                stack.append(child)
    return " ".join("".join(parts).split())


def _is_drawn(node: Any) -> bool:
    if node.tag in _DRAWN_TAGS or node.tag.startswith("mjx-") or node.get("aria-hidden") == "true":
        return True
    classes = node.get("class", "")
    return _DRAWN.search(classes) is not None or _RENDERER.search(classes) is not None


def _says_more(text: str, tex: str) -> bool:
    """Whether a text is more than a formula as it is drawn: is much longer, has other letters or words in a row."""
    if len(text) > 2 * len(tex) + _MAX_PREVIEW:
        return True
    signs = [sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum() and sign not in SIGNS]
    known = set(unicodedata.normalize("NFKC", tex).lower())
    if 2 * sum(sign not in known for sign in signs) > len(signs):
        return True
    return any(all(word not in tex for word in words[0].split()) for words in _PROSE.finditer(text))


def formula_of_script(element: Any) -> Formula | None:
    """The formula in a <script type="math/tex">, which MathJax 2 reads and leaves behind what it shows."""
    kind = element.get("type", "")
    tex = _tidy(element.text or "") if kind.startswith("math/tex") else None
    return Formula(tex, "mode=display" in kind.replace(" ", "")) if tex else None


def formula_of_image(attributes: dict[str, str]) -> Formula | None:
    """The formula that an image shows, by its class or address, with the TeX in its alternative text or address."""
    classes, address = attributes.get("class", ""), attributes.get("src", "")
    if not names_of(classes).is_formula and "eeimg" not in classes and not _draws_formula(address):
        return None
    alt = attributes.get("alt", "")
    is_tex = "mwe-math" in classes or _is_tex(alt)
    tex = _tidy(alt) if is_tex else _tex_in_address(address)
    return Formula(tex, _DISPLAY.search(classes) is not None) if tex else None


def _draws_formula(address: str) -> bool:
    if address.startswith("data:"):  # the image itself, of any length
        return False
    lower = address.lower()
    return any(part in lower for part in _IN_ADDRESS) and _IMAGE_ADDRESS.search(address) is not None


def _is_tex(text: str) -> bool:
    """Whether a text that may be words is TeX."""
    if _DELIMITED.fullmatch(text.strip()) or _COMMAND.search(text):
        return True
    return _SIGN.search(text) is not None and _PROSE.search(text) is None


def tex_of(element: Any) -> str | None:
    """The TeX of a <math> element: its annotation or `alttext`, or what its elements say; None if that is nothing."""
    given = _annotation(element) or element.get("alttext", "") or element.get("data-latex", "")
    return _tidy(given) or tex_of_mathml(element)


def _annotation(element: Any) -> str:
    for note in element.iter("annotation"):
        if note.get("encoding", "").lower() in _TEX_ENCODINGS:
            return "".join(note.itertext())
    return ""


def _own_sources(element: Any) -> Iterator[str]:
    """What is TeX for certain in an element that may hold more than a formula: an attribute, or all of its text."""
    yield from (element.get(name, "") for name in _TEX_ATTRIBUTES[:2])
    text = _text(element)
    if _DELIMITED.fullmatch(text) and not len(element):
        yield text


def _sources(element: Any) -> Iterator[str]:
    """What may be the TeX of an element that holds a formula, the most certain first."""
    yield from (element.get(name, "") for name in _TEX_ATTRIBUTES)
    yield _annotation(element)
    rendered: list[Any] = []
    for inner in element.iter("math", "script", "mjx-math", "img"):
        if inner.tag == "script":
            formula = formula_of_script(inner)
        elif inner.tag == "img":
            formula = formula_of_image(dict(inner.items()))
        else:
            formula = None
            rendered.append(inner)
            yield inner.get("alttext", "") or inner.get("data-latex", "")
        yield formula.tex if formula else ""
    yield from (value for value in (element.get("title", ""), element.get("aria-label", "")) if _COMMAND.search(value))
    text = _text(element)
    if _DELIMITED.fullmatch(text) or element.tag == "tex-math" or _SAYS_TEX.search(element.get("class", "")):
        yield text
    rendered += _in_attribute(element)
    yield from filter(None, map(tex_of, sorted(rendered, key=lambda node: node.tag != "math")))


def _text(element: Any) -> str:
    text = ""
    for part in element.itertext():
        text += part
        if len(text) > _MAX_TEX:
            return ""
    return text.strip()


def _in_attribute(element: Any) -> list[Any]:
    """The MathML that MathJax 2 keeps in an attribute; nothing where the attribute holds something else."""
    for node in element.iter("span", "div"):
        source = node.get("data-mathml", "").strip()
        if source:
            root, _ = parse(source[: 10 * _MAX_TEX])
            return [] if root is None else list(root.iter("math"))[:1]
    return []


def _tidy(tex: str) -> str | None:
    """TeX without delimiters, a style around it and white space at the ends of lines; None if nothing is left."""
    tex = tex.strip()[:_MAX_TEX]
    found = _DELIMITED.fullmatch(tex)
    if found:
        tex = next(filter(None, found.groups()), "")
    styled = _STYLED.fullmatch(tex.strip())
    if styled and _is_balanced(styled[1]):
        tex = styled[1]
    tex = _SETTINGS.sub("", tex, count=1) if _SETTINGS.match(tex) else tex
    return "\n".join(filter(None, (" ".join(line.split()) for line in tex.split("\n")))) or None


def _is_balanced(tex: str) -> bool:
    """Whether no brace closes that was not opened: the outer braces are a pair."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]", tex):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _is_display(element: Any, classes: str) -> bool:
    if _DISPLAY.search(classes) or element.get("display") in ("true", "block") or element.tag in ("div", "p"):
        return True
    if element.get("data-math-style") == "display":
        return True
    for inner in element.iter("math", "script", "span", "div"):
        if inner.get("display") == "block" or "mode=display" in inner.get("type", "").replace(" ", ""):
            return True
        if "mwe-math-mathml-display" in inner.get("class", ""):
            return True
    return False


def _script_behind(element: Any) -> Any:
    """The script that an element was rendered from, which stands behind it; None where there is none."""
    node = element
    for _ in range(4):
        node = node.getnext()
        if node is None:
            return None
        if node.tag == "script" and node.get("type", "").startswith("math/"):
            return node
        if (node.getprevious().tail or "").strip():
            return None
    return None


def _tex_in_address(address: str) -> str | None:
    """TeX in the query of an image's address or at the end of its path."""
    path, _, query = address.partition("?")
    if not query:
        given = unquote(path.rpartition("/")[2])
        return _tidy(given) if _COMMAND.search(given) else None
    if not _PARAMETERS.match(query):
        return _tidy(unquote(query.replace("&space;", " ").replace("&plus;", "+")))
    for name, value in parse_qsl(query):
        if name.lower() in _TEX_PARAMETERS or _COMMAND.search(value):
            return _tidy(value)
    return None


def settle_formulas(blocks: Sequence[Candidate], nodes: Nodes) -> None:
    """Makes of each formula that is all of a <p> a paragraph with a formula in it; others stay blocks."""
    for number, block in enumerate(blocks):
        if block.kind == "math" and "\n" not in block.text and _is_all_of_paragraph(number, block.element, nodes):
            block.kind = "paragraph"
            block.spans = [Span(0, len(block.text), "math", value=block.text)]
            if block.containers and block.containers[-1].kind == "item":
                _settle_item(blocks, number, block.containers[-1].key)


def _is_all_of_paragraph(number: int, node: int, nodes: Nodes) -> bool:
    while node >= 0 and (nodes.first[node], nodes.end[node]) == (number, number + 1):
        if _is_paragraph(node, nodes) or _is_cut_off(number, node, nodes):
            return True
        node = nodes.parent[node]
    return False


def _is_cut_off(number: int, node: int, nodes: Nodes) -> bool:
    """Whether an empty <p> stands directly before: a <div> ends a <p>, also one that was written around it."""
    before = node - 1
    is_empty = before >= 0 and (nodes.first[before], nodes.end[before]) == (number, number)
    return is_empty and nodes.parent[before] == nodes.parent[node] and _is_paragraph(before, nodes)


def _is_paragraph(node: int, nodes: Nodes) -> bool:
    return nodes.signatures[nodes.signature[node]].tag == "p"


def _settle_item(blocks: Sequence[Candidate], number: int, key: int) -> None:
    """Makes a paragraph the first of its item if it stands first, and the one that was first a further one."""
    if number and any(container.key == key for container in blocks[number - 1].containers):
        return
    blocks[number].kind = "list_item"
    for block in blocks[number + 1 :]:
        if not any(container.key == key for container in block.containers):
            break
        if block.kind == "list_item" and block.containers[-1].key == key:
            block.kind = "paragraph"
