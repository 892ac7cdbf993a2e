"""An explanation as one page for a browser: every block of the scraped page in order, with what was decided of it.

The scraped page is not trusted. All of it is text here: no element, address or name of it becomes markup, nothing is
loaded and nothing runs, which the content policy of the page says, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.explanation import ExplainedBlock, Explanation

_STYLE = """\
:root { color-scheme: light dark; --text: #1c1e21; --dim: #5a6068; --ground: #ffffff; --panel: #f3f4f6; --line: #d4d7dc;
  --kept: #0b5a24; --kept-ground: #eef8f0; --dropped: #90121f; --dropped-ground: #fdf0f1; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --dim: #a4abb5; --ground: #15171a; --panel: #202328;
  --line: #3a3f47; --kept: #8fdba5; --kept-ground: #12251a; --dropped: #f5a9b1; --dropped-ground: #2d1518; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--ground); }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; }
code, pre { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; } caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; overflow-wrap: anywhere; }
.facts td:first-child { white-space: nowrap; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
.kept { --own: var(--kept); --own-ground: var(--kept-ground); }
.dropped { --own: var(--dropped); --own-ground: var(--dropped-ground); }
.block { border-left: .4rem solid var(--own); background: var(--own-ground); margin: .4rem 0; padding: .4rem .8rem; }
.block.dropped { border-left-style: double; }
.label { color: var(--own); font-size: .85rem; font-weight: 600; }
.label .about { color: var(--dim); font-weight: 400; }
.said { unicode-bidi: isolate; overflow-wrap: anywhere; } .said > * { margin: .2rem 0; }
.said p, .said li { white-space: pre-wrap; } .said pre { overflow-x: auto; white-space: pre; }
details { font-size: .85rem; color: var(--dim); } summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0; }
dd { margin: 0; color: var(--text); overflow-wrap: anywhere; } .copy { user-select: all; }
.choice { margin-right: 1.2rem; }
#no-kept:checked ~ main .block.kept, #no-dropped:checked ~ main .block.dropped { display: none; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")
_HEADINGS = {1: "h3", 2: "h4", 3: "h5"}


def report(explanation: Explanation, name: str) -> str:
    """The page; `name` is what the scraped page is called."""
    return "\n".join(_lines(explanation, name)) + "\n"


def _lines(explanation: Explanation, name: str) -> Iterator[str]:
    language = explanation.document.language
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
    yield f"<title>{_text(name)}: kept and dropped</title>"
    yield f"<style>\n{_STYLE}</style></head>"
    yield f"<body><h1>{_text(name)}</h1>"
    yield from _summary(explanation)
    yield "<h2>Blocks</h2>"
    for id, told in (("no-kept", "hide what is kept"), ("no-dropped", "hide what is dropped")):
        yield f'<input type="checkbox" id="{id}"> <label class="choice" for="{id}">{told}</label>'
    yield f"<main{_lang(language)}>"
    for block in explanation.blocks:
        yield from _block(block)
    yield "</main></body></html>"


def _summary(explanation: Explanation) -> Iterator[str]:
    blocks = explanation.blocks
    kept = sum(block.kept for block in blocks)
    yield (
        f'<p>{len(blocks)} blocks: <span class="kept label">{kept} kept</span>, '
        f'<span class="dropped label">{len(blocks) - kept} dropped</span></p>'
    )
    if explanation.document.warnings:
        yield "<h2>Warnings</h2><ul>"
        yield from (
            f"<li>{_text(warning)} <code>{_text(warning.code)}</code></li>" for warning in explanation.document.warnings
        )
        yield "</ul>"
    yield '<div class="scroll">'
    yield from _table("Dropped by", ("rule or stage", "place", "blocks"), _reasons(blocks))
    yield from _table("Metadata", ("field", "value", "from"), _metadata(explanation))
    yield "</div>"


def _reasons(blocks: Iterable[ExplainedBlock]) -> Iterator[tuple[str, ...]]:
    counts = Counter((block.reason or "structure", block.source or "") for block in blocks if not block.kept)
    for (reason, source), count in counts.most_common():
        yield reason, source, str(count)


