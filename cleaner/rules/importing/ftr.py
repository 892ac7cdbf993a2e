"""Site configs of Full-Text RSS to rule files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cleaner.rules.check import site_name
from cleaner.rules.importing.findings import Finding, ImportedFile, NotImported, Outcome
from cleaner.rules.importing.ftr_strings import Change, change_of
from cleaner.rules.importing.ftr_syntax import KEYS, Directive, decode, directives
from cleaner.rules.importing.writing import UNWRITABLE, Value, comment, flow, lines_of
from cleaner.rules.importing.xpaths import (
    Usable,
    attribute_selected,
    selects_comments,
    unless_any,
    usable_xpath,
)
from cleaner.selectors.limits import MAX_LENGTH

GLOBAL = "global"
"""The name of the site config that holds for all sites."""

MAX_SELECTORS = 200_000
"""Characters of selectors in a rule file; it may have twice as many."""
EACH = 10
"""Characters that a selector counts more, so that there are not too many."""
MAX_ORDERED = 50
"""Bodies of which each counts only where those before it match nothing; together they take 100,000 characters."""
MAX_REPLACED = 300
"""Replacements of texts in a rule file; each takes some hundred instructions of RE2."""
MAX_TOLD = 1000
"""Lines without a rule that a rule file tells as comments; the report has all."""
_TOO_MANY = "the site config says more than a rule file can hold"
_IGNORED = "Full-Text RSS ignores it too: it is of Instapaper"
_YES = ("yes", "true")
_NEEDLESS = {
    "tidy": "cleaner has one parser, which mends HTML as browsers do",
    "parser": "cleaner has one parser, which mends HTML as browsers do",
    "convert_double_br_tags": "two line breaks end a paragraph",
    "move_into": _IGNORED,
    "footnotes": _IGNORED,
    "strip_comments": _IGNORED,
    "src_lazy_load_attr": "cleaner finds the addresses of images that scripts load",
}
_FETCHING = frozenset(
    (
        "single_page_link",
        "single_page_link_in_feed",
        "next_page_link",
        "autodetect_next_page",
        "if_page_contains",
        "http_header",
        "requires_login",
        "not_logged_in_xpath",
        "login_uri",
        "login_username_field",
        "login_password_field",
        "login_extra_fields",
    )
)
_MISSING = {
    "native_ad_clue": "documents have no mark for sponsored pages",
    "skip_json_ld": "rules do not forbid a source of metadata; those in 'metadata' win over it",
}
_NO_MARK = frozenset(
    (
        "class",
        "id",
        "style",
        "width",
        "height",
        "loading",
        "sizes",
        "border",
        "align",
        "role",
        "lang",
        "rel",
        "target",
    )
)
"""Attributes that a document has no trace of."""
_NO_LOOK = frozenset(
    (
        "center",
        "div",
        "span",
        "fieldset",
        "figure",
        "section",
    )
)
"""Elements around others that leave no trace in a document."""


@dataclass(slots=True)
class _Group:
    """Directives of one kind behind each other: one rule."""

    verb: str
    language: str
    selectors: list[str]
    why: str
    extra: dict[str, Value] = field(default_factory=dict)


def import_ftr(data: bytes, name: str) -> ImportedFile:
    """The rule file of a site config.

    `name` is the file's name, which says the site: "example.com.txt", or ".example.com.txt" for its subdomains.
    Raises NotImported for a file that cannot be read or is no site config.
    """
    read = list(directives(decode(data, name)))
    if not any(directive.key in KEYS for directive in read) and read:
        raise NotImported(f"{name}:{read[0].line}: not a site config; it has no directive")
    return _Import(name, read).file()


class _Import:
    """Collects the rules of one site config."""

    def __init__(self, name: str, read: list[Directive]) -> None:
        self.name = name
        self.read = read
        self.findings: list[Finding] = []
        self.groups: list[_Group] = []
        self.bodies: list[str] = []
        self.metadata: dict[str, list[str]] = {}
        prunes = [directive.value.lower() for directive in read if directive.key == "prune"]
        self.keeps_all = bool(prunes) and prunes[-1] not in _YES
        self.left = MAX_SELECTORS
        self.left_patterns = MAX_REPLACED

    def file(self) -> ImportedFile:
        for directive in self.read:
            self._translate(directive)
        self._strings()
        self.findings.sort(key=lambda finding: finding.line)
        site = site_of(self.name)
        text = "\n".join(self._lines(site)) + "\n"
        return ImportedFile(_file_name(self.name), text, tuple(self.findings))

    def _note(self, directive: Directive, outcome: Outcome, reason: str = "") -> None:
        reason = "; ".join(filter(None, (directive.hint, reason)))
        key = directive.key if directive.key in KEYS else "?"
        self.findings.append(Finding(self.name, directive.line, key, directive.text, outcome, reason))

    def _translate(self, directive: Directive) -> None:
        key = directive.key
        if key in ("find_string", "replace_string"):
            return  # together, at the end
        if key not in KEYS:
            self._note(directive, Outcome.MISSING)
        elif key in ("test_url", "test_contains"):
            self._note(directive, Outcome.NOTED)
        elif key in _FETCHING:
            self._note(directive, Outcome.FETCHING)
        elif key in _NEEDLESS:
            self._note(directive, Outcome.NEEDLESS, _NEEDLESS[key])
        elif key in _MISSING:
            self._missing(directive)
        else:
            _HANDLERS[key](self, directive)

    def _missing(self, directive: Directive) -> None:
        self._note(directive, Outcome.MISSING, _MISSING[directive.key])

    def _xpath(self, directive: Directive, *, values: bool = False) -> str | None:
        """The directive's expression; None where there is none, which is noted."""
        found = usable_xpath(directive.value)
        if isinstance(found, Usable) and not self._affords(found.source):
            self._note(directive, Outcome.MISSING, _TOO_MANY)
            return None
        if isinstance(found, Usable) and (found.selects_nodes or values):
            self._note(directive, Outcome.TRANSLATED, found.note)
            return found.source
        reason = "the expression gives a value, and selects no elements" if isinstance(found, Usable) else found
        self._note(directive, Outcome.MISSING, reason)
        return None

    def _affords(self, selector: str) -> bool:
        """Whether the rule file can hold one more selector; if so, it is counted."""
        cost = len(selector) + EACH
        if cost > self.left:
            return False
        self.left -= cost
        return True

    def _body(self, directive: Directive) -> None:
        found = self._xpath(directive)
        if found is not None and found not in self.bodies:
            self.bodies.append(found)

    def _field(self, directive: Directive) -> None:
        found = self._xpath(directive, values=True)
        if found is not None:
            self.metadata.setdefault(directive.key, []).append(found)

    def _strip(self, directive: Directive) -> None:
        attribute = attribute_selected(directive.value)
        if attribute is not None:
            self._strip_attribute(directive)
        elif selects_comments(directive.value):
            self._note(directive, Outcome.NEEDLESS, "cleaner reads no comments of the markup")
        else:
            found = self._xpath(directive)
            if found is not None:
                self._rule(directive, "drop", "xpath", found)

    def _strip_attribute(self, directive: Directive) -> None:
        attribute = attribute_selected(directive.value) or ""
        if attribute in ("srcset", "data-srcset", "data-src", "source"):
            self._note(directive, Outcome.NEEDLESS, "cleaner finds the addresses of images that scripts load")
        elif attribute in _NO_MARK and not self._hides_names(directive, attribute):
            self._note(directive, Outcome.NEEDLESS, f"no document has the attribute {attribute!r}")
        else:
            self._note(directive, Outcome.MISSING, "rules do not take attributes away")

    def _hides_names(self, directive: Directive, attribute: str) -> bool:
        """Whether taking an attribute away may keep an element from `strip_id_or_class`."""
        if attribute not in ("class", "id"):
            return attribute == "style"
        parts = [other.value for other in self.read if other.key == "strip_id_or_class"]
        return bool(parts) and ("[" not in directive.value or any(part in directive.value for part in parts))

    def _strip_id_or_class(self, directive: Directive) -> None:
        part = re.sub("[\"']", "", directive.value)
        if not part or UNWRITABLE.search(part):
            self._note(directive, Outcome.MISSING, "it names no part of an id or class")
            return
        value = css_string(part)
        self._drop(directive, f"[class*={value}], [id*={value}]")

    def _strip_image(self, directive: Directive) -> None:
        part = re.sub("[\"']", "", directive.value)
        if not part or UNWRITABLE.search(part):
            self._note(directive, Outcome.MISSING, "it names no part of an address")
            return
        self._drop(directive, f"img[src*={css_string(part)}]")

    def _drop(self, directive: Directive, selector: str) -> None:
        """Drops what a CSS selector selects."""
        if len(selector) > MAX_LENGTH or not self._affords(selector):
            self._note(directive, Outcome.MISSING, _TOO_MANY)
        else:
            self._note(directive, Outcome.TRANSLATED)
            self._rule(directive, "drop", "css", selector)

    def _dissolve(self, directive: Directive) -> None:
        found = self._xpath(directive)
        if found is not None:
            self._rule(directive, "unwrap", "xpath", found)

    def _wrap(self, directive: Directive) -> None:
        tag = directive.argument.strip().lower()
        if tag in _NO_LOOK:
            self._note(directive, Outcome.NEEDLESS, f"<{tag}> leaves no trace in a document")
        elif re.fullmatch("h[1-6]", tag):
            found = self._xpath(directive)
            if found is not None:
                self._rule(directive, "heading", "xpath", found, {"level": int(tag[1])})
        elif tag == "p":
            found = self._xpath(directive)
            if found is not None:
                self._rule(directive, "paragraph", "xpath", found)
        else:
            self._note(directive, Outcome.MISSING, f"rules do not make a block of <{tag}>")

    def _prune(self, directive: Directive) -> None:
        if directive.value.lower() in _YES:
            self._note(directive, Outcome.NEEDLESS, "cleaner chooses inside 'main'")
        elif any(other.key == "body" for other in self.read):
            self._note(directive, Outcome.TRANSLATED, "all in 'main' is kept, but for what is dropped")
        else:
            self._note(directive, Outcome.MISSING, "without 'body' there is nothing to keep")

    def _autodetect(self, directive: Directive) -> None:
        if directive.value.lower() in _YES:
            self._note(directive, Outcome.NEEDLESS, "cleaner chooses where 'main' matches nothing")
        else:
            self._note(directive, Outcome.MISSING, "cleaner chooses where 'main' matches nothing, with a warning")

    def _detected_image(self, directive: Directive) -> None:
        if directive.value.lower() in _YES:
            self._note(directive, Outcome.MISSING, "cleaner adds no picture to the text")
        else:
            self._note(directive, Outcome.NEEDLESS, "cleaner adds no picture to the text")

    def _rule(
        self, directive: Directive, verb: str, language: str, selector: str, extra: dict[str, Value] | None = None
    ) -> None:
        """Adds a selector to the rule before it, where that is of the same kind and no comment begins a new one."""
        last = self.groups[-1] if self.groups else None
        same = last is not None and (last.verb, last.language, last.extra) == (verb, language, extra or {})
        if last is not None and same and not directive.comment:
            last.selectors += [selector] if selector not in last.selectors else []
        else:
            self.groups.append(_Group(verb, language, [selector], _why(directive.comment), extra or {}))

    def _strings(self) -> None:
        """Replacements in the page's HTML: `find_string` and `replace_string` go in pairs."""
        finds = [d for d in self.read if d.key == "find_string"]
        alone = [d for d in self.read if d.key == "replace_string" and "(" not in d.text.partition(":")[0]]
        both = [d for d in self.read if d.key == "replace_string" and d not in alone]
        others = "\n".join(d.value for d in self.read if d.key not in ("find_string", "replace_string"))
        pairs = [(d.argument, d.value, [d]) for d in both]
        if len(finds) == len(alone):
            pairs += [(find.value, new.value, [find, new]) for find, new in zip(finds, alone, strict=True)]
        else:
            reason = f"{len(finds)} find_string and {len(alone)} replace_string: Full-Text RSS replaces nothing then"
            for directive in (*finds, *alone):
                self._note(directive, Outcome.MISSING, reason)
        for find, new, of in sorted(pairs, key=lambda pair: pair[2][0].line):
            change = change_of(find, new, others)
            self._add_change(change, of)

    def _add_change(self, change: Change, of: list[Directive]) -> None:
        if change.rule:
            self.left_patterns -= 1
            if self.left_patterns < 0 or not self._affords(of[0].text):
                change = Change(Outcome.MISSING, _TOO_MANY)
        for directive in of:
            self._note(directive, change.outcome, change.reason)
        for verb, match in change.rule.items():
            if isinstance(match, dict):
                (language, source), *_ = match.items()
                extra = {key: value for key, value in change.rule.items() if key != verb}
                self.groups.append(_Group(verb, language, [str(source)], _why(of[0].comment), extra))

    def _lines(self, site: str | None) -> Iterator[str]:
        yield comment(f"Imported from {self.name}, a site config of Full-Text RSS.")
        yield from self._told(Outcome.NOTED, "Its tests:")
        yield from self._told(Outcome.MISSING, "Without a counterpart:")
        yield from self._told(Outcome.FETCHING, "About fetching pages:")
        if site is not None:
            yield f"sites: {flow([site])}"
        rules = list(self._rules())
        if rules:
            yield "rules:"
            yield from rules
        if self.metadata:
            yield "metadata:"
            for name, sources in self.metadata.items():
                yield f"  {name}:"
                for source in sources:
                    yield from lines_of({"xpath": source}, 4)
        if site is None and not rules and not self.metadata:
            yield "rules: []"

    def _told(self, outcome: Outcome, title: str) -> Iterator[str]:
        found = [finding for finding in self.findings if finding.outcome is outcome]
        if found:
            yield comment(title)
        for finding in found[:MAX_TOLD]:
            reason = f" ({finding.reason})" if finding.reason else ""
            yield comment(f"  {finding.line}: {finding.text[:200]}{reason}")
        if len(found) > MAX_TOLD:
            yield comment(f"  ... and {len(found) - MAX_TOLD} more")

    def _rules(self) -> Iterator[str]:
        """The rules: of the bodies, the first that matches counts."""
        if self.bodies:
            sources = [_unless_before(self.bodies, number) for number in range(len(self.bodies))]
            match: dict[str, Value] = {"xpath": _one_or_all(sources)}
            yield from lines_of({"main": match | ({"keep": True} if self.keeps_all else {})}, 2)
        for group in self.groups:
            matched: dict[str, Value] = {group.language: _one_or_all(group.selectors)}
            why: dict[str, Value] = {"why": group.why} if group.why else {}
            yield from lines_of({group.verb: matched, **group.extra, **why}, 2)


