"""Symmetric trees: every level of a tree asks one question of all rows, so a tree is a table look-up.

Prokhorenkova et al., "CatBoost: unbiased boosting with categorical features" (2018). Evaluated here with numpy alone;
leaf values are integers, so that a sum does not depend on its order.
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
_AT_ONCE = 2_048
"""Rows that are scored together: a row takes some kilobytes meanwhile."""


@dataclass(frozen=True)
class Trees:
    """A learnt score over named features."""

    features: tuple[str, ...]
    """The features that the model looks at, by name."""
    column: npt.NDArray[np.int16]
    """For each tree and level the feature (its place in `features`) that is compared."""
    threshold: npt.NDArray[np.float32]
    """For each tree and level what it is compared with: the question is whether it is greater."""
    leaves: npt.NDArray[np.int32]
    """For each tree its leaf values; the answers are the bits of a leaf's number, the first level's the lowest."""
    bias: int
    about: dict[str, Any]
    """Set, seeds, folds and figures, for the model card."""

    def scores(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Probabilities, 0 to 1, for a matrix of `features` by rows."""
        parts = [self._sums(rows[:, at : at + _AT_ONCE]) for at in range(0, max(1, rows.shape[1]), _AT_ONCE)]
        probability: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.concatenate(parts) / SCALE))
        return probability

    def _sums(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
        """The sums of the leaves that rows come to."""
        trees, depth = self.column.shape
        columns, thresholds, asked = self._questions
        answers = (rows[columns] > thresholds).astype(np.uint16 if depth > 8 else np.uint8)[asked]
        leaf = answers[0]
        for level in range(1, depth):
            leaf |= answers[level] << level
        places = leaf.astype(np.intp)
        places += np.arange(trees)[:, None] << depth
        sums: npt.NDArray[np.int64] = self.leaves.ravel().take(places).sum(0, dtype=np.int64) + self.bias
        return sums

    @cached_property
    def _questions(self) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float32], npt.NDArray[np.intp]]:
        """Each question once, as column and threshold, since trees share many; and which one a level of a tree asks."""
        pairs = np.stack((self.column.T.ravel().astype(np.float64), self.threshold.T.ravel()), 1)
        distinct, asked = np.unique(pairs, axis=0, return_inverse=True)
        columns, thresholds = distinct[:, 0].astype(np.int16), distinct[:, 1:].astype(np.float32)
        return columns, thresholds, asked.reshape(self.column.T.shape)

    def columns_among(self, names: Iterable[str]) -> npt.NDArray[np.int64]:
        """Where the model's features stand among all that are made.

        Raises ValueError where it asks for one that is not made: it was trained with another version.
        """
        place = {name: number for number, name in enumerate(names)}
        missing = [name for name in self.features if name not in place]
        if missing:
            raise ValueError(
                f"the model asks for {', '.join(missing)}, which this version does not make; train it anew"
            )
        return np.array([place[name] for name in self.features], np.int64)

    def contributions(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """How much each feature raised or lowered each row's score: `features` by rows, in log-odds.

        An answer contributes by how it changes the mean of the leaves that are still open (Saabas 2014).
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
        """Writes the model as a .npz without pickled objects; the same model is the same bytes."""
        save_parts(path, {"": self})

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What a model's file holds of it."""
        about = json.dumps(
            {"format": _FORMAT, "features": self.features, "bias": self.bias, **self.about}, sort_keys=True
        )
        coded = np.frombuffer(about.encode(), np.uint8)
        return {"column": self.column, "threshold": self.threshold, "leaves": self.leaves, "about": coded}

    @classmethod
    def load(cls, path: Path, part: str = "") -> Trees:
        """A model from a file, which may hold several parts. Raises ValueError where the file is of another format."""
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
    """What a model's file holds under a name."""

    def arrays(self) -> Mapping[str, npt.NDArray[Any]]: ...


def save_parts(path: Path, parts: Mapping[str, Part]) -> None:
    """Writes several models, by their names, as one file; the same models are the same bytes."""
    arrays = {
        f"{part}.{name}" if part else name: array
        for part, held in parts.items()
        for name, array in held.arrays().items()
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    path.write_bytes(buffer.getvalue())
