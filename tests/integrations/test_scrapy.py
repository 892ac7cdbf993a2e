"""Scrapy: real crawls of a site on this machine, each in a process of its own, as Twisted's reactor starts once."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scrapy", reason="needs the extra 'scrapy'")
pytest.importorskip("attrs", reason="its items may be attrs objects")
pytest.importorskip("pydantic", reason="its items may be models of pydantic")

from programs import WORDS, check_programs, page, prepare, run
from scrapy.http import HtmlResponse, Response

from cleaner.integrations.scrapy import clean_response, page_of

SPIDER = """
import dataclasses, json, sys
import attrs, pydantic, scrapy
from scrapy.crawler import CrawlerProcess
from cleaner.integrations.scrapy import page_of

@dataclasses.dataclass
class Data:
    url: str
    html: bytes | None
    title: str | None = None
    markdown: str | None = None

@attrs.define
class Attrs:
    url: str
    html: bytes | None
    media_type: str
    title: str | None = None
    markdown: str | None = None

class Model(pydantic.BaseModel):
    url: str
    html: bytes | None
    media_type: str
    title: str | None = None
    markdown: str | None = None
    cleaner_failure: dict | None = None

class Item(scrapy.Item):
    url, html, media_type, title, markdown, cleaner_failure = (scrapy.Field() for _ in range(6))

KINDS = {"dict": dict, "data": lambda url, html, media_type: Data(url, html), "attrs": Attrs, "model": Model, "item": Item}
kind, settings = KINDS[sys.argv[1]], json.loads(sys.argv[2])

class Pages(scrapy.Spider):
    name = "pages"
    start_urls = sys.argv[3:]
    def parse(self, response):
        yield from response.follow_all(response.css("li a"), self.parse_page)
        yield {"links": 1}
    def parse_page(self, response):
        yield kind(**page_of(response))

process = CrawlerProcess({
    "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanerPipeline": 300},
    "FEEDS": {"out.jsonl": {"format": "jsonlines", "overwrite": True}}, "LOG_LEVEL": "WARNING", **settings})
