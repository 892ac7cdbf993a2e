"""The rules under `rules/`: each is tested both ways, spares what looks like it, and is documented.

`python tests/test_shipped_rules.py` writes `docs/shipped-rules.md` and `rules/checked.json` anew.
"""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest

from cleaner.document import Document
from cleaner.engine import Cleaner
from cleaner.normalize import fold
from cleaner.rules import Rule, RuleSet, RuleTest, checked, load_rules, shipped_files, shipped_rules_root, write_checked
from cleaner.rules.testing import rules_for, run_tests

ROOT = Path(__file__).parent.parent
DOCUMENTATION = ROOT / "docs" / "shipped-rules.md"
MAX_LINE = 120
SHIPPED = load_rules()
RULES = pytest.mark.parametrize("rule", SHIPPED.rules, ids=lambda rule: rule.id)
TESTS = pytest.mark.parametrize("test", SHIPPED.tests, ids=lambda test: test.name)

BEFORE = "The bridge was closed for repairs in the spring, and the ferry took all the traffic."
BETWEEN = "It opened again in June, two months later than the council had promised to the town."
AFTER = "Nobody wants to say who pays for the delay, and the builder has gone home for the summer."

# Language, label as it is written, label with a typing mistake or in another of its forms.
AD_LABELS = [
    ("English", "Advertisement", "Advertisment"),
    ("English", "- Advertisement -", "Advertisemnet"),
    ("English", "Advertisement - scroll to continue", "Article continues after advertisment"),
    ("English", "Story continues below this ad", "Continue reading below the advertisement"),
    ("English", "Sponsored content", "Paid post"),
    ("German", "Anzeige", "Anziege"),
    ("German", "Werbung", "[Werbung]"),
    ("French", "Publicité", "Publicite"),
    ("Spanish", "Publicidad", "PUBLICIDAD"),
    ("Portuguese", "Publicidade", "Publcidade"),
    ("Italian", "Pubblicità", "Pubblicita"),
    ("Catalan", "Publicitat", "PUBLICITAT"),
    ("Basque", "Iragarkia", "Publizitatea"),
    ("Dutch", "Advertentie", "Advertenite"),
    ("Danish", "Annonce", "Annoncer"),
    ("Norwegian", "Annonse", "ANNONSE"),
    ("Swedish", "Annons", "Anonns"),
    ("Icelandic", "Auglýsing", "Auglysing"),
    ("Finnish", "Mainos", "Manios"),
    ("Estonian", "Reklaam", "REKLAAM"),
    ("Latvian", "Reklāma", "REKLĀMA"),
    ("Lithuanian", "Reklama", "— Reklama —"),
    ("Polish", "Reklama", "Rekalma"),
    ("Czech", "Inzerce", "Komerční sdělení"),
    ("Slovak", "Inzercia", "INZERCIA"),
    ("Slovenian", "Oglas", "Oglasno sporočilo"),
    ("Croatian", "Oglas", "Sponzorirani sadržaj"),
    ("Serbian", "Оглас", "Текст се наставља испод огласа"),
    ("Hungarian", "Hirdetés", "Hirdetes"),
    ("Romanian", "Publicitate", "Reclamă"),
    ("Albanian", "Reklamë", "REKLAMË"),
    ("Greek", "Διαφήμιση", "ΔΙΑΦΗΜΙΣΗ"),
    ("Turkish", "Reklam", "Sponsorlu içerik"),
    ("Russian", "Реклама", "Рекалма"),
    ("Ukrainian", "Реклама", "На правах реклами"),
    ("Bulgarian", "Реклама", "Статията продължава след рекламата"),
    ("Belarusian", "Рэклама", "РЭКЛАМА"),
    ("Kazakh", "Жарнама", "ЖАРНАМА"),
    ("Georgian", "რეკლამა", "[რეკლამა]"),
    ("Armenian", "Գովազդ", "ԳՈՎԱԶԴ"),
    ("Hebrew", "פרסומת", "פירסומת"),
    ("Arabic", "إعلان", "اعلان"),
    ("Persian", "تبلیغات", "آگهی"),
    ("Urdu", "اشتہار", "اشتہارات"),
    ("Hindi", "विज्ञापन", "[विज्ञापन]"),
    ("Bengali", "বিজ্ঞাপন", "[বিজ্ঞাপন]"),
    ("Tamil", "விளம்பரம்", "[விளம்பரம்]"),
    ("Thai", "โฆษณา", "- โฆษณา -"),
    ("Vietnamese", "Quảng cáo", "Tiếp tục đọc sau quảng cáo"),
    ("Indonesian", "Iklan", "Artikel berlanjut setelah iklan"),
    ("Japanese", "広告", "スポンサーリンク"),
    ("Chinese", "广告", "廣告"),
    ("Korean", "광고", "[광고]"),
]

