"""What bytes are no page, and what text is one in spite of how it looks."""

from __future__ import annotations

import array
import codecs
import json
import random
import struct
from pathlib import Path

import pytest
from not_pages import NOISE, NOT_PAGES, PAGE, SVG, zipped

import cleaner
from cleaner.batch import run_batch
from cleaner.batch.outputs import Rendering, StreamOutput
from cleaner.intake.not_pages import KINDS, not_a_page
from cleaner.intake.wide import wide_encoding
from cleaner.readers import Record

SENTENCES = {
    "en": "The ferry was late again on Tuesday, and the harbour office gave no reason for it.",
    "ru": "Паром снова опоздал во вторник, и никто не сказал почему.",
    "zh": "渡船星期二又晚了，没有人说明原因。港口办公室也没有说。",
    "ar": "تأخرت العبارة مرة أخرى يوم الثلاثاء ولم يقل أحد لماذا.",
    "emoji": "The ferry 🚢 was late 😀 again.",
}
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("name", NOT_PAGES)
@pytest.mark.parametrize("media_type", [None, "text/html; charset=utf-8", "text/plain"])
def test_what_is_no_page_has_no_text(name: str, media_type: str | None) -> None:
    document = cleaner.clean(NOT_PAGES[name], url="https://example.com/file", media_type=media_type)
    assert [warning.code for warning in document.warnings] == [f"not_a_page.{name}"]
    assert str(document.warnings[0]).startswith("not a page but ")
    assert (document.blocks, document.text, document.url) == ((), "", "https://example.com/file")


def test_it_can_be_explained() -> None:
    explanation = cleaner.Cleaner().explain(NOT_PAGES["pdf"])
    assert (explanation.document.warnings[0].code, explanation.blocks) == ("not_a_page.pdf", ())


def test_in_a_batch_they_are_failures_with_codes(tmp_path: Path) -> None:
    records = [Record(name, data=data, url=f"https://example.com/{name}") for name, data in NOT_PAGES.items()]
    output, failures = tmp_path / "all.jsonl", tmp_path / "failures.jsonl"
    # A page that is compressed is read; `tests/test_compression.py` has those.
    records = [record for record in records if record.name not in ("gzip", "bzip2", "xz", "zstd")]
    stream = StreamOutput(output, Rendering("jsonl"))
    summary = run_batch(records, cleaner.Cleaner(), stream, workers=0, failures=failures)
    found = [json.loads(line) for line in failures.read_text().splitlines()]
    assert (summary.written, len(found), output.exists()) == (0, len(records), False)
    assert [(line["kind"], line["code"], line["id"]) for line in found] == [
        ("not_a_page", f"not_a_page.{record.name}", record.name) for record in records
    ]


def test_a_str_is_never_asked() -> None:
    assert cleaner.clean("%PDF-1.4 is how a file of that kind begins, as the manual says.").blocks


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize("marked", [True, False], ids=["marked", "unmarked"])
@pytest.mark.parametrize("form", ["<html><body><p>{}</p></body></html>", "{}"], ids=["html", "text"])
def test_wide_encodings_are_read(language: str, codec: str, marked: bool, form: str) -> None:
    text = SENTENCES[language]
    data = (MARKS[codec] if marked else b"") + form.format(text).encode(codec)
    document = cleaner.Cleaner(extractor="none").clean(data)
    assert (document.text, [warning.code for warning in document.warnings]) == (text, [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"A",
        b"\n\n",
        PAGE,
        b"\xef\xbb\xbf" + PAGE,
        b"A line with a bell\x07, one with a \x01 and one \x1b[1mbold\x1b[0m word: a log of a terminal.",
        b"N\x08NA\x08AM\x08ME\x08E\n       ls - list the contents of a directory, in a manual",
        b"Chapter one\x0c\x0bChapter two\x1aits end",
        b"<p>Text with" + b"\0" * 3 + b" zeros in it, as some servers send it.</p>",
        b"A field of fixed length" + b"\0" * 12 + b"and the next one",
        "naïve café – “quoted”".encode("cp1252") + b" and more text",
        "漢字を書く。カタカナも書く。".encode("shift_jis"),
        "漢字を書く。カタカナも書く。".encode("iso-2022-jp"),
        "漢字を書く。".encode("euc_jp"),
        "汉字 㐀 和更多的字".encode("gb18030"),
        "Паром снова опоздал".encode("koi8-r"),
        "Паром снова опоздал".encode("cp866"),
        b"BM is short for many things, and a text may begin with it.",
        b"MZ were the initials of Mark Zbikowski.",
        b"ID3 tags say who plays.",
        b"RIFF raff: a song",
        b"OTTO was here.",
        b"true stories of the harbour",
        b"Obj is short for object.",
        b"PAR1 is how a table begins.",
        b"ORCs are no people.",
        b"BZh is a suffix of nothing.",
        b"CWS is a company. FWS too.",
        b"PK is a penalty kick.",
        b"GIF is a format.",
        b"7z is an archiver.",
        b"WARC is a format of archives.",
        b"From: a@example.com\nSubject: Ferry\n\nThe ferry was late.",
        b'{"title": "The ferry"}',
        b"<svg viewBox='0 0 1 1'><path d=''/></svg><p>Text behind an icon.</p>",
        b"<html><body>" + SVG + b"</body></html>",
        b'<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>',
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>XHTML</p></html>',
    ],
)
def test_what_is_text_is_read(data: bytes) -> None:
    assert not_a_page(data) is None


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\n%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.7\n", "pdf"),
        (b"\xff\xfb\x90\x64" + NOISE, "mp3"),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"\0\0\2\0\1\0\x20\x20\0\0\1\0", "ico"),
        (b"PK\5\6" + bytes(18), "zip"),
        (b"\xca\xfe\xba\xbe\0\0\0\2\1\0\0\7", "macho"),
        (b"\xfe\xed\xfa\xce\0\0\0\x12", "macho"),
        (SVG, "svg"),
        (b"\xef\xbb\xbf" + b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' + SVG, "svg"),
        (bytes(1000), "binary"),
        (array.array("h", range(3, 500)).tobytes(), "binary"),
        (array.array("i", range(200)).tobytes(), "binary"),
        (array.array("d", [number * 0.37 for number in range(300)]).tobytes(), "binary"),
        (struct.pack(">100f", *[number / 7 for number in range(100)]), "binary"),
        (b"<" + NOISE, "binary"),
        (b"Head of a file\n" + NOISE, "binary"),
        (b"\1\2\3\4\5\6\7", "binary"),
    ],
)
def test_other_forms(data: bytes, name: str) -> None:
    found = not_a_page(data)
    assert found is not None and found.name == name


def test_bytes_at_random_are_binary() -> None:
    source = random.Random(7)
    samples = [source.randbytes(source.randrange(200, 5000)) for _ in range(500)]
    assert [sample[:20] for sample in samples if not_a_page(sample) is None] == []
    assert [sample[:20] for sample in samples if wide_encoding(sample)] == []


def test_a_zip_is_told_by_its_list_of_members() -> None:
    many = [(f"docProps/{number}.xml", NOISE) for number in range(40)]
    data = zipped(*many, ("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<d/>"))
    found = not_a_page(data)
    assert found is not None and found.name == "docx"


def test_every_kind_has_words_and_is_documented() -> None:
    told = (Path(__file__).parent.parent / "docs" / "document.md").read_text("utf-8")
    assert [kind.code for kind in KINDS if f"`{kind.name}`" not in told] == []
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert NOT_PAGES.keys() <= {kind.name for kind in KINDS}
