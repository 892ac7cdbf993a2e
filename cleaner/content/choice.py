"""Which candidates are main content, when no rule says so."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from cleaner.content.comments import comments_of, is_forum
from cleaner.content.contents import tables_of_contents
from cleaner.content.options import Comments, Options
from cleaner.content.pictures import keep_pictures
from cleaner.document import PageWarning
from cleaner.normalize import count_words, has_words
from cleaner.page.candidate import Candidate
from cleaner.page.page import Origin, Page

if TYPE_CHECKING:
    from cleaner.content.scorer import Scored
    from cleaner.models.arrays import Flags
    from cleaner.text.features.line_features import LineFeatures

_FEW_WORDS = 50
"""A page with fewer words than this is a fragment or a note, and all of it is meant: the score learnt from pages."""
_NAVIGATION = frozenset(("nav", "footer"))
_MENU = 0.1
"""Score below which links in such an element of a page of few words are none of it."""
_FEW_WORDS_OF_TEXT = 150
"""The same for text, which may as well be a chat, a list or a verse."""
_MIN_ABOVE = 0.2
"""Score that a heading directly above the content must exceed to come with it."""
_MOST_ABOVE = 2
"""Headings in a row directly above the content: a title and a section's, or a section's and its first part's."""
_POST_WORDS = 20
"""Words kept outside the comments that make a page a post with comments, which may be far longer than the post."""

_LABEL_WORDS = 8
"""Maximum number of words of a label."""
_COLONS = (":", "：")


@dataclass(slots=True)
class Choice:
    """What an extractor chose of a page."""

    kept: list[bool]
    by: str = "content.none"
    otherwise: dict[int, str] = field(default_factory=dict)
    """Blocks, by number, that something else than `by` decided."""
    details: dict[int, str] = field(default_factory=dict)
    """What is told of these decisions to readers of `explain`, where something is."""
    scored: Scored | None = None
    """The scores, where the extractor gives any."""
    first: Flags | None = None
    """The rows of `scored` that the scores alone have chosen; None where the page has too few words for a choice."""
    gone: Flags | None = None
    """The rows that were no part of this choice, since rules drop them or they are no content by their form."""
    confidence: float | None = None
    """The expected word F1 of the choice, where the extractor gives one."""
    warnings: list[PageWarning] = field(default_factory=list)

    def scores(self) -> dict[int, float]:
        """Scores by the number of the block."""
        if self.scored is None:
            return {}
        return dict(zip(self.scored.rows.blocks, map(float, self.scored.scores), strict=True))

    def against(self) -> dict[int, tuple[tuple[str, float], ...]]:
        """For each scored block, by its number, the features that weighed most against it and their values."""
        if self.scored is None:
            return {}
        reasons = self.scored.scorer.reasons(self.scored)
        return dict(zip(self.scored.rows.blocks, reasons, strict=True))


def choose_blocks(page: Page, options: Options, *, url: str | None = None, dropped: Set[int] = frozenset()) -> Choice:
    """What the extractor chooses among the blocks that no rule has `dropped`.

    Markdown is kept as it is, and text but where it is clear that menus stand around its content. Where Trafilatura
    gives no answer for a page, everything is kept; where no block has a score to be chosen by, nothing is. Both are
    told in a warning.
    """
    if options.extractor == "auto" and page.lines is not None:
        choice = _by_lines(page, page.lines.features, options, dropped)
    elif options.extractor == "none" or page.origin is not Origin.HTML:
        choice = Choice([True] * len(page.blocks))
    elif options.extractor == "trafilatura":
        choice = _by_trafilatura(page, url)
    else:
        choice = _by_score(page, options, url, dropped)
    _settle_comments(page, choice, options.comments)
    return choice


