"""Which line ends of a text are wraps: broken prose comes back whole, and lines that stand are not joined."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cleaner import Cleaner
from cleaner.models.wording import SCALE, Wording, keys_of
from cleaner.normalize import normalize, words
from cleaner.text import SHIPPED
from cleaner.text.breaks import MIN_SCORE, asked_ends, end_scores
from cleaner.text.features.line_ends import BREAK_FEATURES, LineEnds
from cleaner.text.features.openings import opening, rows_by_wording
from cleaner.text.features.rows import CAPITAL, COLON, DIGIT, LETTER, NOTHING, OTHER_LETTER, PAUSE, SIGN, rows_of
from cleaner.text.features.text_words import TextWords
from cleaner.text.layout import layout_of
from cleaner.text.widths import width_of
from cleaner.text.wrapping import MAX_WIDTH
from cleaner.training.line_breaks import WAYS, broken, drawn
from cleaner.training.standing import STANDING

ENGLISH = (
    "The pilot boat left the inner basin at dawn, although the harbour master had warned its crew that the fog would "
    "stay until noon. Nobody on the quay could see further than the second bollard. An hour later the bell on the mole "
    "rang twice, and everybody knew what it meant."
)
SECOND = (
    "When the wind turned at last, the whole bay lay open like a plate. On the far side stood the boat, dry and upright "
    "on the sandbank, with two men on deck who were playing cards and did not look up."
)
PROSE = {
    "English": ENGLISH,
    "German": "Das Lotsenboot verließ das innere Becken im Morgengrauen, obwohl der Hafenmeister die Besatzung gewarnt "
    "hatte, dass der Nebel bis zum Mittag bleiben würde; niemand am Kai konnte weiter sehen als bis zum zweiten "
    "Poller. Eine Stunde später läutete die Glocke auf der Mole zweimal, und alle wussten, was das hieß.",
    "French": "Le bateau pilote a quitté le bassin intérieur à l'aube, bien que le capitaine du port ait prévenu "
    "l'équipage que le brouillard resterait jusqu'à midi. Personne sur le quai ne voyait plus loin que la deuxième "
    "bitte. Une heure plus tard, la cloche du môle a sonné deux fois, et chacun a compris.",
    "Russian": "Лоцманский катер вышел из внутренней гавани на рассвете, хотя капитан порта предупреждал команду, что "
    "туман простоит до полудня. Никто на причале не видел дальше второй тумбы. Через час колокол на молу прозвонил "
    "дважды, и все поняли, что это значит.",
}
JAPANESE = "水先船は夜明けに内港を出た。港長は霧が昼まで残ると乗組員に警告していたが、誰も聞かなかった。岸壁では二本目の係船柱より先は見えなかった。一時間後に鐘が二度鳴った。"


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in layout_of(normalize(text, printed=True), SHIPPED)]


def at_width(width: int) -> Callable[[str], list[str]]:
    return lambda text: textwrap.wrap(text, width, break_on_hyphens=False)


def by_hand(low: int, high: int, seed: int) -> Callable[[str], list[str]]:
    def breaks(text: str) -> list[str]:
        chance = random.Random(seed)
        rows, row, limit = [], "", chance.randint(low, high)
        for word in text.split():
            if row and len(row) + 1 + len(word) > limit:
                rows.append(row)
                row, limit = word, chance.randint(low, high)
            else:
                row = f"{row} {word}".strip()
        return [*rows, row]

    return breaks


def in_a_font(width: int) -> Callable[[str], list[str]]:
    """Rows as wide as some letters are: narrow and wide ones count differently."""

    def wide(text: str) -> int:
        return sum(3 if c in "iljtf.,' " else 8 if c in "mwMW" else 5 for c in text)

    def breaks(text: str) -> list[str]:
        rows, row = [], ""
        for word in text.split():
            if row and wide(f"{row} {word}") > width:
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}".strip()
        return [*rows, row]

    return breaks


BROKEN = {
    **{f"at {width}": at_width(width) for width in (40, 54, 66, 72, 80, 99)},
    **{f"by hand {seed}": by_hand(50, 70, seed) for seed in (0, 3, 4)},
    **{f"in a font of {width}": in_a_font(width) for width in (240, 330)},
}


@pytest.mark.parametrize("language", PROSE)
@pytest.mark.parametrize("way", BROKEN)
def test_a_paragraph_alone_is_whole_again(language: str, way: str) -> None:
    assert texts("\n".join(BROKEN[way](PROSE[language]))) == [PROSE[language]]


@pytest.mark.parametrize("way", BROKEN)
def test_a_letter_is_whole_again(way: str) -> None:
    parts = [["Dear all,"], BROKEN[way](ENGLISH), BROKEN[way](SECOND), ["See you on Saturday,"], ["Anna"]]
    assert texts("\n\n".join("\n".join(part) for part in parts)) == [" ".join(part) for part in parts]


def test_paragraphs_of_two_widths_are_whole_again() -> None:
    parts = [at_width(56)(ENGLISH), at_width(74)(SECOND), at_width(56)(PROSE["French"])]
    assert texts("\n\n".join("\n".join(part) for part in parts)) == [" ".join(part) for part in parts]


@pytest.mark.parametrize("before", ["    ", "        "])
def test_an_indented_paragraph_is_whole_again(before: str) -> None:
    inner = [before + row for row in at_width(58)(SECOND)]
    text = "\n\n".join("\n".join(rows) for rows in (at_width(72)(ENGLISH), inner, at_width(72)(PROSE["German"])))
    assert texts(text) == [ENGLISH, SECOND, PROSE["German"]]


@pytest.mark.parametrize("width", [54, 60, 72])
def test_paragraphs_without_blank_lines_are_told_apart(width: int) -> None:
    parts = [at_width(width)(text) for text in (ENGLISH, SECOND, PROSE["German"])]  # their last rows are not full
    assert texts("\n".join("\n".join(part) for part in parts)) == [" ".join(part) for part in parts]


@pytest.mark.parametrize("size", [18, 24, 33])
def test_a_paragraph_without_spaces_is_whole_again(size: int) -> None:
    rows = [JAPANESE[at : at + size] for at in range(0, len(JAPANESE), size)]
    assert texts("\n".join(rows)) == [JAPANESE]


STAND = {
    "goods": "milk\nbread\nten eggs\nbutter\na pound of flour\nsalt",
    "a menu": "Startseite\nAktuelles aus dem Rathaus\nTermine\nBildung und Kultur\nÖffnungszeiten\nImpressum",
    "ingredients": "un kilo de pommes de terre\ndeux oignons rouges\nune gousse d'ail\ndu persil\nsel et poivre du moulin",
    "a song": "I walked along the harbour wall\nThe gulls were crying overhead\nAnd no one came at all, at all\n"
    "To hear the words that I had said",
    "a song in small letters": "camino por la orilla del mar\ny nadie viene a preguntar\nqué fue de aquella tarde gris\n"
    "en que dejé mi país",
    "a haiku": "an old silent quay\na gull drops into the fog\nthe sound of a bell",
    "an address": "Wasserwerk Nordhausen\nz. Hd. Frau Dr. Lindner\nAn der Alten Mühle 12\n99734 Nordhausen",
    "a log": "2031-05-01 12:33:10 INFO server started on port 8080\n2031-05-01 12:33:11 WARN no key was found\n"
    "2031-05-01 12:34:01 ERROR request failed with status 502",
    "a chat": "anna: are you coming tonight\nben: not sure yet, the boat is still out\nanna: ok let me know\nben: will do",
    "a chat without names": "hey are you there\nyes\ngood i wanted to ask about the boat\nwhat about it\nis it for sale",
    "code": "import os\nimport sys\nfrom pathlib import Path\nroot = Path(sys.argv[1])\nprint(root)",
    "commands": "$ git clone https://example.org/harbour.git\n$ cd harbour\n$ make install",
    "contents": "Introduction\nThe harbour before the war\nThe new quay and its builders\nFerries and pilots\nConclusion",
    "headlines": "Ferry late again, office silent\nCouncil votes on new bridge over the river\n"
    "Three boats lost in storm off northern coast\nOld crane falls on quay, nobody hurt",
    "a recipe": "200 g flour\n2 eggs\n100 ml milk\na pinch of salt\nbutter for the pan",
    "questions": "Who may come on board?\nEverybody with a ticket may come.\nWhen does the ferry leave?\nAt nine.",
    "sentences": "The ferry was late again.\nNobody knew the reason.\nThe passengers waited in the rain.\nIt was May.",
    "hours": "Monday 9:00 to 17:00\nTuesday 9:00 to 17:00\nWednesday closed\nThursday 9:00 to 20:00",
    "fields": "Name: Anna Lindner\nBorn: 12 May 1970 in Nordhausen\nProfession: engineer\nLanguages: German, English",
    "names": "Anna Lindner\nBen Carter\nMaria del Carmen Ortiz\nJean-Pierre Dubois\nOlga Petrova",
    "results": "Northwick United 2 - 1 Cape Vane\nSouthport 0 - 0 Harbour Town\nWestbay Rovers 3 - 2 Eastcliff",
    "goods with virtues": "Fast and reliable delivery\nFree returns within 30 days\nSecure payment with all cards",
    "a menu in Japanese": "ホーム\nニュース一覧\n天気予報\n文化とスポーツ\nお問い合わせ",
    "a menu in Arabic": "الصفحة الرئيسية\nأخبار المدينة\nالرياضة والثقافة\nاتصل بنا",
}


@pytest.mark.parametrize("name", STAND)
@pytest.mark.parametrize(
    "page",
    [
        "{}",
        f"{ENGLISH}\n\n{{}}\n\n{SECOND}",
        "\n".join([*at_width(72)(ENGLISH), "", "{}", "", *at_width(72)(SECOND)]),
        "\n\n".join(["\n".join(by_hand(50, 70, 1)(ENGLISH)), "{}", "\n".join(by_hand(50, 70, 2)(SECOND))]),
    ],
    ids=["alone", "between lines", "in wrapped text", "in text broken by hand"],
)
def test_lines_that_nobody_has_broken_stand(page: str, name: str) -> None:
    found = [line for text in texts(page.format(STAND[name])) for line in text.split("\n")]
    assert [line for line in STAND[name].split("\n") if " ".join(line.split()) not in found] == []


@pytest.mark.parametrize("name", ["goods", "ingredients", "headlines", "fields", "hours"])
def test_a_list_without_blank_lines_stays_one_in_a_text_that_has_them(name: str) -> None:
    rows = STAND[name].split("\n")
    parts = [at_width(70)(text) for text in PROSE.values()]
    document = Cleaner(extractor="none").clean("\n\n".join("\n".join(part) for part in [*parts[:2], rows, *parts[2:]]))
    found = [line for block in document.blocks for line in block.text.split("\n")]
    assert found == [*map(" ".join, parts[:2]), *rows, *map(" ".join, parts[2:])]


lines = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=80)


@given(rows=st.lists(lines, min_size=1, max_size=12))
@examples(60)
def test_no_line_end_loses_a_word(rows: list[str]) -> None:
    text = normalize("\n".join(rows), printed=False)
    whole = " ".join(texts(text))
    assert "".join(words(whole)).replace("-", "") == "".join(words(text)).replace("-", "")


@given(
    seed=st.integers(0, 10_000),
    way=st.sampled_from(range(len(WAYS))),
    long=st.integers(MAX_WIDTH + 1, 3 * MAX_WIDTH),
)
@examples(40)
def test_a_long_line_is_never_joined_and_a_whole_text_stays_whole(seed: int, way: int, long: int) -> None:
    rows = WAYS[way](random.Random(seed))(ENGLISH)
    rows.insert(seed % (len(rows) + 1), "word " * (long // 5 + 1) + "end")
    ends = end_scores(rows, SHIPPED) > MIN_SCORE
    number = next(n for n, row in enumerate(rows) if len(row) > MAX_WIDTH)
    assert ends[number]
    assert number == 0 or ends[number - 1]


@pytest.mark.parametrize("way", ["at 66", "by hand 3", "in a font of 330"])
def test_what_was_joined_stays_so(way: str) -> None:
    blocks = texts("\n\n".join("\n".join(BROKEN[way](text)) for text in (ENGLISH, SECOND)))
    assert texts("\n\n".join(blocks)) == texts("\n".join(blocks)) == blocks


# --- what the score is asked about, and what it looks at


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (["A line that goes on", "in the next one"], [0]),
        (["A line that goes on", "", "in the next one"], []),
        (["short", "and short"], []),  # nobody breaks lines as narrow as this
        (["x " * 80 + "x", "and more of it"], []),
        (["What he brought for us:", "- a line with some milk", "and more of it"], [1]),
        (["It was a long day, it began at", "12. It ended late."], [0]),
        (["He brought more of it.", "12. A line with some milk"], []),
        (["The ship must be registered in the port;", "(b) the captain must hold a licence"], []),
        (["The ship must be registered as in (a) and", "(b) of the first part of the law"], [0]),
        (["What she must bring is written in part", "a) of the first part of the law"], [0]),
        (["[12:01] anna: are you coming tonight", "[12:03] ben: i do not know yet"], []),
        (["2031-05-01 12:33 the server was started", "2031-05-02 08:10 the server was stopped"], []),
        (["12:30 was the time at which they came to", "14.5 metres of water, and no more"], [0]),
        (["島の北へ行く船は", "また遅れた。"], [0]),
    ],
)
def test_which_line_ends_are_doubtful(rows: list[str], asked: list[int]) -> None:
    assert asked_ends(rows_of(rows)).tolist() == asked


ROWS = ['"Where is it?', "", "  (The) last word,", "12 of Them:", "島の北へ", "- ends. ”", "x" * 500]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("length", [13, 0, 18, 11, 4, 9, 500]),
        ("indent", [0, 0, 2, 0, 0, 0, 0]),
        ("word", [7, 0, 6, 3, 3, 2, 501 - 100]),
        ("first", [CAPITAL, NOTHING, CAPITAL, DIGIT, OTHER_LETTER, 7, LETTER]),
        ("last", [SIGN, NOTHING, PAUSE, COLON, OTHER_LETTER, SIGN, LETTER]),
        ("ends", [1, 0, 0, 0, 0, 0, 0]),
        ("item", [0, 0, 0, 0, 0, 1, 0]),
        ("spaceless", [0, 0, 0, 0, 1, 0, 0]),
        ("run", [0, 0, 1, 1, 1, 1, 1]),
    ],
)
def test_what_rows_are(name: str, values: list[int]) -> None:
    assert getattr(rows_of(ROWS), name).astype(int).tolist() == values


def test_narrow_letters_take_less_room_in_a_font() -> None:
    found = rows_of(["illicit little tilt", "mammoth mwomwom www", "x" * 1000, "x" * 100])
    assert found.points[0] < 0.6 * found.points[1]
    assert found.points[2] == pytest.approx(10 * found.points[3])


@pytest.mark.parametrize("width", [40, 60, 72, 78, 99, 120])
def test_the_width_is_told_from_the_lines(width: int) -> None:
    rows = rows_of([row for _ in range(3) for text in (ENGLISH, SECOND) for row in at_width(width)(text)])
    found = width_of(rows, np.flatnonzero(rows.inside))
    assert found is not None
    assert rows.length.max() <= found <= width + 4


@pytest.mark.parametrize("name", [name for name in STAND if name != "a menu in Japanese"])
def test_text_that_is_not_wrapped_has_no_width(name: str) -> None:
    rows = rows_of(STAND[name].split("\n"))
    assert width_of(rows, np.flatnonzero(rows.inside)) is None


def features(*rows: str) -> dict[str, list[float]]:
    """The features of all line ends of a text before another row."""
    found = rows_of(rows)
    matrix = LineEnds(found).features(np.flatnonzero(found.inside))
    return dict(zip(BREAK_FEATURES, np.round(matrix.astype(float), 2).tolist(), strict=True))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stretch_above", [0, 1, 0]),
        ("copies", [1, 1, 1]),
        ("run_pauses", [0.33, 0.33, 0.5]),
        ("run_rhymes", [0, 0, 0]),
        ("fit_run_characters", [4, -6, 2]),
        ("fit_around_characters", [4, -6, 2]),
        ("lacks_run_characters", [0, 9, 4]),
        ("next_first", [LETTER, LETTER, CAPITAL]),
        ("above", [0, 1, 0]),
        ("below", [2, 1, 1]),
        ("third_first", [LETTER, -1, -1]),
        ("before_ends", [0, 0, 0]),
        ("run_lines", [3, 3, 2]),
        ("run_flow", [1, 1, 0]),
        ("text_single", [0.33] * 3),
        ("text_run_ends", [1] * 3),
        ("text_lines", [6] * 3),
        ("indent_change", [0, 0, 1]),
    ],
)
def test_what_the_score_sees(name: str, values: list[float]) -> None:
    rows = ("the boat was late", "and slow", "so we went.", "", "One alone", "", "It was an old", " House of stones.")
    assert features(*rows)[name] == values


def test_lines_of_a_song_rhyme() -> None:
    assert features("on the wall", "was a bed", "and they all", "were so fed.")["run_rhymes"] == [1, 1, 1]


def test_every_feature_has_a_value() -> None:
    found = features("One row", "and one more")
    assert all(np.isfinite(values).all() for values in found.values())
    assert len(found) == len(BREAK_FEATURES) == len(set(BREAK_FEATURES))


def test_words_of_the_text_tell_names_from_beginnings() -> None:
    rows = ["and then we saw the cape, which", "The men call Vane. The cape is", "Vane's, they say, of the men.", ""]
    columns = TextWords.of(rows).columns(rows, [0, 1])
    assert columns["next_word_small"].tolist() == [2, 0]
    assert columns["last_word_count"].tolist() == [1, 1]
    assert columns["next_opens"].tolist() == [0, 0]
    assert TextWords.of(rows, [1]).columns(["in the morning.", "The men"], [0])["next_opens"].tolist() == [1]
    assert TextWords.of(["He came. The"]).columns(["in the morning.", "The men"], [0])[
        "next_opens_sentence"
    ].tolist() == [1]
    assert TextWords.of(rows).columns(["12:30 INFO a", "14:05 INFO b"], [0])["same_start"].tolist() == [11]


def test_the_opening_of_the_next_row_counts_where_a_sentence_ends() -> None:
    rows = rows_of(["He came late.", "However, they went on without a word to him or to us", "until it rained."])
    wording = Wording(np.unique(keys_of(["However"]).keys), np.full(len(np.unique(keys_of(["However"]).keys)), SCALE))
    found = rows_by_wording(rows, np.array([0, 1]), wording)
    assert found[0, 0] > 0
    assert not found[:, 1].any()
    assert opening("  " + "word " * 20) == ("word " * 10).strip()


# --- the texts for training


@pytest.mark.parametrize("seed", range(40))
def test_broken_texts_have_the_words_of_their_blocks(seed: int) -> None:
    blocks = [ENGLISH, "A title", SECOND, ["One line", "that stands"]]
    text = broken(blocks, random.Random(seed))
    rows, held = [], []
    for row, end in zip(text.rows, text.ends, strict=True):
        held.append(row)
        if end:
            rows.append("".join("".join(held).replace("-", "").split()))
            held = []
    given = [ENGLISH, "A title", SECOND, "One line", "that stands"]
    assert [row for row in rows if row] == ["".join(text.replace("-", "").split()) for text in given]


@pytest.mark.parametrize("make", STANDING)
def test_lines_that_stand_are_drawn_from_any_words(make: Callable[[list[str], random.Random], list[str]]) -> None:
    for seed in range(20):
        for some in (ENGLISH.split(), ["word"]):
            assert all("\n" not in line for line in make(some, random.Random(seed)))


def test_drawn_texts_are_the_same_each_time() -> None:
    made = [drawn([ENGLISH, "A title", SECOND, "One more"], lambda lines, _: lines, random.Random(7)) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0].rows) == len(made[0].ends)
