"""Tests with real frameworks: they skip where one is missing, or fail under CLEANER_NO_SKIPS=1, as in `.ci/run`.

The warnings of frameworks are no errors here: a new release of one must not fail the tests. Those of cleaner are.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.CollectReport, pytest.TestReport)

pytest.register_assert_rewrite("programs")

NO_SKIPS = os.environ.get("CLEANER_NO_SKIPS") == "1"
FILTERS = ("default", r"error:::cleaner(\..*)?")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        report = yield
    return _failed(report)


def pytest_itemcollected(item: pytest.Item) -> None:
    for filter in FILTERS:
        item.add_marker(pytest.mark.filterwarnings(filter))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed((yield))


def _failed(report: Report) -> Report:
    """A report that is a failure where it was a skip, and none may be."""
    if NO_SKIPS and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, under CLEANER_NO_SKIPS=1: {report.longrepr}"
    return report