PROSE = [
    "Advertising pays for the paper, and always has.",
    "The advertisement promised a cure for baldness.",
    "Sponsored by nobody, the two women rowed from Bristol to Cork.",
    "We use cookies at Christmas only, and eat them with hot milk.",
    "We use cookies made of oats for the experience of eating something that crumbles.",
    "By using cookies instead of eggs you accept a drier cake.",
    "Subscribe to one paper and read it, said the judge, rather than to ten.",
    "Share the bread, follow the river, and you will be home by dark.",
    "Share prices",
    "Comments on the law",
    "Copyright lasts for seventy years after the death of the author.",
    "Related work on wooden bridges was done in Norway.",
    "No comment.",
    "More on forms",
    "Copyright Act of 1976",
    "Photo: the art of light",
    "Get home before the letter lands in your inbox.",
    "Skip the search and take the first flat.",
    "Continue reading after the break",
    "Read also the second part of this series, which appeared in May.",
    "Photo albums of the time were bound in velvet.",
    "Print runs were small, five hundred copies at most.",
    "Avertissement au lecteur",
    "Die Anzeige auf dem Bildschirm flackert, wenn der Motor läuft.",
    "Wir backen die Cookies bei 180 Grad, und alle sind einverstanden.",
    "Bild: Das Haus am See",
    "Werbung für Tabak war damals noch erlaubt.",
    "Kommentare zum Gesetz füllen ganze Regale.",
    "La publicité mensongère est punie par la loi.",
    "Nous utilisons des cookies pour décorer le gâteau, une belle expérience pour les enfants.",
    "Abonnez-vous à une vie plus lente, disait l'affiche.",
    "La publicidad engañosa está prohibida desde entonces.",
    "Los comentarios del rey no gustaron a nadie.",
    "La pubblicità comparve sui tram nel 1920.",
    "Il commento del re non piacque a nessuno.",
    "Reclamo",
    "Annonserna trycktes på sista sidan.",
    "Ogłoszenie wyników odbędzie się w piątek.",
    "Реклама мыла висела на каждом углу.",
    "Комментарии к закону занимают целую полку.",
    "Publicista",
    "Zobacz też",
    "Xem thêm",
    "Articles connexes",
    "Související články",
    "赞助",
    "Publicado en Madrid",
    "广告是生意的一部分。",
    "広告の歴史は新聞よりも古い。",
    "광고는 신문보다 오래되었다.",
    "الإعلان عن النتائج يوم الجمعة.",
    "विज्ञापन का इतिहास बहुत पुराना है।",
]


def clean(rules: RuleSet, data: str, media_type: str, url: str | None) -> Document:
    return Cleaner(rules, extractor="none").clean(data, url=url, media_type=media_type)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(SHIPPED, extractor="none")


def named_tests(rule: Rule, verb: str) -> list[RuleTest]:
    """A test of a shipped rule says in its name which rule it is about, and whether that acts or leaves."""
    return [
        test
        for test in SHIPPED.tests
        if test.name == f"{rule.id} {verb}" or test.name.startswith(f"{rule.id} {verb}: ")
    ]


@TESTS
def test_inline_tests_pass(test: RuleTest) -> None:
    (result,) = run_tests(SHIPPED, clean, [test])
    assert result.passed, result.error or result.got


@TESTS
def test_inline_tests_are_named_after_a_rule_of_their_file(test: RuleTest) -> None:
    owners = [rule for rule in SHIPPED.rules if test in named_tests(rule, "acts") + named_tests(rule, "leaves")]
    assert [rule.order[0] for rule in owners] == [test.file]


@RULES
def test_every_rule_has_a_test_that_fails_without_it(rule: Rule) -> None:
    assert rule.why
    tests = named_tests(rule, "acts")
    assert tests
    without = SHIPPED.without([rule.id])
    assert not any(result.passed for result in run_tests(without, clean, tests))


@RULES
def test_every_rule_has_a_test_of_what_it_leaves(rule: Rule) -> None:
    tests = named_tests(rule, "leaves")
    assert tests
    for test in tests:
        document = clean(rules_for(SHIPPED, test), test.data, test.media_type, test.url)
        assert document.blocks
        assert document.removed == ()


@pytest.mark.parametrize(("language", "label", "variant"), AD_LABELS, ids=[f"{a}-{b}" for a, b, _ in AD_LABELS])
def test_ad_labels_go(cleaner: Cleaner, language: str, label: str, variant: str) -> None:
    for marker in (label, variant):
        text = "\n\n".join([BEFORE, marker, BETWEEN, marker, AFTER])
        document = cleaner.clean(text, media_type="text/plain")
        assert [block.text for block in document.blocks] == [BEFORE, BETWEEN, AFTER], language
        assert {removal.reason.split(".")[0] for removal in document.removed} == {"ads"}


def test_ad_labels_are_in_many_languages() -> None:
    assert len({language for language, _, _ in AD_LABELS}) >= 40


