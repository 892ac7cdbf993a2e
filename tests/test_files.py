"""`cleaner.readers.files`: inputs to records: which files, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.readers import InputError, ReadFailure, count_files, find_files
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


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize(
    ("inputs", "skip", "names"),
    [
        (["crawl"], ["crawl/out"], WALK[:-1]),
        (["crawl"], ["crawl/b.html", "crawl/news/c.txt"], ["a.HTM", "news/deep/d.xhtml", "out/f.html"]),
        (["crawl"], ["crawl/../crawl/news"], ["a.HTM", "b.html", "out/f.html"]),
        (["crawl"], ["linked/b.html"], ["a.HTM", *WALK[2:]]),
        (["linked"], ["crawl/b.html"], ["a.HTM", *WALK[2:]]),
        (["crawl"], ["link.html"], ["a.HTM", *WALK[2:]]),  # of a link, what it leads to is written
        (["crawl/*.*"], ["crawl/b.html", "crawl/data.csv"], ["a.HTM", "notes.md"]),
        (["crawl/**/*.html"], ["crawl/out"], ["b.html"]),
        (["crawl", "crawl/**/*.html"], ["crawl/b.html"], ["a.HTM", *WALK[2:]]),
        (["crawl", "crawl/out/f.html"], ["crawl/out"], WALK),  # named on purpose
        (["crawl"], ["crawl/missing", "elsewhere"], WALK),
    ],
)
def test_outputs_are_passed_over(tree: Path, inputs: list[str], skip: list[str], names: list[str]) -> None:
    (tree / "linked").symlink_to("crawl")
    (tree / "link.html").symlink_to("crawl/b.html")
    assert [record.name for record in find_files(inputs, skip=map(Path, skip))] == names
    assert count_files(inputs, skip=map(Path, skip)) == len(names)


LOOKED_FOR = "no page to clean; .htm, .html, .mht, .mhtml, .txt, .xhtml and archives are looked for, and there "


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (
            ["notes"],
            f"notes: {LOOKED_FOR}are only 3 .md, 1 without a suffix and 1 .PDF; a pattern names others, as in 'notes/**/*.md'",
        ),
        (["notes/deep"], f"notes/deep: {LOOKED_FOR}is only 1 .md; a pattern names others, as in 'notes/deep/**/*.md'"),
        (["empty"], f"empty: {LOOKED_FOR}is no file at all"),
        (["empty", "hidden"], f"empty, hidden: {LOOKED_FOR}is no file at all"),
        (["bare"], f"bare: {LOOKED_FOR}is only 1 without a suffix; a pattern names others, as in 'bare/**/*'"),
        (["pages"], f"pages: {LOOKED_FOR}is no file at all"),
    ],
)
def test_folders_without_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inputs: list[str], message: str
) -> None:
    for name in ("notes/a.md", "notes/b.md", "notes/deep/c.md", "notes/d.PDF", "notes/README", "bare/x", "pages/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden/.a.html").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as error:
        find_files(inputs, skip=[Path("pages/a.txt")])
    assert str(error.value) == message


def test_archives_in_folders_are_found_and_tables_are_not(tmp_path: Path) -> None:
    names = ("a.zip", "b.warc.gz", "c.html", "d.tgz", "deep/e.wacz", "f.jsonl", "g.parquet", "h.docx", ".i.zip", "j.gz")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = ["a.zip", "b.warc.gz", "c.html", "d.tgz", "deep/e.wacz"]
    assert [record.name for record in find_files([tmp_path])] == found
    assert [record.name for record in find_files([tmp_path, tmp_path / "a.zip", tmp_path / "f.jsonl"])] == [
        *found,
        "f.jsonl",
    ]


def test_a_folder_without_a_page_among_others_is_passed_over(tree: Path) -> None:
    (tree / "empty").mkdir()
    assert [record.name for record in find_files(["empty", "other"])] == ["other/a.HTM"]


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


def test_a_missing_file_in_a_folder_is_told_though_the_folder_is_walked(tree: Path) -> None:
    records = list(find_files(["crawl", "crawl/no-such.html"]))
    missing = next(record for record in records if record.name == "no-such.html")
    with pytest.raises(ReadFailure):
        missing.read()


def test_a_walk_is_lazy(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = find_files(["crawl"])
    first = next(records)
    (tree / "crawl/news/late.txt").write_text("written after the first record was given")
    assert first.name == "a.HTM"
    assert "news/late.txt" in [record.name for record in records]
