"""Files, folders and glob patterns to records, lazily and always in the same order."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.readers.record import Record

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/markdown",
}
"""What the names of files say of them."""
IN_FOLDERS = frozenset(MEDIA_TYPES) - {".md"}
"""Suffixes that are looked for in folders. Markdown is what comes out: a folder of results is not cleaned again."""


class InputError(ValueError):
    """An input that cannot be meant: a pattern that matches nothing, an address."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One argument: a folder to walk, or the files that a pattern or a plain name gave."""

    base: Path
    """The folder that names in the output start from, absolute."""
    folder: Path | None = None
    files: tuple[Path, ...] = ()


def find_files(
    inputs: Sequence[str | Path], *, skip: Path | None = None, media_type: str | None = None, url: str | None = None
) -> Iterator[Record]:
    """A record for every file that the inputs name, sorted within folders and patterns.

    A folder is walked for the suffixes `IN_FOLDERS`; what starts with a dot, links to folders and the folder
    `skip` are passed over. A pattern (`*`, `?`, `[...]`, `**`) that names no file itself is expanded. A file that two
    inputs name comes once. Other files are taken as they are, even where they do not exist: reading them tells.
    A record's name is the file's path from the deepest folder that holds all inputs.

    Raises InputError for an address and for a pattern without a match.
    """
    sources = _without_nested([_source(os.fspath(given)) for given in inputs])
    base = _common_folder([source.base for source in sources])
    return (
        Record(
            _absolute(path).relative_to(base).as_posix(),
            path=str(path),
            url=url,
            media_type=media_type or MEDIA_TYPES.get(path.suffix.lower()),
        )
        for path in _paths(sources, _absolute(skip) if skip else None)
    )


def count_files(inputs: Sequence[str | Path], *, skip: Path | None = None) -> int:
    """How many records `find_files` gives."""
    return sum(1 for _ in find_files(inputs, skip=skip))


def is_single_file(inputs: Sequence[str | Path]) -> bool:
    """Whether the inputs are one file by its name: no folder, no pattern."""
    return len(inputs) == 1 and not Path(inputs[0]).is_dir() and not _is_pattern(os.fspath(inputs[0]))


def _source(given: str) -> _Source:
    if given.lower().startswith(("http://", "https://")):
        raise InputError(
            f"{given}: cleaner does not fetch: save the page and give the file, with --url for its address"
        )
    path = Path(given)
    if path.is_dir():
        return _Source(_absolute(path), folder=path)
    if not _is_pattern(given):
        return _Source(_absolute(path).parent, files=(path,))
    matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
    files = tuple(match for match in map(Path, matches) if not match.is_dir())
    if not files:
        raise InputError(f"{given}: no file matches")
    return _Source(_literal_folder(path), files=files)


def _is_pattern(given: str) -> bool:
    return glob.has_magic(given) and not Path(given).exists()


def _literal_folder(pattern: Path) -> Path:
    """The folder that a pattern starts in: its parts before the first one with a wildcard."""
    fixed = itertools.takewhile(lambda part: not glob.has_magic(part), pattern.parts)
    return _absolute(Path(*fixed))


def _common_folder(bases: list[Path]) -> Path:
    try:
        return Path(os.path.commonpath(bases))
    except ValueError:  # drives of Windows have no common folder
        raise InputError("inputs on different drives: clean them one drive at a time") from None


def _without_nested(sources: list[_Source]) -> list[_Source]:
    """Leaves out folders that are, or are in, another folder, so that no two walks meet."""
    kept: dict[Path | int, _Source] = {}
    folders = {source.base for source in sources if source.folder}
    for place, source in enumerate(sources):
        if not source.folder:
            kept[place] = source
        elif not folders.intersection(source.base.parents):
            kept.setdefault(source.base, source)
    return list(kept.values())


def _paths(sources: list[_Source], skip: Path | None) -> Iterator[Path]:
    # Only names that were given or matched are remembered; what a walk finds is not, however much it is.
    walked = [source.base for source in sources if source.folder]
    seen: set[Path] = set()
    for source in sources:
        if source.folder:
            yield from _walk(source.folder, skip)
            continue
        for path in source.files:
            full = _absolute(path)
            if full not in seen and not any(_walk_finds(full, base, skip) for base in walked):
                seen.add(full)
                yield path


def _walk(folder: Path, skip: Path | None) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            names = sorted(entry.name for entry in listing)
    except OSError:
        yield folder  # no file: reading it fails and puts it among the failures
        return
    for name in names:
        entry = folder / name
        if name.startswith(".") or (skip is not None and _absolute(entry) == skip):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry, skip)
        elif entry.suffix.lower() in IN_FOLDERS:
            yield entry


def _walk_finds(full: Path, base: Path, skip: Path | None) -> bool:
    """Whether the walk of the folder `base` comes by the file `full`."""
    if base not in full.parents or (skip is not None and skip in full.parents):
        return False
    inner = full.relative_to(base)
    hidden = any(part.startswith(".") for part in inner.parts)
    linked = any((base / folder).is_symlink() for folder in inner.parents if folder.name)
    return not hidden and not linked and full.suffix.lower() in IN_FOLDERS


def _absolute(path: Path) -> Path:
    # Not Path.resolve: a link keeps the name that it was given by, and with it its place in the output.
    full = os.path.abspath(path)  # noqa: PTH100
    return Path("/" + full.lstrip("/") if full.startswith("//") else full)  # "//" means "/" but on a few old systems
