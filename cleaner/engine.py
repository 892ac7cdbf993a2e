"""`Cleaner`, and the stages that a page goes through, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from cleaner import anchors, bylines, posts, structure
from cleaner.content.choice import Choice, choose_blocks
from cleaner.content.options import COMMENTS, EXTRACTORS, FAVORS, Comments, Extractor, Favor, Options
from cleaner.document import Document, PageWarning
from cleaner.freezing import freeze
from cleaner.intake.encoding import decode
from cleaner.intake.language_tags import better_known, language_tag
from cleaner.intake.media_type import MediaType, charset_of, media_type_of
from cleaner.intake.not_pages import NotPage, not_a_page
from cleaner.matching import links, verdicts
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.contextual import ContextualConditions
from cleaner.matching.lookup import PageLookup
from cleaner.matching.match import match_page
from cleaner.matching.matches import PageMatches
from cleaner.matching.splits import split_page
from cleaner.metadata.by_rules import fields_by_rules
from cleaner.metadata.evidence import Sources
from cleaner.metadata.fields import Metadata, described
from cleaner.page.ascii import to_ascii
from cleaner.page.facts import Facts
from cleaner.page.page import Origin, Page
from cleaner.page.reading import Reader
from cleaner.pause import COLLECTION_PAUSE
from cleaner.rules import LinkRule, MetadataRule, Rule, RuleSet, load_rules
from cleaner.text import SHIPPED

if TYPE_CHECKING:
    from cleaner.explanation import ExplainedBlock, Explanation
    from cleaner.rules.learning.survey import PageSurvey

T = TypeVar("T")

MAX_CHARACTERS = 200_000_000
"""Maximum characters of a page; a larger one is reported and not read."""
_MAX_SHARED = 16
"""Maximum compiled rule sets that the process keeps for its cleaners."""
_MAX_SCOPES = 256
"""Maximum compiled rule sets that a cleaner keeps, each for the hosts and languages with the same rule files."""


class Cleaner:
    """A cleaner cleans pages with one set of rules.

    - `rules`: by default the shipped rules.
    - `extractor`: what chooses the main content if no rule does. "auto" uses the learnt scores for HTML and text, and
      keeps all of Markdown; "trafilatura" asks Trafilatura; "none" keeps everything.
    - `favor`: what the scores prefer for doubtful blocks: "precision", "recall" or, for the best F1, "balanced".
    - `comments`: whether readers' comments are kept ("keep"), dropped ("drop") or judged like other blocks ("auto").
    - `model`, `text_model`: files of scores for HTML and text from `python -m cleaner.training`.
    - `ascii_punctuation`: whether quotes and dashes become ASCII.

    A cleaner does not change, can be pickled, and is safe in threads and processes.

    Raises ValueError for an unknown value, FileNotFoundError for a missing model, and RuleError if the shipped rules
    cannot be loaded.
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
        self._compiled: dict[tuple[int, ...], CompiledRules] = {}

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_compiled": {}}

    def clean(
        self,
        data: bytes | str,
        *,
        url: str | None = None,
        media_type: str | None = None,
        language: str | None = None,
    ) -> Document:
        """Cleans a page.

        - `data`: HTML, Markdown or text, as str or as bytes in any encoding.
        - `url`: the page's address, which chooses the rules for its site.
        - `media_type`: "text/html", "text/plain" or "text/markdown", perhaps with a charset. By default, the content
          tells HTML from text.
        - `language`: the page's language as a BCP 47 tag, where the caller knows it. It chooses the rules for the
          language, and comes before what the page says of itself, unless that is the same more exactly ("en-GB" for
          "en"). What is no tag is not heeded.

        Never raises because of a page: at worst the document is empty and its `warnings` say why. Raises TypeError for
        data that is neither bytes nor str.
        """
        return self._clean(data, url, media_type, language, lambda work: work.document())

    def explain(
        self,
        data: bytes | str,
        *,
        url: str | None = None,
        media_type: str | None = None,
        language: str | None = None,
    ) -> Explanation:
        """Cleans a page and gives the document with every block of the page and its decisions."""
        from cleaner.explanation import Explanation

        found = self._clean(
            data,
            url,
            media_type,
            language,
            lambda work: Explanation(work.document(), work.blocks(), work.sources, work.matched()),
        )
        return Explanation(found, ()) if isinstance(found, Document) else found

    def with_rules(self, rules: RuleSet) -> Cleaner:
        """A cleaner with other rules that is the same otherwise."""
        made = copy(self)
        made.rules, made._compiled = rules, {}
        return made

    def survey(
        self,
        data: bytes | str,
        *,
        url: str | None = None,
        media_type: str | None = None,
        language: str | None = None,
    ) -> tuple[Document, PageSurvey]:
        """Cleans a page and gives the document with what the rules of its site are learnt from."""
        from cleaner.metadata.dates import parse
        from cleaner.rules.learning.survey import PageSurvey, survey

        def result(work: Work) -> tuple[Document, PageSurvey]:
            document = work.document()
            return document, survey(work.page, document, parse)

        found = self._clean(data, url, media_type, language, result)
        return (found, PageSurvey()) if isinstance(found, Document) else found

    def rules_for(self, host: str | None, language: str | None, path: str | None = None) -> CompiledRules:
        """The rules for a host, a language (a BCP 47 tag) and the path of an address, compiled when first asked for."""
        key = self.rules.key(host, language, path)
        compiled = self._compiled.get(key)
        if compiled is None:
            rules, place = self.rules, (host, language, path)
            compiled = _compiled(rules.scoped(*place), rules.scoped_metadata(*place), rules.scoped_links(*place))
            if len(self._compiled) >= _MAX_SCOPES:
                self._compiled.clear()
            self._compiled[key] = compiled
        return compiled

    def _clean(
        self,
        data: bytes | str,
        url: str | None,
        media_type: str | None,
        language: str | None,
        result: Callable[[Work], T],
    ) -> T | Document:
        """What is made of a cleaned page, or the empty document of one that could not be cleaned."""
        if not isinstance(data, bytes | bytearray | memoryview | str):
            raise TypeError(f"data is bytes or str, not {type(data).__name__}")
        if len(data) > MAX_CHARACTERS:
            warning = PageWarning("page.too_large", f"the page is larger than {MAX_CHARACTERS} characters")
            return Document(url=url, warnings=(warning,))
        work = Work(self, data if isinstance(data, str) else bytes(data), url, media_type, language_tag(language))
        try:
            with COLLECTION_PAUSE:
                for stage in STAGES:
                    stage(work)
                return result(work)
        except NotAPage as found:
            return Document(url=url, warnings=(found.warning,))
        except (Exception, RecursionError) as error:  # promise 4: a batch of a billion pages does not end at one
            message = f"the page could not be read ({type(error).__name__}: {error})"
            return Document(url=url, warnings=(PageWarning("page.failed", message),))


