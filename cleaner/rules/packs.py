"""Rule files with those that they extend, in load order: what a file extends comes before it, for its pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from cleaner.rules import SUFFIXES, RuleFileSource, check, lower, read_source, shipped_rules_root, sources_of
from cleaner.rules.paths import file_named, relative_path
from cleaner.rules.scope import primary_language
from cleaner.rules.source import did_you_mean, quote
from cleaner.rules.types import Disabled, LinkRule, MetadataRule, Problem, Rule, RuleTest

MAX_EXTENDED = 100
"""Files that one file extends, and those that these extend: a small file can name many."""
Scoped = TypeVar("Scoped", Rule, MetadataRule, LinkRule, Disabled)


@dataclass(frozen=True, slots=True)
class _Scope:
    sites: tuple[str, ...]
    languages: tuple[str, ...]
    paths: tuple[str, ...]
    max_drop_ratio: float | None

    @classmethod
    def of(cls, file: check.RuleFile) -> _Scope:
        """What a file says of itself."""
        return cls(file.sites, file.languages, file.paths, file.max_drop_ratio)

    def with_inner(self, inner: _Scope) -> _Scope | None:
        """Where both apply; None where that is nowhere. Raises ValueError for paths that only a page can tell."""
        sites = _both(self.sites, inner.sites, _narrower)
        languages = _both(self.languages, inner.languages, _same_language)
        if self.paths and inner.paths and self.paths != inner.paths:
            raise ValueError("both files have 'when'; leave it out of one")
        if sites is None or languages is None:
            return None
        limit = lower(self.max_drop_ratio, inner.max_drop_ratio)
        return _Scope(sites, languages, self.paths or inner.paths, limit)


class Packs:
    """Collects rule files in load order, each after those that it extends."""

    def __init__(self, shipped: Mapping[str, int]) -> None:
        self.files: list[check.RuleFile] = []
        """The files with their numbers in load order; one that several files extend is there for each of them."""
        self.extended: list[tuple[int, int]] = []
        """The numbers of files, each with that of one which it extends."""
        self._shipped = shipped
        """Numbers of the shipped files that are loaded for all pages, by name."""
        self._by_path: dict[tuple[str, bool], check.RuleFile] = {}
        self._numbers: dict[tuple[str, bool], int] = {}
        """The numbers with which files were checked."""
        self.next = 0
        """The number of the file that is added next."""

    @property
    def checked(self) -> list[check.RuleFile]:
        """Each file once, as it was checked."""
        return list(self._by_path.values())

    def skip(self) -> None:
        """Leaves a number for a file that is loaded by other means."""
        self.next += 1

    def add(self, source: RuleFileSource, file: check.RuleFile) -> None:
        """Adds a file after those that it extends."""
        if not file.extends and self._numbers[_key(source)] == self.next:
            self.files.append(file)
            self.next += 1
            return
        below = _Extending(self)
        below.extend(file, source, _Scope.of(file), (os.path.realpath(source.path),))
        number = self.put(file, _Scope.of(file), file.tests)
        self.extended += [(number, extended) for extended in below.numbers]

    def resolve(self, source: RuleFileSource, file: check.RuleFile) -> None:
        """Notes in a file that has been checked what is wrong with what it extends."""
        _Extending(self).extend(file, source, _Scope.of(file), (os.path.realpath(source.path),))

    def put(self, file: check.RuleFile, scope: _Scope, tests: Iterable[RuleTest] = ()) -> int:
        """Adds a file with the next number, for these pages."""
        number = self.next
        self.next += 1
        placed = _placed(file, number, scope)
        self.files.append(replace(placed, tests=[replace(test, file=number) for test in tests]))
        return number

    def shipped_numbers(self, names: Iterable[str]) -> list[int] | None:
        """The numbers of shipped files that are loaded already; None where they are not."""
        numbers = [self._shipped.get(name) for name in names]
        return None if None in numbers else [number for number in numbers if number is not None]

    def checked_once(self, source: RuleFileSource, data: bytes) -> check.RuleFile:
        """A file as it was checked the first time."""
        known = self._by_path.get(_key(source))
        return known or self.known(source, check.check_file(data, source.name, self.next, shipped=source.shipped))

    def known(self, source: RuleFileSource, file: check.RuleFile) -> check.RuleFile:
        """Notes what a file holds that was checked with the next number; gives what it was known to hold before."""
        self._numbers.setdefault(_key(source), self.next)
        return self._by_path.setdefault(_key(source), file)


class _Extending:
    """What one file extends, at any depth."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self.numbers: list[int] = []
        self._seen: set[tuple[str, _Scope]] = set()

    def extend(self, file: check.RuleFile, source: RuleFileSource, scope: _Scope, chain: tuple[str, ...]) -> None:
        """Adds the files that a file extends, those that these extend first."""
        for text, node in file.extends:
            try:
                self._extend(source, scope, chain, text)
            except (ValueError, OSError) as error:
                message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                problem = Problem(file.problems.file, node.line, node.column, f"'extends': {message}")
                if problem not in file.problems.found:  # it may have been found for another file, too
                    file.problems.found.append(problem)

    def _extend(self, source: RuleFileSource, scope: _Scope, chain: tuple[str, ...], text: str) -> None:
        for inner in self._sources(source, text):
            path = os.path.realpath(inner.path)
            if path in chain:
                raise ValueError(f"{quote(text)} extends this file")
            problems: list[Problem] = []
            data = read_source(inner, problems)
            if data is None:
                raise ValueError(f"{quote(text)}: {problems[0].message}")
            found = self.packs.checked_once(inner, data)
            narrowed = scope.with_inner(_Scope.of(found))
            if narrowed is None or (path, narrowed) in self._seen:
                continue
            self._seen.add((path, narrowed))
            if len(self._seen) > MAX_EXTENDED:
                raise ValueError(f"more than {MAX_EXTENDED} files")
            self.extend(found, inner, narrowed, (*chain, path))
            self.numbers.append(self.packs.put(found, narrowed))

    def _sources(self, source: RuleFileSource, text: str) -> list[RuleFileSource]:
        """The files that one item of `extends` names."""
        if PurePosixPath(text).suffix not in SUFFIXES:
            return self._shipped(text)
        path = file_named(source.path, relative_path(text))
        name = Path(os.path.normpath(PurePosixPath(source.name).parent / text)).as_posix()
        return [RuleFileSource(path, name, shipped=False)]

    def _shipped(self, text: str) -> list[RuleFileSource]:
        """Shipped files by their name without suffix, or by their folder; none where they are loaded already."""
        every = sources_of((), True, [])
        names = {each.name.rpartition(".")[0]: each for each in every}
        found = [each for name, each in names.items() if name == text or name.startswith(f"{text}/")]
        if not found:
            groups = {*names, *(name.rpartition("/")[0] for name in names if "/" in name)}
            raise ValueError(f"no shipped rules {quote(text)}{did_you_mean(text, groups) or '; a file ends in .yaml'}")
        numbers = self.packs.shipped_numbers(each.name for each in found)
        if numbers is None:
            root = shipped_rules_root()
            return [RuleFileSource(root / each.name, each.name, shipped=True) for each in found]
        self.numbers += numbers
        return []


