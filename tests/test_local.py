"""Local conditions: what a block says, what it is, and which elements it stands in. All that are given must hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, load_rules

PROSE = "The bridge was closed for repairs in the spring, and the ferry took all the traffic of the town."


def removed(tmp_path: Path, match: str, data: str, media_type: str = "text/html") -> list[str]:
    path = tmp_path / "own.yaml"
    path.write_text(f"rules:\n- drop: {match}\n", "utf-8")
    document = Cleaner(load_rules(path, shipped=False), extractor="none").clean(data, media_type=media_type)
    assert document.warnings == ()
    return [removal.text for removal in document.removed]


WHOLE = [
    # text
    ("Ad", "<p>AD!</p><p>Ads</p>", ["AD!"]),
    ("[Ad, Skip it]", "<p>skip  it</p><p>Ad</p><p>Skip</p>", ["skip it", "Ad"]),
    ("{text: Ad, kind: heading}", "<p>Ad</p><h2>Ad</h2>", ["Ad"]),
    ("{text: Ad, css: .x}", "<p>Ad</p><p class=x>AD</p>", ["AD"]),
    ("{text: Ad, regex: A}", "<p>ad</p><p>Ad</p>", ["Ad"]),
    # like
    ("{like: Advert, kind: heading}", "<p>Adverd</p><h2>Adverx</h2>", ["Adverx"]),
    ("{like: Advert, regex: A}", "<p>adverd</p><p>Adverd</p>", ["Adverd"]),
    ("{text: [Advert, Adverd], like: Advert}", "<p>Adverx</p><p>Adverd</p>", ["Adverd"]),
    ("{text: Skip, like: Advert}", "<p>Skip</p><p>Advert</p>", []),
    # regex
    ("{regex: a.}", "<p>ab</p><p>Ab</p><p>xax</p>", ["ab", "xax"]),
    ("{regex: [a, b]}", "<p>a</p><p>b</p><p>ab</p><p>c</p>", ["a", "b", "ab"]),
    ("{regex: a, max_words: 2}", "<p>a b</p><p>a b c</p>", ["a b"]),
    ("[{regex: a, max_words: 2}, {regex: c}]", "<p>a b</p><p>a b d</p><p>c b d</p>", ["a b", "c b d"]),
    ("{regex: a, words: b}", "<p>a</p><p>b</p><p>a B</p>", ["a B"]),
    ("{regex: '^a$'}", "<p>a<br>b</p><p>a</p>", ["a"]),
    # words
    ("{words: '^(story|article) continues below$'}", "<p>— ARTICLE CONTINUES BELOW ↓</p>", ["— ARTICLE CONTINUES BELOW ↓"]),
    ("{words: '^(story|article) continues below$'}", "<p>Story  continues\u00a0below</p>", ["Story continues below"]),
    ("{words: '^(story|article) continues below$'}", "<p>The story continues below</p>", []),
    ("{words: continues below}", "<p>The story continues below the waterline</p>", ["The story continues below the waterline"]),
    (r"{words: '^ad \d+ of \d+$'}", "<p>Ad 1 of 3</p>", ["Ad 1 of 3"]),
    (r"{words: '^stra\w+ gesperrt$'}", "<p>STRASSE GESPERRT!</p>", ["STRASSE GESPERRT!"]),
    ("{words: '^a', kind: heading}", "<p>a</p><h2>A!</h2>", ["A!"]),
    ("{words: '^a', max_words: 2}", "<p>a b</p><p>a b c</p>", ["a b"]),
    ("[{words: '^a', max_words: 2}, {words: '^c'}]", "<p>a b</p><p>a b d</p><p>c b d</p>", ["a b", "c b d"]),
    ("[{words: '^a', max_words: 2}, {words: '^a', max_words: 3}]", "<p>a b</p><p>a b c</p><p>a b c d</p>", ["a b", "a b c"]),
    # css, xpath
    ("{css: div}", "<div><p>a</p><p>b</p></div><p>c</p>", ["a", "b"]),
    ("{css: [.x, .y]}", "<p class=x>a</p><p class=y>b</p><p>c</p>", ["a", "b"]),
    ("{css: '.x, .y'}", "<p class=x>a</p><p class=y>b</p><p>c</p>", ["a", "b"]),
    ("{xpath: //div/p}", "<div><p>a</p></div><p>b</p>", ["a"]),
    ("{css: .x, xpath: //div}", "<p class=x>a</p><div><p>b</p><p class=x>c</p></div>", ["c"]),
    ("{css: .x, kind: heading}", "<div class=x><p>a</p><h2>b</h2></div>", ["b"]),
    ("{css: .x, max_words: 1}", "<div class=x><p>a b</p><p>c</p></div>", ["c"]),
    ("{css: '*'}", "<p>a</p>", ["a"]),
    ("{css: 'html, body'}", "<p>a</p>", []),  # which are never dropped
    # kind, max_words
    ("{kind: heading}", "<p>a</p><h2>b</h2><h3>c</h3>", ["b", "c"]),
    ("{kind: [code, list_item]}", "<p>a</p><ul><li>b</ul><pre>c</pre>", ["b", "c"]),
    ("{kind: table}", "<table><tr><td>a<td>b<tr><td>c<td>d</table><p>e</p>", ["a\tb\nc\td"]),
    ("{kind: paragraph, max_words: 2}", "<p>a b</p><p>a b c</p><p>a, b.</p>", ["a b", "a, b."]),
    ("{kind: paragraph, max_words: 3}", "<p>相关阅读</p><p>江边的旧书摊</p><p>หน้าแรก</p>", ["相关阅读"]),
    # unless
    ("{kind: paragraph, unless: [Ad, b]}", "<p>AD!</p><p>a</p><p>b</p>", ["a"]),
    ("{css: p, unless: Ad}", "<p>AD!</p><p>Ads</p>", ["Ads"]),
    ("{regex: A, unless: Ad}", "<p>Ad</p><p>Ads</p>", ["Ads"]),
    ("{words: a, unless: Ad}", "<p>Ad</p><p>Ads</p>", ["Ads"]),
]  # fmt: skip


@pytest.mark.parametrize(("match", "page", "gone"), WHOLE)
def test_whole_blocks(tmp_path: Path, match: str, page: str, gone: list[str]) -> None:
    assert removed(tmp_path, match, page) == gone


PARTS = [
    ("{css: b}", "<p>a <b>b</b> c</p>", ["b"]),
    ("{css: b, text: Ad}", "<p>a <b>AD!</b> <b>c</b></p>", ["AD!"]),
    ("{css: b, text: a b}", "<p>a <b>b</b></p>", []),  # the text is the part's
    ("{css: b, like: Advert}", "<p>a <b>Adverd</b> <b>c</b></p>", ["Adverd"]),
    ("{css: b, text: Publicidad, misspelt: true}", "<p>a <b>Publiciddad</b> <b>c</b></p>", ["Publiciddad"]),
    ("{css: b, text: Ad, with_companions: [skip]}", "<p>a <b>Skip ad</b> <b>skip</b></p>", ["Skip ad"]),
    ("{css: b, regex: c}", "<p>c <b>b</b> <b>xcx</b></p>", ["xcx"]),
    ("{css: b, regex: ^c}", "<p>d <b>b</b> <b>cx</b></p>", ["cx"]),
    ("{css: b, words: ^ad}", "<p>ad <b>b</b> <b>— AD</b></p>", ["— AD"]),
    ("{css: b, words: ^ad, max_words: 2}", "<p>c <b>ad a</b> <b>ad a b</b></p>", ["ad a"]),
    ("{css: b, max_words: 2}", "<p>a <b>b c</b> d <b>e f g</b></p>", ["b c"]),
    ("{css: b, unless: c}", "<p>a <b>b</b> <b>C.</b></p>", ["b"]),
    ("{css: b, kind: heading}", "<p>a <b>b</b></p><h2>c <b>d</b></h2>", ["d"]),
    ("{css: b, from_markup: true}", "<p>a <b>b</b></p>", ["b"]),
    ("{css: b, from_markup: false}", "<p>a <b>b</b></p>", []),
    ("{css: b, xpath: //div}", "<p>a <b>b</b></p><div>c <b>d</b> <p>e</p></div>", ["d"]),
    ("{css: b, xpath: //i}", "<p>a <b>b</b> <i>c</i></p>", []),  # two elements, neither around the other's block
    ("{css: [b, i]}", "<p>a <b>b</b> <i>c</i></p>", ["b", "c"]),
    ("{xpath: //b}", "<p>a <b>b</b> c</p>", ["b"]),
    ("{css: b, repeats: 2}", "<p>a <b>b</b></p><p>c <b>b</b></p>", []),  # which only blocks do
    ("{css: td}", "<table><tr><td>a<td>b<tr><td>c<td>d</table><p>e</p>", ["a", "b", "c", "d"]),
    ("{css: 'td.x'}", "<table><tr><td>a<td class=x>b<tr><td>c<td>d</table><p>e</p>", ["b"]),
]


@pytest.mark.parametrize(("match", "page", "gone"), PARTS)
def test_parts_of_blocks(tmp_path: Path, match: str, page: str, gone: list[str]) -> None:
    assert removed(tmp_path, match, page) == gone


@pytest.mark.parametrize(
    ("page", "selector", "own"),
    [
        ("<div><p class=x>a</p></div>", ".x", True),
        ("<div class=x><p>a</p></div>", ".x", False),
        ("<div class=x><p class=x>a</p></div>", ".x", True),
        ("<div class=x><p class=x>a</p><p>b</p></div>", ".x", True),
        ("<div class=x>a</div>", ".x", True),
        ("<ul class=x><li>a</ul>", ".x", False),
        ("<ul><li class=x>a</ul>", ".x", True),
        ("<p><b class=x>a</b></p>", ".x", True),
    ],
)
def test_what_is_on_the_block_itself(tmp_path: Path, page: str, selector: str, own: bool) -> None:
    """Only there a `keep` wins over a `drop` on the block itself."""
    gone = removed(tmp_path, f"{{regex: a}}\n- keep: {{css: {selector}}}", page)
    assert gone == ([] if own else ["a"])


@pytest.mark.parametrize(
    ("match", "own"),
    [
        ("Publicidad", True),
        ("{text: Publicidad, with_companions: [skip]}", True),
        ("{text: Publicidat, misspelt: true}", False),  # no match at all
        ("{text: Publixidad, misspelt: true}", True),
        ("{like: Publicidat}", True),
        ("{regex: dad$}", True),
        ("{words: ^pub}", True),
        ("{kind: paragraph}", True),
        ("{max_words: 1}", True),
        ("{regex: dad$, css: section}", True),  # by `regex` as well
        ("{css: p}", True),
        ("{css: section}", False),
        ("{css: section, kind: paragraph}", False),
    ],
)
def test_every_match_without_a_selector_is_on_the_block_itself(tmp_path: Path, match: str, own: bool) -> None:
    """There a `drop` wins over a `keep` around it."""
    page = "<div><section><p>Publicidad</p></section></div>"
    assert removed(tmp_path, f"{match}\n- keep: {{css: div}}", page) == ["Publicidad"] * own


@pytest.mark.parametrize(
    ("wanted", "media_type", "data"),
    [
        ("true", "text/html", "<h2>Note</h2>"),
        ("true", "text/markdown", "## Note\n\nAll of it."),
        ("false", "text/plain", f"Note\n\n{PROSE}"),
    ],
)
def test_from_markup(tmp_path: Path, wanted: str, media_type: str, data: str) -> None:
    assert removed(tmp_path, f"{{text: Note, from_markup: {wanted}}}", data, media_type) == ["Note"]
    other = "false" if wanted == "true" else "true"
    assert removed(tmp_path, f"{{text: Note, from_markup: {other}}}", data, media_type) == []


@pytest.mark.parametrize(
    ("match", "gone"),
    [
        ("Note", ["Note"]),
        ("{regex: '^Note$'}", ["Note"]),
        ("{css: p}", []),  # flattened text has no elements
        ("{xpath: '//*'}", []),
        ("{text: Note, css: p}", []),
    ],
)
def test_flattened_text(tmp_path: Path, match: str, gone: list[str]) -> None:
    assert removed(tmp_path, match, f"{PROSE}\n\nNote\n\n{PROSE}", "text/plain") == gone


@pytest.mark.parametrize(
    ("key", "former"),
    [
        ("with_companions: [of]", "beside: [of]"),
        ("from_markup: true", "marked: true"),
        ("heads_next: false", "subject: false"),
        ("recurs_irregularly: 3", "interrupts: 3"),
    ],
)
def test_former_names_of_keys_keep_working(tmp_path: Path, key: str, former: str) -> None:
    page = "".join(f"<p>{text}</p>" for text in [PROSE, "Note", f"{PROSE} a", "Note", f"{PROSE} b", "Note", PROSE])
    found = removed(tmp_path, f"{{text: Note, {key}}}", page)
    assert found == removed(tmp_path, f"{{text: Note, {former}}}", page) != []
