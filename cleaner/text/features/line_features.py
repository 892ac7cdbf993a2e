"""The features of the lines of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from cleaner.models.arrays import Floats
from cleaner.models.characters import length_in_words
from cleaner.models.table import Columns, Features, Table
from cleaner.text.features import arrangement, document, neighbours, prose, repetition, signs, words
from cleaner.text.features.arrangement import layout_columns, number_columns
from cleaner.text.features.document import document_columns, place_columns
from cleaner.text.features.lines import MAX_CHARACTERS, Lines, batches
from cleaner.text.features.neighbours import NEIGHBOUR_NAMES, comparison_columns, write_neighbours
from cleaner.text.features.prose import prose_columns, prose_lines
from cleaner.text.features.repetition import copy_columns, echo_columns
from cleaner.text.features.signs import edge_columns, sign_columns
from cleaner.text.features.words import Stems, stems_of, word_columns, words_of

MEANINGS = {
    "characters": "characters of the line",
    "words": f"words, estimated from its first {MAX_CHARACTERS} characters",
    **{
        name: meaning
        for module in (signs, words, repetition, arrangement, neighbours, prose, document)
        for name, meaning in module.MEANINGS.items()
    },
}
"""What each feature means, except for those of neighbours, which mean the same as for the line itself."""


@dataclass(frozen=True, slots=True)
class LineForms:
    """What lines are by themselves: it stays as it is when other lines go."""

    table: Table
    """What their characters and words are."""
    stems: Stems
    """Those of their long words."""

    def only(self, kept: Sequence[int]) -> LineForms:
        """The forms of some of the lines; `kept` are their places, which ascend."""
        return LineForms(Table(self.table.names, self.table.matrix[:, kept]), self.stems.only(kept, len(self.table)))


@dataclass(frozen=True, slots=True)
class LineFeatures(Features):
    """The features of the lines of a document; see `MEANINGS`."""

    forms: LineForms


def line_features(lines: Lines, blocks: Sequence[int] | None = None, forms: LineForms | None = None) -> LineFeatures:
    """The features of one line or more; `blocks` are the numbers of their blocks, left out if these are all blocks.

    `forms` are those of the lines where they are known already.
    """
    forms = forms or _forms(lines.texts)
    own = _own_table(lines, forms)
    is_prose = prose_lines(own)
    among = {**comparison_columns(own), **prose_columns(own["words"], is_prose)}
    short_run = among["short_run"].astype(np.float32)
    more = {**among, **place_columns(own["words"]), **document_columns(own, short_run, is_prose)}
    return LineFeatures(_whole_table(own, more), range(len(own)) if blocks is None else blocks, forms)


def _whole_table(own: Table, more: Columns) -> Table:
    """One table with the features of each line, of the lines beside it, and `more`; nothing large is copied twice."""
    matrix = np.empty((len(own.names) + len(NEIGHBOUR_NAMES) + len(more), len(own)), np.float32)
    matrix[: len(own.names)] = own.matrix
    write_neighbours(own, matrix[len(own.names) : -len(more)])
    for row, column in zip(matrix[-len(more) :], more.values(), strict=True):
        row[:] = column
    return Table((*own.names, *NEIGHBOUR_NAMES, *more), matrix)


@cache
def feature_names() -> tuple[str, ...]:
    """The names of all features, in their order."""
    return line_features(Lines(["One line is enough."], [True], [0])).table.names


def _own_table(lines: Lines, forms: LineForms) -> Table:
    """What each line is by itself, and where it recurs."""
    size, form = len(lines.texts), forms.table
    columns = {
        **echo_columns(forms.stems, size),
        "words": _length_in_words(form),
        **layout_columns(lines.gaps, lines.indents),
        **number_columns(lines.texts, form["first_digit"] > 0),
        **copy_columns(lines.texts),
    }
    return Table.beside(form, Table.of(size, columns))


def _forms(texts: Sequence[str]) -> LineForms:
    tables, stems, passed = [], [], 0
    for chars in batches(texts):
        found = words_of(chars)
        characters = np.fromiter(map(len, texts[passed : passed + len(chars)]), np.float32, len(chars))
        columns = {"characters": characters, **sign_columns(chars), **edge_columns(chars), **word_columns(found)}
        tables.append(Table.of(len(chars), columns))
        stems.append(stems_of(chars, found, passed))
        passed += len(chars)
    return LineForms(Table.below(*tables), Stems(*map(np.concatenate, zip(*stems, strict=True))))


def _length_in_words(form: Table) -> Floats:
    """The number of words of each line: of those that were looked at, and of the rest as many as these let expect."""
    whole = form["characters"] / np.minimum(form["characters"], MAX_CHARACTERS).clip(1)
    return length_in_words(form["words_seen"] * whole, form["spaceless"] * whole)
