"""Packs: `extends` and `disable` in rule files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.engine import Cleaner
from cleaner.rules import RuleError, RuleSet, cache, load_rules
from cleaner.rules.testing import rules_for

PACK = """\
rules:
- {id: pack.one, drop: One}
- {id: pack.two, drop: Two}
tests:
- {name: of the pack, text: One, gives: ''}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("pack.yaml", PACK)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


def load(*texts: str, shipped: bool = False) -> RuleSet:
    """Loads files `a.yaml`, `b.yaml` and so on, in this order."""
    names = [f"{chr(97 + number)}.yaml" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        write(name, text)
    return load_rules(*names, shipped=shipped)


def ids(rules: RuleSet, host: str | None = None, language: str | None = None) -> list[str]:
    return [rule.id for rule in rules.scoped(host, language)]


OWN = "rules: [{drop: Own, id: own}]\n"
# files, host, language, expected rules
LOADED = [
    (["extends: pack.yaml\n" + OWN], None, None, ["pack.one", "pack.two", "own"]),
    (["extends: [pack.yaml]\ndisable: [pack.one]\n" + OWN], None, None, ["pack.two", "own"]),
    (["sites: a.example\nextends: pack.yaml\n" + OWN], "a.example", None, ["pack.one", "pack.two", "own"]),
    (["sites: a.example\nextends: pack.yaml\n" + OWN], "b.example", None, []),
    (["sites: a.example\nextends: pack.yaml\ndisable: pack.two\n" + OWN], "www.a.example", None, ["pack.one", "own"]),
    (["languages: de\nextends: pack.yaml\ndisable: pack.two\n" + OWN], None, "de-AT", ["pack.one", "own"]),
    (["sites: a.example\nextends: pack.yaml\n", "sites: [b.example]\nextends: pack.yaml\ndisable: pack.one\n"],
     "a.example", None, ["pack.one", "pack.two"]),
    (["sites: a.example\nextends: pack.yaml\n", "sites: [b.example]\nextends: pack.yaml\ndisable: pack.one\n"],
     "b.example", None, ["pack.two"]),
    (["extends: b.yaml\n" + OWN, "extends: pack.yaml\ndisable: pack.one\nrules: [{drop: B, id: b}]"],
     None, None, ["pack.two", "b", "own", "pack.two", "b"]),
    (["extends: [pack.yaml, ./pack.yaml]\n"], None, None, ["pack.one", "pack.two"]),
    (["extends: sub/../pack.yaml\n"], None, None, ["pack.one", "pack.two"]),
    (["extends: languages/da\n"], None, "da", ["ads.in-danish"]),
    (["sites: a.example\nextends: languages/da\n"], "b.example", "da", []),
    (["sites: a.example\nextends: languages\ndisable: ads.in-english\n"], "a.example", "en", []),
]  # fmt: skip


@pytest.mark.parametrize(("files", "host", "language", "expected"), LOADED)
def test_what_applies(files: list[str], host: str | None, language: str | None, expected: list[str]) -> None:
    write("sub/x.txt", "")
    assert ids(load(*files), host, language) == expected


SCOPES = [
    ("sites: example.com", "sites: shop.example.com", ["shop.example.com"], ["example.com", "a.example"]),
    ("sites: shop.example.com", "sites: example.com", ["shop.example.com"], ["example.com"]),
    ("sites: example.com", "sites: a.example", [], ["example.com", "a.example"]),
    ("sites: example.com", "", ["example.com"], ["a.example"]),
    ("", "sites: a.example", ["a.example"], ["example.com"]),
]


@pytest.mark.parametrize(("outer", "inner", "hosts", "others"), SCOPES)
def test_a_pack_applies_where_both_files_do(outer: str, inner: str, hosts: list[str], others: list[str]) -> None:
    write("pack.yaml", f"{inner}\n{PACK}")
    loaded = load(f"{outer}\nextends: pack.yaml\n")
    assert [host for host in (*hosts, *others) if ids(loaded, host)] == hosts


def test_a_file_wins_over_what_it_extends() -> None:
    write("pack.yaml", "rules: [{drop: Word, id: pack}]\n")
    rules = load("rules: [{keep: {css: div}, id: own}]\nextends: pack.yaml\n")
    explained = Cleaner(rules, extractor="none").explain("<div><p>Word</p></div>", media_type="text/html")
    assert explained.blocks[0].reason == "pack"  # a keep around a block never wins over a drop on the block itself
    rules = load("rules: [{keep: Word, id: own}]\nextends: pack.yaml\n")
    explained = Cleaner(rules, extractor="none").explain("<div><p>Word</p></div>", media_type="text/html")
    assert explained.blocks[0].reason == "own"


def test_shipped_rules_are_off_where_a_file_says_so() -> None:
    everywhere = load("disable: [ads.label]\n" + OWN, shipped=True)
    assert "ads.label" not in [rule.id for rule in everywhere.rules]
    here = load("sites: a.example\ndisable: [ads.label]\n", shipped=True)
    assert ("ads.label" in ids(here, "a.example"), "ads.label" in ids(here, "b.example")) == (False, True)
    text = "It left at noon that day.\n\nAdvertisement\n\nIt came back late at night."
    kept = [
        "Advertisement" in Cleaner(here).clean(text, url=f"https://{host}/", media_type="text/plain").text
        for host in ("a.example", "b.example")
    ]
    assert kept == [True, False]


def test_a_shipped_group_that_is_loaded_is_not_loaded_again() -> None:
    loaded = load("extends: generic/ads\n" + OWN + "tests: [{name: n, text: a, gives: a}]\n", shipped=True)
    every = [rule.id for rule in loaded.rules]
    assert len(every) == len(set(every))
    assert "ads.advertising" in ids(rules_for(loaded, loaded.tests[-1]))
    assert "share.bar" not in ids(rules_for(loaded, loaded.tests[-1]))


def test_tests_run_with_what_a_file_extends_and_without_what_is_off() -> None:
    loaded = load(
        "sites: a.example\nextends: pack.yaml\ndisable: pack.one\n" + OWN + "tests: [{name: n, text: a, gives: a}]\n"
    )
    assert [test.name for test in loaded.tests] == ["n"]
    assert ids(rules_for(loaded, loaded.tests[0])) == ["pack.two", "own"]
    both = load_rules("pack.yaml", "a.yaml", shipped=False)
    assert {test.name: ids(rules_for(both, test)) for test in both.tests} == {
        "of the pack": ["pack.one", "pack.two"],
        "n": ["pack.two", "own"],
    }


WRONG = [
    ("extends: nowhere.yaml\n", "a.yaml:1:10: 'extends': 'nowhere.yaml': no such file"),
    ("extends: a.yaml\n", "a.yaml:1:10: 'extends': 'a.yaml' extends this file"),
    ("extends: /etc/pack.yaml\n", "a.yaml:1:10: 'extends': '/etc/pack.yaml' is not a path from the folder of this file"),
    ("extends: ../pack.yaml\n",
     "a.yaml:1:10: 'extends': '../pack.yaml' is outside the folder of the rule file, and of the project around it"),
    ("extends: generic/adds\n", "a.yaml:1:10: 'extends': no shipped rules 'generic/adds'; did you mean 'generic/ads'?"),
    ("extends: {a: b}\n", "a.yaml:1:10: 'extends' needs a text or a list of texts, not a mapping"),
    ("disable: pack.on\nextends: pack.yaml\n", "a.yaml:1:10: unknown rule 'pack.on'; did you mean 'pack.one'?"),
    ("disable: own\n" + OWN, "a.yaml:1:10: 'own' is a rule of this file; take it out of 'rules'"),
    ("limits: {}\n", "a.yaml:1:9: 'limits' needs 'max_drop_ratio'"),
    ("limits: {max_drop_ratio: 2}\n", "a.yaml:1:26: 'max_drop_ratio' must be above 0 and at most 1, not 2"),
    ("limits: {max_drop_ratio: 0}\n", "a.yaml:1:26: 'max_drop_ratio' must be above 0 and at most 1, not 0"),
    ("limits: {max_drop_ratio: half}\n", "a.yaml:1:26: 'max_drop_ratio' needs a number from 0 to 1, not 'half'"),
    ("when: {path: /a/*}\nextends: when.yaml\n", "a.yaml:2:10: 'extends': both files have 'when'; leave it out of one"),
    ("extends: bad.yaml\n", "bad.yaml:1:1: unknown key 'ruls'; did you mean 'rules'?"),
    ("extends: pack.yaml\nrules: [{drop: a, id: pack.one}]\n", "pack.yaml:2:8: id 'pack.one' is taken by a.yaml:2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), WRONG)
def test_mistakes(text: str, problem: str) -> None:
    write("when.yaml", "when: {path: /b/*}\n")
    write("bad.yaml", "ruls: []\n")
    with pytest.raises(RuleError) as error:
        load(text)
    assert str(error.value) == problem


def test_files_that_extend_each_other_are_told() -> None:
    with pytest.raises(RuleError) as error:
        load("extends: b.yaml\n", "extends: a.yaml\n")
    assert set(str(error.value).splitlines()) == {
        "a.yaml:1:10: 'extends': 'b.yaml' extends this file",
        "b.yaml:1:10: 'extends': 'a.yaml' extends this file",
    }


def test_what_a_file_extends_is_bounded() -> None:
    for number in range(150):
        write(f"p/{number}.yaml", "rules: []\n")
    with pytest.raises(RuleError, match="more than 100 files"):
        load(f"extends: [{', '.join(f'p/{number}.yaml' for number in range(150))}]\n")
    for level in range(40):  # as a tree it would have 2 ** 40 files
        write(f"t/{level}.yaml", f"sites: s{level}.example\nextends: [{level + 1}.yaml, x{level}.yaml]\n")
        write(f"t/x{level}.yaml", f"extends: {level + 1}.yaml\n")
    write("t/40.yaml", "rules: []\n")
    load("extends: t/0.yaml\n")


LONG = "<p>One two three four five six.</p>"
# rules, page, what is left, whether the limit of a half stopped the rule
LIMITS = [
    ("drop: {css: p}", LONG + "<div>Two words.</div>", ["One two three four five six.", "Two words."], True),
    ("drop: {css: div}", LONG + "<div>Two words.</div>", ["One two three four five six."], False),
    ("drop: {css: p}", LONG + "<div>One two three four five six.</div>", ["One two three four five six."], False),
    ("drop_after: {text: Stop}", "<p>Stop</p>" + LONG + "<p>And more.</p>", ["Stop", "One two three four five six.", "And more."], True),
    ("drop_after: {text: Stop}", LONG + "<p>Stop</p><p>And more.</p>", ["One two three four five six."], False),
    ("replace: {regex: '.*'}", LONG, ["One two three four five six."], True),
    ("replace: {regex: 'two '}", LONG, ["One three four five six."], False),
    ("drop: {css: b}", "<p>One <b>two three four</b></p>", ["One two three four"], True),
    ("drop: {kind: paragraph, place: {first: 9}}", LONG, ["One two three four five six."], True),
    ("drop: {text: Read on, repeats: 2}", "<p>Read on</p><p>One.</p><p>Read on</p>", ["Read on", "One.", "Read on"], True),
    ("main: {css: div}", LONG + "<div>Two words.</div>", ["Two words."], False),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "page", "left", "stopped"), LIMITS)
def test_a_rule_that_would_take_too_much_does_not_apply(rule: str, page: str, left: list[str], stopped: bool) -> None:
    limited = load(f"limits: {{max_drop_ratio: 0.5}}\nrules: [{{id: own, {rule}}}]\n")
    document = Cleaner(limited, extractor="none").clean(page, media_type="text/html")
    assert [block.text for block in document.blocks] == left
    assert ["rules.drop_limit"] * stopped == [warning.code for warning in document.warnings]
    free = Cleaner(load(f"rules: [{{id: own, {rule}}}]\n"), extractor="none").clean(page, media_type="text/html")
    assert ([block.text for block in free.blocks] != left) == stopped
    if stopped:
        assert document.warnings[0].startswith("own (a.yaml:2): would take ")


def test_the_extractor_sees_what_a_stopped_rule_would_have_taken() -> None:
    prose = "The ferry left at noon and came back at night, as it had done for many years before that summer. "
    page = "<article>" + f"<p>{prose * 3}</p>" * 4 + "</article>"
    limited = load("limits: {max_drop_ratio: 0.5}\nrules: [{drop: {css: article}}]\n")
    assert len(Cleaner(limited).clean(page, media_type="text/html").blocks) == 4


def test_a_limit_holds_for_what_a_file_extends() -> None:
    write("pack.yaml", "limits: {max_drop_ratio: 0.9}\n" + PACK)
    limits = [rule.max_drop_ratio for rule in load("extends: pack.yaml\nlimits: {max_drop_ratio: 0.5}\n" + OWN).rules]
    assert limits == [0.5, 0.5, 0.5]
    loaded = load("extends: pack.yaml\n" + OWN)
    assert [rule.max_drop_ratio for rule in loaded.rules] == [0.9, 0.9, None]
    assert [rule.max_drop_ratio for rule in loaded.limited(0.95).rules] == [0.9, 0.9, 0.95]


def test_the_cache_knows_what_packs_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "cache"))
    for number in range(60):
        write(
            f"r/{number:02}.yaml",
            f"sites: s{number}.example\nlimits: {{max_drop_ratio: 0.5}}\n{OWN}".replace("own}", f"o{number}}}"),
        )
    write("r/site.yaml", "sites: [s7.example, t.example]\nextends: 07.yaml\ndisable: o7\nrules: [{drop: S, id: s}]\n")
    for path in Path("r").iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(cache, "_SETTLED", 0.0)
    first = load_rules("r", shipped=False)
    assert list((tmp_path / "cache").iterdir())
    again = load_rules("r", shipped=False)
    assert again == first
    assert [ids(again, f"{host}.example") for host in ("s7", "s8", "t")] == [["s"], ["o8"], ["s"]]
    assert {rule.max_drop_ratio for rule in again.rules} == {0.5, None}