def _key(source: RuleFileSource) -> tuple[str, bool]:
    return os.path.realpath(source.path), source.shipped


def _placed(file: check.RuleFile, number: int, scope: _Scope) -> check.RuleFile:
    """What a file holds, with another number and for these pages."""

    def at(items: Iterable[Scoped]) -> list[Scoped]:
        return [
            replace(
                item,
                order=(number, item.order[1]),
                sites=scope.sites,
                languages=scope.languages,
                paths=scope.paths,
            )
            for item in items
        ]

    return replace(
        file,
        rules=[replace(rule, max_drop_ratio=scope.max_drop_ratio) for rule in at(file.rules)],
        metadata=at(file.metadata),
        links=at(file.links),
        disabled=at(file.disabled),
    )


def _both(
    outer: tuple[str, ...], inner: tuple[str, ...], common: Callable[[str, str], str | None]
) -> tuple[str, ...] | None:
    """What two lists have in common, of which an empty one means everything; None for nothing."""
    if not outer or not inner:
        return outer or inner
    found = dict.fromkeys(both for a in outer for b in inner if (both := common(a, b)) is not None)
    return tuple(found) or None


def _narrower(one: str, other: str) -> str | None:
    """The site that is the other or is in it."""
    if one == other or one.endswith(f".{other}"):
        return one
    return other if other.endswith(f".{one}") else None


def _same_language(one: str, other: str) -> str | None:
    return other if primary_language(one) == primary_language(other) else None
