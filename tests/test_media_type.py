"""What a text is taken for: HTML, Markdown or plain text."""

from __future__ import annotations

import pytest

from cleaner.intake.media_type import MediaType, charset_of, media_type_of

TAGS = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "u",
    "ul",
    "var",
    "video",
]
"""Elements that a page, or a piece of one, begins with."""
PLACEHOLDERS = ["file", "output", "source", "data", "option", "map", "param"]
"""What people put between angle brackets in plain text."""


@pytest.mark.parametrize("tag", TAGS)
def test_a_text_that_begins_with_an_element_is_html(tag: str) -> None:
    for text in (f"<{tag}>x", f"<{tag.upper()} a='b'>x", f"</{tag}>", f"<{tag}/>", f"<{tag}\n>"):
        assert media_type_of(text, None) is MediaType.HTML
    assert media_type_of(f"<{tag}x>", None) is MediaType.TEXT


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_a_placeholder_is_no_element(word: str) -> None:
    assert media_type_of(f"<{word}> is what the command needs.", None) is MediaType.TEXT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!doctype html><p>a", MediaType.HTML),
        ("<!DOCTYPE\nhtml>", MediaType.HTML),
        (" \n\t<p>a", MediaType.HTML),
        ("\ufeff<p>a", MediaType.HTML),
        ("\0\0<p>a", MediaType.HTML),
        ("<!-- made by hand -->\n<!DOCTYPE html><p>a", MediaType.HTML),
        ("<!-- a --> <!--\nb\n--><p>a", MediaType.HTML),
        ("<!-- saved from url=(0020)https://example.com/ -->\n<html>", MediaType.HTML),
        ('<?xml version="1.0"?>\n<!-- a --><html>', MediaType.HTML),
        ('<?xml version="1.0"?><feed>', MediaType.TEXT),
        ("<!-- a comment and nothing else -->", MediaType.TEXT),
        ("<!-- a --> text <p>", MediaType.TEXT),
        ("text <p>", MediaType.TEXT),
        ("<ferry> is no tag", MediaType.TEXT),
        ("<doctype>", MediaType.TEXT),
        ("<!doctypes", MediaType.TEXT),
        ("a < b", MediaType.TEXT),
        ("< p>", MediaType.TEXT),
        ("# Title", MediaType.TEXT),
        ("", MediaType.TEXT),
        (f"<!--{'a' * 19_000}--><p>a", MediaType.HTML),  # such comments are there
    ],
)
def test_what_a_text_is(text: str, kind: MediaType) -> None:
    assert media_type_of(text, None) is kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("text/html", MediaType.HTML),
        ("application/xhtml+xml", MediaType.HTML),
        ("text/xml", MediaType.HTML),
        ("application/xml", MediaType.HTML),
        ("text/markdown", MediaType.MARKDOWN),
        ("text/x-markdown", MediaType.MARKDOWN),
        ("text/plain", MediaType.TEXT),
        ("Text/HTML; charset=utf-8", MediaType.HTML),
        (" text/markdown ;variant=GFM", MediaType.MARKDOWN),
    ],
)
def test_what_is_said_of_a_text_counts_more(said: str, kind: MediaType) -> None:
    assert media_type_of("<p>a", said) is media_type_of("# a", said) is kind


@pytest.mark.parametrize("said", [None, "", "application/octet-stream", "html"])
def test_what_says_nothing_leaves_it_to_the_text(said: str | None) -> None:
    assert media_type_of("<p>a", said) is MediaType.HTML
    assert media_type_of("# a", said) is MediaType.TEXT


@pytest.mark.parametrize(
    ("said", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;charset=ISO-8859-1; x=y", "ISO-8859-1"),
        ('text/html; charset="windows-1252"', "windows-1252"),
        ("text/html; charset='koi8-r'", "koi8-r"),
        ("text/html; CHARSET = iso_8859-1:1987", "iso_8859-1:1987"),
        ("text/html; charset=ansi_x3.4-1968", "ansi_x3.4-1968"),
        ("text/html; charset=", None),
        ("text/html", None),
        (None, None),
    ],
)
def test_the_charset_of_a_media_type(said: str | None, charset: str | None) -> None:
    assert charset_of(said) == charset
