"""`python -m cleaner.training.feature_table PAGE` writes the features into a page, between two comments.

The page is `docs/scores.md`. The text is made from the features themselves and from their meanings.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from cleaner.content import lines
from cleaner.content.features import block_features, blocks, choice_features
from cleaner.content.features.element_tree import NOT_FOUND
from cleaner.content.features.keywords import KEYWORDS
from cleaner.content.scorer import scorer_of
from cleaner.models import wording
from cleaner.models.trees import Trees
from cleaner.text import SHIPPED, headings
from cleaner.text.features import line_features
from cleaner.text.features.lines import MAX_DISTANCE
from cleaner.text.features.neighbours import NEIGHBOUR_NAMES, OF_NEIGHBOURS, SIDES
from cleaner.text.features.prose import MIN_PROSE_WORDS

_BLOCKS = f"""### Features of blocks

`explain` names these features of a block beside a block that the content score dropped.

- *Level 0* is the element of the block. Only block-level elements are *levels*; {NOT_FOUND} means "none".
- `upN` describes the element at level N, `likeN` all elements that look like it, `page` the whole page.
- Elements *look the same* if they have the same tag and class names. Their number includes the element itself.
- *Prose* is a block of at least {blocks.MIN_PROSE_WORDS} words with the end of a sentence and few links.
- *Top* is the main element, which has most prose near its surface and few links. *Longest* is the block with most words
  outside links. *Headline* is the heading with most words of the title. Distances from them may be negative.
- Features of a block or heading that does not exist are 0 or -1.

"""
_KEYWORDS = """
In `near_X`, an element is for X if its class names, id or role match a pattern:

"""
_CHOICES = f"""
### Features of choices

The second decision looks at {", ".join(f"`{name}`" for name in choice_features.OWN)}, and at these features:

"""
_PAGES = """
The confidence looks at `expected_f1`, `chosen_share`, all features `page_X`, and:

"""
_LINES = f"""
### Features of lines

`explain` names these features of a line, after hard wraps are undone, beside a heading that the score found
(`headings.score`) and beside a line that the score dropped.

- `doc` describes the whole document.
- *Prose* is a line of at least {MIN_PROSE_WORDS} words with the end of a sentence, or of {2 * MIN_PROSE_WORDS} words.
- A *long word* has at least four letters, and does not begin with a digit.
- In scripts without spaces, two letters count as a word.
- Features of a number or line that does not exist are 0 or -1. Distances are at most {MAX_DISTANCE} lines.

"""
_NEIGHBOURS = f"""
The scores also look at some features of the {max(SIDES)} lines before and after a line. `words-1` is `words` of the
line before, -1 if there is none. These features are {", ".join(f"`{name}`" for name in OF_NEIGHBOURS)}.
"""
_MARKED = re.compile(r"(?<=<!-- features -->\n\n).*(?=\n<!-- end of features -->)", re.S)
_VALUE = re.compile(r"(?<=\*)\w+(?=\*)|(?<=`<)\w+(?=>`)")
"""What can differ between the meanings of a family beside numbers: a word in asterisks, a tag."""
_NAME_PART = re.compile(r"[a-z]+|[-+]?\d+")


def with_features(page: str) -> str:
    """A page with the features between its comments. Raises ValueError where it has no such comments."""
    made, places = _MARKED.subn(lambda _: features(), page)
    if places != 1:
        raise ValueError("the page has no <!-- features --> before an <!-- end of features -->")
    return made


def features() -> str:
    """All features and what they mean, as Markdown."""
    keywords = (f"- {name}: `{pattern}`\n" for name, pattern in KEYWORDS.items())
    return "".join(
        (_BLOCKS, *_block_lines(), _KEYWORDS, *keywords, *_choice_lines(), _LINES, *_line_lines(), _NEIGHBOURS)
    )


def _block_lines() -> Iterator[str]:
    names = block_features.feature_names()
    yield from _meanings(names, block_features.MEANINGS)
    yield from _unused("content score", names, scorer_of(None).trees.features)


def _choice_lines() -> Iterator[str]:
    yield _CHOICES
    yield from _meanings(choice_features.MEANINGS, choice_features.MEANINGS)
    yield _PAGES
    yield from _meanings(choice_features.PAGE_MEANINGS, choice_features.PAGE_MEANINGS)


def _line_lines() -> Iterator[str]:
    names = [name for name in headings.score_names() if name not in NEIGHBOUR_NAMES]
    yield from _meanings(names, line_features.MEANINGS | wording.MEANINGS)
    for score, part in (("score of headings", headings.PART), ("score of content", lines.PART)):
        yield from _unused(score, names, Trees.load(SHIPPED, part).features)


def _meanings(names: Iterable[str], meanings: Mapping[str, str]) -> Iterator[str]:
    """A line for each feature, or for each family of features."""
    for family in _families(names, meanings):
        (name, value), *more = family
        meaning, values = meanings[name], ""
        if more:
            sign = "N" if value[-1].isdigit() else "X"
            name, meaning = name.replace(value, sign), meaning.replace(value, sign)
            values = f" ({sign}: {', '.join(value for _, value in family)})"
        yield f"- `{name}`{values}: {meaning}\n"


def _families(names: Iterable[str], meanings: Mapping[str, str]) -> Iterable[list[tuple[str, str]]]:
    """Features whose names and meanings differ in one value only, together with this value."""
    families: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        meaning, parts = meanings[name], _NAME_PART.findall(name)
        values = (part for part in parts if not part.isalpha() or part in _VALUE.findall(meaning))
        value = next(values, "")
        key = (name.replace(value, "{}"), meaning.replace(value, "{}")) if value else (name, meaning)
        families[key].append((name, value))
    return families.values()


def _unused(score: str, names: Iterable[str], used: Container[str]) -> Iterator[str]:
    """The sentence about the features that a shipped score does not look at, if there are any."""
    unused = ", ".join(f"`{name}`" for name in names if name not in used)
    if unused:
        yield f"\nThe shipped {score} does not look at {unused}.\n"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_features(path.read_text("utf-8")), "utf-8")
