"""Rule files of users as their check left them, in the user's cache folder: it takes a sixth of the check's time.

The cache is JSON and says which files it was made from. It is used for large collections only. A file that has changed
since, or may have, is read and checked as if there were no cache; a cache that is broken, or cannot be read or written,
is as if there were none. The variable CLEANER_CACHE names another folder for it; where it is empty, there is no cache.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.rules.types import Conditions, LinkRule, MetadataRule, Place, Rule, RuleTest, Tier
from cleaner.selectors import CompoundSelector, Selector

if TYPE_CHECKING:
    from cleaner.rules.check import RuleFile

VARIABLE = "CLEANER_CACHE"
MIN_FILES = 50
MIN_BYTES = 300_000
"""With fewer files and bytes than these, checking costs no more than a twentieth of a second."""
MAX_CACHES = 20
"""Caches that are kept, one for each collection of files; the oldest go."""
_SETTLED = 2.0
"""Seconds after which a file that has not changed counts as one: a file system may count time in such steps."""
_FORMAT = 2

Stamp = list[int]
"""What tells whether a file is the same: size, times of its last changes in nanoseconds, number in the file system."""


class Cache:
    """The checked files of one collection."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._held: dict[str, list[Any]] = _read(path) if path is not None else {}
        self._new: dict[str, list[Any]] = {}
        self._now = time.time_ns()
        self._changed = False

    def get(self, name: str, path: Path, number: int) -> RuleFile | None:
        """What a file holds, with `number` as its place in load order; None where it must be read."""
        held = self._held.get(name) if self._path is not None else None
        if held is None or held[0] != _stamp(path):
            return None
        try:
            file = _unpacked(held[1], name, number)
        except (TypeError, ValueError, KeyError, IndexError, AttributeError):
            return None
        self._new[name] = held
        return file

    def stamp(self, path: Path) -> Stamp | None:
        """The state of a file that is about to be read; None where it may change without looking changed."""
        found = _stamp(path) if self._path is not None else None
        return found if found and self._now - max(found[1], found[2]) > _SETTLED * 1e9 else None

    def put(self, name: str, stamp: Stamp | None, file: RuleFile) -> None:
        """Notes what a file holds that had this state before it was read."""
        if stamp is not None and not (file.problems.found or file.extends or file.disable):
            self._new[name] = [stamp, _packed(file)]
            self._changed = True

    def write(self) -> None:
        """Writes what is noted, where it is news."""
        if self._path is None or not (self._changed or self._new.keys() != self._held.keys()):
            return
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
            try:
                body = json.dumps(self._new, ensure_ascii=False, separators=(",", ":"))
                part.write_text(f"{_checksum(body)}\n{body}", encoding="utf-8")
                part.replace(self._path)
            finally:
                part.unlink(missing_ok=True)
            _forget_old(self._path.parent)


def cache_for(paths: Sequence[str | os.PathLike[str]], files: Sequence[Path]) -> Cache:
    """The cache of the files of some paths; one that holds nothing where these are few, or no folder is for it."""
    is_large = len(files) >= MIN_FILES or sum(stamp[0] for file in files if (stamp := _stamp(file))) >= MIN_BYTES
    folder = _folder() if is_large else None
    if folder is None:
        return Cache(None)
    key = json.dumps([_FORMAT, _code(), str(Path.cwd()), *(str(Path(path)) for path in paths)])
    return Cache(folder / f"rules-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.json")


def _folder() -> Path | None:
    """The folder of caches: as the variable says, or as the platform has it."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Path(given) if given else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base, "cleaner", "Cache") if base else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "cleaner"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "cleaner"


@lru_cache(maxsize=1)
def _code() -> str:
    """What changes with the code that checks rules, in a checkout too."""
    from cleaner import __version__

    package = Path(__file__).parent.parent
    files = sorted(path for room in ("rules", "selectors") for path in (package / room).glob("*.py"))
    return f"{__version__} {[_stamp(path) for path in files]}"


def _stamp(path: Path) -> Stamp | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]


def _checksum(body: str) -> str:
    return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> dict[str, list[Any]]:
    try:
        checksum, _, body = path.read_text(encoding="utf-8").partition("\n")
        held = json.loads(body) if checksum == _checksum(body) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def _forget_old(folder: Path) -> None:
    caches = sorted(folder.glob("rules-*.json"), key=lambda path: path.stat().st_mtime)
    for path in caches[:-MAX_CACHES]:
        path.unlink(missing_ok=True)


_TIERS = {int(tier): tier for tier in Tier}

# Rules as JSON: the values that are not the default, in the order of their classes.

_PARTS = {"rules": Rule, "metadata": MetadataRule, "links": LinkRule, "tests": RuleTest}


def _packed(file: RuleFile) -> dict[str, Any]:
    """What a file holds, without its place in load order."""
    packed: dict[str, Any] = {
        part: [_plain(item) for item in getattr(file, part)] for part in _PARTS if getattr(file, part)
    }
    packed["scope"] = [file.sites, file.languages, file.paths]
    packed["max_drop_ratio"] = file.max_drop_ratio
    packed["ids"] = [[id, node.line, node.column] for id, node in file.ids]
    return packed


def _unpacked(packed: dict[str, Any], name: str, number: int) -> RuleFile:
    from cleaner.rules.check import RuleFile
    from cleaner.rules.source import Problems, Scalar

    file = RuleFile(Problems(name), shipped=False)
    for part, kind in _PARTS.items():
        for item in packed.get(part, ()):
            values = _values(item)
            if "order" in values:
                values["order"] = (number, values["order"][1])
            if "file" in values:
                values["file"] = number
            if "matches" in values:
                values["matches"] = tuple(Conditions(**_values(match)) for match in item["matches"])
            getattr(file, part).append(kind(**values))
    file.sites, file.languages, file.paths = map(tuple, packed["scope"])
    file.max_drop_ratio = packed["max_drop_ratio"]
    file.ids = [(id, Scalar(line, column, id, plain=True)) for id, line, column in packed["ids"]]
    return file


def _plain(item: Any) -> Any:
    if isinstance(item, Selector):
        return _plain_selector(item)
    if isinstance(item, tuple | list):
        return [_plain(part) for part in item]
    if isinstance(item, str | int | float | None):
        return item
    return {field.name: _plain(getattr(item, field.name)) for field in fields(item) if _is_said(item, field)}


def _is_said(item: Any, field: Any) -> bool:
    return bool(getattr(item, field.name) != field.default)


def _plain_selector(selector: Selector) -> Any:
    compounds = selector.compounds
    parts = compounds and [[each.tag, each.id, sorted(each.classes)] for each in compounds]
    return [selector.language == "css", selector.source, parts]


def _values(item: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _READERS[key](value) if key in _READERS else tuple(value) if type(value) is list else value
        for key, value in item.items()
    }


def _selectors(items: list[Any]) -> tuple[Selector, ...]:
    return tuple(
        Selector(
            source,
            "css" if is_css else "xpath",
            parts and tuple(CompoundSelector(tag, id, frozenset(classes)) for tag, id, classes in parts),
        )
        for is_css, source, parts in items
    )


_READERS: dict[str, Callable[[Any], Any]] = {
    "css": _selectors,
    "xpath": _selectors,
    "place": lambda place: Place(**place),
    "tier": _TIERS.__getitem__,
    "matches": lambda matches: matches,
}
