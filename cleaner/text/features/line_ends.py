"""What the score of line ends sees: whether the next word would have fitted, and whether the sentence goes on.

Widths are told in characters and in points of a proportional font. A row is compared with the widest row of its run, of
the rows around it, and of the text, because a text may have several widths. No width is certain: who breaks lines by
hand leaves them ragged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.models.arrays import Flags, Floats, Ints
from cleaner.models.table import Columns
from cleaner.text.features import text_words
from cleaner.text.features.rows import CAPITAL, COLON, HYPHEN, LETTER, Rows
from cleaner.text.features.text_words import TextWords
from cleaner.text.widths import width_of
from cleaner.text.wrapping import MAX_WIDTH

_AROUND = 6
"""Rows on each side of a row among which the widest one is looked for."""
_MAX_LENGTH = 400
"""Length from which on rows are equally long to the score."""
_MAX_LINES = 40
"""Maximum number of rows of a run that are counted."""
_MAX_TEXT_LINES = 200
"""Maximum number of rows of a text that are counted."""
_TEXT_WIDTH = 0.97
"""Quantile of the lengths of a text's rows that is taken for its width."""
_RHYME = 3
"""Maximum number of rows between which there is a rhyme."""
_MAX_LABEL = 60
"""Maximum characters of a row whose copies are counted: of a label between blocks."""
_NONE = -99
"""Value of what does not exist."""

MEANINGS = {
    **{
        f"{what}_{among}_{by}": f"{meaning} the widest row of {where}, in {by}"
        for by in ("characters", "points")
        for what, meaning in (
            ("fit", "length with the first word of the next row, less"),
            ("lacks", "length less than"),
        )
        for among, where in (("run", "its run"), ("around", f"{_AROUND} rows on each side"), ("text", "the text"))
    },
    "length": "characters",
    "next_length": "characters of the next row",
    "next_word": "characters of the first word of the next row",
    "ends": "whether it ends as a sentence does",
    "last": "what its last character is",
    "first": "what its first character is",
    "next_first": "what the first character of the next row is",
    "next_ends": "whether the next row ends as a sentence does",
    "next_last": "what the last character of the next row is",
    "item": "whether it begins with a bullet or a number",
    "third_first": "what the first character of the row after the next is",
    "third_item": "whether the row after the next begins with a bullet or a number",
    "capitals": "share of words that begin with a capital",
    "next_capitals": "the same for the next row",
    "copies": f"rows of the text with the same text, if it has at most {_MAX_LABEL} characters",
    "next_copies": "the same for the next row",
    "indent_change": "characters before the text of the next row, less those of its own",
    "before_fit": "`fit_around_characters` of the row before",
    "before_ends": "whether the row before ends as a sentence does",
    "next_fit": "`fit_around_characters` of the next row",
    "before_length": "characters of the row before",
    "third_length": "characters of the row after the next",
    "above": "rows of its run before it",
    "below": "rows of its run after it",
    **text_words.MEANINGS,
    "run_lines": "rows of its run",
    "run_flow": "share of the run's line ends after which a sentence continues with a small letter",
    "run_ends": "share of the run's rows that end as a sentence does",
    "run_pauses": "share of the run's rows that end as a sentence does, or with a comma, colon or dash",
    "run_rhymes": f"share of the run's rows that have the last two letters of one of the {_RHYME} rows before or after",
    "run_full": "share of the run's line ends at which the next word would be over the run's width in characters",
    "run_full_points": "the same in points",
    "run_mean": "mean length of the run's rows but the last",
    "run_spread": "their standard deviation by their mean",
    "run_spread_points": "the same in points",
    "run_last": "length of the run's last row by the width of the run",
    "run_capitals": "share of the run's rows that begin with a capital",
    "run_items": "share of the run's rows that begin with a bullet or a number",
    "run_width": "length of the run's widest row",
    "text_blank": "share of blank rows in the text",
    "text_run_lines": "rows of a run in the mean",
    "text_single": "share of runs of one row",
    "text_long": f"share of rows of more than {MAX_WIDTH} characters",
    "text_width": "width of the text in characters",
    "text_width_points": "the same in points",
    "text_flow": "share of line ends inside runs after which a sentence continues with a small letter",
    "text_full": "share of line ends inside runs at which the next word would be over the run's width in characters",
    "text_full_points": "the same in points",
    "text_ends": "share of rows that end as a sentence does",
    "text_run_ends": "share of runs of several rows that end as a sentence does",
    "text_longest": "length of the longest row",
    "text_capitals": "share of rows that begin with a capital",
    "text_items": "share of rows that begin with a bullet or a number",
    "text_lines": "rows that are not blank",
    "fit_width": "length with the first word of the next row, less the width at which the whole text was wrapped",
    "lacks_width": "length less than that width",
    "text_wrapped": "that width; 0 where there is none",
    "stretch_above": "rows before it after which the next word would not have fitted",
    "stretch_below": "rows after it after which the next word would not have fitted",
    "stretch_ends": "whether the last of these rows ends as a sentence does",
    "stretch_small": "whether the row after these begins with a small letter",
    "stretch_inner_ends": "sentences that end inside its stretch before its end, those at line ends apart",
    "stretch_inner_ends_below": "sentences that end inside the rest of its stretch, those at line ends apart",
    "stretch_choices": "line ends of its stretch before it at which a sentence ends and a capital follows",
    "stretch_choices_below": "the same after it",
    "choice_before": "rows since the last of them, or since the beginning of the stretch",
    "choice_after": "rows until the next of them, or until the end of the stretch",
    "stretch_before": "rows of the stretch before its own",
    "stretch_after": "rows of the stretch after its own",
    "text_inner_ends": "sentences that end inside a row, by the number of rows",
    "text_inner_ends_of_stretch": "sentences that end inside a row, by the number of stretches",
    "text_choices": "share of the line ends inside stretches at which a sentence ends and a capital follows",
    "text_stretch": "rows by the number of those after which the next word would have fitted",
    "text_stretch_ends": "share of the latter that end as a sentence does",
}
"""What each feature means."""
BREAK_FEATURES = tuple(MEANINGS)


