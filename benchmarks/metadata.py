"""Pages whose metadata is wrong: `python benchmarks/metadata.py FIELD [--set DIR] [--every N] [--factory M:F]`.

FIELD is title, author or date. For each page whose value is not the gold's it prints both, where ours is from, and what
the page says of itself around its heading. At the end stands the share of right values, as `html_f1.py` counts it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

SHARED = Path(os.environ.get("CLEANER_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")
sys.path.insert(0, str(SHARED / "bench"))
GOLD = {"title": "title", "author": "author", "date": "publish_date"}


def main() -> None:
    import engines
    import pages
    from metrics import key

    from cleaner.html.facts import collect
    from cleaner.html.parse import parse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("field", choices=GOLD)
    parser.add_argument("--set", type=Path, default=pages.CORPORA / "wcxb-dev")
    parser.add_argument("--every", type=int, default=1)
    engines.add_option(parser)
    args = parser.parse_args()
    engine_of = engines.engine_for(args.factory)
    asked = right = 0
    for page in pages.load(args.set, args.every):
        explanation = engine_of(page.id).explain(page.html, url=page.url, media_type="text/html")
        got, gold = getattr(explanation.document, args.field) or "", page.gold.get(GOLD[args.field]) or ""
        size = 10 if args.field == "date" else None
        is_right = bool(got) == bool(gold) and key(got)[:size] == key(gold)[:size]
        asked += bool(gold)
        right += bool(gold) and is_right
        if is_right:
            continue
        text = page.html.decode("utf-8", "replace")
        facts = collect(parse(text)[0], text)
        print(
            f"{page.id} {page.kind} {page.url}\n  gold {gold!r}\n  ours {got!r} {explanation.sources.get(args.field)}"
        )
        print(f"  title {facts.title!r}, headings {facts.headings[:3]}, brands {facts.brands[:3]}")
        print(f"  bylines {facts.bylines[:3]}\n  times {facts.times[:3]}\n  text {facts.opening[:12]}")
    print(f"{right} of {asked} right: {right / max(asked, 1):.3f}")


if __name__ == "__main__":
    main()
