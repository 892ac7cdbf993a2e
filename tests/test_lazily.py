"""Patterns that are compiled when they are first asked answer as `re`'s own."""

from __future__ import annotations

import copy
import importlib
import pkgutil
import re
from typing import Any

import pytest

import cleaner
from cleaner import lazily

TEXT = "By Ann Lee, by Bo Berg"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("search", (TEXT, 3)),
        ("match", (TEXT,)),
        ("fullmatch", (TEXT,)),
        ("split", (TEXT, 1)),
        ("findall", (TEXT,)),
        ("sub", ("of", TEXT)),
        ("subn", ("of", TEXT)),
    ],
)
def test_a_pattern_answers_as_the_compiled_one(method: str, arguments: tuple[Any, ...]) -> None:
    ours, theirs = lazily.pattern(r"\bby\b", re.IGNORECASE), re.compile(r"\bby\b", re.IGNORECASE)
    for _ in range(2):
        found, expected = (getattr(pattern, method)(*arguments) for pattern in (ours, theirs))
        assert str(found) == str(expected)
    assert (ours.pattern, ours.flags, ours.groups) == (theirs.pattern, theirs.flags, theirs.groups)


def test_a_pattern_can_be_built_into_another_before_it_is_compiled() -> None:
    word = lazily.pattern("b(y|I)", re.IGNORECASE)
    assert lazily.pattern(rf"{word.pattern}\s").findall(TEXT) == ["y"]
    assert [match[0] for match in copy.copy(word).finditer(TEXT)] == ["By", "by"]


def test_a_mistake_is_told_with_the_first_question() -> None:
    wrong = lazily.pattern("(")
    for _ in range(2):
        with pytest.raises(re.error):
            wrong.search(TEXT)


def patterns() -> dict[str, Any]:
    """All patterns of the package by their names."""
    names = [module.name for module in pkgutil.walk_packages(cleaner.__path__, "cleaner.")]
    others = (".training", "__main__", ".integrations.")  # which need packages that may not be there
    modules = [importlib.import_module(name) for name in names if not any(other in name for other in others)]
    return {
        f"{module.__name__}.{name}": held
        for module in modules
        for name, held in vars(module).items()
        if isinstance(held, lazily._LazyPattern)
    }


def test_all_patterns_can_be_compiled() -> None:
    found = patterns()
    assert len(found) > 50
    assert [name for name, pattern in found.items() if not pattern.flags] == []