@dataclass(frozen=True, slots=True)
class _Measure:
    """The widths of rows, by one measure."""

    name: str
    length: Floats
    need: Floats
    """The width with the first word of the next row."""
    run: Floats
    """The width of the run of each row."""
    around: Floats
    """The width of the rows around each row."""
    text: float
    """The width of the text."""

    @classmethod
    def both(cls, rows: Rows, runs: _Runs) -> tuple[_Measure, _Measure]:
        """The widths in characters and in points, which are found together."""
        length = np.stack((rows.length.astype(np.float32), rows.points))
        word = np.stack((rows.word.astype(np.float32), rows.word_points))
        is_usual = rows.length <= MAX_WIDTH
        usual = np.where(is_usual, length, np.float32(0))
        several = runs.written[(runs.size[runs.of_written] > 1) & is_usual[runs.written]]
        sample = usual[:, several if len(several) else runs.written]
        need = length + np.append(word[:, 1:], np.zeros((2, 1), np.float32), axis=1)
        of_run = np.maximum.reduceat(usual, runs.first, axis=1)[:, rows.run]
        around = _around(usual, rows.run)
        first, second = (
            cls(name, length[n], need[n], of_run[n], around[n], _usual_width(sample[n]))
            for n, name in enumerate(("characters", "points"))
        )
        return first, second

    @property
    def over(self) -> Flags:
        """Whether the next word would be over the width of the run."""
        found: Flags = self.need > self.run
        return found

    def columns(self, at: Ints) -> Columns:
        """Some rows compared with widths."""
        need, length = self.need[at], self.length[at]
        widths: dict[str, Floats] = {
            "run": self.run[at],
            "around": self.around[at],
            "text": np.full_like(need, self.text),
        }
        return {
            **{f"fit_{among}_{self.name}": need - width for among, width in widths.items()},
            **{f"lacks_{among}_{self.name}": width - length for among, width in widths.items()},
        }


