"""The quality gate: scores a fixed sample of the shared page sets and fails where a figure is under its floor.

`python benchmarks/gate.py` compares with `floors.json`; `--write` sets the floors anew, a little under the figures.
Pages that the shipped model has learnt from are cleaned with the model of their fold.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("CLEANER_SHARED") or HERE.parent.parent / "shared")
FLOORS = HERE / "floors.json"
MARGIN = 0.005
"""What a figure may fall by: about what a change that is as good moves it on so few pages."""
FIXED = {"kept": 0.999}
"""Floors that are promises: of a text that is all content, one word in a thousand may be lost."""


def html_figures(html_f1: ModuleType) -> dict[str, float]:
    """Word F1 on every fifteenth page, with models that have not seen it, and with Trafilatura's choice."""
    found = html_f1.score("cleaner", SHARED / "corpora" / "wcxb-dev", 15, None, "out_of_fold:engine")
    return {"html word F1": found["f1"], "html pages without an error": 1 - len(found["errors"]) / found["pages"]}


def flat_figures(flat: ModuleType, pages: ModuleType) -> dict[str, float]:
    """Flattened text in six layouts, every eighth page, with models that have not seen it."""
    markers = [m for m in (SHARED / "bench" / "markers-dev.txt").read_text("utf-8").splitlines() if m.strip()]
    kinds = ("article", "documentation", "service")
    chosen = [p for p in pages.load(SHARED / "corpora" / "wcxb-dev", 8) if p.kind in kinds]
    samples = [s for s in (flat.sample(p, markers) for p in chosen) if s]
    run, found = flat.cleaner_blocks("out_of_fold:engine"), {}
    for layout in ("blank", "wrapped", "wrapped-tight", "proportional", "hand", "paged"):
        given = flat.evaluate(run, samples, layout)
        found |= {f"flat {layout} {name}": given[name] for name in ("heading_f1", "block_f1", "markers_gone")}
        found[f"flat {layout} words kept"] = 1 - given["lost"]
    return found


def flat_page_figures(pages: ModuleType, metrics: ModuleType) -> dict[str, float]:
    """Word F1 of every fifteenth page flattened with its menus, with models that have not seen it.

    Nothing where Resiliparse, which flattens them, is not installed.
    """
    if find_spec("resiliparse") is None:
        return {}
    import flat_pages

    run, found = flat_pages.runner("cleaner", "out_of_fold:engine"), []
    for page in pages.load(SHARED / "corpora" / "wcxb-dev", 15):
        markup = page.html.decode("utf-8", "replace")
        text = flat_pages.extract_plain_text(markup, main_content=False, alt_texts=False)
        found.append(metrics.word_prf(run(page.id, text), page.gold.get("main_content") or "")[2])
    return {"flat pages word F1": metrics.mean(found)}


def structure_figures(structure: ModuleType, metrics: ModuleType) -> dict[str, float]:
    """Headings and blocks of every second page of four news portals, which no model has learnt from."""
    folder = SHARED / "corpora" / "cleanportaleval"
    run, words, heads, blocks = structure.runner("cleaner", None), [], [], []
    for gold in sorted((folder / "GoldStandard").glob("*.txt"))[::2]:
        raw = structure.HEADER.sub(b"", (folder / "input" / f"{gold.stem}.html").read_bytes())
        want = structure.gold_blocks(structure.decode(gold.read_bytes()))
        got = run(gold.stem, raw, None)
        words.append(metrics.word_prf("\n".join(t for _, t in got), "\n".join(t for _, t in want))[2])
        for values, is_heading in ((heads, True), (blocks, False)):
            counts = metrics.counts(*([t for k, t in side if (k == "h") is is_heading] for side in (got, want)))
            if counts[2]:
                values.append(metrics.f1(*counts))
    mean: Callable[[Any], float] = metrics.mean
    return {"portal word F1": mean(words), "portal heading F1": mean(heads), "portal block F1": mean(blocks)}


def measure() -> dict[str, float]:
    """All figures of the gate."""
    sys.path[:0] = [str(SHARED / "bench"), str(HERE)]
    random.seed(0)
    import flat
    import html_f1
    import metrics
    import pages
    import structure

    found = html_figures(html_f1) | flat_figures(flat, pages) | flat_page_figures(pages, metrics)
    found |= structure_figures(structure, metrics)
    return {name: round(value, 4) for name, value in found.items()}


def main() -> int:
    if not (SHARED / "corpora" / "wcxb-dev").is_dir():
        print("quality gate skipped: the shared page sets are not here")
        return 0
    found = measure()
    if "--write" in sys.argv:
        floors = {name: FIXED.get(name.split()[-1]) or round(value - MARGIN, 4) for name, value in found.items()}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")
    floors = json.loads(FLOORS.read_text("utf-8"))
    fallen = skipped = 0
    for name, floor in floors.items():
        if name not in found:
            skipped += 1
            print(f"skip  {name:32} resiliparse is not installed")
            continue
        low = found[name] < floor
        fallen += low
        print(f"{'FELL' if low else 'ok  '}  {name:32} {found[name]:.4f}  floor {floor:.4f}")
    print(f"{len(floors) - fallen - skipped} passed, {skipped} skipped, {fallen} failed")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main())
