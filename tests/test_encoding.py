"""How the bytes of a page become characters."""

from __future__ import annotations

import codecs

import pytest

from cleaner.intake.encoding import declared, decode

MARKED = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]


@pytest.mark.parametrize(("mark", "codec"), MARKED, ids=[codec for _, codec in MARKED])
def test_a_byte_order_mark_counts_more_than_all_else(mark: bytes, codec: str) -> None:
    text = '<meta charset="koi8-r">naïve'
    for charset in (None, "koi8-r", "utf-8"):
        assert decode(mark + text.encode(codec), charset) == (text, None)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        # Labels that mean more on the web than their names say.
        ("ascii", "cp1252", "naïve – “€”"),
        ("us-ascii", "cp1252", "naïve – “€”"),
        ("iso-8859-1", "cp1252", "naïve – “€”"),
        ("latin1", "cp1252", "naïve – “€”"),
        ("iso-8859-9", "cp1254", "İstanbul – €"),
        ("iso-8859-11", "cp874", "ไทย – €"),
        ("tis-620", "cp874", "ไทย – €"),
        ("gb2312", "gb18030", "汉字 㐀"),
        ("gbk", "gb18030", "汉字 㐀"),
        ("shift_jis", "cp932", "漢字 ①"),
        ("euc-kr", "cp949", "한글 갂"),
        ("big5", "big5hkscs", "漢字 㗎"),
        # Labels that Python does not know.
        ("x-sjis", "cp932", "漢字 ①"),
        ("windows-31j", "cp932", "漢字 ①"),
        ("x-gbk", "gb18030", "汉字 㐀"),
        ("windows-949", "cp949", "한글 갂"),
        ("windows-874", "cp874", "ไทย – €"),
        ("x-euc-jp", "euc_jp", "漢字"),
        ("x-x-big5", "big5hkscs", "漢字 㗎"),
        ("iso-8859-8-i", "iso8859-8", "שלום"),
        # Others.
        ("windows-1251", "cp1251", "чай"),
        ("KOI8-R", "koi8-r", "чай"),
        (" iso-2022-jp ", "iso-2022-jp", "漢字"),
        ("utf-8", "utf-8", "naïve"),
    ],
)
def test_labels_of_encodings(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label) == (text, None)
    page = f"<meta charset='{label.strip()}'><p>{text}"
    assert decode(page.encode(codec)) == (page, None)


@pytest.mark.parametrize(
    ("charset", "page", "text"),
    [
        ("iso-8859-1", "naïve".encode("latin-1"), "naïve"),
        # The transport counts more than the page, and more than what the bytes look like.
        ("koi8-r", b"<meta charset=windows-1251>" + "чай".encode("koi8-r"), "<meta charset=windows-1251>чай"),
        ("iso-8859-1", "naïve".encode(), "naÃ¯ve"),
        # What is no encoding of bytes with ASCII in them says nothing.
        ("utf-16", "naïve".encode(), "naïve"),
        ("utf-32", "naïve".encode(), "naïve"),
        ("utf-7", b"a+-b", "a+-b"),
        ("hex", b"6161", "6161"),
        ("no-such-thing", "naïve".encode(), "naïve"),
        ("", "naïve".encode(), "naïve"),
        (None, b"<meta charset=utf-16>naive", "<meta charset=utf-16>naive"),
        # What looks like UTF-8 is it, whatever the page says.
        (None, b"<meta charset=latin1>" + "naïve – in UTF-8".encode(), "<meta charset=latin1>naïve – in UTF-8"),
        # ASCII looks like UTF-8 too, but some encodings hide other characters in it.
        (None, b"<meta charset=iso-2022-jp>" + "漢字".encode("iso-2022-jp"), "<meta charset=iso-2022-jp>漢字"),
        (None, b"naive", "naive"),
        (None, b"", ""),
    ],
)
def test_what_counts_more(charset: str | None, page: bytes, text: str) -> None:
    assert decode(page, charset) == (text, None)


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ('<meta charset="koi8-r">', "koi8-r"),
        ("<META CHARSET = 'koi8-r' >", "koi8-r"),
        ("<meta charset=koi8-r>", "koi8-r"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso_8859-1:1987">', "iso_8859-1:1987"),
        ('<meta content="text/html; charset=ansi_x3.4-1968" http-equiv="Content-Type">', "ansi_x3.4-1968"),
        ('<meta name="viewport"><meta charset="koi8-r">', "koi8-r"),
        ('<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ("<?xml version='1.0' encoding = 'koi8-r'?>", "koi8-r"),
        ('<?xml encoding="koi8-r"?><meta charset="cp1251">', "koi8-r"),
        ('<p charset="koi8-r">', None),
        ('<?php encoding="koi8-r"?>', None),
        ("charset=koi8-r", None),
        ("<meta charset=''>", None),
        (" " * 16_000 + "<meta charset='koi8-r'>", "koi8-r"),
        (" " * 17_000 + "<meta charset='koi8-r'>", None),
        ("", None),
    ],
    ids=lambda value: value.strip()[:40] if value else str(value),
)
def test_what_a_page_says_of_its_encoding(page: str, encoding: str | None) -> None:
    assert declared(page.encode()) == encoding


