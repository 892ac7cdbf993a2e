"""CSS and an XPath 1.0 subset over arrays of elements, in bounded time; knows no parser.

Rule files are data from strangers, and the evaluators at hand take quadratic time or worse on some expressions. Here
an expression is evaluated a set of nodes at a time (Gottlob, Koch, Pichler: Efficient algorithms for processing XPath
queries), each step and condition once, in time linear in the page for all of CSS and Core XPath. Places, counts and
strings are looked up node by node, and everything is held to a budget: one evaluation may visit 5,000,000 nodes and
another 100 for each node of the page, where a look-up counts 8 and so many more as it reads times 16 characters;
beyond it raises SelectorTooCostly. A selector has at most 2000 characters and 30 levels.
"""

from cleaner.selectors.elements import Elements
from cleaner.selectors.errors import SelectorError, SelectorTooCostly
from cleaner.selectors.selector import Selector, compile_css, compile_xpath
from cleaner.selectors.simple import Simple

__all__ = ["Elements", "Selector", "SelectorError", "SelectorTooCostly", "Simple", "compile_css", "compile_xpath"]