def _settle_comments(page: Page, choice: Choice, wish: Comments) -> None:
    """Comments are kept or dropped where that is asked for. Else they go where the score has found an article beside
    them, and are judged like any other block on pages that are made of what their readers say."""
    if wish == "auto" and choice.scored is None:
        return
    comments = comments_of(page)
    if not comments:
        return
    if wish == "auto" and (_words_beside(comments, choice) < _POST_WORDS or is_forum(page)):
        return
    for number in comments:
        if choice.kept[number] != (wish == "keep"):
            choice.kept[number] = wish == "keep"
            choice.otherwise[number] = "content.comments"


def _words_beside(comments: Set[int], choice: Choice) -> float:
    """The number of words that the score keeps outside the comments."""
    if choice.scored is None:
        return 0
    rows = choice.scored.rows
    return sum(float(rows.words[row]) for row, n in enumerate(rows.blocks) if choice.kept[n] and n not in comments)


def _by_trafilatura(page: Page, url: str | None) -> Choice:
    from cleaner.content.peer import NoChoice, kept_by_trafilatura

    try:
        kept = kept_by_trafilatura(page, url)
    except NoChoice as reason:
        return _everything(page, str(reason))
    _keep_wordless(page, kept)
    return Choice(kept, "content.trafilatura")


def _by_score(page: Page, options: Options, url: str | None, dropped: Set[int]) -> Choice:
    """The set of blocks with the best expected F1 by the learnt score, looked at once more as a whole."""
    import numpy as np

    from cleaner.content.features.block_features import block_features
    from cleaner.content.revision import reviser_of
    from cleaner.content.scorer import best_set, scorer_of

    rows = block_features(page)
    if rows is None:
        return Choice([True] * len(page.blocks))
    scored = scorer_of(options.model).scored(rows)
    contents = tables_of_contents(page, url) - dropped
    dropped = dropped | contents
    gone = np.array([number in dropped for number in rows.blocks])
    chosen = ~gone
    choice = Choice([False] * len(page.blocks), "content.score", scored=scored)
    if rows.words[chosen].sum() >= _FEW_WORDS:
        chosen[chosen] = best_set(rows.words[chosen], scored.scores[chosen], options.favor)
        choice.first, choice.gone = chosen, gone
        reviser = reviser_of(options.model)
        if reviser is not None:
            chosen, reasons = reviser.revised(rows, scored.scores, chosen, gone, options.favor)
            choice.otherwise = dict.fromkeys((rows.blocks[row] for row in reasons), "content.whole")
            choice.details = {rows.blocks[row]: reason for row, reason in reasons.items()}
            choice.confidence = reviser.confidence(rows, scored.scores, chosen)
    else:
        menus = np.array([_is_menu(page, page.blocks[number]) for number in rows.blocks])
        chosen &= ~(menus & (scored.scores < _MENU))
    choice.otherwise |= dict.fromkeys(contents, "content.contents")
    for row in np.flatnonzero(chosen).tolist():
        choice.kept[rows.blocks[row]] = True
    if not chosen.any() and not gone.all():
        message = "no block looks like main content: nothing was kept but by rules"
        choice.warnings.append(PageWarning("content.nothing", message))
        return choice
    _keep_headings(page, choice.kept, dropped)
    _keep_labels(page, choice, dropped)
    _keep_headings_above(page, choice, dropped)
    _keep_wordless(page, choice.kept)
    return choice


def _is_menu(page: Page, block: Candidate) -> bool:
    """Whether more than half of a block is links, and it stands where menus do."""
    from cleaner.content.features.blocks import linked_characters

    return 2 * linked_characters(block) > len(block.text) and page.nodes.within(block.element, _NAVIGATION)


