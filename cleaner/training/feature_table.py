"""`python -m cleaner.training.feature_table`: the page `docs/features.md`, from the features themselves."""

from __future__ import annotations

from cleaner.content.features import FAR, KEYWORDS
from cleaner.content.scorer import feature_list, scorer_of

_HEAD = f"""# What the content score looks at

Made by `python -m cleaner.training.feature_table`. A row of numbers for every block with text; *levels up* counts
block-level elements from the block's own (0), and {FAR} stands for "none". *Prose* is a block of twelve words or more
with the end of a sentence and few links. `explain` names these features beside a block that the score dropped.

| feature | meaning | in the shipped model |
| --- | --- | --- |
"""


def table() -> str:
    """The page as Markdown."""
    used = set(scorer_of(None).trees.features)
    rows = [f"| `{f.name}` | {f.meaning} | {'yes' if f.name in used else 'no'} |" for f in feature_list()]
    sorts = [f"- *{name}*: `{pattern}`" for name, pattern in KEYWORDS.items()]
    return (
        _HEAD + "\n".join(rows) + "\n\nWhat class names, ids and roles are taken to say:\n\n" + "\n".join(sorts) + "\n"
    )


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
