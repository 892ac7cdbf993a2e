"""How weights of words are learnt."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.models.wording import keys_of
from cleaner.training.wording import Penalty, SaidLines, without_folds

pytest.importorskip("sklearn", reason="training needs the extra `train`")

NAMES = ("Zo", "Quex", "Jip", "Vug", "Wab", "Fyk", "Hod", "Lur", "Mib", "Nep", "Pog", "Rast")
PAGES = [
    SaidLines(number % 3, keys_of(["Advantages", "Read more", name]), np.array([True, False, number % 2 == 0]))
    for number, name in enumerate(NAMES)
]


def test_weights_are_of_what_several_pages_say() -> None:
    found = without_folds(PAGES, [0, 1, 2], Penalty(min_pages=3))
    good, bad, name = found[frozenset()].rows(["Advantages", "Read more", "Quex"])[0].tolist()
    assert good > 0 > bad
    assert name == 0
    assert {tuple(sorted(left_out)) for left_out in found} == {(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2)}


def test_what_is_left_out_is_not_learnt() -> None:
    found = without_folds(PAGES, [0, 1, 2], Penalty(min_pages=1, inverse=100))
    said = {fold: found[frozenset({fold} if fold is not None else ())].rows(["Zo"])[0][0] for fold in (None, 0)}
    assert said[None] > 0 == said[0]  # only a page of fold 0 says it
