"""`python -m cleaner.training.feature_table` prints the page `docs/features.md`, from the features themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cleaner.content import lines
from cleaner.content.features import block_features, blocks
from cleaner.content.features.element_tree import NOT_FOUND
from cleaner.content.features.keywords import KEYWORDS
from cleaner.content.scorer import scorer_of
from cleaner.models import wording
from cleaner.models.trees import Trees
from cleaner.text import headings
from cleaner.text.features import line_features
from cleaner.text.features.neighbours import NEIGHBOUR_NAMES, OF_NEIGHBOURS, SIDES
from cleaner.text.features.prose import MIN_PROSE_WORDS
from cleaner.text.reader import SHIPPED

_BLOCKS = f"""# What the content score looks at

This page is made by `python -m cleaner.training.feature_table`. The score looks at a row of numbers for every block
with text. `explain` names these features beside a block that the score dropped.

- *Levels up* are counted in block-level elements, from the element of the block; {NOT_FOUND} stands for "none".
- ElementTree *look the same* if they have the same tag and class names.
- *Prose* is a block of {blocks.MIN_PROSE_WORDS} words or more with the end of a sentence and few links.
- The *main element* has most prose near its surface and few links.

"""
_KEYWORDS = """
An element is *for* something if its class names, its id or its role match a pattern:

"""
_LINES = f"""
## What the scores for text look at

The scores look at a row of numbers for every line of a text, after its hard wraps are undone. `explain` names these
features beside a line that is a heading by its score (`headings.score`), and beside a line that the score dropped.

- *Prose* is a line of {MIN_PROSE_WORDS} words or more with the end of a sentence, or of {2 * MIN_PROSE_WORDS} words.
- A *long word* has four letters or more, and does not begin with a digit.
- In scripts without spaces between words, two letters count as a word.

"""
_NEIGHBOURS = f"""
The scores also look at some features of the {max(SIDES)} lines before and after a line: `words-1` is the number of
words of the line before, `words+2` that of the second line after; -1 stands for a line that does not exist. These
features are

{", ".join(f"`{name}`" for name in OF_NEIGHBOURS)}.
"""


def table() -> str:
    """The page as Markdown."""
    used = {"in the shipped model": set(scorer_of(None).trees.features)}
    keywords = [f"- *{name}*: `{pattern}`\n" for name, pattern in KEYWORDS.items()]
    features = _rows(block_features.feature_names(), block_features.MEANINGS, used)
    return "".join((_BLOCKS, *features, _KEYWORDS, *keywords, _LINES, *_line_rows(), _NEIGHBOURS))


def _line_rows() -> Iterable[str]:
    """The table of the features of lines, without those of neighbours."""
    used = {part: set(Trees.load(SHIPPED, part).features) for part in (headings.PART, lines.PART)}
    names = [name for name in headings.score_names() if name not in NEIGHBOUR_NAMES]
    return _rows(names, line_features.MEANINGS | wording.MEANINGS, used)


def _rows(names: Iterable[str], meanings: Mapping[str, str], used: Mapping[str, set[str]]) -> Iterable[str]:
    """A table of features, with a column for each model that says whether it looks at a feature."""
    yield f"| feature | meaning | {' | '.join(used)} |\n"
    yield f"| --- | --- |{' --- |' * len(used)}\n"
    for name in names:
        answers = " | ".join("yes" if name in features else "no" for features in used.values())
        yield f"| `{name}` | {meanings[name]} | {answers} |\n"


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
