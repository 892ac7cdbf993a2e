"""`cleaner.integrations.ray`: a real local Ray, the same rows however the dataset is cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra 'ray'")
ray = pytest.importorskip("ray", reason="needs the extra 'ray'")
pytest.importorskip("ray.data", reason="needs the extra 'ray'")

from batch_cases import BAD, FIELDS, OPTIONS, by_id, command_line_gives_the_same, rows  # noqa: E402
from programs import check_programs  # noqa: E402

from cleaner.integrations.arrow import clean_batch, schema  # noqa: E402
from cleaner.integrations.ray import clean_dataset  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.filterwarnings("ignore")  # of Ray's own


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    environment = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        runtime_env={"env_vars": environment},
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


@pytest.mark.parametrize(("blocks", "batch_size"), [(1, 256), (7, 5)])
def test_the_rows_are_those_of_clean_batch_however_the_dataset_is_cut(blocks: int, batch_size: int) -> None:
    table = rows(60, ("null", "binary", "large"))
    expected = by_id(clean_batch(table, fields=FIELDS, keep=("day",), **OPTIONS).to_pylist())
    dataset = ray.data.from_arrow(table).repartition(blocks)
    found = clean_dataset(dataset, batch_size=batch_size, fields=FIELDS, keep=("day",), **OPTIONS)
    assert by_id(found.take_all()) == expected


def test_each_bad_record_among_many_is_one_failure() -> None:
    dataset = ray.data.from_arrow(rows(996, tuple(BAD))).repartition(4)
    found = clean_dataset(dataset, fields=("id", "title"), **OPTIONS).take_all()
    failed = {row["id"]: (row["error"]["kind"], row["error"]["code"]) for row in found if row["error"] is not None}
    assert failed == {name: (kind, code) for name, (_, kind, code) in BAD.items()}
    assert len({row["title"] for row in found if row["error"] is None}) == 996


def test_the_dataset_has_the_schema_and_can_be_written(tmp_path: Path) -> None:
    import pyarrow.parquet

    found = clean_dataset(ray.data.from_arrow(rows(5)), ray_options={"num_cpus": 0.5})
    found.write_parquet(str(tmp_path / "out"))
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert table.schema.equals(schema())
    assert table.num_rows == 5


def test_the_command_line_makes_the_same_files(tmp_path: Path) -> None:
    command_line_gives_the_same("ray", tmp_path)


@pytest.mark.parametrize(
    ("options", "error"),
    [({"extractor": "some"}, ValueError), ({"field": ("id",)}, TypeError), ({"fields": ()}, ValueError)],
)
def test_mistakes_are_told_at_once(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        clean_dataset(ray.data.from_arrow(rows(1)), **options)


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    check_programs("ray", tmp_path)
