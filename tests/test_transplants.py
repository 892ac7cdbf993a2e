"""Pages with parts of other pages in them: what is in them, and what is said of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from cleaner.training.samples import Sample, load
from cleaner.training.transplants import WEIGHT, transplanted

FOLDS = {"a": 0, "b": 0, "c": 1, "d": 1}


def sentence(page: str, number: int) -> str:
    """A sentence of words that stand nowhere else."""
    return " ".join(f"harbour{page}{number}word{place}" for place in range(12)) + "."


def markup(page: str) -> str:
    prose = "".join(f"<p>{sentence(page, number)}</p>" for number in range(6))
    teasers = "".join(f"<li><a href=/{page}{n}>Teaser {page}{n} about boats and ropes</a></li>" for n in range(8))
    return f"<body><div class=page><div class=story>{prose}</div></div><div class=more><ul>{teasers}</ul></div></body>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("html", "ground-truth"):
        (tmp_path / part).mkdir()
    for page in FOLDS:
        gold = "\n".join(sentence(page, number) for number in range(6))
        (tmp_path / "html" / f"{page}.html.gz").write_bytes(gzip.compress(markup(page).encode()))
        (tmp_path / "ground-truth" / f"{page}.json").write_text(json.dumps({"ground_truth": {"main_content": gold}}))
    folds = {page: {"domain": page, "fold": fold} for page, fold in FOLDS.items()}
    (tmp_path / "folds.json").write_text(json.dumps(folds))
    return tmp_path


def pages_in(item: Sample) -> set[str]:
    """The pages whose teasers a sample has."""
    return {
        word[0] for text in item.texts for word in text if len(word) == 2 and word[0] in FOLDS and word[1].isdigit()
    }


def test_parts_come_from_other_pages_of_the_fold(folder: Path) -> None:
    made = list(transplanted(folder))
    assert [item.id for item in made] == ["a+", "b+", "c+", "d+"]
    for item in made:
        assert pages_in(item) == {page for page, fold in FOLDS.items() if fold == item.fold}


def test_parts_are_no_content_and_the_content_stays(folder: Path) -> None:
    real = {item.id: item for item in load(folder)}
    for item in transplanted(folder):
        before = real[item.id.removesuffix("+")]
        assert len(item.share) > len(before.share)
        assert np.count_nonzero(item.share) == np.count_nonzero(before.share) == 6
        assert (item.weight, before.weight) == (WEIGHT, 1)


def test_the_same_seed_gives_the_same_pages(folder: Path) -> None:
    texts = [[item.texts for item in transplanted(folder, seed=seed)] for seed in (0, 0, 1)]
    assert texts[0] == texts[1] != texts[2]
