"""The reader of HTML: what it makes of pages that show nothing."""

from __future__ import annotations

import pytest
from walked import Selectors

from cleaner import Cleaner
from cleaner.html.reader import HtmlSource
from cleaner.page.candidate import Candidate

EMPTY = ["", "<!-- nothing -->", "<html></html>", "<body> </body>"]


@pytest.mark.parametrize("html", EMPTY)
def test_pages_that_show_nothing_share_nothing(html: str) -> None:
    page = HtmlSource(html).read(Selectors())
    page.blocks.append(Candidate("paragraph", "A word of one page."))
    again = HtmlSource(html).read(Selectors())
    assert (again.blocks, again.hits, again.marks) == ([], [], [])


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<main aria-modal=true><p>A</p></main>", ["A"]),
        ("<body aria-modal=true><p>A</p></body>", ["A"]),
        ("<div aria-modal=true></div><div role=dialog aria-modal=true><p>A</p></div>", ["A"]),
        ("<p>A</p><div aria-modal=true>A dialog of more words.</div>", ["A"]),
        ("<div hidden>A</div><div aria-modal=true>A dialog of more words.</div>", ["A"]),
    ],
)
def test_a_dialog_is_read_where_there_is_nothing_else(html: str, texts: list[str]) -> None:
    assert [block.text for block in HtmlSource(html).read(Selectors()).blocks] == texts


@pytest.mark.parametrize(
    "html",
    [
        "<body><p>A</p></body><p>b</p>",
        "<html><body><p>A</p></body></html><p>b</p>",
        "<table><tr><td>A</td></tr></table></BODY ></td></tr></table><p>b</p></body></html>",
        "<body><p>A</p></body></html><!-- --><html><head><title>c</title></head><body><p>b</p></body></html>",
    ],
)
def test_what_stands_behind_an_early_end_is_read(html: str) -> None:
    assert [block.text for block in HtmlSource(html).read(Selectors()).blocks] == ["A", "b"]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<style></body></style><p>A</p></body></html><p>b</p>", ["A", "b"]),
        ("<textarea/><p>A</p></body><p>b</p>", ["A", "b"]),
        ("<!-- <xmp> --><p>A</p></body><p>b</p>", ["A", "b"]),
        ("<script>x('<xmp>')</script><p>A</p></body><p>b</p>", ["A", "b"]),
        ("<xmpx><p>A</p></body><p>b</p></xmpx>", ["A", "b"]),
    ],
)
def test_an_end_in_raw_text_is_text(html: str, texts: list[str]) -> None:
    assert [block.text for block in HtmlSource(html).read(Selectors()).blocks] == texts


def test_a_title_stays_in_its_own_document() -> None:
    cleaner = Cleaner(extractor="none")
    titles = [
        [block.text for block in cleaner.clean(f"---\ntitle: {title}\n---\n", media_type="text/markdown").blocks]
        for title in ("Lamps", "Brass")
    ]
    assert titles == [["Lamps"], ["Brass"]]
