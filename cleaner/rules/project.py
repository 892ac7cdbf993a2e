"""Where the command line finds rules: the user's folder, the project's file `cleaner.toml`, and what is given.

The order is that of precedence, the last wins: shipped rules, the user's folder, the project's paths, the paths that
are given. `load_rules` looks for nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cleaner.rules import SUFFIXES, RuleSet, load_rules
from cleaner.rules.paths import PROJECT_FILE
from cleaner.rules.types import MAX_BYTES, Problem, RuleError

SECTION = "rules"
KEYS = ("paths", "disable", "shipped", "limits")
LIMITS = ("max_drop_ratio",)


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A place that rules are from."""

    kind: Literal["shipped", "user", "project", "given"]
    path: str
    """A file or a folder; empty for the shipped rules."""


@dataclass(frozen=True, slots=True)
class FoundRules:
    """Which rules there are for a place, before they are loaded."""

    sources: tuple[RuleSource, ...]
    """In load order: the later wins."""
    disable: tuple[str, ...] = ()
    """Ids of rules that the project switches off."""
    max_drop_ratio: float | None = None
    """The project's limit for all rules."""
    file: Path | None = None
    """The project's file."""

    def load(self) -> RuleSet:
        """Loads them. Raises RuleError, as `load_rules` does, and for an unknown id in `disable`."""
        paths = [source.path for source in self.sources if source.kind != "shipped"]
        loaded = load_rules(*paths, shipped=any(source.kind == "shipped" for source in self.sources))
        try:
            shipped = {rule.id for rule in load_rules().rules} if self.disable else set()
            here = {rule.id for rule in loaded.rules}
            loaded = loaded.without(id for id in self.disable if id in here or id not in shipped)
        except RuleError as error:
            raise RuleError(tuple(_problem(self.file, problem.message) for problem in error.problems)) from None
        return loaded if self.max_drop_ratio is None else loaded.limited(self.max_drop_ratio)


def find_rules(
    *paths: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None = None,
    shipped: bool = True,
    project: bool = True,
) -> RuleSet:
    """The rules that the command line uses in a folder, by default the current one.

    - `paths`: rule files and folders, as for `load_rules`. They win over what is found.
    - `shipped`: whether the shipped rules are used, unless the project's file says that they are not.
    - `project`: whether the project's file and the user's folder are looked for.

    Raises RuleError with all problems, those of `cleaner.toml` too.
    """
    return find_sources(paths, folder=folder, shipped=shipped, project=project).load()


def find_sources(
    paths: Iterable[str | os.PathLike[str]] = (),
    *,
    folder: str | os.PathLike[str] | None = None,
    shipped: bool = True,
    project: bool = True,
) -> FoundRules:
    """Where the rules of `find_rules` are. Raises RuleError for a project's file with mistakes."""
    given = [RuleSource("given", os.fspath(path)) for path in paths]
    file = project_file(Path.cwd() if folder is None else Path(folder)) if project else None
    settings = _Settings(file) if file is not None else None
    found = [RuleSource("shipped", "")] if shipped and (settings is None or settings.shipped) else []
    own = user_folder()
    if project and _has_rules(own):
        found.append(RuleSource("user", own.as_posix()))
    if settings is None:
        return FoundRules((*found, *given))
    found += [RuleSource("project", path) for path in settings.paths]
    return FoundRules((*found, *given), settings.disable, settings.max_drop_ratio, file)


def project_file(folder: Path) -> Path | None:
    """The file `cleaner.toml` of a folder or of one above it, up to the root of its repository or the home folder.

    Outside of both, only the folder itself counts: others may write above it.
    """
    folder = folder.resolve()
    home = Path.home().resolve()
    above = [folder, *folder.parents]
    last = next((at for at in above if (at / ".git").exists() or at == home), folder)
    for at in above[: above.index(last) + 1]:
        if (at / PROJECT_FILE).is_file():
            return at / PROJECT_FILE
    return None


def user_folder() -> Path:
    """The folder of the user's rules: `cleaner/rules` in XDG_CONFIG_HOME, else in ~/.config, on Windows %APPDATA%."""
    given = os.environ.get("XDG_CONFIG_HOME") or (os.environ.get("APPDATA") if sys.platform == "win32" else None)
    base = Path(given) if given and Path(given).is_absolute() else Path.home() / ".config"
    return base / "cleaner" / "rules"


def _has_rules(folder: Path) -> bool:
    names = (name for _, _, files in os.walk(folder) for name in files)
    return any(Path(name).suffix in SUFFIXES for name in names)


class _Settings:
    """What a project's file says. Raises RuleError with all its mistakes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        table = self._table(self._read(), SECTION)
        self._known(table, KEYS, f"[{SECTION}]")
        self.paths = tuple(_from(file.parent, path) for path in self._texts(table, "paths"))
        self.disable = self._texts(table, "disable")
        self.shipped = self._shipped(table)
        self.max_drop_ratio = self._ratio(self._table(table, "limits"))
        if self.problems:
            raise RuleError(tuple(self.problems))

    def _read(self) -> dict[str, Any]:
        import tomllib

        try:
            with self.file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise ValueError(f"the file is larger than {MAX_BYTES:,} bytes")
            return tomllib.loads(data.decode())
        except OSError as error:
            self._wrong(f"cannot be read: {error.strerror}")
        except (ValueError, RecursionError) as error:
            self._wrong(f"not TOML: {error}" if isinstance(error, tomllib.TOMLDecodeError) else str(error))
        return {}

    def _wrong(self, message: str) -> None:
        self.problems.append(_problem(self.file, message))

    def _table(self, table: dict[str, Any], key: str) -> dict[str, Any]:
        found = table.get(key, {})
        if isinstance(found, dict):
            return found
        self._wrong(f"{key!r} needs keys and values")
        return {}

    def _known(self, table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
        from cleaner.rules.source import did_you_mean, quote

        for key in table:
            if key not in known:
                hint = did_you_mean(key, known) or f"; it is one of {', '.join(known)}"
                self._wrong(f"unknown key {quote(key)} in {where}{hint}")

    def _texts(self, table: dict[str, Any], key: str) -> tuple[str, ...]:
        given = table.get(key, [])
        found = [given] if isinstance(given, str) else given
        if isinstance(found, list) and all(isinstance(text, str) and text for text in found):
            return tuple(found)
        self._wrong(f"{key!r} needs a text or a list of texts")
        return ()

    def _shipped(self, table: dict[str, Any]) -> bool:
        given = table.get("shipped", True)
        if not isinstance(given, bool):
            self._wrong("'shipped' needs true or false")
        return bool(given)

    def _ratio(self, limits: dict[str, Any]) -> float | None:
        self._known(limits, LIMITS, f"[{SECTION}.limits]")
        given = limits.get("max_drop_ratio")
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= 1:
            self._wrong("'max_drop_ratio' needs a number above 0 and at most 1")
            return None
        return float(given)


def _problem(file: Path | None, message: str) -> Problem:
    return Problem(_shown(file) if file is not None else "", 0, 0, message)


def _from(folder: Path, path: str) -> str:
    """A path of a project's file as it is seen from the current folder."""
    return _shown(folder / path)


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
