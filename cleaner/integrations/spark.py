"""Spark: a data frame with pages to one with their documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from cleaner.integrations.arrow import BatchCleaner

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from cleaner.integrations.engines import Packed, Wait

EXTRA = "--engine spark needs the extra 'spark': pip install 'cleaner[spark]'"


def clean(frame: DataFrame, **options: Any) -> DataFrame:
    """A data frame of the rows that `clean_batch` gives for those of the given one. Like every data frame it is lazy.

    The options are those of `cleaner.integrations.arrow.BatchCleaner`. Raises ValueError and TypeError for wrong ones,
    and ValueError where no column holds pages.
    """
    from pyspark.sql.pandas.types import to_arrow_schema

    cleaner = BatchCleaner(**options)
    cleaner.cleaner()  # a mistake in the options is told here, not by a task
    cleaner.chosen(to_arrow_schema(frame.schema))
    return frame.mapInArrow(_OfPartition(cleaner), _schema(cleaner, frame))


def _schema(cleaner: BatchCleaner, frame: DataFrame) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StructType

    given = to_arrow_schema(frame.schema)
    own = from_arrow_schema(cleaner.schema(given))
    return StructType([frame.schema[field.name] if field.name in cleaner.keep else field for field in own.fields])


@dataclass(frozen=True, slots=True)
class _OfPartition:
    """What Spark calls with the batches of a partition."""

    cleaner: BatchCleaner

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            yield from self.cleaner.batches(batch)


class SparkCluster:
    """The Spark that this process uses, or that the environment and Spark's own files name; else one on this machine.

    Raises ImportError, which names the extra, where Spark is missing.
    """

    def __init__(self) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise ImportError(EXTRA) from error
        self._builder: Any = SparkSession.builder
        self._is_ours = SparkSession.getActiveSession() is None

    def __enter__(self) -> Self:
        if self._is_ours and "SPARK_REMOTE" not in os.environ:
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # otherwise the first `python3` of the path
        try:
            builder = self._builder.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
            self._session = (builder if self._is_ours else self._builder).getOrCreate()
            self._size = _parallelism(self._session)
        except Exception as error:
            raise RuntimeError(f"Spark does not start: {_said(error)}") from None
        self._threads = ThreadPoolExecutor(self.window())
        return self

    def __exit__(self, *_: object) -> None:
        """Ends what is under way."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._is_ours:
            self._session.stop()
        self._threads.shutdown()

    def window(self) -> int:
        """Two jobs of Spark for each processor: one to work on and one that waits."""
        return 2 * self._size

    def submit(self, packed: Packed, jobs: bytes) -> Wait:
        """Has a job of Spark with one task call it."""
        future = self._threads.submit(self._run, packed, jobs)
        return lambda: _result(future)

    def _run(self, packed: Packed, jobs: bytes) -> bytes:
        frame = self._session.createDataFrame([(jobs,)], "jobs binary").coalesce(1)
        (row,) = frame.mapInArrow(_OfJobs(packed), "results binary").collect()
        return bytes(row.results)


def _parallelism(session: Any) -> int:
    """How many tasks run at once; a server of Spark Connect tells it as a setting, if at all."""
    try:
        return max(1, int(session.sparkContext.defaultParallelism))
    except Exception:
        return max(1, int(session.conf.get("spark.default.parallelism", "8")))


def _result(future: Future[bytes]) -> bytes:
    try:
        return future.result()
    except Exception as error:
        raise RuntimeError(f"Spark gave up: {_said(error)}") from None


def _said(error: Exception) -> str:
    """The last line of what an error says that is no place in a program: that of its cause."""
    lines = [line.strip() for line in str(error).strip().splitlines()]
    told = [line for line in lines if line and not line.startswith(("at ", "File ", "..."))]
    return told[-1] if told else type(error).__name__


@dataclass(frozen=True, slots=True)
class _OfJobs:
    """What Spark calls with pickled jobs."""

    packed: Packed

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        for batch in batches:
            results = [self.packed(jobs.as_py()) for jobs in batch.column(0)]
            yield pyarrow.RecordBatch.from_arrays([pyarrow.array(results, pyarrow.binary())], ["results"])
