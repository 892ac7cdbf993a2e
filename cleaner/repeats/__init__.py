"""What repeats over the pages of a site: counted over its pages, and dropped from a document."""

from cleaner.repeats.counting import FEWEST, SAMPLE, SiteRepeats, count_repeats, repeats_of
from cleaner.repeats.dropping import REASON, without_repeats
from cleaner.repeats.keys import page_keys, text_key
from cleaner.repeats.sites import site_of

__all__ = [
    "FEWEST",
    "REASON",
    "SAMPLE",
    "SiteRepeats",
    "count_repeats",
    "page_keys",
    "repeats_of",
    "site_of",
    "text_key",
    "without_repeats",
]
