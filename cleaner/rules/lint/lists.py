"""Items that stand twice in one list of a rule, and how one is taken out."""

from __future__ import annotations

from collections import Counter, defaultdict

from cleaner.rules.lint.codes import Edit
from cleaner.rules.lint.comparing import collapsed, folded, is_selected_by, least_name, names_of, written
from cleaner.rules.lint.views import FileView, MatchView
from cleaner.rules.source import Node, Scalar, Sequence, quote
from cleaner.selectors import CompoundSelector, Selector

MAX_COMPARED = 20
"""Selectors of a list that are compared with another: those that have a name in common."""
_FOLDED_KEYS, _SELECTED = ("text", "like", "unless", "with_companions"), ("css", "xpath")


def find_in_lists(file: FileView) -> None:
    """Adds items that their list has already."""
    for rule in file.rules:
        value = rule.node.entries[rule.verb][1]
        for match in rule.matches:
            for key, nodes in match.items.items():
                holder = match.entries[key][1] if key in match.entries else value
                _find_twice(file, key, nodes, holder)
            _find_twice_in_selectors(file, match)


def _find_twice(file: FileView, key: str, nodes: list[Scalar], holder: Node) -> None:
    first: dict[str, Scalar] = {}
    for node in nodes:
        name = folded(node.text) if key in _FOLDED_KEYS else collapsed(node.text) if key in _SELECTED else node.text
        known = first.setdefault(name, node)
        if known is not node:
            as_written = "" if known.text == node.text else f", where it is {quote(known.text)}"
            message = f"{quote(node.text)} is in this list already, in line {known.line}{as_written}"
            file.add("duplicate-item", node, message, *removal(file.text, node, holder))


def _find_twice_in_selectors(file: FileView, match: MatchView) -> None:
    """Adds parts of CSS selectors that another part of the same list selects already."""
    nodes = match.items.get("css", [])
    pairs = zip(match.conditions.css, nodes, strict=False)
    parts = [(part, node) for selector, node in pairs for part in _parts(selector)]
    filed: dict[str, list[tuple[int, CompoundSelector]]] = defaultdict(list)
    for number, (part, _) in enumerate(parts):
        if isinstance(part, CompoundSelector) and len(filed[least_name(part)]) < MAX_COMPARED:
            filed[least_name(part)].append((number, part))
    seen: set[str] = set()
    whole = Counter(collapsed(node.text) for node in nodes)
    for number, (part, node) in enumerate(parts):
        if isinstance(part, str):
            twice = part if part in seen else None
            seen.add(part)
        else:
            others = (each for name in names_of(part) for each in filed.get(name, ()))
            found = (o for n, o in others if n != number and is_selected_by(part, o) and (o != part or n < number))
            twice = next(map(written, found), None)
        if twice is not None and whole[collapsed(node.text)] == 1:
            what = written(part) if isinstance(part, CompoundSelector) else part
            file.add("duplicate-item", node, f"{quote(what)} is selected by {quote(twice)} in this list already")


def _parts(selector: Selector) -> list[CompoundSelector | str]:
    if selector.compounds is not None:
        return list(selector.compounds)
    source = selector.source
    return [collapsed(part) for part in ([source] if "(" in source or '"' in source else source.split(","))]


def removal(text: str, node: Scalar, holder: Node) -> tuple[Edit, ...]:
    """What takes an item out of its list; nothing where it is not clear what goes with it."""
    if not isinstance(holder, Sequence) or len(holder.items) < 2:
        return ()
    return _from_brackets(text, node) if holder.flow else _from_lines(text, node)


def _from_brackets(text: str, node: Scalar) -> tuple[Edit, ...]:
    end = node.end
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    if text[end : end + 1] == ",":
        end += 1
        rest = text[end:].partition("\n")[0].lstrip()
        return (Edit(*_to_line_end(text, node.start, end) if not rest or rest[0] == "#" else (node.start, end + 1)),)
    start = len(text[: node.start].rstrip(" \t\n"))
    return (Edit(start - 1, node.end),) if text[start - 1 : start] == "," else ()


def _to_line_end(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that a line ends with, and the space before it; the whole line where it has nothing else."""
    before = len(text[:start].rstrip(" \t"))
    if text[before - 1 : before] != "\n":
        return before, end
    rest = text[end:].partition("\n")[0]
    return (start, end + rest.find("#")) if rest.strip() else (before, end + len(rest) + 1)


def _from_lines(text: str, node: Scalar) -> tuple[Edit, ...]:
    start = text.rfind("\n", 0, node.start) + 1
    if text[start : node.start].strip() != "-":
        return ()
    end = text.find("\n", node.end - (text[node.end - 1 : node.end] == "\n"))
    return (Edit(start, len(text) if end < 0 else end + 1),)
