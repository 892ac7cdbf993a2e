"""Filter lists of ad blockers to rule files: filter by filter, and whatever stands in them."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given
from strategies import examples

from cleaner.rules.check import check_file
from cleaner.rules.importing.adblock import import_adblock
from cleaner.rules.importing.findings import Finding, ImportedFile, NotImported, Outcome


def imported(*lines: str, generic: bool = True) -> tuple[list[ImportedFile], list[Finding]]:
    files, findings = import_adblock([("list.txt", "\n".join(lines).encode("utf-8", "replace"))], generic=generic)
    for file in files:
        assert check_file(file.text.encode(), file.name, 0, shipped=False).problems.found == []
    return files, findings


def rules(files: list[ImportedFile]) -> dict[str, list[dict[str, str]]]:
    """The matches of the rules by the sites of their file."""
    held = {" ".join(file.get("sites", ["*"])): file["rules"] for file in (yaml.safe_load(f.text) for f in files)}
    return {sites: [rule["drop"] for rule in rules] for sites, rules in held.items()}


TRANSLATED = [
    ("##.ad", "*", {"css": ".ad"}),
    ("###ad", "*", {"css": "#ad"}),
    ("*##.ad", "*", {"css": ".ad"}),
    ("a.com##.x, .y:has-text(a)", "a.com", {"css": '.x, .y:contains("a")'}),
    ("a.com##.ad", "a.com", {"css": ".ad"}),
    ("a.com###ad", "a.com", {"css": "#ad"}),
    ("a.com,b.a.org##.ad > p", "a.com b.a.org", {"css": ".ad > p"}),
    ("www.A.com##.ad", "a.com", {"css": ".ad"}),
    ("münchen.example##.ad", "xn--mnchen-3ya.example", {"css": ".ad"}),
    ("a.com,b.*##.ad", "a.com", {"css": ".ad"}),
    ('a.com##a[href^="https://x.com/?a=1#b"]', "a.com", {"css": 'a[href^="https://x.com/?a=1#b"]'}),
    ("a.com##.x:has(> .y)", "a.com", {"css": ".x:has(> .y)"}),
    ("a.com#?#.x:-abp-has(.y:-abp-contains(Ad))", "a.com", {"css": '.x:has(.y:contains("Ad"))'}),
    ("a.com##.x:has-text(Paid post)", "a.com", {"css": '.x:contains("Paid post")'}),
    ("a.com##.x:has-text(Don't)", "a.com", {"css": '.x:contains("Don\'t")'}),
    ("a.com##.x:contains('a (b)')", "a.com", {"css": '.x:contains("a (b)")'}),
    ("a.com##.x:has-text(/Paid post/)", "a.com", {"css": '.x:contains("Paid post")'}),
    ("a.com##.x:not(:has-text(a))", "a.com", {"css": '.x:not(:contains("a"))'}),
    ("a.com##.x:if(.y)", "a.com", {"css": ".x:has(.y)"}),
    ("a.com##.x:if-not(.y)", "a.com", {"css": ".x:not(:has(.y))"}),
    ("a.com##.x:upward(2)", "a.com", {"css": ":has(> * > .x)"}),
    ("a.com##.x:nth-ancestor(1)", "a.com", {"css": ":has(> .x)"}),
    ("a.com##:xpath(//p[@id='x'])", "a.com", {"xpath": "//p[@id='x']"}),
    ("a.com##.x:remove()", "a.com", {"css": ".x"}),
    ("a.com#$#.x { display: none !important; }", "a.com", {"css": ".x"}),
    ("a.com#$?#.x { remove: true; }", "a.com", {"css": ".x"}),
    ('a.com##[title=":has-text(a)"]', "a.com", {"css": '[title=":has-text(a)"]'}),
]


@pytest.mark.parametrize(("line", "sites", "match"), TRANSLATED)
def test_filters_become_rules(line: str, sites: str, match: dict[str, str]) -> None:
    files, (finding,) = imported(line)
    assert rules(files) == {sites: [match]}
    assert finding.outcome is Outcome.TRANSLATED


MISSING = [
    ("||a.com^", "network filter", "requests"),
    ("@@||a.com^$script", "network exception", "requests"),
    ("/ads/*", "network filter", "requests"),
    ("0.0.0.0 a.com", "hosts line", "requests"),
    ("a.com##+js(x)", "scriptlet", "script"),
    ("a.com#%#//scriptlet('x')", "scriptlet", "script"),
    ("a.com#$#log x", "scriptlet", "script"),
    ("a.com##^script", "HTML filter", "response"),
    ("a.com$$script[a]", "HTML filter", "response"),
    ("a.com##.x:style(color: red)", "style", "looks"),
    ("a.com#$#.x { color: red }", "style", "looks"),
    ("a.com##.x:remove-attr(y)", "attribute filter", "attributes"),
    ("a.com##.x:matches-path(/y)", "conditional filter", "'when'"),
    ("[$path=/y]a.com##.x", "conditional filter", "'when'"),
    (r"/a[bc]\.com/##.x", "conditional filter", "patterns of host names"),
    ("a.*##.x", "site filter", "'a.*': not a host name"),
    ("a.com,~b.a.com##.x", "site filter", "rules have no sites where they do not hold: b.a.com"),
    ("~a.com##.x", "generic filter", "rules have no sites where they do not hold: a.com"),
    ("a.com##.x:has-text(/a|b/)", "site filter", "regular expression"),
    ("a.com##.x:matches-css(a: b)", "site filter", ":matches-css() has no counterpart"),
    ("a.com##.x > .y:upward(1)", "site filter", ":upward()"),
    ("a.com##.x:upward(.y)", "site filter", ":upward()"),
    ("a.com##.x[", "site filter", "ends too early"),
    ("a.com##.x:has(.y", "site filter", "a parenthesis is not closed"),
    ("a.com##.x:hover", "site filter", ""),
    ("a.com##" + ":has(" * 40 + ".x" + ")" * 40, "site filter", "nested too deeply"),
    ("a.com##.x:has-text(\x01)", "site filter", "U+0001"),
    ("a.com##" + "a" * 20_000, "too long", "more than 10,000 characters"),
]


@pytest.mark.parametrize(("line", "kind", "reason"), MISSING)
def test_what_has_no_rule_says_why(line: str, kind: str, reason: str) -> None:
    files, (finding,) = imported(line)
    assert files == []
    assert (finding.key, finding.outcome) == (kind, Outcome.MISSING)
    assert reason in finding.reason


def test_comments_and_headers_are_no_filters() -> None:
    assert imported("[Adblock Plus 2.0]", "! Title: A", "!#if env_chromium", "", "! ##.x", "# hosts") == ([], [])


EXCEPTIONS = [
    (["a.com##.x", "a.com#@#.x"], {}),
    (["a.com,b.com##.x", "a.com#@#.x"], {"b.com": [{"css": ".x"}]}),
    (["c.a.com,b.com##.x", "a.com#@#.x"], {"b.com": [{"css": ".x"}]}),
    (["a.com##.x", "#@#.x"], {}),
    (["a.com##.x", "a.com#@#.y"], {"a.com": [{"css": ".x"}]}),
    (["a.com##.x", "c.a.com#@#.x"], {}),  # a rule would hold there
    (["##.x", "a.com#@#.x"], {}),
    (["##.x", "##.y", "a.com#@#.x"], {"*": [{"css": ".y"}]}),
]


@pytest.mark.parametrize(("lines", "left"), EXCEPTIONS)
def test_exceptions_take_filters_away(lines: list[str], left: dict[str, list[dict[str, str]]]) -> None:
    assert rules(imported(*lines)[0]) == left


def test_generic_filters_are_left_unless_they_are_asked_for() -> None:
    files, findings = imported("##.x", "a.com##.y", generic=False)
    assert rules(files) == {"a.com": [{"css": ".y"}]}
    assert [finding.outcome for finding in findings] == [Outcome.LEFT, Outcome.TRANSLATED]


def test_ids_are_those_of_the_filter_and_not_of_the_list() -> None:
    (file,), _ = imported("! Title: Own", "a.com##.x")
    (other,), _ = imported("a.com##.w", "a.com##.x", "a.com##.x")
    assert yaml.safe_load(file.text)["rules"][0]["id"] == yaml.safe_load(other.text)["rules"][1]["id"]
    assert len(yaml.safe_load(other.text)["rules"]) == 2
    assert file.text.startswith("# Imported from filter lists:\n#   list.txt: Title: Own\nsites: [a.com]\n")
    assert file.name == "adblock.a.com.yaml"


def test_a_long_list_is_several_files_that_rule_files_may_be() -> None:
    files, _ = imported(*(f"##.some-rather-long-class-name-{number:06}" for number in range(20_000)))
    assert [file.name for file in files] == ["adblock.generic.yaml", "adblock.generic.2.yaml"]
    assert sum(file.text.count("id: adblock.") for file in files) == 20_000


def test_a_list_that_is_not_utf_8_says_where() -> None:
    with pytest.raises(NotImported, match=r"list\.txt:2: the file is not UTF-8"):
        import_adblock([("list.txt", b"a\n\xff")], generic=True)


_PARTS = [
    "a.com",
    "~b.com",
    "*",
    ",",
    "##",
    "#@#",
    "#?#",
    "#$#",
    "$$",
    ".x",
    "#y",
    "[a=",
    '"',
    "'",
    "]",
    ":has(",
    ")",
    "/",
    ":has-text(",
    ":upward(2)",
    ":xpath(//p)",
    ":not(",
    " > ",
    "{ remove: true }",
    "\\",
    "\t",
    "é",
    "\x00",
    "!",
    "||",
    "^",
]


@examples(500)
@given(st.lists(st.lists(st.sampled_from(_PARTS), max_size=8).map("".join), max_size=8))
def test_whatever_the_lines_the_rule_files_pass_the_check(lines: list[str]) -> None:
    _, findings = imported(*lines)
    assert len(findings) <= len(lines)
