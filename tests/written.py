"""Pages written down as "h1 Ferry / p It left at noon.", a block each, for tests of what comes after reading.

"h2 Tides" is a heading of level 2, "p Twice a day." a paragraph, "hr" a thematic break, "img" an image. "fn1 See below."
is a paragraph of the footnote that is called 1, "ref1 As he says." one that refers to it, "cap0 The quay" the caption of
block 0. In front of these stand "~" where the extractor has dropped the block and "-" where a rule has; "title" is
the title of the document.

"user 1.0 drop" is a match of a rule: the sort of its file, the number of the file and of the rule in it, its verb.
"around" behind these says that it is on something around the block.
"""

from __future__ import annotations

from cleaner.document import BlockKind, Container, Span
from cleaner.html.reader import read_html
from cleaner.matching.compiled import CompiledRules
from cleaner.matching.lookup import PageLookup
from cleaner.matching.matches import WHOLE, RuleMatch
from cleaner.page.candidate import Candidate, Decision
from cleaner.page.page import Origin, Page
from cleaner.rules.types import Conditions, Rule, Tier
from cleaner.text import SHIPPED

_KINDS: dict[str, BlockKind] = {"p": "paragraph", "li": "list_item", "hr": "rule", "img": "image"}
_DROPPED = {"~": Decision("drop", "content.score"), "-": Decision("drop", "own", "own.yaml:1")}


def page_of(written: str, origin: Origin = Origin.HTML) -> Page:
    """The page whose blocks are written so."""
    return Page(origin, [_block(block) for block in written.split(" / ") if block])


def written(page: Page) -> str:
    """How the blocks of a page are written; one that has become a part of another is left out."""
    return " / ".join(_written(block) for block in page.blocks if not block.merged)


def read(html: str) -> Page:
    """A page that is HTML, as it is read without rules."""
    return read_html(html, lambda address, language: PageLookup(CompiledRules(())), text_model=SHIPPED)


def match_of(written: str, end: int = WHOLE) -> RuleMatch:
    """The match that is written so: on a whole block, or on a stretch that has an end."""
    tier, place, verb, *around = written.split()
    file, _, number = place.partition(".")
    rule = Rule(
        verb,  # type: ignore[arg-type]
        (),
        id=written,
        why=None,
        source=f"{file}.yaml:{number}",
        level=None,
        replacement="",
        tier=Tier[tier.upper()],
        order=(int(file), int(number)),
    )
    return RuleMatch(rule, Conditions(), own=around != ["around"], end=end)


def _block(written: str) -> Candidate:
    decided = _DROPPED.get(written[0])
    name, _, text = written.lstrip("~-").partition(" ")
    number = name.lstrip("abcdefghijklmnopqrstuvwxyz")
    block = Candidate(_KINDS.get(name, "paragraph"), text, kept=decided is None, decided=decided)
    match name.removesuffix(number):
        case "h":
            block.kind, block.level = "heading", int(number)
        case "title":
            block.kind, block.level, block.role = "heading", 1, "title"
        case "fn":
            block.containers = (Container("footnote", int(number), label=number),)
        case "ref":
            block.spans = [Span(len(text), len(text), "footnote_ref", value=number)]
        case "cap":
            block.caption_of = int(number)
    return block


def _written(block: Candidate) -> str:
    mark = "" if block.kept else "-" if block.decided is not None and block.decided.source else "~"
    names = {kind: name for name, kind in _KINDS.items()} | {"heading": block.role or f"h{block.level}"}
    name = names[block.kind]
    for container in block.containers:
        name = f"fn{container.label}"
    for span in block.spans:
        name = f"ref{span.value}"
    if block.caption_of is not None:
        name = f"cap{block.caption_of}"
    return f"{mark}{name} {block.text or block.caption or ''}".rstrip()
