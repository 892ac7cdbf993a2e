"""Spark: a data frame with pages to one with their documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.integrations.arrow import BatchCleaner

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType


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
