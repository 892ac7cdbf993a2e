"""MathML, and what MathJax makes of it, to TeX: for pages that have no TeX for a formula."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

MAX_ELEMENTS = 2_000
"""Maximum elements of a formula; a larger one is read as text."""
_MAX_DEPTH = 100

SIGNS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ϵ": "epsilon", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon", "ϕ": "phi", "φ": "varphi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi",
    "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "∑": "sum", "∏": "prod", "∫": "int",
    "∬": "iint", "∮": "oint", "∞": "infty", "∂": "partial", "∇": "nabla", "∈": "in", "∉": "notin", "⊂": "subset",
    "⊆": "subseteq", "⊃": "supset", "∪": "cup", "∩": "cap", "∅": "emptyset", "∀": "forall", "∃": "exists", "¬": "neg",
    "∧": "wedge", "∨": "vee", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∼": "sim",
    "≅": "cong", "∝": "propto", "±": "pm", "∓": "mp", "×": "times", "÷": "div", "⋅": "cdot", "·": "cdot",
    "∗": "ast", "⋆": "star", "∘": "circ", "⊕": "oplus", "⊗": "otimes", "→": "to", "←": "leftarrow",
    "↔": "leftrightarrow", "⇒": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow", "↦": "mapsto", "…": "ldots",
    "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "⟨": "langle", "⟩": "rangle", "‖": "|", "′": "prime", "ℓ": "ell",
    "ℏ": "hbar", "∣": "mid", "∥": "parallel", "⊥": "perp", "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil",
}  # fmt: skip
"""The names of signs in TeX."""
_PLAIN = {"−": "-", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "\xa0": " ", "{": "\\{", "}": "\\}"}
_SPECIAL = frozenset("#$%&_^~\\")
_FUNCTION_NAMES = "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp lim max min sup inf det"
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_ACCENTS = {
    "^": "hat", "~": "tilde", "¯": "bar", "‾": "overline", "→": "vec", "˙": "dot", "¨": "ddot", "ˉ": "bar",
    "_": "underline", "⏞": "overbrace", "⏟": "underbrace", "ˆ": "hat", "˜": "tilde",
}  # fmt: skip
_LETTERS = {
    "double-struck": "mathbb",
    "bold": "mathbf",
    "script": "mathcal",
    "fraktur": "mathfrak",
    "sans-serif": "mathsf",
}


def tex_of_mathml(element: Any) -> str | None:
    """The TeX of a <math> or <mjx-math> element with the same signs in it; None where there are none, or too many."""
    if sum(1 for _ in element.iter()) > MAX_ELEMENTS:
        return None
    return _of(element, 0).strip() or None


def _of(node: Any, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return "".join(node.itertext())
    name = node.tag.removeprefix("mjx-")
    if name in _TOKENS:
        return _TOKENS[name](node)
    if name in _FORMS:
        return _FORMS[name](node, depth + 1)
    return _row(node, depth + 1)


def _row(node: Any, depth: int) -> str:
    parts = [_of(child, depth) for child in node if child.tag not in _IGNORED]
    return " ".join(part for part in parts if part)


def _children(node: Any, depth: int) -> list[str]:
    """The TeX of each child, in the order of MathML. MathJax puts scripts into an element of their own."""
    given: list[str] = []
    for child in node:
        if child.tag in _WRAPPERS:
            given += [_of(inner, depth) for inner in child if inner.tag not in _IGNORED]
        elif child.tag not in _IGNORED:
            given.append(_of(child, depth))
    return given + [""] * 3


def _within(node: Any, name: str, depth: int) -> str | None:
    """The TeX of the first descendant of MathJax's with a name."""
    found = next(node.iter(name), None)
    return None if found is None else _row(found, depth)


# --- tokens


def _text(node: Any) -> str:
    text = "".join(node.itertext()).strip()
    if text or not node.tag.startswith("mjx-"):
        return text
    codes = (token[5:] for c in node.iter("mjx-c") for token in c.get("class", "").split() if token.startswith("mjx-c"))
    return "".join(_character(code) for code in codes)


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _signs(text: str) -> str:
    out = ""
    for sign in text:
        plain = unicodedata.normalize("NFKC", sign) if ord(sign) >= 0x1D400 else sign
        if plain in SIGNS:
            out += f"\\{SIGNS[plain]} "
        elif plain in _SPECIAL:
            out += f"\\{plain}" if plain not in "\\^~" else ""
        else:
            out += _PLAIN.get(plain, plain)
    return out.strip()


def _identifier(node: Any) -> str:
    text = _text(node)
    if text in _FUNCTIONS:
        return f"\\{text}"
    letters = _LETTERS.get(node.get("mathvariant", ""))
    return f"\\{letters}{{{_signs(text)}}}" if letters and text else _signs(text)


