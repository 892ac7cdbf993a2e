"""The locked sets of packages hold what pyproject.toml declares, and nothing but exact versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKED = ("main", "test", "lowest", "integrations")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNS = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
EXTRAS = PROJECT["project"]["optional-dependencies"]
TESTS = EXTRAS["test"]
MARKER = r"[a-z_]+ (==|!=|<|>=) '[\w.]+'"


def required(extra: str) -> list[str]:
    """What an extra asks for, with what the extras of cleaner that it names ask for."""
    found = []
    for requirement in EXTRAS[extra]:
        named = re.fullmatch(r"cleaner\[(.*)\]", requirement)
        found += [inner for name in named[1].split(",") for inner in required(name)] if named else [requirement]
    return found


FRAMEWORKS = required("integrations")


def pins(name: str) -> dict[str, str]:
    """The versions of a locked set by the names of the packages, each with its marker."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return dict(line.split("==", 1) for line in lines if not line.startswith("#"))


def lower_bounds(declared: list[str]) -> dict[str, str]:
    """The lower bounds of requirements by the names of the packages, in the spelling of the locked sets."""
    parted = (requirement.partition(",")[0].split(">=") for requirement in declared)
    return {re.sub(r"\[.*\]", "", name).lower(): bound for name, bound in parted}


@pytest.mark.parametrize("name", LOCKED)
def test_a_locked_set_has_names_and_versions_only(name: str) -> None:
    for package, version in pins(name).items():
        assert re.fullmatch(r"[a-z0-9-]+", package)
        assert re.fullmatch(rf"[0-9][0-9a-z.]*( ; [()]*{MARKER}(\)* (and|or) \(*{MARKER})*\)*)?", version)


@pytest.mark.parametrize(
    ("name", "declared"),
    [("main", RUNS), ("test", RUNS + TESTS), ("lowest", RUNS + TESTS), ("integrations", RUNS + TESTS + FRAMEWORKS)],
)
def test_a_locked_set_has_all_that_is_declared(name: str, declared: list[str]) -> None:
    assert lower_bounds(declared).keys() - pins(name).keys() == set()


def test_what_is_installed_is_what_is_tested() -> None:
    assert pins("main").items() - pins("test").items() == set()


def test_frameworks_are_tested_with_what_everything_else_is() -> None:
    versions = {name: pin.split(" ; ")[0] for name, pin in pins("integrations").items()}
    assert {name: pin.split(" ; ")[0] for name, pin in pins("test").items()}.items() - versions.items() == set()


def test_the_lowest_versions_are_the_declared_ones() -> None:
    lowest = pins("lowest")
    wrong = {
        name: (bound, lowest[name])
        for name, bound in lower_bounds(RUNS + TESTS).items()
        if not f"{lowest[name]}.0.0".startswith(f"{bound}.0")
    }
    assert wrong == {}
