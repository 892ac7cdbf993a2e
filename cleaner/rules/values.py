"""Nodes of a rule file to values: each function reports what is wrong with its node and then answers None."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cleaner.rules.source import Broken, Mapping, Node, Problems, Scalar, Sequence, did_you_mean, quote

if TYPE_CHECKING:
    from cleaner.selectors import Selector

PATTERN_MEMORY = 1 << 19
"""Bytes that RE2 may use for one pattern: some 20,000 instructions."""
MAX_PATTERNS_SIZE = 400_000
"""Instructions of all patterns of a file; an ordinary pattern has some hundred, and a thousand take a millisecond."""
MAX_SELECTORS_SIZE = 400_000
"""Characters of all selectors of a file; the worst of them take 20 microseconds each."""
PATTERNS, SELECTORS = "patterns, counted in instructions,", "selectors, counted in characters,"

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # a terminal would obey them
_WHOLE_NUMBER = re.compile("[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}")
_NO_LITERAL = re.compile(
    r"\\[pP]\{[^}]*\}|\\[pP].|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?P?<\w+>|\(\?[imsU-]*:?|\{[\d,]+\}|[\^$.|?*+()]",
    re.DOTALL,
)
"""Parts of a pattern that are no characters of the text: escapes, classes, names and flags of groups, operators."""
_NOT_LINEAR = re.compile(r"\(\?(?:<?[=!]|P=|>)|\\[1-9]")


def entries(
    node: Node, what: str, known: Iterable[str], problems: Problems, elsewhere: dict[str, str] | None = None
) -> dict[str, tuple[Scalar, Node]] | None:
    """Keys and values of a mapping, without the unknown ones; `elsewhere` says where a misplaced key belongs."""
    if not isinstance(node, Mapping):
        _wrong(node, what, "keys and values", problems)
        return None
    for name, (key, _) in node.entries.items():
        if name not in known:
            belongs = (elsewhere or {}).get(name)
            message = belongs or f"unknown key {quote(name)}{did_you_mean(name, known) or _allowed(known)}"
            problems.add(key, message, "unknown-key")
    return {name: entry for name, entry in node.entries.items() if name in known}


def _allowed(known: Iterable[str]) -> str:
    return f"; it is one of {', '.join(known)}"


def items(node: Node, what: str, problems: Problems) -> list[Node] | None:
    """Items of a list."""
    if isinstance(node, Sequence):
        return node.items
    _wrong(node, what, "a list", problems)
    return None


def text(node: Node, what: str, problems: Problems, *, empty: bool = False, raw: bool = False) -> str | None:
    """A text; a plain number or `no` is one too, as it is written. `raw` is for the pages of tests: anything goes."""
    if not isinstance(node, Scalar):
        _wrong(node, what, "a text", problems)
        return None
    if not (empty or raw) and not node.text.strip():
        problems.add(node, f"{what!r} is empty")
        return None
    if bad := (_SURROGATE if raw else _CONTROL).search(node.text):
        problems.add(node, f"{what!r} has the character U+{ord(bad.group()):04X}, which no text has")
        return None
    return node.text


def texts(node: Node, what: str, problems: Problems) -> list[tuple[Scalar, str]] | None:
    """A text or a list of texts, each with its node."""
    if isinstance(node, Mapping):
        _wrong(node, what, "a text or a list of texts", problems)
        return None
    nodes = node.items if isinstance(node, Sequence) else [node]
    if not nodes:
        problems.add(node, f"{what!r} is an empty list")
    found = [(item, text(item, what, problems)) for item in nodes]
    good = [(item, value) for item, value in found if isinstance(item, Scalar) and value is not None]
    return good if nodes and len(good) == len(nodes) else None


def words(node: Node, what: str, problems: Problems) -> tuple[str, ...] | None:
    """Texts to compare folded: each needs a word, for without one it would equal every block that has none."""
    from cleaner.normalize import fold

    found = texts(node, what, problems) or []
    wordless = [item for item, value in found if not (value[0].isalnum() or fold(value))]
    for item in wordless:
        problems.add(item, f"{what!r}: {quote(item.text)} has no word or number to compare; use 'regex'")
    return tuple(value for _, value in found) if found and not wordless else None


def number(node: Node, what: str, low: int, high: int | None, problems: Problems) -> int | None:
    """A whole number from `low` to `high`."""
    if not (isinstance(node, Scalar) and node.plain and _WHOLE_NUMBER.fullmatch(node.text)):
        _wrong(node, what, "a whole number", problems)
        return None
    value = int(node.text)
    if value < low or (high is not None and value > high):
        bounds = f"{low} to {high}" if high is not None else f"{low} or more"
        problems.add(node, f"{what!r} must be {bounds}, not {value}")
        return None
    return value


def ratio(node: Node, what: str, problems: Problems) -> float | None:
    """A number above 0, at most 1."""
    if not (isinstance(node, Scalar) and node.plain and _DECIMAL.fullmatch(node.text)):
        _wrong(node, what, "a number from 0 to 1", problems)
        return None
    value = float(node.text)
    if not 0 < value <= 1:
        problems.add(node, f"{what!r} must be above 0 and at most 1, not {node.text}")
        return None
    return value


def flag(node: Node, what: str, problems: Problems) -> bool | None:
    """`true` or `false`."""
    if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
        return node.text == "true"
    _wrong(node, what, "true or false", problems)
    return None


def choices(node: Node, what: str, known: tuple[str, ...], problems: Problems) -> tuple[str, ...] | None:
    """One or several of the known words."""
    found = texts(node, what, problems) or []
    unknown = [(item, value) for item, value in found if value not in known]
    for item, value in unknown:
        hint = did_you_mean(value, known) or f"; it is one of {', '.join(known)}"
        problems.add(item, f"unknown {what} {quote(value)}{hint}")
    return tuple(value for _, value in found) if found and not unknown else None


def patterns(node: Node, what: str, problems: Problems) -> tuple[str, ...] | None:
    """Regular expressions that RE2 takes."""
    found = texts(node, what, problems) or []
    good = [_is_pattern(item, what, value, problems) for item, value in found]
    return tuple(value for _, value in found) if found and all(good) else None


def folded_patterns(node: Node, what: str, problems: Problems) -> tuple[str, ...] | None:
    """Regular expressions for folded text; one with a letter or sign that folded text never has would never match."""
    found = patterns(node, what, problems)
    before = len(problems.found)
    for item, pattern in (texts(node, what, problems) or []) if found else []:
        literal = _NO_LITERAL.sub("_", pattern)
        never = next((char for char in literal if not _is_folded(char)), "  " if "  " in literal else None)
        if never is not None:
            message = f"{what!r}: {quote(item.text)} has {never!r}, which folded text never has{_hint(never)}"
            problems.add(item, message, "pattern")
    return found if len(problems.found) == before else None


def _is_folded(char: str) -> bool:
    from cleaner.normalize import fold

    return char in " _" or fold(char) == char


def _hint(never: str) -> str:
    if never.isupper():
        return f"; write {never.lower()!r}"
    return "; 'regex' looks at the text as it is" if not never.isspace() else "; write one space"


def selectors(node: Node, what: str, problems: Problems, *, elements: bool) -> tuple[Selector, ...] | None:
    """CSS or XPath selectors, as the key says, compiled; with `elements` they must select some, not give a value."""
    found = texts(node, what, problems) or []
    compiled = [_selector(item, what, value, problems, elements) for item, value in found]
    good = tuple(selector for selector in compiled if selector is not None)
    return good if found and len(good) == len(found) else None


def _selector(node: Scalar, what: str, source: str, problems: Problems, elements: bool) -> Selector | None:
    from cleaner.selectors import SelectorError, compile_css, compile_xpath

    if not problems.afford(node, SELECTORS, len(source), MAX_SELECTORS_SIZE):
        return None
    try:
        selector = compile_css(source) if what == "css" else compile_xpath(source)
    except SelectorError as error:
        where = f" (character {error.position + 1})" if error.position is not None else ""
        problems.add(node, f"{what!r}: {quote(source)}: {error.message}{where}", "selector")
        return None
    if elements and selector.compounds is None and not selector.selects_nodes:
        message = f"{what!r}: {quote(source)} gives a value; an expression that selects elements is needed"
        problems.add(node, message, "selector")
        return None
    return selector


def _is_pattern(node: Scalar, what: str, pattern: str, problems: Problems) -> bool:
    if not problems.afford(node, PATTERNS, 0, MAX_PATTERNS_SIZE):
        return False
    size, wrong = _compiled(pattern)
    if wrong:
        problems.add(node, f"{what!r}: {quote(pattern)}: {wrong}", "pattern")
    return problems.afford(node, PATTERNS, size, MAX_PATTERNS_SIZE) and not wrong


def _compiled(pattern: str) -> tuple[int, str | None]:
    """The size of a compiled pattern in instructions, and what is wrong with it."""
    import re2

    try:
        return _size(pattern), None
    except re2.error as error:
        detail = error.args[0].decode("utf-8", "replace")[:200]
    if _can_be_read(pattern):
        return PATTERN_MEMORY // 32, "the pattern is too large; let it repeat less, or make it several"
    if _NOT_LINEAR.search(pattern):
        return 0, "look-arounds and back references are not available"
    return 0, f"not a regular expression that RE2 can read ({detail})"


def _size(pattern: str) -> int:
    import re2

    options: Any = re2.Options()
    options.log_errors = False  # RE2 would write to standard error by itself
    options.max_mem = PATTERN_MEMORY
    compiler: Any = re2.compile
    size: int = compiler(pattern, options).programsize
    return size


def _can_be_read(pattern: str) -> bool:
    """Whether a pattern that does not compile is one. RE2 reads what is repeated 0 times and compiles none of it."""
    import re2

    try:
        return _size(f"(?:a|{pattern}){{0}}") == _size("")
    except re2.error:
        return False


def _wrong(node: Node, what: str, wanted: str, problems: Problems) -> None:
    if isinstance(node, Broken):
        return
    found = {Sequence: "a list", Mapping: "a mapping"}.get(type(node))
    if isinstance(node, Scalar):
        found = quote(node.text) if node.text else "nothing"
    name = what if " " in what else repr(what)
    problems.add(node, f"{name} needs {wanted}, not {found}")
