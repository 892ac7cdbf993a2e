"""Mends what can be mended safely: by the places of the file's text, so that comments and layout stay as they are."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cleaner.rules.check import check_file
from cleaner.rules.lint.codes import Edit, Finding


def mended(text: str, findings: Iterable[Finding]) -> tuple[str, int]:
    """The text with the edits of its findings, and how many findings are mended.

    Of edits that overlap the first is made. Nothing is changed where the text would have mistakes that it has not now.
    """
    taken: list[Edit] = []
    count = 0
    for finding in findings:
        if finding.edits and not any(_overlap(edit, other) for edit in finding.edits for other in taken):
            taken += finding.edits
            count += 1
    new = text
    for edit in sorted(taken, key=lambda edit: edit.start, reverse=True):
        new = new[: edit.start] + edit.text + new[edit.end :]
    return (new, count) if count and _mistakes(new) <= _mistakes(text) else (text, 0)


def write_mended(path: Path, text: str) -> None:
    """Puts the text in the place of a file at once; a byte order mark stays, and a link leads to the new file."""
    path = path.resolve()
    had_mark = path.read_bytes().startswith(b"\xef\xbb\xbf")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes((b"\xef\xbb\xbf" if had_mark else b"") + text.encode())
        temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _mistakes(text: str) -> set[str]:
    """The mistakes of a text, and ids that are given twice, without their places, which edits move."""
    file = check_file(text.encode(), "", 0, shipped=False)
    times = Counter(id for id, _ in file.ids)
    return {problem.message for problem in file.problems.found} | {id for id in times if times[id] > 1}
