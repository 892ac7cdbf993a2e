"""What stands around a block: texts that recur irregularly, and heads of the next block."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, load_rules
from cleaner.document import BlockKind
from cleaner.matching.surroundings import irregular_recurrences, takes_up
from cleaner.normalize import fold
from cleaner.page.candidate import Candidate

P = [
    "The bridge was closed for repairs in the spring, and the ferry took all the traffic of the town.",
    "It opened again in June, two months later than the council had promised to the whole town.",
    "Nobody wants to say who pays for the delay, and the builder has gone home for the summer.",
    "In the end the bill will come to those who live on the island, as it has always done before.",
]
AMONG_OTHERS = [
    *(P[0], "Klarix", P[1], "Pro", "- one", "Klarix", "- two", "Con", "- one", P[2], "Short", "Klarix", P[3], P[0]),
    *("Pro", "- one", "Con", "- two", P[1], P[3], "Klarix", "- two", P[2]),
]
"""Where others come back too."""
REPEATS = "{recurs_irregularly: 3, kind: paragraph, unless: [Answer]}"


def removed(tmp_path: Path, match: str, data: str, media_type: str = "text/plain") -> list[str]:
    path = tmp_path / "own.yaml"
    path.write_text(f"rules:\n- drop: {match}\n", "utf-8")
    document = Cleaner(load_rules(path, shipped=False), extractor="none").clean(data, media_type=media_type)
    assert document.warnings == ()
    return [removal.text for removal in document.removed]


@pytest.mark.parametrize(
    ("blocks", "goes"),
    [
        ([P[0], "Klarix", P[1], "Klarix", P[2], "Klarix", P[3]], True),
        (["Title", P[0], "Klarix", "Why", P[1], "Klarix", P[2], "How", P[3], "Klarix"], True),
        # Alone, at uneven distances, and not always among the same.
        (
            ["- one", "Klarix", "- two", P[0], P[1], P[2], "Klarix", P[3], P[0], P[1], P[2], P[3], "- one", "Klarix"],
            True,
        ),
        # Others come back, and may be what it belongs to.
        (AMONG_OTHERS, False),
        # As far apart as the parts of a pattern.
        (["Snacks", "- one", "- two", P[0], "Snacks", "- one", "- two", P[1], "Snacks", "- one", "- two", P[2]], False),
        ([P[0], "Klarix", P[1], "Klarix", P[2]], False),
        ([P[0], "Answer", P[1], "Answer", P[2], "Answer", P[3]], False),
        ([P[0], "Anna", P[1], "Bert", P[2], "Anna", P[3], "Bert", P[0], "Anna", P[1], "Bert", P[2]], False),
        ([P[0], "Anna:", P[1], "Anna:", P[2], "Anna:", P[3]], False),
        (["One", P[0], "Verdict", P[1], "Two", P[2], "Verdict", P[3], "Three", P[0], "Verdict", P[1]], False),
        (["Row row", "the boat", "Gently", "Row row", "the boat", "and on", "Row row", "the boat"], False),
        ([P[0], "He said no.", P[1], "He said no.", P[2], "He said no.", P[3]], False),
    ],
    ids=lambda value: " ".join(text[:9] for text in value[:4]) if isinstance(value, list) else None,
)
def test_recurs_irregularly(tmp_path: Path, blocks: list[str], goes: bool) -> None:
    assert bool(removed(tmp_path, REPEATS, "\n\n".join(blocks))) is goes


@pytest.mark.parametrize(
    ("heading", "following", "heads"),
    [
        ("Advertising", "Advertising pays for the paper, and always has.", True),
        ("Advertisement", "An advertisement is a notice that somebody pays for.", True),
        ("Werbung", "Im Fernsehen ist die Tabakwerbung seit Jahren verboten.", True),
        ("Реклама", "Первая реклама мыла появилась в городе весной.", True),
        ("إعلان", "صدر الإعلان الأول في المدينة قبل مئة عام.", True),
        ("広告", "新聞の広告は、百年前にこの町で始まったとされる。", True),
        ("Advertising", "The bridge was closed for repairs in the spring.", False),
        ("Ad", "Made of wood, the bridge was closed for repairs in the spring.", False),
        ("広告", "橋は春に修理のために閉鎖され、六月に再び開通した。", False),
    ],
)
def test_heads_next(tmp_path: Path, heading: str, following: str, heads: bool) -> None:
    for wanted in (True, False):
        match = f"{{text: {heading}, heads_next: {str(wanted).lower()}}}"
        assert removed(tmp_path, match, f"{heading}\n\n{following}") == [heading] * (wanted == heads)
    twice = f"{heading}\n\n{following}\n\n{heading}\n\n{P[0]}"
    assert removed(tmp_path, f"{{text: {heading}, heads_next: true}}", twice) == []


KINDS: dict[str, BlockKind] = {"H": "heading", "k": "heading", "L": "list_item", "l": "list_item", "C": "code"}


def prose(number: int) -> str:
    """A text of 80 bytes and many words, of which there is one on a page."""
    return f"{number:02}" + " ab" * 26


def recurring(page: str, label: str = "Klarix") -> dict[str, int]:
    """What recurs irregularly on a page of K, the label, or k, the same taken for a heading; P, prose; s, a short paragraph that is the only one of its
    words; L and l, prose and short items of a list; H, a heading; C, code; X, another text that comes back."""
    blocks = []
    for number, letter in enumerate(page.split()):
        text = {"K": label, "X": "Other", "*": "***"}.get(
            letter, prose(number) if letter in "PLC" else f"Short {number}"
        )
        blocks.append(Candidate(KINDS.get(letter, "paragraph"), text, element=-1 if letter == "k" else number))
    return irregular_recurrences(blocks, lambda number: fold(blocks[number].text))


@pytest.mark.parametrize(
    ("page", "times"),
    [
        # Between prose, and twice under one heading or before one.
        ("P K P K P", 2),
        ("P K P K P K P", 3),
        ("P K H P H K P", 2),
        ("P K H s H K s", 2),
        ("L K L K L", 2),
        ("K P K P", 2),
        ("H P K P H P K P", 0),  # once under each
        ("H P K P K P H P K P", 3),
        ("s K s K s", 0),
        ("P K s K P", 0),
        ("s K P K s", 0),
        ("C K C K C", 0),
        ("l K l K l", 0),
        ("K P K", 0),
        ("P K", 0),
        ("P K P", 0),
        ("P K P s P K H P", 2),
        ("P K P H s K H", 2),
        ("K P s K s P", 0),
        ("P k P k P", 0),  # headings are in their place
        # Several in a row are one.
        ("P K K P", 0),
        ("P K K P K P", 2),
        # It is the only one that comes back.
        ("P X P K P X P K P", 0),
        ("P K P * P K P * P", 2),  # what has no words does not come back
        # At uneven distances, with four sorts of blocks before and after it.
        ("s K P P K s s K P", 0),
        ("s K P P K s s s K P", 0),
        ("s K P P K s s s s K P", 3),
        ("s K P K s s K P", 0),  # as far as 2 is from 3
        ("s K s P K s s s s K s", 0),  # three sorts
        ("l K P s K H s s s K s", 3),
        ("H K P s K s s s s K s", 3),
        ("l K P s K s s s s K s", 3),
        ("P K l L K s s s P K s", 0),  # prose is one sort
        ("s K l P K l s s s K", 0),  # the last has nothing after it
        ("K l P K l s s s K l H", 0),  # the first has nothing before it
    ],
)
def test_what_recurs_irregularly(page: str, times: int) -> None:
    assert recurring(page) == ({"klarix": times} if times else {})


@pytest.mark.parametrize(
    ("label", "may"),
    [
        ("one two three four five six seven eight", True),
        ("one two three four five six seven eight nine", False),
        ("Klarix -", True),
        *((f"Klarix{end}", False) for end in ".!?:;,…。！？：；，、।؟"),
    ],
)
def test_what_is_short_and_does_not_end_like_a_sentence(label: str, may: bool) -> None:
    assert bool(recurring("P K P K P", label)) is may


@pytest.mark.parametrize(
    ("kind", "element", "may"),
    [
        ("paragraph", 1, True),
        ("paragraph", -1, True),
        ("heading", -1, True),  # a line that has been taken for one
        ("heading", 0, False),
        ("list_item", 1, False),
        ("code", 1, False),
    ],
)
def test_which_kinds_of_blocks_may_recur(kind: BlockKind, element: int, may: bool) -> None:
    blocks = [Candidate(kind, "Klarix", element=element) for _ in range(10)]
    for place, letter in enumerate("s.PP.ssss.P"):
        if letter != ".":
            blocks.insert(place, Candidate("paragraph", prose(place) if letter == "P" else f"Short {place}"))
    assert bool(irregular_recurrences(blocks[:11], lambda number: fold(blocks[number].text))) is may


@pytest.mark.parametrize(
    ("text", "is_prose"),
    [
        (prose(0), True),
        (prose(0)[1:], False),
        ("橋 " * 20, True),
        ("橋 " * 19 + "橋", False),
        ("\ud800 " * 40, True),
    ],
    ids=["80 bytes", "79 bytes", "80 bytes of wide letters", "79 bytes of wide letters", "lone surrogates"],
)
def test_prose_has_80_bytes(text: str, is_prose: bool) -> None:
    texts = [text, "Klarix", prose(1), "Klarix", text]
    blocks = [Candidate("paragraph", text) for text in texts]
    assert bool(irregular_recurrences(blocks, lambda number: fold(texts[number]))) is is_prose


@pytest.mark.parametrize(
    ("following", "text", "does"),
    [
        ("advertising pays for the paper", "advertising", True),
        ("the paper lives on advertising", "advertising", True),
        ("the paper lives", "advertising", False),
        ("the paper lives", "", False),
        ("", "advertising", False),
        ("ferry and harbour news", "harbour ferry", True),  # all of its words, in any order
        ("ferry news", "harbour ferry", False),
        # Among the first 8 words, in the first 60 characters.
        ("a b c d e f g ferry", "ferry", True),
        ("a b c d e f g h ferry", "ferry", False),
        (f"{'a' * 54} ferry", "ferry", True),
        (f"{'a' * 56} ferry", "ferry", False),
        # In another of its forms.
        ("the ferries left", "ferry", True),
        ("the fern", "ferry", False),
        ("the advertised price", "advertising", True),
        ("die tabakwerbung ist verboten", "werbung", True),
        ("the renewal of news", "news", True),
        ("the renewal", "news", False),  # a short word begins the other
        ("the newest", "news", True),
        ("he was made to", "ad", False),
        ("all ads", "ad", True),
        ("新聞の広告は百年前", "広告", True),
        ("新聞の橋は百年前", "広告", False),
    ],
)
def test_what_takes_words_up(following: str, text: str, does: bool) -> None:
    assert takes_up(following, text) is does


# --- links under a label


def link(text: str, href: str = "/x") -> str:
    return f"<a href='{href}'>{text}</a>"


ONE, TWO = f"<p>{link('One')}</p>", f"<p>{link('Two')}</p>"


@pytest.mark.parametrize(
    ("below", "links"),
    [
        (f"<ul><li>{link('One')}<li>{link('Two')}</ul><p>{P[0]}</p>{ONE}", ["One", "Two"]),
        (f"{ONE}<h2>Next</h2>{TWO}", ["One"]),
        (f"<p>{P[0]}</p>{ONE}", []),
        (f"<p>{link('Here', '#part')}</p>{ONE}", ["Here", "One"]),
        (f"<ul><li>{link('Here', '#part')}</ul>{ONE}", []),
        (f"<p>See {link('One')} and the others.</p>", []),
        (f"<p>{link('word ' * 60)}</p>", []),
        # pictures and short lines between two links
        (f"<img src=/a.png><p>12 May</p>{ONE}<p>Sports</p>{TWO}<p>Sports</p>", ["12 May", "One", "Sports", "Two"]),
        (f"<p>a</p><p>b</p><p>c</p>{ONE}", []),
        (f"<p>It ends.</p>{ONE}", []),
        # headings are links of a list only if all of it is
        (f"<h4>{link('One')}</h4><h4>{link('Two')}</h4><h3>{link('Next')}</h3>", ["One", "Two"]),
        (f"{ONE}<h4>{link('Next')}</h4>", ["One"]),
        # a page of links
        (ONE * 15, ["One"] * 15),
        (ONE * 16, []),
        ("", []),
    ],
)
def test_links_under_a_label(tmp_path: Path, below: str, links: list[str]) -> None:
    page = f"<p>{P[1]}</p><h3>Label</h3>{below}"
    gone = removed(tmp_path, "{text: Label, takes_links: true}", page, "text/html")
    assert gone == ["Label", *links]
    heads = removed(tmp_path, "{text: Label, heads_links: true}", page, "text/html")
    assert heads == (["Label"] if links else [])
    assert removed(tmp_path, "{text: Label, heads_links: false}", page, "text/html") == ([] if links else ["Label"])


def test_a_label_that_stays_takes_no_links(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "rules:\n- keep: {css: h3}\n- drop: {css: section, text: Label, takes_links: true}\n- keep: Label\n", "utf-8"
    )
    cleaner = Cleaner(load_rules(tmp_path / "own.yaml", shipped=False), extractor="none")
    document = cleaner.clean(f"<section><h3>Label</h3>{ONE}</section>")
    assert document.removed == ()


def test_links_that_the_extractor_has_left_under_a_label_go_too(tmp_path: Path) -> None:
    page = f"<h3>Label</h3><p>{P[0]}</p><p>Two</p>{ONE}"
    match = "[{text: Label, heads_links: true, takes_links: true}, {text: [Two]}]"
    assert removed(tmp_path, match, page.replace(P[0], "Two"), "text/html") == ["Label", "Two", "Two", "One"]
