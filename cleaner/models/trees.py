"""Symmetric trees: every level of a tree asks the same question of all rows, so that a tree is a table look-up.

See Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features" (2018). They are evaluated with numpy
alone. Leaf values are integers, because a sum of integers does not depend on its order.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

SCALE = 1 << 20
"""What a leaf value of 1 is stored as."""
_FORMAT = 1
_BATCH = 128
"""Number of rows that are scored together: each takes some kilobytes, and what fits a processor's cache is fast."""


@dataclass(frozen=True)
class Trees:
    """A learnt score over named features."""

    features: tuple[str, ...]
    """Names of the features that the model looks at."""
    column: npt.NDArray[np.int16]
    """For each tree and level the feature that is compared, by its place in `features`."""
    threshold: npt.NDArray[np.float32]
    """For each tree and level the value that the feature is compared with: the question is whether it is greater."""
    leaves: npt.NDArray[np.int32]
    """For each tree its leaf values; the bits of a leaf's number are the answers, from the first level up."""
    bias: int
    about: dict[str, Any]
    """Facts for the model card: the training set, seeds, folds and figures."""

    def scores(
        self, rows: npt.NDArray[np.float32], columns: npt.NDArray[np.int64] | None = None
    ) -> npt.NDArray[np.float64]:
        """The probability, 0 to 1, of each row; `rows` is a matrix of `features` by rows.

        With `columns`, it has other features too, and these are the places of `features` among them.
        """
        batches = (rows[:, first : first + _BATCH] for first in range(0, max(1, rows.shape[1]), _BATCH))
        parts = [self._sums(batch if columns is None else batch[columns]) for batch in batches]
        probability: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.concatenate(parts) / SCALE))
        return probability

    def _sums(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
        """For each row the sum of the leaves that it reaches."""
        trees, depth = self.column.shape
        columns, thresholds, asked = self._questions
        answers = rows[columns] > thresholds
        bits = answers.astype(np.uint16) if depth > 8 else answers.view(np.uint8)
        leaf = bits.take(asked[-1], 0)
        for level in range(depth - 2, -1, -1):
            np.add(leaf, leaf, out=leaf)
            leaf |= bits.take(asked[level], 0)
        places = np.add(leaf, np.arange(trees)[:, None] << depth, dtype=np.intp)
        found = self.leaves.ravel().take(places, mode="clip")  # which spares a copy: no place is out of range
        sums: npt.NDArray[np.int64] = found.sum(0, dtype=self._sum_type) + np.int64(self.bias)
        return sums

    @cached_property
    def _questions(self) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float32], npt.NDArray[np.intp]]:
        """The columns and thresholds of the distinct questions, and which question each level of each tree asks."""
        columns, thresholds = self.column.T.ravel(), self.threshold.T.ravel()
        pairs = columns.astype(np.uint64) << np.uint64(32) | thresholds.view(np.uint32)
        _, first, asked = np.unique(pairs, return_index=True, return_inverse=True)
        return columns[first], thresholds[first, None], asked.reshape(self.column.T.shape)

    @cached_property
    def _sum_type(self) -> type[np.signedinteger[Any]]:
        """The smaller type that holds every sum of leaves: it takes half the time."""
        most = np.abs(self.leaves.astype(np.int64)).max(1, initial=0).sum()
        return np.int32 if most <= np.iinfo(np.int32).max else np.int64

    def columns_among(self, names: Iterable[str]) -> npt.NDArray[np.int64]:
        """The places of the model's features among the `names` of all features.

        Raises ValueError where one is not among them, because the model was trained with another version.
        """
        place = {name: number for number, name in enumerate(names)}
        missing = [name for name in self.features if name not in place]
        if missing:
            raise ValueError(
                f"the model asks for {', '.join(missing)}, which this version does not make; train it anew"
            )
        return np.array([place[name] for name in self.features], np.int64)

    def contributions(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """How much each feature raised or lowered the score of each row: `features` by rows, in log-odds.

        An answer contributes the change that it makes in the mean of the leaves that are still open (Saabas 2014).
        """
        out = np.zeros((len(self.features), rows.shape[1]))
        for columns, thresholds, leaves in zip(self.column, self.threshold, self.leaves, strict=True):
            open_leaves = np.broadcast_to(leaves / SCALE, (rows.shape[1], len(leaves)))
            mean = open_leaves.mean(1)
            for column, threshold in zip(columns, thresholds, strict=True):
                answer = rows[column] > threshold
                halves = open_leaves.reshape(len(answer), -1, 2)  # the lowest bit is the first level's answer
                open_leaves = np.where(answer[:, None], halves[:, :, 1], halves[:, :, 0])
                after = open_leaves.mean(1)
                out[column] += after - mean
                mean = after
        return out

    def save(self, path: Path) -> None:
        """Writes the model to a .npz file without pickled objects; the same model gives the same bytes."""
        save_parts(path, {"": self})

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What a model's file has of it."""
        about = json.dumps(
            {"format": _FORMAT, "features": self.features, "bias": self.bias, **self.about}, sort_keys=True
        )
        coded = np.frombuffer(about.encode(), np.uint8)
        return {"column": self.column, "threshold": self.threshold, "leaves": self.leaves, "about": coded}

    @classmethod
    def load(cls, path: Path, part: str = "") -> Trees:
        """Reads a model, or one part of a file with several.

        Raises ValueError where the file has no such part, or is of another format.
        """
        before = f"{part}." if part else ""
        with np.load(path, allow_pickle=False) as held:
            if f"{before}about" not in held:
                raise ValueError(f"{path}: has no part {part!r}")
            about = json.loads(held[f"{before}about"].tobytes())
            if about.pop("format", None) != _FORMAT:
                raise ValueError(f"{path}: not a model of format {_FORMAT}")
            return cls(
                features=tuple(about.pop("features")),
                column=held[f"{before}column"],
                threshold=held[f"{before}threshold"],
                leaves=held[f"{before}leaves"],
                bias=about.pop("bias"),
                about=about,
            )


class Part(Protocol):
    """What a model's file may have under a name."""

    def arrays(self) -> Mapping[str, npt.NDArray[Any]]: ...


def parts_of(path: Path) -> frozenset[str]:
    """The names of the models in a file; one that stands alone has the empty name."""
    with np.load(path, allow_pickle=False) as held:
        return frozenset(name.rpartition("about")[0].rstrip(".") for name in held if name.endswith("about"))


def save_parts(path: Path, parts: Mapping[str, Part]) -> None:
    """Writes several models under their names to one file; the same models give the same bytes."""
    arrays = {
        f"{part}.{name}" if part else name: array
        for part, held in parts.items()
        for name, array in held.arrays().items()
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    path.write_bytes(buffer.getvalue())
