"""The programs that the pages of docs/integrations begin with, and what they need: pages, tables and a web archive."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "integrations"
PROGRAM = re.compile(r"```python\n(.*?)^```$", re.M | re.S)
SHOWN = re.compile(r"^#(?: (.*))?$", re.M)

WORDS = {
    "lamps": "The keeper lights the {n} lamp at dusk, and it burns until the last of the boats has come home.",
    "tides": "On the {n} day the tide leaves the harbour so late that the nets are dry before anybody can sail.",
    "sails": "A {n} sail of hemp is heavy when it is wet, so the crew dries it before they fold it away.",
}
"""A sentence for each page of the tests; ordinals make paragraphs of it."""
ORDINALS = ("first", "second", "third", "fourth", "fifth")


def page(name: str, *, date: str = "2024-03-18") -> str:
    """An article with a menu and a footer around it."""
    title = f"Of {name} by the sea"
    paragraphs = "".join(f"<p>{WORDS[name].format(n=n)}</p>" for n in ORDINALS)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title><meta name='author' content='Ada Pike'>"
        f"<meta property='article:published_time' content='{date}'></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"<article><h1>{title}</h1><p>See the <a href='/chart'>chart</a> of the coast before you read on, it helps.</p>"
        f"{paragraphs}<h2>What it costs</h2>{paragraphs}</article>"
        "<footer><p>Copyright 2024. All rights reserved.</p></footer></body></html>"
    )


def address(name: str) -> str:
    return f"https://example.com/{name}"


def archive(path: Path, pages: dict[str, bytes], *, media_type: str = "text/html") -> None:
    """Writes a web archive of pages by their addresses; an id is `urn:uuid:` and the last part of the address."""
    data = b""
    for url, body in pages.items():
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{url.rsplit('/')[-1]}>\r\n"
            f"WARC-Date: 2025-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nWARC-Identified-Payload-Type: text/html\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        data += gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)
    path.write_bytes(data)


def prepare(folder: Path) -> None:
    """Puts into a folder what the programs read: pages/, crawl.warc.gz, crawl.jsonl."""
    (folder / "pages").mkdir()
    for name in WORDS:
        (folder / "pages" / f"{name}.html").write_text(page(name), "utf-8")
    archive(folder / "crawl.warc.gz", {address(name): page(name).encode() for name in WORDS})
    rows = [{"id": name, "url": address(name), "html": page(name)} for name in WORDS]
    (folder / "crawl.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in its folder, with the checkout's cleaner."""
    command = [sys.executable, script.name, *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=script.parent, env=env, capture_output=True, text=True)


def check_programs(name: str, folder: Path, *arguments: str) -> None:
    """Runs the programs of a page of docs/integrations; compares what they print with the comments at their ends."""
    text = (PAGES / f"{name}.md").read_text("utf-8")
    programs = PROGRAM.findall(text)
    assert PROGRAM.search(text.split("\n## ")[0]), "a page begins with a program"
    if not (folder / "pages").exists():
        prepare(folder)
    for number, program in enumerate(programs, start=1):
        script = folder / f"program{number}.py"
        script.write_text(program, "utf-8")
        done = run(script, *arguments)
        assert done.returncode == 0, done.stderr
        shown = SHOWN.findall(program)
        assert shown
        assert [line.rstrip() for line in done.stdout.splitlines()] == shown
