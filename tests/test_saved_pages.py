"""Pages that a browser has saved: MHTML, and HTML with its images in it."""

from __future__ import annotations

import base64
import json
import quopri
import random
import time
import tracemalloc
from pathlib import Path

import pytest
from command_line import files, run
from test_archives import write

import cleaner
from cleaner.intake.not_pages import is_mhtml
from cleaner.readers import ReadFailure, Record, expand, find_files
from cleaner.readers.mhtml import MAX_PARTS

PAGE = "<html><body><h1>Das Wehr am Fluß</h1><p>Das Wehr ist im Frühjahr = immer offen, und das Wasser läuft.</p></body></html>"
URL = "https://example.com/weir?a=1&b=2"


def part(body: bytes, *headers: str) -> bytes:
    return "\r\n".join([*headers, "", ""]).encode() + body + b"\r\n"


def html_part(
    *, encoding: str = "quoted-printable", charset: str | None = "utf-8", more: tuple[str, ...] = ()
) -> bytes:
    data = PAGE.encode(charset or "utf-8")
    encode = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, lambda body: body)
    said = "text/html" + (f'; charset="{charset}"' if charset else "")
    return part(encode(data), f"Content-Type: {said}", f"Content-Transfer-Encoding: {encoding}", *more)


IMAGE = part(
    base64.encodebytes(bytes(900)),
    "Content-Type: image/png",
    "Content-Transfer-Encoding: base64",
    "Content-Location: https://example.com/a.png",
)
FRAME = part(b"<p>Of a frame</p>", "Content-Type: text/html", "Content-ID: <frame-2@mhtml.blink>")


