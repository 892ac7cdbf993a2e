"""Rule files to a `RuleSet`: what is loaded, in which order, and what of it applies to a page."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from cleaner.pause import COLLECTION_PAUSE
from cleaner.rules.scope import Scopes
from cleaner.rules.types import (
    MAX_BYTES,
    Conditions,
    Disabled,
    LinkRule,
    MetadataRule,
    Place,
    Problem,
    Rule,
    RuleError,
    RuleTest,
    Tier,
)

if TYPE_CHECKING:
    from cleaner.rules.check import RuleFile
    from cleaner.rules.packs import Packs
    from cleaner.rules.source import Node

__all__ = [
    "Conditions",
    "Disabled",
    "LinkRule",
    "MetadataRule",
    "Place",
    "Problem",
    "Rule",
    "RuleError",
    "RuleSet",
    "RuleTest",
    "Tier",
    "load_rules",
    "shipped_rules_root",
]

SUFFIXES = (".yaml", ".yml")
Scoped = TypeVar("Scoped", Rule, MetadataRule, LinkRule)
AnyScoped: TypeAlias = Rule | MetadataRule | LinkRule | Disabled


@dataclass(frozen=True)
class RuleSet:
    """A set of rules that are used together. It is immutable."""

    rules: tuple[Rule, ...] = ()
    """The rules in load order. Of rules of the same tier, the later wins."""
    metadata: tuple[MetadataRule, ...] = ()
    tests: tuple[RuleTest, ...] = ()
    links: tuple[LinkRule, ...] = ()
    disabled: tuple[Disabled, ...] = ()
    """Rules that are off on some pages; those that are off on all are not among `rules`."""
    extended: tuple[tuple[int, int], ...] = ()
    """The numbers of files, each with that of a file which it extends."""

    @cached_property
    def _scopes(self) -> Scopes:
        rules: tuple[AnyScoped, ...] = self.rules + self.metadata + self.links + self.disabled
        return Scopes((rule.order[0], rule.sites, rule.languages, rule.paths) for rule in rules)

    @cached_property
    def wanted_sites(self) -> tuple[str, ...]:
        """The sites, or without them the paths, that the user's rules are for: a page without an address has none."""
        rules: tuple[Rule | MetadataRule | LinkRule, ...] = self.rules + self.metadata + self.links
        wanted = (rule.sites or rule.paths for rule in rules if rule.tier is Tier.USER)
        return tuple(dict.fromkeys(place for places in wanted for place in places))

    def key(self, host: str | None, language: str | None, path: str | None = None) -> tuple[int, ...]:
        """Numbers of the files whose rules apply; where they are equal, so is all that `scoped` gives."""
        return self._scopes.files(host, language, path)

    def scoped(self, host: str | None, language: str | None, path: str | None = None) -> tuple[Rule, ...]:
        """The rules for a page of this host (a host name, without port), language (a BCP 47 tag) and path ("/a/b")."""
        numbers = self.key(host, language, path)
        found = _of_files(self.rules, numbers)
        off = {id for disabled in self.disabled if disabled.order[0] in numbers for id in disabled.ids}
        return tuple(rule for rule in found if rule.id not in off) if off else found

    def scoped_metadata(
        self, host: str | None, language: str | None, path: str | None = None
    ) -> tuple[MetadataRule, ...]:
        """The metadata rules for such a page."""
        return _of_files(self.metadata, self.key(host, language, path))

    def scoped_links(self, host: str | None, language: str | None, path: str | None = None) -> tuple[LinkRule, ...]:
        """The rules for links for such a page."""
        return _of_files(self.links, self.key(host, language, path))

    def rule(self, id: str) -> Rule:
        """Gives the rule with this id. Raises RuleError, with the nearest id, if there is none."""
        found = self._by_id.get(id)
        if found is None:
            raise RuleError((self._unknown(id),))
        return found

    def without(self, ids: Iterable[str]) -> RuleSet:
        """Gives this set without some rules. Raises RuleError, with all unknown ids, if there is one."""
        gone = frozenset(ids)
        unknown = tuple(self._unknown(id) for id in sorted(gone) if id not in self._by_id)
        if unknown:
            raise RuleError(unknown)
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id not in gone))

    def only_file(self, file: int, *, shipped: bool = False) -> RuleSet:
        """The rules of one file, by its number in load order, with what it extends; if asked for, the shipped rules."""
        own = {file, *self.extended_by(file)}
        of_others = {number for _, number in self.extended} - own

        def wanted(item: AnyScoped) -> bool:
            number = item.order[0]
            return number in own or (shipped and item.tier is not Tier.USER and number not in of_others)

        return RuleSet(
            rules=tuple(filter(wanted, self.rules)),
            metadata=tuple(filter(wanted, self.metadata)),
            tests=tuple(test for test in self.tests if test.file == file),
            links=tuple(filter(wanted, self.links)),
            disabled=tuple(filter(wanted, self.disabled)),
        )

    def extended_by(self, file: int) -> tuple[int, ...]:
        """The numbers of the files that a file extends."""
        return tuple(number for owner, number in self.extended if owner == file)

    def limited(self, max_drop_ratio: float) -> RuleSet:
        """Gives this set with a limit for each rule that has none, or a higher one: the share of words it may take."""
        rules = (replace(rule, max_drop_ratio=lower(rule.max_drop_ratio, max_drop_ratio)) for rule in self.rules)
        return replace(self, rules=tuple(rules))

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def _unknown(self, id: str) -> Problem:
        from cleaner.rules.source import did_you_mean, quote

        return Problem("", 0, 0, f"unknown rule {quote(id)}{did_you_mean(id, self._by_id)}")