LETTER = "The ferry to the naïve café was late again, and nobody on the quay knew why. "


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param(LETTER.encode("utf-16-le"), LETTER, id="utf-16-le without its mark"),
        pytest.param(LETTER.encode("utf-16-be"), LETTER, id="utf-16-be without its mark"),
        pytest.param("é".encode("utf-16-le") + "a".encode("utf-16-le") * 9, "é" + "a" * 9, id="two bytes a letter"),
        pytest.param(
            ("Паром снова опоздал, и никто на причале не знал, в чём дело. " * 3).encode("cp1251"),
            "Паром снова опоздал, и никто на причале не знал, в чём дело. " * 3,
            id="cp1251",
        ),
    ],
)
def test_encodings_are_detected(page: bytes, text: str) -> None:
    assert decode(page)[0] == text


@pytest.mark.parametrize(
    ("page", "charset", "text", "broken"),
    [
        pytest.param(b"caf\xc3\xa9 \xc3", None, "café \ufffd", 1, id="cut short"),
        pytest.param(b"caf\xe9 \xff", "utf-8", "caf\ufffd \ufffd", 2, id="not what the transport says"),
        pytest.param(
            (LETTER * 20).encode() + b"\xff", None, LETTER * 20 + "\ufffd", 1, id="a broken byte in much of UTF-8"
        ),
        pytest.param("a \ufffd b".encode(), None, "a \ufffd b", 0, id="the page itself has the sign"),
        pytest.param("a \ufffd ".encode() + b"\xff", "utf-8", "a \ufffd \ufffd", 1, id="it has the sign and is broken"),
        pytest.param(b"na\xefve", "idna", "na\xefve", 0, id="a codec that cannot replace"),
        pytest.param(b"\xef\xbb\xbfa\xff", None, "a\ufffd", 1, id="behind a mark"),
        pytest.param(b"<meta charset=euc-jp>\xa4\xff", None, "<meta charset=euc-jp>\ufffd\ufffd", 2, id="declared"),
    ],
)
def test_what_cannot_be_decoded_is_told(page: bytes, charset: str | None, text: str, broken: int) -> None:
    found, warning = decode(page, charset)
    assert found == text
    assert (warning is not None) is bool(broken)
    if warning is not None:
        assert warning.code == "encoding.broken"
        assert warning.startswith(f"{broken} characters could not be decoded as ")


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (["koi8-r", "cp1251"], "ч"),
        (["utf-8", "koi8-r"], "ч"),  # which it is not
        (["utf-16", "no-such-thing", "koi8-r"], "ч"),
        (["iso-8859-1"], "Þ"),
        ([], "Þ"),
    ],
)
def test_the_first_encoding_counts_that_is_detected_and_known(
    found: list[str], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bs4.dammit.EncodingDetector.encodings", found)
    assert decode(b"\xde") == (text, None)
