"""What a text is taken for, and how its bytes become characters."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.intake.encoding import decode
from cleaner.intake.media_type import MediaType, media_type_of


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("<!doctype html><p>a", None, MediaType.HTML),
        ("<!-- made by hand -->\n<!DOCTYPE html><p>a", None, MediaType.HTML),
        ("<!-- saved from url=(0020)https://example.com/ -->\n<html>", None, MediaType.HTML),
        ("<sup>1</sup> a note", None, MediaType.HTML),
        ("<ferry> is no tag", None, MediaType.TEXT),
        ("a < b", None, MediaType.TEXT),
        ("# Title", None, MediaType.TEXT),
        ("# Title", "text/markdown; charset=utf-8", MediaType.MARKDOWN),
        ("<p>a", "text/plain", MediaType.TEXT),
    ],
)
def test_what_a_text_is(text: str, said: str | None, kind: MediaType) -> None:
    assert media_type_of(text, said) is kind


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("naïve".encode(), None, "naïve"),
        ("naïve".encode("utf-8-sig"), None, "naïve"),
        ("naïve".encode("utf-16"), None, "naïve"),
        ("naïve".encode("latin-1"), "iso-8859-1", "naïve"),
        (b"<meta charset=windows-1251><p>" + "чай".encode("cp1251"), None, "<meta charset=windows-1251><p>чай"),
        (b"<meta charset=iso-2022-jp><p>" + "漢字".encode("iso-2022-jp"), None, "<meta charset=iso-2022-jp><p>漢字"),
        (b"<meta charset=x-sjis><p>" + "漢字".encode("cp932"), None, "<meta charset=x-sjis><p>漢字"),
        (b"<meta charset=latin1><p>" + "naïve – in UTF-8".encode(), None, "<meta charset=latin1><p>naïve – in UTF-8"),
    ],
)
def test_bytes_become_characters(data: bytes, charset: str | None, text: str) -> None:
    assert decode(data, charset) == (text, None)


def test_formulas_without_tex_stay_in_their_sentence() -> None:
    page = "<p>Let <math><msup><mi>x</mi><mn>2</mn></msup></math> be the number.</p>"
    assert [block.text for block in cleaner.Cleaner(extractor="none").clean(page).blocks] == ["Let x2 be the number."]


@pytest.mark.parametrize(
    ("attributes", "is_shown"),
    [
        ('class="lead"', True),
        ('style="color: red"', True),
        ("hidden", False),
        ('hidden="until-found"', True),
        ('style="display: none"', False),
        ('style="display:none" role="tabpanel"', True),
        ('class="note hidden"', False),
        ('class="hidden md:block"', True),
        ('class="hidden-treasure"', True),
        ('class="d-none"', False),
        ('class="d-none d-md-block"', True),
        ('class="hidden tab-pane"', True),
    ],
)
def test_what_a_page_does_not_show_is_not_read(attributes: str, is_shown: bool) -> None:
    page = f"<p>The ferry leaves at noon, and comes back at dusk.</p><div {attributes}><p>A tip.</p></div>"
    texts = [block.text for block in cleaner.Cleaner(extractor="none").clean(page).blocks]
    assert ("A tip." in texts) is is_shown