def load_rules(*paths: str | os.PathLike[str], shipped: bool = True) -> RuleSet:
    """Loads the rules of files and folders, and the shipped rules unless `shipped` is false.

    A folder is searched for `*.yaml` and `*.yml` at any depth, sorted by name. A later path wins over an earlier one.
    A rule with the id of a shipped one replaces it. Files that a file extends are loaded before it, for its pages.

    What the check of many files has found is kept in the user's cache folder (`cleaner.rules.cache`).

    Raises RuleError with all problems of all files. Then nothing is loaded.
    """
    problems: list[Problem] = []
    sources = sources_of(paths, shipped, problems)
    ready = _checked([source for source in sources if source.shipped]) if shipped else None
    if ready and not problems and all(source.shipped for source in sources):
        return ready
    with COLLECTION_PAUSE:
        packs = _load(sources, paths, ready is not None, problems)
    refuse_twice(packs.checked)
    check_disabled(packs.checked, ready)
    for file in packs.checked:
        problems += sorted(file.problems.found, key=lambda problem: (problem.line, problem.column))
    if problems:
        raise RuleError(tuple(problems))
    return _joined(ready or RuleSet(), packs.files, tuple(packs.extended))


def shipped_rules_root() -> Path:
    """The folder of the shipped rules: inside the package of a wheel, beside it in a checkout or editable install.

    Raises FileNotFoundError where the installation has lost it.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package / "_rules", package.parent / "rules"):
        if root.is_dir():
            return root
    raise FileNotFoundError("the shipped rules are missing from this installation of cleaner")


@dataclass(frozen=True, slots=True)
class RuleFileSource:
    """A rule file that is to be loaded."""

    path: Path
    name: str
    """What sources and problems call it."""
    shipped: bool


def sources_of(paths: Iterable[str | os.PathLike[str]], shipped: bool, problems: list[Problem]) -> list[RuleFileSource]:
    """The rule files of files and folders, each once, in load order; what is none is added to the problems."""
    found = []
    if shipped:
        root = shipped_rules_root()
        found += [RuleFileSource(path, path.relative_to(root).as_posix(), shipped=True) for path in _files_in(root)]
    for path in map(Path, paths):
        inside = list(_files_in(path)) if _is_folder(path) else [path]
        if not inside:
            problems.append(Problem(path.as_posix(), 0, 0, "no *.yaml or *.yml in this folder", "file"))
        found += [RuleFileSource(file, file.as_posix(), shipped=False) for file in inside]
    # A file that is named twice counts where it is named last.
    places = _real_paths([source.path for source in found])
    last = {(place, source.shipped): source for place, source in zip(places, found, strict=True)}
    return [source for place, source in zip(places, found, strict=True) if last[place, source.shipped] is source]


def _real_paths(paths: list[Path]) -> list[str]:
    """The paths without links. A folder is followed once, however many files it has."""
    folders: dict[Path, Path] = {}
    found = []
    for path in paths:
        folder = path.parent
        if folder not in folders:
            folders[folder] = Path(os.path.realpath(folder))
        found.append(os.path.realpath(path) if path.is_symlink() else os.fspath(folders[folder] / path.name))
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # reading it will say why
        return False


def _files_in(folder: Path) -> Iterator[Path]:
    """The rule files in a folder at any depth, sorted by the names of folders and files."""
    found: list[Path] = []
    open_folders = [os.fspath(folder)]
    while open_folders:
        with suppress(OSError), os.scandir(open_folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    open_folders.append(entry.path)
                elif entry.name.endswith(SUFFIXES) and entry.name not in SUFFIXES and entry.is_file():
                    found.append(Path(entry.path))
    return iter(sorted(found))


def shipped_files() -> dict[str, bytes]:
    """What the shipped rule files hold, by name in load order."""
    return {source.name: source.path.read_bytes() for source in sources_of((), True, [])}


def write_checked() -> None:
    """Checks the shipped rules and writes the file for `read_checked`. Raises RuleError with all their problems."""
    from cleaner.rules import checked

    path = shipped_rules_root() / checked.NAME
    path.unlink(missing_ok=True)
    path.write_text(checked.to_json(load_rules(), shipped_files()), encoding="utf-8", newline="\n")


def _checked(shipped: list[RuleFileSource]) -> RuleSet | None:
    """The shipped rules, where they need no check."""
    from cleaner.rules.checked import read_checked

    found = {source.name: read_source(source, []) for source in shipped}
    return read_checked(shipped_rules_root(), {name: data for name, data in found.items() if data is not None})


def _load(
    sources: list[RuleFileSource], paths: Sequence[str | os.PathLike[str]], ready: bool, problems: list[Problem]
) -> Packs:
    """What the files hold: all of them, or those of the user where the shipped ones are `ready`."""
    from cleaner.rules.cache import cache_for
    from cleaner.rules.packs import Packs

    packs = Packs({source.name: number for number, source in enumerate(sources) if source.shipped})
    cache = cache_for(paths, [source.path for source in sources if not source.shipped])
    for source in sources:
        if ready and source.shipped:
            packs.skip()
            continue
        file = None if source.shipped else cache.get(source.name, source.path, packs.next)
        if file is not None:
            file = packs.known(source, file)
        else:
            stamp = None if source.shipped else cache.stamp(source.path)
            data = read_source(source, problems)
            if data is None:
                continue
            file = packs.checked_once(source, data)
            cache.put(source.name, stamp, file)
        packs.add(source, file)
    cache.write()
    return packs


def read_source(source: RuleFileSource, problems: list[Problem]) -> bytes | None:
    """The bytes of a rule file, at most one more than it may have; None, with a problem, where it cannot be read."""
    try:
        if source.path.is_file():  # a pipe or a device would never end
            with source.path.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        message = "not a file" if source.path.exists() else "no such file"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    problems.append(Problem(source.name, 0, 0, message, "file"))
    return None


def refuse_twice(files: list[RuleFile]) -> None:
    """Report ids that are given twice: by shipped files, or by the user's."""
    first: dict[tuple[bool, str], tuple[RuleFile, Node]] = {}
    for file in files:
        for id, node in file.ids:
            owner, place = first.setdefault((file.shipped, id), (file, node))
            if place is not node:
                from cleaner.rules.source import quote

                message = f"id {quote(id)} is taken by {owner.problems.file}:{place.line}"
                file.problems.add(node, message, "duplicate-id")


