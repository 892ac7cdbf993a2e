"""Loading rule files: which, in which order, and what of them applies to a page."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import rules as rules_module
from cleaner.rules import (
    Conditions,
    MetadataRule,
    Place,
    Problem,
    Rule,
    RuleError,
    RuleSet,
    Tier,
    check,
    checked,
    load_rules,
    shipped_rules_root,
    write_checked,
)

Write = Callable[[str, str], Path]
SHIPPED_RULE = "rules:\n- drop: Advert\n  id: ads.label\n  why: It labels an ad.\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file of the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def shipped(write: Write, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file of the shipped rules, which are those and no others."""
    root = Path("shipped").absolute()
    root.mkdir()
    monkeypatch.setattr(rules_module, "shipped_rules_root", lambda: root)
    return lambda name, text: write(f"shipped/{name}", text)


def load(*paths: str | os.PathLike[str]) -> RuleSet:
    return load_rules(*paths, shipped=False)


def one_rule(write: Write, text: str) -> Rule:
    """The rule of a file that has one."""
    (rule,) = load(write("one.yaml", f"rules:\n- {text}\n")).rules
    return rule


@pytest.fixture
def checked_rules(shipped: Write) -> Write:
    """Writes a file of shipped rules that have been checked before; a user's file is beside them."""
    shipped("generic/ads.yaml", SHIPPED_RULE)
    shipped("languages/de.yaml", "languages: [de]\n" + SHIPPED_RULE.replace("ads.label", "de.label"))
    write_checked()
    Path("own.yaml").write_text("rules:\n- drop: Mine\n  id: ads.label\n- drop: Other\n", encoding="utf-8")
    return shipped


@pytest.mark.parametrize("paths", [(), ("own.yaml",)])
def test_checked_rules_are_as_they_were_read(
    checked_rules: Write, monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...]
) -> None:
    read: list[str] = []
    check_file = check.check_file
    monkeypatch.setattr(
        check, "check_file", lambda data, name, *a, **k: read.append(name) or check_file(data, name, *a, **k)
    )
    found = load_rules(*paths)
    assert read == list(paths)
    monkeypatch.setattr(checked, "NAME", "missing.json")
    assert load_rules(*paths) == found
    assert len(read) == 2 + 2 * len(paths)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("generic/ads.yaml", SHIPPED_RULE.replace("Advert", "Reklama"), ["Reklama", "Advert"]),
        ("generic/more.yaml", SHIPPED_RULE.replace("ads.label", "more.label"), ["Advert", "Advert", "Advert"]),
    ],
)
def test_shipped_rules_that_changed_since_their_check_are_read(
    checked_rules: Write, name: str, text: str, expected: list[str]
) -> None:
    checked_rules(name, text)
    assert texts(load_rules().rules) == expected


def test_a_shipped_file_that_is_gone_has_no_rules(checked_rules: Write) -> None:
    Path("shipped/generic/ads.yaml").unlink()
    assert [rule.id for rule in load_rules().rules] == ["de.label"]


