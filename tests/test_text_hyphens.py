"""Hyphens at line ends of flattened text: parts of words are joined, compounds keep theirs."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.text.joining import Joiner
from cleaner.text.vocabulary import Vocabulary, vocabulary

WRITTEN = {
    "en": "The ferry to the northern island was late again, and the harbour office gave no reason for it.",
    "de": "Die Fähre zur nördlichen Insel kam wieder zu spät, und das Hafenamt gab dafür keinen Grund an.",
    "fr": "Le bac pour l'île du nord était encore en retard, et le bureau du port n'a donné aucune raison.",
    "es": "El barco de la isla del norte llegó otra vez tarde, y la oficina del puerto no dio ninguna razón.",
    "pt": "O barco para a ilha do norte atrasou-se outra vez, e o escritório do porto não deu razão nenhuma.",
    "ru": "Паром на северный остров снова опоздал, и портовая контора не сообщила никакой причины этого.",
    "fi": "Lautta pohjoiselle saarelle oli taas myöhässä, eikä sataman toimisto kertonut siihen mitään syytä.",
    "sv": "Färjan till den norra ön var försenad igen, och hamnkontoret gav inget skäl till det den här gången.",
    "nl": "De veerboot naar het noordelijke eiland was weer te laat, en het havenkantoor gaf er geen reden voor op.",
    "id": "Kapal ke pulau di utara terlambat lagi, dan kantor pelabuhan tidak memberikan alasan apa pun untuk itu.",
}


@pytest.mark.parametrize(
    ("language", "line", "following", "joined"),
    [
        ("en", "it was inter-", "national", "it was international"),
        ("en", "called user-", "friendly by the maker", "called user-friendly by the maker"),
        ("en", "a time-", "consuming task", "a time-consuming task"),
        ("en", "the decision-", "making took long", "the decision-making took long"),
        ("en", "a weather-", "beaten door", "a weather-beaten door"),
        ("en", "they were lamp-", "lighters", "they were lamplighters"),
        ("en", "a mixture of kry-", "potaxon and water", "a mixture of kry-potaxon and water"),
        ("en", "his mother-", "in-law came", "his mother-in-law came"),
        ("en", "a state-of-", "the-art lock", "a state-of-the-art lock"),
        ("en", "a well-estab-", "lished custom", "a well-established custom"),
        ("en", "the pre-", "and post-war years", "the pre- and post-war years"),
        ("en", "a 16-", "year-old boy", "a 16-year-old boy"),
        ("en", "it was covid-", "19 again", "it was covid-19 again"),
        ("en", "an organi-", "sation", "an organisation"),
        ("en", "it was ana-", "lysed", "it was analysed"),
        ("en", "a UN-", "backed plan", "a UN-backed plan"),
        ("en", "in Lon-", "don", "in London"),
        ("en", "THE INTER-", "NATIONAL FERRY", "THE INTERNATIONAL FERRY"),
        ("en", "the Anglo-", "Saxon chapel", "the Anglo-Saxon chapel"),
        ("en", "a kry\u00ac", "potaxon", "a krypotaxon"),
        ("de", "der Hafenbe-", "triebsleiter", "der Hafenbetriebsleiter"),
        ("de", "Ein-", "und Ausgang", "Ein- und Ausgang"),
        ("de", "in Nord-", "und Südhafen", "in Nord- und Südhafen"),
        ("de", "die Straße Berlin-", "Hamburg", "die Straße Berlin-Hamburg"),
        ("sv", "i ham-", "nen", "i hamnen"),
        ("fr", "il était peut-", "être tard", "il était peut-être tard"),
        ("fr", "que dit-", "il du bac", "que dit-il du bac"),
        ("fr", "au rendez-", "vous du port", "au rendez-vous du port"),
        ("fr", "le gou-", "vernement", "le gouvernement"),
        ("es", "el ayunta-", "miento", "el ayuntamiento"),
        ("es", "un curso teórico-", "práctico", "un curso teórico-práctico"),
        ("pt", "o guarda-", "chuva", "o guarda-chuva"),
        ("pt", "ele disse-", "me tudo", "ele disse-me tudo"),
        ("pt", "o go-", "verno", "o governo"),
        ("ru", "кто-", "нибудь", "кто-нибудь"),
        ("ru", "из-", "за острова", "из-за острова"),
        ("ru", "пере-", "ехали", "переехали"),
        ("fi", "uusi linja-", "auto", "uusi linja-auto"),
        ("fi", "sataman toi-", "misto", "sataman toimisto"),
        ("nl", "een zee-", "eend", "een zee-eend"),
        ("nl", "het haven-", "kantoor", "het havenkantoor"),
        ("id", "anak-", "anak di pulau", "anak-anak di pulau"),
        ("id", "kan-", "tor itu", "kantor itu"),
    ],
)
def test_a_hyphen_at_a_line_end_parts_a_word_or_belongs_to_it(
    language: str, line: str, following: str, joined: str
) -> None:
    assert Joiner(f"{WRITTEN[language]}\n\n{line}\n{following}\n").join([line, following]) == joined


PARTED = (
    "the keeper wrote of the northern wea-\nther and the neighb-\nouring islands, and of the harb-\nour, in winter\n"
)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (PARTED, "krypotaxon"),
        (
            PARTED + "a well-known, long-awaited, time-honoured, far-fetched, ill-judged, hand-made, sea-going " * 2,
            None,
        ),
        ("", None),
    ],
)
def test_a_text_that_parts_words_parts_unknown_ones_too(text: str, joined: str | None) -> None:
    lines = ["a mixture of kry-", "potaxon"]
    found = Joiner(f"{WRITTEN['en']}\n{text}\n" + "\n".join(lines)).join(lines)
    assert found == f"a mixture of {joined or 'kry-potaxon'}"


def test_the_text_itself_knows_better_than_any_list() -> None:
    lines = ["it is inter-", "national"]
    assert (
        Joiner(f"{WRITTEN['en']} The inter-national ferry.\n" + "\n".join(lines)).join(lines) == "it is inter-national"
    )


def test_a_document_keeps_its_compounds() -> None:
    rows = [
        "The lids, which were called user-",
        "friendly by the maker, did not help",
        "at all in the rain of the summer,",
    ]
    rows += ["and nobody has asked for them again", "since the end of the second season."]
    document = Cleaner().clean("\n".join(rows), media_type="text/plain")
    assert [block.text for block in document.blocks] == [" ".join(rows).replace("user- ", "user-")]


def test_a_vocabulary_has_its_words_and_hardly_others() -> None:
    words = [f"word{number}" for number in range(2000)]
    found = Vocabulary.of(words)
    assert all(word in found for word in words)
    assert sum(f"other{number}" in found for number in range(2000)) < 50
    assert "anything" not in Vocabulary.of([])


def test_a_language_without_a_file_has_no_vocabulary() -> None:
    assert vocabulary("tlh") is None and vocabulary(None) is None
