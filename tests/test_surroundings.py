"""Keys for authors of rule lists: companions, misspelt texts, texts that recur, heads of the next block, markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, load_rules

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
    ],
)
def test_with_companions(tmp_path: Path, line: str, goes: bool) -> None:
    match = "{text: [Advert, Paid advert], with_companions: [continue below, skip, of]}"
    assert removed(tmp_path, match, f"<p>{line}</p>", "text/html") == [line] * goes


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
    match = "{misspelt: true, text: [Publicidad, Artikel wird nach der Anzeige fortgesetzt, Anunci, Share article, 관련 기사, スポンサーリンク]}"
    assert removed(tmp_path, match, f"<p>{line}</p>", "text/html") == [line] * goes


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


def test_from_markup(tmp_path: Path) -> None:
    for wanted, media_type, data in [
        ("true", "text/html", "<h2>Note</h2>"),
        ("true", "text/markdown", "## Note\n\nAll of it."),
        ("false", "text/plain", f"Note\n\n{P[0]}"),
    ]:
        assert removed(tmp_path, f"{{text: Note, from_markup: {wanted}}}", data, media_type) == ["Note"]
        other = "false" if wanted == "true" else "true"
        assert removed(tmp_path, f"{{text: Note, from_markup: {other}}}", data, media_type) == []


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
    page = "".join(f"<p>{text}</p>" for text in [P[0], "Note", P[1], "Note", P[2], "Note", P[3]])
    found = removed(tmp_path, f"{{text: Note, {key}}}", page, "text/html")
    assert found == removed(tmp_path, f"{{text: Note, {former}}}", page, "text/html") != []


@pytest.mark.parametrize(
    ("pattern", "line", "goes"),
    [
        ("^(story|article) continues below$", "— ARTICLE CONTINUES BELOW ↓", True),
        ("^(story|article) continues below$", "Story  continues\u00a0below", True),
        ("^(story|article) continues below$", "The story continues below", False),
        ("continues below", "The story continues below the waterline", True),
        (r"^ad \d+ of \d+$", "Ad 1 of 3", True),
        (r"^stra\w+ gesperrt$", "STRASSE GESPERRT!", True),
        ("^advert$", "__Advert__ _", True),
        ("^read more$", "_Read_ more", True),
        ("^read more$", "read_more", False),
        ("^ﬁ", "ﬁne", False),  # folding takes ligatures apart
    ],
)
def test_words_are_patterns_for_folded_text(tmp_path: Path, pattern: str, line: str, goes: bool) -> None:
    assert (
        removed(tmp_path, f"{{words: '{pattern}'}}", f"<p>{line}</p>", "text/html")
        == [line.replace("\u00a0", " ").replace("  ", " ")] * goes
    )


def test_words_go_with_other_conditions(tmp_path: Path) -> None:
    page = f"<p>{P[0]}</p><h2>Ferry news</h2><p>Ferry news</p><p>Ferry <a>news</a> and nothing of any weight</p>"
    assert removed(tmp_path, "{words: '^ferry', kind: paragraph, max_words: 3}", page, "text/html") == ["Ferry news"]
    assert removed(tmp_path, "{words: '^news$', css: a}", page, "text/html") == ["news"]
