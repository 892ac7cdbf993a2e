"""Files that a rule file names: paths from its folder, which do not lead out of the project that it is in.

A rule file comes from a stranger, so it opens no file of its choice. Without a project around it, all that it names
is in its own folder.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

PROJECT_FILE = "cleaner.toml"
MARKS = (PROJECT_FILE, ".git")
"""What shows that a folder is the root of a project."""


def relative_path(text: str) -> str:
    """A path that is written in a rule file. Raises ValueError unless it is relative and has slashes only."""
    windows = PureWindowsPath(text)
    if PurePosixPath(text).is_absolute() or windows.drive or windows.root:
        raise ValueError(f"{text[:60]!r} is not a path from the folder of this file")
    if "\\" in text or "\0" in text:
        raise ValueError(f"{text[:60]!r}: write '/' between folders")
    return text


def file_named(by: Path, path: str) -> Path:
    """The file that the rule file `by` names. Raises ValueError where it is out of reach: links count as what they are.

    Raises OSError where the folders cannot be looked at.
    """
    found = by.parent / path
    root = _root(by)
    if not Path(os.path.realpath(found)).is_relative_to(root):
        raise ValueError(f"{path[:60]!r} is outside the folder of the rule file, and of the project around it")
    return found


def _root(file: Path) -> Path:
    """The folder that holds what a rule file may name: that of the project around it, else its own."""
    own = Path(os.path.realpath(file)).parent
    home = Path(os.path.realpath(Path.home()))
    for folder in (own, *own.parents):
        if folder == home or folder == folder.parent:
            break
        if any((folder / mark).exists() for mark in MARKS):
            return folder
    return own
