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


_TEXT_HEAD = """
## What the scores for text look at

A row of numbers for every line of a text, its hard wraps undone; nearly the same for headings and for content.
`name+1` is the value of the next line, `name-2` that of the one before the last, -1 where there is no such line;
`name_over_next` is a line's value less the next one's. *Prose* is a line of twelve words or more with the end of a
sentence, or of twenty-four. `explain` names these features beside a line that is a heading by its score
(`headings.score`), and beside one that the score dropped.

| features | meaning |
| --- | --- |
"""
TEXT_FEATURES = (
    ("characters words words_seen", "length; in scripts without spaces two characters are a word"),
    ("letters upper caseless digits signs spaceless", "how many letters; shares of what the characters are"),
    ("pauses colons dashes separators currency openings addresses sentence_ends", "how many such signs"),
    ("first_", "what the line begins with"),
    ("last_", "what it ends with"),
    ("short_words word_length longest_word", "its words by their length"),
    ("capitalised long_capitalised capitals numbers", "shares of its words by their case, and of numbers"),
    ("echo new_words", "how many of its long words come again under it, elsewhere, or nowhere"),
    ("gap_ indent", "blank lines and columns before and after it"),
    ("number numbers_beside", "its number, the number's parts, numbers beside it"),
    ("copies copy_distance", "how often the line occurs, and how far off"),
    ("since_prose until_prose short_run next_prose_words", "where it stands between the nearest prose lines"),
    ("prose_ words_before_ words_after_", "how much prose there is around it, within so many lines"),
    ("lines_ place", "where in the document it stands"),
    (
        "said shaped known doc_known",
        "for headings: sums of learnt weights of its words and of its shapes, and how many of its words have one",
    ),
    ("doc_", "the whole document: its length, its short lines, their runs, signs, gaps, ends and copies"),
)
"""What the features' names begin with, by what they say."""


def text_table() -> str:
    """The part of the page on text."""
    rows = ((", ".join(f"`{name}`" for name in names.split()), meaning) for names, meaning in TEXT_FEATURES)
    return _TEXT_HEAD + "".join(f"| {names} | {meaning} |\n" for names, meaning in rows)


def table() -> str:
    """The page as Markdown."""
    used = set(scorer_of(None).trees.features)
    rows = [f"| `{f.name}` | {f.meaning} | {'yes' if f.name in used else 'no'} |" for f in feature_list()]
    sorts = [f"- *{name}*: `{pattern}`" for name, pattern in KEYWORDS.items()]
    return (
        _HEAD
        + "\n".join(rows)
        + "\n\nWhat class names, ids and roles are taken to say:\n\n"
        + "\n".join(sorts)
        + "\n"
        + text_table()
    )


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
