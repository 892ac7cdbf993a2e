"""The locked sets of packages hold what pyproject.toml declares, and nothing but exact versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKED = ("main", "test", "lowest")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNS = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
TESTS = PROJECT["project"]["optional-dependencies"]["test"]


def pins(name: str) -> dict[str, str]:
    """The versions of a locked set by the names of the packages, each with its marker."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return dict(line.split("==", 1) for line in lines if not line.startswith("#"))


def lower_bounds(declared: list[str]) -> dict[str, str]:
    """The lower bounds of requirements by the names of the packages, in the spelling of the locked sets."""
    parted = (requirement.partition(",")[0].split(">=") for requirement in declared)
    return {name.lower(): bound for name, bound in parted}


@pytest.mark.parametrize("name", LOCKED)
def test_a_locked_set_has_names_and_versions_only(name: str) -> None:
    for package, version in pins(name).items():
        assert re.fullmatch(r"[a-z0-9-]+", package)
        assert re.fullmatch(r"[0-9][0-9a-z.]*( ; [a-z_]+ (==|!=|<|>=) '[\w.]+')?", version)


@pytest.mark.parametrize(("name", "declared"), [("main", RUNS), ("test", RUNS + TESTS), ("lowest", RUNS + TESTS)])
def test_a_locked_set_has_all_that_is_declared(name: str, declared: list[str]) -> None:
    assert lower_bounds(declared).keys() - pins(name).keys() == set()


def test_what_is_installed_is_what_is_tested() -> None:
    assert pins("main").items() - pins("test").items() == set()


def test_the_lowest_versions_are_the_declared_ones() -> None:
    lowest = pins("lowest")
    wrong = {
        name: (bound, lowest[name])
        for name, bound in lower_bounds(RUNS + TESTS).items()
        if not f"{lowest[name]}.0.0".startswith(f"{bound}.0")
    }
    assert wrong == {}
