"""The elements of a page as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from feature_cases import page_of

from cleaner.content.features.element_tree import LEVELS, NOT_FOUND, ElementTree
from cleaner.content.features.keywords import PURPOSES
from cleaner.page.elements import Nodes
from cleaner.page.page import Page

PAGE = page_of(
    "<body><main><article class=a><p>One</p><p>Two</p></article><article class=a><p>Three</p></article></main>"
    "<aside><img src=x alt=''><p>Four</p></aside></body>"
)


def tree_of(page: Page) -> ElementTree:
    numbers = [number for number, block in enumerate(page.blocks) if block.text]
    return ElementTree.of(page.nodes, numbers, [page.blocks[number].element for number in numbers])


def tags(page: Page) -> list[str]:
    return [page.nodes.signatures[number].tag for number in page.nodes.signature]


def test_rows_count_only_blocks_with_text() -> None:
    tree = tree_of(PAGE)
    rows = {tag: (int(first), int(end)) for tag, first, end in zip(tags(PAGE), tree.first, tree.end, strict=True)}
    assert [block.text for block in PAGE.blocks] == ["One", "Two", "Three", "", "Four"]
    assert rows["body"] == (0, 4)
    assert rows["main"] == (0, 3)
    assert rows["aside"] == (3, 4)


def test_elements_that_look_the_same() -> None:
    tree = tree_of(PAGE)
    articles = [number for number, tag in enumerate(tags(PAGE)) if tag == "article"]
    paragraphs = [number for number, tag in enumerate(tags(PAGE)) if tag == "p"]
    assert len({int(tree.look[number]) for number in articles}) == 1
    assert tree.twins[articles].tolist() == [2, 2]
    assert tree.twins[paragraphs].tolist() == [2, 2, 1, 1]  # siblings only
    assert tree.children[articles].tolist() == [2, 1]


def test_ancestors_of_blocks() -> None:
    tree = tree_of(PAGE)
    assert len(tree.above) == LEVELS
    names = tags(PAGE)
    assert [[names[above[row]] for above in tree.above[:5]] for row in (0, 3)] == [
        ["p", "article", "main", "body", "body"],  # the outermost is above itself
        ["p", "aside", "body", "body", "body"],
    ]
    assert tree.block_depth.tolist() == [4, 4, 4, 3]


def test_neighbours_share_elements() -> None:
    assert tree_of(PAGE).shared_depth().tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    ("depth", "found"),
    [
        (-1, ["body"] * 4),
        (0, ["body"] * 4),
        (1, ["main", "main", "main", "aside"]),
        (2, ["article", "article", "article", "p"]),
        (9, ["p"] * 4),  # there is none
    ],
)
def test_the_outermost_ancestor_below_a_depth(depth: int, found: list[str]) -> None:
    names = tags(PAGE)
    assert [names[number] for number in tree_of(PAGE).ancestor_below(np.full(4, depth))] == found


@pytest.mark.parametrize(
    ("purpose", "distance"),
    [
        ("<article>", [1, 1, 1, NOT_FOUND]),
        ("<main>", [2, 2, 2, NOT_FOUND]),
        ("<aside>", [NOT_FOUND, NOT_FOUND, NOT_FOUND, 1]),
        ("<form>", [NOT_FOUND] * 4),
    ],
)
def test_distance_to_the_nearest_element(purpose: str, distance: list[int]) -> None:
    assert tree_of(PAGE).purpose_distance()[:, PURPOSES.index(purpose)].tolist() == distance


@pytest.mark.parametrize(
    ("tag", "depth"),
    [("body", [1, 1, 1, 1]), ("main", [2, 2, 2, 1]), ("article", [3, 3, 2, 1]), ("aside", [1, 1, 1, 2])],
)
def test_depth_in_common(tag: str, depth: list[int]) -> None:
    assert tree_of(PAGE).common_depth(tags(PAGE).index(tag)).tolist() == depth


def test_a_page_without_elements_has_one_around_all() -> None:
    tree = ElementTree.of(Nodes(), [0, 2], [-1, -1])
    assert len(tree) == 1
    assert (tree.first.tolist(), tree.end.tolist()) == ([0], [2])
    assert tree.block_depth.tolist() == [1, 1]