_HANDLERS: dict[str, Callable[[_Import, Directive], None]] = {
    "body": _Import._body,
    "title": _Import._field,
    "author": _Import._field,
    "date": _Import._field,
    "strip": _Import._strip,
    "strip_attr": _Import._strip_attribute,
    "strip_id_or_class": _Import._strip_id_or_class,
    "strip_image_src": _Import._strip_image,
    "dissolve": _Import._dissolve,
    "wrap_in": _Import._wrap,
    "prune": _Import._prune,
    "autodetect_on_failure": _Import._autodetect,
    "insert_detected_image": _Import._detected_image,
}


def site_of(name: str) -> str | None:
    """The host name that a site config is for, by the name of its file; None where it is for all.

    Raises NotImported where the name is none of a site.
    """
    try:
        host = site_name(_stem(name))
    except ValueError as error:
        raise NotImported(f"{name}: not the name of a site: {error}") from None
    return None if host == GLOBAL else host


def css_string(text: str) -> str:
    """The text as a string of CSS."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unless_before(bodies: list[str], number: int) -> str:
    """A body that counts where none of those before it matches. One that gets too long for that counts always."""
    if number >= MAX_ORDERED or sum(map(len, bodies[:number])) > MAX_LENGTH:
        return bodies[number]
    source = unless_any(bodies[number], bodies[:number])
    return source if isinstance(usable_xpath(source), Usable) else bodies[number]


def _one_or_all(sources: list[str]) -> str | list[str]:
    return sources[0] if len(sources) == 1 else sources


def _stem(name: str) -> str:
    return name.removesuffix(".txt").removeprefix(".")


def _file_name(name: str) -> str:
    """The rule file's name. That for subdomains comes before that of the site itself, so the site's own wins."""
    return f"{_stem(name)}.subdomains.yaml" if name.startswith(".") else f"{_stem(name)}.yaml"


def _why(text: str) -> str:
    """A comment as the reason of a rule: what a rule file does not take goes."""
    return UNWRITABLE.sub("", text.replace("\t", " ")).strip()[:300]
