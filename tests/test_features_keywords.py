"""What an element is for, by its tag and by its class names, id and role."""

from __future__ import annotations

import pytest

from cleaner.content.features.keywords import PURPOSES, purpose_bits


@pytest.mark.parametrize(
    ("tag", "classes", "id", "role", "purposes"),
    [
        ("p", "", "", "", set()),
        ("div", "", "", "", {"<div>"}),
        ("article", "", "", "", {"<article>"}),
        ("p", "Main-Menu", "", "", {"content", "nav"}),
        ("p", "", "sidebar", "", set()),
        ("p", "", "newsletter", "", {"content", "promo"}),  # "news" is in it
        ("p", "", "", "navigation", {"nav"}),
        ("p", "", "", "main", {"content", "<main>"}),
        ("p", "", "", "contentinfo", {"content", "meta", "<footer>"}),
        ("p", "ad", "", "", {"promo"}),
        ("p", "shadow", "", "", set()),  # "ad" is a word of its own only
        ("p", "user-reviews", "", "", {"review", "forum"}),
    ],
)
def test_purposes(tag: str, classes: str, id: str, role: str, purposes: set[str]) -> None:
    bits = purpose_bits(tag, classes, id, role)
    assert {purpose for place, purpose in enumerate(PURPOSES) if bits >> place & 1} == purposes
