"""CSS selectors and a subset of XPath 1.0, evaluated over arrays of elements in bounded time; knows no parser.

Rule files are data from strangers, and other evaluators take quadratic time or worse on some expressions. Here an
expression is evaluated a set of nodes at a time (Gottlob, Koch, Pichler: Efficient algorithms for processing XPath
queries), each step and predicate once, in time linear in the page for all of CSS and Core XPath. Positions, counts and
strings are looked up node by node, and all of it is held to a budget; `limits` has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.selectors import css, xpath
from cleaner.selectors.css import CompoundSelector, compound_selectors
from cleaner.selectors.evaluation import Context, Evaluation
from cleaner.selectors.expressions import Expression, value_type
from cleaner.selectors.limits import SelectorError, SelectorTooCostly
from cleaner.selectors.tree import DOCUMENT, Elements
from cleaner.selectors.values import to_string

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
    """Selects nodes of a page, or computes a value; immutable, picklable, safe in threads."""

    source: str
    expression: Expression
    uses_text_nodes: bool = False
    compounds: tuple[CompoundSelector, ...] | None = None
    """The compound selectors that it is the union of, where it is no more than that."""

    @property
    def selects_nodes(self) -> bool:
        """Whether it selects nodes; otherwise it is a string, a number or a boolean, which `values` gives."""
        return value_type(self.expression) == "node-set"

    def select(self, elements: Elements) -> list[int]:
        """Returns the numbers of the elements selected, in document order, each once.

        Attributes and texts count for the elements around them. An expression that is no node-set selects nothing.
        Raises SelectorTooCostly.
        """
        if not self.selects_nodes or not elements.nodes:
            return []
        evaluation = self._evaluation(elements)
        element = evaluation.tree.element
        found = (item[0] if isinstance(item, tuple) else item for item in evaluation.nodes(self.expression))
        return sorted({element[node] for node in found if node != DOCUMENT})

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
        value = " ".join(to_string(evaluation.value(self.expression, Context(DOCUMENT))).split())
        return [value] if value else []

    def _evaluation(self, elements: Elements) -> Evaluation:
        return Evaluation(elements.tree_with_texts if self.uses_text_nodes else elements.tree)


def compile_css(selector: str) -> Selector:
    """Compiles a list of CSS selectors. Raises SelectorError."""
    expression = css.parse(selector)
    return Selector(selector, expression, compounds=compound_selectors(expression))


def compile_xpath(expression: str) -> Selector:
    """Compiles an expression of the XPath subset. Raises SelectorError."""
    parsed, uses_text_nodes = xpath.parse(expression)
    return Selector(expression, parsed, uses_text_nodes, compound_selectors(parsed))
