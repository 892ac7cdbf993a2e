"""Gradient boosting by CatBoost, whose trees become those of `cleaner.models.trees`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Floats
from cleaner.models.trees import SCALE, Trees


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """The hyperparameters of CatBoost; the same ones and the same rows give the same trees."""

    rounds: int = 400
    """Number of trees for each question that a model learns to answer."""
    depth: int = 6
    rate: float = 0.1
    l2: float = 5.0
    columns: float = 0.4
    """Share of the features that each tree may look at."""
    rows: float = 0.7
    """Share of the rows that each tree learns from."""
    borders: int = 32
    seed: int = 0
    threads: int = 2


def fit(
    matrix: Floats, labels: npt.NDArray[Any], weights: Floats, names: tuple[str, ...], settings: Hyperparameters
) -> Trees:
    """Trees that are learnt from a matrix of rows by features, with labels from 0 to 1 and weights of the rows."""
    from catboost import CatBoostClassifier, Pool

    model = CatBoostClassifier(
        iterations=settings.rounds,
        depth=settings.depth,
        learning_rate=settings.rate,
        l2_leaf_reg=settings.l2,
        rsm=settings.columns,
        loss_function="CrossEntropy",
        bootstrap_type="Bernoulli",
        subsample=settings.rows,
        border_count=settings.borders,
        random_seed=settings.seed,
        thread_count=settings.threads,
        allow_writing_files=False,
        verbose=0,
    )
    model.fit(Pool(matrix, labels, weight=weights * (len(weights) / weights.sum())))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.json")
        model.save_model(str(path), format="json")
        return _converted(json.loads(path.read_text()), names, settings.depth)


def _converted(model: dict[str, Any], names: tuple[str, ...], depth: int) -> Trees:
    """The trees of a model in the JSON format of CatBoost."""
    trees = model["oblivious_trees"]
    features = [f["flat_feature_index"] for f in model["features_info"]["float_features"]]
    used = sorted({features[s["float_feature_index"]] for tree in trees for s in tree["splits"]})
    place = {feature: number for number, feature in enumerate(used)}
    column = np.zeros((len(trees), depth), np.int16)
    threshold = np.full((len(trees), depth), np.inf, np.float32)  # a level that asks nothing: never greater
    leaves = np.zeros((len(trees), 1 << depth), np.int32)
    scale, bias = model["scale_and_bias"]
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            column[number, level] = place[features[split["float_feature_index"]]]
            threshold[number, level] = split["border"]
        values = np.array(tree["leaf_values"]) * scale
        leaves[number, : len(values)] = np.round(values * SCALE)
    total = bias[0] if isinstance(bias, list) else bias
    return Trees(tuple(names[f] for f in used), column, threshold, leaves, round(total * SCALE), {})


def averaged(models: Sequence[Trees]) -> Trees:
    """One model that gives the mean of the scores of several models, in log-odds."""
    features = tuple(dict.fromkeys(name for model in models for name in model.features))
    columns = [np.array([features.index(name) for name in model.features], np.int16)[model.column] for model in models]
    leaves = np.round(np.concatenate([model.leaves for model in models]) / len(models)).astype(np.int32)
    bias = round(sum(model.bias for model in models) / len(models))
    threshold = np.concatenate([model.threshold for model in models])
    return Trees(features, np.concatenate(columns), threshold, leaves, bias, {})
