"""Ray Data: a dataset with pages to one with their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.integrations.arrow import BatchCleaner

if TYPE_CHECKING:
    from ray.data import Dataset

BATCH_SIZE = 256
"""Rows that are given to a worker process at once where the caller says nothing else."""


def clean_dataset(
    dataset: Dataset, *, batch_size: int = BATCH_SIZE, ray_options: dict[str, Any] | None = None, **options: Any
) -> Dataset:
    """A dataset of the rows that `clean_batch` gives for those of the given one. Like every dataset it is lazy.

    - `batch_size`: rows of a batch, at most.
    - `ray_options`: further arguments of `Dataset.map_batches`: `num_cpus`, `memory`, `concurrency`.
    - The other options are those of `cleaner.integrations.arrow.BatchCleaner`.

    Raises ValueError and TypeError for wrong options. What the columns of a dataset are shows when it is read: where
    none holds pages, a task fails with ValueError.
    """
    clean = BatchCleaner(**options)
    clean.cleaner()  # a mistake in the options is told here, not by a task
    return dataset.map_batches(clean, batch_format="pyarrow", batch_size=batch_size, **(ray_options or {}))
