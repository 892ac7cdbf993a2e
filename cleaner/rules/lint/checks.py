"""What is doubtful in one rule, in its file's scope, or in its tests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from cleaner.intake.language_tags import is_language, language_tag
from cleaner.normalize import count_words, fold
from cleaner.rules.check import MEDIA_TYPES, TEST_KEYS
from cleaner.rules.lint import patterns, selectors
from cleaner.rules.lint.codes import Edit
from cleaner.rules.lint.costs import DEAR, Costs
from cleaner.rules.lint.elements import NEVER_DROPPED
from cleaner.rules.lint.lists import removal
from cleaner.rules.lint.views import FileView, MatchView, RuleView, items_of
from cleaner.rules.matches import ALIASES
from cleaner.rules.scope import fits, host_name, primary_language
from cleaner.rules.source import Mapping, Node, Scalar, quote
from cleaner.selectors import Selector
from cleaner.selectors.expressions import Expression

SHORTEST_MISSPELT = 9
"""Letters of a text in which `misspelt` allows a wrong one."""
MAX_ADDRESSES = 100
"""Patterns of addresses that are compared with each other."""
_GROUP = re.compile(r"\\\d|\$\d|\$\{\w+\}|\\g<\w+>")
_MARKUP = re.compile(r"<[^>]*>|[*_#>`~\\]|\]\([^)]*\)")
_BROAD_VERBS = ("drop", "heading", "paragraph", "unwrap", "drop_after", "drop_before", "main")


def check_rules(file: FileView, costs: Costs) -> None:
    """Adds what is doubtful in each rule by itself."""
    for rule in file.rules:
        _check_level(file, rule)
        _check_replacement(file, rule)
        for match in rule.matches:
            _check_patterns(file, rule, match)
            _check_selectors(file, rule, match, costs)
            _check_together(file, match)
    for place in file.metadata:
        for selector, node in _pairs(place.rule.css + place.rule.xpath, place.items):
            _check_selector(file, selector, node, costs)
        for node in place.items.get("regex", []):
            _check_pattern(file, node, "regex")


def check_former_keys(file: FileView) -> None:
    """Adds keys that are called by their former names."""
    for rule in file.rules:
        for item in items_of(rule.node.entries[rule.verb][1]):
            for name, (key, _) in item.entries.items() if isinstance(item, Mapping) else ():
                if name in ALIASES:
                    message = f"{name!r} is called {ALIASES[name]!r} now"
                    file.add("former-key", key, message, Edit(key.start, key.end, ALIASES[name]))


def _check_level(file: FileView, rule: RuleView) -> None:
    inside = [match.entries["level"] for match in rule.matches if "level" in match.entries]
    if "level" in rule.node.entries and len(inside) == len(rule.matches):
        key = rule.node.entries["level"][0]
        file.add("unused-key", key, "'level' says what each match of this rule says already")


def _check_replacement(file: FileView, rule: RuleView) -> None:
    if "with" in rule.node.entries and (found := _GROUP.search(rule.rule.replacement)):
        message = f"'with' is written as it is: {quote(found[0])} is no group of the pattern"
        file.add("literal-group", rule.node.entries["with"][1], message)


# Patterns.


def _check_patterns(file: FileView, rule: RuleView, match: MatchView) -> None:
    for key in ("regex", "words"):
        for node in match.items.get(key, []):
            if _check_pattern(file, node, key):
                continue
            inserts = rule.verb == "replace" and patterns.is_nullable(node.text)
            if not inserts and patterns.is_found_everywhere(node.text, folded=key == "words"):
                message = f"{quote(node.text)} is found in every block"
                file.add("matches-everything", node, message)


def _check_pattern(file: FileView, node: Scalar, key: str) -> bool:
    """Adds a pattern that is found nowhere, and tells whether it is one."""
    if patterns.is_found_nowhere(node.text, folded=key == "words"):
        text = "folded text" if key == "words" else "text"
        file.add("matches-nothing", node, f"{quote(node.text)} is found in no {text}")
        return True
    if not unicodedata.is_normalized("NFC", node.text):
        message = f"{quote(node.text)} has letters and accents apart, which are one character on a page"
        file.add("matches-nothing", node, message)
        return True
    return False


# Selectors.


def _check_selectors(file: FileView, rule: RuleView, match: MatchView, costs: Costs) -> None:
    alone = not match.given().keys() - {"css", "xpath"}
    for selector, node in _pairs(match.conditions.css + match.conditions.xpath, match.items):
        if _check_selector(file, selector, node, costs):
            continue
        for part in selectors.alternatives(selector):
            _check_subject(file, rule, part, node, alone)


def _check_subject(file: FileView, rule: RuleView, part: Expression, node: Node, alone: bool) -> None:
    inside = selectors.only_without_blocks(part)
    if inside:
        hint = "; the page's header is <header>" if inside == "head" else ""
        file.add("not-a-block", node, f"what stands in <{inside}> is never a block{hint}")
    elif rule.verb == "drop" and alone and selectors.names_last(part) in NEVER_DROPPED:
        file.add("not-a-block", node, f"<{selectors.names_last(part)}> is never dropped")
    elif rule.verb in _BROAD_VERBS and alone and selectors.is_everything(part):
        file.add("matches-everything", node, "it selects every element")


def _check_selector(file: FileView, selector: Selector, node: Node, costs: Costs) -> bool:
    """Adds what is doubtful of a selector anywhere, and tells whether it selects nothing."""
    for name in selectors.unknown_names(selector):
        hint = f"; is it a class, '.{name}', or an id, '#{name}'?" if selector.source.strip().lower() == name else ""
        file.add("unknown-element", node, f"HTML has no element {name!r}{hint}")
    reasons = [selectors.why_nothing(part) for part in selectors.alternatives(selector)]
    found = [reason for reason in reasons if reason]
    if found and reasons:
        what = quote(selector.source) if len(found) == len(reasons) else f"a part of {quote(selector.source)}"
        file.add("matches-nothing", node, f"{what} selects nothing: {found[0]}")
    cost = costs.of(selector)
    if cost is not None:
        message = f"{quote(selector.source)} costs over {DEAR} steps for each element of a page; most cost under 5"
        file.add("costly-selector", node, message)
    return bool(found) and len(found) == len(reasons)


def _pairs(found: tuple[Selector, ...], items: dict[str, list[Scalar]]) -> Iterator[tuple[Selector, Scalar]]:
    nodes = [*items.get("css", []), *items.get("xpath", [])]
    yield from zip(found, nodes, strict=False)


# Conditions that do not go together.


def _check_together(file: FileView, match: MatchView) -> None:
    conditions = match.conditions
    spared = {fold(text) for text in conditions.unless}
    for node, text in zip(match.items.get("text", []), conditions.text, strict=False):
        size = count_words(text)
        if fold(text) in spared:
            file.add("matches-nothing", node, f"{quote(text)} is in 'unless' too")
        elif conditions.max_words is not None and size > conditions.max_words and not conditions.with_companions:
            message = f"{quote(text)} has {size} words, and 'max_words' allows {conditions.max_words}"
            file.add("matches-nothing", node, message)
    if conditions.misspelt and all(len(fold(text)) < SHORTEST_MISSPELT for text in conditions.text):
        message = f"'misspelt' does nothing: no text has {SHORTEST_MISSPELT} letters"
        file.add("unused-key", match.place("misspelt"), message)
    if conditions.misspelt is False:
        file.add("unused-key", match.place("misspelt"), "'misspelt: false' is the default")
    if "edits" in match.entries and conditions.edits == 0:
        file.add("unused-key", match.place("edits"), "'like' with no edits is 'text'")


# The file's scope.


def check_scope(file: FileView) -> None:
    """Adds what is doubtful of the sites, languages, paths and parameters of a file."""
    _check_sites(file)
    _check_languages(file)
    for section, key in (("when", "path"), ("links", "strip_parameters")):
        node = file.section(section)
        if isinstance(node, Mapping) and key in node.entries:
            _check_patterns_of_addresses(file, node.entries[key][1])


def _check_patterns_of_addresses(file: FileView, holder: Node) -> None:
    """Adds patterns with `*` that are in their list already, or that another one of it fits."""
    nodes = [node for node in items_of(holder) if isinstance(node, Scalar)][:MAX_ADDRESSES]
    for number, node in enumerate(nodes):
        others = (
            other
            for place, other in enumerate(nodes)
            if place != number and fits(other.text, node.text) and (other.text != node.text or place < number)
        )
        wide = next(others, None)
        if wide is not None:
            message = f"{quote(node.text)} is part of {quote(wide.text)}, which is in this list"
            file.add("duplicate-item", node, message, *removal(file.text, node, holder))


def _check_sites(file: FileView) -> None:
    section = file.section("sites")
    nodes = [node for node in items_of(section) if isinstance(node, Scalar)] if section is not None else []
    hosts = {host_name(node.text): node for node in reversed(nodes)}
    for node in nodes:
        host = host_name(node.text)
        parent = next((each for each in _parents(host) if each in hosts), None)
        if section is not None and hosts[host] is not node:
            message = f"{quote(node.text)} is the site in line {hosts[host].line} once more"
            file.add("duplicate-item", node, message, *removal(file.text, node, section))
        elif parent and section is not None:
            message = f"{quote(node.text)} belongs to {parent!r}, which includes its subdomains"
            file.add("duplicate-item", node, message, *removal(file.text, node, section))
        elif re.match(r"(?i)www\.[^.]+\.", node.text):
            start = file.text.lower().find("www.", node.start, node.end)
            edits = (Edit(start, start + 4),) if start >= 0 else ()
            file.add("site-www", node, f"'www.' says nothing: write {quote(node.text[4:])}", *edits)
        elif "." not in host and host != "localhost":
            message = f"{quote(node.text)} is every site that ends in '.{host}'"
            file.add("site-too-wide", node, message)


def _parents(host: str) -> Iterator[str]:
    while "." in host:
        host = host.partition(".")[2]
        yield host


def _check_languages(file: FileView) -> None:
    section = file.section("languages")
    first: dict[str, Scalar] = {}
    for node in items_of(section) if section is not None else ():
        if not isinstance(node, Scalar):
            continue
        language = primary_language(node.text)
        known = first.setdefault(language, node)
        shorter = (language_tag(language) or language).partition("-")[0]
        if known is not node and section is not None:
            message = f"{quote(node.text)} is {quote(known.text)} once more: only the language counts, not the country"
            file.add("duplicate-item", node, message, *removal(file.text, node, section))
        elif not is_language(language):
            file.add("unknown-language", node, f"no language has the code {language!r}")
        elif shorter != language:
            as_it_is = node.end - node.start == len(node.text)
            edits = (Edit(node.start, node.end, shorter + node.text[3:]),) if as_it_is else ()
            file.add("unknown-language", node, f"pages in {language!r} are known as {shorter!r}", *edits)


# Ids and tests.


def check_ids(file: FileView, shipped: dict[str, str]) -> None:
    """Adds ids with which a rule takes the place of a shipped one; `shipped` has their sources."""
    for id, node in file.file.ids if not file.file.shipped else ():
        if id in shipped:
            message = f"this rule takes the place of the shipped rule {id!r} ({shipped[id]})"
            file.add("replaces-shipped", node, message)


def check_tests(file: FileView) -> None:
    """Adds tests on pages that the rules of their file are not for, and names that are given twice."""
    names: dict[str, int] = {}
    scopes = [(rule.sites, rule.languages) for rule in file.file.rules]
    scopes += [(rule.sites, rule.languages) for rule in file.file.metadata]
    hosts = {site for sites, _ in scopes for site in sites}
    spoken = {primary_language(tag) for _, languages in scopes for tag in languages}
    section = file.section("tests")
    for node in items_of(section) if section is not None else ():
        entries = node.entries if isinstance(node, Mapping) else {}
        texts = {key: value for key, (_, value) in entries.items() if key in TEST_KEYS and isinstance(value, Scalar)}
        if "url" in texts and hosts:
            host = host_name(_host(texts["url"].text))
            if _changes(texts) and not {host, *_parents(host)} & hosts:
                message = f"the rules of this file are not for {host!r}, so they do nothing in this test"
                file.add("test-elsewhere", texts["url"], message)
        other = "language" in texts and primary_language(texts["language"].text) not in spoken
        if other and spoken and _changes(texts):
            message = f"the rules of this file are not for {texts['language'].text!r}, so they do nothing in this test"
            file.add("test-elsewhere", texts["language"], message)
        if "name" in texts:
            line = names.setdefault(texts["name"].text, texts["name"].line)
            if line != texts["name"].line:
                message = f"the test in line {line} has the same name"
                file.add("duplicate-item", texts["name"], message)


def _changes(test: dict[str, Scalar]) -> bool:
    """Whether a test leaves fewer words than its page has; one that leaves all may be about another page on purpose."""
    page = next((test[key].text for key in MEDIA_TYPES if key in test), "")
    gives = test["gives"].text if "gives" in test else page
    return len(fold(_MARKUP.sub(" ", gives))) < len(fold(_MARKUP.sub(" ", page)))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
