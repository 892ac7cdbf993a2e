"""Posts of discussions: which elements are posts in the markup of forums, and what they say of author and date."""

from __future__ import annotations

import pytest
from walked import walked

from cleaner import Cleaner, Document
from cleaner.html.posts import is_post_name
from cleaner.page.posts import post_of_block

WHOLE = Cleaner(extractor="none")


def clean(html: str) -> Document:
    return WHOLE.clean(f"<html><body>{html}</body></html>", media_type="text/html")


def spoken(html: str) -> list[tuple[str | None, str | None, str]]:
    """Author and date of the innermost post, and the text, of each block."""
    found = []
    for block in clean(html).blocks:
        post = next((c for c in reversed(block.containers) if c.kind == "post"), None)
        found.append((post.author if post else None, post.date if post else None, block.text))
    return found


WHEN = "2023-05-06T08:12:00+00:00"
ONE = "The mill race is dry, and the wheel has not turned since the spring."
TWO = "Open the upper sluice by a hand, and wait until the evening."

PAGES = {
    "schema.org": f"""
        <div itemscope itemtype="https://schema.org/DiscussionForumPosting">
          <div class="head"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">ada</span></span>
          <time itemprop="datePublished" datetime="2023-05-06T08:12:00Z">Saturday</time></div><p>{ONE}</p></div>
        <div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><meta itemprop="dateCreated" content="2023-05-06T08:12:00Z">
          <a itemprop="author" href="/bo">bo</a><p itemprop="text">{TWO}</p></div>""",
    "Discourse for crawlers": "".join(
        f"""<div itemprop="comment" itemscope itemtype="http://schema.org/Comment" id="post_{n}" class="topic-body crawler-post">
          <div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person">
          <a itemprop="url" href="/u/{name}"><span itemprop="name">{name}</span></a></span>
          <span class="crawler-post-infos"><time itemprop="datePublished" datetime="2023-05-06T08:12:00Z" class="post-time">
          May 6, 2023, 8:12am</time><span itemprop="position">{n}</span></span></div>
          <div class="post" itemprop="text"><p>{text}</p></div></div>"""
        for n, name, text in ((1, "ada", ONE), (2, "bo", TWO))
    ),
    "Discourse": "".join(
        f"""<div class="topic-post clearfix regular"><article id="post_{n}" data-post-id="{n}" class="boxed onscreen-post">
          <div class="topic-meta-data"><div class="names"><span class="first username"><a data-user-card="{name}">{name}</a></span></div>
          <div class="post-infos"><a class="post-date"><span title="May 6, 2023 8:12 am" data-time="1683360720000" class="relative-date">May 6</span></a></div></div>
          <div class="cooked"><p>{text}</p></div></article></div>"""
        for n, name, text in ((1, "ada", ONE), (2, "bo", TWO))
    ),
    "phpBB": "".join(
        f"""<div id="p{n}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile{n}">
          <dt><a href="./memberlist.php?u={n}" class="username">{name}</a></dt>
          <dd class="profile-joined"><strong>Joined:</strong> Wed Feb 04, 2015 6:23 pm</dd></dl>
          <div class="postbody"><h3><a href="#p{n}">Re: The mill</a></h3>
          <p class="author">by <strong><a class="username">{name}</a></strong> &raquo; Sat May 06, 2023 8:12 am</p>
          <div class="content">{text}</div></div></div></div>"""
        for n, name, text in ((11, "ada", ONE), (12, "bo", TWO))
    ),
    "vBulletin 3": "".join(
        f"""<div id="edit{n}"><table id="post{n}"><tr><td class="thead">6th May 2023, 08:12 AM</td></tr>
          <tr><td><a class="bigusername" href="member.php?u={n}">{name}</a></td></tr><tr><td>{text}</td></tr></table></div>"""
        for n, name, text in ((101, "ada", ONE), (102, "bo", TWO))
    ),
    "vBulletin 4": "<ol id='posts'>"
    + "".join(
        f"""<li class="postbitlegacy postbitim postcontainer old" id="post_{n}"><div class="posthead"><span class="postdate old">
          <span class="date">6th May 2023,&nbsp;<span class="time">08:12</span></span></span></div><div class="postdetails"><div class="userinfo">
          <div class="username_container"><a class="username offline" href="member.php?{n}"><strong>{name}</strong></a></div></div>
          <div class="postbody"><h2 class="title icon">Re: The mill</h2><blockquote class="postcontent">{text}</blockquote></div></div></li>"""
        for n, name, text in ((101, "ada", ONE), (102, "bo", TWO))
    )
    + "</ol>",
    "XenForo": "".join(
        f"""<article class="message message--post js-post" data-author="{name}" data-content="post-{n}" id="js-post-{n}">
          <div class="message-inner"><div class="message-cell message-cell--user"><h4 class="message-name"><a class="username" href="/m/{n}">{name}</a></h4></div>
          <div class="message-cell message-cell--main"><header class="message-attribution"><a href="/p/{n}"><time class="u-dt" datetime="2023-05-06T08:12:00+0000"
          data-time="1683360720" title="May 6, 2023 at 8:12 AM">May 6, 2023</time></a> <a>#{n}</a></header>
          <article class="message-body"><div class="bbWrapper">{text}</div></article></div></div></article>"""
        for n, name, text in ((1, "ada", ONE), (2, "bo", TWO))
    ),
    "XenForo 1": "<ol class='messageList'>"
    + "".join(
        f"""<li id="post-{n}" class="message" data-author="{name}"><div class="messageUserInfo"><h3 class="userText"><a class="username">{name}</a></h3></div>
          <div class="messageInfo"><article><blockquote class="messageText">{text}</blockquote></article>
          <div class="messageMeta"><a class="username author">{name}</a>, <abbr class="DateTime" data-time="1683360720">May 6, 2023</abbr></div></div></li>"""
        for n, name, text in ((1, "ada", ONE), (2, "bo", TWO))
    )
    + "</ol>",
    "Stack Exchange": f"""
        <div id="mainbar" itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
        <div class="question js-question" id="question"><div class="post-layout"><div class="s-prose"><p>{ONE}</p></div>
          <div class="post-signature"><div class="user-action-time">edited <span title="2024-01-01 09:00:00Z" class="relativetime">Jan 1, 2024 at 9:00</span></div></div>
          <div class="post-signature owner"><div class="user-action-time">asked <span title="2023-05-06 08:12:00Z" class="relativetime">May 6, 2023 at 8:12</span></div>
          <div class="user-details" itemprop="author" itemscope itemtype="http://schema.org/Person"><a href="/users/1">ada</a><span class="d-none" itemprop="name">ada</span>
          <div>1,204 <span class="badge1">1</span></div></div></div></div></div>
        <div id="answer-7" class="answer js-answer" data-answerid="7" itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer">
          <div class="answercell post-layout--right"><div class="s-prose" itemprop="text"><p>{TWO}</p></div>
          <div class="post-signature"><div class="user-action-time">answered <span title="2023-05-06 08:12:00Z" class="relativetime">May 6, 2023 at 8:12</span></div>
          <div class="user-details" itemprop="author" itemscope itemtype="http://schema.org/Person"><a href="/users/2">bo</a></div></div></div></div></div>""",
    "GitHub": "".join(
        f"""<div class="js-comment-container"><div class="timeline-comment"><div class="timeline-comment-header"><h3><strong><a class="author" href="/{name}">{name}</a></strong>
          commented <relative-time datetime="2023-05-06T08:12:00Z">May 6, 2023</relative-time></h3></div>
          <div class="edit-comment-hide"><div class="comment-body"><p>{text}</p></div></div></div></div>"""
        for name, text in (("ada", ONE), ("bo", TWO))
    ),
    "WordPress": f"""<ol class="comment-list"><li id="comment-5" class="comment even depth-1"><article id="div-comment-5" class="comment-body">
          <footer class="comment-meta"><div class="comment-author vcard"><img src="/a.png" alt=""><b class="fn"><a href="/ada">ada</a></b> <span class="says">says:</span></div>
          <div class="comment-metadata"><a href="#comment-5"><time datetime="2023-05-06T08:12:00+00:00">May 6, 2023 at 8:12 am</time></a></div></footer>
          <div class="comment-content"><p>{ONE}</p></div></article>
          <ol class="children"><li id="comment-6" class="comment odd depth-2"><article id="div-comment-6" class="comment-body">
          <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">bo</b> <span class="says">says:</span></div>
          <div class="comment-metadata"><time datetime="2023-05-06T08:12:00+00:00">May 6, 2023 at 8:12 am</time></div></footer>
          <div class="comment-content"><p>{TWO}</p></div></article></li></ol></li></ol>""",
    "GitHub since 2025": "".join(
        f"""<div data-testid="x"><div class="Box-sc-1 {name_of_class}"><div class="Header-module__wrapper--x1"><a class="Box-sc-2
          HeaderAuthor-module__authorLoginLink--x2" href="/{name}">{name}</a> <a><relative-time datetime="2023-05-06T08:12:00.000Z">May 6</relative-time></a></div>
          <div class="markdown-body"><p>{text}</p></div></div></div>"""
        for name_of_class, name, text in (("react-issue-body", "ada", ONE), ("react-issue-comment", "bo", TWO))
    ),
    "Hacker News": "<table class='comment-tree'>"
    + "".join(
        f"""<tr class="athing comtr" id="{n}"><td><table><tr><td class="ind"><img src="s.gif" width="0"></td><td class="default"><div>
          <span class="comhead"><a href="user?id={name}" class="hnuser">{name}</a> <span class="age" title="2023-05-06T08:12:00 1683360720"><a href="item?id={n}">on May 6, 2023</a></span>
          </span></div><div class="comment"><div class="commtext c00">{text}</div></div></td></tr></table></td></tr>"""
        for n, name, text in ((11, "ada", ONE), (12, "bo", TWO))
    )
    + "</table>",
    "Reddit": f"""<shreddit-post author="ada" created-timestamp="2023-05-06T08:12:00.000000+0000"><div slot="text-body"><p>{ONE}</p></div></shreddit-post>
        <shreddit-comment author="bo" thingid="t1_x"><div slot="commentMeta"><a href="/user/bo">bo</a> <faceplate-timeago><time datetime="2023-05-06T08:12:00.000Z">2 yr. ago</time></faceplate-timeago></div>
        <div slot="comment"><p>{TWO}</p></div></shreddit-comment>""",
    "old Reddit": "".join(
        f"""<div class="thing id-t1_{n} comment" data-author="{name}"><div class="entry"><p class="tagline"><a href="/user/{name}" class="author">{name}</a>
          <time title="Sat May 6 08:12:00 2023 UTC" datetime="2023-05-06T08:12:00+00:00" class="live-timestamp">2 years ago</time></p>
          <form class="usertext"><div class="usertext-body"><div class="md"><p>{text}</p></div></div></form></div></div>"""
        for n, name, text in ((1, "ada", ONE), (2, "bo", TWO))
    ),
    "FluxBB": "".join(
        f"""<div id="p{n}" class="blockpost rowodd"><h2><span><a href="viewtopic.php?pid={n}#p{n}">2023-05-06 08:12:00</a></span></h2><div class="box"><div class="inbox">
          <div class="postbody"><div class="postleft"><dl><dt><strong>{name}</strong></dt></dl></div><div class="postright"><div class="postmsg"><p>{text}</p></div></div></div></div></div></div>"""
        for n, name, text in ((11, "ada", ONE), (12, "bo", TWO))
    ),
    "microformats": "<div class='h-feed'>"
    + "".join(
        f"""<div class="h-entry"><a class="p-author h-card" href="/{name}">{name}</a> <a class="u-url" href="#{name}">
          <time class="dt-published" datetime="2023-05-06T08:12:00+00:00">6 May</time></a><div class="e-content">{text}</div></div>"""
        for name, text in (("ada", ONE), ("bo", TWO))
    )
    + "</div>",
    "articles": "".join(
        f"""<article><header><span class="author">{name}</span> <time datetime="2023-05-06T08:12:00Z">6 May 2023</time></header><p>{text}</p></article>"""
        for name, text in (("ada", ONE), ("bo", TWO))
    ),
}
EXTRA = {"Re: The mill", "1,204 1", "Joined: Wed Feb 04, 2015 6:23 pm"}
"""Headings of single posts, and what is shown of an author."""


