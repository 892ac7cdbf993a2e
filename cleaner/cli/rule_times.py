"""What rules cost in time, measured on a few pages: each by itself, and all together.

Rules are compiled together, and a page is looked up in what is compiled, so a rule has no time of its own in a run.
What can be measured is the rule alone: the selectors that need the page's tree, and the match with the page's blocks
less what this takes without a rule. The least of several runs counts. Selectors that an element's name, id or classes
answer cost next to nothing and are not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from statistics import mean
from time import perf_counter
from typing import TYPE_CHECKING, Any

from cleaner.engine import Cleaner, Work, decode_bytes, read
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.lookup import PageLookup
from cleaner.matching.match import match_page
from cleaner.rules import RuleSet
from cleaner.selectors import Elements, Selector, SelectorTooCostly

if TYPE_CHECKING:
    from cleaner.page.page import Page
    from cleaner.rules import MetadataRule, Rule

RUNS = 3
"""Times that each piece of work is measured; the shortest counts."""
TRIALS = 4_000
"""Rules that are tried on a page, over all pages: a trial takes about a millisecond."""
MAX_PAGES = 20
"""Pages that are measured."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page that is measured."""

    data: bytes | str
    url: str | None
    media_type: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Times:
    """What was measured, in milliseconds a page."""

    pages: int
    page: float
    """A page with all rules."""
    without: float
    """A page with no rule."""
    rules: dict[str, float]
    """Each rule by itself on the pages that it is for, by its id, or the key of a metadata rule."""


def pages_for(rules: RuleSet) -> int:
    """How many pages are measured for so many rules."""
    return max(1, min(MAX_PAGES, TRIALS // max(1, len(rules.rules) + len(rules.metadata))))


def measure(cleaner: Cleaner, samples: Iterable[Sample], **options: Any) -> Times:
    """Measures the rules of a cleaner; `options` are those of the cleaner, with which one without rules is made."""
    bare = Cleaner(RuleSet(), **options)
    found: dict[str, list[float]] = defaultdict(list)
    whole: list[tuple[float, float]] = []
    for sample in samples:
        whole.append((_least(partial(_clean, cleaner, sample)), _least(partial(_clean, bare, sample))))
        for id, seconds in _of_page(cleaner, bare, sample).items():
            found[id].append(seconds)
    if not whole:
        return Times(0, 0.0, 0.0, {})
    page, without = (1000 * mean(seconds) for seconds in zip(*whole, strict=True))
    return Times(len(whole), page, without, {id: 1000 * mean(seconds) for id, seconds in found.items()})


def _clean(cleaner: Cleaner, sample: Sample) -> None:
    cleaner.clean(sample.data, url=sample.url, media_type=sample.media_type, language=sample.language)


def _least(work: Callable[[], object]) -> float:
    """The shortest time, in seconds, of several runs."""
    spent = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return min(spent)


def _of_page(cleaner: Cleaner, bare: Cleaner, sample: Sample) -> dict[str, float]:
    """The seconds that each rule takes on a page that it is for."""
    trial = _Trial(bare, sample.data, sample.url, sample.media_type, sample.language)
    trial.measured = cleaner
    try:
        decode_bytes(trial)
        read(trial)
    except Exception:  # a page that cannot be read takes no rule's time
        return {}
    return trial.seconds | _matching(trial.scoped, trial.page, trial.seconds)


def _matching(rules: Iterable[Rule], page: Page, before: dict[str, float]) -> dict[str, float]:
    nothing = _least(partial(match_page, CompiledRules(()), page))
    found = {}
    for rule in rules:
        compiled = CompiledRules((rule,))
        spent = _least(partial(match_page, compiled, page))
        found[rule.id] = before.get(rule.id, 0.0) + max(0.0, spent - nothing)
    return found


class _Trial(Work):
    """A page that is read without rules, while those that another cleaner has for it are measured on its tree."""

    measured: Cleaner
    scoped: tuple[Rule, ...] = ()
    seconds: dict[str, float]

    def scope(self, address: str | None, language: str | None) -> PageLookup:
        """No rules, and a look-up that measures those of the other cleaner."""
        place = self.place(address, language)
        self.seconds = {}
        self.scoped = self.measured.rules.scoped(*place)
        metadata = self.measured.rules.scoped_metadata(*place)
        self.lookup = _Measuring(super().scope(address, language).compiled, self.scoped, metadata, self.seconds)
        return self.lookup


class _Measuring(PageLookup):
    """A look-up that measures how long the selectors of rules take on the page's tree."""

    def __init__(
        self,
        compiled: CompiledRules,
        rules: Iterable[Rule],
        metadata: Iterable[MetadataRule],
        seconds: dict[str, float],
    ) -> None:
        super().__init__(compiled)
        self._selectors = {rule.id: CompiledRules((rule,)).index.of_tree for rule in rules}
        self._places = {rule.key: (*rule.css, *rule.xpath) for rule in metadata}
        self._seconds = seconds

    def prepare(self, root: Any) -> None:
        """Measures; the rules of this look-up itself are none."""
        elements = Elements.of(root)
        for id, numbered in self._selectors.items():
            self._measure(id, (selector for selector, _ in numbered), elements)
        for id, selectors in self._places.items():
            self._measure(id, selectors, elements)

    def _measure(self, id: str, selectors: Iterable[Selector], elements: Elements) -> None:
        spent = sum(_least(partial(_evaluate, selector, elements)) for selector in selectors)
        self._seconds[id] = self._seconds.get(id, 0.0) + spent


def _evaluate(selector: Selector, elements: Elements) -> None:
    try:
        if selector.selects_nodes:
            selector.select_nodes(elements, texts_count=True)
        else:
            list(selector.values(elements))
    except SelectorTooCostly:
        pass  # that is what it costs
