"""One rule file's bytes to its rules, metadata rules and tests, or to the list of everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import get_args
from urllib.parse import urlsplit

from cleaner.rules import values
from cleaner.rules.keys import EXPECTED, FILE, PLACE, RULE, TEST
from cleaner.rules.matches import ALIASES, MATCH_KEYS, SELECTOR_KEYS, MatchReader
from cleaner.rules.paths import relative_path
from cleaner.rules.scope import host_name
from cleaner.rules.source import (
    Broken,
    Mapping,
    Node,
    Problems,
    Scalar,
    Sequence,
    TooManyProblems,
    did_you_mean,
    quote,
    read_nodes,
)
from cleaner.rules.types import Conditions, Disabled, LinkRule, MetadataField, MetadataRule, Rule, RuleTest, Tier, Verb

VERBS: tuple[Verb, ...] = get_args(Verb)
METADATA_FIELDS: tuple[MetadataField, ...] = get_args(MetadataField)
MEDIA_TYPES = {"text": "text/plain", "html": "text/html", "markdown": "text/markdown"}
PAGE = "page"
"""The key of a test whose page is a file."""
SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".md": "markdown"}
"""Of saved pages, each with the key that a page of its kind has in a rule file."""
RULE_KEYS = tuple(RULE)
METADATA_KEYS = tuple(PLACE)
TEST_KEYS = tuple(TEST)
FILE_KEYS = tuple(FILE)
WHEN_KEYS = ("path",)
LINK_KEYS = ("strip_parameters",)
LIMIT_KEYS = ("max_drop_ratio",)
PACK_KEYS = ("extends", "disable", "limits")
"""Keys about the rules of other files, or about trust; shipped files have none."""
OWN_FIELDS = "fields"
"""The key of metadata under which a file has fields of its own."""

MAX_RULES = 50_000
"""Rules of a file."""

_ID = re.compile(r"[a-z0-9_.-]+")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LANGUAGE = re.compile("[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_FIELD = re.compile("[a-z][a-z0-9_]{0,63}")
_PATH = re.compile(r"[/*][^\s?#]*")
_PARAMETER = re.compile(r"[^\s?#&=]+")
_ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_:.-]*")
_NOT_ALONE = {key: f"{key!r} belongs inside a verb, as in drop: {{{key}: ...}}" for key in (*MATCH_KEYS, *ALIASES)}
_NOT_AT_TOP: dict[str, str] = {verb: f"'{verb}' is a rule; it belongs in the list under 'rules'" for verb in VERBS}

Entries = dict[str, tuple[Scalar, Node]]


@dataclass(slots=True)
class RuleFile:
    """What a file holds; nothing of it may be used where it has problems."""

    problems: Problems
    shipped: bool
    rules: list[Rule] = field(default_factory=list)
    metadata: list[MetadataRule] = field(default_factory=list)
    tests: list[RuleTest] = field(default_factory=list)
    links: list[LinkRule] = field(default_factory=list)
    ids: list[tuple[str, Node]] = field(default_factory=list)
    """The ids that are written in it, with their places."""
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    extends: list[tuple[str, Node]] = field(default_factory=list)
    """The files that it extends, as it names them, with the places; so of the rules that it switches off."""
    disable: list[tuple[str, Node]] = field(default_factory=list)
    disabled: list[Disabled] = field(default_factory=list)
    max_drop_ratio: float | None = None
    root: Node | None = None
    """What the file is, as nodes; None where it could not be read."""


def check_file(data: bytes, name: str, number: int, *, shipped: bool) -> RuleFile:
    """The contents of a rule file; `name` stands in sources and problems, `number` is its place in load order."""
    checker = _Checker(name, number, shipped)
    with suppress(TooManyProblems):
        checker.found.root = read_nodes(data, checker.problems)
        if checker.found.root is not None:
            checker.file(checker.found.root)
    return checker.found


class _Checker:
    """Holds what all parts of a file share: its name, number, scope and problems."""

    def __init__(self, name: str, number: int, shipped: bool) -> None:
        self.name = name
        self.number = number
        self.problems = Problems(name)
        self.found = RuleFile(self.problems, shipped)
        self.tier = Tier.GENERIC if shipped else Tier.USER
        self.sites: tuple[str, ...] = ()
        self.languages: tuple[str, ...] = ()
        self.paths: tuple[str, ...] = ()

    def file(self, root: Node) -> None:
        entries = values.entries(root, "a rule file", FILE_KEYS, self.problems, _NOT_AT_TOP) or {}
        self._text(entries, "description")
        self._scope(entries)
        self._packs(entries)
        rules = self._items(entries, "rules")
        for number, item in enumerate(rules[:MAX_RULES]):
            self._rule(item, number)
        if len(rules) > MAX_RULES:
            self.problems.add(rules[MAX_RULES], f"a file has at most {MAX_RULES:,} rules; divide it", "too-large")
        if "metadata" in entries:
            self._metadata(entries["metadata"][1])
        if "links" in entries:
            self._links(entries["links"][1])
        for item in self._items(entries, "tests"):
            self._test(item)

    def _items(self, entries: Entries, key: str) -> list[Node]:
        return (values.items(entries[key][1], key, self.problems) or []) if key in entries else []

    def _text(self, entries: Entries, key: str, *, empty: bool = False, raw: bool = False) -> str | None:
        return values.text(entries[key][1], key, self.problems, empty=empty, raw=raw) if key in entries else None

    def _source(self, node: Node) -> str:
        return f"{self.name}:{node.line}"

    def _scope(self, entries: Entries) -> None:
        self.sites = self._each(entries, "sites", site_name)
        self.languages = self._each(entries, "languages", _language)
        if "when" in entries:
            node = entries["when"][1]
            when = values.entries(node, "when", WHEN_KEYS, self.problems) or {}
            if isinstance(node, Mapping) and not node.entries:
                self._needs(node, when, "'when'", WHEN_KEYS)
            self.paths = self._each(when, "path", _path)
        if self.found.shipped and (self.sites or self.languages):
            self.tier = Tier.SITE if self.sites else Tier.LANGUAGE

        self.found.sites, self.found.languages, self.found.paths = self.sites, self.languages, self.paths

    def _packs(self, entries: Entries) -> None:
        """What the file says of other files, and how far it is trusted."""
        for key in PACK_KEYS if self.found.shipped else ():
            if key in entries:
                self.problems.add(entries[key][0], f"a shipped file has no {key!r}", "combination")
        for key, found in (("extends", self.found.extends), ("disable", self.found.disable)):
            given = values.texts(entries[key][1], key, self.problems) if key in entries else None
            found += [(text, node) for node, text in given or ()]
        if self.found.disable:
            disabled = Disabled(
                ids=tuple(id for id, _ in self.found.disable),
                source=self._source(entries["disable"][0]),
                tier=self.tier,
                order=(self.number, 0),
                sites=self.sites,
                languages=self.languages,
                paths=self.paths,
            )
            self.found.disabled.append(disabled)
        if "limits" in entries:
            node = entries["limits"][1]
            limits = values.entries(node, "limits", LIMIT_KEYS, self.problems) or {}
            if isinstance(node, Mapping) and self._needs(node, limits, "'limits'", LIMIT_KEYS):
                self.found.max_drop_ratio = values.ratio(limits["max_drop_ratio"][1], "max_drop_ratio", self.problems)

    def _each(self, entries: Entries, key: str, read: Callable[[str], str]) -> tuple[str, ...]:
        found = (values.texts(entries[key][1], key, self.problems) or []) if key in entries else []
        good = []
        for node, text in found:
            try:
                good.append(read(text))
            except ValueError as error:
                self.problems.add(node, f"{key!r}: {error}")
        return tuple(good)

    def _rule(self, node: Node, number: int) -> None:
        before = len(self.problems.found)
        keys = (*VERBS, *RULE_KEYS)
        elsewhere = _NOT_ALONE | _unknown_verb(node) if isinstance(node, Mapping) else {}
        entries = values.entries(node, "a rule", keys, self.problems, elsewhere) or {}
        verb = self._verb(node, entries, len(self.problems.found) == before)
        if verb is None:
            return
        reader = MatchReader(verb, RULE_KEYS, self.problems)
        matches = reader.matches(entries[verb][1])
        rule = Rule(
            verb=verb,
            matches=matches,
            id=self._id(node, entries),
            why=self._text(entries, "why"),
            source=self._source(node),
            level=self._level(verb, entries, reader.levels),
            replacement=self._replacement(verb, entries),
            tier=self.tier,
            order=(self.number, number),
            sites=self.sites,
            languages=self.languages,
            paths=self.paths,
            attribute=self._with_attribute(verb, entries, matches),
            max_drop_ratio=self.found.max_drop_ratio,
        )
        if self.found.shipped:
            self._needs(node, entries, "a shipped rule", ("id", "why"))
        self.found.rules.append(rule)

    def _verb(self, node: Node, entries: Entries, right_so_far: bool) -> Verb | None:
        given = [verb for verb in VERBS if verb in entries]
        given.sort(key=list(entries).index)
        for second in given[1:]:
            self.problems.add(
                entries[second][0], f"'{given[0]}' and '{second}' are two rules; a rule has one verb", "combination"
            )
        if not given and right_so_far and not isinstance(node, Broken):
            self.problems.add(node, f"a rule needs a verb: {', '.join(VERBS)}", "missing-key")
        return given[0] if len(given) == 1 else None

    def _id(self, node: Node, entries: Entries) -> str:
        given = self._text(entries, "id")
        if given is None:
            return f"{PurePosixPath(self.name).stem}:{node.line}"
        place = entries["id"][1]
        if not _ID.fullmatch(given):
            self.problems.add(place, f"'id' is made of a-z, 0-9, '_', '.' and '-', not {quote(given)}")
        self.found.ids.append((given, place))
        return given

    def _level(self, verb: Verb, entries: Entries, inside: list[tuple[Node, int]]) -> int | None:
        levels = list(inside)
        if "level" in entries:
            key, node = entries["level"]
            if verb != "heading":
                self.problems.add(key, f"'level' goes with 'heading', not with '{verb}'", "combination")
                return None
            level = values.number(node, "level", 1, 6, self.problems)
            levels += [(node, level)] if level is not None else []
        for node, level in levels[1:]:
            if level != levels[0][1]:
                self.problems.add(
                    node, f"a rule gives one level, and this one gave {levels[0][1]}; write two rules", "combination"
                )
        return levels[0][1] if levels else None

    def _replacement(self, verb: Verb, entries: Entries) -> str:
        if "with" in entries and verb != "replace":
            self.problems.add(entries["with"][0], f"'with' goes with 'replace', not with '{verb}'", "combination")
            return ""
        if "with" in entries and isinstance(entries["with"][1], Mapping):
            return ""
        return self._text(entries, "with", empty=True) or ""

    def _needs(self, node: Node, entries: Entries, what: str, keys: tuple[str, ...]) -> bool:
        missing = [key for key in keys if key not in entries]
        for key in missing:
            self.problems.add(node, f"{what} needs {key!r}", "missing-key")
        return not missing

    def _metadata(self, node: Node) -> None:
        entries = values.entries(node, "metadata", (*METADATA_FIELDS, OWN_FIELDS), self.problems) or {}
        for name in METADATA_FIELDS:
            if name in entries:
                self._metadata_rules(name, entries[name][1])
        own = entries[OWN_FIELDS][1] if OWN_FIELDS in entries else None
        if isinstance(own, Mapping):
            for own_name, (key, value) in own.entries.items():
                if own_name in METADATA_FIELDS:
                    self.problems.add(
                        key, f"{own_name!r} is a field of every document; it belongs beside {OWN_FIELDS!r}"
                    )
                elif not _FIELD.fullmatch(own_name):
                    message = f"{quote(own_name)} is no name of a field: a to z, then a to z, 0 to 9 and _, at most 64"
                    self.problems.add(key, message)
                self._metadata_rules(own_name, value, is_own=True)
        elif own is not None:
            values.entries(own, OWN_FIELDS, (), self.problems)

    def _metadata_rules(self, name: str, node: Node, *, is_own: bool = False) -> None:
        for item in node.items if isinstance(node, Sequence) else [node]:
            self._metadata_rule(name, item, is_own)

    def _metadata_rule(self, name: str, node: Node, is_own: bool) -> None:
        entries = values.entries(node, name, METADATA_KEYS, self.problems) or {}
        if isinstance(node, Mapping) and not set(SELECTOR_KEYS) & node.entries.keys():
            self.problems.add(node, f"{name!r} needs 'css' or 'xpath'", "missing-key")
        elements = "attr" in entries
        found = {
            key: values.selectors(entries[key][1], key, self.problems, elements=elements)
            for key in SELECTOR_KEYS
            if key in entries
        }
        rule = MetadataRule(
            field=name,
            css=found.get("css") or (),
            xpath=found.get("xpath") or (),
            attr=self._attribute(entries),
            regex=self._pattern(entries),
            source=self._source(node),
            tier=self.tier,
            order=(self.number, len(self.found.metadata)),
            sites=self.sites,
            languages=self.languages,
            paths=self.paths,
            is_own=is_own,
        )
        self.found.metadata.append(rule)

    def _links(self, node: Node) -> None:
        entries = values.entries(node, "links", LINK_KEYS, self.problems) or {}
        parameters = self._each(entries, "strip_parameters", _parameter)
        if not entries and isinstance(node, Mapping):
            self.problems.add(node, f"'links' needs {', '.join(map(repr, LINK_KEYS))}", "missing-key")
        rule = LinkRule(
            strip_parameters=parameters,
            source=self._source(node),
            tier=self.tier,
            order=(self.number, 0),
            sites=self.sites,
            languages=self.languages,
            paths=self.paths,
        )
        self.found.links.append(rule)

    def _with_attribute(self, verb: Verb, entries: Entries, matches: tuple[Conditions, ...]) -> str | None:
        """The attribute that the `with` of a rule names; such a rule is about whole elements."""
        node = entries["with"][1] if "with" in entries and verb == "replace" else None
        if not isinstance(node, Mapping):
            if verb == "replace" and any(not (match.text or match.regex) for match in matches):
                self.problems.add(entries[verb][1], "'replace' needs 'text' or 'regex'", "missing-key")
            return None
        given = values.entries(node, "with", ("attr",), self.problems) or {}
        self._needs(node, given, "'with'", ("attr",))
        if any(_asks_more(match) for match in matches):
            message = "with an attribute, 'replace' takes css and xpath only: it is about elements"
            self.problems.add(entries[verb][1], message, "combination")
        return self._attribute(given)

    def _attribute(self, entries: Entries) -> str | None:
        name = self._text(entries, "attr")
        if name is not None and not _ATTRIBUTE.fullmatch(name):
            self.problems.add(entries["attr"][1], f"'attr': {quote(name)} is not the name of an attribute")
        return name.lower() if name else None

    def _pattern(self, entries: Entries) -> str | None:
        if self._text(entries, "regex") is None:
            return None
        found = values.patterns(entries["regex"][1], "regex", self.problems)
        return found[0] if found else None

    def _test(self, node: Node) -> None:
        entries = values.entries(node, "a test", TEST_KEYS, self.problems)
        if entries is None:
            return
        keys = (*MEDIA_TYPES, PAGE)
        given = [key for key in keys if key in entries]
        if len(given) != 1:
            self.problems.add(node, f"a test needs one of {', '.join(keys)}", "missing-key")
        says = any(key in entries for key in EXPECTED)
        if not says:
            self.problems.add(node, f"a test needs one of {', '.join(EXPECTED)}", "missing-key")
        if not self._needs(node, entries, "a test", ("name",)) or not says or len(given) != 1:
            return
        page = self._checked(entries, PAGE, _saved_page)
        kind = given[0] if page is None else SUFFIXES[PurePosixPath(page).suffix.lower()]
        if kind not in MEDIA_TYPES:
            return
        shipped = values.flag(entries["shipped"][1], "shipped", self.problems) if "shipped" in entries else False
        test = RuleTest(
            name=self._text(entries, "name") or "",
            media_type=MEDIA_TYPES[kind],
            data="" if page is not None else self._text(entries, kind, raw=True) or "",
            gives=(self._text(entries, "gives", raw=True) or "") if "gives" in entries else None,
            url=self._checked(entries, "url", _url),
            language=self._checked(entries, "language", _language),
            shipped=bool(shipped),
            source=self._source(node),
            file=self.number,
            tier=self.tier,
            page=page,
            contains=self._texts(entries, "contains"),
            lacks=self._texts(entries, "lacks"),
            headings=self._headings(entries),
        )
        self.found.tests.append(test)

    def _texts(self, entries: Entries, key: str) -> tuple[str, ...]:
        found = (values.texts(entries[key][1], key, self.problems) or []) if key in entries else []
        return tuple(text for _, text in found)

    def _headings(self, entries: Entries) -> tuple[str, ...] | None:
        if "headings" not in entries:
            return None
        node = entries["headings"][1]
        return () if isinstance(node, Sequence) and not node.items else self._texts(entries, "headings")

    def _checked(self, entries: Entries, key: str, read: Callable[[str], str]) -> str | None:
        text = self._text(entries, key)
        if text is None:
            return None
        try:
            return read(text)
        except ValueError as error:
            self.problems.add(entries[key][1], f"{key!r}: {error}")
            return None


def _unknown_verb(node: Mapping) -> dict[str, str]:
    """For a rule without a verb: the key that was meant to be it, and what to say of it."""
    if set(VERBS) & node.entries.keys():
        return {}
    known = (*RULE_KEYS, *MATCH_KEYS)
    unknown = [key for key in node.entries if key not in known and not did_you_mean(key, RULE_KEYS)]
    for key in unknown[:1]:
        hint = did_you_mean(key, VERBS) or f"; it is one of {', '.join(VERBS)}"
        return {key: f"unknown verb {quote(key)}{hint}"}
    return {}


def site_name(text: str) -> str:
    """A host name as rules have it. Raises ValueError for what is none."""
    if text.startswith("*."):
        raise ValueError(f"{quote(text)}: subdomains are included; write {quote(text[2:])}")
    host = host_name(text)
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise ValueError(f"{quote(text)} is not a host name, as in example.com")
    return host


def _asks_more(match: Conditions) -> bool:
    """Whether a match asks for more than selectors."""
    return replace(match, css=(), xpath=()) != Conditions()


def _path(text: str) -> str:
    if not _PATH.fullmatch(text):
        raise ValueError(f"{quote(text)} is not the path of an address, as in /blog/*")
    return text


def _parameter(text: str) -> str:
    if not _PARAMETER.fullmatch(text):
        raise ValueError(f"{quote(text)} is not the name of a parameter, as in utm_*")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text.lower()):
        raise ValueError(f"{quote(text)} is not a language tag, as in de or pt-BR")
    return text.lower()


def _saved_page(text: str) -> str:
    path = relative_path(text)
    if PurePosixPath(path).suffix.lower() not in SUFFIXES:
        raise ValueError(f"{quote(text)} is no saved page; its name ends in one of {', '.join(SUFFIXES)}")
    return path


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{quote(text)} is not an address, as in https://example.com/page")
    return text
