"""Lines that stay lines in flattened text: stanzas and couplets; and the speeches of plays, each a block."""

from __future__ import annotations

import textwrap

import pytest

from cleaner import Cleaner
from cleaner.text.speech import speeches_in
from cleaner.text.verse import stanzas_in

SENTENCES = [
    "The keeper of the light lived alone with two goats, and whoever landed on the rock was given milk and bad advice.",
    "He had been a tailor once, and he still sewed for the fishermen, who paid him with oil, candles and old newspapers.",
    "In the winter of the long frost nobody came for eleven weeks, so that he began to write verses on the white walls.",
]
PROSE = textwrap.fill(" ".join(SENTENCES), 72)
WIDE = " ".join(SENTENCES)
VERSES = {
    "a couplet that is set in": "    The lamp is lit, the door is barred,\n    the winter night is long and hard.",
    "a couplet without punctuation at its first line": "    Who sews a coat for winter days\n    will wear it in a hundred ways.",
    "a couplet at the margin": "Who sews a coat for winter days\nwill wear it in a hundred ways.",
    "lines as long as one another": (
        "The lamp is lit, the keeper bars the door,\nAnd white the water runs along the shore,\n"
        "The goats are fed, the candle stands alone,\nAnd no one hears the singing of the stone."
    ),
    "long lines": (
        "The lamp is lit, the keeper bars the door against the northern gale,\n"
        "And all the goats are in the kitchen now, the kid is in the pail,\n"
        "The fishermen have gone to bed, and so has everyone who may,\n"
        "But he will sit and sew a coat until the breaking of the day."
    ),
    "lines in steps": (
        "    The lamp is lit, the door is barred,\n      And white the water,\n"
        "    The frost upon the stone is hard,\n      And so is laughter."
    ),
    "small letters, set in": "    The lamp is lit\n    and nobody has come to see it\n    but the goats in the yard",
    "small letters at the margin": "The lamp is lit\nand nobody has come,\nnot even the goats\nfrom their warm yard.",
    "nouns with capitals": (
        "Die Lampe brennt, die Tür ist zu,\nEs schneit auf Fels und Meer,\nDie Ziegen geben keine Ruh,\nUnd niemand kommt hierher."
    ),
    "a motto": "        Whoever sews for fishermen\n        must know the wind.\n                 -- a tailor",
    "letters without case": "הנר דולק והדלת סגורה,\nהשלג יורד על הסלע,\nהעזים ישנות בחצר,\nואיש לא בא.",
}


@pytest.mark.parametrize("verse", VERSES.values(), ids=VERSES)
@pytest.mark.parametrize("around", [PROSE, WIDE])
def test_verse_keeps_its_lines(verse: str, around: str) -> None:
    document = Cleaner().clean(f"{around}\n\n{verse}\n\n{around}\n", media_type="text/plain")
    lines = "\n".join(" ".join(line.split()) for line in verse.splitlines())
    assert document.blocks[1].text == lines
    assert lines.replace("\n", "\\\n").split("\\\n")[0] + "\\\n" in document.to_markdown()


@pytest.mark.parametrize(
    "lines",
    [
        textwrap.wrap(WIDE, 60),
        textwrap.wrap(WIDE, 50),
        textwrap.wrap(WIDE, 60, initial_indent="        ", subsequent_indent="        "),
        ["He had been a tailor once, and he still sewed for the", "fishermen of the island, who paid him with oil,", "candles and old", "newspapers from the mainland, which he read."],
        ["a bag of flour", "two eggs", "a pinch of salt"],
        ["Opening hours", "Monday to Friday", "Ten to four"],
        ["The Keeper of the Light", "A Report"],
        ["How Do I Sew a Coat for", "the Winter?"],
        ["Dear Anna", "thank you for the coat"],
    ],
)  # fmt: skip
def test_other_lines_are_no_verse(lines: list[str]) -> None:
    rows = [*PROSE.splitlines(), "", *lines, "", *PROSE.splitlines()]
    assert not list(stanzas_in(rows))


PLAY = [
    f"KEEPER. {SENTENCES[0]}",
    "FISHERMAN. Then give me milk, and keep the rest.",
    f"KEEPER. {SENTENCES[1]}",
    "FISHERMAN. I have no candles.",
    f"KEEPER. {SENTENCES[2]}",
]


@pytest.mark.parametrize(
    "form", [str, lambda text: text.replace("KEEPER.", "Keeper:").replace("FISHERMAN.", "Fisherman:")]
)
def test_each_speech_is_a_block(form: type[str]) -> None:
    speeches = [form(speech) for speech in PLAY]
    text = "\n".join(textwrap.fill(speech, 72) for speech in speeches)
    document = Cleaner(extractor="none").clean(f"{PROSE}\n\n{text}\n", media_type="text/plain")
    assert [block.text for block in document.blocks] == [" ".join(SENTENCES), *speeches]


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        (["KEEPER.", "Who calls?", "BOY.", "A boat.", "KEEPER.", "At night?", "BOY.", "At night."], [*range(8)]),
        (["KEEPER (within). Who calls?", "BOY. A boat.", "KEEPER. At night?", "BOY. At", "night."], [0, 1, 2, 3]),
        (["<ann> no: yes", "ann: who calls?", "ben: a boat!", "ann: at night?", "ben: at night."], [1, 2, 3, 4]),
        (["Keeper: who calls?", "Boy: a boat."], []),
        (["It was in the year", "BC. Nobody knew", "it then, not in", "BC. Not in the", "AD. Years of", "AD. Now"], []),
    ],
)
def test_what_begins_a_speech(lines: list[str], begins: list[int]) -> None:
    assert sorted(speeches_in(lines)) == begins
