"""A compiled selector: what it selects of a page, and what it says of metadata."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.selectors import css, xpath
from cleaner.selectors.elements import Elements
from cleaner.selectors.evaluation import Evaluation
from cleaner.selectors.expressions import Expression, kind
from cleaner.selectors.functions import to_string
from cleaner.selectors.paths import Context
from cleaner.selectors.simple import Simple, simple_parts
from cleaner.selectors.tree import DOCUMENT


@dataclass(frozen=True, slots=True)
class Selector:
    """A compiled CSS selector or XPath expression; immutable, picklable, safe in threads."""

    source: str
    expression: Expression
    texts: bool = False
    """Whether it asks for text nodes."""
    simple: tuple[Simple, ...] | None = None
    """The compounds that it is the union of, where it is no more than that."""

    @property
    def selects(self) -> bool:
        """Whether it selects nodes; otherwise it is a string, a number or a truth, which `values` gives."""
        return kind(self.expression) == "nodes"

    def select(self, elements: Elements) -> list[int]:
        """Numbers of the elements selected, in document order, each once; for attributes and texts those around them.

        Empty for an expression that is no set of nodes. Raises SelectorTooCostly.
        """
        if not self.selects or not elements.nodes:
            return []
        evaluation = self._evaluation(elements)
        element = evaluation.tree.element
        found = (item[0] if isinstance(item, tuple) else item for item in evaluation.nodes(self.expression))
        return sorted({element[node] for node in found if node != DOCUMENT})

    def values(self, elements: Elements) -> list[str]:
        """The text of each node selected, with white space collapsed; for an expression its string unless empty.

        Raises SelectorTooCostly.
        """
        if not elements.nodes:
            return []
        evaluation = self._evaluation(elements)
        if self.selects:
            found = (item for item in evaluation.nodes(self.expression) if item != DOCUMENT)
            return [" ".join(evaluation.string(item).split()) for item in found]
        value = " ".join(to_string(evaluation.value(self.expression, Context(DOCUMENT))).split())
        return [value] if value else []

    def _evaluation(self, elements: Elements) -> Evaluation:
        return Evaluation(elements.tree_with_texts if self.texts else elements.tree)


def compile_css(selector: str) -> Selector:
    """A list of CSS selectors. Raises SelectorError."""
    expression = css.parse(selector)
    return Selector(selector, expression, simple=simple_parts(expression))


def compile_xpath(expression: str) -> Selector:
    """An expression of the XPath subset. Raises SelectorError."""
    parsed, texts = xpath.parse(expression)
    return Selector(expression, parsed, texts, simple_parts(parsed))
