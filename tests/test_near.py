"""Near matches: texts with wrong letters in them, and texts that stand together with companions."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, load_rules
from cleaner.matching.near import is_composed, is_misspelt, is_within, max_wrong_letters


def removed(tmp_path: Path, match: str, line: str) -> list[str]:
    path = tmp_path / "own.yaml"
    path.write_text(f"rules:\n- drop: {match}\n", "utf-8")
    document = Cleaner(load_rules(path, shipped=False), extractor="none").clean(f"<p>{line}</p>")
    return [removal.text for removal in document.removed]


@pytest.mark.parametrize(
    ("text", "term", "edits"),
    [
        ("advert", "advert", 0),
        ("advrt", "advert", 1),
        ("advverrt", "advert", 2),
        ("adwert", "advert", 1),
        ("avdert", "advert", 1),  # two swapped
        ("avdret", "advert", 2),
        ("", "ad", 2),
        ("tidings", "advert", 6),
    ],
)
def test_how_many_edits_a_text_is_away(text: str, term: str, edits: int) -> None:
    assert is_within(text, term, edits)
    assert not edits or not is_within(text, term, edits - 1)


LIKE = [
    ("{like: advert}", "Adverd", True),
    ("{like: advert}", "Bdvert", True),
    ("{like: advert}", "Dvert", True),
    ("{like: advert}", "Adver", True),
    ("{like: advert}", "An advert", False),
    ("{like: advert}", "Adv e rt", False),
    ("{like: advert, edits: 0}", "Advert!", True),
    ("{like: advert, edits: 0}", "Adverd", False),
    ("{like: advert, edits: 2}", "Bdverd", True),  # neither end is right
    ("{like: advert, edits: 2}", "Bdwerd", False),
    ("{like: advert, edits: 3}", "Bdwerd", True),
    ("{like: advert, edits: 3}", "Adv", True),
    ("{like: advert, edits: 3}", "Advertised", False),
    ("{like: ad}", "da", True),
    ("{like: ad}", "a", True),
    ("{like: ad}", "x", False),
    ("{like: ads}", "sda", False),
    ("{like: [ads, tidings]}", "Tiding", True),
    ("{like: Ads & tidings}", "Ads: tidings", True),  # compared folded
    (f"{{like: {'tide ' * 16}}}", "tide " * 15 + "tidf", True),
    (f"{{like: {'tide ' * 16}}}", "tide " * 15 + "tidf!", True),  # of 80 characters
    (f"{{like: {'tide ' * 16}}}", "tide " * 15 + "tidf!!", False),  # of 81
]


@pytest.mark.parametrize(("match", "line", "goes"), LIKE)
def test_like(tmp_path: Path, match: str, line: str, goes: bool) -> None:
    assert bool(removed(tmp_path, match, line)) is goes


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        ("a" * 8, 0),
        ("a" * 9, 1),
        ("a" * 17, 1),
        ("a" * 18, 2),
        ("a" * 80, 2),
        ("a" * 81, 0),
        ("aaaa aaaa", 0),  # a space is no letter
        ("aaaaa aaaa", 1),
        ("関連記事", 0),
        ("関連記事名", 1),  # an ideograph is two
        ("広告を閉じる方法だ", 2),
    ],
)
def test_how_many_letters_of_a_text_may_be_wrong(term: str, wrong: int) -> None:
    assert max_wrong_letters(term) == wrong


@pytest.mark.parametrize(
    ("text", "term", "wrong", "is_it"),
    [
        # In a text of 18 letters any may be wrong.
        ("xontinue reading below", "continue reading below", 2, True),
        ("continue reading belox", "continue reading below", 2, True),
        ("xontinue reading belox", "continue reading below", 2, True),
        ("xontinue weading belox", "continue reading below", 2, False),
        ("xhare this with us now", "share this with us now", 2, True),  # of 18
        ("xhare this with us no", "share this with us no", 1, False),  # of 17
        # In a shorter one a letter in the middle of a word of 8.
        ("newsletter sign up", "newsletter sign up", 1, True),
        ("newzletter sign up", "newsletter sign up", 1, True),
        ("nxwsletter", "newsletter", 1, True),
        ("xewsletter", "newsletter", 1, False),
        ("newslettxr", "newsletter", 1, False),
        ("newslettex", "newsletter", 1, False),
        ("newsletxer", "newsletter", 1, True),
        ("newsletter sigm up", "newsletter sign up", 1, False),
        ("advxrts below", "adverts below", 1, False),
        ("advexising", "advertising", 1, False),  # more than one
        ("abcdxfgh ok", "abcdefgh ok", 1, True),
        ("abcxefg okay", "abcdefg okay", 1, False),  # of 7
        # Or the space between two words.
        ("sharearticle", "share article", 1, True),
        ("news letter", "newsletter", 1, True),
        ("sharexarticle", "share article", 1, False),
    ],
)
def test_which_letters_of_a_text_may_be_wrong(text: str, term: str, wrong: int, is_it: bool) -> None:
    assert is_misspelt(text, term, wrong) is is_it


LABELS = "[Publicidad, Artikel wird nach der Anzeige fortgesetzt, Anunci, Share article, 관련 기사, スポンサーリンク]"


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Publicidad", True),
        ("publiciddad", True),
        ("PUBLCIIDAD", True),
        ("Publicidda", False),  # other forms of a word differ at its end
        ("Publcidad", True),
        ("Publicidades", False),
        ("Pulbicidas", False),
        ("Artikel wird nach der Anzeige fortgesetzt", True),
        ("Artikel wird nach der Anzeige fortgestezt", True),
        ("Artikelwird nach der Anzeige fortgesetzt", True),
        ("Artikel wird nach dre Anzege fortgesetzt", True),
        ("Artikell wird nach dre Anzege fortgesetzt", False),
        ("Share article", True),
        ("Share artilce", False),  # neither word is long
        ("Sharearticle", True),
        ("Shame articles", False),
        ("Spare article", False),  # another short word
        ("관련 기사", True),
        ("관련 기술", False),
        ("Anunci", True),
        ("Anuncio", False),
        ("スポンサーリンク", True),
        ("スポンサリンク", True),
        ("スポンサ", False),
    ],
)
def test_misspelt(tmp_path: Path, line: str, goes: bool) -> None:
    assert removed(tmp_path, f"{{misspelt: true, text: {LABELS}}}", line) == [line] * goes
    assert removed(tmp_path, f"{{text: {LABELS}}}", line) == [line] * (
        line.casefold() in LABELS.casefold().strip("[]").split(", ")
    )


TERMS, COMPANIONS = frozenset({"advert", "paid advert"}), frozenset({"skip", "continue below", "of"})


@pytest.mark.parametrize(
    ("folded", "is_it"),
    [
        ("advert", True),
        ("paid advert", True),
        ("advert advert", True),
        ("skip advert", True),
        ("advert skip", True),
        ("skip advert skip continue below", True),
        ("paid advert continue below", True),
        ("advert 1 of 123", True),
        ("1 advert", True),
        ("advert ٣", True),
        ("skip", False),
        ("1 of 2", False),
        ("continue advert", False),  # half of a companion
        ("paid skip advert", False),
        ("advert 1234", False),
        ("advert 1a", False),
        ("advert ½", False),
        ("advert soap", False),
        ("soap advert", False),
        ("", False),
        (" ".join(["skip"] * 15 + ["advert"]), True),  # of 16 words
        (" ".join(["skip"] * 16 + ["advert"]), False),  # of 17
    ],
)
def test_which_texts_are_put_together(folded: str, is_it: bool) -> None:
    assert is_composed(folded, TERMS, COMPANIONS) is is_it


def test_a_companion_in_a_term_is_a_part_of_the_term() -> None:
    assert is_composed("skip 3", frozenset({"skip 3"}), frozenset({"skip"}))


def test_without_companions_nothing_is_put_together() -> None:
    assert not is_composed("advert 3", TERMS, frozenset())


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Advert", True),
        ("ADVERT - CONTINUE BELOW", True),
        ("Skip | Advert", True),
        ("Advert 3/5", True),
        ("Advert 1 of 2 (0:15)", True),
        ("Advert Advert", True),
        ("Advert of 1914", False),
        ("Advert of soap", False),
        ("Skip", False),
        ("3/5", False),
        ("Advertorial", False),
        ("Continue below - " * 7 + "Paid advert", True),  # of 16 words
        ("Continue below - " * 7 + "Paid advert 1", False),  # of 17
    ],
)
def test_with_companions(tmp_path: Path, line: str, goes: bool) -> None:
    match = "{text: [Advert, Paid advert], with_companions: [continue below, skip, of]}"
    assert removed(tmp_path, match, line) == [line] * goes


@pytest.mark.parametrize(
    "line", ["Advertisement", "ADVERTISEMENT - CONTINUE READING BELOW", "Anzeige | Weiterlesen", "Advertisement 3 of 5"]
)
def test_with_companions_as_documented(tmp_path: Path, line: str) -> None:
    match = "{text: [Advertisement, Anzeige], with_companions: [continue reading below, weiterlesen, of]}"
    assert removed(tmp_path, match, line) == [line]


def test_companions_of_misspelt_texts(tmp_path: Path) -> None:
    match = "{text: Publicidad, misspelt: true, with_companions: [skip]}"
    assert removed(tmp_path, match, "Publiciddad") == ["Publiciddad"]
    assert removed(tmp_path, match, "Skip Publicidad") == ["Skip Publicidad"]
    assert removed(tmp_path, match, "Skip Publiciddad") == []
