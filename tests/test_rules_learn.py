"""`cleaner rules learn`: rule files from a crawl, one for each site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from written_sites import NEWSLETTER, TOPICS, page

from cleaner import load_rules
from cleaner.batch import run_batch
from cleaner.batch.surveys import RuleLearner, Surveying, file_name
from cleaner.cli.commands import cli
from cleaner.engine import Cleaner
from cleaner.readers.record import Record


def crawl(folder: Path, sites: dict[str, int], inside: str = NEWSLETTER) -> Path:
    """A table with so many pages of each host; "" is no address."""
    rows = [
        {"html": page(n, inside=inside)} | ({"url": f"https://{host}/{n}"} if host else {})
        for host, count in sites.items()
        for n in range(count)
    ]
    path = folder / "crawl.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def learnt(folder: Path, path: Path, *options: str) -> tuple[int, str]:
    """Runs the command: its exit code, and what it tells."""
    result = CliRunner().invoke(
        cli, ["rules", "learn", str(path), "-o", str(folder / "rules"), "--workers", "0", *options]
    )
    return result.exit_code, result.stderr


def test_a_file_for_each_site(tmp_path: Path) -> None:
    code, told = learnt(tmp_path, crawl(tmp_path, {"www.example.com": 6, "news.example.org": 8}))
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "rules").iterdir()) == ["example.com.yaml", "news.example.org.yaml"]
    rules = load_rules(tmp_path / "rules", shipped=False)
    assert {rule.sites for rule in rules.rules} == {("example.com",), ("news.example.org",)}
    assert "14 pages; 2 files, 0 without rules" in told
    text = (tmp_path / "rules" / "example.com.yaml").read_text()
    assert "# On 6 of 6 pages; none of 6 blocks is kept" in text
    assert "\n  - drop: {css: '.newsletter'}" in text


def test_sites_that_give_nothing_are_listed(tmp_path: Path) -> None:
    code, told = learnt(tmp_path, crawl(tmp_path, {"few.example.com": 4, "": 5}))
    assert code == 0
    assert not (tmp_path / "rules").exists()
    assert "few.example.com: no rules from 4 pages: 5 different pages or more tell what repeats" in told
    assert "pages without a site: no rules from 5 pages: no address is known" in told


def test_pages_that_are_the_same_count_once(tmp_path: Path) -> None:
    rows = [json.dumps({"html": page(n % 2), "url": f"https://example.com/{n}"}) for n in range(12)]
    path = tmp_path / "crawl.jsonl"
    path.write_text("\n".join(rows))
    assert "no rules from 12 pages" in learnt(tmp_path, path)[1]


def test_a_file_that_exists_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "rules" / "example.com.yaml"
    mine.parent.mkdir()
    mine.write_text("# mine\n")
    code, told = learnt(tmp_path, crawl(tmp_path, {"example.com": 6}))
    assert (code, mine.read_text()) == (0, "# mine\n")
    assert "exists, and was left alone" in told


def test_addresses_by_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "pages" / "example.com"
    folder.mkdir(parents=True)
    for n in range(6):
        (folder / f"{n}.html").write_text(page(n))
    learnt(tmp_path, tmp_path / "pages", "--url-from", "https://{path}")
    assert (tmp_path / "rules" / "example.com.yaml").is_file()


def test_a_page_that_fails_is_told(tmp_path: Path) -> None:
    path = crawl(tmp_path, {"example.com": 6})
    (tmp_path / "a.html").write_bytes(b"%PDF-1.7\n")
    result = CliRunner().invoke(
        cli, ["rules", "learn", str(path), str(tmp_path / "a.html"), "-o", str(tmp_path / "out"), "--workers", "0"]
    )
    assert result.exit_code == 1
    assert "a.html" in result.stderr and "7 pages, 1 failed; 1 file" in result.stderr
    assert (tmp_path / "out" / "example.com.yaml").is_file()


def test_short_texts_that_repeat_become_rules(tmp_path: Path) -> None:
    def inside(number: int) -> str:
        return f"<p>{'Advert' if number else 'The ferry'} of the day</p>" * (number != 3)

    rows = [
        json.dumps({"html": page(n, after=f"<div><p>Terms of the valley paper</p></div>{inside(n)}"), "url": "http://a.example/"})
        for n in range(len(TOPICS))
    ]  # fmt: skip
    path = tmp_path / "crawl.jsonl"
    path.write_text("\n".join(rows))
    learnt(tmp_path, path)
    text = (tmp_path / "rules" / "a.example.yaml").read_text()
    assert "  # On 8 of 8 pages, kept on 0.\n  - drop: {text: 'Terms of the valley paper'}" in text


def test_of_a_large_site_a_sample_is_looked_at(tmp_path: Path) -> None:
    def files(order: list[int]) -> str:
        folder = tmp_path / str(order[0])
        learner = RuleLearner(folder, tmp_path / f"scratch{order[0]}", sample=6)
        records = (Record(f"{n}.html", data=page(n), url="https://example.com/") for n in order)
        run_batch(records, Surveying(Cleaner()), learner, workers=0)
        assert [each.pages for each in learner.learnt] == [6]
        return (folder / "example.com.yaml").read_text()

    assert files(list(range(8))) == files(list(reversed(range(8))))


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("example.com", "example.com"),
        ("a-b.example", "a-b.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_file_names(site: str, name: str) -> None:
    assert file_name(site) == name


@pytest.mark.parametrize(
    "site", ["..", ".", "a..b", "a/b", "a\\b", "bücher.example", "a b", "con", "x" * 300 + ".example", ""]
)
def test_safe_file_names(site: str, tmp_path: Path) -> None:
    name = file_name(site)
    assert name not in ("", ".", "..", site) and not name.startswith(".")
    assert len(name) < 120 and name.isascii() and not set(name) & set("/\\ :")
