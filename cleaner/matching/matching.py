"""Rules compiled for one scope, and what they match on a page.

A thousand rules cost about what ten do: whole texts are looked up by hash, regular expressions run as one RE2 set,
selectors are found by an element's classes, id or tag, and near matches are tried for short blocks only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

from cleaner.matching.surroundings import interruptions, takes_up
from cleaner.normalize import fold
from cleaner.page.page import Page
from cleaner.rules.types import LONGEST_LIKE, Match, MetadataRule, Rule
from cleaner.selectors import CompoundSelector, Elements, Selector, SelectorTooCostly

_NOTHING: frozenset[int] = frozenset()
_MOST_COMPOSED = 16
"""Words of a block that may be a text with others beside it."""
_LETTERS_A_WRONG_ONE = 9
"""Letters of a text for each that may be wrong; an ideograph or a syllable counts as two, a space not at all."""
_MOST_WRONG = 2
"""Letters of a text that may be wrong."""
_LONG_TEXT = 18
"""Letters of a text in which any may be wrong: the rest of it says enough."""
_LONG_WORD = 8
"""Letters of a word that may have a wrong one in a shorter text: other words are a letter away from short ones."""
_SURE_BEGINNING, _SURE_END = 1, 2
"""Letters of such a word that must be right: other forms of a word differ at its end."""
_END = 3
"""Characters at the beginning or at the end that are right in a misspelt text."""
_ABOUT = 6
"""Lengths that are looked up together."""
_WIDE = "\u2e80"
"""From here on letters are ideographs and syllables."""
_SET_MEMORY = 256 << 20
"""Bytes that a set of thousands of patterns may need; RE2 takes only what it uses."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule says of a block, or of a stretch of it."""

    rule: Rule
    match: Match
    own: bool
    """Whether the match is on the block itself rather than on something around it."""
    start: int = 0
    end: int = -1
    """The stretch of the block's text; -1 for the whole block."""


@dataclass(slots=True)
class Claims:
    """All that the rules of a scope say of a page."""

    by_block: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    unmatched_main: list[Rule] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Probe:
    """One match of one rule, with its parts as the numbers of what was compiled."""

    rule: Rule
    match: Match
    terms: frozenset[str]
    likes: tuple[str, ...]
    beside: frozenset[str]
    unless: frozenset[str]
    patterns: frozenset[int]
    selectors: tuple[frozenset[int], ...]
    """A group for `css` and one for `xpath`, of which one selector each must match."""


