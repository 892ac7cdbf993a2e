"""Tables of features: named columns over the rows that a model scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cleaner.models.arrays import Floats

Columns = Mapping[str, Any]
"""Columns by name: each an array with a number for every row, or one number that holds for all rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns of numbers over the same rows; they cannot be written to."""

    names: tuple[str, ...]
    matrix: Floats
    """Columns by rows: a model compares whole columns."""

    def __post_init__(self) -> None:
        self.matrix.setflags(write=False)

    @classmethod
    def of(cls, rows: int, columns: Columns) -> Table:
        """A table of `rows` rows with these columns, in their order."""
        matrix = np.empty((len(columns), rows), np.float32)
        for place, column in enumerate(columns.values()):
            matrix[place] = column
        return cls(tuple(columns), matrix)

    @classmethod
    def beside(cls, *tables: Table) -> Table:
        """One table with the columns of several tables over the same rows."""
        names = tuple(name for table in tables for name in table.names)
        return cls(names, np.concatenate([table.matrix for table in tables]))

    @classmethod
    def below(cls, *tables: Table) -> Table:
        """One table with the rows of several tables that have the same columns."""
        if len(tables) == 1:
            return tables[0]
        return cls(tables[0].names, np.concatenate([table.matrix for table in tables], axis=1))

    def __len__(self) -> int:
        """The number of rows."""
        rows: int = self.matrix.shape[1]
        return rows

    def __getitem__(self, name: str) -> Floats:
        """The column with a name. Raises ValueError where there is none."""
        column: Floats = self.matrix[self.names.index(name)]
        return column

    def select(self, names: Iterable[str]) -> Floats:
        """The columns with these names, in this order. Raises ValueError where one is missing."""
        return self.matrix[[self.names.index(name) for name in names]]


@dataclass(frozen=True, slots=True)
class Features:
    """The features of blocks of a page."""

    table: Table
    """Has a row for each block and a column for each feature, one of which is `words`."""
    blocks: Sequence[int]
    """The number in the page of each row's block."""

    @property
    def words(self) -> Floats:
        """The number of words of each block."""
        return self.table["words"]

    def __getitem__(self, name: str) -> Floats:
        """The column of a feature."""
        return self.table[name]
