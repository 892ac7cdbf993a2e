"""Inputs to records: which files, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.readers import InputError, ReadFailure, Record, count_files, find_files
from cleaner.readers.files import is_single_file

TREE = [
    "crawl/b.html",
    "crawl/a.HTM",
    "crawl/notes.md",
    "crawl/data.csv",
    "crawl/news/c.txt",
    "crawl/news/deep/d.xhtml",
    "crawl/.git/e.html",
    "crawl/.hidden.html",
    "crawl/out/f.html",
    "other/a.HTM",
    "odd [1].html",
]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, which is the current one."""
    for name in TREE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


WALK = ["a.HTM", "b.html", "news/c.txt", "news/deep/d.xhtml", "out/f.html"]


@pytest.mark.parametrize(
    ("inputs", "names"),
    [
        (["crawl"], WALK),
        (["crawl/"], WALK),
        (["./crawl/../crawl"], WALK),
        (["crawl/b.html"], ["b.html"]),
        (["crawl/data.csv"], ["data.csv"]),
        (["crawl/notes.md"], ["notes.md"]),
        (["crawl/missing.html"], ["missing.html"]),
        (["crawl/b.html", "crawl/a.HTM"], ["b.html", "a.HTM"]),
        (["crawl/a.HTM", "other/a.HTM"], ["crawl/a.HTM", "other/a.HTM"]),
        (["crawl/news", "other"], ["crawl/news/c.txt", "crawl/news/deep/d.xhtml", "other/a.HTM"]),
        (["crawl/*.html"], ["b.html"]),
        (["crawl/**/*.html"], ["b.html", "out/f.html"]),
        (["crawl/*/c.txt"], ["news/c.txt"]),
        (["*/a.HTM"], ["crawl/a.HTM", "other/a.HTM"]),
        (["crawl/[ab].*"], ["a.HTM", "b.html"]),
        (["odd [1].html"], ["odd [1].html"]),
        (["crawl/b.html", "crawl/b.html", "crawl/./b.html"], ["b.html"]),
        (["crawl/*.html", "crawl/b*"], ["b.html"]),
        (["crawl", "crawl/news", "crawl/b.html", "crawl/data.csv"], [*WALK, "data.csv"]),
        (["crawl/.hidden.html", "crawl"], [".hidden.html", *WALK]),
        (["crawl", "crawl"], WALK),
    ],
)
def test_names_start_at_the_folder_that_holds_all_inputs(tree: Path, inputs: list[str], names: list[str]) -> None:
    records = list(find_files(inputs))
    assert [record.name for record in records] == names
    assert count_files(inputs) == len(names)
    assert len({os.path.abspath(record.path or "") for record in records}) == len(records)  # noqa: PTH100


def test_absolute_inputs_give_the_same_names(tree: Path) -> None:
    assert [record.name for record in find_files([tree / "crawl"])] == WALK
    assert [record.name for record in find_files([f"{tree}/crawl/*/c.txt"])] == ["news/c.txt"]


def test_paths_are_as_the_user_gave_them(tree: Path) -> None:
    assert [record.path for record in find_files(["crawl/news"])] == ["crawl/news/c.txt", "crawl/news/deep/d.xhtml"]


def test_the_output_folder_is_passed_over(tree: Path) -> None:
    assert [record.name for record in find_files(["crawl"], skip=Path("crawl/out"))] == WALK[:-1]
    given = ["crawl", "crawl/out/f.html"]
    assert [record.name for record in find_files(given, skip=Path("crawl/out"))] == WALK


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("crawl/b.html", "text/html"),
        ("crawl/a.HTM", "text/html"),
        ("crawl/news/deep/d.xhtml", "application/xhtml+xml"),
        ("crawl/news/c.txt", "text/plain"),
        ("crawl/notes.md", "text/markdown"),
        ("crawl/data.csv", None),
    ],
)
def test_the_suffix_tells_the_media_type(tree: Path, name: str, media_type: str | None) -> None:
    assert [record.media_type for record in find_files([name])] == [media_type]
    assert [record.media_type for record in find_files([name], media_type="text/x")] == ["text/x"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("https://example.com/a.html", "https://example.com/a.html: cleaner does not fetch: save the page"),
        ("HTTP://EXAMPLE.COM", "cleaner does not fetch"),
        ("crawl/*.pdf", "crawl/*.pdf: no file matches"),
    ],
)
def test_inputs_that_cannot_be_meant(tree: Path, given: str, message: str) -> None:
    with pytest.raises(InputError, match="(?s)" + message.replace("*", r"\*").replace(".", r"\.")):
        list(find_files([given]))


@pytest.mark.parametrize(
    ("inputs", "single"),
    [
        (["crawl/b.html"], True),
        (["missing.html"], True),
        (["odd [1].html"], True),
        (["crawl"], False),
        (["crawl/*.html"], False),
        (["crawl/b.html", "crawl/a.HTM"], False),
    ],
)
def test_one_file_by_its_name(tree: Path, inputs: list[str], single: bool) -> None:
    assert is_single_file(inputs) is single


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_to_folders_are_not_followed_but_links_to_files_are(tree: Path) -> None:
    (tree / "crawl/loop").symlink_to(tree / "crawl")
    (tree / "crawl/link.html").symlink_to(tree / "crawl/b.html")
    names = [record.name for record in find_files(["crawl", "crawl/loop/b.html"])]
    assert names == ["a.HTM", "b.html", "link.html", *WALK[2:], "loop/b.html"]


def test_a_folder_that_cannot_be_listed_is_a_record_that_cannot_be_read(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "news":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    broken = next(record for record in find_files(["crawl"]) if record.name == "news")
    with pytest.raises(ReadFailure, match="a folder that cannot be listed"):
        broken.read()


def test_a_walk_is_lazy(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = find_files(["crawl"])
    first = next(records)
    (tree / "crawl/news/late.txt").write_text("written after the first record was given")
    assert first.name == "a.HTM"
    assert "news/late.txt" in [record.name for record in records]


@pytest.mark.parametrize(
    ("record", "kind", "reason"),
    [
        (Record("a", path="missing"), "unreadable", "No such file or directory"),
        (Record("a", path="crawl"), "unreadable", "a folder that cannot be listed"),
        (Record("a", path="nul\0"), "unreadable", "no file has a NUL character in its name"),
        (Record("a", path="crawl/b.html"), "limit", "larger than 5 bytes"),
        (Record("a", data=b"123456"), "limit", "larger than 5 bytes"),
    ],
)
def test_reading_says_why_it_cannot(tree: Path, record: Record, kind: str, reason: str) -> None:
    with pytest.raises(ReadFailure) as failure:
        record.read(max_size=5)
    assert (failure.value.kind, str(failure.value)) == (kind, reason)


def test_reading_gives_the_data(tree: Path) -> None:
    assert Record("a", path="crawl/b.html").read(max_size=12) == b"crawl/b.html"
    assert Record("a", data="text").read(max_size=4) == "text"
    assert Record("a", data=b"").read() == b""