@pytest.mark.parametrize("name", PAGES)
def test_posts_say_who_speaks(name: str) -> None:
    day = "2023-05-06"
    said = [(author, date, text) for author, date, text in spoken(PAGES[name]) if text not in EXTRA]
    given = {date for _, date, _ in said}
    assert [(author, text) for author, _, text in said] == [("ada", ONE), ("bo", TWO)]
    assert given <= {day, WHEN, "2023-05-06T08:12:00"}


@pytest.mark.parametrize("name", PAGES)
def test_a_line_above_the_post_says_who_speaks_and_no_other_does(name: str) -> None:
    markdown = clean(PAGES[name]).to_markdown(front_matter=False)
    assert markdown.count("**ada**, 2023-05-06\n") == markdown.count("**bo**, 2023-05-06\n") == 1
    assert markdown.count("ada") == markdown.count("bo") == 1
    assert "- " not in markdown and "8:12" not in markdown


@pytest.mark.parametrize(
    "html",
    [
        # an article with a byline, and teasers of others
        f"<article class='post hentry'><h1>A mill</h1><span class='author'>Ada</span> <time>2023-05-06</time><p>{ONE}</p></article>",
        "".join(
            f"<article class='post'><h2><a href='/{n}'>A mill</a></h2><span class='author'>Ada</span> <time>2023-05-06</time>{ONE}</article>"
            for n in "ab"
        ),
        "".join(
            f"<div class='post'><a href='/{n}'><div class='post-title'>A mill</div></a><span class='author'>Ada</span> <time>6 May</time></div>"
            for n in "ab"
        ),
        # questions without an author, lists of comments, a form, a quotation
        f"<div itemscope itemtype='https://schema.org/Question'><h3>Is it dry?</h3><p>{ONE}</p></div>",
        f"<section class='comments'><h2>Comments</h2><p>{ONE}</p></section>",
        f"<div class='comment-form'><label>Author</label><p>{ONE}</p></div>",
        f"<div class='comment'><blockquote><span class='author'>Ada</span> said</blockquote><p>{ONE}</p></div>",
    ],
)
def test_what_is_no_post(html: str) -> None:
    assert all(author is None for author, _, _ in spoken(html))


