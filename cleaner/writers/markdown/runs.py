"""Asterisks, underscores and tildes of a text that could be read as emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.writers.markdown.flanking import CharClass, Context, char_class, may_close, may_open
from cleaner.writers.markdown.written import Written

_RUNS = re.compile(r"([*_~])\1*")


def emphasis_runs(written: Written, escaped: set[int]) -> Iterator[int]:
    """Positions of the characters that could open or close emphasis with others, or with that of the spans.

    `escaped` are the positions that have a backslash already.
    """
    runs = list(_literal_runs(written))
    if not runs:
        return
    for run in runs:
        if run.start in escaped:  # what is left of it would be a run of its own
            yield from range(run.start, run.end)
    runs = [run for run in runs if run.start not in escaped]
    runs = sorted([*runs, *_markup_runs(written)], key=lambda run: run.start)
    for delimiter in "*_~":
        yield from _paired([run for run in runs if run.delimiter == delimiter])


@dataclass(frozen=True, slots=True)
class _Run:
    delimiter: str
    start: int
    end: int
    """The same as the start for markup, which is never escaped."""
    opens: bool
    closes: bool


def _literal_runs(written: Written) -> Iterator[_Run]:
    for start, end, _ in written.pieces():
        for match in _RUNS.finditer(written.text, start, end):
            before = _class(written.markup_before(match.start()), written.before(match.start()))
            after = _class(written.markup_after(match.end() - 1), written.after(match.end() - 1))
            context = Context(before, "punctuation" if written.after(match.end() - 1) == "\n" else after)
            char = match[0][0]
            touches = char in (written.markup_before(match.start()), written.markup_after(match.end() - 1))
            yield _Run(
                char,
                match.start(),
                match.end(),
                touches or may_open(context, char),
                touches or may_close(context, char),
            )


def _class(markup: str, char: str) -> CharClass:
    if markup:
        return "punctuation"
    return char_class(char) if char else "space"


def _markup_runs(written: Written) -> Iterator[_Run]:
    for edge, markup in zip(written.edges, written.markup, strict=True):
        if markup[0] in "*_~":
            yield _Run(markup[0], edge.position, edge.position, edge.kind == "open", edge.kind == "close")


def _paired(runs: list[_Run]) -> Iterator[int]:
    """Positions of runs that close one before them or open one behind them."""
    can_be_closed = []
    closes_later = False
    for run in reversed(runs):
        can_be_closed.append(closes_later)
        closes_later = closes_later or run.closes
    opened = False
    for run, closed_later in zip(runs, reversed(can_be_closed), strict=True):
        if (run.opens and closed_later) or (run.closes and opened):
            yield from range(run.start, run.end)
        opened = opened or run.opens
