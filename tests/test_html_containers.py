"""Containers and figures: what the walk tells them, and what they hold then."""

from __future__ import annotations

import pytest
from walked import body_of, walked

from cleaner.document import Container
from cleaner.html.containers import Containers, Figures
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Nodes

ITEM, QUOTE = body_of("<li>a</li><blockquote>a</blockquote>")


@pytest.mark.parametrize(
    ("attributes", "checked"),
    [
        ({"type": "checkbox"}, False),
        ({"type": "Checkbox", "checked": ""}, True),
        ({"type": "text", "checked": ""}, None),
        ({}, None),
    ],
)
def test_boxes(attributes: dict[str, str], checked: bool | None) -> None:
    containers = Containers([])
    containers.tick(attributes)
    assert containers.current == ()
    containers.start_quote(QUOTE, {})
    containers.start_item(ITEM, {})
    containers.tick(attributes)
    assert containers.current == (Container("quote", 1), Container("item", 2, False, None, checked, list=1))
    assert containers.begins_item()
    before = containers.current
    containers.tick({"type": "checkbox"})
    assert containers.current == before


def test_an_item_has_one_first_paragraph() -> None:
    containers = Containers([])
    containers.start_item(ITEM, {})
    around = containers.current
    assert [containers.begins_item(), containers.begins_item()] == [True, False]
    containers.start_quote(QUOTE, {})
    assert not containers.begins_item()
    containers.start_item(ITEM, {})
    assert containers.begins_item()
    containers.current = around
    assert not containers.begins_item()


@pytest.mark.parametrize(
    ("attributes", "container"),
    [
        ({}, Container("quote", 1)),
        ({"data-callout": "tip"}, Container("callout", 1, label="tip")),
        ({"data-callout": "tip", "data-callout-title": "Do it"}, Container("callout", 1, label="tip Do it")),
        ({"data-callout-title": "Do it"}, Container("quote", 1)),
    ],
)
def test_quotes(attributes: dict[str, str], container: Container) -> None:
    containers = Containers([])
    containers.start_quote(QUOTE, attributes)
    assert containers.current == (container,)


@pytest.mark.parametrize(
    ("html", "label"),
    [
        # Sphinx, with Docutils' own titles
        ("<div class='admonition tip'>a</div>", "tip"),
        ("<div class='admonition note'><p class=admonition-title>Note</p><p>a</p></div>", "note"),
        ("<div class='admonition-own admonition'><p class=admonition-title>My own</p>a</div>", "note My own"),
        ("<div class=admonition><p class=admonition-title>Warning</p>a</div>", "warning"),
        # MkDocs
        ("<details class=warning open><summary>Mind it</summary><p>a</p></details>", "warning Mind it"),
        ("<details class=note><summary>Note</summary>a</details>", "note"),
        ("<details><summary>More</summary>b</details>", None),
        ("<details class=example><summary>Try it</summary>a</details>", "example Try it"),
        # Docusaurus
        ("<div class='theme-admonition theme-admonition-info alert alert--info'><div class=admonitionHeading_x><span class=admonitionIcon_y><svg></svg></span>info</div><div>a</div></div>", "info"),
        ("<div class='admonition admonition-tip alert'><div class=admonition-heading><h5><span class=admonition-icon></span>Do it</h5></div>a</div>", "tip Do it"),
        # GitHub, VitePress, VuePress, Starlight
        ("<div class='markdown-alert markdown-alert-note'><p class=markdown-alert-title><svg></svg>Note</p>a</div>", "note"),
        ("<div class='danger custom-block'><p class=custom-block-title>STOP</p>a</div>", "danger STOP"),
        ("<details class='details custom-block'><summary>More</summary>a</details>", "details More"),
        ("<div class='hint-container caution'><p class=hint-container-title>Caution</p>a</div>", "caution"),
        ("<aside class='starlight-aside starlight-aside--tip'><p class=starlight-aside__title>Do it</p>a</aside>", "tip Do it"),
        # Obsidian, Quarto, Asciidoctor, mdBook, ReadMe
        ("<div data-callout=tip class=callout><div class=callout-title><div class=callout-icon>x</div><div>Do it</div></div>a</div>", "tip Do it"),
        ("<div class='callout callout-note'><div><i class=callout-icon></i></div><div class='callout-title-container x'><span class=screen-reader-only>Note</span>Do it</div>a</div>", "note Do it"),
        ("<div class='admonitionblock tip'><table><tr><td class=icon><div class=title>Tip</div><td><div class=title>Do it</div>a</table></div>", "tip Do it"),
        ("<blockquote class='blockquote-tag blockquote-tag-note'><p class=blockquote-tag-title>Note</p>a</blockquote>", "note"),
        ("<blockquote class='callout callout_warn'><h3 class=callout-heading><span class=callout-icon>!</span>Mind it</h3>a</blockquote>", "warning Mind it"),
        # Bootstrap, Microsoft Learn, Confluence, Ghost
        ("<div class='alert alert-primary'><h4 class=alert-heading>Note</h4>a</div>", "note"),
        ("<div class='alert alert-danger alert-dismissible'>b</div>", None),
        ("<div class='alert odd'>b</div>", None),
        ("<div class=NOTE><p>Note</p><p>a</p></div>", "note"),
        ("<div class='confluence-information-macro confluence-information-macro-information'><p class=title>Mind it</p>a</div>", "info Mind it"),
        ("<div class='kg-callout-card kg-callout-card-blue'><div class=kg-callout-emoji>x</div><div>a</div></div>", "note"),
        # boxes of other kinds
        ("<div class='callout callout-warning'><b class=callout-title>Mind  it</b>a</div>", "warning Mind it"),
        ("<div class='callout odd'><b class=callout-title>Mind it</b>b</div>", None),
        ("<blockquote class=lead>b</blockquote>", None),
        ("<div class=lead>b</div>", None),
        ("<div class=footnote>b</div>", None),
    ],
)  # fmt: skip
def test_callouts(html: str, label: str | None) -> None:
    blocks = walked(html).blocks
    callouts = [container.label for container in blocks[-1].containers if container.kind == "callout"]
    assert callouts == ([] if label is None else [label])
    if label is not None:
        assert [block.text for block in blocks] == ["a"]


