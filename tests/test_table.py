"""Tables of features: columns in their order, found by name, and never written to."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.models.table import Features, Table

TABLE = Table.of(3, {"words": [1, 2, 3], "is_short": np.array([True, True, False]), "total": 6})


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("words", [1, 2, 3]),
        ("is_short", [1, 1, 0]),
        ("total", [6, 6, 6]),  # one number holds for all rows
    ],
)
def test_a_column_is_found_by_its_name(name: str, column: list[float]) -> None:
    assert TABLE[name].tolist() == column
    assert TABLE[name].dtype == np.float32


def test_columns_keep_their_order() -> None:
    assert TABLE.names == ("words", "is_short", "total")
    assert TABLE.matrix.tolist() == [[1, 2, 3], [1, 1, 0], [6, 6, 6]]
    assert len(TABLE) == 3


def test_columns_are_selected_in_any_order() -> None:
    assert TABLE.select(["total", "words"]).tolist() == [[6, 6, 6], [1, 2, 3]]


def test_tables_are_put_beside_each_other() -> None:
    table = Table.beside(TABLE, Table.of(3, {"place": [0, 1, 2]}))
    assert table.names == ("words", "is_short", "total", "place")
    assert table.matrix.tolist() == [*TABLE.matrix.tolist(), [0, 1, 2]]


def test_tables_are_put_below_each_other() -> None:
    table = Table.below(TABLE, Table.of(1, {"words": [9], "is_short": 0, "total": 9}))
    assert table.names == TABLE.names
    assert table.matrix.tolist() == [[1, 2, 3, 9], [1, 1, 0, 0], [6, 6, 6, 9]]
    assert Table.below(TABLE) is TABLE


@pytest.mark.parametrize(
    "table", [TABLE, Table.beside(TABLE, TABLE), Table.below(TABLE, TABLE), Table(("a",), np.ones((1, 2), np.float32))]
)
def test_a_table_cannot_be_written_to(table: Table) -> None:
    with pytest.raises(ValueError, match="read-only"):
        table.matrix[0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        table[table.names[0]][0] = 5


def test_an_unknown_column_is_an_error() -> None:
    with pytest.raises(ValueError):
        TABLE["letters"]
    with pytest.raises(ValueError):
        TABLE.select(["words", "letters"])


def test_features_are_the_columns_of_blocks() -> None:
    features = Features(TABLE, [4, 5, 7])
    assert features["total"].tolist() == [6, 6, 6]
    assert features.words.tolist() == [1, 2, 3]
