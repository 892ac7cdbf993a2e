"""CSS and an XPath 1.0 subset over arrays of elements, in bounded time; knows no parser.

Rule files are data from strangers, and the evaluators at hand take quadratic time or worse on some expressions. Here
an expression is evaluated a set of nodes at a time (Gottlob, Koch, Pichler: Efficient algorithms for processing XPath
queries), in time linear in the page for all of CSS and Core XPath. The rest (places, counts, strings) is held to a
budget: one evaluation visits 1,000,000 nodes and another 100 for each node of the page at the most, 16 characters of
text counting as one node, and raises SelectorTooCostly beyond. A selector has at most 2000 characters and 30 levels.
"""

from cleaner.selectors.elements import Elements
from cleaner.selectors.errors import SelectorError, SelectorTooCostly
from cleaner.selectors.expressions import Simple
from cleaner.selectors.selector import Selector, compile_css, compile_xpath

__all__ = ["Elements", "Selector", "SelectorError", "SelectorTooCostly", "Simple", "compile_css", "compile_xpath"]
