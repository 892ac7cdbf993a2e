"""What would have to change for a block to be kept rather than dropped, or the other way round."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cleaner.content.thresholds import Thresholds
from cleaner.explanation.naming import Named
from cleaner.normalize import fold
from cleaner.page.candidate import Candidate
from cleaner.rules.types import Rule, Tier

_FEW = 8
"""Other blocks that a selector may cover and still stand in a rule without a text beside it."""
_SHORT = 80
"""Maximum characters of a text that a rule names whole."""
_BEGINNING = 30
"""Least characters of the beginning of a longer text that a rule names."""

_STAGES = {
    "content.contents": "it is a table of contents",
    "content.comments": "readers' comments are dropped; --comments keep keeps them",
    "structure.empty": "nothing under this heading was kept; keep that",
    "structure.footnote": "nothing but notes is under this heading",
    "structure.byline": "it repeats the author or the date",
    "structure.post": "it repeats who wrote a post",
    "text.printed": "it stands at the edge of a printed page",
    "content.trafilatura": "Trafilatura does not choose it",
}
"""What stages that have no score say of a block that they drop."""


class Change(NamedTuple):
    """How to come to the other decision."""

    told: str | None
    """For people, one line."""
    rule: str | None
    """The item of `rules:` in a file of the user's that does it; None where none can."""


class Match(NamedTuple):
    """What a rule asks for."""

    told: str
    """In flow style: `{css: "p.lead"}`."""
    fits: int | None = None
    """How many blocks of the page it fits, where that is known."""


class Texts:
    """The folded texts of a page, to find the shortest match that fits one of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._folded = sorted(fold(text) for text in texts)

    def match(self, text: str) -> tuple[str, int]:
        """The keys of a match that has this text, "" where it has no words; and how many blocks it fits."""
        folded = fold(text)
        if not folded:
            return "", 0
        shown = " ".join(text.split())
        if len(shown) <= _SHORT:
            first = bisect_left(self._folded, folded)
            return f"text: {_quoted(shown)}", bisect_left(self._folded, folded + "\0", lo=first) - first
        size = _BEGINNING
        while True:
            beginning = _whole_words(folded, size)
            count = self._begin_with(beginning)
            if count == 1 or beginning == folded:
                return f"words: {_quoted('^' + beginning)}", count
            size *= 2

    def _begin_with(self, beginning: str) -> int:
        return bisect_left(self._folded, beginning + "\U0010ffff") - bisect_left(self._folded, beginning)


def _whole_words(text: str, size: int) -> str:
    """The beginning of a folded text: at least `size` characters, up to the end of a word if one is near."""
    end = text.find(" ", size)
    return text[:end] if 0 <= end <= size + 20 else text[: size + 20]


def match_of(named: Named | None, text: tuple[str, int], kind: str, blocks: int) -> Match | None:
    """The match of a rule that fits a block and few others; None where there is none.

    `named` is the selector of its element, `text` what `Texts.match` gives, `blocks` how many the page has.
    """
    keys, count = text
    if named is None:
        return Match(f"{{{keys}}}", count) if keys else None
    css = f"css: {_quoted(named.selector)}"
    if not keys and named.fits > 1:
        return Match(f"{{{css}, kind: {kind}}}")
    if named.fits <= _FEW + 1:
        return Match(f"{{{css}}}", named.fits)
    return Match(f"{{{keys}}}", count) if 2 * named.fits > blocks else Match(f"{{{css}, {keys}}}")


def change_of(
    block: Candidate, number: int, match: Match | None, thresholds: Thresholds, rules: Mapping[str, Rule]
) -> Change:
    """What would have to change for the other decision; `match` is what a rule for the block asks for."""
    verb = "drop" if block.kept or block.merged else "keep"
    is_free = block.kind != "rule" and not _is_replaced(block, rules)  # a break stands between kept blocks, always
    item = f"{verb}: {match.told}" if match and is_free else None
    others = (match.fits or 1) - 1 if match else 0
    it = "it" + (f", and fits {others} other{'s' if others > 1 else ''}" if others else "")
    parts = [*_why(block, number, thresholds)] if verb == "keep" else []
    rule = rules.get(block.decided.by) if block.decided is not None else None
    if rule is None or (verb == "drop" and rule.tier is not Tier.USER):
        parts += [f"`{item}` {verb}s {it}"] if item else []
    else:
        place = f" in a file that is loaded after {_file(rule)}" if rule.tier is Tier.USER else ""
        left = "" if rule.verb == "keep" else " leaves it to the extractor"
        parts.append(f"--disable {rule.id}{left}" + (f"; `{item}`{place} {verb}s {it}" if item else ""))
    return Change("; ".join(parts) or None, item)


def _is_replaced(block: Candidate, rules: Mapping[str, Rule]) -> bool:
    """Whether nothing was left of a block that rules replace parts of, whatever others keep."""
    decided = block.decided
    if decided is None or block.kept or decided.detail is None:
        return False
    rule = rules.get(decided.by)
    return rule is not None and rule.verb == "replace"


def _why(block: Candidate, number: int, thresholds: Thresholds) -> Iterable[str]:
    """What a stage had against a block that it dropped."""
    decided = block.decided
    if decided is None or decided.source is not None:
        return
    if decided.by in _STAGES:
        yield _STAGES[decided.by]
    score, least = block.score, thresholds.first
    if decided.by == "content.score" and score is not None and least is not None and score <= least:
        yield f"score {score:.2f} under {least:.2f}"
    if decided.by in ("content.score", "content.whole") and number in thresholds.second:
        score, least = thresholds.second[number]
        if score <= least:
            yield f"second score {score:.2f} under {least:.2f}"


def _file(rule: Rule) -> str:
    return rule.source.rpartition(":")[0]


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)