@dataclass(frozen=True, slots=True)
class _Runs:
    """The runs of rows of a text."""

    first: Ints
    """The number of the first row of each run."""
    last: Ints
    size: Ints
    """The number of rows of each run."""
    written: Ints
    """The numbers of the rows that are not blank."""
    of_written: Ints
    """The runs of these rows."""

    @classmethod
    def of(cls, rows: Rows) -> _Runs:
        written = np.flatnonzero(rows.written)
        of_written = rows.run[written]
        first = written[np.flatnonzero(np.diff(of_written, prepend=-1))]
        size = np.bincount(of_written)
        return cls(first, first + size - 1, size, written, of_written)

    def means(self, columns: Mapping[str, npt.NDArray[Any]], among: Ints) -> dict[str, Floats]:
        """The sums of columns over the rows of each run by a number of rows; blank rows have the value 0."""
        sums = np.add.reduceat(np.stack([column.astype(np.float64) for column in columns.values()]), self.first, axis=1)
        return dict(zip(columns, (sums / among.clip(1)).astype(np.float32), strict=True))


class LineEnds:
    """The line ends of a text, with what is known of its rows, its runs and of all of it."""

    def __init__(self, rows: Rows) -> None:
        """`rows` are those of the whole text, of which some are not blank."""
        self._rows, self._runs = rows, _Runs.of(rows)
        runs = self._runs
        self._characters, self._points = _Measure.both(rows, runs)
        inside = rows.inside
        self._measured = tuple(
            (measure, inside & measure.over, "" if measure is self._characters else "_points")
            for measure in (self._characters, self._points)
        )
        self._flows = inside & (np.append(rows.first[1:], 0) == LETTER) & ~rows.ends
        self._wrapped = width_of(rows, np.flatnonzero(inside))
        self._stretches = _Stretches.of(self._goes_on(), rows)
        self._of_runs, self._of_text = self._run_columns(), {**self._text_columns(), **self._stretches.of_text()}
        self._copies = _copies(rows)
        self._words = TextWords.of(rows.texts, self._stretches.first.tolist())

    def features(self, at: Ints) -> Floats:
        """BREAK_FEATURES by rows, for the rows with these numbers, none of which is the last one of its run."""
        columns = {
            **self._characters.columns(at),
            **self._points.columns(at),
            **self._own_columns(at),
            **self._near_columns(at),
            **self._words.columns(self._rows.texts, at.tolist()),
            **{name: column[self._rows.run[at]] for name, column in self._of_runs.items()},
            **self._of_text,
            **self._width_columns(at),
            **self._stretches.columns(at),
        }
        out = np.empty((len(BREAK_FEATURES), len(at)), np.float32)
        for place, name in enumerate(BREAK_FEATURES):
            out[place] = columns[name]
        return out

    def _own_columns(self, at: Ints) -> Columns:
        """What some rows and the rows after them are."""
        rows, after = self._rows, at + 1
        return {
            "length": np.minimum(rows.length[at], _MAX_LENGTH),
            "next_length": np.minimum(rows.length[after], _MAX_LENGTH),
            "next_word": rows.word[after],
            "ends": rows.ends[at],
            "last": rows.last[at],
            "first": rows.first[at],
            "next_first": rows.first[after],
            "next_ends": rows.ends[after],
            "next_last": rows.last[after],
            "item": rows.item[at],
            "capitals": rows.capitals[at],
            "next_capitals": rows.capitals[after],
            "copies": self._copies[at],
            "next_copies": self._copies[after],
            "indent_change": rows.indent[after] - rows.indent[at],
        }

    def _near_columns(self, at: Ints) -> Columns:
        """What the row before and the one after the next are, if they are in the same run."""
        rows, runs = self._rows, self._runs
        above, below = at - runs.first[rows.run[at]], runs.last[rows.run[at]] - at
        before, third = np.maximum(at - 1, 0), np.minimum(at + 2, len(rows) - 1)
        fit = self._characters.need - self._characters.around
        return {
            "before_fit": np.where(above > 0, fit[before], _NONE),
            "before_ends": (above > 0) & rows.ends[before],
            "before_length": np.where(above > 0, np.minimum(rows.length[before], _MAX_LENGTH), 0),
            "next_fit": np.where(below > 1, fit[at + 1], _NONE),
            "third_first": np.where(below > 1, rows.first[third], -1),
            "third_item": (below > 1) & rows.item[third],
            "third_length": np.where(below > 1, np.minimum(rows.length[third], _MAX_LENGTH), 0),
            "above": np.minimum(above, _MAX_LINES),
            "below": np.minimum(below, _MAX_LINES),
        }

    def _run_columns(self) -> Columns:
        """What each run is."""
        rows, runs = self._rows, self._runs
        pairs = runs.size - 1
        width = self._characters.run[runs.first]
        pauses = rows.ends | ((rows.last >= COLON) & (rows.last <= HYPHEN))
        columns = {
            "run_lines": np.minimum(runs.size, _MAX_LINES),
            "run_last": rows.length[runs.last] / width.clip(1),
            "run_width": width,
            **runs.means(
                {
                    "run_ends": rows.ends,
                    "run_pauses": pauses,
                    "run_rhymes": _rhymes(rows),
                    "run_capitals": rows.first == CAPITAL,
                    "run_items": rows.item,
                },
                runs.size,
            ),
        }
        inside = rows.inside  # the last row of a run may be short
        of_pairs: dict[str, npt.NDArray[Any]] = {"run_flow": self._flows}
        for measure, over, by in self._measured:
            body = measure.length * inside
            of_pairs |= {f"run_full{by}": over, f"run_mean{by}": body, f"run_square{by}": body**2}
        columns |= runs.means(of_pairs, pairs)
        for _, _, by in self._measured:
            mean, square = columns[f"run_mean{by}"], columns.pop(f"run_square{by}")
            columns[f"run_spread{by}"] = np.sqrt(np.maximum(square - mean**2, 0)) / mean.clip(1)
        return columns

    def _text_columns(self) -> Columns:
        """What the text is."""
        rows, runs = self._rows, self._runs
        lines, pairs = len(runs.written), max(int((runs.size - 1).sum()), 1)
        ends_of_several = rows.ends[runs.last[runs.size > 1]]
        columns = {
            "text_blank": 1 - lines / len(rows),
            "text_run_lines": lines / len(runs.size),
            "text_single": (runs.size == 1).mean(),
            "text_long": (rows.length > MAX_WIDTH).sum() / lines,
            "text_flow": self._flows.sum() / pairs,
            "text_ends": rows.ends.sum() / lines,
            "text_run_ends": ends_of_several.mean() if len(ends_of_several) else -1,
            "text_longest": min(int(rows.length.max()), _MAX_LENGTH),
            "text_capitals": (rows.first == CAPITAL).sum() / lines,
            "text_items": rows.item.sum() / lines,
            "text_lines": min(lines, _MAX_TEXT_LINES),
        }
        for measure, over, by in self._measured:
            columns |= {f"text_width{by}": measure.text, f"text_full{by}": over.sum() / pairs}
        return columns

    def _width_columns(self, at: Ints) -> Columns:
        """Some rows compared with the width at which the whole text was wrapped, or with what is nearest to it."""
        width = self._wrapped or round(self._characters.text)
        return {
            "fit_width": self._characters.need[at] - width,
            "lacks_width": width - self._rows.length[at],
            "text_wrapped": self._wrapped or 0,
        }

    def _goes_on(self) -> Flags:
        """Whether the next word would not have fitted, as far as widths tell."""
        if self._wrapped is not None:
            over = self._characters.need > self._wrapped
        else:
            over = np.any([measure.need > measure.around for measure, *_ in self._measured], axis=0)
        found: Flags = self._rows.inside & over
        return found


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches of rows after which the next word would not have fitted, as far as widths tell.

    A stretch is a block, or several whose last rows are as long as the text is wide. There is a *choice* inside it
    where a sentence ends with a row and a capital follows.
    """

    rows: Rows
    first: Ints
    """The number of the first row of each stretch."""
    last: Ints
    of_row: Ints
    """The stretch of each row; that of the next stretch for blank rows."""
    inner_ends: Ints
    """For each row the sentences that end inside a row before it, in the whole text."""
    choices: Ints
    """The rows with a choice."""

    @classmethod
    def of(cls, goes_on: Flags, rows: Rows) -> _Stretches:
        written = rows.written
        last = np.flatnonzero(written & ~goes_on)
        first = np.flatnonzero(written & ~np.append(False, goes_on[:-1]))
        following = np.append(rows.first[1:], 0)
        choices = np.flatnonzero(goes_on & rows.ends & (following == CAPITAL))
        of_row = np.minimum(np.searchsorted(last, np.arange(len(rows))), len(last) - 1)
        return cls(rows, first, last, of_row, np.append(0, np.cumsum(rows.inner_ends)), choices)

    def columns(self, at: Ints) -> Columns:
        """The stretches that some rows and the rows after them are in, and the ones beside them.

        Where the next word would have fitted, the next row is in another stretch.
        """
        here, there = self.of_row[at], self.of_row[at + 1]
        first, last = self.first[here], self.last[there]
        before, after = np.searchsorted(self.choices, at), np.searchsorted(self.choices, at, side="right")
        padded = np.concatenate(([-1], self.choices, [len(self.rows)]))
        sizes = np.concatenate(([0], self.last - self.first + 1, [0]))
        columns = {
            "stretch_above": at - first,
            "stretch_below": last - at - 1,
            "stretch_inner_ends": self.inner_ends[at + 1] - self.inner_ends[first],
            "stretch_inner_ends_below": self.inner_ends[last + 1] - self.inner_ends[at + 1],
            "stretch_choices": before - np.searchsorted(self.choices, first),
            "stretch_choices_below": np.searchsorted(self.choices, last) - after,
            "choice_before": at - np.maximum(padded[before], first - 1),
            "choice_after": np.minimum(padded[after + 1], last) - at,
            "stretch_before": sizes[here],
            "stretch_after": sizes[there + 2],
        }
        return {
            **{name: np.minimum(column, _MAX_LINES) for name, column in columns.items()},
            "stretch_ends": self.rows.ends[last],
            "stretch_small": self.rows.first[np.minimum(last + 1, len(self.rows) - 1)] == LETTER,
        }

    def of_text(self) -> Columns:
        """What the stretches of the whole text are."""
        written, inner = int(self.rows.written.sum()), int(self.inner_ends[-1])
        return {
            "text_stretch": written / len(self.last),
            "text_stretch_ends": self.rows.ends[self.last].mean(),
            "text_inner_ends": inner / written,
            "text_inner_ends_of_stretch": inner / len(self.last),
            "text_choices": len(self.choices) / max(written - len(self.last), 1),
        }


def _usual_width(lengths: Floats) -> float:
    """The width of a text, by the lengths of its rows: as numpy's quantile has it, which takes long to load."""
    ordered = np.sort(lengths)
    place = _TEXT_WIDTH * (len(ordered) - 1)
    low = ordered[int(place)]
    return float(low + (ordered[min(int(place) + 1, len(ordered) - 1)] - low) * (place % 1))


