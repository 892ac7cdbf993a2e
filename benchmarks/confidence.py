"""How far `Document.confidence` can be trusted: `python benchmarks/confidence.py [--plot docs/confidence.svg]`.

Cleans the pages of wcxb-dev with models that have not seen them, and compares the confidence with the word F1. Prints,
for ranges of confidence, the pages, their mean word F1, and how many have a word F1 under .7 and under .5. Needs
`../shared` and this folder on PYTHONPATH.
"""

from __future__ import annotations

import argparse
import os
import sys
from itertools import pairwise
from pathlib import Path

import out_of_fold

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("CLEANER_SHARED") or HERE.parent.parent / "shared")
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
BAD = (0.7, 0.5)


def measured(every: int) -> list[tuple[float, float]]:
    """The confidence and the word F1 of each page whose main content the score chose."""
    sys.path.insert(0, str(SHARED / "bench"))
    import metrics
    import pages

    found = []
    for page in pages.load(SHARED / "corpora" / "wcxb-dev", every):
        document = out_of_fold.engine(page.id).clean(page.html, url=page.url, media_type="text/html")
        if document.confidence is not None:
            right = metrics.word_prf(document.text, page.gold.get("main_content") or "")[2]
            found.append((document.confidence, right))
    return found


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def ranges(found: list[tuple[float, float]]) -> list[tuple[float, float, list[float]]]:
    """For each range of confidence its mean confidence, the highest one, and the word F1 of its pages."""
    out = []
    for low, high in pairwise(EDGES):
        inside = [(said, right) for said, right in found if low <= said < high]
        if inside:
            out.append((mean([said for said, _ in inside]), min(high, 1.0), [right for _, right in inside]))
    return out


def plot(found: list[tuple[float, float]]) -> str:
    """The pages as dots, and the ranges' means as a line beside the diagonal; an SVG."""
    size, edge = 360, 40

    def place(said: float, right: float) -> str:
        return f"{edge + said * size:.1f},{edge + (1 - right) * size:.1f}"

    def dot(said: float, right: float) -> str:
        x, y = place(said, right).split(",")
        return f'<circle cx="{x}" cy="{y}" r="1.5"/>'

    means = " ".join(place(said, mean(rights)) for said, _, rights in ranges(found))
    marks = "".join(
        f'<text x="{edge + step * size / 5:.0f}" y="{edge + size + 16}" text-anchor="middle">{step / 5:g}</text>'
        f'<text x="{edge - 6}" y="{edge + size - step * size / 5 + 4:.0f}" text-anchor="end">{step / 5:g}</text>'
        for step in range(6)
    )
    body = (
        f'<g fill="#69c" fill-opacity=".45">{"".join(dot(*each) for each in found)}</g>\n'
        f'<polyline points="{place(0, 0)} {place(1, 1)}" fill="none" stroke="#999" stroke-dasharray="4"/>\n'
        f'<polyline points="{means}" fill="none" stroke="#c33" stroke-width="2"/>\n{marks}\n'
        f'<text x="{edge + size / 2:.0f}" y="{edge + size + 34}" text-anchor="middle">confidence</text>\n'
        f'<text x="{edge}" y="{edge - 14}">word F1 of the page; red: mean of a range</text>'
    )
    whole = size + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" font-family="sans-serif" '
        f'font-size="12">\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="where to write the plot")
    args = parser.parse_args()
    found = measured(args.every)
    for said, high, rights in ranges(found):
        bad = "  ".join(f"under {least}: {sum(right < least for right in rights) / len(rights):.2f}" for least in BAD)
        print(f"up to {high:.2f}: {len(rights):5} pages  confidence {said:.3f}  word F1 {mean(rights):.3f}  {bad}")
    wrong = [right for said, right in found if said < BAD[0]]
    print(f"confidence under .7: {len(wrong)} pages, word F1 under .7 on {sum(right < 0.7 for right in wrong)} of them")
    print(f"mean error: {mean([abs(said - right) for said, right in found]):.3f}")
    if args.plot:
        args.plot.write_text(plot(found), "utf-8")


if __name__ == "__main__":
    main()
