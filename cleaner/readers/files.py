"""Files, folders and glob patterns to records, lazily and always in the same order."""

from __future__ import annotations

import glob
import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from cleaner.readers.kinds import ARCHIVES, Kind, is_place, is_web, kind_of, last_part, without_suffix
from cleaner.readers.record import Record

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".txt": "text/plain",
    ".md": "text/markdown",
}
"""What the names of files say of them."""
IN_FOLDERS = frozenset(MEDIA_TYPES) - {".md"}
"""Suffixes of pages that are looked for in folders.

Markdown is what comes out: a folder of results is not cleaned again. For that reason tables are not looked for either.
"""


_ARCHIVES: frozenset[Kind | None] = ARCHIVES | {"warc"}
SUFFIXES_SHOWN = 5
"""Suffixes that the error lists for folders without a page."""


class InputError(ValueError):
    """Inputs that cannot be meant: an address, a pattern that matches nothing, folders without a page."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One argument: a folder to walk, or the files that a pattern or a plain name gave."""

    base: Path
    """The folder that names in the output start from, absolute."""
    folder: Path | None = None
    files: tuple[Path, ...] = ()


def find_files(
    inputs: Sequence[str | Path], *, skip: Iterable[Path] = (), media_type: str | None = None, url: str | None = None
) -> Iterator[Record]:
    """A record for every file that the inputs name, sorted within folders and patterns.

    A folder is walked for the suffixes `IN_FOLDERS`, and for web archives, zip and tar, which `expand` reads. What
    starts with a dot and links to folders are passed over. A pattern (`*`, `?`, `[...]`, `**`) that names no file
    itself is expanded. Walks and patterns pass over the files and folders `skip`, which are for what is written. A file
    that two inputs name comes once. Other files are taken as they are, even where they do not exist: reading them
    tells. A record's name is the file's path from the deepest folder that holds all inputs.

    Files elsewhere are given by their addresses, "s3://bucket/pages/" or "memory://pages/*.html", all in one place.
    fsspec (the extra `places`) finds and reads them; the package of a scheme is yours to install.

    Raises InputError for an address of the web, for a pattern without a match, and where there is no file at all.
    """
    given = [os.fspath(path) for path in inputs]
    for path in given:
        _check_not_web(path)
    if any(map(is_place, given)):
        from cleaner.readers.places import find_places

        return find_places(given, media_type=media_type, url=url)
    skipped = _real_paths(skip)
    sources = _without_nested([_source(path, skipped) for path in given])
    base = _common_folder([source.base for source in sources])
    paths = _paths(sources, skipped)
    first = next(paths, None)
    if first is None:
        raise InputError(_no_page([source.folder for source in sources if source.folder], skipped))
    return (
        Record(
            _absolute(path).relative_to(base).as_posix(),
            path=str(path),
            url=url,
            media_type=media_type or MEDIA_TYPES.get(page_suffix(path.name)),
        )
        for path in itertools.chain([first], paths)
    )


def count_files(inputs: Sequence[str | Path], *, skip: Iterable[Path] = ()) -> int:
    """How many records `find_files` gives."""
    return sum(1 for _ in find_files(inputs, skip=skip))


def is_single_file(inputs: Sequence[str | Path]) -> bool:
    """Whether the inputs are one file by its name: no folder, no pattern. In other places a suffix tells a file."""
    if len(inputs) == 1 and is_place(given := os.fspath(inputs[0])):
        name = last_part(given)
        return is_web(given) or (page_suffix(name) in MEDIA_TYPES and not glob.has_magic(given))
    return len(inputs) == 1 and not Path(inputs[0]).is_dir() and not _is_pattern(os.fspath(inputs[0]))


def page_suffix(path: str) -> str:
    """The suffix that tells what a file is, in lower case: ".html" for "page.HTML" and for "page.html.gz"."""
    return PurePath(without_suffix(last_part(path))).suffix.lower()


def is_looked_for(path: str) -> bool:
    """Whether a file in a folder is a page or an archive, by its name."""
    return page_suffix(path) in IN_FOLDERS or kind_of(path) in _ARCHIVES