def test_a_mistake_in_a_user_s_file_is_told_beside_checked_rules(checked_rules: Write) -> None:
    Path("own.yaml").write_text("rules:\n- dorp: Mine\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"own\.yaml:2:3"):
        load_rules("own.yaml")


def texts(rules: tuple[Rule, ...]) -> list[str]:
    return [match.text[0] for rule in rules for match in rule.matches]


MATCHES = [
    ("drop: Advert", Conditions(text=("Advert",))),
    ("drop: No", Conditions(text=("No",))),
    ("drop: 1.50", Conditions(text=("1.50",))),
    ("drop: 2024-01-02", Conditions(text=("2024-01-02",))),
    ("drop: {text: [on, ~x, null]}", Conditions(text=("on", "~x", "null"))),
    ("drop: {text: Ärger, max_words: 3}", Conditions(text=("Ärger",), max_words=3)),
    ("drop: {like: advertisement}", Conditions(like=("advertisement",), edits=1)),
    ("drop: {like: [advertisement, sponsored], edits: 0}", Conditions(like=("advertisement", "sponsored"), edits=0)),
    ('drop: {regex: "^Ad \\\\d+$"}', Conditions(regex=(r"^Ad \d+$",))),
    ("drop: {repeats: 3, kind: heading}", Conditions(repeats=3, kind=("heading",))),
    ("drop: {text: Advert, misspelt: true}", Conditions(text=("Advert",), misspelt=True)),
    ("drop: {text: Advert, beside: [of, skip]}", Conditions(text=("Advert",), with_companions=("of", "skip"))),
    ("drop: {interrupts: 3, unless: Answer}", Conditions(recurs_irregularly=3, unless=("Answer",))),
    (
        "drop: {text: Advert, subject: false, marked: true}",
        Conditions(text=("Advert",), heads_next=False, from_markup=True),
    ),
    ("drop: {kind: [table, list_item]}", Conditions(kind=("table", "list_item"))),
    ("drop: {place: first}", Conditions(place=Place("first", 1))),
    ("drop: {place: {last: 5}}", Conditions(place=Place("last", 5))),
]


@pytest.mark.parametrize(("text", "match"), MATCHES)
def test_a_match_is_what_is_written(write: Write, text: str, match: Conditions) -> None:
    assert one_rule(write, text).matches == (match,)


def test_a_list_is_any_of_its_matches(write: Write) -> None:
    rule = one_rule(write, "drop: [Advert, {max_words: 2}, {text: Promo, place: last}, Sponsored]")
    assert rule.matches == (
        Conditions(text=("Advert", "Sponsored")),
        Conditions(max_words=2),
        Conditions(text=("Promo",), place=Place("last", 1)),
    )


def test_selectors_are_compiled(write: Write) -> None:
    (match,) = one_rule(write, "drop: {css: [.ad, aside], xpath: //nav}").matches
    assert (len(match.css), len(match.xpath)) == (2, 1)


@pytest.mark.parametrize("text", ["heading: {text: Part, level: 3}", "heading: Part\n  level: 3"])
def test_a_level_stands_in_the_match_or_beside_it(write: Write, text: str) -> None:
    rule = one_rule(write, text)
    assert (rule.verb, rule.level, rule.matches) == ("heading", 3, (Conditions(text=("Part",)),))


@pytest.mark.parametrize(("text", "replacement"), [("", ""), ('\n  with: ""', ""), ('\n  with: " - "', " - ")])
def test_a_replacement_is_taken_as_written(write: Write, text: str, replacement: str) -> None:
    assert one_rule(write, f"replace: {{regex: a}}{text}").replacement == replacement


def test_a_rule_tells_where_it_stands(write: Write) -> None:
    write("my rules/site.yaml", "sites: WWW.Example.com\nlanguages: pt-BR\nrules:\n- drop: a\n- keep: b\n  id: own.b\n")
    first, second = load("my rules").rules
    assert first == Rule(
        verb="drop",
        matches=(Conditions(text=("a",)),),
        id="site:4",
        why=None,
        source="my rules/site.yaml:4",
        level=None,
        replacement="",
        tier=Tier.USER,
        order=(0, 0),
        sites=("example.com",),
        languages=("pt-br",),
    )
    assert (second.id, second.source, second.order) == ("own.b", "my rules/site.yaml:5", (0, 1))


def test_metadata_rules(write: Write) -> None:
    write(
        "a.yaml",
        'metadata:\n  author: [{css: .by, regex: "by (.+)"}, {xpath: //b}]\n  date: {css: time, attr: DateTime}\n',
    )
    first, second, third = load("a.yaml").metadata
    assert [rule.field for rule in (first, second, third)] == ["author", "author", "date"]
    assert (first.regex, first.attr, len(first.css), first.order) == ("by (.+)", None, 1, (0, 0))
    assert (third.attr, third.source, third.order) == ("datetime", "a.yaml:3", (0, 2))


def test_inline_tests(write: Write) -> None:
    write(
        "a.yaml",
        "tests:\n- name: all goes\n  html: <p>a</p>\n  gives: ''\n  url: https://example.com/\n  shipped: true\n",
    )
    (test,) = load("a.yaml").tests
    assert (test.name, test.media_type, test.data, test.gives) == ("all goes", "text/html", "<p>a</p>", "")
    assert (test.url, test.shipped, test.language, test.source, test.file) == (
        "https://example.com/", True, None, "a.yaml:2", 0,
    )  # fmt: skip


def test_a_later_path_comes_after_an_earlier_one(write: Write) -> None:
    write("b/z.yaml", "rules: [{drop: z}]")
    write("b/inner/y.yml", "rules: [{drop: y}]")
    write("b/notes.txt", "no rules")
    write("a.yaml", "rules: [{drop: a}]")
    loaded = load("b", "a.yaml").rules
    assert texts(loaded) == ["y", "z", "a"]
    assert [rule.order for rule in loaded] == [(0, 0), (1, 0), (2, 0)]


def test_a_file_that_is_named_twice_counts_where_it_is_last(write: Write) -> None:
    a, b = write("a.yaml", "rules: [{drop: a}]"), write("b.yaml", "rules: [{drop: b}]")
    assert texts(load(a, b, Path("./a.yaml").absolute()).rules) == ["b", "a"]


def test_rules_without_an_id_on_one_line_get_different_ones(write: Write) -> None:
    write("a/x.yaml", "rules: [{drop: a}, {drop: b}]")
    write("b/x.yaml", "rules: [{drop: c}]")
    assert [rule.id for rule in load("a", "b").rules] == ["x:1", "a/x.yaml:1:2", "b/x.yaml:1:1"]


TIERS = [
    ("", Tier.GENERIC),
    ("sites: example.com\n", Tier.SITE),
    ("languages: de\n", Tier.LANGUAGE),
    ("languages: de\nsites: example.com\n", Tier.SITE),
]


@pytest.mark.parametrize(("scope", "tier"), TIERS)
def test_tiers(shipped: Write, write: Write, scope: str, tier: Tier) -> None:
    shipped("generic/ads.yaml", scope + SHIPPED_RULE)
    write("own.yaml", scope + "rules: [{drop: a}]")
    theirs, own = load_rules("own.yaml").rules
    assert (theirs.tier, own.tier) == (tier, Tier.USER)
    assert theirs.source == f"generic/ads.yaml:{2 + scope.count(chr(10))}"
    assert own.order > theirs.order


def test_a_user_rule_takes_the_place_of_the_shipped_one_with_its_id(shipped: Write, write: Write) -> None:
    shipped("ads.yaml", SHIPPED_RULE)
    write("own.yaml", "rules:\n- keep: Advert\n  id: ads.label\n")
    (rule,) = load_rules("own.yaml").rules
    assert (rule.verb, rule.tier, rule.source) == ("keep", Tier.USER, "own.yaml:2")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("rules: [{drop: a, id: x}]", "rules:\n- drop: b\n  id: x", "own/b.yaml:3:7: id 'x' is taken by own/a.yaml:1"),
        ("rules: [{drop: a, id: x}, {drop: b, id: x}]", "{}", "own/a.yaml:1:41: id 'x' is taken by own/a.yaml:1"),
    ],
)
def test_an_id_is_given_once(write: Write, first: str, second: str, message: str) -> None:
    write("own/a.yaml", first)
    write("own/b.yaml", second)
    with pytest.raises(RuleError) as raised:
        load("own")
    assert str(raised.value) == message


