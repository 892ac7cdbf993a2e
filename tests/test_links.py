"""Which addresses may stand in a document, and which texts do no harm where they are written without escapes."""

from __future__ import annotations

import pytest

from cleaner.links import is_inert, safe_href


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org/", "HTTP://example.org/"),
        # As browsers write them: what follows the host.
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/\u6d77?\u6f6e#\u6c50", "https://example.org/%E6%B5%B7?%E6%BD%AE#%E6%B1%90"),
        ("https://\u6d77.example/%20", "https://\u6d77.example/%20"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org?a#b", "http://example.org/?a#b"),
        ("http://example.org\\a", "http://example.org\\a"),
        ("http://example.org\\a/b c", "http://example.org\\a/b%20c"),
        ("http://example.org?a/b", "http://example.org/?a/b"),
        ("http://example.org/a\n", "http://example.org/a"),
        ("http://example.org\n/a", "http://example.org/a"),
        ("http:///a", "http:///a"),
        ("https://a&colon;b.example/&#58;", "https://a&colon;b.example/&#58;"),
        ("https://example.org/\ud800", "https://example.org/%3F"),
        ("/\u6d77", "/\u6d77"),
        ("http:a b", "http:a b"),
        ("ftp://example.org/a", "ftp://example.org/a"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("tel:+1", "tel:+1"),
        # Addresses relative to the page.
        ("a/b.html", "a/b.html"),
        ("//example.org/a", "//example.org/a"),
        ("/a:b", "/a:b"),
        ("a/b:c", "a/b:c"),
        ("?q=a:b", "?q=a:b"),
        ("a?b:c", "a?b:c"),
        ("#javascript:x", "#javascript:x"),
        ("a#b:c", "a#b:c"),
        # White space and control characters.
        (" /a\n/b\t", "/a/b"),
        ("/a\r\n/b", "/a/b"),
        ("ht\ntps://example.org/a", "https://example.org/a"),
        ("\ufeffhttps://example.org/a", "\ufeffhttps://example.org/a"),
        ("/a\x00b", "/a%00b"),
        ("/a\x1fb", "/a%1Fb"),
        ("/a\x7fb", "/a%7Fb"),
        ("/a\x80b", "/a\x80b"),
        ("", None),
        (" \t\n", None),
        (None, None),
        # What could run code, or hides what it is.
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("java\x00script:alert(1)", None),
        ("java\u200bscript:alert(1)", None),
        ("&#106;avascript:alert(1)", None),
        ("javascript&colon;alert(1)", None),
        ("javascript&amp;colon;alert(1)", None),
        ("x&sol;y:z", None),  # a scheme, or a path, as it is read
        ("x&amp;sol;y&colon;z", None),
        ("https&colon;//example.org", "https&colon;//example.org"),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("ahttps://example.org", None),
    ],
)
def test_safe_addresses(href: str | None, safe: str | None) -> None:
    assert safe_href(href) == safe


@pytest.mark.parametrize(
    ("raw", "inert"),
    [
        ("x^2 + y^2", True),
        ("a < b > c", True),
        ("a <1> b", True),
        ("a & b: c", True),
        ("[1](2)", True),
        ("f (x: y)", True),
        ("a[1] & b", True),
        ("a<b", False),
        ("<Z", False),
        ("</b", False),
        ("<!--", False),
        ("<?xml", False),
        ("[a](javascript:b)", False),
        ("[a](javascript&colon;b)", False),
        ("[a]: javascript:b", False),
    ],
)
def test_which_texts_are_no_html_and_no_link(raw: str, inert: bool) -> None:
    assert is_inert(raw) is inert
