"""The containers of blocks in the form that Markdown has for them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cleaner.document import Block, BlockKind, Container

MAX_DEPTH = 24
"""Maximum of nested containers; deeper ones are left out, and their blocks stay."""

_LABEL = re.compile(r"[^\w.:-]+")
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?= |$)")
_MAX_NUMBER = 999_999_999


def note_label(note: Container) -> str:
    """The label of a footnote in Markdown, which has no spaces and brackets."""
    return _LABEL.sub("-", note.label or str(note.key))


def callout_label(label: str | None) -> str:
    """The type and title of a callout; the type is "note" where the label does not begin with one."""
    words = " ".join((label or "").split())
    kind = _TYPE.match(words)
    return kind[0].lower() + words[kind.end() :] if kind else f"note {words}".strip()


def nested(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the containers that reading their Markdown gives.

    Keys and lists count from 1 in the order of the containers, items of numbered lists without a number get one, only
    an item that begins with text has a checkbox, and the first paragraph of an item is a `list_item`.
    """
    keys, lists = itertools.count(1), itertools.count(1)
    path: list[tuple[Container, Container]] = []
    """Containers in the document and in Markdown, from the outermost in."""
    begun: set[int] = set()
    """Keys of the items that have their first paragraph."""
    for number, block in enumerate(blocks):
        if not block.containers and block.kind != "list_item":
            path.clear()
            yield block
            continue
        given = _given(block, number)
        common = _common([container.key for container, _ in path], [container.key for container in given])
        before = path[common] if common < len(path) else None
        del path[common:]
        for container in given[common:]:
            has_text = container is given[-1] and block.kind in ("paragraph", "list_item")
            written = _in_markdown(container, next(keys), before, lists, has_text)
            path.append((container, container if written == container else written))
            before = None
        around = tuple([container for _, container in path])
        kind = _kind(block, around, begun)
        as_it_is = kind == block.kind and around == block.containers
        yield block if as_it_is else replace(block, containers=around, kind=kind)


def _given(block: Block, number: int) -> list[Container]:
    containers = [c for depth, c in enumerate(block.containers) if depth == 0 or c.kind != "footnote"][:MAX_DEPTH]
    if block.kind == "list_item" and not any(container.kind == "item" for container in containers):
        containers.append(Container("item", key=-1 - number))
    return containers


def _common(one: list[int], other: list[int]) -> int:
    """How many containers two blocks share, from the outermost in."""
    return sum(1 for _ in itertools.takewhile(lambda keys: keys[0] == keys[1], zip(one, other, strict=False)))


def _in_markdown(
    container: Container, key: int, before: tuple[Container, Container] | None, lists: Iterator[int], has_text: bool
) -> Container:
    """The container in Markdown; `before` is the one that ends where it begins, in the document and in Markdown.

    A list that does not go on gets the next number of `lists`.
    """
    if container.kind == "footnote":
        return Container("footnote", key, label=note_label(container))
    if container.kind == "callout":
        return Container("callout", key, label=callout_label(container.label))
    if container.kind == "quote":
        return Container("quote", key)
    ordered = bool(container.ordered)
    number = _number(container.number, before[1] if before else None) if ordered else None
    goes_on = before is not None and before[0].list == container.list and _may_follow(before[1], ordered, number)
    return Container(
        "item",
        key,
        ordered=ordered,
        number=number,
        checked=container.checked if has_text else None,
        list=before[1].list if before and goes_on else next(lists),
    )


def _may_follow(before: Container, ordered: bool, number: int | None) -> bool:
    """Whether Markdown can have an item in the list of the one before it: their kind and their numbers go on."""
    if before.kind != "item" or before.ordered != ordered:
        return False
    return not ordered or number == (before.number or 0) + 1


def _number(given: int | None, before: Container | None) -> int:
    if given is not None and 0 <= given <= _MAX_NUMBER:
        return given
    return before.number + 1 if before is not None and before.number is not None else 1


def _kind(block: Block, containers: tuple[Container, ...], begun: set[int]) -> BlockKind:
    if block.kind not in ("paragraph", "list_item"):
        return block.kind
    if not containers or containers[-1].kind != "item" or containers[-1].key in begun:
        return "paragraph"
    begun.add(containers[-1].key)
    return "list_item"
