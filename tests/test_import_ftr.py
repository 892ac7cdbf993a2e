"""Site configs of Full-Text RSS to rule files: directive by directive, and whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given
from strategies import examples

from cleaner import Cleaner, load_rules
from cleaner.rules.check import check_file
from cleaner.rules.importing.findings import Finding, NotImported, Outcome
from cleaner.rules.importing.ftr import import_ftr
from cleaner.rules.importing.ftr_syntax import KEYS, MAX_BYTES
from cleaner.rules.types import Problem


def problems(text: str) -> list[Problem]:
    return check_file(text.encode(), "a.yaml", 0, shipped=False).problems.found


def imported(*lines: str) -> tuple[object, list[Finding]]:
    """What stands in the rule file of a site config, and what became of its directives."""
    made = import_ftr("\n".join(lines).encode(), "example.com.txt")
    assert problems(made.text) == []
    held = yaml.safe_load(made.text)
    assert held.pop("sites") == ["example.com"]
    return held, list(made.findings)


TRANSLATED = [
    ("body: //div[@id='a']", {"rules": [{"main": {"xpath": "//div[@id='a']"}}]}),
    (
        "body: //div\nbody: //p | //b",
        {"rules": [{"main": {"xpath": ["//div", "(//p | //b)[not(//div)]"]}}]},
    ),
    ("body: //div\nprune: no", {"rules": [{"main": {"xpath": "//div", "keep": True}}]}),
    ("body: //div\nprune: no\nprune: yes", {"rules": [{"main": {"xpath": "//div"}}]}),
    ("title: //h1", {"metadata": {"title": [{"xpath": "//h1"}]}}),
    (
        "author: //b\nauthor: substring-after(//i, 'By ')",
        {"metadata": {"author": [{"xpath": "//b"}, {"xpath": "substring-after(//i, 'By ')"}]}},
    ),
    ("date: //time/@datetime", {"metadata": {"date": [{"xpath": "//time/@datetime"}]}}),
    ("strip: //nav", {"rules": [{"drop": {"xpath": "//nav"}}]}),
    ("strip: //nav\nstrip: //b", {"rules": [{"drop": {"xpath": ["//nav", "//b"]}}]}),
    ("strip: //p/text()[1]", {"rules": [{"drop": {"xpath": "//p/text()[1]"}}]}),
    ("strip_id_or_class: ads", {"rules": [{"drop": {"css": '[class*="ads"], [id*="ads"]'}}]}),
    ("strip_id_or_class: 'a b'", {"rules": [{"drop": {"css": '[class*="a b"], [id*="a b"]'}}]}),
    ("strip_id_or_class: a\\b", {"rules": [{"drop": {"css": '[class*="a\\\\b"], [id*="a\\\\b"]'}}]}),
    ('strip_image_src: "/ads/"', {"rules": [{"drop": {"css": 'img[src*="/ads/"]'}}]}),
    ("dissolve: //a", {"rules": [{"unwrap": {"xpath": "//a"}}]}),
    ("wrap_in(h3): //b", {"rules": [{"heading": {"xpath": "//b"}, "level": 3}]}),
    ("wrap_in(p): //b", {"rules": [{"paragraph": {"xpath": "//b"}}]}),
    # Comments are reasons, and begin a rule.
    ("# Ads\nstrip: //nav", {"rules": [{"drop": {"xpath": "//nav"}, "why": "Ads"}]}),
    ("strip: //a\n#strip: //b\nstrip: //c", {"rules": [{"drop": {"xpath": ["//a", "//c"]}}]}),
    ("# Ads\n\nstrip: //nav", {"rules": [{"drop": {"xpath": "//nav"}}]}),
    # Mistakes with one plain meaning.
    ("titel: //h1", {"metadata": {"title": [{"xpath": "//h1"}]}}),
    ("Title: //h1", {"metadata": {"title": [{"xpath": "//h1"}]}}),
    ("strip-id-or-class: ads", {"rules": [{"drop": {"css": '[class*="ads"], [id*="ads"]'}}]}),
    ("\ufeff  strip : //nav  \r", {"rules": [{"drop": {"xpath": "//nav"}}]}),
    ("body: //div[contains(@class='a')]", {"rules": [{"main": {"xpath": "//div[contains(@class, 'a')]"}}]}),
    # Strings.
    ("replace_string(<h2): <h3", {"rules": [{"heading": {"xpath": "//h2"}, "level": 3}]}),
    ("find_string: <h2>\nreplace_string: <h4>", {"rules": [{"heading": {"xpath": "//h2[not(@*)]"}, "level": 4}]}),
    (
        'replace_string(<h2 class="a">): <p>',
        {"rules": [{"paragraph": {"xpath": "//h2[@class='a']"}}]},
    ),
    (
        'replace_string(<div class="a): <h2 class="a',
        {"rules": [{"heading": {"xpath": "//div[starts-with(@class, 'a')]"}, "level": 2}]},
    ),
    ("replace_string(<i>): ", {"rules": [{"unwrap": {"xpath": "//i[not(@*)]"}}]}),
    ("replace_string(ADVERTISEMENT):", {"rules": [{"replace": {"regex": "ADVERTISEMENT"}}]}),
    (
        "replace_string(Read more (here)): More",
        {"rules": [{"replace": {"regex": r"Read more \(here\)"}, "with": "More"}]},
    ),
    ("replace_string(>Print</a>): ></a>", {"rules": [{"replace": {"regex": "^Print$"}}]}),
    (
        "replace_string(<p>Follow us): <p style='display:none'>",
        {"rules": [{"drop": {"xpath": "//p[not(@*)][starts-with(normalize-space(), 'Follow us')]"}}]},
    ),
    (
        "replace_string(<h3>More): </body></html>",
        {"rules": [{"drop_after": {"xpath": "//h3[not(@*)][starts-with(normalize-space(), 'More')]"}}]},
    ),
    (
        "replace_string(<p>[ad]</p>): <!-- -->",
        {"rules": [{"drop": {"xpath": "//p[not(@*)][normalize-space()='[ad]']"}}]},
    ),
]


@pytest.mark.parametrize(("config", "rules"), TRANSLATED)
def test_directives_become_rules(config: str, rules: object) -> None:
    held, findings = imported(*config.split("\n"))
    assert held == rules
    assert {finding.outcome for finding in findings} <= {Outcome.TRANSLATED, Outcome.NEEDLESS}


OUTCOMES = [
    ("test_url: https://example.com/a", Outcome.NOTED, ""),
    ("test_contains: Some words", Outcome.NOTED, ""),
    ("test_rul: https://example.com/a", Outcome.NOTED, "unknown key 'test_rul'; did you mean 'test_url'?"),
    ("single_page_link: //a", Outcome.FETCHING, ""),
    ("http_header(user-agent): Own/1.0", Outcome.FETCHING, ""),
    ("requires_login: yes", Outcome.FETCHING, ""),
    ("tidy: no", Outcome.NEEDLESS, "one parser"),
    ("convert_double_br_tags: yes", Outcome.NEEDLESS, "two line breaks"),
    ("insert_detected_image: no", Outcome.NEEDLESS, "adds no picture"),
    ("insert_detected_image: yes", Outcome.MISSING, "adds no picture"),
    ("autodetect_on_failure: yes", Outcome.NEEDLESS, "'main' matches nothing"),
    ("autodetect_on_failure: no", Outcome.MISSING, "with a warning"),
    ("prune: no", Outcome.MISSING, "without 'body'"),
    ("footnotes: no", Outcome.NEEDLESS, "Full-Text RSS ignores it too"),
    ("native_ad_clue: //meta", Outcome.MISSING, "sponsored"),
    ("wrap_in(blockquote): //div", Outcome.MISSING, "<blockquote>"),
    ("wrap_in(center): //div", Outcome.NEEDLESS, "no trace"),
    ("strip: //comment()", Outcome.NEEDLESS, "comments"),
    ("strip: //img/@srcset", Outcome.NEEDLESS, "addresses of images"),
    ("strip: //a/@href", Outcome.MISSING, "attributes"),
    ("strip_attr: //div/@class", Outcome.NEEDLESS, "'class'"),
    ("strip: ' a '", Outcome.MISSING, "gives a value"),
    ("strip: //p[matches(., 'a')]", Outcome.MISSING, "matches() is not XPath 1.0"),
    ("strip: //p[@class='a", Outcome.MISSING, ""),
    ("strip:", Outcome.MISSING, "no value"),
    ("strip: //p[.='\x01']", Outcome.MISSING, "U+0001"),
    ("strip_id_or_class: ''", Outcome.MISSING, "no part"),
    ("colour: red", Outcome.MISSING, "unknown key 'colour'"),
    ("a line of words", Outcome.MISSING, "no directive"),
    ('replace_string(data-src="): src="', Outcome.NEEDLESS, "addresses of images"),
    ('replace_string(src="data:image): x-src="data:image', Outcome.NEEDLESS, "addresses of images"),
    ("replace_string(noscript>): div>", Outcome.NEEDLESS, "<noscript>"),
    ("replace_string(<video): <div", Outcome.NEEDLESS, "what an element is called"),
    ('replace_string(class="box): class="other', Outcome.NEEDLESS, "class or id"),
    ('replace_string(width="1"): width="2"', Outcome.NEEDLESS, "no sizes"),
    ("replace_string(</title>): | A</title>", Outcome.NEEDLESS, "site's name"),
    ("replace_string(<i>): <blockquote>", Outcome.MISSING, "rewrites the page's HTML"),
    ('replace_string(src="files/): src="/files/', Outcome.MISSING, "rewrites the page's HTML"),
    ("find_string: a", Outcome.MISSING, "1 find_string and 0 replace_string"),
]


@pytest.mark.parametrize(("line", "outcome", "reason"), OUTCOMES)
def test_what_has_no_rule_says_why(line: str, outcome: Outcome, reason: str) -> None:
    held, (finding, _) = imported(line, "tidy: no")
    assert held == {}
    assert (finding.line, finding.outcome, reason in finding.reason) == (1, outcome, True)


def test_a_class_that_the_file_looks_for_cannot_be_renamed() -> None:
    _, findings = imported('replace_string(class="box): class="other', "strip: //div[@class='other']")
    assert [finding.outcome for finding in findings] == [Outcome.MISSING, Outcome.TRANSLATED]
    _, findings = imported("strip_attr: //div[@class='box-ad']/@class", "strip_id_or_class: box")
    assert [finding.outcome for finding in findings] == [Outcome.MISSING, Outcome.TRANSLATED]


def test_every_key_is_known() -> None:
    for key in KEYS:
        _, (finding,) = imported(f"{key}: //p")
        assert (finding.key, finding.text) == (key, f"{key}: //p")


def test_what_has_no_rule_stands_in_the_file_with_its_line() -> None:
    made = import_ftr(
        b"body: //div\ntest_url: https://example.com/a\nfootnotes: no\nnative_ad_clue: //b\n", "example.com.txt"
    )
    assert made.text == (
        "# Imported from example.com.txt, a site config of Full-Text RSS.\n"
        "# Its tests:\n"
        "#   2: test_url: https://example.com/a\n"
        "# Without a counterpart:\n"
        "#   4: native_ad_clue: //b (documents have no mark for sponsored pages)\n"
        "sites: [example.com]\n"
        "rules:\n"
        "  - main:\n"
        "      xpath: '//div'\n"
    )


NAMES = [
    ("example.com.txt", "example.com.yaml", ["example.com"]),
    (".example.com.txt", "example.com.subdomains.yaml", ["example.com"]),
    ("www.Example.com.txt", "www.Example.com.yaml", ["example.com"]),
    ("global.txt", "global.yaml", None),
]


@pytest.mark.parametrize(("name", "file", "sites"), NAMES)
def test_names(name: str, file: str, sites: list[str] | None) -> None:
    made = import_ftr(b"strip: //nav\n", name)
    assert (made.name, yaml.safe_load(made.text).get("sites")) == (file, sites)
    assert problems(made.text) == []


UNREADABLE = [
    (b"strip: //nav\nstrip: //\xff\n", "a.com.txt:2: the file is not UTF-8"),
    (b"x" * (MAX_BYTES + 1), "a.com.txt: the file is larger than 2,000,000 bytes"),
    (b"\n\nThis is a licence.\n", "a.com.txt:3: not a site config; it has no directive"),
]


@pytest.mark.parametrize(("data", "message"), UNREADABLE)
def test_what_cannot_be_imported_says_where(data: bytes, message: str) -> None:
    with pytest.raises(NotImported) as raised:
        import_ftr(data, "a.com.txt")
    assert str(raised.value) == message


@pytest.mark.parametrize("name", ["no host!.txt", "a..b.txt", ".txt", "a b.com.txt"])
def test_a_name_that_is_no_host_is_refused(name: str) -> None:
    with pytest.raises(NotImported, match="not the name of a site"):
        import_ftr(b"strip: //nav\n", name)


PAGE = """
<h1>The bridge</h1>
<article><p>It was closed in May, and the town took the ferry for a year.</p>
<div class="box ad-1"><p>Order the paper today and save.</p></div>
<ul><li><a href="/1">Map</a></li></ul></article>
<div id="old"><p>The old story stood here before.</p></div>
"""
MEANINGS = [
    (["body: //article", "prune: no", "strip_id_or_class: ad-"], ["It was", "Map"], ["Order", "The old"]),
    (["body: //main", "body: //div[@id='old']"], ["The old"], ["It was"]),
    (["body: //article", "body: //div[@id='old']", "prune: no"], ["It was", "Order"], ["The old"]),
]


@pytest.mark.parametrize(("lines", "there", "gone"), MEANINGS)
def test_the_rules_do_what_the_site_config_says(
    tmp_path: Path, lines: list[str], there: list[str], gone: list[str]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(import_ftr("\n".join(lines).encode(), "example.com.txt").text)
    document = Cleaner(load_rules(path, shipped=False)).clean(PAGE, url="https://example.com/a", media_type="text/html")
    text = document.to_markdown()
    assert [word in text for word in there] == [True] * len(there)
    assert [word in text for word in gone] == [False] * len(gone)
    assert document.warnings == ()


_VALUES = st.one_of(
    st.sampled_from(
        ["//p", "//a/@href", "'", '"', "//p[", "<h2>", "</h2>", "<i>", "", "no", "yes", "a b", "\\", "# x", ": y", "\t"]
    ),
    st.text(max_size=20),
)
_LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(KEYS), _VALUES),
    st.builds("{}({}): {}".format, st.sampled_from(["replace_string", "wrap_in"]), _VALUES, _VALUES),
    st.builds("# {}".format, st.text(max_size=20)),
    st.text(max_size=30),
)


@examples(400)
@given(st.lists(_LINES, max_size=12))
def test_whatever_the_lines_the_rule_file_passes_the_check(lines: list[str]) -> None:
    data = "\n".join(["strip: //nav", *lines]).encode("utf-8", "replace")
    made = import_ftr(data, "example.com.txt")
    assert problems(made.text) == []


@pytest.mark.parametrize(
    "line",
    [
        "a" * 50_000,
        "a" + " " * 9_000,
        "replace_string" + "(" * 9_000,
        "replace_string(" + ") " * 4_000,
        "replace_string(" + "<" * 4_000 + "): " + "<" * 4_000,
        "strip: " + "//a[" * 2_000,
        "replace_string(" + 'a="' * 2000 + "): src=",
        "replace_string(" + "<a x='" * 1000 + "): <h2",
    ],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    made = import_ftr(("strip: //nav\n" + f"{line}\n" * 20).encode(), "example.com.txt")
    assert problems(made.text) == []


MANY = [
    'strip: //p[@id="a-rather-long-name-of-an-element-{}"]',
    'body: //p[@id="a-rather-long-name-of-an-element-{}"]',
    "body: //a{}",
    "title: //p[@id='a-rather-long-name-of-an-element-{}']",
    "strip_id_or_class: a-rather-long-name-of-an-element-{}",
    "replace_string(A rather long text of number {}): b",
    "dissolve: //p[@id='a-rather-long-name-of-an-element-{}']",
    "native_ad_clue: //p[@id='a-rather-long-name-of-an-element-{}']",
    "# a reason, so that each is a rule of its own\nstrip: //p[@id='a-rather-long-name-{}']",
]


@pytest.mark.parametrize("line", MANY)
def test_more_than_a_rule_file_can_hold_is_told(line: str) -> None:
    made = import_ftr("\n".join(line.format(number) for number in range(8_000)).encode(), "example.com.txt")
    assert problems(made.text) == []
    assert len(made.findings) == 8_000
    assert ("//a" in line) != (Outcome.MISSING in {finding.outcome for finding in made.findings})
