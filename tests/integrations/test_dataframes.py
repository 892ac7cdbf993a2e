"""pandas, Polars and DuckDB: the programs of their page, and rows that are those of Arrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="needs the extra 'arrow'")

from batch_cases import by_id, rows  # noqa: E402
from programs import check_programs  # noqa: E402

from cleaner.integrations.arrow import clean_batch  # noqa: E402

OPTIONS: dict[str, Any] = {"fields": ("id", "url", "text", "warning_codes"), "workers": 0, "timeout": None}


@pytest.fixture
def expected() -> list[dict[str, Any]]:
    return by_id(clean_batch(rows(5, ("null", "binary")), **OPTIONS).to_pylist())


def test_pandas(expected: list[dict[str, Any]]) -> None:
    pytest.importorskip("pandas")
    frame = rows(5, ("null", "binary")).to_pandas()
    found = clean_batch(pa.Table.from_pandas(frame), **OPTIONS)
    assert by_id(found.to_pylist()) == expected
    assert found.to_pandas().error.isna().sum() == 5


def test_polars(expected: list[dict[str, Any]]) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.from_arrow(rows(5, ("null", "binary")))
    for given in (frame.to_arrow(), frame.to_arrow(compat_level=pl.CompatLevel.newest())):
        found = pl.from_arrow(clean_batch(given, keep=("day",), **OPTIONS))
        assert by_id(found.drop("day").to_dicts()) == expected


def test_duckdb(expected: list[dict[str, Any]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    crawl = rows(5, ("null", "binary"))
    assert crawl.num_rows == 7
    found = clean_batch(duckdb.sql("select * from crawl").to_arrow_table(), **OPTIONS)
    assert by_id(found.to_pylist()) == expected
    assert duckdb.sql("select error.code from found where error is not null order by 1").fetchall() == [
        ("not_a_page.pdf",),
        ("null",),
    ]


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    for name in ("pandas", "polars", "duckdb"):
        pytest.importorskip(name)
    check_programs("dataframes", tmp_path)
