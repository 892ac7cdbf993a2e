"""`cleaner.batch.journal`: which files of which sizes an earlier run wrote."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.batch.journal import Journal

NAMES = ["a.txt", "sub/b.txt", "two\nlines.txt", "naïve 名.txt", os.fsdecode(b"caf\xe9.txt"), '[9, "a.txt"]']


def test_files_are_known_by_name_and_size(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, "print", resume=True) as journal:
        assert not journal.knows("a.txt", 1)
        for size, name in enumerate(NAMES):
            journal.add(name, size)
    with Journal(path, "print", resume=True) as journal:
        assert [journal.knows(name, size) for size, name in enumerate(NAMES)] == [True] * len(NAMES)
        assert not any(journal.knows(name, size + 1) for size, name in enumerate(NAMES))
        assert not journal.knows("other.txt", 0)


def test_runs_add_to_a_journal_until_the_fingerprint_changes(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for name in NAMES:
        with Journal(path, "old", resume=True) as journal:
            journal.add(name, 5)
    with Journal(path, "old", resume=True) as journal:
        assert all(journal.knows(name, 5) for name in NAMES)
    with Journal(path, "new", resume=True) as journal:
        assert not any(journal.knows(name, 5) for name in NAMES)
    with Journal(path, "old", resume=True) as journal:
        assert not any(journal.knows(name, 5) for name in NAMES)


def test_without_resume_a_journal_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for resume in (True, False):
        with Journal(path, "print", resume=resume) as journal:
            assert not journal.knows("a.txt", 5)
            journal.add("a.txt", 5)


@pytest.mark.parametrize("end", range(1, 40))
def test_a_line_that_was_cut_short_is_no_evidence(tmp_path: Path, end: int) -> None:
    path = tmp_path / "journal"
    with Journal(path, "print", resume=True) as journal:
        journal.add("first.txt", 12)
        journal.add("second.txt", 3456)
    path.write_bytes(path.read_bytes()[:-end])  # as after a power cut
    with Journal(path, "print", resume=True) as journal:
        assert not journal.knows("second.txt", 3456)
        journal.add("third.txt", 7)
    with Journal(path, "print", resume=True) as journal:
        assert journal.knows("third.txt", 7)
        assert not journal.knows("second.txt", 3456)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\0\0", b"{}", b'{"fingerprint": "print"'])
def test_what_is_no_journal_is_replaced(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "journal"
    path.write_bytes(data)
    for known in (False, True):
        with Journal(path, "print", resume=True) as journal:
            assert journal.knows("a.txt", 5) is known
            journal.add("a.txt", 5)
