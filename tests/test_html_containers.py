"""Containers and figures: what the walk tells them, and what they hold then."""

from __future__ import annotations

import pytest
from walked import body_of

from cleaner.document import Container
from cleaner.html.containers import Containers, Figures
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Nodes

ITEM = body_of("<li>a</li>")[0]


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
    containers.start_quote({})
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
    containers.start_quote({})
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
    containers.start_quote(attributes)
    assert containers.current == (container,)


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        ("<div class='admonition tip'>a</div>", ["tip"]),
        ("<div class='markdown-alert markdown-alert-note'><p class=markdown-alert-title>Note</p>a</div>", ["note"]),
        ("<div class='callout callout-warning'><b class=callout-title>Mind  it</b>a</div>", ["warning Mind it"]),
        ("<div class='callout odd'>a</div>", []),
        ("<div class=lead>a</div>", []),
    ],
)
def test_callouts(html: str, labels: list[str]) -> None:
    element = body_of(html)[0]
    containers = Containers([])
    containers.start_callout(element, dict(element.items()))
    assert [container.label for container in containers.current] == labels
    assert containers.consumed == set(element[:1])


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