class Compiled:
    """The rules that hold for one host and language."""

    def __init__(self, rules: Iterable[Rule], metadata: Iterable[MetadataRule] = ()) -> None:
        self.metadata = tuple(metadata)
        self.probes: list[_Probe] = []
        self.patterns: list[str] = []
        self.selectors: list[Selector] = []
        self.unwrapping: set[int] = set()
        self.by_text: dict[str, list[_Probe]] = defaultdict(list)
        self.by_first_word: dict[str, list[_Probe]] = defaultdict(list)
        """Texts that may have others beside them, by the word that they begin with."""
        self.by_like: dict[tuple[int, str, str], list[tuple[str, _Probe]]] = defaultdict(list)
        """Near matches by the length that a block must have and the letter that it must begin or end with: one wrong
        letter leaves one of its ends as it is."""
        self.by_misspelt: dict[tuple[int, str, str], list[tuple[str, int, _Probe]]] = defaultdict(list)
        """Texts that may be misspelt, with how many letters may be wrong, by about the length that a block must have
        and what it must begin or end with."""
        self.by_pattern: dict[int, list[_Probe]] = defaultdict(list)
        self.by_selector: dict[int, list[_Probe]] = defaultdict(list)
        self.by_mark: dict[int, list[_Probe]] = defaultdict(list)
        """All matches that name a selector, for the parts of blocks: there, a text is the stretch's."""
        self.by_repeats: list[_Probe] = []
        self.by_rest: list[_Probe] = []
        for rule in rules:
            for match in rule.matches:
                self._add(rule, match)
        self.longest_text = 4 * max((len(term) for term in self.by_text), default=0) + 32
        self.index = SelectorIndex(self.selectors)
        self.regexes = _Regexes(self.probes, self.patterns)

    def _add(self, rule: Rule, match: Match) -> None:
        patterns = self._numbered(self.patterns, match.regex)
        groups = [self._numbered(self.selectors, given) for given in (match.css, match.xpath) if given]
        selectors = [number for group in groups for number in group]
        terms, beside, unless = (_folded(given) for given in (match.text, match.beside, match.unless))
        likes = tuple(filter(None, map(fold, match.like)))
        numbers = frozenset(patterns)
        probe = _Probe(rule, match, terms, likes, beside, unless, numbers, tuple(map(frozenset, groups)))
        if rule.verb == "unwrap":
            self.unwrapping.update(selectors)
            return
        self.probes.append(probe)
        for selector in selectors:
            self.by_mark[selector].append(probe)
        if match.interrupts:  # which is told when all others are
            self.by_repeats.append(probe)
        else:
            self._enter(probe, patterns, selectors)

    def _enter(self, probe: _Probe, patterns: Iterable[int], selectors: Iterable[int]) -> None:
        """Puts a match where what it needs first is looked up, the rarest kind of thing before the others."""
        match = probe.match
        if probe.terms:
            index, keys = self.by_text, set(probe.terms)
            if probe.beside:
                index, keys = self.by_first_word, {term.partition(" ")[0] for term in keys}
            for key in keys:
                index[key].append(probe)
            if match.misspelt:
                self._enter_misspelt(probe)
        elif probe.likes:
            self._enter_like(probe)
        elif probe.patterns:
            for pattern in patterns:
                self.by_pattern[pattern].append(probe)
        elif probe.selectors:
            for selector in selectors:
                self.by_selector[selector].append(probe)
        elif match.repeats:
            self.by_repeats.append(probe)
        else:
            self.by_rest.append(probe)

    def _enter_like(self, probe: _Probe) -> None:
        edits = probe.match.edits
        for like in probe.likes:
            one_end_stays = edits <= 1 and len(like) > 2
            for length in range(len(like) - edits, len(like) + edits + 1):
                for begin, end in [(like[0], ""), ("", like[-1])] if one_end_stays else [("", "")]:
                    self.by_like[length, begin, end].append((like, probe))

    def _enter_misspelt(self, probe: _Probe) -> None:
        for term in probe.terms:
            wrong = _wrong_letters(term)
            if wrong:
                for size in {(len(term) - wrong) // _ABOUT, (len(term) + wrong) // _ABOUT}:
                    self.by_misspelt[size, term[:_END], ""].append((term, wrong, probe))
                    self.by_misspelt[size, "", term[-_END:]].append((term, wrong, probe))

    def misspelt(self, folded: str) -> Iterable[_Probe]:
        """The matches with a text that this one is, but for a letter or two."""
        size = len(folded)
        known = self.by_misspelt.get((size // _ABOUT, folded[:_END], ""), ())
        other = self.by_misspelt.get((size // _ABOUT, "", folded[-_END:]), ())
        if not known and not other:
            return ()
        found: dict[int, _Probe] = {}
        for term, wrong, probe in (*known, *other):
            is_open = id(probe) not in found and folded not in probe.terms
            if is_open and -wrong <= len(term) - size <= wrong and _is_misspelt(folded, term, wrong):
                found[id(probe)] = probe
        return found.values()

    @staticmethod
    def _numbered(known: list[Any], added: Iterable[Any]) -> range:
        start = len(known)
        known.extend(added)
        return range(start, len(known))

    def claims(self, page: Page) -> Claims:
        """What the rules say of the blocks of a page that was read with `PageLookup(self)`."""
        return _Matching(self, page).run()


class _Regexes:
    """Patterns as one automaton; a second one, for long texts, leaves out those that match short texts only."""

    def __init__(self, probes: list[_Probe], patterns: list[str]) -> None:
        limits = {number: probe.match.max_words for probe in probes for number in probe.patterns}
        self.most_words = max((limit for limit in limits.values() if limit), default=0)
        everywhere = [number for number in range(len(patterns)) if not limits.get(number)]
        self.any_length = _Automaton(patterns, range(len(patterns)))
        self.long_only = _Automaton(patterns, everywhere)

    def found(self, text: str) -> frozenset[int]:
        """Numbers of the patterns that a text holds, its white space collapsed."""
        is_long = text.count(" ") >= self.most_words > 0
        return (self.long_only if is_long else self.any_length).found(text)


class _Automaton:
    """Some of the patterns as one RE2 set."""

    def __init__(self, patterns: list[str], numbers: Iterable[int]) -> None:
        self.numbers = list(numbers)
        self.set: Any = None
        if not self.numbers:
            return
        import re2

        options = re2.Options()
        options.max_mem = _SET_MEMORY
        options.never_capture = True
        options.log_errors = False
        self.set = re2.Set.SearchSet(options)
        for number in self.numbers:
            self.set.Add(patterns[number])
        self.set.Compile()

    def found(self, text: str) -> frozenset[int]:
        hits = self.set.Match(text) if self.set is not None else None
        return frozenset(map(self.numbers.__getitem__, hits)) if hits else _NOTHING


class SelectorIndex:
    """Selectors by what an element must have: a class, an id or a tag; the others need the whole tree."""

    def __init__(self, selectors: list[Selector]) -> None:
        self.by_class: dict[str, list[tuple[CompoundSelector, int]]] = defaultdict(list)
        self.by_id: dict[str, list[tuple[CompoundSelector, int]]] = defaultdict(list)
        self.by_tag: dict[str, list[tuple[CompoundSelector, int]]] = defaultdict(list)
        self.complex: list[tuple[Selector, int]] = []
        for number, selector in enumerate(selectors):
            compounds = selector.compounds
            if compounds is None or any(not (s.tag or s.id or s.classes) for s in compounds):
                self.complex.append((selector, number))
                continue
            for compound in compounds:
                if compound.classes:
                    self.by_class[min(compound.classes)].append((compound, number))
                elif compound.id:
                    self.by_id[compound.id].append((compound, number))
                elif compound.tag:
                    self.by_tag[compound.tag].append((compound, number))

    def find(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        tokens = classes.split()
        found: set[int] = set()
        entries = [*self.by_tag.get(tag, ()), *self.by_id.get(id, ())]
        for token in tokens:
            entries += self.by_class.get(token, ())
        if entries:
            held = frozenset(tokens)
            found = {number for compound, number in entries if compound.matches(tag, id, held)}
        return tuple(sorted(found))


class PageLookup:
    """Answers the walk over one page: which selectors match an element."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.special: dict[Any, tuple[int, ...]] = {}
        """By element: the selectors that match it for its place on the page."""
        self.values: dict[int, list[str]] = {}
        """Values that the metadata rules selected, by the rule's number."""
        self.warnings: list[str] = []

    def prepare(self, root: Any) -> None:
        """Evaluates what cannot be told from an element alone."""
        if not self.compiled.index.complex and not self.compiled.metadata:
            return
        elements = Elements.of(root)
        found: dict[Any, list[int]] = defaultdict(list)
        for selector, number in self.compiled.index.complex:
            for element in self._select(selector, elements):
                found[elements.nodes[element]].append(number)
        self.special = {element: tuple(numbers) for element, numbers in found.items()}
        self.elements = elements  # keeps lxml's element objects, and so the keys of `special`, alive
        for number, rule in enumerate(self.compiled.metadata):
            self.values[number] = list(self._values(rule, elements))

    def _select(self, selector: Selector, elements: Elements) -> list[int]:
        try:
            return selector.select(elements)
        except SelectorTooCostly as error:
            self.warnings.append(f"selector {selector.source!r} was not evaluated: {error}")
            return []

    def _values(self, rule: MetadataRule, elements: Elements) -> Iterator[str]:
        for selector in (*rule.css, *rule.xpath):
            if rule.attr is None:
                try:
                    yield from selector.values(elements)
                except SelectorTooCostly as error:
                    self.warnings.append(f"{rule.source}: {error}")
            else:
                for element in self._select(selector, elements):
                    yield elements.nodes[element].get(rule.attr) or ""

    def of(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        """Numbers of the selectors that match every element with this tag, id and `class`."""
        return self.compiled.index.find(tag, id, classes)

    def unwraps(self, selectors: tuple[int, ...]) -> bool:
        """Whether one of the selectors is an `unwrap` rule's."""
        return not self.compiled.unwrapping.isdisjoint(selectors)


class _Matching:
    """One page against one set of rules."""

    def __init__(self, compiled: Compiled, page: Page) -> None:
        self.compiled = compiled
        self.page = page
        self.texts = [block.text for block in page.blocks]
        self.folded: dict[int, str] = {}
        self.found: dict[int, frozenset[int]] = {}
        self.covers: dict[int, dict[int, bool]] = defaultdict(dict)
        """For a selector the blocks in elements that it matches, with whether it is the block's own element."""
        self.claims = Claims()
        self.repeated = self._repeats()
        self.known_counts: dict[str, int] | None = None
        self.known_interruptions: dict[str, int] | None = None

    def _repeats(self) -> dict[str, int]:
        """How often each text occurs, as far as rules ask; one that follows itself counts once."""
        asking = [probe.match.max_words for probe in self.compiled.probes if probe.match.repeats]
        if not asking:
            return {}
        most_words = None if None in asking else max(most for most in asking if most)
        counts: dict[str, int] = defaultdict(int)
        last = None
        for number, raw in enumerate(self.texts):
            is_short = most_words is None or raw.count(" ") < most_words
            text = self._fold(number) if raw and is_short else ""
            if text and text != last:
                counts[text] += 1
            last = text
        return counts

    def run(self) -> Claims:
        self._cover()
        for number, text in enumerate(self.texts):
            if text:
                self._match_text(number, text)
        for selector, blocks in self.covers.items():
            for probe in self.compiled.by_selector.get(selector, ()):
                for number, own in blocks.items():
                    self._claim(probe, number, own=own)
        self._match_marks()
        self._match_rest()
        matched = {id(c.rule) for claims in self.claims.by_block.values() for c in claims if c.rule.verb == "main"}
        mains = {id(p.rule): p.rule for p in self.compiled.probes if p.rule.verb == "main"}
        self.claims.unmatched_main = [rule for key, rule in mains.items() if key not in matched]
        return self.claims

    def _cover(self) -> None:
        for hit in self.page.hits:
            blocks = self.covers[hit.selector]
            for number in range(hit.first, hit.end):
                own = hit.node < 0 or self.page.blocks[number].element == hit.node
                blocks[number] = own or blocks.get(number, False)

    def _match_text(self, number: int, text: str) -> None:
        compiled = self.compiled
        if len(text) <= compiled.longest_text:
            folded = self._fold(number)
            for probe in compiled.by_text.get(folded, ()):
                self._claim(probe, number)
            if folded.count(" ") < _MOST_COMPOSED:
                known = compiled.by_first_word.keys() & folded.split(" ")
                for probe in {id(p): p for word in sorted(known) for p in compiled.by_first_word[word]}.values():
                    self._claim(probe, number)
        if len(text) <= LONGEST_LIKE:
            folded = self._fold(number)
            self._match_like(number, folded)
            for probe in compiled.misspelt(folded):
                self._claim(probe, number)
        self.found[number] = found = compiled.regexes.found(text)
        if found:
            for probe in {id(p): p for pattern in found for p in compiled.by_pattern.get(pattern, ())}.values():
                self._claim(probe, number)

    def _match_like(self, number: int, folded: str) -> None:
        by_like, size = self.compiled.by_like, len(folded)
        first, last = folded[:1], folded[-1:]
        found = {}
        for key in ((size, first, ""), (size, "", last), (size, "", "")):
            for like, probe in by_like.get(key, ()):
                if _within(folded, like, probe.match.edits):
                    found[id(probe), like] = probe
        for probe in found.values():
            self._claim(probe, number)

    def _match_marks(self) -> None:
        for mark in self.page.marks:
            for probe in self.compiled.by_mark.get(mark.selector, ()):
                self._claim_stretch(probe, mark.selector, mark.block, mark.start, mark.end)

    def _match_rest(self) -> None:
        for probe in self.compiled.by_repeats:
            if probe.match.interrupts and not self._interruptions():
                continue
            for number, text in enumerate(self.texts):
                if text:
                    self._claim(probe, number)
        for probe in self.compiled.by_rest:
            for number in range(len(self.texts)):
                self._claim(probe, number)

    def _claim(self, probe: _Probe, number: int, *, own: bool = True) -> None:
        """Notes that a match holds for a block, if all of its parts do."""
        match = probe.match
        if not all(self._is_covered(number, group) for group in probe.selectors):
            return
        if match.kind and self.page.blocks[number].kind not in match.kind:
            return
        if match.marked is not None and match.marked != (self.page.blocks[number].element >= 0):
            return
        if match.repeats and self.repeated.get(self._fold(number), 0) < match.repeats:
            return
        if match.interrupts and not self._interrupts(number, match.interrupts):
            return
        if not self._holds(probe, self.texts[number], number):
            return
        if match.subject is not None and match.subject != self._is_subject(number):
            return
        self.claims.by_block[number].append(Claim(probe.rule, match, own))

    def _interrupts(self, number: int, least: int) -> bool:
        return self._interruptions().get(self._fold(number), 0) >= least

    def _interruptions(self) -> dict[str, int]:
        """Asked for when all other matches are known, since what a rule drops already is no evidence."""
        if self.known_interruptions is None:
            gone = {n for n, said in self.claims.by_block.items() if any(c.rule.verb == "drop" for c in said)}
            gone |= self.page.printed
            left = [n for n in range(len(self.texts)) if n not in gone]
            blocks = [self.page.blocks[n] for n in left]
            self.known_interruptions = interruptions(blocks, lambda n: self._fold(left[n]))
        return self.known_interruptions

    def _is_subject(self, number: int) -> bool:
        """Whether the block after one takes its words up, and it comes but once."""
        after = next((n for n in range(number + 1, len(self.texts)) if self.texts[n]), None)
        text = self._fold(number)
        return after is not None and self._counts()[text] == 1 and takes_up(self._fold(after), text)

    def _counts(self) -> dict[str, int]:
        """How often each short text occurs."""
        if self.known_counts is None:
            self.known_counts = defaultdict(int)
            for number, text in enumerate(self.texts):
                if len(text) <= self.compiled.longest_text:
                    self.known_counts[self._fold(number)] += 1
        return self.known_counts

    def _is_covered(self, number: int, group: frozenset[int]) -> bool:
        return any(number in self.covers[selector] for selector in group if selector in self.covers)

    def _claim_stretch(self, probe: _Probe, selector: int, number: int, start: int, end: int) -> None:
        match = probe.match
        if not all(selector in group or self._is_covered(number, group) for group in probe.selectors):
            return
        if (match.kind and self.page.blocks[number].kind not in match.kind) or match.repeats or match.interrupts:
            return
        if match.subject or match.marked is False:
            return
        if self._holds(probe, self.texts[number][start:end], None):
            self.claims.by_block[number].append(Claim(probe.rule, match, True, start, end))

    def _holds(self, probe: _Probe, text: str, number: int | None) -> bool:
        """Whether the parts of a match that look at a text hold: of block `number`, or of a stretch of one."""
        match = probe.match
        if match.max_words and len(text.split()) > match.max_words:
            return False
        if probe.terms or probe.likes or probe.unless:
            folded = fold(text) if number is None else self._fold(number)
            if folded in probe.unless:
                return False
            if probe.terms and not self._is_said(probe, folded):
                return False
            if probe.likes and not any(_within(folded, like, match.edits) for like in probe.likes):
                return False
        return not probe.patterns or not probe.patterns.isdisjoint(self._patterns_in(text, number))

    def _is_said(self, probe: _Probe, folded: str) -> bool:
        """Whether a folded text is one of a match's texts, in one of the ways that the match allows."""
        if folded in probe.terms or _is_composed(folded, probe.terms, probe.beside):
            return True
        return probe.match.misspelt is True and any(found is probe for found in self.compiled.misspelt(folded))

    def _patterns_in(self, text: str, number: int | None) -> frozenset[int]:
        found = self.found.get(number) if number is not None else None
        return self.compiled.regexes.found(text) if found is None else found

    def _fold(self, number: int) -> str:
        folded = self.folded.get(number)
        if folded is None:
            folded = self.folded[number] = fold(self.texts[number])
        return folded


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, texts)) - {""}


def _wrong_letters(term: str) -> int:
    """How many letters of a folded text may be wrong."""
    return min(_letters(term) // _LETTERS_A_WRONG_ONE, _MOST_WRONG) if len(term) <= LONGEST_LIKE else 0


def _letters(term: str) -> int:
    return sum(0 if char == " " else 1 + (char >= _WIDE) for char in term)


def _is_misspelt(text: str, term: str, wrong: int) -> bool:
    """Whether a folded text is a term but for wrong letters: any of a long one, of others those in the middle of a long
    word, or the space between two."""
    if not _within(text, term, wrong):
        return False
    if _letters(term) >= _LONG_TEXT:
        return True
    given, meant = text.split(" "), term.split(" ")
    if len(given) != len(meant):
        return "".join(given) == "".join(meant)
    return all(a == b or _is_misspelt_word(a, b) for a, b in zip(given, meant, strict=True))


def _is_misspelt_word(given: str, meant: str) -> bool:
    return (
        _letters(meant) >= _LONG_WORD
        and given[:_SURE_BEGINNING] == meant[:_SURE_BEGINNING]
        and given[-_SURE_END:] == meant[-_SURE_END:]
    )


def _is_composed(folded: str, terms: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether a folded text is one of the terms or several, with nothing but numbers and what may stand beside them."""
    words = folded.split(" ")
    if not beside or len(words) > _MOST_COMPOSED:
        return False
    reached = [0] * (len(words) + 1)  # by word: 1 where the words before it are accounted for, 2 with a term among them
    reached[0] = 1
    for start, word in enumerate(words):
        if not reached[start]:
            continue
        if len(word) <= 3 and word.isdecimal():
            reached[start + 1] |= reached[start]
        for end in range(start + 1, len(words) + 1):
            piece = " ".join(words[start:end])
            reached[end] |= 2 * (piece in terms) | reached[start] * (piece in beside)
    return reached[-1] >= 2


def _within(text: str, term: str, edits: int) -> bool:
    return bool(OSA.distance(text, term, score_cutoff=edits) <= edits)