def test_all_problems_of_all_files_are_told_at_once(write: Write) -> None:
    write("a.yaml", "rules:\n- dorp: a\n- drop: {text: b, kind: c}\n  id: x\n")
    write("b.yaml", "rules:\n- drop: fine\n")
    write("c.yaml", "rules:\n- drop: fine\n  id: x\nsiets: []\n")
    write("empty/readme.txt", "")
    with pytest.raises(RuleError) as raised:
        load("empty", "a.yaml", "b.yaml", "c.yaml", "missing.yaml", "/dev/null")
    assert str(raised.value).splitlines() == [
        "empty: no *.yaml or *.yml in this folder",
        "missing.yaml: no such file",
        "/dev/null: not a file",
        "a.yaml:2:3: unknown verb 'dorp'; did you mean 'drop'?",
        "a.yaml:3:25: unknown kind 'c'; it is one of heading, paragraph, list_item, code, table, image, math, rule",
        "c.yaml:3:7: id 'x' is taken by a.yaml:4",
        "c.yaml:4:1: unknown key 'siets'; did you mean 'sites'?",
    ]
    assert raised.value.problems[3] == Problem("a.yaml", 2, 3, "unknown verb 'dorp'; did you mean 'drop'?")


def test_a_file_that_cannot_be_read_is_told(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.yaml", "rules: []")

    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RuleError, match=r"^a\.yaml: cannot be read: Permission denied$"):
        load("a.yaml")


