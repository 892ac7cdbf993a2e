"""Rules that split blocks: `split` at a match, `heading` and `paragraph` around an element, steps to a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, Document, load_rules
from cleaner.document import Block
from cleaner.page.candidate import Candidate
from cleaner.page.elements import Hit, Mark, Nodes
from cleaner.page.page import Page
from cleaner.page.splitting import split_blocks


def cleaned(tmp_path: Path, rules: str, page: str, media_type: str = "text/html") -> Document:
    path = tmp_path / "own.yaml"
    path.write_text("rules:\n" + "".join(f"- {{{rule}}}\n" for rule in rules.split("\n")), "utf-8")
    return Cleaner(load_rules(path, shipped=False), extractor="none").clean(page, media_type=media_type)


def shown(block: Block) -> str:
    kind = f"h{block.level}" if block.kind == "heading" else {"paragraph": "p", "list_item": "li"}.get(block.kind)
    return f"{kind or block.kind} {block.text}"


HTML = [
    # split: a block begins at the match
    ("split: {regex: Two}", "<p>One. Two. Two.</p>", ["p One.", "p Two.", "p Two."]),
    ("split: {regex: '[.] (?P<cut>Two)'}", "<p>One. Two, Two.</p>", ["p One.", "p Two, Two."]),
    ("split: {regex: One}", "<p>One. Two.</p>", ["p One. Two."]),
    ("split: {regex: '$'}", "<p>One. Two.</p>", ["p One. Two."]),
    ("split: {regex: Two, css: .x}", "<p>One Two</p><p class=x>One Two</p>", ["p One Two", "p One", "p Two"]),
    ("split: {regex: Two, kind: list_item}", "<p>One Two</p><ul><li>One Two</ul>", ["p One Two", "li One", "p Two"]),
    ("split: {regex: Two, max_words: 2}", "<p>One Two</p><p>So, One Two</p>", ["p One", "p Two", "p So, One Two"]),
    ("split: {css: b}", "<p>One <b>two</b> three <b>four</b></p>", ["p One", "p two three", "p four"]),
    ("split: {css: b, regex: f}", "<p>One <b>two</b> three <b>four</b></p>", ["p One two three", "p four"]),
    ("split: {css: b, text: FOUR}", "<p>One <b>two</b> three <b>four</b></p>", ["p One two three", "p four"]),
    ("split: {css: p}", "<p>One</p><p>Two</p>", ["p One", "p Two"]),
    ("split: {regex: b}", "<h2>a b</h2>", ["h2 a", "h2 b"]),
    ("split: {regex: b}", "<pre>a b</pre>", ["code a b"]),
    ("split: {regex: b}", "<table><tr><th>x<th>y<tr><td>a b<td>c</table>", ["table x\ty\na b\tc"]),
    ("split: {xpath: '//br/following-sibling::text()[1]'}", "<p>One<br>Two<br>Three</p>", ["p One", "p Two", "p Three"]),
    # headings and paragraphs inside a block
    ("heading: {css: b, level: 3}", "<p><b>Ebb</b> One.</p>", ["h3 Ebb", "p One."]),
    ("heading: {css: b, level: 3}", "<p>One. <b>Ebb</b> Two.</p>", ["p One.", "h3 Ebb", "p Two."]),
    ("heading: {css: b, level: 3}", "<p>One. <b>Ebb</b></p>", ["p One.", "h3 Ebb"]),
    ("heading: {css: b}", "<p>A <b>wide, deep</b> bay. <b>Ebb</b></p>", ["p A", "h2 wide, deep", "p bay.", "h2 Ebb"]),
    ("heading: {css: b, max_words: 1}", "<p>A <b>wide, deep</b> bay. <b>Ebb</b></p>", ["p A wide, deep bay.", "h2 Ebb"]),
    ("heading: {css: b, place: first}", "<p><b>Ebb</b> One.</p><p><b>Tide</b> Two.</p>", ["h2 Ebb", "p One.", "p Tide", "p Two."]),
    ("heading: {xpath: '//p/text()[1]'}", "<p>Ebb<br>One.</p>", ["h2 Ebb", "p One."]),
    ("paragraph: {css: i}", "<h2>Ebb <i>by Ann</i></h2>", ["h2 Ebb", "p by Ann"]),
    ("heading: {css: b}\ndrop: Ebb", "<p><b>Ebb</b> One.</p>", ["p One."]),
    ("split: {css: b}\ndrop: {css: b}", "<p>One <b>two</b> three <b>four</b></p>", ["p One", "p three"]),
    # a step to a text takes this text
    ("drop: {xpath: '//p/text()[2]'}", "<p>One<br>Two<br>Three</p>", ["p One\nThree"]),
    ("drop: {xpath: '//p/text()[contains(., \"w\")]'}", "<p>One<br>Two</p><p>Wow</p>", ["p One"]),
    ("drop: {xpath: '//p/text()'}", "<p>One <b>two</b> three</p>", ["p two"]),
    ("drop: {xpath: '//p//text()'}", "<p>One <b>two</b> three</p><p>Four</p>", []),
    ("drop: {xpath: '//p[text()=\"One\"]'}", "<p>One</p><p>Two</p>", ["p Two"]),
    ("keep: {xpath: '//p/text()'}\ndrop: {css: div}", "<div><p>One <b>two</b></p><p><b>Two</b></p></div>", ["p One two"]),
    ("drop: {xpath: '//p/text()[2]'}", "<p>One<!-- -->Two</p><p>Three<i></i>Four</p>", ["p OneTwo", "p Three"]),
    ("drop: {xpath: '//script/text()'}", "<p>One</p><script>two</script>", ["p One"]),
    ("drop: {xpath: '//pre/text()'}", "<pre>One</pre><p>Two</p>", ["p Two"]),
    ("drop: {xpath: '//td/text()'}", "<table><tr><th>a<th>b<tr><td>c<td><b>d</b></table>", ["table a\tb\n\td"]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "page", "blocks"), HTML)
def test_blocks_of_html(tmp_path: Path, rules: str, page: str, blocks: list[str]) -> None:
    assert [shown(block) for block in cleaned(tmp_path, rules, page).blocks] == blocks


TEXT = [
    ("split: {regex: 'Step \\d'}", "Step 1: Boil it. Step 2: Eat it.\n\nThat is all.", ["p Step 1: Boil it.", "p Step 2: Eat it.", "p That is all."]),
    ("split: {regex: '[*]', kind: list_item}", "- boil * eat\n- rest", ["li boil", "p * eat", "li rest"]),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "page", "blocks"), TEXT)
def test_blocks_of_text(tmp_path: Path, rules: str, page: str, blocks: list[str]) -> None:
    assert [shown(block) for block in cleaned(tmp_path, rules, page, "text/plain").blocks] == blocks


def test_spans_and_images_go_with_their_part(tmp_path: Path) -> None:
    page = "<p>One <a href=https://e.com/>two Step 3</a> four <img src=https://e.com/a.png alt=a> Step <b>five</b></p>"
    document = cleaned(tmp_path, "split: {regex: Step}", page)
    assert document.to_markdown().split("\n\n") == [
        "One [two](https://e.com/)",
        "[Step 3](https://e.com/) four ![a](https://e.com/a.png)",
        "Step **five**\n",
    ]


def test_explain_names_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("rules:\n- {split: {regex: Two}, id: two}\n", "utf-8")
    first, second = Cleaner(load_rules(path, shipped=False), extractor="none").explain("<p>One Two</p>").blocks
    assert (first.decisions, [(said.action, said.by) for said in second.decisions]) == ((), [("split", "two")])
    assert second.original == "Two"


LETTERS = st.text("ab \u0301", max_size=12)


@given(st.lists(LETTERS, max_size=5), st.data())
def test_no_word_is_lost_and_numbers_move_along(words: list[str], data: st.DataObject) -> None:
    page = Page(blocks=[Candidate("paragraph", text.strip()) for text in words])
    page.nodes = Nodes(
        [-1] * len(words), [0] * len(words), [1] * len(words), [*range(len(words))], [*range(1, len(words) + 1)]
    )
    page.marks = [Mark(1, number, 0, len(block.text)) for number, block in enumerate(page.blocks) if block.text]
    page.hits = [Hit(0, number, number, number + 1) for number in range(len(words))]
    before = [block.text for block in page.blocks]
    places = {
        number: sorted(data.draw(st.sets(st.integers(0, len(text)))))
        for number, text in enumerate(before)
        if data.draw(st.booleans())
    }
    origins = split_blocks(page, places)
    parts: dict[int, list[int]] = {}
    for number, (old, position) in enumerate(origins):
        parts.setdefault(old, []).append(number)
        assert before[old][position:].lstrip().startswith(page.blocks[number].text)
    for old, text in enumerate(before):
        assert "".join(page.blocks[number].text for number in parts[old]).replace(" ", "") == text.replace(" ", "")
        assert (page.nodes.first[old], page.nodes.end[old]) == (parts[old][0], parts[old][-1] + 1)
        assert page.hits[old] == Hit(0, old, parts[old][0], parts[old][-1] + 1)
    for mark in page.marks:
        assert 0 <= mark.start < mark.end <= len(page.blocks[mark.block].text)
