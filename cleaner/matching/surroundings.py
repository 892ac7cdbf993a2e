"""What stands around a block: whether its text recurs irregularly, and whether the next block takes its words up.

Both tell a label from a heading without knowing the word: a heading belongs to what follows it, a label to nothing. A
label of other pages is told by the links under it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt

from cleaner.page.candidate import Candidate

_MOST_WORDS = 8
"""Words of a block that could interrupt."""
_UNEVEN = 0.2
"""Deviation of distances, over their mean, from which on they are no pattern's."""
_SURROUNDINGS = 4
"""Sorts of blocks before and after it that say the same."""
_PROSE_BYTES = 80
"""Bytes of a paragraph that is prose: a line of Latin letters, half a line of others."""
_OPENING, _OPENING_WORDS = 60, 8
"""Characters and words at a block's beginning that tell what it is about."""
_STEM = 0.75
"""Share of a word's letters that its other forms begin with too."""
_SHORTEST_STEM = 3
_LINKED = 0.8
"""Share of a block's characters in links to other pages from which on it is such a link."""
_LONGEST_LINK = 200
_MOST_LINKS = 15
"""Links under a label; where there are more, they are what the page is about."""
_MOST_BETWEEN, _WORDS_BETWEEN = 2, 6
"""Blocks between two links of a list, and words of each: a picture, a date, a section."""
_SENTENCE_ENDS = frozenset(".!?:;,…。！？：；，、।؟")


def irregular_recurrences(blocks: Sequence[Candidate], folded: Callable[[int], str]) -> dict[str, int]:
    """The short text that comes back as only a marker does, with how often; empty where there is none. `blocks` are
    those that no rule drops.

    What heads each section or names each speaker comes back as well. But that has its place: much the same stands
    before it and after it each time, as far apart as the sections are long, and it has its like ("Pros" and "Cons",
    two names). A marker stands anywhere, and is the only text that comes back.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if _could_interrupt(block):
            places[folded(number)].append(number)
    places.pop("", None)
    repeated = {text: runs for text, found in places.items() if len(runs := _runs(found)) > 1}
    return {text: len(runs) for text, runs in repeated.items() if len(repeated) == 1 and _wanders(blocks, runs)}


def _could_interrupt(block: Candidate) -> bool:
    """A short line, in flattened text even one that has been taken for a heading."""
    may = block.kind == "paragraph" or (block.kind == "heading" and block.element < 0)
    return may and block.text.count(" ") < _MOST_WORDS and block.text[-1:] not in _SENTENCE_ENDS


def _runs(numbers: list[int]) -> list[int]:
    """Where it stands; several right after each other are one place."""
    return [number for at, number in enumerate(numbers) if not at or number - numbers[at - 1] > 1]


def _wanders(blocks: Sequence[Candidate], places: list[int]) -> bool:
    """Whether a text comes back out of order: between prose and before a heading or twice under one, or at uneven
    distances and among all sorts of blocks."""
    if any(_is_between_prose(blocks, n) for n in places) and _out_of_order(blocks, places):
        return True
    return _unevenness(places) > _UNEVEN and _surroundings(blocks, places) >= _SURROUNDINGS


def _unevenness(places: list[int]) -> float:
    """The deviation of the distances between places, over their mean; 0 for two places."""
    apart = [after - before for before, after in pairwise(places)]
    total = sum(apart)
    return sqrt(len(apart) * sum(distance * distance for distance in apart) - total * total) / total


def _surroundings(blocks: Sequence[Candidate], places: list[int]) -> int:
    """How many sorts of blocks stand before it, and how many after it."""
    return sum(
        len({_sort(blocks[number + step]) for number in places if 0 <= number + step < len(blocks)}) for step in (-1, 1)
    )


def _sort(block: Candidate) -> str:
    return block.kind if block.kind == "heading" or not _is_prose(block) else "prose"


def _is_between_prose(blocks: Sequence[Candidate], number: int) -> bool:
    if not 0 < number < len(blocks) - 1:
        return False
    after = blocks[number + 1]
    return _is_prose(blocks[number - 1]) and (after.kind == "heading" or _is_prose(after))


def _is_prose(block: Candidate) -> bool:
    return block.kind in ("paragraph", "list_item") and len(block.text.encode(errors="replace")) >= _PROSE_BYTES


def _out_of_order(blocks: Sequence[Candidate], found: list[int]) -> bool:
    """Whether it stands before a heading, or twice under one."""
    if any(blocks[n].kind == "heading" for n in found):
        return False
    before_heading = any(n + 1 < len(blocks) and blocks[n + 1].kind == "heading" for n in found)
    return before_heading or any(all(blocks[n].kind != "heading" for n in range(a, b)) for a, b in pairwise(found))


def takes_up(following: str, text: str) -> bool:
    """Whether a folded text begins with the words of another, in whichever form."""
    if not text:
        return False
    opening = following[:_OPENING].split()[:_OPENING_WORDS]
    return all(any(_begins(word, given) for word in opening) for given in text.split())


def _begins(word: str, given: str) -> bool:
    """Whether a word is another in one of its forms: other endings, an article before it, a compound, no spaces."""
    stem = given[: max(_SHORTEST_STEM, round(_STEM * len(given)))]
    return stem in word if len(stem) > _SHORTEST_STEM or not stem.isascii() else word.startswith(stem)


def links_below(blocks: Sequence[Candidate], label: int, next_staying: Callable[[int], int]) -> list[int]:
    """The numbers of the links to other pages under a block, up to the next heading or prose, with what is between
    them; of the blocks that stay. Empty where something else stands first, or where they are too many for a list.

    `next_staying` gives the first block that stays from a number on, or the number of blocks.
    """
    found: list[int] = []
    between: list[int] = []
    first: Candidate | None = None
    links = 0
    number = next_staying(label + 1)
    while number < len(blocks):
        block = blocks[number]
        if is_link(block) and (block.kind != "heading" or first is None or _alike(block, first)):
            first = first or block
            found += [*between, number]
            between = []
            links += 1
            if links > _MOST_LINKS:
                return []
        elif len(between) < _MOST_BETWEEN and _is_between_links(block):
            between.append(number)
        else:
            break
        number = next_staying(number + 1)
    return found


def is_link(block: Candidate) -> bool:
    """Whether a block is a link to another page, and little else."""
    size = len(block.text)
    if not 0 < size <= _LONGEST_LINK or block.kind not in ("paragraph", "list_item", "heading"):
        return False
    linked = sum(s.end - s.start for s in block.spans if s.kind == "link" and not (s.href or "#").startswith("#"))
    return linked >= _LINKED * size


def _alike(heading: Candidate, first: Candidate) -> bool:
    return (heading.kind, heading.level) == (first.kind, first.level)


def _is_between_links(block: Candidate) -> bool:
    if block.kind == "image":
        return True
    is_line = block.kind == "paragraph" and block.text[-1:] not in _SENTENCE_ENDS
    return is_line and block.text.count(" ") < _WORDS_BETWEEN
