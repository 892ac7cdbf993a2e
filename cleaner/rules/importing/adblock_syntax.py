"""Filter lists of ad blockers as filters: which kind each line is, for which sites, and its selector.

Adblock Plus (https://help.adblockplus.org/hc/en-us/articles/360062733293), uBlock Origin
(https://github.com/gorhill/uBlock/wiki/Static-filter-syntax) and AdGuard
(https://adguard.com/kb/general/ad-filtering/create-own-filters/) extend one syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BYTES = 50_000_000
"""Bytes of a filter list: the largest that people use have ten million."""
MAX_LINE = 10_000
"""Characters of a line."""

_LINE_END = re.compile("\r\n|[\r\n]")
_COMMENT = re.compile(r"!|#(?:\s|$)")
_HEADER = re.compile(r"\[[A-Za-z][^\[\]$=#]*\]")
_COSMETIC = re.compile(r"([^\s#|@$\[\]/=?&]*)(#@?(?:\$\??|\?|%)?#|\$@?\$)(?=\S)(.*)", re.DOTALL)
_TOLD = re.compile(r"!\s*((?:Title|Homepage|Licen[cs]e)\s*:\s*\S.*)", re.I)
_HOSTS = re.compile(r"(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+\S+")
_ACTION = re.compile(r":(style|remove-attr|remove-class|matches-path|matches-media|watch-attr)\(")
_REMOVES = re.compile(r"\s*\{\s*(?:remove\s*:\s*true|display\s*:\s*none\s*(?:!\s*important)?)\s*;?\s*\}\s*$")

SITE, GENERIC, EXCEPTION = "site filter", "generic filter", "exception"


@dataclass(frozen=True, slots=True)
class Filter:
    """A line of a filter list."""

    line: int
    """From 1."""
    text: str
    kind: str
    """`SITE`, `GENERIC`, `EXCEPTION`, or what it is else."""
    sites: tuple[str, ...] = ()
    """Where it holds: host names in lower case, sorted; empty for everywhere."""
    without: tuple[str, ...] = ()
    """Sites of these where it does not hold."""
    selector: str = ""
    problem: str = ""
    """Why it has no counterpart; empty for element hiding, which may have one."""


def filters(text: str) -> Iterator[Filter]:
    """The filters of a list, in the order of its lines."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        line = line.strip()
        if line and not _COMMENT.match(line) and not _HEADER.fullmatch(line):
            yield _filter(number, line)


def told(text: str) -> list[str]:
    """What a list says of itself: title, homepage, licence."""
    lines = (line.strip() for line in _LINE_END.split(text[:10_000]))
    return [found[1] for line in lines if (found := _TOLD.fullmatch(line))]


def _filter(number: int, line: str) -> Filter:
    if len(line) > MAX_LINE:
        return Filter(number, line[:MAX_LINE], "too long", problem=f"the line has more than {MAX_LINE:,} characters")
    found = _COSMETIC.fullmatch(line)
    if found is not None:
        return _cosmetic(number, line, found[1], found[2], found[3].strip())
    if re.match(r"\[\$|/.*/#@?[?$%]*#", line):
        problem = "rules have no conditions on the address but 'when', and no patterns of host names"
        return Filter(number, line, "conditional filter", problem=problem)
    if _HOSTS.match(line):
        return Filter(number, line, "hosts line", problem=_NETWORK)
    kind = "network exception" if line.startswith("@@") else "network filter"
    return Filter(number, line, kind, problem=_NETWORK)


_NETWORK = "it is about requests, and cleaner makes none"
_KINDS = {
    "^": ("HTML filter", "it changes a response before a browser reads it"),
    "+js(": ("scriptlet", "it is a script"),
    "script:inject(": ("scriptlet", "it is a script"),
}
"""Kinds of filters by what their body begins with."""
_ACTIONS = {
    "style": ("style", "it changes how an element looks"),
    "matches-path": ("conditional filter", "rules have no conditions on the address but 'when'"),
    "matches-media": ("conditional filter", "a page has no window"),
    "watch-attr": ("procedural filter", "a page does not change"),
}


def _cosmetic(number: int, line: str, domains: str, separator: str, body: str) -> Filter:
    sites, without, bad = _domains(domains)
    is_exception = "@" in separator
    if separator.startswith("$"):
        return Filter(number, line, "HTML filter", problem="it changes a response before a browser reads it")
    if "%" in separator:
        return Filter(number, line, "scriptlet", problem="it is a script")
    if "$" in separator:
        removes = _REMOVES.search(body)
        if removes is None:
            is_style = "{" in body
            kind, problem = ("style", _ACTIONS["style"][1]) if is_style else ("scriptlet", "it is a script")
            return Filter(number, line, kind, problem=problem)
        body = body[: removes.start()]
    for start, (kind, problem) in _KINDS.items():
        if body.startswith(start):
            return Filter(number, line, kind, problem=problem)
    if action := _ACTION.search(body):
        kind, problem = _ACTIONS.get(action[1], ("attribute filter", "rules do not take attributes away"))
        return Filter(number, line, kind, problem=problem)
    body = body.removesuffix(":remove()").strip()
    kind = EXCEPTION if is_exception else SITE if sites or bad else GENERIC
    problem = f"{', '.join(map(repr, bad))}: not a host name" if bad and not sites else ""
    return Filter(number, line, kind, sites, without, body, problem)


def _domains(text: str) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """The sites, those without, and what is neither: `example.*`, patterns."""
    from cleaner.rules.check import site_name

    sites: set[str] = set()
    without: set[str] = set()
    bad: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        if part == "*":  # everywhere
            continue
        try:
            (without if part.startswith("~") else sites).add(site_name(part.removeprefix("~")))
        except ValueError:
            bad.append(part)
    return tuple(sorted(sites)), tuple(sorted(without)), bad
