"""Site configs of Full-Text RSS as directives: a key, perhaps with an argument, and a value on each line.

The format: https://help.fivefilters.org/full-text-rss/site-patterns.html. Keys that only its predecessors at Instapaper
knew are in the files too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.rules.importing.findings import NotImported
from cleaner.rules.source import did_you_mean, quote

MAX_BYTES = 2_000_000
"""Bytes of a site config."""
MAX_LINE = 20_000
"""Characters of a line."""

KEYS = (
    "title",
    "body",
    "author",
    "date",
    "strip",
    "strip_id_or_class",
    "strip_image_src",
    "strip_attr",
    "strip_comments",
    "native_ad_clue",
    "tidy",
    "prune",
    "parser",
    "convert_double_br_tags",
    "autodetect_on_failure",
    "autodetect_next_page",
    "insert_detected_image",
    "skip_json_ld",
    "src_lazy_load_attr",
    "dissolve",
    "wrap_in",
    "move_into",
    "footnotes",
    "find_string",
    "replace_string",
    "single_page_link",
    "single_page_link_in_feed",
    "next_page_link",
    "if_page_contains",
    "http_header",
    "requires_login",
    "not_logged_in_xpath",
    "login_uri",
    "login_username_field",
    "login_password_field",
    "login_extra_fields",
    "test_url",
    "test_contains",
)
_WRONG_LETTERS = 2
"""Wrong letters with which a key plainly is a known one, if it has three times as many letters."""
_DIRECTIVE = re.compile(r"([A-Za-z][A-Za-z_-]*+)\s*+(?:\((.*?)\)\s*+)?:(.*)", re.DOTALL)
_LINE_END = re.compile("\r\n|[\r\n]")


@dataclass(frozen=True, slots=True)
class Directive:
    """A line of a site config that says something."""

    line: int
    """From 1."""
    text: str
    key: str
    """A key of `KEYS` where it is one, or plainly meant to be one."""
    argument: str
    """What stands in parentheses behind the key."""
    value: str
    hint: str = ""
    """What is wrong with the key."""
    comment: str = ""
    """The comment above it."""


def decode(data: bytes, name: str, limit: int = MAX_BYTES) -> str:
    """The text of a file. Raises NotImported for one that is too large or not UTF-8, with its line."""
    if len(data) > limit:
        raise NotImported(f"{name}: the file is larger than {limit:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotImported(f"{name}:{line}: the file is not UTF-8") from None


def directives(text: str) -> Iterator[Directive]:
    """The directives of a site config in the order of its lines."""
    said: list[str] = []
    for number, line in enumerate(_LINE_END.split(text), 1):
        line = line.strip()
        if line.startswith("#"):
            words = line.lstrip("# ")
            if not _is_switched_off(words):
                said.append(words)
        elif not line:
            said = []
        else:
            yield _directive(number, line, " ".join(filter(None, said)))
            said = []


def _is_switched_off(comment: str) -> bool:
    """Whether a comment is a directive that somebody put out of use: it tells no reason."""
    return comment.partition(":")[0].partition("(")[0].strip() in KEYS and ":" in comment


def _directive(number: int, line: str, comment: str) -> Directive:
    if len(line) > MAX_LINE:
        return Directive(number, line, "", "", "", f"the line has more than {MAX_LINE:,} characters")
    found = _DIRECTIVE.fullmatch(line)
    if found is None:
        return Directive(number, line, "", "", "", "the line is no directive: it has no key and colon in front")
    key, argument, value = found[1], found[2] or "", found[3].strip()
    meant, hint = _meant(key)
    return Directive(number, line, meant, argument, value, hint, comment)


def _meant(key: str) -> tuple[str, str]:
    """The key that is meant, and what is to say of it."""
    if key in KEYS:
        return key, ""
    from rapidfuzz.distance import OSA

    plain = key.lower().replace("-", "_")
    near = min(KEYS, key=lambda known: OSA.distance(plain, known))
    wrong = OSA.distance(plain, near)
    if wrong <= _WRONG_LETTERS and 3 * wrong <= len(key):
        return near, f"unknown key {quote(key)}; did you mean {near!r}?"
    return key, f"unknown key {quote(key)}{did_you_mean(key, KEYS)}"