def check_disabled(files: list[RuleFile], shipped: RuleSet | None = None) -> None:
    """Report ids of rules that files switch off and that there are not, or that are their own."""
    disabling = [file for file in files if file.disable]
    if not disabling:
        return
    from cleaner.rules.source import did_you_mean, quote

    rules = [rule.id for file in files for rule in file.rules]
    known = {*rules, *(rule.id for rule in (shipped or load_rules()).rules)}
    for file in disabling:
        own = {rule.id for rule in file.rules}
        for id, node in file.disable:
            if id in own:
                file.problems.add(node, f"{quote(id)} is a rule of this file; take it out of 'rules'", "combination")
            elif id not in known:
                file.problems.add(node, f"unknown rule {quote(id)}{did_you_mean(id, known)}")


def lower(one: float | None, other: float | None) -> float | None:
    """The lower of two limits; None is no limit."""
    return min((limit for limit in (one, other) if limit is not None), default=None)


def _joined(shipped: RuleSet, files: list[RuleFile], extended: tuple[tuple[int, int], ...] = ()) -> RuleSet:
    """Shipped rules that are checked already, and the rules of files; those of users take the place of shipped ones."""
    if not files:
        return shipped
    own = {id for file in files if not file.shipped for id, _ in file.ids}
    rules = [rule for rule in shipped.rules if rule.id not in own]
    rules += [rule for file in files for rule in file.rules if not (file.shipped and rule.id in own)]
    disabled = [each for file in files for each in file.disabled]
    off = {id for each in disabled if not (each.sites or each.languages or each.paths) for id in each.ids}
    return RuleSet(
        rules=tuple(rule for rule in _distinct(rules) if rule.id not in off),
        metadata=(*shipped.metadata, *(rule for file in files for rule in file.metadata)),
        tests=(*shipped.tests, *(test for file in files for test in file.tests)),
        links=(*shipped.links, *(rule for file in files for rule in file.links)),
        disabled=tuple(disabled),
        extended=extended,
    )


def _distinct(rules: list[Rule]) -> Iterator[Rule]:
    """Rules without an id are called after file and line, which can be the same for several.

    A rule that is there for several files that extend its own is one rule.
    """
    seen: dict[str, tuple[str, int]] = {}
    for rule in rules:
        place = rule.source, rule.order[1]
        id = rule.id if seen.setdefault(rule.id, place) == place else f"{rule.source}:{rule.order[1] + 1}"
        yield rule if id == rule.id else replace(rule, id=id)


def _of_files(rules: tuple[Scoped, ...], numbers: tuple[int, ...]) -> tuple[Scoped, ...]:
    wanted = frozenset(numbers)
    return tuple(rule for rule in rules if rule.order[0] in wanted)
