"""Stand-ins for cleaners that misbehave on demand, importable by worker processes; and what batch tests share."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from cleaner.batch.journal import JOURNAL
from cleaner.document import Block, Document, Removal
from cleaner.readers import Record

ORDERS = {"sleep": 10.0, "nap": 0.2}


@dataclass(frozen=True)
class Obedient:
    """Does what the page says: sleeps, dies, raises; else gives its text back, and removes lines of "ad"."""

    mark: str = ""

    def clean(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document:
        text = data.decode() if isinstance(data, bytes) else data
        order, _, argument = text.partition(" ")
        if order in ORDERS:
            time.sleep(ORDERS[order])
        elif order == "await":
            while not Path(argument).exists():
                time.sleep(0.01)
        elif order == "exit":
            os._exit(int(argument))
        elif order == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif order == "later":
            Timer(0.2, os._exit, (1,)).start()
        elif order == "raise":
            raise ValueError(argument)
        removed = tuple(Removal("ad", "ads.label") for line in text.splitlines() if line == "ad")
        return Document(blocks=(Block("paragraph", text + self.mark),), removed=removed)


@dataclass(frozen=True)
class Unloadable:
    """Does an order when it is set up in a worker process; afterwards it obeys pages.

    With a `lock`, a folder that the first process makes, only that process does the order, or (`others`) all others do.
    """

    order: str
    lock: Path | None = None
    others: bool = False

    def __setstate__(self, state: list[object]) -> None:
        for name, value in zip(("order", "lock", "others"), state, strict=True):
            object.__setattr__(self, name, value)
        if self.lock is None or _is_first(self.lock) is not self.others:
            Obedient().clean(self.order)

    def __getstate__(self) -> list[object]:
        return [self.order, self.lock, self.others]

    def clean(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document:
        return Obedient().clean(data)


def _is_first(lock: Path) -> bool:
    try:
        lock.mkdir()
    except FileExistsError:
        return False
    return True


@dataclass(frozen=True)
class Plain:
    """The text and a line end."""

    suffix: str = ".txt"

    def __call__(self, document: Document) -> str:
        return document.text + "\n"


TEXT = Plain()


def pages(folder: Path, *texts: str) -> list[Record]:
    """Files 0.txt, 1.txt, ... with these texts, as records."""
    folder.mkdir(exist_ok=True)
    records = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text)
        records.append(Record(path.name, path=str(path)))
    return records


def written(folder: Path) -> dict[str, str]:
    """Every file under the folder but the journal, with its text."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != JOURNAL)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}