class NotAPage(Exception):
    """Ends the way of data that is no page."""

    def __init__(self, kind: NotPage) -> None:
        super().__init__(str(kind))
        self.warning = PageWarning(kind.code, str(kind))


@dataclass
class Work:
    """A page on its way through the stages; each leaves its result for the next ones."""

    cleaner: Cleaner
    data: bytes | str
    url: str | None
    """The address that the caller knows."""
    media_type: str | None
    """What the caller says that the data is."""
    language: str | None
    """The tag of the language that the caller knows."""
    warnings: list[PageWarning] = field(default_factory=list)
    text: str = field(init=False)
    lookup: PageLookup = field(init=False)
    page: Page = field(init=False)
    originals: dict[int, str] = field(init=False)
    """Texts as they were read, by the candidate's identity."""
    matches: PageMatches = field(init=False)
    context: ContextualConditions = field(init=False)
    choice: Choice = field(init=False)
    metadata: Metadata = field(init=False)
    fields: dict[str, str] = field(init=False)
    """Fields of metadata that rules add to those of every document."""
    sources: dict[str, Sources] = field(init=False)
    """Where each field of the metadata is from."""
    has_title_by_rule: bool = field(init=False)

    def scope(self, address: str | None, language: str | None) -> PageLookup:
        """The rules for the page; what the caller knows comes before what the page says of itself."""
        host, tag, path = self.place(address, language)
        if host is None and self.cleaner.rules.wanted_sites:
            self.warnings.append(_no_address(self.cleaner.rules.wanted_sites))
        self.lookup = PageLookup(self.cleaner.rules_for(host, tag, path))
        return self.lookup

    def place(self, address: str | None, language: str | None) -> tuple[str | None, str | None, str | None]:
        """What rules are chosen by: the host, the language and the path."""
        host, path = _place(self.url or address)
        return host, self.language or language, path

    def document(self) -> Document:
        """The document, when all stages have run."""
        found = (self.page.warnings, self.lookup.warnings, self.matches.warnings, self.choice.warnings)
        warnings = [*self.warnings, *chain.from_iterable(found)]
        return freeze(
            self.page, self.metadata, warnings, self.choice.confidence, self.fields, removed=self.lookup.removals()
        )

    def blocks(self) -> tuple[ExplainedBlock, ...]:
        """Every block with its decisions, when all stages have run."""
        from cleaner.explanation import explain_blocks

        options, rules = self.cleaner.options, self.cleaner.rules.rules
        return explain_blocks(self.page, self.choice, self.originals, options=options, rules=rules)

    def matched(self) -> Counter[str]:
        """How many blocks, elements or values each rule has matched, when all stages have run."""
        found = self.matches.by_rule()
        found.update(said.by for block in self.page.blocks for said in block.history if said.action == "split")
        compiled, lookup = self.lookup.compiled, self.lookup
        hits = chain((hit.selector for hit in self.page.hits), (mark.selector for mark in self.page.marks))
        found.update(compiled.unwrapping[selector].id for selector in hits if selector in compiled.unwrapping)
        found.update(replaced.id for replaced in lookup.replaced)
        found.update({compiled.metadata[number].key: len(values) for number, values in lookup.values.items()})
        return +found


