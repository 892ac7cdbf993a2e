"""Imports point one way, and what is heavy comes late."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleaner"
LAYERS = (
    "document pause lazily",
    "normalize sections repeats links selectors models intake page",
    "rules html text markdown",
    "matching content structure posts bylines anchors metadata",
    "explanation freezing",
    "engine",
    "readers writers batch",
    "training cli integrations",
)
"""From the bottom up, as `docs/architecture.md` says: a room imports from its own layer and those below."""
EXCEPTIONS = {("document", "writers"), ("document", "sections")}
"""`Document.to_markdown`, `sections` and `chunks` import what they need when they are called."""
ENTRIES = {"__init__", "__main__"}
"""The package itself and its command import from the top."""
HEAVY = ("lxml", "numpy", "trafilatura", "yaml", "rich", "markdown_it", "re2", "ftfy", "rapidfuzz", "bs4")
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms.split()}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """The rooms that a module imports, in functions too; what only types need is left out."""
    tree = ast.parse(source)
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "cleaner" and len(parts) > 1:
                yield parts[1]


def edges() -> set[tuple[str, str]]:
    """(room, room that it imports from); names of the package itself belong to the rooms that they come from."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        room = room_of(path)
        if room not in ENTRIES:
            found |= {(room, other) for other in imported(path.read_text("utf-8")) if other != room and other in LEVEL}
    return found


def test_every_room_has_a_layer() -> None:
    rooms = {room_of(path) for path in PACKAGE.rglob("*.py")} - ENTRIES
    assert rooms == set(LEVEL)


def test_imports_point_one_way() -> None:
    assert {(room, other) for room, other in edges() - EXCEPTIONS if LEVEL[other] > LEVEL[room]} == set()


def test_imports_make_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for room, other in edges() - EXCEPTIONS:
        graph.setdefault(room, set()).add(other)
    assert set(TopologicalSorter(graph).static_order()) <= set(LEVEL)


def test_the_exceptions_are_still_needed() -> None:
    assert edges() >= EXCEPTIONS


def test_only_html_knows_lxml() -> None:
    knowing = {
        room_of(path)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(
            name.split(".")[0] == "lxml"
            for name in [getattr(node, "module", None) or "", *(a.name for a in node.names)]
        )
    }
    assert knowing == {"html", "training"}  # which makes pages to learn from


def in_a_new_process(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "code",
    [
        "import cleaner",
        "from cleaner.cli.commands import cli\ntry: cli(['--help'])\nexcept SystemExit: pass",
        "from cleaner.cli.commands import cli\ntry: cli(['clean', '--help'])\nexcept SystemExit: pass",
        "from cleaner import Document\nDocument().to_json()",
    ],
)
def test_nothing_heavy_at_the_start(code: str) -> None:
    loaded = in_a_new_process(f"{code}\nimport sys\nprint('loaded:', *sys.modules)").split("loaded:")[1].split()
    assert [name for name in HEAVY if name in loaded] == []


RARE = (
    *("yaml", "trafilatura", "rich", "click", "markdown_it", "ftfy", "bs4", "cssselect", "dateparser"),
    *("statistics", "difflib", "cleaner.rules.check", "cleaner.markdown.reader", "cleaner.writers"),
)
"""What an ordinary page does not need."""
PARAGRAPHS = [
    f"This is line {n} of a first page in a new process, and it is as ordinary as a line can be." for n in range(9)
]
HTML = f"<html lang='en'><body><h1>Title</h1><p class='ad-label'>Advertisement</p><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>"


@pytest.mark.parametrize(
    ("page", "rare"),
    [
        (HTML, (*RARE, "html.parser", "cleaner.text.reader")),
        ("\n\n".join(PARAGRAPHS), (*RARE, "lxml", "cleaner.html.reader")),
    ],
    ids=["html", "text"],
)
def test_a_plain_page_loads_what_it_needs(page: str, rare: tuple[str, ...]) -> None:
    code = f"import cleaner, sys\nprint(len(cleaner.clean({page!r}).blocks), *sys.modules)"
    blocks, *loaded = in_a_new_process(code).split()
    assert int(blocks) >= len(PARAGRAPHS)
    assert [name for name in rare if name in loaded] == []


TIMED = "import time\nstart = time.process_time()\n{}\nprint('took', time.process_time() - start)"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "milliseconds"),
    [
        ("import cleaner", 150),
        ("import cleaner\ncleaner.clean('A first text in a new process, long enough to be one.\\n\\nAnd more.')", 500),
        (
            "import cleaner\ncleaner.clean(b'<html><body><h1>Title</h1><p>A first page in a new process.</p></body></html>')",
            500,
        ),
    ],
)
def test_a_new_process_starts_soon(code: str, milliseconds: int) -> None:
    best = min(float(in_a_new_process(TIMED.format(code)).rpartition("took")[2]) for _ in range(3))
    assert best < milliseconds / 1000


def test_cleaning_a_file_loads_no_reader_of_others(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML)
    command = ["clean", str(tmp_path / "page.html"), "-o", str(tmp_path / "page.md")]
    code = f"from cleaner.cli.commands import cli\ntry: cli({command!r})\nexcept SystemExit: pass\nimport sys\nprint(*sys.modules)"
    loaded = in_a_new_process(code).split()
    readers = [f"cleaner.readers.{name}" for name in ("tables", "columns", "parquet", "warc", "archives")]
    assert (tmp_path / "page.md").exists()
    assert [name for name in (*readers, "tarfile", "pyarrow", "fastwarc") if name in loaded] == []
