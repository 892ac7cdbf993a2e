"""What elements of the same signature share, which is asked once for each signature of a page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner.html.code import CODE_CLASS
from cleaner.html.hidden import names_hidden
from cleaner.html.math import MATH_CLASS, MATH_TAGS
from cleaner.html.posts import is_post_name
from cleaner.page.elements import ElementSignature
from cleaner.page.reading import Lookup

_SPECIAL_CLASS = re.compile(
    "math|admonition|callout|alert|notecard|custom-block|hint-container|starlight-aside|information-macro"
)
"""Parts of the classes of formulas and callouts."""
_SPECIAL_CLASSES = frozenset(name for word in ("note", "tip", "warning", "caution") for name in (word, word.upper()))
"""Classes of callouts that are a word by itself."""
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:fig)?captions?(?:[\s_-]*te?xt)?|(?:(?:photo|image|picture|media)[\s_-]*)?credits?)(?:$|\s)"
    r"|[a-z](?:Caption(?:Text)?|Credit)(?:$|\s)"
)
"""Classes of the captions of images and of the lines that name their makers."""
_LINE_CLASSES = frozenset(("br", "line-break", "linebreak", "newline", "block", "d-block", "is-block", "display-block"))
"""Classes with which frameworks show inline elements on lines of their own."""
_HEADING_CLASS = re.compile(
    r"(?:^|\s)(?!\S*(?:site|brand|author|byline|credit|quote|job|toc|code|widget|tab|menu|nav|logo|fig|image|alert|callout|admonition))"
    r"(?:\S*(?:[_-]|[a-z](?=[TH])))?(?:[Tt]itle|[Hh]eading|[Hh]eadline|(?:[Ss]ub|[Cc]ross)-?[Hh]ead(?:ing)?)(?=\s|$)"
)
"""Classes of lines that head what follows, on elements that are no headings."""


class _ClassTraits(NamedTuple):
    """What the classes of an element say."""

    is_special: bool = False
    is_caption: bool = False
    may_hide: bool = False
    is_line: bool = False
    is_heading: bool = False
    is_code: bool = False
    is_formula: bool = False


_NOTHING = _ClassTraits()
_MAX_CLASSES = 16_384
"""Maximum number of `class` attributes whose traits are remembered."""


class Traits(NamedTuple):
    """What is known of an element by its signature alone."""

    number: int
    """Index of the signature in the page's signatures."""
    selectors: tuple[int, ...]
    """The selectors that match every element with the signature."""
    has_special_class: bool
    """Whether its classes may make it a callout or a formula."""
    is_caption: bool
    """Whether its classes call it a caption."""
    may_hide: bool
    """Whether its classes are those of a hidden element."""
    is_line: bool
    """Whether its classes show it on a line of its own."""
    names_heading: bool = False
    """Whether its classes call it a heading."""
    may_be_code: bool = False
    """Whether it may be code that is in no <pre>, or line numbers beside code."""
    may_be_formula: bool = False
    """Whether it may be a formula, by its tag or its classes."""
    may_be_post: bool = False
    """Whether it is named like a post of a discussion."""


class TraitsTable(dict[Any, Traits]):
    """Traits by tag, or by tag, class, id, role and itemprop where an element has attributes; filled when asked."""

    def __init__(self, lookup: Lookup, signatures: list[ElementSignature]) -> None:
        super().__init__()
        self._lookup = lookup
        self._signatures = signatures

    def __missing__(self, key: Any) -> Traits:
        tag, classes, id, role, item = key if isinstance(key, tuple) else (key, "", "", "", "")
        named = _of_classes(classes) if classes else _NOTHING
        traits = Traits(
            len(self._signatures),
            self._lookup.of(tag, id, classes),
            named.is_special or (tag == "details" and bool(classes)),
            named.is_caption,
            named.may_hide,
            named.is_line,
            named.is_heading,
            may_be_code=tag == "code" or named.is_code,
            may_be_formula=tag in MATH_TAGS or named.is_formula,
            may_be_post=is_post_name(tag, classes, id, item),
        )
        self._signatures.append(ElementSignature(tag, classes, id, f"{role} {item}" if item else role))
        self[key] = traits
        return traits


@lru_cache(maxsize=_MAX_CLASSES)
def _of_classes(classes: str) -> _ClassTraits:
    """The traits of a `class` attribute: pages of a site share many of them."""
    names = classes.split()
    return _ClassTraits(
        is_special=_SPECIAL_CLASS.search(classes) is not None or not _SPECIAL_CLASSES.isdisjoint(names),
        is_caption=("aption" in classes or "redit" in classes) and _CAPTION_CLASS.search(classes) is not None,
        may_hide=names_hidden(classes),
        is_line=not _LINE_CLASSES.isdisjoint(names),
        is_heading=("itle" in classes or "ead" in classes) and _HEADING_CLASS.search(classes) is not None,
        is_code=CODE_CLASS.search(classes) is not None,
        is_formula=MATH_CLASS.search(classes) is not None,
    )
