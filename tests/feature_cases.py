"""Small pages and texts for tests of features, and their columns as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cleaner.content.features.block_features import BlockFeatures, block_features
from cleaner.html.reader import HtmlSource
from cleaner.models.table import Columns, Table
from cleaner.page.page import Page
from cleaner.text.features.line_features import LineFeatures, line_features
from cleaner.text.features.lines import Lines


class NoRules:
    """A lookup of selectors without any."""

    special: dict[Any, tuple[int, ...]] = {}  # noqa: RUF012
    stretches = ()
    replaced = ()

    def prepare(self, root: Any) -> None:
        pass

    def mark(self, element: Any, selectors: tuple[int, ...]) -> None:
        pass

    def of(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        return ()

    def unwraps(self, selectors: tuple[int, ...]) -> bool:
        return False


def page_of(html: str) -> Page:
    return HtmlSource(html).read(NoRules())


def features_of(html: str) -> BlockFeatures:
    features = block_features(page_of(html))
    assert features is not None
    return features


def features_of_lines(*texts: str, gaps: Sequence[bool] = (), indents: Sequence[int] = ()) -> LineFeatures:
    return line_features(Lines(texts, gaps or [True] * len(texts), indents or [0] * len(texts)))


def lists(columns: Columns, rows: int = 1) -> dict[str, list[float]]:
    """Columns as lists of rounded numbers."""
    return lists_of(Table.of(rows, columns))


def lists_of(table: Table) -> dict[str, list[float]]:
    return {name: np.round(table[name].astype(float), 3).tolist() for name in table.names}