def mhtml(
    *parts: bytes,
    head: tuple[str, ...] = ("From: <Saved by Blink>",),
    related: str = "",
    end: bytes = b"------Wehr--\r\n",
) -> bytes:
    lines = [
        *head,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{related}\r\n\tboundary="----Wehr"',
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + b"".join(b"------Wehr\r\n" + part for part in parts) + end


SNAPSHOT = (
    "From: <Saved by Blink>",
    f"Snapshot-Content-Location: {URL}",
    "Subject: =?utf-8?Q?Das=20Wehr?=",
    "Date: Tue, 5 Mar 2024 10:11:12 -0000",
)
LOCATED = (f"Content-Location: {URL}",)


@pytest.mark.parametrize(
    ("data", "url"),
    [
        (mhtml(html_part(), IMAGE, FRAME, head=SNAPSHOT), URL),
        (mhtml(html_part(more=LOCATED), IMAGE), URL),
        (mhtml(IMAGE, html_part(encoding="base64", more=LOCATED)), URL),
        (mhtml(html_part(encoding="8bit", more=LOCATED)), URL),
        (mhtml(html_part(encoding="binary", charset="windows-1252", more=LOCATED)), URL),
        (mhtml(html_part(charset="utf-16")), None),
        (mhtml(html_part(more=("Content-Location: file:///C:/Users/a.htm",))), None),
        (mhtml(html_part(more=("Content-Location: cid:a@b",)), head=(*SNAPSHOT[:1], *LOCATED)), URL),
        (mhtml(FRAME, html_part(more=("Content-ID: <root@a>", *LOCATED)), related='\r\n\tstart="<root@a>";'), URL),
        (
            mhtml(
                FRAME.replace(b"frame-2", b"x"), html_part(more=("content-id: <root@a>",)), related=" start=<root@a>;"
            ),
            None,
        ),
        (mhtml(html_part(), IMAGE, head=SNAPSHOT).replace(b"\r\n", b"\n"), URL),
        (mhtml(html_part(), IMAGE, head=SNAPSHOT, end=b""), URL),
        (mhtml(html_part(), head=SNAPSHOT, end=b""), URL),
        (b"\r\n" + mhtml(html_part(), head=SNAPSHOT), URL),
        (
            "\r\n".join(['From: "Saved by Windows Internet Explorer 10"', "MIME-Version: 1.0", ""]).encode()
            + html_part(more=LOCATED),
            URL,
        ),
        (
            mhtml(
                part(
                    b"--in\r\n" + html_part(more=LOCATED) + b"--in--\r\n",
                    "Content-Type: multipart/alternative; boundary=in",
                ),
                IMAGE,
            ),
            URL,
        ),
        (mhtml(html_part(more=("Content-Location: https://example.com/weir?a=1\r\n &b=2",))), URL),
    ],
)
def test_the_page_of_mhtml(data: bytes, url: str | None) -> None:
    assert is_mhtml(data)
    loaded = Record("a.mhtml", data=data).loaded()
    document = cleaner.Cleaner(extractor="none").clean(loaded.data or b"", media_type=loaded.media_type, url=loaded.url)
    assert document.text == "Das Wehr ist im Frühjahr = immer offen, und das Wasser läuft."
    assert (loaded.url, document.warnings) == (url, ())


def test_what_the_source_says_of_the_address_comes_first() -> None:
    assert (
        Record("a", data=mhtml(html_part(), head=SNAPSHOT), url="https://a.example/").loaded().url
        == "https://a.example/"
    )
    assert Record("a", data=mhtml(html_part(), head=SNAPSHOT)).read() == PAGE.encode()


@pytest.mark.parametrize(
    "data",
    [
        mhtml(IMAGE),
        mhtml(),
        mhtml(html_part()).replace(b"boundary=", b"border="),
        mhtml(html_part()).replace(b"------Wehr", b"------Damm"),
        mhtml(part(b"x", "Content-Type: text/css")) + b"\xff" * 99,
        mhtml(*[IMAGE[:60]] * (MAX_PARTS + 5), html_part()),
        mhtml(part(b"--in\r\n" * 50, "Content-Type: multipart/related; boundary=in")),
    ],
)
def test_mhtml_without_a_page_is_no_page(data: bytes) -> None:
    with pytest.raises(ReadFailure) as failure:
        Record("a.mht", data=data).read()
    assert (failure.value.kind, failure.value.code) == ("not_a_page", "not_a_page.mhtml")


@pytest.mark.parametrize(
    "data",
    [
        b"<p>From: <Saved by nobody></p>",
        b"From: a reader\n\nContent-Type: none",
        b"From afar",
        b"",
        b"Saved by: x\nFrom: y",
    ],
)
def test_other_texts_are_left_as_they_are(data: bytes) -> None:
    assert not is_mhtml(data) and Record("a", data=data).read() == data


def test_base64_that_is_cut_short_is_read_as_far_as_it_goes() -> None:
    data = mhtml(html_part(encoding="base64"), end=b"")[:-21]
    assert (Record("a", data=data).read() or b"")[:40] == PAGE.encode()[:40]


@pytest.mark.parametrize(
    "data",
    [
        mhtml(part(b"x" * 5_000_000, "Content-Type: text/html")),
        mhtml(*[b"\r\n"] * 200_000),
        mhtml(part(b"\r\n".join(b"X-%d: a" % n for n in range(300_000)), "Content-Type: text/html")),
        b"From: <Saved by a>\r\n" + b"X: y\r\n" * 500_000,
        mhtml(part(b"\r\n--" * 800_000, "Content-Type: text/html")),
        b"From: <Saved by a>\r\nContent-Type: multipart/related; boundary=" + b"a" * 3_000_000 + b"\r\n\r\n",
        b"From:" + b"<" * 3_000_000,
        b"a:\n" * 1_000_000,
    ],
)
def test_hostile_mhtml_is_quick(data: bytes) -> None:
    start = time.perf_counter()
    try:
        Record("a.mhtml", data=data).read()
    except ReadFailure as failure:
        assert failure.code == "not_a_page.mhtml"
    assert time.perf_counter() - start < 1


def test_saved_pages_in_folders_and_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    saved = mhtml(html_part(charset="windows-1252"), IMAGE, head=SNAPSHOT)
    for name in ("in/a.mhtml", "in/b.MHT", "in/c.html"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(saved)
    write(Path("in/d.zip"), {"e.mhtml": saved})
    assert [record.name for record in expand(find_files(["in"]))] == ["a.mhtml", "b.MHT", "c.html", "d.zip/e.mhtml"]
    result = run(
        "clean",
        "in",
        "-f",
        "jsonl",
        "--fields",
        "url,text",
        "--no-shipped-rules",
        "--extractor",
        "none",
        "--workers",
        "1",
    )
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == 4 and all(row["url"] == URL and "Frühjahr = immer" in row["text"] for row in rows)
    assert run("clean", "in/a.mhtml", "-o", "out/", "--no-shipped-rules").exit_code == 0
    assert f"url: {URL}" in files("out")["a.mhtml.md"]
    assert "Frühjahr" in run("explain", "in/a.mhtml").stdout
    assert "Frühjahr" in run("clean", "-", "-f", "text", stdin=saved).stdout


def single_file(images: int, size: int) -> str:
    noise = random.Random(1)

    def image() -> str:
        return "data:image/png;base64," + base64.b64encode(noise.randbytes(size)).decode()

    figures = "".join(
        f'<p>The mill stood at the bend of the river, and wheel {n} was turning slowly when we came by.</p><figure><img src="{image()}" '
        f'srcset="{image()} 1x, {image()} 2x" alt="Wheel {n}"><figcaption>Wheel {n}</figcaption></figure>'
        for n in range(images)
    )
    return (
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://example.com/mills \n saved date: Tue Mar 05 2024\n"
        f'--><head><meta charset=utf-8><title>The mill</title><link rel=icon href="{image()}"><style>p{{background:url({image()})}}</style>'
        f'</head><body style="background:url({image()})"><h1>The mill</h1>{figures}<p><a href="{image()}">A link</a></p></body></html>'
    )


def test_images_in_a_page_stay_out_of_the_document() -> None:
    page = single_file(12, 60_000).encode()
    assert len(page) > 2_500_000
    engine = cleaner.Cleaner()
    engine.clean(single_file(12, 60))
    start = time.perf_counter()
    tracemalloc.start()
    document = engine.clean(page)
    assert tracemalloc.get_traced_memory()[1] < 12 * len(page)
    tracemalloc.stop()
    assert time.perf_counter() - start < 1
    assert document.url == "https://example.com/mills"
    assert len(document.to_json()) < 20_000 and "base64" not in document.to_json()
    assert "wheel 7 was turning" in document.text and "Wheel 7" in document.text
