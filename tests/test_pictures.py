"""Which images belong to the content."""

from __future__ import annotations

import pytest
from written import read

from cleaner.content.pictures import keep_pictures
from cleaner.normalize import has_words

FAR = "other " * 50


def kept_images(html: str) -> list[str]:
    """The images that stay where the texts stay that begin with a capital letter."""
    page = read(html)
    kept = [block.text[:1].isupper() for block in page.blocks]
    silent = [not has_words(block.text) or block.caption_of is not None for block in page.blocks]
    keep_pictures(page, kept, silent)
    images = {number for number, block in enumerate(page.blocks) if block.kind == "image"}
    for number, block in enumerate(page.blocks):
        if block.caption_of is not None:
            assert kept[number] == kept[block.caption_of]
    return [page.blocks[number].src or "" for number in sorted(images) if kept[number]]


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        # between what is kept
        ("<p>A</p><img src=/a.png><p>B</p>", True),
        ("<p>A</p><a href=/story><img src=/a.png></a><p>B</p>", True),
        ("<p>a</p><img src=/a.png><p>b</p>", False),
        # the first one of an article
        ("<article><h1>A</h1><p>by b</p><img src=/a.png><p>C</p></article>", True),
        ("<article><img src=/a.png><h1>a</h1><p>by b</p><p>C</p></article>", True),
        ("<article><a href=/a-large.jpg><img src=/a.png></a><p>by b</p><p>C</p></article>", True),
        (f"<nav>{FAR}</nav><div class=hero><img src=/a.png></div><h1>A</h1>", True),
        (f"<img src=/a.png><p>{FAR}</p><p>A</p>", False),
        ("<div><a href=/><img src=/a.png></a></div><p>menu</p><p>A</p>", False),
        (f"<article><p>{FAR}</p><img src=/a.png><p>b</p></article><p>C</p>", False),
        # the last ones
        ("<article><p>A</p><div><img src=/a.png></div></article><p>b</p>", True),
        ("<article><p>A</p><h2>photos</h2><div><img src=/a.png></div></article>", True),
        ("<article><p>A</p><a href=/a-large.jpg><img src=/a.png></a></article>", True),
        ("<article><p>A</p><a href=/story><img src=/a.png></a><h3>b</h3></article>", False),
        (f"<p>A</p><p>{FAR}</p><img src=/a.png>", False),
        # pictures of teasers
        ("<p>A</p><div><div><img src=/a.png></div><div><h3>b</h3></div></div><p>C</p>", False),
        ("<p>A</p><ul><li><img src=/a.png>b</li></ul><p>C</p>", False),
        ("<div><div><img src=/a.png></div><div><h3>A</h3></div></div>", True),
        ("<p>A</p><div><div><img src=/a.png></div><div><p>photo: b</p></div></div><p>C</p>", True),
        ("<p>A</p><div><div><img src=/a.png></div><div><p><a href=/s>b</a></p></div></div><p>C</p>", False),
        # icons, logos, advertisements
        ("<p>A</p><p><img src=/a.png width=16 height=16></p><p>B</p>", False),
        ("<p>A</p><div class=share-links><a href=/s><img src=/a.png></a></div><p>B</p>", False),
        ("<p>A</p><div id=ad-7><div><img src=/a.png></div></div><p>B</p>", False),
        ("<article><p>A</p><aside><img src=/a.png></aside></article>", False),
        ("<article class=ads><p>A</p><div><img src=/a.png></div><p>B</p></article>", True),
        ("<p>A</p><figure><img class=icon src=/a.png><figcaption>b</figcaption></figure><p>B</p>", True),
        # captions say nothing
        ("<p>A</p><figure><img src=/a.png><figcaption>b</figcaption></figure><p>c</p>", True),
        ("<p>a</p><figure><img src=/a.png><figcaption>B</figcaption></figure><p>c</p>", False),
    ],
)
def test_images_go_with_the_text_that_they_belong_to(html: str, kept: bool) -> None:
    assert kept_images(html) == (["/a.png"] if kept else [])


def test_many_images() -> None:
    gallery = "<div>" * 100 + "<img src=/a.png>" * 1_000 + "</div>" * 100
    assert len(kept_images(f"<article><p>A</p>{gallery}</article>")) == 1_000