@pytest.mark.parametrize(
    ("html", "label", "texts"),
    [
        ("<div class=note><div class=has-icon><p>Do not do it.</p></div></div>", "note", ["Do not do it."]),
        ("<div class=note><div class=has-icon><p>Stop!</p></div><p>a</p></div>", "note", ["Stop!", "a"]),
        ("<div class=note><div class=has-icon>Stop!</div></div>", "note", ["Stop!"]),
        ("<div class='alert alert-info'><div class=alert-body-with-icon>Do not do it.</div></div>", "info", ["Do not do it."]),
        ("<div class=note><div class=icon><svg><title>An info icon</title></svg></div><p>a</p></div>", "note", ["a"]),
        ("<div class=note><i class=material-icons>info_outline</i><p>a</p></div>", "note", ["a"]),
        ("<div class=note><p class=title><span class=with-icon>Mind all of it</span></p>a</div>", "note Mind all of it", ["a"]),
        ("<div class=note><p>See <span class=title>It All</span> for more.</p></div>", "note", ["See It All for more."]),
        ("<div class=note><p><span class=title>It All</span> is good.</p></div>", "note", ["It All is good."]),
        ("<div class=note><p><b class=title>Mind it:</b> a</p></div>", "note Mind it:", ["a"]),
        ("<div class=note><span class=title>Mind it</span><p>a</p></div>", "note Mind it", ["a"]),
    ],
)  # fmt: skip
def test_a_callout_keeps_its_text(html: str, label: str, texts: list[str]) -> None:
    blocks = walked(html).blocks
    assert [block.text for block in blocks] == texts
    assert {container.label for block in blocks for container in block.containers} == {label}


def test_figures_tie_captions_to_their_only_image() -> None:
    blocks: list[Candidate] = []
    nodes = Nodes(parent=[-1, 0, 1], first=[0, 1, 2], end=[5, 4, 4])
    figures = Figures(blocks, nodes)
    blocks.append(Candidate("image", src="/before.png"))
    figures.start()
    blocks.append(Candidate("image", src="/a.png"))
    figures.start_caption()
    assert figures.open_captions == 1
    blocks += [Candidate("paragraph", "A caption."), Candidate("rule")]
    figures.end_caption(2)
    assert figures.open_captions == 0
    figures.end()
    blocks.append(Candidate("paragraph", "After."))
    assert [block.caption_of for block in blocks] == [None, None, 1, None, None]


@pytest.mark.parametrize(
    ("html", "captions"),
    [
        ("<p>Title</p><img src=/a.png><p>A caption.</p>", [1, None, 1]),
        ("<p>One.</p><p>Two.</p><img src=/a.png><p>Three.</p>", [None, None, None, None]),
        ("<img src=/a.png><p>One.</p><p>Two.</p><p>Three.</p>", [None, 0, 0, 0]),
    ],
)
def test_a_text_around_an_image_is_no_caption(html: str, captions: list[int | None]) -> None:
    assert [block.caption_of for block in walked(f"<figure><div>{html}</div></figure>").blocks] == captions
