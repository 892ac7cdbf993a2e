"""What an element is for, by its tag and by parts of its class names, id and role."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

KEYWORDS: dict[str, str] = {
    "content": "content|article|post|entry|story|body|main|text|blog|news|page|single|prose|markdown|readme|wiki",
    "body": (
        "article-?_*body|(?:post|entry|article)(?:-|_)(?:content|body|text)|story-?body|rich-?text|rte|wysiwyg|"
        "mw-parser|markdown"
    ),
    "nav": "nav|menu|toc|tabs|pager|pagination|paging|skip|drawer|offcanvas|hamburger",
    "header": "header|masthead|topbar|banner|toolbar|logo",
    "footer": "foot|colophon|copyright|legal|bottom",
    "comment": "comment|disqus|repl(?:y|ies)|respond|discussion",
    "related": (
        "related|recommend|similar|also|more-|popular|trending|recent|latest|upsell|cross-sell|suggest|"
        "teaser|next|prev|read-?more"
    ),
    "promo": (
        r"promo|\bads?\b|advert|sponsor|cta|newsletter|subscri|sign-?up|marketing|paywall|popup|modal|overlay|"
        r"dialog|announcement"
    ),
    "meta": "meta|byline|author|date|time|publish|posted|categor|tags?\\b|tag-|info|credit",
    "media": "caption|figure|image|gallery|media|photo|video|slider|carousel|swiper|slick",
    "product": "product|price|sku|add-to-cart|buy|cart|swatch|variant|quantity|stock|checkout|wishlist|basket",
    "details": "desc|detail|spec|feature|overview|summary|ingredients|accordion|tab-?panel|tab-content|faq",
    "review": "review|rating|stars|testimonial|feedback",
    "list": "list|grid|items|results|feed|loop|collection|catalog|tiles",
    "card": "card|item|tile|col-|cell|teaser|thumb",
    "forum": "thread|topic|forum|message|post-?body|question|answer|votes|user|avatar|signature",
    "form": "form|search|login|signin|input|filter|sort|facet|refine|account|register",
    "hidden": "hidden|sr-only|visually|screen-reader|print|hide|d-none|collapse|invisible|tooltip|dropdown|mega",
}
"""Purposes of elements, with a pattern of the names that tell them."""
TAGS = (
    "article",
    "main",
    "footer",
    "aside",
    "form",
    "section",
    "figure",
    "blockquote",
    "dl",
    "button",
    "pre",
    "tr",
    "div",
)
"""Tags that tell what an element is for."""
ROLES = {"main": "main", "contentinfo": "footer", "complementary": "aside", "article": "article"}
"""Roles that say the same as a tag."""
PURPOSES = (*KEYWORDS, *(f"<{tag}>" for tag in TAGS))
"""What an element may be for; the place of each is the place of its bit."""

_TAG_BIT = {tag: 1 << PURPOSES.index(f"<{tag}>") for tag in TAGS}


@lru_cache(maxsize=65_536)
def purpose_bits(tag: str, classes: str, id: str, role: str) -> int:
    """The purposes of an element as bits: by its tag, and by its class names, id and role."""
    bits = _TAG_BIT.get(tag, 0)
    if classes or id or role:
        for place in _keyword_set().Match(f"{classes} {id} #{role}".lower()) or ():
            bits |= 1 << place
    for name in role.lower().split():
        bits |= _TAG_BIT.get(ROLES.get(name, ""), 0)
    return bits


@cache
def _keyword_set() -> Any:
    """All keywords as one RE2 set, whose pattern numbers are the places of the bits."""
    import re2

    options = re2.Options()
    options.never_capture = True
    keywords = re2.Set.SearchSet(options)
    for pattern in KEYWORDS.values():
        keywords.Add(pattern)
    keywords.Compile()
    return keywords
