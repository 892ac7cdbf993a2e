"""Flattened text: its layouts, what does not flow in it, its headings, and the menus around it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cleaner import Block, Cleaner, Document
from cleaner.normalize import normalize, words
from cleaner.text import SHIPPED
from cleaner.text.features.line_features import feature_names
from cleaner.text.headings import MIN_SCORE, score_names
from cleaner.text.layout import Paragraph, layout_of
from cleaner.text.levels import levels_of
from cleaner.training.scripts import caseless, spaceless

SENTENCES = [
    "The ferry to the northern island was late again on Tuesday, and the harbour office gave no reason for it.",
    "Passengers waited in the rain for two hours, while the crew looked for a part that had been ordered in May.",
    "A spokeswoman said that the timetable would be changed in autumn, when the second ship comes from the yard.",
    "Until then the islanders will go on doing what they have always done: they telephone before they set out.",
    "Nobody was hurt when the old crane fell on the quay, but a boat that lay under it will not be seen again.",
    "The light on the cape was built by three brothers who had never been at sea and were afraid of it.",
    "In winter the road is closed, and whoever wants to see the church has to walk along the shore at low tide.",
]
HEADINGS = ["The Long Wait", "What the Office Says", "A New Timetable", "How to Get There", "The Keeper of the Light"]
ARTICLE = [
    "Ferry Late Again",
    SENTENCES[0] + " " + SENTENCES[1],
    "What the Office Says",
    SENTENCES[2],
    SENTENCES[3] + " " + SENTENCES[5],
    "How to Get There",
    SENTENCES[6] + " " + SENTENCES[4],
]
LAYOUTS = ("blank", "tight", "wrapped", "wrapped-tight")


def laid_out(blocks: list[str], layout: str, width: int = 72) -> str:
    if layout.startswith("wrapped"):
        blocks = [textwrap.fill(b, width, break_long_words=False, break_on_hyphens=False) for b in blocks]
    return ("\n" if layout.endswith("tight") else "\n\n").join(blocks) + "\n"


def paragraphs(text: str) -> list[Paragraph]:
    return layout_of(normalize(text, printed=True), SHIPPED)


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(text)]


def cleaned(text: str, **options: str) -> Document:
    return Cleaner(**options).clean(text, media_type="text/plain")  # type: ignore[arg-type]


# --- layout


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_text_in_four_layouts_is_the_same_document(layout: str) -> None:
    assert cleaned(laid_out(ARTICLE, layout)).blocks == cleaned(laid_out(ARTICLE, "blank")).blocks
    assert [b.text for b in cleaned(laid_out(ARTICLE, layout)).blocks] == ARTICLE


prose = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=5, unique=True).map(" ".join)
articles = st.lists(prose, min_size=3, max_size=7)


@given(blocks=articles, width=st.integers(50, 100))
@examples(40)
def test_paragraphs_with_blank_lines_between_are_found_at_any_width(blocks: list[str], width: int) -> None:
    assert texts(laid_out(blocks, "wrapped", width)) == blocks


@pytest.mark.slow
@given(blocks=articles, width=st.integers(50, 100), layout=st.sampled_from(LAYOUTS))
@examples(40)
def test_no_layout_loses_a_word_or_their_order(blocks: list[str], width: int, layout: str) -> None:
    found = cleaned(laid_out(blocks, layout, width), extractor="none")
    assert words(" ".join(b.text for b in found.blocks)) == words(" ".join(blocks))


def test_double_spaced_text_is_read_like_any_other() -> None:
    single = laid_out([" ".join(SENTENCES)], "wrapped-tight")
    assert texts(single.replace("\n", "\n\n")) == [" ".join(SENTENCES)]


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("they came from inter-", "national waters", "they came from international waters"),
        ("it is a well-", "known place", "it is a well-known place"),
        ("the room of a self-", "taught man", "the room of a self-taught man"),
        ("the war of 1914-", "1918 was long", "the war of 1914-1918 was long"),
        ("the coast of Schleswig-", "Holstein is flat", "the coast of Schleswig-Holstein is flat"),
        ("a pause -", "and then nothing", "a pause - and then nothing"),
        ("島の北へ行く船は", "また遅れた。", "島の北へ行く船はまた遅れた。"),
        ("북쪽 섬으로", "가는 배", "북쪽 섬으로 가는 배"),
    ],
)
def test_what_a_line_end_was(line: str, following: str, joined: str) -> None:
    from cleaner.text.joining import Joiner

    text = f"{line}\n{following}\n\nA well-known word stands here."
    assert Joiner(text).join([line, following]) == joined


def test_words_broken_by_soft_hyphens_are_whole_again() -> None:
    rows = [
        "The ferry to the northern island was late again on Tues\xad",
        "day, and the harbour office gave no reason for it, though",
        "all the passengers had waited in the rain for hours and",
        "the crew looked for a part that had been ordered in No\xad",
        "vember by the company. Until then they will go on doing",
        "what they have always done: they telephone before they go.",
    ]
    assert texts("\n".join(rows)) == [" ".join(rows).replace("\xad ", "")]


def test_items_have_hanging_indents() -> None:
    items = [f"- {sentence}" for sentence in SENTENCES[:4]]
    text = "\n".join(textwrap.fill(item, 60, subsequent_indent="  ") for item in items)
    found = cleaned("What to know before you go:\n\n" + text)
    assert [b.text for b in found.blocks if b.kind == "list_item"] == SENTENCES[:4]


# --- what does not flow


def test_a_quotation_is_in_its_container() -> None:
    text = f"He wrote on Monday:\n\n> {SENTENCES[0]}\n> {SENTENCES[1]}\n>> {SENTENCES[2]}\n\n{SENTENCES[3]}\n"
    found = [([c.kind for c in b.containers], b.text) for b in cleaned(text).blocks]
    assert found[1:] == [
        (["quote"], SENTENCES[0]),
        (["quote"], SENTENCES[1]),
        (["quote", "quote"], SENTENCES[2]),
        ([], SENTENCES[3]),
    ]


def test_a_table_with_pipes_is_a_table() -> None:
    text = (
        f"{SENTENCES[0]}\n\n| Day | High water |\n|-----|------------|\n| Mon | 3.2 |\n| Tue | 3.4 |\n\n{SENTENCES[1]}"
    )
    table = next(b for b in cleaned(text).blocks if b.kind == "table")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Day", "High water"],
        ["Mon", "3.2"],
        ["Tue", "3.4"],
    ]
    assert [cell.header for cell in table.rows[0]] == [True, True]


def test_columns_stay_as_they_stand() -> None:
    columns = "Cod        12     14\nHerring     4      5\nMackerel    7      9"
    blocks = cleaned(f"{SENTENCES[0]}\n\n{columns}\n\n{SENTENCES[1]}").blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("paragraph", SENTENCES[0]),
        ("code", columns),
        ("paragraph", SENTENCES[1]),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "The ferry left at break of day,\nthe gulls went with it out,\nand nobody had time to say\nwhat it was all about.",
        "Harbour Office\n12 Quay Street\n4711 Cape Vane",
    ],
)
def test_lines_of_verse_and_addresses_are_kept(lines: str) -> None:
    assert lines in texts(f"{SENTENCES[0]}\n\n{lines}\n\n{SENTENCES[1]}")


def test_what_pages_were_printed_on_is_removed_and_told() -> None:
    pages = [
        f"{SENTENCES[n]} It went on and on, and after a while everybody\n\n{n + 1}\n\fThe Island News\n\n"
        f"had heard of it. {SENTENCES[n + 3]}\n\n"
        for n in range(4)
    ]
    document = cleaned("".join(pages))
    assert {(gone.text, gone.reason) for gone in document.removed} == {
        *((str(n), "text.printed") for n in (1, 2, 3, 4)),
        ("The Island News", "text.printed"),
    }


@pytest.mark.parametrize(
    "counted",
    [
        [f"Chapter {n}" for n in range(1, 5)],
        [f"Day {n}:" for n in range(1, 5)],
        [str(year) for year in range(2019, 2023)],
        [str(n) for n in range(1, 5)],
    ],
)
def test_numbers_that_count_no_pages_stay(counted: list[str]) -> None:
    parts = [part for number in counted for part in (number, *SENTENCES[:5])]
    assert not cleaned("\n\n".join(parts)).removed


def test_rows_of_a_list_are_no_running_heads() -> None:
    rows = ["Oslo 2019 12", "Oslo 2020 13", "\fOslo 2021 14", "Oslo 2022 15", "\fOslo 2023 16", "Oslo 2024 17"]
    assert not cleaned("\n".join([SENTENCES[0], *rows, SENTENCES[1]])).removed


def test_code_stands_as_it_stood() -> None:
    code = "for ship in ships:\n    if ship.late():\n        wait(ship)\ntotal = 1"
    page = f"{SENTENCES[0]}\n\n{textwrap.indent(code, '    ')}\n\n{SENTENCES[1]}\n"
    assert [(block.kind, block.text) for block in cleaned(page).blocks][1] == ("code", code)


def test_a_short_text_of_short_lines_keeps_them() -> None:
    chat = ["Anna", SENTENCES[0], "Bob", "Ok", "Anna", "Great. See you on Monday.", "Bob", "Ok", "Anna", SENTENCES[1]]
    document = cleaned("\n".join(chat))
    assert [block.text for block in document.blocks] == chat


def test_quotations_inside_one_another_have_an_end() -> None:
    document = cleaned("\n".join(">" * depth + " a word" for depth in range(1, 200)))
    assert max(len(block.containers) for block in document.blocks) <= 20


def test_a_page_number_after_a_quotation_keeps_its_place() -> None:
    pages = [f"> {SENTENCES[n]}\n> {SENTENCES[n + 1]}\n\n{SENTENCES[n + 2]}\n\n{n + 1}\n\f" for n in range(4)]
    document = cleaned("".join(pages))
    order = [words(gone.text)[0] for gone in document.removed]
    assert order == ["1", "2", "3", "4"]
    stand = [document.blocks[gone.before - 1].text for gone in document.removed]
    assert stand == [SENTENCES[n + 2] for n in range(4)]


# --- headings


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["Tides", "Winds"], [2, 2]),
        (["1. Tides", "1.1 Spring", "1.2 Neap", "2. Winds"], [2, 3, 3, 2]),
        (["THE SEA", "Tides", "Winds", "THE LAND", "Roads"], [2, 3, 3, 2, 3]),
        (["1.1.1 Deep", "1.1.2 Deep"], [2, 3]),
        (["2019 in Tides", "3 Winds"], [2, 2]),
        ([], []),
    ],
)
def test_levels_come_from_numbers_and_capitals(headings: list[str], levels: list[int]) -> None:
    assert levels_of(headings) == levels


def kinds(document: Document) -> list[tuple[str, int | None]]:
    return [(b.kind, b.level) for b in document.blocks]


def test_headings_are_found_and_the_first_is_the_title() -> None:
    assert kinds(cleaned(laid_out(ARTICLE, "blank"))) == [
        ("heading", 1),
        ("paragraph", None),
        ("heading", 2),
        ("paragraph", None),
        ("paragraph", None),
        ("heading", 2),
        ("paragraph", None),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "She laughed.",
        "by the harbour office, on behalf of its passengers,",
        "https://ferries.example.org/northern-island/timetable",
        "$12.50",
        "* * *",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    blocks: tuple[Block, ...] = cleaned("\n\n".join([*ARTICLE[:3], SENTENCES[2], line, *ARTICLE[4:]])).blocks
    assert [b.kind for b in blocks if b.text == line] != ["heading"]


# --- content

MENU = ["Home", "News", "Sport", "Weather", "Culture", "Travel", "Subscribe", "Log in", "Search"]
FOOT = [
    "Follow us",
    "Facebook",
    "Instagram",
    "Terms of Use",
    "Privacy Policy",
    "Contact",
    "About us",
    "Jobs",
    "Imprint",
]
WHOLE = "\n".join([*MENU * 2, "", "\n\n".join(ARTICLE), "", *FOOT * 2])


def labelled(blocks: list[str], label: str) -> list[str]:
    return [part for block in blocks for part in (block, label)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_do_not_hide_headings(layout: str) -> None:
    blocks = [part for n, heading in enumerate(HEADINGS) for part in (heading, SENTENCES[n] + " " + SENTENCES[n + 1])]
    plain = cleaned(laid_out(blocks, layout))
    found = cleaned(laid_out(labelled(blocks, "Advertisement"), layout))
    assert kinds(found) == kinds(plain)
    assert [block.text for block in found.blocks] == [block.text for block in plain.blocks]
    assert {removal.text for removal in found.removed} == {"Advertisement"}


def test_the_title_is_below_a_label_that_goes() -> None:
    document = cleaned(laid_out(["Advertisement", *ARTICLE], "blank"))
    assert document.title == ARTICLE[0]
    assert kinds(document) == kinds(cleaned(laid_out(ARTICLE, "blank")))


def test_underlined_headings_keep_their_levels_beside_labels() -> None:
    blocks = [
        "The Ferry\n=========",
        SENTENCES[0],
        "the office\n----------",
        SENTENCES[1],
        "Advertisement",
        SENTENCES[2],
    ]
    assert [(b.level, b.text) for b in cleaned("\n\n".join(blocks)).blocks if b.kind == "heading"] == [
        (1, "The Ferry"),
        (2, "the office"),
    ]


def test_explain_tells_the_second_score_of_a_heading() -> None:
    explained = Cleaner().explain(laid_out(labelled(ARTICLE, "Advertisement"), "blank"), media_type="text/plain")
    headings = [block for block in explained.blocks if block.kind == "heading"]
    assert headings
    for block in headings:
        (decision,) = block.decisions
        assert decision.by == "headings.score" and decision.score is not None and decision.detail


@pytest.mark.parametrize("number", ["", "{}. "])
def test_explain_says_why_a_line_is_a_heading(number: str) -> None:
    titles = [number.format(n) + title for n, title in enumerate(("Why the bridge closed", "What comes next"), 1)]
    text = "\n\n".join(text for title in titles for text in (title, *SENTENCES[:3]))
    headings = [b for b in Cleaner().explain(text, media_type="text/plain").blocks if b.kind == "heading"]
    assert [b.text for b in headings] == titles
    for decision in (b.decisions[0] for b in headings):
        assert (decision.action, decision.by) in {("heading", "headings.score"), ("heading", "headings.numbers")}
        if decision.by == "headings.score":
            score, _, features = (decision.detail or "").partition(" for ")
            assert float(score) == round(decision.score or 0, 2) >= MIN_SCORE
            assert {feature.split()[0] for feature in features.split(", ")} <= set(score_names())


def test_menus_go_and_explain_says_why() -> None:
    explained = Cleaner().explain(WHOLE, media_type="text/plain")
    kept = [b.text for b in explained.blocks if b.kept]
    assert [text for text in ARTICLE if text not in kept] == []
    assert len([text for text in kept if text in MENU + FOOT]) < 4
    dropped = [b for b in explained.blocks if b.reason == "content.score" and not b.kept]
    assert dropped
    assert all(b.score is not None and b.against for b in dropped)
    assert {name for b in dropped for name, _ in b.against} <= set(feature_names())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_without_menus_loses_nothing(layout: str) -> None:
    assert cleaned(laid_out(ARTICLE, layout)).removed == ()


@pytest.mark.parametrize("text", ["milk\nbread\nten eggs", "Hello, this is a short note of mine.", "x"])
def test_notes_are_kept_whole(text: str) -> None:
    assert " ".join(b.text for b in cleaned(text).blocks) == " ".join(text.split())


def test_everything_stays_where_that_is_asked_for() -> None:
    assert [r.text for r in cleaned(WHOLE, extractor="none").removed if r.reason == "content.score"] == []


def test_favor_trades_lines_for_certainty() -> None:
    sizes = [len(cleaned(WHOLE, favor=favor).blocks) for favor in ("precision", "balanced", "recall")]
    assert sizes == sorted(sizes)


# --- scripts


def test_scripts_keep_the_form_of_a_text() -> None:
    assert caseless("The ferry, late.").count(" ") == 2
    assert spaceless("The ferry is late. Is it?") == spaceless("the FERRY is late. is it?")
    assert " " not in spaceless("The ferry is late")


# --- characters


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("The keeper&#8217;s house", "The keeper’s house"),
        ("The keeper&amp;#8217;s house", "The keeper’s house"),
        ("Caf&eacute; on the quay", "Café on the quay"),
        ("Write &lt; for a sign, &amp;lt; for its name", "Write &lt; for a sign, &amp;lt; for its name"),
        ("Fish &chips; and tea", "Fish &chips; and tea"),
    ],
)
def test_references_left_in_text_are_decoded_where_that_is_certain(text: str, clean: str) -> None:
    assert [b.text for b in cleaned(text).blocks] == [clean]


def test_punctuation_is_made_ascii_where_that_is_asked_for() -> None:
    text = "“It is late”, she said – and it was the keeper’s fault."
    explained = Cleaner(ascii_punctuation=True).explain(text, media_type="text/plain")
    assert explained.document.text.strip() == '"It is late", she said - and it was the keeper\'s fault.'
    assert [(d.by, d.detail) for d in explained.blocks[0].decisions] == [("characters.ascii", "4 signs")]
    assert cleaned(text).text.strip() == text


def test_ascii_punctuation_works_on_html_and_leaves_code_alone() -> None:
    page = "<table><tr><th>“a”</th><th>b</th></tr><tr><td>1–2</td><td>c</td></tr></table><pre>“b”</pre>"
    blocks = Cleaner(ascii_punctuation=True, extractor="none").clean(page).blocks
    assert [cell.text for b in blocks for row in b.rows for cell in row] == ['"a"', "b", "1-2", "c"]
    assert "“b”" in [b.text for b in blocks]


def unmarked(tag: str) -> str:
    """The article and some more of it as HTML, its headings in `tag`."""
    lines = [*ARTICLE, HEADINGS[2], SENTENCES[2], SENTENCES[0], HEADINGS[4], SENTENCES[5]]
    return "".join(f"<{tag}>{t}</{tag}>" if t in HEADINGS else f"<p>{t}</p>" for t in lines)


@pytest.mark.parametrize(("tag", "by"), [("p", ["headings.unmarked"]), ("h2", [])])
def test_html_that_marks_no_headings_up_gets_them(tag: str, by: list[str]) -> None:
    blocks = Cleaner(extractor="none").explain(unmarked(tag)).blocks
    found = {block.text: [decision.by for decision in block.decisions] for block in blocks if block.kind == "heading"}
    assert {text: found.get(text) for text in (HEADINGS[1], HEADINGS[2], HEADINGS[4])} == dict.fromkeys(
        (HEADINGS[1], HEADINGS[2], HEADINGS[4]), by
    )


def test_a_name_under_a_greeting_is_no_heading() -> None:
    page = unmarked("p").replace(f"<p>{HEADINGS[1]}</p>", f"<p>Yours,</p><p>{HEADINGS[1]}</p>")
    blocks = Cleaner(extractor="none").clean(page).blocks
    assert HEADINGS[1] not in [block.text for block in blocks if block.kind == "heading"]


def test_the_caption_of_an_image_without_an_address_is_no_heading() -> None:
    figure = f"<figure><img src='data:image/png;base64,AAAA'><figcaption>{HEADINGS[1]}</figcaption></figure>"
    blocks = Cleaner(extractor="none").clean(unmarked("p").replace(f"<p>{HEADINGS[1]}</p>", figure)).blocks
    assert [block.kind for block in blocks if block.text == HEADINGS[1]] == ["paragraph"]


def test_what_a_definition_list_explains_is_no_heading() -> None:
    blocks = Cleaner(extractor="none").clean(f"<dl>{unmarked('dt').replace('<p', '<dd').replace('</p', '</dd')}</dl>")
    assert not [block.text for block in blocks.blocks if block.kind == "heading"]


# --- what a sign at a line's beginning makes of it


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["– Die Karten waren sehr teuer.", "– Das Essen war gut.", "– Der Weg war weit."], 3),
        (["– Karten ab 20 Euro", "– Das Essen ist im Preis enthalten.", "– Beginn um acht"], 3),
        (["– Nie wiem – powiedział stary.", "– Ja też nie."], 0),
        (["– Dzień dobry.", "– Nie wiem – powiedział stary.", "– Ja też nie."], 0),
        (["– Karten – ab 20 Euro", "– Essen – im Preis enthalten", "– Beginn – um acht"], 3),
        (["+ Java", "+ C++", "+ Python"], 3),
        (["* vitamin A", "* hepatitis B*", "* vitamin C"], 3),
        (["* Seventh lamp *"], 0),
    ],
)
def test_items_labels_and_speech(lines: list[str], items: int) -> None:
    document = Cleaner(extractor="none").clean("\n".join([SENTENCES[0], "", *lines, "", SENTENCES[1]]))
    assert sum(block.kind == "list_item" for block in document.blocks) == items
    assert items or [block.text for block in document.blocks[1:-1]] == lines


def test_what_hangs_under_an_item_is_its_own() -> None:
    rows = [
        "1. The ferry is old",
        "   and slow.",
        "2. A society takes it over, and the town gives it",
        "   money for a year.",
        "3. The boat goes to the museum.",
        " - a bag of flour, of the coarse",
        "   sort",
        " - salt",
    ]
    wanted = [
        "The ferry is old and slow.",
        "A society takes it over, and the town gives it money for a year.",
        "The boat goes to the museum.",
        "a bag of flour, of the coarse sort",
        "salt",
    ]
    for before in (SENTENCES[0], "\n".join(textwrap.wrap(" ".join(SENTENCES), 72))):
        document = Cleaner(extractor="none").clean("\n".join([before, "", *rows, "", SENTENCES[1]]))
        assert [block.text for block in document.blocks if block.kind == "list_item"] == wanted


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        (["Harbour Office", "Quay Street 14", "37400 Northwick"], True),
        (["Pancakes", "200 g flour", "2 eggs"], False),
        (["Room A", "Monday 9:00", "Tuesday 10:00"], False),
        (["Final results", "Northwick 2", "Southwick 1"], False),
    ],
)
def test_an_address_keeps_its_lines(lines: list[str], stays: bool) -> None:
    document = Cleaner(extractor="none").clean("\n".join([SENTENCES[0], "", *lines, "", SENTENCES[1]]))
    assert (len(document.blocks) == 3) is stays


@pytest.mark.parametrize("gap", [3, 4])
def test_double_spacing_with_wider_gaps_between_paragraphs(gap: int) -> None:
    texts = [" ".join(SENTENCES[:3]), " ".join(SENTENCES[3:6])]
    doubled = ["\n\n".join(textwrap.wrap(text, 64)) for text in texts]
    document = Cleaner(extractor="none").clean(("\n" * gap).join(doubled), media_type="text/plain")
    assert [block.text for block in document.blocks] == texts


def test_messages_a_line_each_stay_apart() -> None:
    lines = [
        "ann: has anybody seen the keys to the boat house again",
        "ben: they hung on the nail by the door when i was there",
        "ann: there is no nail by the door any more, look again",
        "ben: then ask the old man, he has all the others anyway",
        "ann: he says he gave them to you on the day of the race",
        "ben: oh no",
    ]
    document = Cleaner(extractor="none").clean("\n\n".join(lines), media_type="text/plain")
    assert [block.text for block in document.blocks] == lines


def test_a_quotation_is_as_wide_as_its_text() -> None:
    said = textwrap.wrap(" ".join(SENTENCES[2:5]), 70)
    text = "\n".join([*textwrap.wrap(" ".join(SENTENCES[:3]), 72), "", *(f"> {line}" for line in said)])
    document = Cleaner(extractor="none").clean(text, media_type="text/plain")
    assert [block.text for block in document.blocks] == [" ".join(SENTENCES[:3]), " ".join(SENTENCES[2:5])]
