"""The address of an image, and which images are signs."""

from __future__ import annotations

import pytest
from walked import body_of, walked

from cleaner.html.images import file_of, image_in_noscript, image_of, is_sign, largest, without_idle_title


@pytest.mark.parametrize(
    ("html", "src"),
    [
        ("<img src=' /a.png '>", "/a.png"),
        ("<img>", None),
        ("<img src=''>", None),
        # what a script would load
        ("<img src=/a.png data-src=/b.png>", "/b.png"),
        ("<img src=/spacer.gif data-lazy=/b.png>", "/b.png"),
        ("<img src=/a.png data-lazy=true>", "/a.png"),
        ("<img src=/loading.svg data-original=/b.png>", "/b.png"),
        ("<img src=data:image/gif;base64,R0 data-lazy-src=/b.png>", "/b.png"),
        ("<img src=data:image/gif;base64,R0 data-photo=/b.png>", None),
        ("<img src=data:image/gif;base64,R0 data-image-loader=/b.png>", "/b.png"),
        ("<img src=data:image/gif;base64,R0 data-image='{a: 1}' data-url=/page>", None),
        ("<img src=/a.png data-full-url=/b.png>", "/a.png"),
        # the largest of a set
        ("<img src=/a.png srcset='/a.png 1x, /b.png 2x'>", "/a.png"),
        ("<img src=/a-20.png srcset='/a-300.png 300w, /a-900.png 900w'>", "/a-900.png"),
        ("<img srcset='/b.png 100w, /c.png 300w, /d.png 200w'>", "/c.png"),
        ("<img src=blob:x data-srcset='/b.png, /c.png 2x'>", "/c.png"),
        # files that stand for an image
        ("<img src=/img/1x1.png>", None),
        ("<img src=/img/blank.gif?v=3>", None),
        ("<img src=/img/lazy-load_white.png>", None),
        ("<img src=/img/loading-dock.jpg>", "/img/loading-dock.jpg"),
        ("<img src=/img/blank-stares.png>", "/img/blank-stares.png"),
        ("<img src=/img/pixel.png>", "/img/pixel.png"),
        ("<img src=/img/pixel.gif>", None),
        ("<img src=/img/placeholder.png>", "/img/placeholder.png"),
        ("<img src=/img/placeholder.png srcset='/b.png 2x'>", "/b.png"),
        ("<img src=/img/spacer1x1.png>", None),
        # the time is linear in the length of the name
        (f"<img src=/loading{'20240115' * 9}.jpg>", f"/loading{'20240115' * 9}.jpg"),
        (f"<img src=/spacer{'1' * 5_000}>", f"/spacer{'1' * 5_000}"),
        (f"<img src=/spacer{'1' * 5_000}.gif>", None),
        (f"<img src=/{'gray-' * 9_000}>", f"/{'gray-' * 9_000}"),
        (f"<img src=/a.png data-image='{'/b.png?' * 9_000} x'>", "/a.png"),
        (f"<img src=/a.png srcset='{'b' * 40_000} c d'>", "d"),
        # tracking pixels
        ("<img src=/a.png width=1 height=1>", None),
        ("<img src=/a.png height=0>", None),
        ("<img src=/a.png style='border:0; width: 1px'>", None),
        ("<img src=/a.png style='max-width: 100px'>", "/a.png"),
        # the sources of a <picture>
        ("<picture><source srcset='/a.webp 1x, /b.webp 2x'><source srcset=/c.png><img></picture>", "/b.webp"),
        ("<picture><source data-srcset=/a.webp><div><img src=/placeholder.png></div></picture>", "/a.webp"),
        ("<picture><source srcset=/a.webp><img src=/b.png></picture>", "/b.png"),
        ("<div><source srcset=/a.webp><img></div>", None),
    ],
)
def test_addresses(html: str, src: str | None) -> None:
    element = next(body_of(html).iter("img"))
    found = image_of(element, dict(element.items()))
    assert (found and found.src) == src


@pytest.mark.parametrize(
    ("srcset", "address"),
    [
        ("", ""),
        ("/a.png", "/a.png"),
        ("/a.png, /b.png", "/a.png"),
        ("/a.png 1x,/b.png 1.5x", "/b.png"),
        ("/w_100,h_90/a.png 100w, /w_300,h_90/a.png 300w", "/w_300,h_90/a.png"),
        ("/a.png 1.2.3x, /b.png 1x", "/a.png"),
        (" , ", ""),
    ],
)
def test_the_largest_of_a_set(srcset: str, address: str) -> None:
    assert largest(srcset) == address


@pytest.mark.parametrize(
    ("attributes", "sign"),
    [
        ("src=/a.png", False),
        ("src=/a.png width=32 height=20px", True),
        ("src=/a.png width=32 height=200", False),
        ("src=/a.png width=100% height=auto", False),
        ("src=/a.png width=24", True),
        ("src=/a.png class=author-avatar", True),
        ("src=/a.png class='iconic shadow'", False),
        ("src=/a.png id=site-logo", True),
        ("src=/icons/mail.png", True),
        ("src=/img/icon_mail.png", True),
        ("src=/img/silicon.png", False),
        ("src=/x/y/icons/z/mail.png", False),
        ("src=https://s.example/avatar/9?size=80", True),
        (f"src=/a.png width={'9' * 5_000}", False),
        (f"src=/a.png width='24{' ' * 5_000}x'", False),
        ("src=/new-logo.png", False),
    ],
)
def test_signs(attributes: str, sign: bool) -> None:
    element = body_of(f"<img {attributes}>")[0]
    found = image_of(element, dict(element.items()))
    assert found is not None and is_sign(found) == sign


@pytest.mark.parametrize(
    ("html", "alt", "title"),
    [
        ("<img src=/a.png alt=' A\n b' title=' C\n d'>", "A b", "C d"),
        ("<img src=/a.png alt='A b' title='A  b'>", "A b", ""),
        ("<img src=/a.png title=boat-2>", "", ""),
        ("<img src=/a.png>", "", ""),
    ],
)
def test_texts_of_an_image(html: str, alt: str, title: str) -> None:
    element = body_of(html)[0]
    found = image_of(element, dict(element.items()))
    assert found is not None
    assert (found.alt, without_idle_title(found).title) == (alt, title)


def test_markdown_says_each_title_on_purpose() -> None:
    for is_markdown, title in ((True, "A"), (False, None)):
        (block,) = walked("<p>b <img src=/a.png alt=A title=A></p>", is_markdown=is_markdown).blocks
        assert [span.title for span in block.spans] == [title]


def test_files() -> None:
    assert file_of("https://x.example/a/b.png?w=9/9") == "b.png"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<noscript><img src=/a.png></noscript>", True),
        ("<noscript> <a><img src=/a.png></a> </noscript>", True),
        ("<noscript><img src=/a.png>A</noscript>", False),
        ("<noscript><p>A</p><img src=/a.png></noscript>", False),
        ("<noscript></noscript>", False),
        ("<div><img src=/b.png></div><noscript><img src=/a.png></noscript>", False),
        ("<div>A<img src=/b.png></div><noscript><img src=/a.png></noscript>", True),
        ("<noscript><img src=/a.png></noscript><img data-src=/b.png>", False),
        ("<noscript><img src=/a.png></noscript><noscript><img src=/b.png></noscript>", True),
    ],
)
def test_images_in_noscript(html: str, found: bool) -> None:
    element = next(body_of(html).iter("noscript"))
    assert (image_in_noscript(element) is not None) == found
