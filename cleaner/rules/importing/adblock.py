"""Cosmetic filters of ad blockers to rule files: a file for each set of sites, and files of those for all sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from cleaner.rules.importing.adblock_selectors import selector_of
from cleaner.rules.importing.adblock_syntax import EXCEPTION, GENERIC, MAX_BYTES, Filter, filters, told
from cleaner.rules.importing.findings import Finding, ImportedFile, Outcome
from cleaner.rules.importing.ftr_syntax import decode
from cleaner.rules.importing.writing import comment, flow, lines_of
from cleaner.rules.values import MAX_SELECTORS_SIZE

MAX_FILE = 1_900_000
"""Characters of a file that is written; a rule file may have somewhat more bytes."""
MAX_RULES = 25_000
"""Rules of a file that is written."""
MAX_NAME = 100
"""Characters of a file's name before its end."""
SHOWN = 200
"""Characters of a filter that a finding has."""

Sites = tuple[str, ...]
Selector = tuple[str, str]
"""The key of a match, and the selector."""


@dataclass(slots=True)
class _Collected:
    """The filters of all lists, by site set."""

    rules: dict[Sites, dict[Selector, None]] = field(default_factory=lambda: defaultdict(dict))
    excepted: dict[Selector, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Sites where a filter does not hold; "" for everywhere."""
    above: dict[Selector, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """The domains that these sites are under, each with one of them."""
    titles: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_adblock(lists: Iterable[tuple[str, bytes]], *, generic: bool) -> tuple[list[ImportedFile], list[Finding]]:
    """The rule files of filter lists, each given as its name and its bytes, and what became of each filter.

    Filters for all sites become rules only with `generic`. Raises NotImported for a list that cannot be read.
    """
    found = _Collected()
    read = [(name, decode(data, name, MAX_BYTES)) for name, data in lists]
    parsed = [(name, each) for name, text in read for each in filters(text)]
    for name, text in read:
        found.titles += [f"{name}: {line}" for line in told(text)] or [name]
    selectors = {}
    for name, each in parsed:
        selectors[name, each.line] = _selector(each)
        selector = selectors[name, each.line]
        if each.kind == EXCEPTION and not isinstance(selector, str):
            found.excepted[selector].update(each.sites or ("",))
            found.above[selector].update({domain: site for site in each.sites for domain in _domains(site)[1:]})
    for name, each in parsed:
        _translate(name, each, selectors[name, each.line], found, generic)
    return list(_files(found)), found.findings


def _selector(each: Filter) -> Selector | str:
    """The filter's selector, or why there is none."""
    if each.problem:
        return each.problem
    try:
        return selector_of(each.selector)
    except ValueError as error:
        return str(error)


def _translate(name: str, each: Filter, selector: Selector | str, found: _Collected, generic: bool) -> None:
    outcome, reason = Outcome.MISSING, ""
    if isinstance(selector, str):
        reason = selector
    elif each.kind == EXCEPTION:
        outcome, reason = Outcome.TRANSLATED, "the filter is left out where it is excepted"
    elif each.without:
        reason = f"rules have no sites where they do not hold: {', '.join(each.without)}"
    else:
        outcome, reason = _add(each, selector, found, generic)
    found.findings.append(Finding(name, each.line, each.kind, each.text[:SHOWN], outcome, reason))


def _add(each: Filter, selector: Selector, found: _Collected, generic: bool) -> tuple[Outcome, str]:
    excepted = found.excepted.get(selector, set())
    if each.kind == GENERIC:
        if not generic:
            return Outcome.LEFT, ""
        if excepted:
            some = ", ".join(sorted(excepted)[:3]) or "all sites"
            return Outcome.MISSING, f"rules have no sites where they do not hold: {some}"
    sites = tuple(site for site in each.sites if not _is_in(site, excepted))
    if each.sites and not sites:
        return Outcome.TRANSLATED, "excepted on all its sites"
    inside = found.above[selector].keys() & sites if selector in found.above else set()
    if inside:
        return Outcome.MISSING, f"rules have no sites where they do not hold: {found.above[selector][min(inside)]}"
    found.rules[sites].setdefault(selector)
    return Outcome.TRANSLATED, ""


def _is_in(site: str, excepted: set[str]) -> bool:
    """Whether a site is one of those that are excepted, or under one."""
    return bool(excepted) and ("" in excepted or not excepted.isdisjoint(_domains(site)))


def _domains(site: str) -> list[str]:
    """A host name and the domains that it is under."""
    labels = site.split(".")
    return [".".join(labels[number:]) for number in range(len(labels))]


def _files(found: _Collected) -> Iterator[ImportedFile]:
    for sites, selectors in sorted(found.rules.items()):
        for number, part in enumerate(_parts(sites, selectors), 1):
            yield ImportedFile(_file_name(sites, number), "\n".join((*_head(found.titles, sites), *part)) + "\n", ())


def _head(titles: list[str], sites: Sites) -> Iterator[str]:
    yield comment("Imported from filter lists:")
    yield from (comment(f"  {title}") for title in titles[:20])
    if sites:
        yield f"sites: {flow(sites)}"
    yield "rules:"


def _parts(sites: Sites, selectors: Iterable[Selector]) -> Iterator[list[str]]:
    """The lines of the rules, in parts that a rule file can hold."""
    lines: list[str] = []
    size = characters = count = 0
    for key, source in selectors:
        rule = list(lines_of({"drop": {key: source}, "id": _id(sites, source)}, 2))
        length = sum(len(line.encode()) + 1 for line in rule)
        full = size + length > MAX_FILE or characters + len(source) > MAX_SELECTORS_SIZE or count == MAX_RULES
        if lines and full:
            yield lines
            lines, size, characters, count = [], 0, 0, 0
        lines += rule
        count += 1
        size += length
        characters += len(source)
    yield lines


def _id(sites: Sites, selector: str) -> str:
    """The name of a rule: the same for the same filter on the same sites."""
    return "adblock." + sha256("\n".join((*sites, "", selector)).encode()).hexdigest()[:12]


def _file_name(sites: Sites, number: int) -> str:
    part = f".{number}" if number > 1 else ""
    if not sites:
        return f"adblock.generic{part}.yaml"
    more = "." + sha256("\n".join(sites).encode()).hexdigest()[:8] if len(sites) > 1 or len(sites[0]) > MAX_NAME else ""
    return f"adblock.{sites[0][:MAX_NAME]}{more}{part}.yaml"
