"""Videos and posts in frames."""

from __future__ import annotations

import pytest
from walked import said, walked

from cleaner.html.embeds import image_of_frame


@pytest.mark.parametrize(
    ("src", "page"),
    [
        ("https://www.youtube.com/embed/a_B-c1d2e3f?start=9", "https://www.youtube.com/watch?v=a_B-c1d2e3f"),
        ("//www.youtube-nocookie.com/embed/a_B-c1d2e3f", "https://www.youtube.com/watch?v=a_B-c1d2e3f"),
        ("http://youtube.com/v/a_B-c1d2e3f", "https://www.youtube.com/watch?v=a_B-c1d2e3f"),
        ("https://youtu.be/a_B-c1d2e3f", "https://www.youtube.com/watch?v=a_B-c1d2e3f"),
        ("https://www.youtube.com/embed/videoseries?list=x", None),
        ("https://www.youtube.com/embed/a_B-c1d2e3f4", None),
        ("https://player.vimeo.com/video/123?h=4", "https://vimeo.com/123"),
        ("https://www.dailymotion.com/embed/video/x9y", "https://www.dailymotion.com/video/x9y"),
        ("https://platform.twitter.com/embed/Tweet.html?dnt=1&id=12", "https://x.com/i/status/12"),
        ("https://twitter.com/pier/status/12?s=20", "https://x.com/pier/status/12"),
        ("https://ads.example/www.youtube.com/embed/a_B-c1d2e3f", None),
        ("/embed/a_B-c1d2e3f", None),
        ("javascript:x", None),
        ("", None),
    ],
)
def test_frames(src: str, page: str | None) -> None:
    found = image_of_frame({"src": src})
    assert (found and found.src) == page
    late = image_of_frame({"src": "about:blank", "data-src": src})
    assert (late and late.src) == page


@pytest.mark.parametrize(
    ("title", "alt"),
    [("The  ferry\nleaves", "The ferry leaves"), ("YouTube video player", ""), ("Video", ""), ("", "")],
)
def test_the_title_of_a_frame(title: str, alt: str) -> None:
    found = image_of_frame({"src": "https://player.vimeo.com/video/123", "title": title})
    assert found is not None and found.alt == alt


def test_a_frame_is_a_block() -> None:
    frame = "<iframe src=https://player.vimeo.com/video/123>old</iframe>"
    page = walked(
        f"<p>A {frame} b</p><figure>{frame}<figcaption>c</figcaption></figure><iframe src=/ad></iframe>"
        "<iframe hidden src=https://player.vimeo.com/video/4></iframe>"
    )
    video = "image: https://vimeo.com/123"
    assert [said(block) for block in page.blocks] == ["paragraph: A", video, "paragraph: b", video, "paragraph: c"]
    assert page.blocks[4].caption_of == 3


@pytest.mark.parametrize(
    ("attributes", "is_shown"),
    [
        ("classid=clsid:D27CDB6E", True),
        ("type=application/x-shockwave-flash data=/film.swf", True),
        ("type=image/svg+xml data=/map.svg", False),
        ("type=application/pdf data=/log.pdf", False),
        ("data=/map.svg", False),
    ],
)
def test_what_stands_in_for_a_plugin(attributes: str, is_shown: bool) -> None:
    inner = "<param name=movie value=/film.swf><p>The ferry leaves.</p><embed src=/film.swf>"
    page = walked(f"<p>A</p><object {attributes}><object classid=x>{inner}</object></object><p>b</p>")
    shown = ["paragraph: The ferry leaves."] if is_shown else []
    assert [said(block) for block in page.blocks] == ["paragraph: A", *shown, "paragraph: b"]


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("You need the Flash player to see this video.", False),
        ("Flash is required to watch this.", False),
        ("<p>Please install <a href=/x>Adobe Flash</a>.</p>", False),
        ("Zum Ansehen wird der Flash-Player benötigt.", False),
        ("Vous devez installer le plug-in.", False),
        ("Your browser cannot show this film.", False),
        ("Get Silverlight", False),
        ("This needs a Java applet.", False),
        ("The ferry to Java leaves.", True),
        ("Flash floods closed the quay.", True),
        ("A flash of lightning over the quay.", True),
        ("<p>The ferry leaves.</p>" * 20 + "<p>It needs the Flash player.</p>", True),
    ],
)
def test_a_word_on_the_plugin_stands_in_for_nothing(text: str, is_shown: bool) -> None:
    page = walked(f"<p>A</p><object classid=x><param name=movie value=/film.swf>{text}</object><p>b</p>")
    assert (len(page.blocks) > 2) is is_shown


def test_an_object_without_text_breaks_no_line() -> None:
    page = walked("<p>A <object classid=x><param name=movie value=/film.swf></object> b</p>")
    assert [said(block) for block in page.blocks] == ["paragraph: A b"]
