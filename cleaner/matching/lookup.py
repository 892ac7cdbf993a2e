"""Which selectors of a rule set match an element, as the HTML reader asks for each element of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cleaner.document import PageWarning, Removal
from cleaner.page.reading import Replaced, Stretch
from cleaner.rules.types import MetadataRule
from cleaner.selectors import CompoundSelector, Elements, Selector, SelectorTooCostly

if TYPE_CHECKING:
    from cleaner.matching.compiled import CompiledRules
    from cleaner.selectors.needs import Needs


class SelectorIndex:
    """Selectors by what an element must have, a class, an id or a tag; the others need the whole tree."""

    def __init__(self, selectors: list[Selector]) -> None:
        self._by_class: dict[str, list[tuple[CompoundSelector, int]]] = defaultdict(list)
        self._by_id: dict[str, list[tuple[CompoundSelector, int]]] = defaultdict(list)
        self._by_tag: dict[str, list[tuple[CompoundSelector, int]]] = defaultdict(list)
        self.of_tree: list[tuple[Selector, int]] = []
        """Selectors that an element alone cannot answer, with their numbers."""
        self.needs: list[Needs] = []
        """What each of these needs of a page."""
        for number, selector in enumerate(selectors):
            compounds = selector.compounds
            if compounds is None or any(not (s.tag or s.id or s.classes) for s in compounds):
                self.of_tree.append((selector, number))
                self.needs.append(_needs(selector))
                continue
            for compound in compounds:
                if compound.classes:
                    self._by_class[min(compound.classes)].append((compound, number))
                elif compound.id:
                    self._by_id[compound.id].append((compound, number))
                elif compound.tag:
                    self._by_tag[compound.tag].append((compound, number))

    def find(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        """The numbers of the selectors that match every element with this tag, id and `class`."""
        tokens = classes.split() if classes else ()
        by_class = self._by_class
        if tag not in self._by_tag and id not in self._by_id and by_class.keys().isdisjoint(tokens):
            return ()
        entries = [*self._by_tag.get(tag, ()), *self._by_id.get(id, ())]
        for token in tokens:
            entries += by_class.get(token, ())
        held = frozenset(tokens)
        return tuple(sorted({number for compound, number in entries if compound.matches(tag, id, held)}))


def _needs(selector: Selector) -> Needs:
    from cleaner.selectors.needs import needs_of

    return needs_of(selector.expression)


class PageLookup:
    """The selectors of a compiled rule set, asked about the elements of one page."""

    def __init__(self, compiled: CompiledRules) -> None:
        self.compiled = compiled
        self.special: dict[Any, tuple[int, ...]] = {}
        """By element: the selectors that match it for its place on the page."""
        self.stretches: list[Stretch] = []
        """The texts that selectors take by themselves."""
        self.replaced: list[Replaced] = []
        """The elements whose content rules replace by the value of an attribute."""
        self.values: dict[int, list[str]] = {}
        """Values that the metadata rules selected, by the rule's number."""
        self.warnings: list[PageWarning] = []

    def prepare(self, root: Any) -> None:
        """Evaluates what an element alone cannot answer; called once, before the reader walks the page."""
        if not (self.compiled.index.of_tree or self.compiled.metadata or self.compiled.told):
            return
        from cleaner.selectors.needs import PageHoldings

        elements = Elements.of(root)
        found: dict[int, list[int]] = defaultdict(list)
        texts: dict[int, list[int]] = defaultdict(list)
        holdings = PageHoldings(elements)
        index = self.compiled.index
        for (selector, number), needs in zip(index.of_tree, index.needs, strict=True):
            if not holdings.has(needs):
                continue
            selected, alone = self._select(selector, elements, texts_count=number not in self.compiled.on_stretches)
            for element in selected:
                found[element].append(number)
            for text in alone:
                texts[text].append(number)
        self.special = {elements.nodes[element]: tuple(numbers) for element, numbers in found.items()}
        self.stretches = [Stretch(*elements.layout.owner[text], tuple(numbers)) for text, numbers in texts.items()]
        self._elements = elements  # keeps lxml's element objects, and so the keys of `special`, alive
        if not self.replaced:  # the second time, the content is the value already
            self.replaced = list(self._replaced(elements))
        for number, rule in enumerate(self.compiled.metadata):
            self.values[number] = list(self._values(rule, elements))

    def mark(self, element: Any, selectors: tuple[int, ...]) -> None:
        """Notes that selectors match an element, for a stretch of it or around it."""
        self.special[element] = self.special.get(element, ()) + selectors

    def of(self, tag: str, id: str, classes: str) -> tuple[int, ...]:
        """The numbers of the selectors that match every element with this tag, id and `class`."""
        return self.compiled.index.find(tag, id, classes)

    def unwraps(self, selectors: tuple[int, ...]) -> bool:
        """Whether one of the selectors is an `unwrap` rule's."""
        return not self.compiled.unwrapping.keys().isdisjoint(selectors)

    def _select(
        self, selector: Selector, elements: Elements, *, texts_count: bool = True
    ) -> tuple[list[int], list[int]]:
        """The elements, and the texts by themselves, that a selector takes; see `Selector.select_nodes`."""
        try:
            return selector.select_nodes(elements, texts_count=texts_count)
        except SelectorTooCostly as error:
            self._warn(f"selector {selector.source!r}", error)
            return [], []

    def _replaced(self, elements: Elements) -> Iterator[Replaced]:
        for number, rule in self.compiled.told.items():
            for element in self._select(self.compiled.selectors[number], elements)[0]:
                value = elements.nodes[element].get(rule.attribute or "")
                if value:
                    yield Replaced(elements.nodes[element], value, rule.id, rule.source)

    def removals(self) -> Iterator[Removal]:
        """The texts that attributes have taken the place of."""
        for replaced in self.replaced:
            if replaced.text:
                value = " ".join(replaced.value.split())
                yield Removal(replaced.text, replaced.id, replaced.source, replacement=value)

    def _values(self, rule: MetadataRule, elements: Elements) -> Iterator[str]:
        for selector in (*rule.css, *rule.xpath):
            if rule.attr is None:
                try:
                    yield from selector.values(elements)
                except SelectorTooCostly as error:
                    self._warn(f"{rule.source}: selector {selector.source!r}", error)
            else:
                for element in self._select(selector, elements)[0]:
                    yield elements.nodes[element].get(rule.attr) or ""

    def _warn(self, what: str, error: SelectorTooCostly) -> None:
        self.warnings.append(PageWarning("rules.selector_cost", f"{what} was not evaluated: {error}"))
