"""Which rule files apply to a page: host names and language tags."""

from __future__ import annotations

from collections.abc import Iterable

Scope = tuple[int, tuple[str, ...], tuple[str, ...]]
"""A file's number, its sites and its languages."""


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


class Scopes:
    """Finds the files that apply to a page without asking each: many files are for one site."""

    def __init__(self, scopes: Iterable[Scope]) -> None:
        self._languages: dict[int, frozenset[str]] = {}
        self._everywhere: list[int] = []
        self._by_site: dict[str, list[int]] = {}
        for number, sites, languages in sorted(set(scopes)):
            if languages:
                self._languages[number] = frozenset(map(primary_language, languages))
            if not sites:
                self._everywhere.append(number)
            for site in sites:
                self._by_site.setdefault(site, []).append(number)

    def files(self, host: str | None, language: str | None) -> tuple[int, ...]:
        """Numbers of the files that apply, in order; an unknown host or language fits no file that asks for one."""
        found = {*self._everywhere, *self._of_site(host_name(host) if host else "")}
        spoken = primary_language(language) if language else ""
        return tuple(sorted(n for n in found if n not in self._languages or spoken in self._languages[n]))

    def _of_site(self, host: str) -> Iterable[int]:
        while host:
            yield from self._by_site.get(host, ())
            host = host.partition(".")[2]
