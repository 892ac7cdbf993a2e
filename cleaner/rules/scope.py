"""Which rule files apply to a page: host names, language tags and paths of addresses."""

from __future__ import annotations

from collections.abc import Iterable

Scope = tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""A file's number, its sites, its languages and the paths of addresses that it is for."""


def host_name(host: str) -> str:
    """A host name for comparing: lower case, ASCII, without "www." in front and a dot at the end."""
    host = host.lower().rstrip(".")
    without = host.removeprefix("www.")
    if "." in without:  # "www.com" is a name of its own
        host = without
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def primary_language(tag: str) -> str:
    """The first part of a language tag: "de" of "de-AT"."""
    return tag.lower().replace("_", "-").partition("-")[0]


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern matches the whole of a text: `*` is any characters, all others are themselves."""
    first, *others = pattern.split("*")
    if not others:
        return text == pattern
    *middle, last = others
    at, stop = len(first), len(text) - len(last)
    if at > stop or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:  # the first place of each leaves the most for the others
        at = text.find(piece, at, stop)
        if at < 0:
            return False
        at += len(piece)
    return True


class Scopes:
    """Finds the files that apply to a page without asking each: many files are for one site."""

    def __init__(self, scopes: Iterable[Scope]) -> None:
        self._languages: dict[int, frozenset[str]] = {}
        self._paths: dict[int, tuple[str, ...]] = {}
        self._everywhere: list[int] = []
        self._by_site: dict[str, list[int]] = {}
        for number, sites, languages, paths in sorted(set(scopes)):
            if paths:
                self._paths[number] = paths
            if languages:
                self._languages[number] = frozenset(map(primary_language, languages))
            if not sites:
                self._everywhere.append(number)
            for site in sites:
                self._by_site.setdefault(site, []).append(number)

    def files(self, host: str | None, language: str | None, path: str | None = None) -> tuple[int, ...]:
        """Numbers of the files that apply, in order; an unknown host, language or path fits no file that asks for one.

        `path` is that of the page's address, as it is written in it: "/a/b".
        """
        found = {*self._everywhere, *self._of_site(host_name(host) if host else "")}
        spoken = primary_language(language) if language else ""
        return tuple(sorted(n for n in found if self._fits(n, spoken, path)))

    def _fits(self, number: int, spoken: str, path: str | None) -> bool:
        if number in self._languages and spoken not in self._languages[number]:
            return False
        paths = self._paths.get(number)
        return paths is None or (path is not None and any(fits(pattern, path) for pattern in paths))

    def _of_site(self, host: str) -> Iterable[int]:
        while host:
            yield from self._by_site.get(host, ())
            host = host.partition(".")[2]