def _by_lines(page: Page, forms: LineFeatures, options: Options, dropped: Set[int]) -> Choice:
    """The lines of a text with the best expected F1, or all of them where it is no whole page; never what a printed
    page has at its edges."""
    import numpy as np

    from cleaner.content.lines import best_lines, is_uniform, score

    choice = Choice([number not in page.printed for number in range(len(page.blocks))])
    choice.otherwise = dict.fromkeys(page.printed, "text.printed")
    open_rows = [row for row, number in enumerate(forms.blocks) if number not in dropped]
    words = forms.words[open_rows]
    if words.sum() < _FEW_WORDS_OF_TEXT:
        return choice
    scored = score(forms, options.text_model)
    best = best_lines(words, scored.scores[open_rows], options.favor, uniform=is_uniform(forms))
    if best is None:
        return choice
    choice.by, choice.scored = "content.score", scored
    choice.first = np.zeros(len(forms.blocks), bool)
    choice.first[open_rows] = best
    choice.gone = np.ones(len(forms.blocks), bool)
    choice.gone[open_rows] = False
    for row, chosen in zip(open_rows, best.tolist(), strict=True):
        choice.kept[forms.blocks[row]] = chosen
    _keep_headings(page, choice.kept, dropped | page.printed, begun=True)
    return choice


def _everything(page: Page, reason: str) -> Choice:
    warning = PageWarning("content.no_choice", f"{reason}; every block was kept")
    return Choice([True] * len(page.blocks), warnings=[warning] if page.blocks else [])


def _keep_wordless(page: Page, kept: list[bool]) -> None:
    """Formulas, rules and what else has no words go with their neighbours: kept between two that are, or, if it is a
    formula, after one. Images go with the text that they belong to, and captions with their images."""
    silent = [not has_words(b.text) or b.caption_of is not None or b.is_formula() for b in page.blocks]
    before = _nearest(kept, silent, range(len(kept)))
    after = _nearest(kept, silent, range(len(kept) - 1, -1, -1))
    for number, wordless in enumerate(silent):
        if wordless:
            kept[number] = before[number] and (after[number] or page.blocks[number].is_formula())
    keep_pictures(page, kept, silent)


def _keep_headings(page: Page, kept: list[bool], dropped: Set[int], *, begun: bool = False) -> None:
    """A heading inside the content stays where what stands under it does, above the content too if it has `begun`."""
    for number, block in enumerate(page.blocks[:-1]):
        under = page.blocks[number + 1]
        if block.kind == "heading" and begun and not kept[number] and number not in dropped:
            kept[number] = kept[number + 1] and under.kind not in ("heading", "list_item")
        begun = begun or kept[number]


def _keep_labels(page: Page, choice: Choice, dropped: Set[int]) -> None:
    """A short label stays where what it announces does: the heading of a list, a line that ends with a colon."""
    for number, (block, under) in enumerate(pairwise(page.blocks)):
        if choice.kept[number] or not choice.kept[number + 1] or number in dropped:
            continue
        if _announces(block, under) and count_words(block.text) <= _LABEL_WORDS:
            choice.kept[number] = True
            choice.otherwise[number], choice.details[number] = "content.whole", "with what stands under it"


def _announces(block: Candidate, under: Candidate) -> bool:
    """Whether a block is a label of the one under it, by its form; a link leads elsewhere."""
    if block.kind not in ("heading", "paragraph") or any(span.kind == "link" for span in block.spans):
        return False
    if block.kind == "heading" or block.is_prominent:
        return under.kind == "list_item"
    return block.text.endswith(_COLONS) and bool(under.text)


def _keep_headings_above(page: Page, choice: Choice, dropped: Set[int]) -> None:
    """The headings directly above the content belong to it, unless their scores say that they do not.

    More than two in a row are a list of their own.
    """
    first = next((number for number, kept in enumerate(choice.kept) if kept and has_words(page.blocks[number].text)), 0)
    above = (number for number in range(first - 1, -1, -1) if has_words(page.blocks[number].text))
    headings = list(takewhile(lambda number: page.blocks[number].kind == "heading", above))
    if not 0 < len(headings) <= _MOST_ABOVE:
        return
    scores = choice.scores()
    for number in takewhile(lambda n: n not in dropped and scores.get(n, 0.0) > _MIN_ABOVE, headings):
        choice.kept[number] = True


def _nearest(kept: list[bool], silent: list[bool], order: range) -> list[bool]:
    """For each block whether the last one with words, going in `order`, is kept."""
    last, found = False, [False] * len(kept)
    for number in order:
        found[number] = last
        if not silent[number]:
            last = kept[number]
    return found
