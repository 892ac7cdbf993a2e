"""The features of the blocks of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cleaner.content.features import ancestors, anchors, nearby, own, whole_page
from cleaner.content.features.ancestors import ancestor_columns, group_columns, most_twins_column, purpose_columns
from cleaner.content.features.anchors import anchor_columns, position_columns
from cleaner.content.features.blocks import Blocks
from cleaner.content.features.element_tree import ElementTree
from cleaner.content.features.nearby import heading_columns, neighbour_columns, window_columns
from cleaner.content.features.own import own_columns
from cleaner.content.features.whole_page import page_columns
from cleaner.models.table import Features, Table
from cleaner.page.candidate import Candidate
from cleaner.page.page import Page

MEANINGS = {
    name: meaning
    for module in (own, ancestors, anchors, nearby, whole_page)
    for name, meaning in module.MEANINGS.items()
}
"""What each feature means."""


@dataclass(frozen=True, slots=True)
class BlockFeatures(Features):
    """The features of the blocks of a page that have text; see `MEANINGS`."""

    forms: Blocks
    tree: ElementTree


def block_features(page: Page) -> BlockFeatures | None:
    """The features of the blocks with text; None where there are none."""
    numbers = [number for number, block in enumerate(page.blocks) if block.text]
    if not numbers:
        return None
    candidates = [page.blocks[number] for number in numbers]
    blocks = Blocks.of(candidates, page.facts.title or "")
    tree = ElementTree.of(page.nodes, numbers, [block.element for block in candidates])
    inside = ancestors.sums_inside(blocks, tree)
    distance = tree.purpose_distance()
    columns = {
        **own_columns(blocks),
        **purpose_columns(distance),
        **ancestor_columns(blocks, tree, inside),
        **group_columns(blocks, tree),
        **most_twins_column(tree),
        **anchor_columns(blocks, tree, inside),
        **position_columns(blocks),
        **heading_columns(blocks, tree.block_depth),
        **neighbour_columns(blocks, tree.block_depth),
        **window_columns(blocks),
        **page_columns(blocks, tree, distance, page.facts.meta),
    }
    return BlockFeatures(Table.of(len(blocks), columns), numbers, blocks, tree)


@cache
def feature_names() -> tuple[str, ...]:
    """The names of all features, in their order."""
    features = block_features(Page(blocks=[Candidate("paragraph", "One sentence is enough.", element=0)]))
    assert features is not None
    return features.table.names
