"""What stands around a block: whether it interrupts the text, and whether the block after it takes its words up.

Both tell a marker from a heading without knowing the word: a heading belongs to what follows it, a marker to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from cleaner.candidate import Candidate

_MOST_WORDS = 8
"""Words of a block that could interrupt."""
_PROSE_BYTES = 80
"""Bytes of a paragraph that is prose: a line of Latin letters, half a line of others."""
_OPENING, _OPENING_WORDS = 60, 8
"""Characters and words at a block's beginning that tell what it is about."""
_STEM = 0.75
"""Share of a word's letters that its other forms begin with too."""
_SHORTEST_STEM = 3
_SENTENCE_ENDS = frozenset(".!?:;,…。！？：；，、।؟")


def interruptions(blocks: Sequence[Candidate], folded: Callable[[int], str]) -> dict[str, int]:
    """The short text that comes back among prose as only a marker does, with how often; empty where there is none.

    What heads each section or names each speaker comes back as well. But that has its place: it never stands right
    before a heading and does not come twice under one, and it has its like ("Pros" and "Cons", two names). So the text
    must be the only one that comes back, and stand out of order. `blocks` are those that no rule drops.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if block.kind == "paragraph" and _could_interrupt(block.text):
            places[folded(number)].append(number)
    places.pop("", None)
    repeated = [(text, found) for text, found in places.items() if _not_adjacent(found) > 1]
    if len(repeated) != 1:
        return {}
    text, found = repeated[0]
    between = any(_is_between_prose(blocks, number) for number in found)
    return {text: _not_adjacent(found)} if between and _out_of_order(blocks, found) else {}


def _could_interrupt(text: str) -> bool:
    return text.count(" ") < _MOST_WORDS and text[-1:] not in _SENTENCE_ENDS


def _not_adjacent(numbers: list[int]) -> int:
    return 1 + sum(after - before > 1 for before, after in pairwise(numbers))


def _is_between_prose(blocks: Sequence[Candidate], number: int) -> bool:
    if not 0 < number < len(blocks) - 1:
        return False
    after = blocks[number + 1]
    return _is_prose(blocks[number - 1]) and (after.kind == "heading" or _is_prose(after))


def _is_prose(block: Candidate) -> bool:
    return block.kind in ("paragraph", "list_item") and len(block.text.encode(errors="replace")) >= _PROSE_BYTES


def _out_of_order(blocks: Sequence[Candidate], found: list[int]) -> bool:
    """Whether it stands before a heading, or twice under one."""
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
