"""What is read of a page: what it shows, and formulas in their sentences."""

from __future__ import annotations

import pytest

import cleaner


def test_formulas_without_tex_stay_in_their_sentence() -> None:
    page = "<p>Let <math><msup><mi>x</mi><mn>2</mn></msup></math> be the number.</p>"
    assert [block.text for block in cleaner.Cleaner(extractor="none").clean(page).blocks] == [
        "Let x^{2} be the number."
    ]


@pytest.mark.parametrize(
    ("attributes", "is_shown"),
    [
        ('class="lead"', True),
        ('style="color: red"', True),
        ("hidden", False),
        ('hidden="until-found"', True),
        ('style="display: none"', False),
        ('style="display:none" role="tabpanel"', True),
        ('style="display:none" class="callout-content"', True),
        ('class="note hidden"', False),
        ('class="hidden md:block"', True),
        ('class="hidden-treasure"', True),
        ('class="d-none"', False),
        ('class="d-none d-md-block"', True),
        ('class="hidden tab-pane"', True),
    ],
)
def test_what_a_page_does_not_show_is_not_read(attributes: str, is_shown: bool) -> None:
    page = f"<p>The ferry leaves at noon, and comes back at dusk.</p><div {attributes}><p>A tip.</p></div>"
    texts = [block.text for block in cleaner.Cleaner(extractor="none").clean(page).blocks]
    assert ("A tip." in texts) is is_shown
