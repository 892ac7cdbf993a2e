"""What a page says of itself, and what of it is believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.html.facts import collect
from cleaner.html.parse import parse
from cleaner.intake.language_tags import language_tag
from cleaner.metadata import json_ld, names
from cleaner.metadata.fields import Metadata, described
from cleaner.page.facts import Facts

URL = "https://www.harbourpost.example/news/ferry"


def facts_of(source: str) -> Facts:
    root, _ = parse(source)
    assert root is not None
    return collect(root, source)


def read(head: str = "", body: str = "", *, url: str | None = URL) -> Metadata:
    source = f"<html><head>{head}</head><body>{body}</body></html>"
    facts = facts_of(source)
    return described(facts, url=url, source=source)[0]


def script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def article(**fields: object) -> str:
    return script({"@type": "NewsArticle", **fields})


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>The ferry is late | Harbour Post</title>", "", "The ferry is late"),
        ("<title>Harbour Post » The ferry is late</title>", "", "The ferry is late"),
        ("<title>The ferry is late - harbourpost.example</title>", "", "The ferry is late"),
        ("<title>Boats - and the people on them</title>", "", "Boats - and the people on them"),
        ('<title>Ferry</title><meta property="og:title" content="The ferry is late">', "", "The ferry is late"),
        ("<title>The ferry is late – Harbour Post</title>", "<h1>The ferry is late</h1>", "The ferry is late"),
        ("<title>The ferry is late</title>", "<h1>Harbour Post</h1><h1>The ferry is late</h1>", "The ferry is late"),
        ("<title>Ferry tickets and times</title>", "<h1>Come aboard</h1>", "Ferry tickets and times"),
        ("<title>Why C#</title>", "<h1>Why C#</h1>", "Why C#"),
        ("<title>Knots</title>", "<h1>Knots ¶</h1>", "Knots"),
        ("<title>Knots</title>", "<h1>Thread: Knots</h1>", "Knots"),
        ("", "<h1>Only a heading</h1>", "Only a heading"),
        ("<title>Knots</title>", "<h1>Knots \uf0c1</h1>", "Knots"),
        ("<title>Knots - Rope</title>", "<h1>Knots[edit]</h1>", "Knots"),
        # the site's name, in an <h1>, is no title of an entry under it
        (
            "<title>Late again « Harbour Post</title>",
            '<h1 id="logo"><a href="/">Harbour Post</a></h1><h2><a href="/7">Late again</a></h2>',
            "Late again",
        ),
        ("<title>Late again - The Quay</title>", "<h1>The Quay</h1><h2>Late again</h2>", "Late again"),
        (
            "<title>The Quay » Late again</title>",
            '<h1 class="site-title">The Quay</h1><h3>Late again</h3>',
            "Late again",
        ),
        ("<title>The Quay</title>", '<h1><a href="/">The Quay</a></h1><h2>Late again</h2>', "The Quay"),
        ("<title>Late again - The Quay</title>", '<a href="/">The Quay</a><p>Text.</p>', "Late again"),
        ("<title>Rope - Knots</title>", '<a href="/">Home</a><h1>Rope</h1><h2>Knots</h2>', "Rope"),
        ("<title>Late again - The Quay</title>", "<h1>The Quay</h1><h1>Late again</h1>", "Late again"),
        (
            "<title>The Quay: Late again</title>",
            '<h1>The Quay</h1><div class="post"><h2><a href="/7">Late again</a></h2></div>',
            "Late again",
        ),
        (
            "<title>The Quay » Blog Archive » Late again</title>",
            '<h1>The Quay</h1><h3><a href="/7" rel="bookmark">Late again</a></h3>',
            "Late again",
        ),
        (
            "<title>Late again and again</title>",
            "<h1>Late again</h1><h1>Late again and again</h1>",
            "Late again and again",
        ),
        (
            "<title>Late again - Quay</title>",
            "<h1>Late, again (quay.example) 87</h1><h2>Late again</h2>",
            "Late, again (quay.example) 87",
        ),
        # what stands for a heading where there is none
        ("<title>四月的渡口_江岸网</title>", "<td>首页</td><td><b>四月的渡口</b></td>", "四月的渡口"),
        (article(headline="Salt &amp; tar"), "", "Salt & tar"),
        # what has the name of the site in it is no name of the site
        ("<title>Harbourpost Reader - For everyone</title>", "", "Harbourpost Reader - For everyone"),
        ("<title>Harbourpost Reader | For everyone</title>", "<h1>Harbourpost Reader</h1>", "Harbourpost Reader"),
        ("<title>Knots | harbourpost</title>", "<h1>Knots | harbourpost</h1>", "Knots"),
        ("<title>Knots</title>", "<h1><style>.a{color:red}</style>Knots<script>x()</script></h1>", "Knots"),
        ("<title></title>", "<svg><title>Logo</title></svg>", None),
        ("", "<p>Nothing.</p>", None),
    ],
)
def test_title(head: str, body: str, expected: str | None) -> None:
    assert read(head, body).title == expected


ANN = {"@type": "Person", "name": "Ann Lee", "url": "https://harbourpost.example/ann"}
PRESS = {"@type": "Organization", "name": "Quay Press"}


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (article(author="Ann Lee"), "", "Ann Lee"),
        (article(author=ANN), "", "Ann Lee"),
        (article(author=[ANN, {"@type": "Person", "name": "Bo Ek"}]), "", "Ann Lee, Bo Ek"),
        (article(author=[PRESS, ANN]), "", "Ann Lee"),
        (article(author=PRESS), "", "Quay Press"),
        (article(author={"@type": "Person", "name": "https://harbourpost.example/ann"}), "", None),
        (article(author={"@type": "Person", "name": "Ann &amp; Bo"}), "", "Ann & Bo"),
        (article(author={"@type": "Person", "name": {"@value": "Ann Lee"}}), "", "Ann Lee"),
        (article(author="admin"), "", None),
        (script({"@type": "Comment", "author": "Passer By"}), "", None),
        (script([{"@type": "Product", "author": ANN}]), "", None),
        (
            script(
                {
                    "@graph": [
                        {"@type": ["Article", "Thing"], "author": {"@id": "#ann"}},
                        {"@id": "#ann", "@type": "Person", "name": "Ann Lee"},
                    ]
                }
            ),
            "",
            "Ann Lee",
        ),
        ('<meta name="author" content="By Ann Lee">', "", "Ann Lee"),
        ('<meta name="author" content="ann@harbourpost.example">', "", None),
        ('<meta name="author" content="@annlee">', "", None),
        ('<meta property="article:author" content="https://social.example/ann">', "", None),
        (
            '<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Ek, Bo">',
            "",
            "Ann Lee, Bo Ek",
        ),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">',
            "",
            "Ann Lee",
        ),
        ("", '<h1>T</h1><p><a rel="author" href="/ann">Ann Lee</a></p>', "Ann Lee"),
        ("", '<h1>T</h1><p class="byline">By <b>Ann Lee</b>, 3 May 2024</p>', "Ann Lee"),
        ("", '<h1>T</h1><p class="byline">By <b>Ann Lee</b> and <b>Bo Ek</b> | Updated today</p>', "Ann Lee, Bo Ek"),
        ("", "<h1>T</h1><p>Written by <a>Ann Lee</a></p>", "Ann Lee"),
        # several
        ("", "<h1>T</h1><p>By <a rel=author>Ann Lee</a> and <a rel=author>Bo Ek</a></p>", "Ann Lee, Bo Ek"),
        ("", "<h1>T</h1><p><a rel=author>Ann Lee</a>, <a rel=author>Bo Ek</a></p>", "Ann Lee, Bo Ek"),
        ("", "<h1>T</h1><p><a rel=author>Ann Lee</a></p><p>Text.</p><a rel=author>Bo Ek</a>", "Ann Lee"),
        ("", "<h1>T</h1><p>By Ann Lee, Bo Ek, and Cy Orr | 3 May 2024</p>", "Ann Lee, Bo Ek, Cy Orr"),
        ("", "<h1>T</h1><p class=author>Ann Lee and Bo Ek, keepers of bees</p>", "Ann Lee, Bo Ek"),
        ("", "<h1>T</h1><p>Von Jutta Brehm und Karl Voß</p>", "Jutta Brehm, Karl Voß"),
        ("", "<h1>T</h1><p>Par Claire Dubois et Marc Petit, publié le 5 octobre 2021</p>", "Claire Dubois, Marc Petit"),
        ("", "<h1>T</h1><p>Por Ana Ruiz y Luis Gil · 5 de octubre de 2021</p>", "Ana Ruiz, Luis Gil"),
        # after a date, before one, with a label
        ("", "<h1>T</h1><p>March 4th, 2008 by Harriet</p>", "Harriet"),
        ("", "<h1>T</h1><p>2023年11月04日 作者：陆小满</p>", "陆小满"),
        ("", "<h1>T</h1><p>文/王小明 2023-11-04</p>", "王小明"),
        ("", "<h1>T</h1><p>홍길동 기자</p>", "홍길동"),
        ("", "<h1>T</h1><p>Автор: Иван Петров, 5 октября 2021</p>", "Иван Петров"),
        ("", "<h1>T</h1><p>मई</p><p>लेखक: राम शर्मा</p>", "राम शर्मा"),
        ("", "<h1>T</h1><p>Thread starter</p><a>boatman7</a>", "boatman7"),
        # a name alone, before a date, a reading time or a title of office
        ("", "<h1>T</h1><p>Ann Lee</p><p>3 May 2024</p>", "Ann Lee"),
        ("", "<h1>T</h1><p>3 May 2024</p><p>Ann Lee</p><p>Editor of tides</p>", "Ann Lee"),
        ("", "<h1>T</h1><p>Ann Lee</p><p>5 min read</p>", None),  # no date: no article
        ("", "<h1>T</h1><p>Boat News</p><p>3 May 2024</p><p>The boat news of today.</p>", None),
        ("", "<h1>T</h1><p>Ann Lee</p><p>The ferry was late on 3 May 2024, as ever.</p>", None),
        # roles, the rest of a byline, pictures
        ("", "<h1>T</h1><p>By Ann Lee, Senior Editor</p>", "Ann Lee"),
        ("", "<h1>T</h1><p>Von der Redaktion</p>", None),
        ("", "<h1>T</h1><p>Par La rédaction</p>", None),
        ("", "<h1>T</h1><p itemprop=author><i>A</i><b>Ann Lee</b></p>", "Ann Lee"),
        ('<meta name="author" content="page.head.author">', "", None),
        ('<meta name="author" content="annlee7xk2vq9ma0">', "", None),
        (article(author={"@type": "Organization", "name": "Harbour Post Inc"}), "", None),  # the site
        ("", "<h1>T</h1><p>By the time the ferry came, it was dark.</p>", None),
        ("", '<h1>T</h1><p>A text.</p><div class="comment"><p class="author">Passer By</p></div>', None),
        ("", '<h1>T</h1><p class="author">Sign in</p>', None),
        # The site's own name counts only where the page shows it as its author.
        ('<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">', "", None),
        (
            '<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">',
            "<h1>T</h1><p>By <b>Harbour Post</b></p>",
            "Harbour Post",
        ),
        # A name that the page shows beats an account's that its program gives.
        ('<meta name="author" content="alee7">', '<h1>T</h1><p class="byline">By Ann Lee</p>', "Ann Lee"),
        ("", '<h1>T</h1><p itemprop="author">sea_dog7</p>', "sea_dog7"),
        # several, after a label of several; with other signs between them
        ("", "<h1>T</h1><p>Autoren: Jutta Brehm, Karl Voß</p>", "Jutta Brehm, Karl Voß"),
        ("", "<h1>T</h1><p>Autorinnen</p><p>Jutta Brehm</p><p>Eva Voß</p><p>Seit Jahren.</p>", "Jutta Brehm, Eva Voß"),
        ("", "<h1>T</h1><p>Autorzy: Ewa Lis i Jan Wilk</p>", "Ewa Lis, Jan Wilk"),
        ("", "<h1>T</h1><p>著者：森田光、小川花</p>", "森田光, 小川花"),
        ("", "<h1>T</h1><p>著者: 森田 光・小川 花</p>", "森田 光, 小川 花"),
        ("", "<h1>T</h1><p>Von Jutta Brehm / Karl Voß</p>", "Jutta Brehm, Karl Voß"),
        ("", "<h1>T</h1><p>By Ann Lee with Bo Ek</p>", "Ann Lee, Bo Ek"),
        ("", "<h1>T</h1><p class=author>本报记者 王小明</p>", "王小明"),
        ("", "<h1>T</h1><p class=author>Ann Lee, Marine Attorney at Quay</p>", "Ann Lee"),
        ("", '<h1>T</h1><p class="byline">Sat, 3 May 2024</p>', None),
        # names of accounts: in letters of either case, the first of a thread, before a label that says so
        ("", '<h1>T</h1><b class="username">boatman</b><p>Text.</p><b class="username">Ann</b>', "boatman"),
        ("", '<h1>T</h1><b class="userName">BoatMan7</b>', "BoatMan7"),
        ("", "<h1>T</h1><b>xBoatManx</b><i>Discussion starter</i><i>14 posts</i>", "xBoatManx"),
        ("", "<h1>T</h1><i>Thread starter</i><b>Ann</b><i>14 posts</i>", "Ann"),
        # the name that microdata has in an item
        ("", "<h1>T</h1><p itemprop=author>A<i>Offline</i><b itemprop=name>boatman</b></p>", "boatman"),
        ("", '<h1>T</h1><p itemprop=author><meta itemprop=name content="boatman"><i>wrote</i></p>', "boatman"),
        # a link to what the site has by an author
        ("", '<h1>T</h1><a href="/blog/authors/ann-lee"><img><span>Ann Lee</span></a>', "Ann Lee"),
        ("", '<h1>T</h1><a href="/authors/">Ann Lee</a>', None),
        # a link in a sentence is about someone or something else
        ("", '<h1>T</h1><p>See <a href="/authors/guidelines">Guidelines Page</a></p>', None),
        ("", '<h1>T</h1><p>I met <a href="/authors/bo-ek">Bo Ek</a> at the quay.</p>', None),
        ("", '<h1>T</h1><p>By <a href="/authors/bo-ek">Bo Ek</a></p>', "Bo Ek"),
        ("", '<h1>T</h1><p>See <a href="/authors/guidelines">Guidelines Page</a> first.</p>', None),
        ("", '<h1>T</h1><p><a href="/authors/bo-ek">Bo Ek</a> was at the quay.</p>', None),
        ("", f'<h1>T</h1>{"<p>Rope.</p>" * 90}<a href="/authors/bo-ek">Bo Ek</a>', None),
        (
            "",
            '<h1>T</h1><p><a href="/authors/ann-lee">Ann Lee</a> and <a href="/authors/bo-ek">Bo Ek</a></p>',
            "Ann Lee, Bo Ek",
        ),
        # several names in one item, but not that of where someone works
        (
            "",
            "<h1>T</h1><p itemprop=author><b itemprop=name>Ann Lee</b> and <b itemprop=name>Bo Ek</b></p>",
            "Ann Lee, Bo Ek",
        ),
        (
            "",
            "<h1>T</h1><p itemprop=author itemscope><i itemprop=affiliation itemscope><b itemprop=name>Quay Institute</b></i>"
            "<b itemprop=name>Ann Lee</b></p>",
            "Ann Lee",
        ),
        # "by" before another word than a name, and what an account's place says of it
        ("", "<h1>T</h1><p class=byline>By appointment</p>", None),
        ("", "<h1>T</h1><p class=byline>By hand</p>", None),
        ("", "<h1>T</h1><p class=byline>By email</p>", None),
        ("", "<h1>T</h1><i class=username>joined</i>", None),
        ("", "<h1>T</h1><i class=username>joined</i><i class=username>boatman</i>", "boatman"),
        ("", "<h1>T</h1><p class=byline>Posted by boatman7</p>", "boatman7"),
        ("", "<h1>T</h1><p class=byline>Posted by boat_man</p>", "boat_man"),
        ("", "<h1>T</h1><p class=byline>Posted by <a href='/u/7'>boatman</a></p>", "boatman"),
    ],
)
def test_author(head: str, body: str, expected: str | None) -> None:
    assert read(head, body).author == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (article(datePublished="2024-03-18T09:30:00+01:00"), "", "2024-03-18T09:30:00+01:00"),
        (article(datePublished="2024-03-18T00:00:00Z"), "", "2024-03-18"),
        (article(datePublished="2024-13-45"), "", None),
        (article(datePublished="0001-01-01T00:00:00"), "", None),
        (article(dateModified="2024-03-18"), "", None),
        ('<meta property="article:published_time" content="2024-03-18">', "", "2024-03-18"),
        ('<meta property="article:modified_time" content="2024-03-18">', "", None),
        ('<meta name="citation_publication_date" content="2024/03/18">', "", "2024-03-18"),
        ('<meta name="citation_publication_date" content="2024 Mar 18">', "", "2024-03-18"),
        ('<meta name="dc.date" content="20240318">', "", "2024-03-18"),
        ("", '<h1>T</h1><time datetime="2024-03-18">last spring</time>', "2024-03-18"),
        ("", '<h1>T</h1><span itemprop="datePublished" content="2024-03-18">x</span>', "2024-03-18"),
        ("", "<h1>T</h1><p>March 18, 2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Monday, 18th of March 2024, 9 am</p>", "2024-03-18"),
        ("", "<p>18 Mar 2024</p><h1>T</h1>", "2024-03-18"),
        ("", "<h1>T</h1><p>Updated: 2 May 2025</p><p>Published: 18 March 2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Last updated</p><p>2 May 2025</p>", "2025-05-02"),
        ("", "<h1>T</h1><p>By Ann Lee</p><p>Last updated</p><p>2 May 2025</p>", "2025-05-02"),
        ("", "<h1>T</h1><p>Updated <time>2025-05-02</time>, published <time>2024-03-18</time></p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Aktualisiert: 2. Mai 2025</p><p>Veröffentlicht: 18. März 2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Mis à jour le 2 mai 2025, publié le 18 mars 2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Обновлено 2 мая 2025, опубликовано 18 марта 2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>更新时间：2025年5月2日 发布时间：2024年3月18日</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>2025年5月2日 更新 2024年3月18日 公開</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>2024年3月18日 公開 2025年5月2日 更新</p>", "2024-03-18"),
        ("", "<h1>T</h1><p class=datum>18 marca 2024</p>", "2024-03-18"),
        # an old page has no <h1>
        (
            "<title>四月的渡口</title>",
            "<b>四月的渡口</b><p>2024-03-18 来源：江岸报</p><i>2020年1月1日</i>",
            "2024-03-18",
        ),
        ("", "<h1>T</h1><p>03/04/2024</p>", None),
        # the date of a change, and what follows it
        (article(datePublished="2024-03-18"), "<h1>T</h1><p>Updated</p><p>2 May 2025</p><p>News</p>", "2024-03-18"),
        ("", '<h1>T</h1><i itemprop="published-date" content="Published Mar 18, 2024 at 5 PM">x</i>', "2024-03-18"),
        # since when someone is a member
        ("", "<h1>T</h1><p>Joined</p><p>4 May 2011</p><p>Messages</p><p>18 March 2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Registriert: 4.5.2011</p>", None),
        # a <title> in the body is no heading
        ("", "<title>四月的渡口</title><b>四月的渡口</b><p>2024-03-18更新</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>18/03/2024</p>", "2024-03-18"),
        ("", "<h1>T</h1><p>Since March 18, 1924 the ferry has run.</p>", None),
        (
            script({"@type": "Product", "name": "Rope"}) + '<meta name="date" content="2024-03-18">',
            "<h1>Rope</h1>",
            None,
        ),
        # A program that gives every page a date says little; an author beside it makes it an article's.
        (script({"@type": "WebPage", "datePublished": "2024-03-18"}), "", None),
        (script({"@type": "WebPage", "datePublished": "2024-03-18", "author": "Ann Lee"}), "", "2024-03-18"),
    ],
)
def test_date(head: str, body: str, expected: str | None) -> None:
    assert read(head, body).date == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2024/03/18/ferry", "2024-03-18"),
        ("https://a.example/blog/2024-3-8-ferry", "2024-03-08"),
        ("https://a.example/2024/99/18/ferry", None),
        ("https://a.example/20240318/ferry", "2024-03-18"),
        ("https://a.example/2024/ferry", None),
    ],
)
def test_date_in_the_address(url: str, expected: str | None) -> None:
    assert read(url=url).date == expected


@pytest.mark.parametrize(
    ("path", "is_list"),
    [
        ("/news", True),
        ("/boat-news/", True),
        ("/topic/ferries", True),
        ("/category/ferries/", True),
        ("/blog/index.html", True),
        ("/news/ferry", False),
        ("/blog/topic-of-the-day", False),
        ("/newsletter", False),
        ("/topic/%E8%88%B9", True),
        ("/topics/rope%20work", True),
        ("/search/label/2024", True),
        ("/en/news/", True),
        # a post by its number or its long name, and a name that ends with the word
        ("/archives/1234", False),
        ("/archive/knots-2024", False),
        ("/topics/12345", False),
        ("/lists/ten-best-knots", False),
        ("/2024/03/03/harbour-gets-good-news", False),
        ("/blog/fake-news/", False),
        # a thread
        ("/forums/topic/123-knots/", False),
        ("/forums/topic/knots/", False),
    ],
)
def test_a_list_of_pages_has_neither_date_nor_author(path: str, is_list: bool) -> None:
    body = "<h1>Boats</h1><p>By Ann Lee</p><p>3 May 2024</p>"
    found = read(body=body, url=f"https://a.example{path}")
    dated = "2024-03-03" if path.startswith("/2024") else "2024-05-03"
    assert (found.author, found.date) == ((None, None) if is_list else ("Ann Lee", dated))
    said = read(article(), body, url=f"https://a.example{path}")
    assert (said.author, said.date) == ("Ann Lee", dated)


ONE = '<h1>Boats</h1><p class="byline">By <b class="author">Ann Lee</b></p><time>2024-05-03</time>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ONE, ("Ann Lee", "2024-05-03")),
        (ONE + '<aside class="related"><time>2024-05-01</time></aside>', ("Ann Lee", "2024-05-03")),
        ("<h1>Boats</h1><time class=published>2024-05-03</time>", (None, "2024-05-03")),
        (ONE + '<h2>Oars</h2><p class="byline">By Bo Ek</p><time>2024-05-03</time>', (None, None)),
        (ONE + '<h2>Oars</h2><p class="byline">By Ann Lee</p><time>2024-05-01</time>', (None, None)),
        (ONE + "<h1>Oars</h1>", (None, None)),
    ],
)
def test_a_page_with_the_address_of_a_list_that_marks_one_author_and_date_is_no_list(
    body: str, expected: tuple[str | None, str | None]
) -> None:
    found = read(body=body, url="https://a.example/topic/ferries")
    assert (found.author, found.date) == expected


def test_a_home_page_has_no_date_though_its_teasers_have() -> None:
    body = '<h1>Harbour Post</h1><time datetime="2024-03-18">18 March</time><p class="byline">By Ann Lee</p>'
    home = read(body=body, url="https://harbourpost.example/")
    assert (home.date, home.author) == (None, None)
    assert read(body=body, url="https://harbourpost.example/?p=7").date == "2024-03-18"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("en_US", "en-US"),
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("zh_hans_cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("en-gb, de", "en-GB"),
        ("de_DE.UTF-8", "de-DE"),
        ("english", None),
        ("", None),
        (None, None),
    ],
)
def test_language_tag(value: str | None, expected: str | None) -> None:
    assert language_tag(value) == expected


def test_language_comes_from_the_page_then_its_locale() -> None:
    source = '<html lang="sv"><head><meta property="og:locale" content="en_GB"></head><body>x</body></html>'
    assert described(facts_of(source), url=None)[0].language == "sv"
    assert read('<meta property="og:locale" content="en_GB">').language == "en-GB"
    assert read('<meta http-equiv="content-language" content="nb">').language == "nb"
    assert read(article(inLanguage="fi")).language == "fi"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="https://a.example/x">', "https://a.example/x"),
        ('<meta property="og:url" content="https://a.example/x">', "https://a.example/x"),
        (
            '<link rel="canonical" href="/x"><meta property="og:url" content="https://a.example/y">',
            "https://a.example/y",
        ),
        ('<link rel="canonical" href="/x">', None),
        ('<link rel="canonical" href="javascript://a.example/%0aalert(1)">', None),
        ('<link rel="canonical" href="https://[broken/">', None),
        ("<!-- saved from url=(0021)https://a.example/x -->", "https://a.example/x"),
        ("<!-- Page saved with SingleFile \n url: https://a.example/x \n saved date: Mon -->", "https://a.example/x"),
        ("<!--" + "x" * 5_000 + "--><!-- saved from url=(0021)https://a.example/x -->", None),
    ],
)
def test_address(head: str, expected: str | None) -> None:
    assert read(head, url=None).url == expected


def test_the_callers_address_counts_more_than_the_pages() -> None:
    assert read('<link rel="canonical" href="https://a.example/x">').url == URL


def test_site_description_and_licence() -> None:
    head = (
        '<meta property="og:site_name" content="Harbour &amp;amp; Post">'
        '<meta name="description" content=" Late\n again ">'
        '<link rel="license" href="/terms">'
    )
    found = read(head)
    assert (found.site_name, found.description) == ("Harbour & Post", "Late again")
    assert found.licence == "https://www.harbourpost.example/terms"
    assert read(body='<a rel="license" href="https://cc.example/by/4.0/">x</a>').licence == "https://cc.example/by/4.0/"
    assert read(article(license="https://cc.example/0/")).licence == "https://cc.example/0/"
    assert read('<meta name="dcterms.rights" content="All rights are ours">').licence == "All rights are ours"
    assert read(script({"@type": "WebSite", "name": "Harbour Post"})).site_name == "Harbour Post"


def test_evidence_tells_where_it_is_from() -> None:
    source = (
        '<html lang="en"><title>Late again - Quay</title><meta property="og:title" content="Late again">'
        '<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2024-05-03">'
        '<link rel="canonical" href="https://quay.example/late"><h1>Late again</h1><p>By Ann Lee</p>'
    )
    found, sources = described(facts_of(source), url=None)
    assert (found.title, found.author, found.date) == ("Late again", "Ann Lee", "2024-05-03")
    assert sources == {
        "title": ("heading", "meta og:title", "title element"),
        "author": ("meta author", "text"),
        "date": ("meta article:published_time",),
        "language": ("html lang",),
        "url": ("link rel=canonical",),
    }
    assert described(Facts(language="sv", language_source="text"), url=None)[1] == {"language": ("text",)}
    assert described(Facts(front_matter={"title": "Late"}), url="https://a.example/")[1] == {
        "title": ("front matter",),
        "url": ("given",),
    }


def test_front_matter_comes_before_all_else() -> None:
    facts = Facts(title="Ferry", front_matter={"title": "Late again", "author": "Ann Lee", "language": "en_gb"})
    found = described(facts, url=None)[0]
    assert (found.title, found.author, found.language) == ("Late again", "Ann Lee", "en-GB")


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('{"@type": "Article"}', 1),
        ('[{"a": {"b": [{}]}}]', 3),
        ('<!-- {"a": 1} -->', 1),
        ('//<![CDATA[\n{"a": 1}\n//]]>', 1),
        ('{"a": [1, 2,],};', 1),
        ('{"a": "line\nbreak"}', 1),
        ('{"a": ', 0),
        ("", 0),
        ("[" * 200_000, 0),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, 0),
        (" " * 2_000_000, 0),
    ],
)
def test_json_ld_of_every_sort(source: str, count: int) -> None:
    assert len(json_ld.things([source])) == count


@pytest.mark.parametrize(
    "value",
    ["a" * 50_000 + "!", "a." * 20_000 + "!", " " * 50_000 + "x", "By " * 20_000, "1 " * 50_000, "[edit]" * 8_000],
)
def test_long_values_take_no_time(value: str) -> None:
    facts = Facts(title=value, headings=[value], opening=[value], bylines=[("class", value)], times=[("time", value)])
    facts.meta = [("author", value), ("date", value), ("og:title", value)]
    assert described(facts, url=None)[0].date is None


text = st.text(max_size=60) | st.sampled_from(
    ["By Ann Lee", "2024-03-18", "Updated 3 May 2024", "https://[", "&#x110000;", "\ud800"]
)
json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "author", "name", "datePublished", "headline"]) | text, inner
        )
    ),
    max_leaves=12,
)
mark = st.sampled_from(["rel=author", "itemprop=author", "class", "class aside"])
time_mark = st.sampled_from(["time", "time published", "itemprop=datepublished", "class", "class published aside"])
name = st.sampled_from(
    ["author", "date", "og:title", "og:url", "og:locale", "twitter:label1", "twitter:data1", "citation_author"]
)
any_facts = st.builds(
    Facts,
    title=st.none() | text,
    headings=st.lists(text, max_size=3),
    language=st.none() | text,
    canonical=st.none() | text,
    licence=st.none() | text,
    meta=st.lists(st.tuples(name | text, text), max_size=5),
    json_ld=st.lists(text | json_value.map(json.dumps), max_size=2),
    bylines=st.lists(st.tuples(mark | text, text), max_size=3),
    times=st.lists(st.tuples(time_mark | text, text), max_size=3),
    opening=st.lists(text, max_size=4),
    front_matter=st.dictionaries(st.sampled_from(["title", "author", "date", "url"]), text, max_size=2),
)


@given(facts=any_facts, url=st.none() | text)
@example(facts=Facts(title="«"), url=None)
def test_no_facts_raise_and_equal_facts_agree(facts: Facts, url: str | None) -> None:
    found = described(facts, url=url)[0]
    assert found == described(facts, url=url)[0]
    assert found.title != ""
    assert found.author != ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ann Lee", "Ann Lee"),
        ("BY\nAnn Lee\nSea editor", "Ann Lee"),
        ("Posted by: Ann van der Meer on 3 May 2024", "Ann van der Meer"),
        ("3 May 2024\nAnn Lee", "Ann Lee"),
        ("Ann Lee\n,\nBo Ek\n&\nCy O’Dea", "Ann Lee, Bo Ek, Cy O’Dea"),
        ("we have sailed for years", None),
        ("editorial staff", None),
    ],
)
def test_names_in_bylines(line: str, expected: str | None) -> None:
    assert names.shown(line) == expected