def _check_not_web(given: str) -> None:
    if is_web(given):
        raise InputError(
            f"{given}: cleaner does not fetch: save the page and give the file, with --url for its address"
        )


def _source(given: str, skipped: frozenset[str]) -> _Source:
    path = Path(given)
    if path.is_dir():
        return _Source(_absolute(path), folder=path)
    if not _is_pattern(given):
        return _Source(_absolute(path).parent, files=(path,))
    matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
    files = tuple(match for match in map(Path, matches) if not match.is_dir() and not _is_skipped(match, skipped))
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


def _paths(sources: list[_Source], skipped: frozenset[str]) -> Iterator[Path]:
    # Only names that were given or matched are remembered; what a walk finds is not, however much it is.
    walked = [source.base for source in sources if source.folder]
    seen: set[Path] = set()
    for source in sources:
        if source.folder:
            yield from _walk(source.folder, skipped, is_looked_for)
            continue
        for path in source.files:
            full = _absolute(path)
            if full not in seen and not any(_walk_finds(full, base, skipped) for base in walked):
                seen.add(full)
                yield path


def _walk(folder: Path, skipped: frozenset[str], is_wanted: Callable[[str], bool] | None) -> Iterator[Path]:
    """The files in a folder at any depth that are wanted (None: all files), sorted."""
    try:
        with os.scandir(folder) as listing:
            names = sorted(entry.name for entry in listing)
    except OSError:
        yield folder  # no file: reading it fails and puts it among the failures
        return
    real = Path(os.path.realpath(folder))
    for name in names:
        entry = folder / name
        if name.startswith(".") or str(real / name) in skipped:
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry, skipped, is_wanted)
        elif is_wanted is None or is_wanted(name):
            yield entry


def _walk_finds(full: Path, base: Path, skipped: frozenset[str]) -> bool:
    """Whether the walk of the folder `base` comes by the file `full`."""
    if base not in full.parents or _is_skipped(full, skipped):
        return False
    inner = full.relative_to(base)
    hidden = any(part.startswith(".") for part in inner.parts)
    linked = any((base / folder).is_symlink() for folder in inner.parents if folder.name)
    return not hidden and not linked and is_looked_for(full.name) and os.path.lexists(full)


def _real_paths(paths: Iterable[Path]) -> frozenset[str]:
    """The paths without links in their folders, and what they lead to where they are links themselves."""
    given = list(paths)
    return frozenset(map(_real_name, given)) | frozenset(os.path.realpath(path) for path in given)


def _real_name(path: Path) -> str:
    full = _absolute(path)
    return str(Path(os.path.realpath(full.parent)) / full.name)


def _is_skipped(path: Path, skipped: frozenset[str]) -> bool:
    real = Path(_real_name(path))
    return any(str(place) in skipped for place in (real, *real.parents))


def _no_page(folders: list[Path], skipped: frozenset[str]) -> str:
    """Says that the folders have nothing to clean, what they have, and what to do."""
    found = Counter(path.suffix for folder in folders for path in _walk(folder, skipped, None))
    wanted = ", ".join(sorted(IN_FOLDERS))
    told = f"{', '.join(map(str, folders))}: no page to clean; {wanted} and archives are looked for, and there "
    if not found:
        return told + "is no file at all"
    counts = [f"{count} {suffix or 'without a suffix'}" for suffix, count in found.most_common(SUFFIXES_SHOWN)]
    if len(found) > SUFFIXES_SHOWN:
        counts.append(f"{found.total() - sum(count for _, count in found.most_common(SUFFIXES_SHOWN))} others")
    listed = " and ".join([", ".join(counts[:-1]), counts[-1]]) if len(counts) > 1 else counts[0]
    pattern = folders[0] / "**" / f"*{found.most_common(1)[0][0]}"
    return f"{told}{'is' if found.total() == 1 else 'are'} only {listed}; a pattern names others, as in '{pattern}'"


def _absolute(path: Path) -> Path:
    # Not Path.resolve: a link keeps the name that it was given by, and with it its place in the output.
    full = os.path.abspath(path)  # noqa: PTH100
    return Path("/" + full.lstrip("/") if full.startswith("//") else full)  # "//" means "/" but on a few old systems