def decode_bytes(work: Work) -> None:
    """Decodes the bytes of a page. Raises NotAPage for those of a PDF, an image or the like."""
    if isinstance(work.data, str):
        work.text = work.data
    else:
        kind = not_a_page(work.data)
        if kind is not None:
            raise NotAPage(kind)
        work.text, warning = decode(work.data, charset_of(work.media_type))
        work.warnings += [warning] if warning else []


def read(work: Work) -> None:
    """Reads the blocks of a page, with the rules for its host and language."""
    reader = _reader(media_type_of(work.text, work.media_type))
    work.page = reader(work.text, work.scope, text_model=work.cleaner.options.text_model)
    if work.language is not None:
        _settle_language(work.page.facts, work.language)
    work.originals = {id(block): block.text for block in work.page.blocks}
    if work.cleaner.ascii_punctuation:
        to_ascii(work.page)


def split(work: Work) -> None:
    """Splits blocks where rules ask for it."""
    compiled = work.lookup.compiled
    if not compiled.splitting:
        return
    origins = split_page(compiled, work.page)
    if origins is None:
        return
    work.originals = {id(block): work.originals.get(id(block), block.text) for block in work.page.blocks}
    if work.page.lines is not None:
        from cleaner.text.reader import score_parts

        score_parts(work.page, origins, text_model=work.cleaner.options.text_model)


def match(work: Work) -> None:
    """Matches the rules with the blocks."""
    work.matches, work.context = match_page(work.lookup.compiled, work.page)


def score_again(work: Work) -> None:
    """Scores the headings of a text again where rules have dropped labels between its lines."""
    if work.page.lines is not None:
        from cleaner.text.reader import score_without

        score_without(work.page, work.matches.dropped(), text_model=work.cleaner.options.text_model)


def settle_kinds(work: Work) -> None:
    """Makes headings and paragraphs of the blocks that rules call so."""
    verdicts.settle_kinds(work.page, work.matches)


def choose(work: Work) -> None:
    """Chooses the main content among the blocks that no rule drops."""
    dropped = work.matches.dropped()
    work.choice = choose_blocks(work.page, work.cleaner.options, url=work.url, dropped=dropped)


def ask_context(work: Work) -> None:
    """Asks the contextual conditions of rules once more, of the blocks that the extractor has chosen."""
    work.context.ask(work.choice.kept)


def decide(work: Work) -> None:
    """Decides every block by the rules, and by the choice where no rule speaks."""
    verdicts.decide(work.page, work.matches, work.choice)


