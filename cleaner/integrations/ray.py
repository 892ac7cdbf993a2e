"""Ray Data: a dataset with pages to one with their documents."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any, Self

from cleaner.integrations.arrow import BatchCleaner

if TYPE_CHECKING:
    from ray.data import Dataset

    from cleaner.integrations.engines import Packed, Wait

EXTRA = "--engine ray needs the extra 'ray': pip install 'cleaner[ray]'"

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


class RayCluster:
    """The Ray that this process is connected to or that the environment names; else one on this machine.

    Raises ImportError, which names the extra, where Ray is missing.
    """

    def __init__(self) -> None:
        try:
            import ray
        except ImportError as error:
            raise ImportError(EXTRA) from error
        self._ray: Any = ray
        self._is_ours = False
        self._packed: tuple[Packed, Any] | None = None

    def __enter__(self) -> Self:
        if not self._ray.is_initialized():
            handler = signal.getsignal(signal.SIGTERM)
            try:
                self._ray.init(log_to_driver=False, logging_level="ERROR")
            except Exception as error:
                raise RuntimeError(f"Ray does not start: {_said(error)}") from None
            finally:
                signal.signal(signal.SIGTERM, handler)  # Ray sets its own
            self._is_ours = True
        self._call = self._ray.remote(_call)
        return self

    def __exit__(self, *_: object) -> None:
        """Ends what is under way, where no other part of the process uses Ray."""
        if self._is_ours:
            self._ray.shutdown()

    def window(self) -> int:
        """Two calls for each processor: one to work on and one that waits."""
        return 2 * max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, packed: Packed, jobs: bytes) -> Wait:
        """Has a task call it; what is packed goes to each machine once."""
        if self._packed is None or self._packed[0] is not packed:
            self._packed = packed, self._ray.put(packed)
        task = self._call.remote(self._packed[1], jobs)
        return lambda: self._result(task)

    def _result(self, task: Any) -> bytes:
        try:
            found: bytes = self._ray.get(task)
        except self._ray.exceptions.RayError as error:
            raise RuntimeError(f"Ray gave up: {_said(error)}") from None
        return found


def _call(packed: Packed, jobs: bytes) -> bytes:
    return packed(jobs)


def _said(error: Exception) -> str:
    """The last line of what an error says, which is that of its cause."""
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else type(error).__name__
