"""Rules compiled for one host and language: each match is filed where what it needs first is looked up.

A thousand rules cost about what ten do: whole texts are looked up by hash, regular expressions run as one RE2 set,
selectors are found by an element's classes, id or tag, and near matches are tried for short blocks only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from cleaner.matching.lookup import SelectorIndex
from cleaner.matching.near import MAX_COMPOSED_WORDS, is_misspelt, is_within, is_within_any, max_wrong_letters
from cleaner.matching.patterns import PatternSet
from cleaner.normalize import fold
from cleaner.rules.types import LONGEST_LIKE, Conditions, LinkRule, MetadataRule, Rule
from cleaner.selectors import Selector

_SHORT = 80
"""Maximum characters of a text that is remembered with what is filed under it."""
_MAX_REMEMBERED = 2_048
"""Maximum number of such texts: some hundred kilobytes for each host and language with rules of its own."""
_END = 3
"""Characters at the beginning, or at the end, that are right in a misspelt text."""
_LENGTH_STEP = 6
"""Lengths of misspelt texts that are looked up together."""

_ON_STRETCHES = ("drop", "heading", "paragraph", "split")

Ends = tuple[int, str, str]
"""What a near match is looked up by: a length, and what the text begins with or ends with."""


@dataclass(slots=True, eq=False)
class CompiledMatch:
    """One match of a rule: its conditions as folded texts and as numbers of compiled patterns and selectors."""

    rule: Rule
    conditions: Conditions
    texts: frozenset[str]
    likes: tuple[str, ...]
    companions: frozenset[str]
    unless: frozenset[str]
    regexes: frozenset[int]
    words: frozenset[int]
    selectors: tuple[frozenset[int], ...]
    """A group for `css` and one for `xpath`; one selector of each must match."""


@dataclass(slots=True, eq=False)
class Likes:
    """Near matches that are looked up together."""

    likes: list[str] = field(default_factory=list)
    matches: list[CompiledMatch] = field(default_factory=list)
    """For each of `likes` the match that asks for it."""
    edits: int = 0
    """The most edits that any of them allows."""

    def add(self, like: str, match: CompiledMatch) -> None:
        """Files a match."""
        self.likes.append(like)
        self.matches.append(match)
        self.edits = max(self.edits, match.conditions.edits)


class CompiledRules:
    """The rules that hold for one host and language; immutable but for what it remembers of texts."""

    def __init__(
        self, rules: Iterable[Rule], metadata: Iterable[MetadataRule] = (), links: Iterable[LinkRule] = ()
    ) -> None:
        self.metadata = tuple(metadata)
        self.strip_parameters = tuple(dict.fromkeys(name for rule in links for name in rule.strip_parameters))
        """Patterns of the names of parameters that are taken off links."""
        self.matches: list[CompiledMatch] = []
        self.selectors: list[Selector] = []
        self.unwrapping: dict[int, Rule] = {}
        """The `unwrap` rules, by the numbers of their selectors."""
        self.told: dict[int, Rule] = {}
        """By the number of its selector: a rule that replaces the content of elements by an attribute's value."""
        self.on_stretches: set[int] = set()
        """Numbers of the selectors of rules that act on parts of blocks: a text that these select is taken alone."""
        self.by_text: dict[str, list[CompiledMatch]] = defaultdict(list)
        self.by_first_word: dict[str, list[CompiledMatch]] = defaultdict(list)
        """Matches whose texts may have companions, by the words that these texts begin with."""
        self.by_like: dict[Ends, Likes] = defaultdict(Likes)
        """Near matches by the length that a block must have and the letter that it must begin or end with: one wrong
        letter leaves one of the ends as it is."""
        self.by_misspelt: dict[Ends, list[tuple[str, int, CompiledMatch]]] = defaultdict(list)
        """Texts that may be misspelt, with the maximum of wrong letters, by steps of length and by both ends."""
        self.by_regex: dict[int, list[CompiledMatch]] = defaultdict(list)
        self.by_words: dict[int, list[CompiledMatch]] = defaultdict(list)
        self.by_selector: dict[int, list[CompiledMatch]] = defaultdict(list)
        self.by_stretch: dict[int, list[CompiledMatch]] = defaultdict(list)
        """All matches with a selector, for elements inside a block: there, the text is the stretch's."""
        self.splitting: list[CompiledMatch] = []
        """Matches that may split blocks: those of `split`, and of `heading` and `paragraph` on parts of blocks."""
        self.mains: dict[str, Rule] = {}
        """The `main` rules by id."""
        self.of_any_block: list[CompiledMatch] = []
        """Matches that nothing is looked up for."""
        self.recurring: list[CompiledMatch] = []
        """Matches of texts that recur irregularly, which few pages have: they are asked when these are known."""
        self._remembered: dict[str, Collection[CompiledMatch]] = {}
        self._regexes: list[str] = []
        self._words: list[str] = []
        self.limited = False
        """Whether a rule has a limit to what it may take of a page."""
        for rule in rules:
            self.limited = self.limited or rule.max_drop_ratio is not None
            for conditions in rule.matches:
                self._add(rule, conditions)
        self.max_text_length = _max_text_length(self.by_text, set(chain.from_iterable(self.by_first_word.values())))
        """Maximum characters of a block that can equal a text, or be one with companions."""
        self.index = SelectorIndex(self.selectors)
        self.regexes = PatternSet(self._regexes, _limits(self.matches, lambda match: match.regexes))
        self.words = PatternSet(self._words, _limits(self.matches, lambda match: match.words))

    def filed_under(self, text: str) -> Collection[CompiledMatch]:
        """The matches that are filed under what a text says, each once: no other one can hold for it by its text.

        What short texts are filed under is remembered: those of menus come again on other pages, of other sites too.
        """
        if len(text) > _SHORT:
            return self._filed_under(text)
        found = self._remembered.get(text)
        if found is None:
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[text] = self._filed_under(text)
        return found

    def _filed_under(self, text: str) -> Collection[CompiledMatch]:
        found: list[CompiledMatch] = []
        size = len(text)
        is_short, may_hold_words = size <= max(self.max_text_length, LONGEST_LIKE), self.words.may_hold(text)
        folded = fold(text) if is_short or may_hold_words else ""
        if is_short:
            found += self.by_text.get(folded, ())
            if folded.count(" ") < MAX_COMPOSED_WORDS:
                words = folded.split(" ")
                if not self.by_first_word.keys().isdisjoint(words):
                    for word in sorted(self.by_first_word.keys() & words):
                        found += self.by_first_word[word]
            if size <= LONGEST_LIKE:
                found += self.similar(folded)
                found += self.misspelt(folded)
        for pattern in self.regexes.find(text):
            found += self.by_regex.get(pattern, ())
        if may_hold_words:
            for pattern in self.words.find(folded):
                found += self.by_words.get(pattern, ())
        return dict.fromkeys(found) if len(found) > 1 else found

    def similar(self, folded: str) -> list[CompiledMatch]:
        """The matches with a `like` that this text is near to, some of them perhaps twice."""
        size = len(folded)
        found: list[CompiledMatch] = []
        for key in ((size, folded[:1], ""), (size, "", folded[-1:]), (size, "", "")):
            near = self.by_like.get(key)
            if near is not None and is_within_any(folded, near.likes, near.edits):
                pairs = zip(near.likes, near.matches, strict=True)
                found += [match for like, match in pairs if is_within(folded, like, match.conditions.edits)]
        return found

    def misspelt(self, folded: str) -> Collection[CompiledMatch]:
        """The matches with a text that this one is, with a wrong letter or two."""
        size = len(folded)
        by_begin = self.by_misspelt.get((size // _LENGTH_STEP, folded[:_END], ""), ())
        by_end = self.by_misspelt.get((size // _LENGTH_STEP, "", folded[-_END:]), ())
        found: dict[CompiledMatch, None] = {}
        for text, wrong, match in (*by_begin, *by_end):
            is_open = match not in found and folded not in match.texts
            if is_open and -wrong <= len(text) - size <= wrong and is_misspelt(folded, text, wrong):
                found[match] = None
        return found

    def _add(self, rule: Rule, conditions: Conditions) -> None:
        groups = [_numbered(self.selectors, given) for given in (conditions.css, conditions.xpath) if given]
        match = CompiledMatch(
            rule,
            conditions,
            texts=_folded(conditions.text),
            likes=tuple(filter(None, map(fold, conditions.like))),
            companions=_folded(conditions.with_companions),
            unless=_folded(conditions.unless),
            regexes=frozenset(_numbered(self._regexes, conditions.regex)),
            words=frozenset(_numbered(self._words, conditions.words)),
            selectors=tuple(map(frozenset, groups)),
        )
        selectors = [number for group in groups for number in group]
        if rule.verb == "unwrap":
            self.unwrapping.update(dict.fromkeys(selectors, rule))
            return
        if rule.attribute is not None:
            self.told.update(dict.fromkeys(selectors, rule))
            return
        self.matches.append(match)
        if rule.verb == "main":
            self.mains[rule.id] = rule
        if rule.verb in _ON_STRETCHES:
            self.on_stretches.update(selectors)
        for selector in selectors:
            self.by_stretch[selector].append(match)
        if rule.verb == "split" or (rule.verb in ("heading", "paragraph") and selectors):
            self.splitting.append(match)
        if rule.verb == "split":
            return
        if conditions.recurs_irregularly:
            self.recurring.append(match)
        else:
            self._file(match, selectors)

    def _file(self, match: CompiledMatch, selectors: Iterable[int]) -> None:
        """Files a match under the condition that the fewest blocks fulfil."""
        if match.texts:
            self._file_texts(match)
        elif match.likes:
            self._file_likes(match)
        elif match.regexes:
            for pattern in sorted(match.regexes):
                self.by_regex[pattern].append(match)
        elif match.words:
            for pattern in sorted(match.words):
                self.by_words[pattern].append(match)
        elif match.selectors:
            for selector in selectors:
                self.by_selector[selector].append(match)
        else:
            self.of_any_block.append(match)

    def _file_texts(self, match: CompiledMatch) -> None:
        index, keys = self.by_text, set(match.texts)
        if match.companions:
            index, keys = self.by_first_word, {text.partition(" ")[0] for text in keys}
        for key in keys:
            index[key].append(match)
        if match.conditions.misspelt:
            for text in match.texts:
                self._file_misspelt(text, match)

    def _file_misspelt(self, text: str, match: CompiledMatch) -> None:
        wrong = max_wrong_letters(text)
        if wrong:
            entry, begin, end = (text, wrong, match), text[:_END], text[-_END:]
            for size in {(len(text) - wrong) // _LENGTH_STEP, (len(text) + wrong) // _LENGTH_STEP}:
                self.by_misspelt[size, begin, ""].append(entry)
                self.by_misspelt[size, "", end].append(entry)

    def _file_likes(self, match: CompiledMatch) -> None:
        edits = match.conditions.edits
        for like in match.likes:
            one_end_stays = edits <= 1 and len(like) > 2
            for length in range(len(like) - edits, len(like) + edits + 1):
                for begin, end in [(like[0], ""), ("", like[-1])] if one_end_stays else [("", "")]:
                    self.by_like[length, begin, end].add(like, match)


def _max_text_length(texts: Iterable[str], with_companions: Iterable[CompiledMatch]) -> int:
    """The length up to which blocks are compared with texts, with room for punctuation and spaces between the words."""
    composed = (text for match in with_companions for text in match.texts | match.companions)
    longest_word = max((len(word) for text in composed for word in text.split(" ")), default=0)
    return max(4 * max(map(len, texts), default=0), MAX_COMPOSED_WORDS * longest_word) + 32


def _numbered(known: list[Any], added: Iterable[Any]) -> range:
    """The numbers of what is added to a list."""
    start = len(known)
    known.extend(added)
    return range(start, len(known))


@lru_cache(maxsize=4_096)
def _folded(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, texts)) - {""}


def _limits(matches: Iterable[CompiledMatch], patterns: Any) -> dict[int, int | None]:
    """For each pattern the maximum words of a block that it is asked of."""
    return {number: match.conditions.max_words for match in matches for number in patterns(match)}