def describe(work: Work) -> None:
    """Decides the metadata, by the rules first."""
    by_rules, own = fields_by_rules(work.lookup.compiled.metadata, work.lookup.values, work.page.facts.language)
    work.fields = work.page.facts.fields | {name: found.value for name, found in own.items() if found.value}
    metadata, sources = described(work.page.facts, url=work.url, source=work.page.source)
    work.metadata = replace(metadata, **{name: found.value for name, found in by_rules.items()})
    work.sources = sources | {name: found.sources for name, found in (own | by_rules).items()}
    work.has_title_by_rule = "title" in by_rules


def settle_posts(work: Work) -> None:
    """Names the authors and dates of posts, and drops bylines that repeat them."""
    posts.settle(work.page)


def settle_bylines(work: Work) -> None:
    """Drops headings above the text of a page that only say who wrote it, or when."""
    if work.page.origin is Origin.HTML:
        bylines.settle(work.page, work.metadata.title, work.metadata.author, work.metadata.date)


def settle_links(work: Work) -> None:
    """Takes parameters off links as rules ask for, and links to places that the page does not have."""
    links.strip_parameters(work.page, work.lookup.compiled.strip_parameters)
    if work.page.origin is Origin.HTML:
        anchors.settle(work.page, work.metadata.url)


def settle_structure(work: Work) -> None:
    """Settles what shows when it is known which blocks stay: the title, captions, thematic breaks."""
    told = work.metadata.title
    title = structure.finish(work.page, told, is_exact=work.has_title_by_rule, url=work.url)
    work.metadata = replace(work.metadata, title=title)
    if title is not None and title != told:
        work.sources["title"] = tuple(dict.fromkeys(("heading", *work.sources.get("title", ()))))


STAGES: tuple[Callable[[Work], None], ...] = (
    decode_bytes,
    read,
    split,
    match,
    score_again,
    settle_kinds,
    choose,
    ask_context,
    decide,
    describe,
    settle_posts,
    settle_bylines,
    settle_links,
    settle_structure,
)
"""The way of a page; after the last stage it is frozen to a `Document`."""


@lru_cache(maxsize=_MAX_SHARED)
def _compiled(
    rules: tuple[Rule, ...], metadata: tuple[MetadataRule, ...], links: tuple[LinkRule, ...]
) -> CompiledRules:
    """Rules compiled; cleaners with the same ones have them in common."""
    return CompiledRules(rules, metadata, links)


def _reader(kind: MediaType) -> Reader:
    """The reader of a media type, imported when a page first needs it."""
    if kind is MediaType.TEXT:
        from cleaner.text.reader import read_text

        return read_text
    if kind is MediaType.MARKDOWN:
        from cleaner.markdown.reader import read_markdown

        return read_markdown
    from cleaner.html.reader import read_html

    return read_html


def _settle_language(facts: Facts, given: str) -> None:
    """Makes the language that the caller knows the page's, where the page does not say the same more exactly."""
    written = facts.front_matter.pop("language", None)
    own = None if facts.language_source == "text" else language_tag(written or facts.language)
    if better_known(given, own):
        facts.language = own
    else:
        facts.language, facts.language_source = given, "given"


def _place(url: str | None) -> tuple[str | None, str | None]:
    """The host and the path of an address; None for what is not known."""
    try:
        parts = urlsplit(url) if url else None
        return (parts.hostname, parts.path or "/") if parts else (None, None)
    except ValueError:  # an address with half a bracket
        return None, None


def _no_address(sites: tuple[str, ...]) -> PageWarning:
    named = ", ".join(sites[:3]) + (", ..." if len(sites) > 3 else "")
    return PageWarning("rules.no_address", f"no address is known, so the rules for {named} do not apply")


def _check(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise ValueError(f"unknown {name} {given!r}; there are {', '.join(known)}")


def _file(model: str | PathLike[str] | None) -> Path | None:
    if model is not None and not Path(model).is_file():
        raise FileNotFoundError(f"there is no model {str(model)!r}")
    return Path(model) if model is not None else None


@cache
def shared_cleaner() -> Cleaner:
    """The cleaner behind `cleaner.clean`: the shipped rules, compiled at the first call."""
    return Cleaner()
