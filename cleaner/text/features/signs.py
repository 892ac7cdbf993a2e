"""What a score sees of the characters of a line: how many there are of each class, and what is at the two ends."""

from __future__ import annotations

import numpy as np

from cleaner.models import characters as ch
from cleaner.models.characters import Characters
from cleaner.models.table import Columns

_COUNTED = {
    "letters": ch.LETTER,
    "upper": ch.UPPER,
    "cased": ch.UPPER | ch.LOWER,
    "digits": ch.DIGIT,
    "word": ch.WORD,
    "spaceless": ch.SPACELESS,
    "pauses": ch.PAUSE,
    "colons": ch.COLON,
    "dashes": ch.DASH,
    "separators": ch.SEPARATOR,
    "currency": ch.CURRENCY,
    "openings": ch.OPENING,
}
"""What is counted, with its character classes."""
_NUMBERS = ("spaceless", "pauses", "colons", "dashes", "separators", "currency", "openings")
"""What is a feature as it was counted."""
_QUESTION_MARKS = (0x3F, 0xFF1F, 0x61F)
"""Latin, full-width and Arabic."""

MEANINGS = {
    "letters": "letters",
    "upper": "share of letters that are capitals",
    "caseless": "share of letters that have no case",
    "digits": "share of characters that are digits",
    "signs": "share of characters, with the line end, that are neither letters nor digits",
    "spaceless": "letters of scripts without spaces",
    "pauses": "commas and semicolons",
    "colons": "colons",
    "dashes": "dashes and hyphens",
    "separators": "bars, bullets and slashes",
    "currency": "currency signs",
    "openings": "opening quotation marks and brackets",
    "addresses": "`@` and `_`",
    "sentence_ends": "ends of sentences",
    "first_upper": "begins with a capital",
    "first_lower": "begins with a small letter",
    "first_digit": "begins with a digit",
    "first_opening": "begins with an opening quotation mark or bracket",
    "first_sign": "begins with any other sign",
    "last_end": "ends like a sentence, perhaps with a closing quotation mark or bracket",
    "last_question": "ends with a question mark",
    "last_colon": "ends with a colon",
    "last_pause": "ends with a comma or a semicolon",
    "last_closing": "ends with a closing quotation mark or bracket",
    "last_digit": "ends with a digit",
    "last_letter": "ends with a letter",
}


def sign_columns(chars: Characters) -> Columns:
    """How many characters of each class a line has."""
    counts = dict(zip(_COUNTED, chars.count(*_COUNTED.values()).astype(np.float32), strict=True))
    letters = np.maximum(counts["letters"], 1)
    size = np.maximum(chars.lengths, 1).astype(np.float32)
    return {
        "letters": counts["letters"],
        "upper": counts["upper"] / letters,
        "caseless": 1 - counts["cased"] / letters,
        "digits": counts["digits"] / size,
        "signs": (size + 1 - counts["word"]) / size,
        **{name: counts[name] for name in _NUMBERS},
        "addresses": chars.count_at(np.flatnonzero((chars.codes == ord("@")) | (chars.codes == ord("_")))),
        "sentence_ends": chars.count_at(chars.sentence_ends()),
    }


def edge_columns(chars: Characters) -> Columns:
    """What a line begins and ends with."""
    starts, line_feeds = chars.bounds[:-1], chars.bounds[1:] - 1
    first, last = chars.classes[starts], chars.classes[np.maximum(line_feeds - 1, starts)]
    before_last = chars.classes[np.maximum(line_feeds - 2, starts)]
    closes_sentence = (last & ch.CLOSING > 0) & (before_last & ch.END > 0)
    last_code = chars.codes[np.maximum(line_feeds - 1, starts)]
    return {
        "first_upper": first & ch.UPPER > 0,
        "first_lower": first & ch.LOWER > 0,
        "first_digit": first & ch.DIGIT > 0,
        "first_opening": first & ch.OPENING > 0,
        "first_sign": first & (ch.WORD | ch.OPENING) == 0,
        "last_end": (last & ch.END > 0) | closes_sentence,
        "last_question": np.logical_or.reduce([last_code == mark for mark in _QUESTION_MARKS]),
        "last_colon": last & ch.COLON > 0,
        "last_pause": last & ch.PAUSE > 0,
        "last_closing": last & ch.CLOSING > 0,
        "last_digit": last & ch.DIGIT > 0,
        "last_letter": last & ch.LETTER > 0,
    }