def _around(lengths: Floats, run: Ints) -> Floats:
    """For each row, by each measure, the widest of the rows near it in its run; blank rows have no length."""
    out = lengths.copy()
    for shift in range(1, min(_AROUND, len(run) - 1) + 1):
        same = run[shift:] == run[:-shift]
        before, after = out[:, shift:], out[:, :-shift]
        np.maximum(before, lengths[:, :-shift] * same, out=before)
        np.maximum(after, lengths[:, shift:] * same, out=after)
    return out


def _copies(rows: Rows) -> Ints:
    """How often the text of each row is in the text; 0 for rows that are no labels."""
    found = np.zeros(len(rows), np.int64)
    places = np.flatnonzero(rows.written & (rows.length <= _MAX_LABEL)).tolist()
    counts = Counter(rows.texts[number].lstrip() for number in places)
    found[places] = [min(counts[rows.texts[number].lstrip()], _MAX_LINES) for number in places]
    return found


def _rhymes(rows: Rows) -> Flags:
    """For each row whether it rhymes, to the eye, with one that is near in its run."""
    found = np.zeros(len(rows), bool)
    for shift in range(1, min(_RHYME, len(rows) - 1) + 1):
        same = (
            (rows.tail[shift:] == rows.tail[:-shift])
            & (rows.run[shift:] == rows.run[:-shift])
            & (rows.tail[shift:] > 0)
        )
        found[shift:] |= same
        found[:-shift] |= same
    return found