def _words(node: Any) -> str:
    text = " ".join("".join(node.itertext()).split())
    return f"\\text{{{text}}}" if any(sign.isalpha() for sign in text) and _is_safe(text) else _signs(text)


def _is_safe(text: str) -> bool:
    return not any(sign in "{}\\$#%&_^~" for sign in text)


# --- forms


def _fraction(node: Any, depth: int) -> str:
    over, under = _within(node, "mjx-num", depth), _within(node, "mjx-den", depth)
    if over is None or under is None:
        over, under, *_ = _children(node, depth)
    return f"\\frac{{{over}}}{{{under}}}"


def _root(node: Any, depth: int) -> str:
    inner = _within(node, "mjx-box", depth)
    return f"\\sqrt{{{_row(node, depth) if inner is None else inner}}}"


def _nth_root(node: Any, depth: int) -> str:
    base, index, *_ = _children(node, depth)
    return f"\\sqrt[{index}]{{{base}}}"


def _base(tex: str) -> str:
    return tex if len(tex) < 2 or (tex[0] == "\\" and tex[1:].isalpha()) or tex.isalnum() else f"{{{tex}}}"


def _sub(node: Any, depth: int) -> str:
    base, under, *_ = _children(node, depth)
    return f"{_base(base)}_{{{under}}}"


def _sup(node: Any, depth: int) -> str:
    base, over, *_ = _children(node, depth)
    return f"{_base(base)}^{{{over}}}"


def _sub_sup(node: Any, depth: int) -> str:
    base, under, over, *_ = _children(node, depth)
    if node.tag.startswith("mjx-"):
        under, over = over, under
    return f"{_base(base)}_{{{under}}}^{{{over}}}"


def _over(node: Any, depth: int) -> str:
    base, over, *_ = _stacked(node, ("mjx-base", "mjx-over"), depth)
    accent = _accent(node)
    return f"\\{accent}{{{base}}}" if accent else f"{_base(base)}^{{{over}}}"


def _under(node: Any, depth: int) -> str:
    base, under, *_ = _stacked(node, ("mjx-base", "mjx-under"), depth)
    accent = _accent(node)
    return f"\\{accent}{{{base}}}" if accent in ("underbrace", "underline") else f"{_base(base)}_{{{under}}}"


def _under_over(node: Any, depth: int) -> str:
    base, under, over, *_ = _stacked(node, ("mjx-base", "mjx-under", "mjx-over"), depth)
    return f"{_base(base)}_{{{under}}}^{{{over}}}"


def _stacked(node: Any, names: tuple[str, ...], depth: int) -> list[str]:
    found = [_within(node, name, depth) for name in names]
    return [part or "" for part in found] if any(found) else _children(node, depth)


def _accent(node: Any) -> str | None:
    sign = "".join(node[-1].itertext()).strip() if len(node) == 2 else ""
    return _ACCENTS.get(sign)


def _fenced(node: Any, depth: int) -> str:
    left, right = node.get("open", "("), node.get("close", ")")
    inner = " , ".join(part for part in _children(node, depth) if part)
    return f"\\left{_signs(left) or '.'} {inner} \\right{_signs(right) or '.'}"


def _table(node: Any, depth: int) -> str:
    rows = []
    for row in node.iter("mtr", "mlabeledtr", "mjx-mtr"):
        cells = [_row(cell, depth) for cell in row if cell.tag in ("mtd", "mjx-mtd")]
        rows.append([*cells[1:], cells[0]] if row.tag == "mlabeledtr" and cells else cells)
    if len(rows) == 1:
        return " ".join(rows[0])
    kind = "aligned" if node.get("columnalign") or node.get("displaystyle") == "true" else "matrix"
    inner = r" \\ ".join(" & ".join(row) for row in rows)
    return f"\\begin{{{kind}}}{inner}\\end{{{kind}}}"


_IGNORED = frozenset(
    (
        "annotation",
        "annotation-xml",
        "mphantom",
        "mspace",
        "mjx-surd",
        "mjx-spacer",
        "mjx-nstrut",
        "mjx-dstrut",
        "script",
        "mprescripts",
    )
)
_WRAPPERS = frozenset(("mjx-script",))
_TOKENS: dict[str, Callable[[Any], str]] = {
    "mi": _identifier,
    "mn": lambda node: _signs(_text(node)),
    "mo": lambda node: _signs(_text(node)),
    "mtext": _words,
    "ms": _words,
}
_FORMS: dict[str, Callable[[Any, int], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _nth_root,
    "msub": _sub,
    "msup": _sup,
    "msubsup": _sub_sup,
    "mover": _over,
    "munder": _under,
    "munderover": _under_over,
    "mfenced": _fenced,
    "mtable": _table,
}