def test_replies_stand_in_the_post_that_they_answer() -> None:
    page = walked(PAGES["WordPress"])
    first, second = (block for block in page.blocks if block.text in (ONE, TWO))
    outer, inner = post_of_block(first), post_of_block(second)
    assert outer and inner and outer.key != inner.key
    assert [c.key for c in second.containers] == [outer.key, inner.key]
    assert {key: head.author for key, head in page.posts.items()} == {outer.key: "ada", inner.key: "bo"}


def test_posts_end_at_a_depth_that_no_discussion_has() -> None:
    page = walked("".join(f"<div class=comment><b class=author>A{n}</b><p>{TWO}</p>" for n in range(60)))
    assert [head.author for head in page.posts.values()] == [f"A{n}" for n in range(50)]


def test_a_block_outside_of_posts_is_in_none() -> None:
    page = walked(f"<p>Before.</p>{PAGES['phpBB']}")
    assert post_of_block(page.blocks[0]) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (("div", "comment", "", ""), True),
        (("div", "wpd-comment-wrap", "", ""), True),
        (("div", "comments", "", ""), False),
        (("div", "comment-list", "", ""), False),
        (("div", "comment-author", "", ""), False),
        (("div", "", "post_12", ""), True),
        (("div", "", "p12", ""), True),
        (("div", "", "post", ""), False),
        (("div", "", "", "suggestedAnswer"), True),
        (("shreddit-comment", "", "", ""), True),
        (("article", "", "", ""), True),
        (("p", "lead", "start", ""), False),
        (("div", f"comment-{'1' * 5_000}", "", ""), True),
        (("div", f"comment-{'1' * 5_000}x", "", ""), False),
        (("div", f"comment-{'1-' * 5_000}x", "", ""), False),
    ],
)
def test_names_of_posts(name: tuple[str, str, str, str], expected: bool) -> None:
    assert is_post_name(*name) is expected