@pytest.fixture
def scoped(write: Write) -> RuleSet:
    write("all.yaml", "rules: [{drop: all}]\nmetadata: {author: {css: b}}\n")
    write("site.yaml", "sites: [example.com, www.other.org]\nrules: [{drop: site}]\nmetadata: {title: {css: b}}\n")
    write("lang.yaml", "languages: [de, pt-BR]\nrules: [{drop: lang}]\n")
    write("both.yaml", "sites: münchen.example\nlanguages: de\nrules: [{drop: both}]\n")
    return load("all.yaml", "site.yaml", "lang.yaml", "both.yaml")


SCOPED = [
    (None, None, ["all"]),
    ("example.com", None, ["all", "site"]),
    ("www.example.com", None, ["all", "site"]),
    ("News.Example.COM.", None, ["all", "site"]),
    ("other.org", None, ["all", "site"]),
    ("notexample.com", None, ["all"]),
    ("example.com.evil.net", None, ["all"]),
    ("com", None, ["all"]),
    ("", "", ["all"]),
    (None, "de", ["all", "lang"]),
    (None, "de-AT", ["all", "lang"]),
    (None, "DE_at", ["all", "lang"]),
    (None, "pt", ["all", "lang"]),
    (None, "den", ["all"]),
    (None, "en", ["all"]),
    ("example.com", "de", ["all", "site", "lang"]),
    ("xn--mnchen-3ya.example", "de", ["all", "lang", "both"]),
    ("MÜNCHEN.example", "en", ["all"]),
]


@pytest.mark.parametrize(("host", "language", "expected"), SCOPED)
def test_scopes(scoped: RuleSet, host: str | None, language: str | None, expected: list[str]) -> None:
    assert texts(scoped.scoped(host, language)) == expected


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/app/*", "/app/1/2", True),
        ("/app/*", "/app/", True),
        ("/app/*", "/app", False),
        ("/app/*", "/x/app/1", False),
        ("/app", "/app", True),
        ("/App", "/app", False),
        ("*/print", "/a/print", True),
        ("*/print", "/a/print/b", False),
        ("/*/a*/b", "/x/ab/c/b", True),
        ("/*/a*/b", "/x/b", False),
        ("/a*a", "/a", False),
        ("/a.c", "/abc", False),
        ("*", "/", True),
        ("*", None, False),
        ("/" + "a*" * 40 + "b", "/" + "a" * 5000, False),
    ],
)
def test_paths(write: Write, pattern: str, path: str | None, fits: bool) -> None:
    text = f"when: {{path: '{pattern}'}}\nrules: [{{drop: a}}]\nlinks: {{strip_parameters: b}}\n"
    loaded = load(write("a.yaml", text))
    assert texts(loaded.scoped(None, None, path)) == ["a"] * fits
    assert len(loaded.scoped_links("example.com", "en", path)) == fits


