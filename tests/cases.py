"""The cases of `fixtures/`: a page each, with what should come out of it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cleaner import Cleaner, Document, load_rules

FOLDER = Path(__file__).parent.parent / "fixtures"
_MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain"}


@dataclass(frozen=True)
class Case:
    """A folder with page.html or page.txt, expected.md, expected.json and, for rules of its own, rules.yaml."""

    folder: Path

    @property
    def name(self) -> str:
        """What it shows, in a word or two."""
        return self.folder.name

    @property
    def rules(self) -> Path | None:
        """Its rule file, if it has one."""
        path = self.folder / "rules.yaml"
        return path if path.exists() else None

    def document(self) -> Document:
        """What comes out."""
        page = next(self.folder.glob("page.*"))
        return _cleaner(self.rules).clean(page.read_bytes(), media_type=_MEDIA_TYPES[page.suffix])

    def expected(self, name: str) -> str:
        """What should come out, by the file's name; empty where there is no such file."""
        path = self.folder / name
        return path.read_bytes().decode() if path.exists() else ""


def cases() -> list[Case]:
    """All of them, by name."""
    return [Case(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


@cache
def _cleaner(rules: Path | None) -> Cleaner:
    if rules is None:
        return Cleaner()
    with contextlib.chdir(rules.parent):  # so that removals name the file, and not where the checkout is
        return Cleaner(load_rules(rules.name))
