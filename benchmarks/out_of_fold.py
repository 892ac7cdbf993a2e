"""Cleaners whose model has not seen a page, for the scorers' `--factory out_of_fold:engine`.

Needs this folder on PYTHONPATH, the models of the folds in `fold-models/` (written by `python -m cleaner.training`),
and the set's `folds.json`: in `../shared/corpora/wcxb-dev` beside the checkout, or where CLEANER_FOLDS says.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

from cleaner import Cleaner, RuleSet, load_rules

HERE = Path(__file__).resolve().parent
MODELS = HERE / "fold-models"
SHARED = Path(os.environ.get("CLEANER_SHARED") or HERE.parent.parent / "shared")
FOLDS = SHARED / "corpora" / "wcxb-dev" / "folds.json"


@cache
def _folds() -> dict[str, int]:
    given = json.loads(Path(os.environ.get("CLEANER_FOLDS") or FOLDS).read_text("utf-8"))
    return {page: said["fold"] for page, said in given.items()}


@cache
def _rules() -> RuleSet:
    return load_rules()


@cache
def _cleaner(fold: int) -> Cleaner:
    return Cleaner(_rules(), model=MODELS / f"fold-{fold}.npz", text_model=MODELS / f"text-fold-{fold}.npz")


def engine(page_id: str) -> Cleaner:
    """The cleaner that did not learn from the page's fold."""
    return _cleaner(_folds()[page_id])
