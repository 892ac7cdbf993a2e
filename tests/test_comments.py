"""Where readers' comments stand on a page, and which pages are made of what their readers say."""

from __future__ import annotations

import pytest
from written import read

from cleaner import Cleaner
from cleaner.content.comments import comments_of, is_forum

NAMES = [
    ("comments", True),
    ("comment", True),
    ("Comments", True),
    ("post-comments", True),
    ("post_comments", True),
    ("comments-area", True),
    ("comment_list", True),
    ("commentlist", True),
    ("userComments", True),
    ("commentsArea", True),
    ("commentThread", True),
    ("post comments open", True),
    ("disqus_thread", True),
    ("Disqus", True),
    ("disqus-comments", True),
    ("replies", True),
    ("comment-replies", True),
    ("respond", True),
    ("commentary", False),
    ("commented", False),
    ("commentator", False),
    ("commentlists", False),
    ("repliesto", False),
    ("responder", False),
    ("responds", False),
    ("readercomments", True),
    ("4comments", False),
    ("post", False),
    ("", False),
]


@pytest.mark.parametrize(("name", "is_for_comments"), NAMES)
@pytest.mark.parametrize("attribute", ["class", "id"])
def test_which_names_hold_comments(name: str, is_for_comments: bool, attribute: str) -> None:
    page = read(f"<p>a</p><div {attribute}='{name}'><p>b</p><p>c</p></div><p>d</p>")
    assert comments_of(page) == ({1, 2} if is_for_comments else set())


@pytest.mark.parametrize(
    ("html", "comments"),
    [
        ("<section id=comments><h3>a</h3><div class=comment><p>b</p></div></section><p>c</p>", {0, 1}),
        ("<div class=comment><p>a</p></div><p>b</p><div class=comment><p>c</p></div>", {0, 2}),
        ("<div class=comments></div><p>a</p>", set()),
        ("<p>a</p>", set()),
        ("<p>a</p><div class=comments><p>b</p><div id=respond><p>c</p></div><p>d</p></div><p>e</p>", {1, 2, 3}),
        ("<ul class=comments><li>a<ul class=replies><li>b</ul></ul><p>c</p>", {0, 1}),
    ],
)
def test_which_blocks_are_comments(html: str, comments: set[int]) -> None:
    assert comments_of(read(html)) == comments


@pytest.mark.parametrize(("wish", "left"), [("auto", ["a", "b", "c"]), ("keep", ["a", "b", "c"]), ("drop", ["a", "c"])])
def test_comments_go_where_that_is_asked_for(wish: str, left: list[str]) -> None:
    page = "<p>a</p><div class=comments><p>b</p></div><p>c</p>"
    explanation = Cleaner(extractor="none", comments=wish).explain(page)  # type: ignore[arg-type]
    assert [block.text for block in explanation.document.blocks] == left
    assert [block.reason for block in explanation.blocks if not block.kept] == ["content.comments"] * (3 - len(left))


P = "<p>a</p>"
FORUMS = [
    *(
        f"<div class={name}>{P}</div>" * 4
        for name in ("thread", "topic-list", "forum", "message", "Question", "ANSWERS")
    ),
    *(f"<div class={name}>{P}</div>" * 4 for name in ("post", "posts", "blog-post", "votes")),
    f'<script type="application/ld+json">{{"@type": "QAPage"}}</script>{P}',
    f'<script type="application/ld+json">{{"@type": "DiscussionForumPosting"}}</script>{P}',
]
OTHERS = [
    *(f"<div class={name}>{P}</div>" * 4 for name in ("article", "postal", "compost", "blogpost", "")),
    f"<div class=post>{P}</div>" * 3,  # an article, and the elements around it
    f'<script type="application/ld+json">{{"@type": "NewsArticle"}}</script>{P}',
    f"<div id=thread>{P}</div>",  # one thing of a page
    "",
]


@pytest.mark.parametrize(("html", "forum"), [*((html, True) for html in FORUMS), *((html, False) for html in OTHERS)])
def test_which_pages_are_discussions(html: str, forum: bool) -> None:
    assert is_forum(read(html)) is forum


@pytest.mark.parametrize(("paragraphs", "forum"), [(100, True), (160, False)])
def test_a_discussion_has_many_elements_of_that_name(paragraphs: int, forum: bool) -> None:
    """More than 3 in 100."""
    assert is_forum(read(f"<div class=thread>{P}</div>" * 4 + P * paragraphs)) is forum