def test_metadata_has_the_scope_of_its_file(scoped: RuleSet) -> None:
    assert [rule.field for rule in scoped.scoped_metadata("example.com", None)] == ["author", "title"]
    assert [rule.field for rule in scoped.scoped_metadata(None, "de")] == ["author"]


def test_equal_keys_are_equal_rules(scoped: RuleSet) -> None:
    assert scoped.key("a.example.com", "en") == scoped.key("example.com", None) == (0, 1)
    assert scoped.key("example.com", "de") == (0, 1, 2)


def test_rules_are_found_and_taken_out_by_id(write: Write) -> None:
    loaded = load(write("a.yaml", "rules:\n- {drop: a, id: ads.label}\n- {drop: b, id: ads.other}\n"))
    assert texts(loaded.without(["ads.label"]).rules) == ["b"]
    assert loaded.without([]) == loaded
    assert loaded.rule("ads.other").order == (0, 1)


def test_unknown_ids_are_told_with_the_nearest(write: Write) -> None:
    loaded = load(write("a.yaml", "rules:\n- {drop: a, id: ads.label}\n"))
    with pytest.raises(RuleError) as raised:
        loaded.without(["zzz", "ads.lable", "ads.label"])
    assert str(raised.value) == "unknown rule 'ads.lable'; did you mean 'ads.label'?\nunknown rule 'zzz'"
    with pytest.raises(RuleError, match=r"^unknown rule 'ads\.lable'; did you mean 'ads\.label'\?$"):
        loaded.rule("ads.lable")


def test_one_file_of_a_set(shipped: Write, write: Write) -> None:
    shipped("ads.yaml", SHIPPED_RULE)
    write("a.yaml", "rules: [{drop: a}]\ntests: [{name: n, text: a, gives: ''}]\n")
    write("b.yaml", "rules: [{drop: b}]\n")
    loaded = load_rules("a.yaml", "b.yaml")
    assert texts(loaded.only_file(1).rules) == ["a"]
    assert texts(loaded.only_file(1, shipped=True).rules) == ["Advert", "a"]
    assert (len(loaded.only_file(1).tests), len(loaded.only_file(2).tests)) == (1, 0)


def test_rule_sets_pickle_and_hash(scoped: RuleSet) -> None:
    scoped.key(None, None)
    again = pickle.loads(pickle.dumps(scoped))
    assert again == scoped
    assert hash(again) == hash(scoped)
    assert again.key("example.com", None) == (0, 1)
    error = RuleError((Problem("a", 1, 2, "b"),))
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "a:1:2: b"


def test_the_shipped_rules_load() -> None:
    assert shipped_rules_root().is_dir()
    for rule in load_rules().rules:
        assert rule.id
        assert rule.why
        assert (shipped_rules_root() / rule.source.rpartition(":")[0]).is_file()
        assert rule.tier is not Tier.USER


@pytest.mark.parametrize("kept", ["cleaner/_rules", "rules"])
def test_the_shipped_rules_are_found_in_a_wheel_and_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    (tmp_path / kept).mkdir(parents=True)
    monkeypatch.setattr(rules_module, "__file__", str(tmp_path / "cleaner" / "rules" / "__init__.py"))
    assert shipped_rules_root() == (tmp_path / kept).resolve()


def test_shipped_rules_that_are_missing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_module, "__file__", str(tmp_path / "cleaner" / "rules" / "__init__.py"))
    with pytest.raises(FileNotFoundError, match="shipped rules are missing"):
        shipped_rules_root()


def test_importing_is_cheap() -> None:
    heavy = "{'yaml', 're2', 'lxml', 'rapidfuzz', 'cssselect'}"
    code = f"import sys, cleaner.rules; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_names_are_all_there() -> None:
    assert all(hasattr(rules_module, name) for name in rules_module.__all__)
    assert MetadataRule.__name__ in rules_module.__all__
