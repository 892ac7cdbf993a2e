"""How time grows with a page: `python benchmarks/growth.py [--plot docs/growth.svg] [--largest 10000000]`.

Makes pages of 10 KB to 10 MB, as HTML with menus, lists and links and as flattened text, cleans each several times and
prints the CPU time a megabyte; linear growth is a flat line. `--plot` draws it. `--memory BYTES` cleans one flattened
text of that size instead, and prints how much more memory the process needed at its peak than after a small text.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

from batch import OBJECTS, page, paragraph, sentence

from cleaner import Cleaner

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
MEDIA = ("text/html", "text/plain")


def html(chance: random.Random, size: int) -> str:
    """A page of about `size` characters: a menu, then sections with headings, paragraphs, links and lists."""
    menu = "".join(f'<li class="menu-item"><a href="/{n}">{chance.choice(OBJECTS)}</a></li>' for n in range(20))
    parts = [f'<body><nav class="menu"><ul>{menu}</ul></nav><main><article class="post">']
    length = len(parts[0])
    while length < size:
        items = "".join(f"<li>{sentence(chance)}</li>" for _ in range(3))
        link = f'<a href="/more">{chance.choice(OBJECTS)}</a>'
        parts.append(
            f'<section class="part"><h2>{chance.choice(OBJECTS).capitalize()}</h2><p>{paragraph(chance)} {link}</p>'
            f'<p class="lead"><em>{sentence(chance)}</em> {paragraph(chance)}</p><ul>{items}</ul></section>'
        )
        length += len(parts[-1])
    return "".join([*parts, "</article></main></body>"])


def seconds(job: Callable[[], object], least: float = 0.3) -> float:
    """The CPU time of a job: the best of several runs that together take `least` seconds or more."""
    best, spent, runs = float("inf"), 0.0, 0
    while spent < least or runs < 2:
        start = time.process_time()
        job()
        taken = time.process_time() - start
        best, spent, runs = min(best, taken), spent + taken, runs + 1
    return best


def measure(largest: int) -> dict[str, list[tuple[int, float]]]:
    """For each media type the sizes in bytes with the seconds that they took."""
    cleaner = Cleaner()
    makers = {"text/html": html, "text/plain": page}
    found: dict[str, list[tuple[int, float]]] = {media: [] for media in MEDIA}
    for media, make in makers.items():
        for size in (s for s in SIZES if s <= largest):
            data = make(random.Random(size), size).encode()
            taken = seconds(lambda data=data, media=media: cleaner.clean(data, media_type=media))  # type: ignore[misc]
            found[media].append((len(data), taken))
            print(
                f"{media:10} {len(data) / 1e6:7.2f} MB  {taken:7.3f} s  {1e6 * taken / len(data):6.3f} s/MB", flush=True
            )
    return found


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def memory(size: int) -> None:
    """Prints what one text takes."""
    cleaner, text = Cleaner(), page(random.Random(size), size)
    cleaner.clean(text[:10_000], media_type="text/plain")
    before, start = peak(), time.process_time()
    blocks = len(cleaner.clean(text, media_type="text/plain").blocks)
    taken, used = time.process_time() - start, peak() - before
    print(
        f"{len(text) / 1e6:.1f} MB, {blocks} blocks: {taken:.1f} s, "
        f"{used / 1e6:.0f} MB of memory, {used / len(text):.1f} times the text"
    )


def plot(found: dict[str, list[tuple[int, float]]]) -> str:
    """An SVG with a line a media type: seconds a megabyte over megabytes, the sizes on a logarithmic scale."""
    width, height, margin = 640, 320, 50
    most = 1.15 * max(1e6 * taken / size for rows in found.values() for size, taken in rows)
    steps = max(map(len, found.values())) - 1

    def place(step: int, rate: float) -> str:
        x = margin + step * (width - 2 * margin) / max(steps, 1)
        return f"{x:.1f},{height - margin - rate / most * (height - 2 * margin):.1f}"

    marks = []
    for step, size in enumerate(SIZES[: steps + 1]):
        x = place(step, 0).split(",")[0]
        marks.append(f'<text x="{x}" y="{height - margin + 18}" text-anchor="middle">{size / 1e6:g} MB</text>')
    lines = []
    for (media, rows), colour in zip(found.items(), ("#1f6feb", "#bf5700"), strict=True):
        points = [place(step, 1e6 * taken / size) for step, (size, taken) in enumerate(rows)]
        x, y = points[-1].split(",")
        lines.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(points)}"/>')
        lines.append(f'<text x="{x}" y="{float(y) - 8:.1f}" text-anchor="end" fill="{colour}">{media}</text>')
    axis = f'<line x1="{margin}" y1="{height - margin}" x2="{width - margin}" y2="{height - margin}" stroke="#666"/>'
    title = f'<text x="{margin}" y="24">CPU seconds a megabyte (0 to {most:.2f}); flat is linear</text>'
    body = "\n".join([title, axis, *marks, *lines])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
        f'font-size="12">\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plot", type=Path, metavar="FILE")
    parser.add_argument("--largest", type=int, default=SIZES[-1], metavar="BYTES")
    parser.add_argument("--memory", type=int, metavar="BYTES")
    args = parser.parse_args()
    if args.memory:
        memory(args.memory)
        return
    found = measure(args.largest)
    if args.plot:
        args.plot.write_text(plot(found))


if __name__ == "__main__":
    main()