def _metadata(explanation: Explanation) -> Iterator[tuple[str, ...]]:
    values = explanation.to_dict(document=False)["metadata"]
    for name, places in explanation.sources.items():
        if name in values:
            yield name, str(values[name]), ", ".join(places)


def _table(caption: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    found = list(rows)
    if not found:
        return
    yield f"<table class='facts'><caption>{caption}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in head) + "</tr></thead><tbody>"
    for row in found:
        cells = (
            f'<td class="number">{cell}</td>'
            if cell.isdigit() and len(cell) < 9
            else f'<td dir="auto">{_text(cell)}</td>'
            for cell in row
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"


def _block(block: ExplainedBlock) -> Iterator[str]:
    mark = "kept" if block.kept else "dropped"
    about = [block.kind + (f" {block.level}" if block.level else "")]
    if block.reason:
        about.append(block.reason + (f" ({block.source})" if block.source else ""))
    if block.score is not None:
        about.append(
            f"score {block.score:.2f}" + (f", threshold {block.threshold:.2f}" if block.threshold is not None else "")
        )
    yield f'<section class="block {mark}" id="block-{block.index}">'
    yield f'<div class="label">{block.index} {mark} <span class="about">{_text(" · ".join(about))}</span></div>'
    yield f'<div class="said" dir="auto">{_said(block)}</div>'
    facts = list(_facts(block))
    if facts:
        yield f'<details lang="en"><summary>{_code(block.selector) if block.selector else "more"}</summary><dl>'
        yield from (f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
        yield "</dl></details>"
    yield "</section>"


def _said(block: ExplainedBlock) -> str:
    """What a block says, in an element of its kind."""
    text = _text(block.text or block.original)
    if block.kind == "image":
        return f"<p>[image] <code>{_text(block.src or '')}</code></p>"
    if block.kind == "rule":
        return "<hr>"
    if block.kind == "heading":
        tag = _HEADINGS.get(block.level or 2, "h6")
        return f"<{tag}>{text}</{tag}>"
    if block.kind == "list_item":
        return f"<ul><li>{text}</li></ul>"
    if block.kind in ("code", "math"):
        return f"<pre><code>{text}</code></pre>"
    if block.kind == "table":
        rows = ("".join(f"<td>{cell}</td>" for cell in row.split("\t")) for row in text.split("\n"))
        return f'<div class="scroll"><table><tbody>{"".join(f"<tr>{row}</tr>" for row in rows)}</tbody></table></div>'
    return f"<p>{text}</p>"


def _facts(block: ExplainedBlock) -> Iterator[tuple[str, str]]:
    """Names and values, escaped, of what is told of a block."""
    if block.selector:
        yield "selector", _code(block.selector) + (f" covers {block.fits} blocks" if block.fits != 1 else "")
    if block.element:
        yield "element", _code(block.element)
    if block.second_score is not None and block.second_threshold is not None:
        yield "second score", f"{block.second_score:.2f}, threshold {block.second_threshold:.2f}"
    if block.change:
        yield "to change it", _told(block.change, block.rule)
    if block.rule:
        yield "rule", _code(f"- {block.rule}")
    for said in block.decisions:
        place = f" ({said.source})" if said.source else ""
        yield said.action, _text(f"{said.by}{place}" + (f": {said.detail}" if said.detail else ""))
    if not block.kept and block.against:
        yield "against it", _text(", ".join(f"{name} {value:g}" for name, value in block.against))
    for cut in block.cuts:
        yield "cut", _text(f"{cut.text}" + (f" → {cut.replacement}" if cut.replacement else "") + f", by {cut.by}")


def _told(change: str, rule: str | None) -> str:
    """What would change a decision, with the rule as code."""
    before, mark, after = change.partition(f"`{rule}`")
    return _text(before) + (_code(str(rule)) if mark else "") + _text(after)


def _code(text: str) -> str:
    return f'<code class="copy" dir="ltr">{_text(text)}</code>'


def _text(text: str) -> str:
    """Text that cannot become markup, without signs that no page may have."""
    return escape(text.translate(_CONTROLS))


def _lang(language: str | None) -> str:
    return f' lang="{_text(language)}"' if language else ""