crawler = process.create_crawler(Pages)
process.crawl(crawler)
process.start()
print(json.dumps(crawler.stats.get_stats(), default=str))
"""
"""Follows the links of a page and gives an item of the kind argv[1] for each, and one without a page."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """A site that tells nobody of its requests, with a charset in the header of the pages named so."""

    def log_message(self, *_: Any) -> None: ...

    def guess_type(self, path: Any) -> str:
        found = super().guess_type(path)
        return f"{found}; charset=windows-1251" if "1251" in str(path) else found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site of four pages and a PDF, which is on this machine."""
    prepare(tmp_path)
    pages = tmp_path / "pages"
    russian = "<html><body><article><h1>Лампа</h1>" + "<p>Смотритель зажигает лампу в сумерках.</p>" * 5
    (pages / "in1251.html").write_bytes(russian.encode("windows-1251"))
    (pages / "plan.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + bytes(range(256)) * 4)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(pages))) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def crawl(folder: Path, site: str, kind: str = "dict", **settings: Any) -> tuple[dict[str, Any], dict[str, Any], str]:
    """The items with a page by the last part of their addresses, the crawl's counts, and what it has logged."""
    script = folder / "spider.py"
    script.write_text(SPIDER)
    done = run(script, kind, json.dumps(settings), site)
    assert done.returncode == 0, done.stderr
    items = list(map(json.loads, (folder / "out.jsonl").read_text("utf-8").splitlines()))
    assert sum("links" in item for item in items) == 1  # an item without a page goes on as it is
    pages = {item["url"].rsplit("/")[-1]: item for item in items if "url" in item}
    return pages, json.loads(done.stdout), done.stderr


def test_a_crawl_gives_clean_items_and_tells_of_what_fails(tmp_path: Path, site: str) -> None:
    items, stats, _ = crawl(tmp_path, site)
    assert sorted(items) == sorted(["in1251.html", "plan.pdf", *(f"{name}.html" for name in WORDS)])
    lamps = items["lamps.html"]
    assert (lamps["title"], lamps["author"], lamps["date"]) == ("Of lamps by the sea", "Ada Pike", "2024-03-18")
    assert lamps["language"] == "en" and "## What it costs" in lamps["markdown"] and "Home" not in lamps["markdown"]
    assert f"[chart]({site}chart)" in lamps["markdown"]
    assert "html" not in lamps and "cleaner_failure" not in lamps
    assert items["in1251.html"]["title"] == "Лампа"
    bad = items["plan.pdf"]
    assert bad["cleaner_failure"]["code"] == "not_a_page.pdf" and bad["cleaner_failure"]["reason"]
    assert "markdown" not in bad and "html" not in bad
    assert (stats["cleaner/cleaned"], stats["cleaner/failed"], stats["cleaner/failed/not_a_page.pdf"]) == (4, 1, 1)


@pytest.mark.parametrize("kind", ["data", "attrs", "model", "item"])
def test_items_of_a_class_get_the_fields_that_it_has(tmp_path: Path, site: str, kind: str) -> None:
    items, _, log = crawl(tmp_path, site, kind)
    lamps = items["lamps.html"]
    assert lamps["title"] == "Of lamps by the sea" and "## What it costs" in lamps["markdown"]
    assert lamps["html"] is None and "author" not in lamps
    assert "plan.pdf" in items
    told = items["plan.pdf"].get("cleaner_failure")
    assert told["code"] == "not_a_page.pdf" if kind in ("model", "item") else "(not_a_page.pdf)" in log


def test_settings_choose_fields_rules_and_what_is_dropped(tmp_path: Path, site: str) -> None:
    (tmp_path / "rules.yaml").write_text("sites: [127.0.0.1]\nrules:\n  - drop: [What it costs]\n")
    items, stats, log = crawl(
        tmp_path,
        site,
        CLEANER_FIELDS={"text": "html", "chunks": "pieces"},
        CLEANER_RULES=["rules.yaml"],
        CLEANER_OPTIONS={"extractor": "none"},
        CLEANER_DROP_FAILURES=True,
    )
    assert "plan.pdf" not in items and stats["item_dropped_count"] == 1 and "(not_a_page.pdf)" in log
    lamps = items["lamps.html"]
    assert "What it costs" not in lamps["html"] and lamps["html"].startswith("Home")
    assert lamps["pieces"][0]["id"] == f"{site}lamps.html" and "title" not in lamps


def test_a_setting_that_cannot_be_meant_stops_the_crawl_at_its_start(tmp_path: Path, site: str) -> None:
    (tmp_path / "spider.py").write_text(SPIDER)
    done = run(tmp_path / "spider.py", "dict", json.dumps({"CLEANER_FIELDS": ["titel"]}), site)
    assert "CLEANER_FIELDS: unknown field 'titel'; did you mean 'title'?" in done.stderr
    assert not (tmp_path / "out.jsonl").exists() or not (tmp_path / "out.jsonl").read_text()


def test_the_document_of_a_response() -> None:
    body = page("sails").replace("Ada Pike", "Zoë Pike").encode("latin-1")
    response = HtmlResponse(
        "https://example.com/sails", headers={"Content-Type": "text/html; charset=latin-1"}, body=body
    )
    document = clean_response(response)
    assert (document.url, document.title, document.author) == (response.url, "Of sails by the sea", "Zoë Pike")
    assert page_of(response) == {"url": response.url, "html": body, "media_type": "text/html; charset=latin-1"}
    image = clean_response(Response("https://example.com/a.png", body=b"\x89PNG\r\n\x1a\n" + bytes(99)))
    assert [warning.code for warning in image.warnings] == ["not_a_page.png"]


def test_the_programs_of_the_page_run(tmp_path: Path, site: str) -> None:
    (tmp_path / "pages" / "in1251.html").unlink()
    (tmp_path / "pages" / "plan.pdf").unlink()
    check_programs("scrapy", tmp_path, site)
