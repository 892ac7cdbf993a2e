"""`Cleaner`: the stages in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from cleaner import structure
from cleaner.content import choice as content
from cleaner.content.options import COMMENTS, EXTRACTORS, FAVORS, Comments, Extractor, Favor, Options
from cleaner.document import Block, BlockKind, Cell, Container, Document, Removal, Span
from cleaner.intake.encoding import decode
from cleaner.intake.language import detect
from cleaner.intake.media_type import MediaType, charset_of, media_type_of
from cleaner.links import safe_href
from cleaner.markdown.reader import to_html
from cleaner.matching import verdicts
from cleaner.matching.matching import Compiled, PageLookup
from cleaner.metadata import fields as metadata
from cleaner.metadata.dates import parse
from cleaner.normalize import normalize
from cleaner.page.ascii import decode_references, to_ascii
from cleaner.page.candidate import HEADING_SCORE, Candidate, Cut, Decision
from cleaner.page.page import Page
from cleaner.rules import RuleSet, load_rules
from cleaner.text.reader import SHIPPED, read_text
from cleaner.text.unmarked import find_unmarked

T = TypeVar("T")

MAX_CHARACTERS = 200_000_000
"""Size of a page beyond which it is reported and not read."""
_MOST_SCOPES = 256
"""Compiled rule sets that a cleaner keeps."""


@dataclass(frozen=True, slots=True)
class ExplainedBlock:
    """One block of the page, in the page's order, and what was decided of it."""

    index: int
    kind: BlockKind
    level: int | None
    text: str
    """As it stands in the document, or would: after cuts."""
    kept: bool
    reason: str | None
    """Who decided, the id of a rule or the name of a stage; None where nothing spoke against it."""
    source: str | None
    score: float | None
    decisions: tuple[Decision, ...]
    """Everything that was said of it, in order; the last keep or drop counts."""
    cuts: tuple[Cut, ...]
    original: str
    """As it was read."""
    against: tuple[tuple[str, float], ...] = ()
    """For a dropped block with a score: the features that weighed most against it, with their values."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole page with all decisions, and the document that they make."""

    document: Document
    blocks: tuple[ExplainedBlock, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain dictionaries and lists."""
        blocks = [asdict(block) for block in self.blocks]
        return {"document": self.document.to_dict(), "blocks": blocks}


class Cleaner:
    """Cleans pages by one set of rules.

    `rules` is the shipped set where it is None. `extractor` tells what chooses the main content where no rule does:
    "auto" (the learnt scores for HTML and text, everything for Markdown), "trafilatura", or "none" (everything).
    `favor` leans the score's choice towards "precision" or "recall"; "balanced" aims at the best F1. `comments` of
    readers are kept, dropped, or judged like any other block ("auto"). `model` and `text_model` are the files of
    scores, for HTML and for text, that `python -m cleaner.training` has written, None for those of the package.
    `ascii_punctuation` makes quotes and dashes those of ASCII.

    A cleaner does not change, can be pickled, and is safe in threads and processes.

    Raises ValueError for an option that there is not, FileNotFoundError for a model that there is not, and RuleError
    where the shipped rules cannot be loaded.
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        *,
        extractor: Extractor = "auto",
        favor: Favor = "balanced",
        comments: Comments = "auto",
        model: str | PathLike[str] | None = None,
        text_model: str | PathLike[str] | None = None,
        ascii_punctuation: bool = False,
    ) -> None:
        _check("extractor", extractor, EXTRACTORS)
        _check("favor", favor, FAVORS)
        _check("comments", comments, COMMENTS)
        self.rules = load_rules() if rules is None else rules
        self.options = Options(extractor, favor, comments, _file(model), _file(text_model) or SHIPPED)
        self.ascii_punctuation = ascii_punctuation
        self._compiled: dict[tuple[int, ...], Compiled] = {}

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_compiled": {}}

    def clean(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Document:
        """The document in a page.

        `data` is HTML, Markdown or text, as bytes in any encoding or as str; `url` is the page's address, by which
        rules for its site are found; `media_type` ("text/html; charset=utf-8", "text/plain", "text/markdown") says
        what `data` is where that is known, else it is told from its beginning.

        Never raises on any data: at worst the document is empty and its `warnings` say why.
        """
        return self._clean(data, url, media_type, _Cleaned.document)

    def explain(self, data: bytes | str, *, url: str | None = None, media_type: str | None = None) -> Explanation:
        """The same with every block of the page and the decisions on it."""
        found = self._clean(data, url, media_type, lambda cleaned: Explanation(cleaned.document(), cleaned.story()))
        return Explanation(found, ()) if isinstance(found, Document) else found

    def _clean(
        self, data: bytes | str, url: str | None, media_type: str | None, made: Callable[[_Cleaned], T]
    ) -> T | Document:
        """What is made of a cleaned page, or the empty document of one that could not be."""
        if not isinstance(data, bytes | bytearray | memoryview | str):
            raise TypeError(f"data is bytes or str, not {type(data).__name__}")
        if len(data) > MAX_CHARACTERS:
            return Document(url=url, warnings=(f"the page is larger than {MAX_CHARACTERS} characters",))
        try:
            return made(self._stages(data if isinstance(data, str) else bytes(data), url, media_type))
        except (Exception, RecursionError) as error:  # promise 4: a batch of a billion pages does not end at one
            return Document(url=url, warnings=(f"the page could not be read ({type(error).__name__}: {error})",))

    def _stages(self, data: bytes | str, url: str | None, media_type: str | None) -> _Cleaned:
        text, warnings = _text_of(data, media_type)
        kind = media_type_of(text, media_type)
        page, lookup = self._read(text, kind, url)
        originals = [block.text for block in page.blocks]
        if self.ascii_punctuation:
            to_ascii(page)
        claims = lookup.compiled.claims(page)
        verdicts.settle_kinds(page, claims)
        choice = content.choose(page, self.options, url=url, dropped=verdicts.dropped_early(claims))
        verdicts.decide(page, claims, choice)
        known = replace(metadata.decide(page.facts, url=url, title_block=None), **_by_rules(lookup))
        before = page.blocks[:]
        is_markdown = kind is MediaType.MARKDOWN
        title = page.facts.front_matter.get("title") if is_markdown else known.title
        structure.finish(page, title, is_markdown=is_markdown)
        page.warnings = [*warnings, *page.warnings, *lookup.warnings, *claims.warnings, *choice.warnings]
        return _Cleaned(page, known, lookup, choice, dict(zip(map(id, before), originals, strict=True)))

    def _read(self, text: str, kind: MediaType, url: str | None) -> tuple[Page, PageLookup]:
        """The page, read with the rules for its host and language."""
        if kind is MediaType.TEXT:
            text = normalize(text, printed=True)
            language = detect(text)
            page = read_text(text, self.options.text_model)
            decode_references(page)
            page.facts.language = language
            return page, PageLookup(self._scope(url, language))
        from cleaner.html.reader import HtmlSource

        given = to_html(text) if kind is MediaType.MARKDOWN else None
        source = HtmlSource(given.html if given else text)
        facts = source.facts
        if given:
            facts.front_matter = given.metadata | ({"title": given.title} if given.title else {})
            facts.language = given.metadata.get("language")
        facts.language = facts.language or detect(source.sample())
        lookup = PageLookup(self._scope(url or facts.canonical, facts.language))
        page = source.read(lookup, is_markdown=given is not None)
        if given:
            page.warnings += given.warnings
            page.title_position, page.source = given.title_position, ""
        else:
            find_unmarked(page, self.options.text_model)
        return page, lookup

    def _scope(self, url: str | None, language: str | None) -> Compiled:
        host = _host(url)
        key = self.rules.key(host, language)
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = Compiled(self.rules.scoped(host, language), self.rules.scoped_metadata(host, language))
            if len(self._compiled) >= _MOST_SCOPES:
                self._compiled.clear()
            self._compiled[key] = compiled
        return compiled


def _text_of(data: bytes | str, media_type: str | None) -> tuple[str, list[str]]:
    if isinstance(data, str):
        return data, []
    text, warning = decode(data, charset_of(media_type))
    return text, [warning] if warning else []


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # an address with half a bracket
        return None


def _check(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise ValueError(f"unknown {name} {given!r}; there are {', '.join(known)}")


def _file(model: str | PathLike[str] | None) -> Path | None:
    if model is not None and not Path(model).is_file():
        raise FileNotFoundError(f"there is no model {str(model)!r}")
    return Path(model) if model is not None else None


@dataclass(slots=True)
class _Cleaned:
    """A page whose every block is decided."""

    page: Page
    known: metadata.Metadata
    lookup: PageLookup
    choice: content.Choice
    originals: dict[int, str]
    """Texts as they were read, by the candidate's identity."""

    def document(self) -> Document:
        """The document that the kept candidates make."""
        freezer = _Freezer(_joined(self.known.url, self.page.base))
        for index, candidate in enumerate(self.page.blocks):
            freezer.add(index, candidate)
        fields = asdict(self.known)
        fields["title"] = fields["title"] or structure.title_of(self.page)
        warnings = tuple(dict.fromkeys(self.page.warnings))
        return Document(**fields, blocks=tuple(freezer.blocks), removed=tuple(freezer.removed), warnings=warnings)

    def story(self) -> tuple[ExplainedBlock, ...]:
        """How each block came to be kept or dropped."""
        against = self.choice.against()
        self._explain_headings()
        return tuple(
            _explained(index, candidate, self.originals.get(id(candidate), candidate.text), against.get(index, ()))
            for index, candidate in enumerate(self.page.blocks)
        )

    def _explain_headings(self) -> None:
        """Tells what the score of headings looked at, which takes longer than the score itself."""
        forms, headings = self.page.forms, self.page.headings
        if forms is None or headings is None:
            return
        for line, (score, features) in headings.reasons().items():
            block = self.page.blocks[forms.blocks[line]]
            detail = f"{score:.2f} for {features}" if features else f"{score:.2f}"
            block.history = tuple(
                replace(said, score=score, detail=detail) if said.by == HEADING_SCORE else said
                for said in block.history
            )


def _by_rules(lookup: PageLookup) -> dict[str, str]:
    """Metadata that rules name; of several rules for a field the strongest that finds something counts."""
    found: dict[str, str] = {}
    rules = lookup.compiled.metadata
    for number in sorted(lookup.values, key=lambda n: (rules[n].tier, rules[n].order)):
        rule = rules[number]
        read = _READERS.get(rule.field, str)
        value = next(
            filter(None, (read(_matched(rule.regex, " ".join(v.split()))) for v in lookup.values[number])), None
        )
        if value:
            found[rule.field] = value
    return found


_READERS: dict[str, Callable[[str], str | None]] = {"date": parse, "language": metadata.language_tag}
"""What a value must be for some fields; one that is not is none."""


def _matched(pattern: str | None, value: str) -> str:
    if pattern is None:
        return value
    import re2

    match = re2.search(pattern, value)
    if match is None:
        return ""
    return (match.group(1) if match.re.groups else match.group()) or ""


def _explained(
    index: int, candidate: Candidate, original: str, against: tuple[tuple[str, float], ...]
) -> ExplainedBlock:
    decided = candidate.decided
    return ExplainedBlock(
        index=index,
        kind=candidate.kind,
        level=candidate.level,
        text=candidate.text,
        kept=candidate.kept or candidate.merged,
        reason=decided.by if decided else None,
        source=decided.source if decided else None,
        score=candidate.score,
        decisions=candidate.history,
        cuts=candidate.cuts,
        original=original,
        against=() if candidate.kept else against,
    )


def _joined(url: str | None, base: str | None) -> str | None:
    try:
        return urljoin(url or "", base) if base else url
    except ValueError:
        return url


class _Freezer:
    """Candidates to blocks and removals."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.addresses: dict[str, str | None] = {}
        self.blocks: list[Block] = []
        self.removed: list[Removal] = []
        self.containers: dict[int, Container] = {}
        """By the keys that they had while they were worked on."""

    def add(self, index: int, candidate: Candidate) -> None:
        before = len(self.blocks)
        if candidate.cuts:
            self.removed += [
                Removal(cut.text, cut.by, cut.source, index=index, before=before, replacement=cut.replacement)
                for cut in candidate.cuts
            ]
        if candidate.kept:
            self.blocks.append(self.block(candidate))
        elif not candidate.merged and candidate.text:
            decided = candidate.decided or Decision("drop", "structure")
            self.removed.append(
                Removal(candidate.text, decided.by, decided.source, candidate.score, index=index, before=before)
            )

    def block(self, candidate: Candidate) -> Block:
        return Block(
            kind=candidate.kind,
            text=candidate.text,
            level=candidate.level if candidate.kind == "heading" else None,
            role=candidate.role,
            spans=self.spans(candidate.spans) if candidate.spans else (),
            containers=tuple(map(self.container, candidate.containers)),
            score=candidate.score,
            language=candidate.language,
            rows=tuple(tuple(map(self.cell, row)) for row in candidate.rows) if candidate.rows else (),
            src=self.address(candidate.src) if candidate.src else None,
            alt=candidate.alt,
            caption=candidate.caption,
        )

    def cell(self, cell: Cell) -> Cell:
        return replace(cell, spans=self.spans(cell.spans)) if cell.spans else cell

    def container(self, container: Container) -> Container:
        """Keys count from 1 in the document's order, so that equal documents have equal keys."""
        known = self.containers.get(container.key)
        if known is None:
            known = self.containers[container.key] = replace(container, key=len(self.containers) + 1)
        return known

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Spans with their addresses absolute; a link or an image with an unsafe one is none."""
        kept = []
        for span in spans:
            if span.href is None:
                kept.append(span)
            elif href := self.address(span.href):
                kept.append(Span(span.start, span.end, span.kind, href, span.value))
        return tuple(kept)

    def address(self, href: str) -> str | None:
        """An address made absolute, where it is known from where; None for one that could run code."""
        if href not in self.addresses:
            relative = self.base and not href.startswith(("#", "https://", "http://"))
            self.addresses[href] = safe_href((relative and _joined(self.base, href)) or href)
        return self.addresses[href]


@cache
def shared_cleaner() -> Cleaner:
    """The cleaner behind `cleaner.clean`: the shipped rules, compiled at the first call."""
    return Cleaner()