@pytest.mark.parametrize("prose", PROSE)
def test_prose_that_looks_like_boilerplate_stays(cleaner: Cleaner, prose: str) -> None:
    for text in (prose, f"{BEFORE}\n\n{prose}\n\n{AFTER}"):
        document = cleaner.clean(text, media_type="text/plain")
        assert document.removed == ()
        assert prose in [block.text for block in document.blocks]


def test_headings_that_a_label_could_be_stay(cleaner: Cleaner) -> None:
    headings = [
        "Advertising",
        "Publicité",
        "Werbung",
        "Share",
        "Comments",
        "See also",
        "Read more",
        "Newsletter",
        "Print",
    ]
    page = "".join(f"<h2>{heading}</h2><p>{BEFORE}</p>" for heading in headings)
    document = cleaner.clean(f"<h1>A page</h1><p>{AFTER}</p>{page}", media_type="text/html")
    assert [block.text for block in document.blocks if block.kind == "heading"][1:] == headings


def test_classes_of_a_page_do_not_drop_it(cleaner: Cleaner) -> None:
    classes = "no-comments cookie-banner has-ads with-newsletter-signup share-buttons-on related-posts-off"
    document = cleaner.clean(f'<body class="{classes}"><p>{BEFORE}</p></body>', media_type="text/html")
    assert document.text.strip() == BEFORE


@TESTS
def test_nothing_goes_a_second_time(cleaner: Cleaner, test: RuleTest) -> None:
    once = cleaner.clean(test.data, media_type=test.media_type)
    again = cleaner.clean(once.to_markdown(), media_type="text/markdown")
    assert again.removed == ()
    assert [block.text for block in again.blocks] == [block.text for block in once.blocks]


def test_selectors_are_found_without_a_walk_over_the_tree() -> None:
    selectors = [s for rule in SHIPPED.rules for match in rule.matches for s in (*match.css, *match.xpath)]
    assert selectors
    assert all(s.compounds and all(part.tag or part.id or part.classes for part in s.compounds) for s in selectors)


def test_lines_of_rule_files_are_short() -> None:
    files = sorted((ROOT / "rules").rglob("*.yaml"))
    assert files
    lines = [(file.name, n, line) for file in files for n, line in enumerate(file.read_text("utf-8").split("\n"), 1)]
    assert [f"{name}:{n}" for name, n, line in lines if len(line) > MAX_LINE] == []


def test_patterns_for_folded_text_can_match_it() -> None:
    patterns = [pattern for rule in SHIPPED.rules for match in rule.matches for pattern in match.words]
    assert patterns
    lost = [(char, pattern) for pattern in patterns for char in pattern if not char.isascii() and fold(char) != char]
    assert lost == []  # a final sigma, a vowel sign, an apostrophe: folding changes them or takes them away


def test_loading_is_quick() -> None:
    spent = []
    for _ in range(3):  # other work on the machine and the collector's turns make single runs slower
        start = time.process_time()
        load_rules()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.2


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> RuleSet:
    """The shipped rules, read from their YAML and checked."""
    with monkeypatch.context() as patch:
        patch.setattr(checked, "NAME", "missing.json")
        return load_rules()


def test_the_checked_rules_are_what_a_check_gives(anew: RuleSet) -> None:
    written = (shipped_rules_root() / checked.NAME).read_text(encoding="utf-8")
    assert written == checked.to_json(anew, shipped_files()), "run python tests/test_shipped_rules.py"
    assert checked.read_checked(shipped_rules_root(), shipped_files()) == anew
    assert load_rules() == anew


def test_every_rule_is_documented() -> None:
    assert DOCUMENTATION.read_text(encoding="utf-8") == documentation(SHIPPED), "run python tests/test_shipped_rules.py"


def documentation(ruleset: RuleSet) -> str:
    """`docs/shipped-rules.md`: a section for each first part of the ids, a line for each rule."""
    topics: dict[str, list[Rule]] = defaultdict(list)
    for rule in ruleset.rules:
        topics[rule.id.partition(".")[0]].append(rule)
    lines = [
        "# Shipped rules",
        "",
        "These rules run on every page. `--no-shipped-rules` or `--disable ID` turns them off. `cleaner rules show ID`",
        "prints a rule. They drop what they match unless another verb is named. `tests/test_shipped_rules.py` writes this",
        "page.",
    ]
    for topic, rules in topics.items():
        lines += ["", f"## {topic}", "", *map(documented, rules)]
    return "\n".join(lines) + "\n"


def documented(rule: Rule) -> str:
    """A line with the rule's id, its verb unless that is `drop`, its languages, and why it is there."""
    about = ", ".join([*([] if rule.verb == "drop" else [rule.verb]), *rule.languages])
    return f"- `{rule.id}`{f' ({about})' if about else ''}: {rule.why}"


if __name__ == "__main__":
    write_checked()
    DOCUMENTATION.write_text(documentation(load_rules()), encoding="utf-8")
