"""What the `class` of an element calls it. All patterns are one RE2 automaton, which passes over the names once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

_START, _END = r"(?:^|\s)", r"(?:$|\s)"
_CAPTION = (
    rf"(?:^|[\s_-])(?:(?:fig)?captions?(?:[\s_-]*te?xt)?|(?:(?:photo|image|picture|media)[\s_-]*)?credits?){_END}"
    rf"|[a-z](?:Caption(?:Text)?|Credit){_END}"
)
"""Captions of images, and lines that name their makers."""
_CALLOUT = (
    "math|admonition|callout|alert|notecard|custom-block|hint-container|starlight-aside|information-macro"
    rf"|{_START}(?:note|tip|warning|caution|NOTE|TIP|WARNING|CAUTION){_END}"
)
"""Callouts, and the formulas of Markdown's extensions."""
_LINE = rf"{_START}(?:br|line-break|linebreak|newline|block|d-block|is-block|display-block){_END}"
"""Names with which frameworks show inline elements on lines of their own."""
_MAY_HEAD = "[Tt]itle|[Hh]ead"
_HEADING = re.compile(
    r"(?:^|\s)(?!\S*(?:site|brand|author|byline|credit|quote|job|toc|code|widget|tab|menu|nav|logo|fig|image|alert|callout|admonition))"
    r"(?:\S*(?:[_-]|[a-z](?=[TH])))?(?:[Tt]itle|[Hh]eading|[Hh]eadline|(?:[Ss]ub|[Cc]ross)-?[Hh]ead(?:ing)?)(?=\s|$)"
)
"""Lines that head what follows, on elements that are no headings."""
_CODE = (
    "syntaxhighlighter|dp-highlighter|geshi|crayon-syntax|CodeMirror|cm-editor|monaco-editor|view-lines?|ace_editor"
    rf"|cm-line|hljs{_END}|(?:code|token)-?line|linenums|line-?numbers|gutter|linenodiv|numbering"
    rf"|(?:^|\s|-)(?:copy|clipboard)|{_START}(?:highlight|codehilite|sourceCode|code){_END}"
)
"""Code that may be in no <pre>, line numbers beside code, and buttons that copy it."""
_FORMULA = (
    r"(?i)(?:^|[\s_-])(?:katex|mathjax\d?|mjxc?|(?:display|inline|block|ascii)?math(?:ml|tex)?|arithmatex|formula"
    r"|equation|(?:la)?tex|stemblock)(?:$|[\s_-])"
)
_PART = "item|wrapper|wrap|container|box|bubble|block|card|root|show|single|body|thread|node|view|cell|row|inner|main"
_POST = (
    rf"(?i){_START}(?:[a-z\d]+(?:-{{1,2}}|_{{1,2}}))*"
    r"(?:comment|answer|reply|question|topic-?post|postcontainer|postbit\w*|b-post|cpost|commentpost|itemcomment"
    r"|itemdiscussion|comtr|message--post|issue-body)"
    rf"(?:(?:-{{1,2}}|_{{1,2}})(?:{_PART})|[-_]?\d+)*{_END}"
)
"""Posts of discussions."""
_POST_OR_ARTICLE = (
    rf"(?i){_START}(?:[a-z]+-)?(?:post|message|h-entry|hentry|h-cite|status|posting)(?:-?(?:item|row|wrapper))?{_END}"
)
_PATTERNS = (_CALLOUT, _CAPTION, "hidden|d-none", _LINE, _MAY_HEAD, _CODE, _FORMULA, _POST, _POST_OR_ARTICLE)
_MAX_CLASSES = 16_384
"""Maximum number of `class` attributes that are remembered."""


class ClassNames(NamedTuple):
    """What the names in a `class` tell of an element; the fields stand in the order of the patterns."""

    may_be_callout: bool = False
    is_caption: bool = False
    hides: bool = False
    """Whether frameworks hide the element."""
    is_line: bool = False
    is_heading: bool = False
    is_code: bool = False
    is_formula: bool = False
    is_post: bool = False
    is_post_or_article: bool = False


_NOTHING = ClassNames()


@lru_cache(maxsize=_MAX_CLASSES)
def names_of(classes: str) -> ClassNames:
    """What the names in a `class` tell; remembered, since pages of a site share many of them."""
    found = _automaton().Match(classes) if classes else None
    if not found:
        return _NOTHING
    told = [False] * len(_PATTERNS)
    for pattern in found:
        told[pattern] = True
    names = ClassNames(*told)
    return names._replace(
        hides=names.hides and _names_hidden(classes),
        is_heading=names.is_heading and _HEADING.search(classes) is not None,
    )


def _names_hidden(classes: str) -> bool:
    """Whether a `class` has names with which frameworks hide elements, and none that shows them on wide screens."""
    tokens = classes.split()
    if "hidden" in tokens and ":" not in classes:
        return True
    return "d-none" in tokens and not any(token.startswith("d-") and token != "d-none" for token in tokens)


@cache
def _automaton() -> Any:
    import re2

    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    patterns = re2.Set.SearchSet(options)
    for pattern in _PATTERNS:
        patterns.Add(pattern)
    patterns.Compile()
    return patterns
