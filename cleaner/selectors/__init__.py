"""CSS selectors and a subset of XPath 1.0, evaluated over arrays of elements in bounded time; knows no parser.

Rule files are data from strangers, and other evaluators take quadratic time or worse on some expressions. Here an
expression is evaluated a set of nodes at a time (Gottlob, Koch, Pichler: Efficient algorithms for processing XPath
queries), each step and predicate once, in time linear in the page for all of CSS and Core XPath. Positions, counts and
strings are looked up node by node, and all of it is held to a budget; `limits` has the figures.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cleaner.selectors.compounds import CompoundSelector, compounds_of_names
from cleaner.selectors.limits import SelectorError, SelectorTooCostly
from cleaner.selectors.tree import DOCUMENT, Elements

if TYPE_CHECKING:
    from cleaner.selectors.evaluation import Evaluation
    from cleaner.selectors.expressions import Expression

__all__ = [
    "CompoundSelector",
    "Elements",
    "Selector",
    "SelectorError",
    "SelectorTooCostly",
    "compile_css",
    "compile_xpath",
]


@dataclass(frozen=True, slots=True)
class Selector:
    """Selects nodes of a page, or computes a value; immutable, picklable, safe in threads.

    What parses and evaluates is imported for selectors that are more than compound ones.
    """

    source: str
    language: Literal["css", "xpath"]
    compounds: tuple[CompoundSelector, ...] | None = None
    """The compound selectors that it is the union of, where it is no more than that."""

    @property
    def expression(self) -> Expression:
        """What it was parsed to."""
        return _parsed(self.language, self.source)[0]

    @property
    def selects_nodes(self) -> bool:
        """Whether it selects nodes; otherwise it is a string, a number or a boolean, which `values` gives."""
        from cleaner.selectors.expressions import value_type

        return value_type(self.expression) == "node-set"

    def select(self, elements: Elements) -> list[int]:
        """Returns the numbers of the elements selected, in document order, each once.

        Attributes and texts count for the elements around them. An expression that is no node-set selects nothing.
        Raises SelectorTooCostly.
        """
        return self.select_nodes(elements, texts_count=True)[0]

    def select_nodes(self, elements: Elements, *, texts_count: bool = False) -> tuple[list[int], list[int]]:
        """Returns the numbers of the elements selected and, in `Elements.layout`, of the texts selected.

        Both are in document order, each once. Attributes count for the elements around them; so do texts with
        `texts_count`, and are not among the texts then. Raises SelectorTooCostly.
        """
        if not self.selects_nodes or not elements.nodes:
            return [], []
        evaluation = self._evaluation(elements)
        tree = evaluation.tree
        found = {item[0] if isinstance(item, tuple) else item for item in evaluation.nodes(self.expression)} - {
            DOCUMENT
        }
        texts = [] if texts_count else [text for node in found if (text := tree.text_of(node)) >= 0]
        own = found if texts_count else (node for node in found if tree.text_of(node) < 0)
        return sorted({tree.element[node] for node in own}), sorted(texts)

    def values(self, elements: Elements) -> list[str]:
        """Returns the text of each node selected, with white space collapsed, or the expression's value if not empty.

        Raises SelectorTooCostly.
        """
        if not elements.nodes:
            return []
        evaluation = self._evaluation(elements)
        if self.selects_nodes:
            found = (item for item in evaluation.nodes(self.expression) if item != DOCUMENT)
            return [" ".join(evaluation.strings.value(item).split()) for item in found]
        from cleaner.selectors.evaluation import Context
        from cleaner.selectors.values import to_string

        value = " ".join(to_string(evaluation.value(self.expression, Context(DOCUMENT))).split())
        return [value] if value else []

    def cost(self, elements: Elements, limit: int) -> int:
        """Returns the units that an evaluation of a node-set costs on a page, at most a little more than `limit`."""
        evaluation = self._evaluation(elements, limit)
        with suppress(SelectorTooCostly):
            evaluation.nodes(self.expression)
        return evaluation.budget.spent

    def _evaluation(self, elements: Elements, limit: int | None = None) -> Evaluation:
        from cleaner.selectors.evaluation import Evaluation

        uses_text_nodes = _parsed(self.language, self.source)[1]
        return Evaluation(elements.tree_with_texts if uses_text_nodes else elements.tree, limit)


def compile_css(selector: str) -> Selector:
    """Compiles a list of CSS selectors. Raises SelectorError."""
    return Selector(selector, "css", compounds_of_names(selector) or _compounds("css", selector))


def compile_xpath(expression: str) -> Selector:
    """Compiles an expression of the XPath subset. Raises SelectorError."""
    return Selector(expression, "xpath", _compounds("xpath", expression))


def _compounds(language: Literal["css", "xpath"], source: str) -> tuple[CompoundSelector, ...] | None:
    from cleaner.selectors.css import compound_selectors

    return compound_selectors(_parsed(language, source)[0])


@lru_cache(maxsize=16_384)
def _parsed(language: Literal["css", "xpath"], source: str) -> tuple[Expression, bool]:
    """A selector as an expression, and whether that asks for text nodes. Raises SelectorError."""
    from cleaner.selectors import css, xpath

    return (css.parse(source), False) if language == "css" else xpath.parse(source)
