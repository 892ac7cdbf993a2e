"""A plot of quality against time, as SVG: a dot for the time to text, a ring for the time to Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, MARGIN = 720, 400, 56
STYLE = """
.ground { fill: #ffffff } text { fill: #24292f } .grid { stroke: #d0d7de } .own { fill: #0969da; stroke: #0969da }
.peer { fill: #57606a; stroke: #57606a } .ring { fill: none; stroke-width: 2 } .bold { font-weight: bold }
@media (prefers-color-scheme: dark) {
.ground { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d } .own { fill: #58a6ff; stroke: #58a6ff }
.peer { fill: #8b949e; stroke: #8b949e } .ring { fill: none }
}
"""
LETTER, LINE = 7, 14
"""About the width and the height of a letter."""


class Point(NamedTuple):
    """A contender."""

    name: str
    text: float
    """Milliseconds a page, over 0."""
    quality: float
    markdown: float | None = None


class Box(NamedTuple):
    """What a label or a mark covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they have a place in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Axes:
    """Where times and qualities stand: times on a logarithmic scale, qualities from a step below the least."""

    def __init__(self, times: Sequence[float], qualities: Sequence[float]) -> None:
        self.times = ticks(min(times), max(times))
        self.low = math.floor(20 * min(qualities) - 0.2) / 20
        self.high = math.ceil(20 * max(qualities) + 0.2) / 20

    def x(self, time: float) -> float:
        """Where a time stands."""
        first, last = math.log(self.times[0]), math.log(self.times[-1])
        return MARGIN + (math.log(time) - first) / (last - first) * (WIDTH - 2 * MARGIN)

    def y(self, quality: float) -> float:
        """Where a quality stands."""
        return HEIGHT - MARGIN - (quality - self.low) / (self.high - self.low) * (HEIGHT - 2 * MARGIN)

    def drawn(self) -> Iterator[str]:
        """The lines of the grid, with what they stand for."""
        bottom = HEIGHT - MARGIN
        for time in self.times:
            x = self.x(time)
            yield f'<line class="grid" x1="{x:.1f}" y1="{MARGIN}" x2="{x:.1f}" y2="{bottom}"/>'
            yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{time:g} ms</text>'
        for step in range(round(20 * self.low), round(20 * self.high) + 1):
            y = self.y(step / 20)
            yield f'<line class="grid" x1="{MARGIN}" y1="{y:.1f}" x2="{WIDTH - MARGIN}" y2="{y:.1f}"/>'
            yield f'<text x="{MARGIN - 8}" y="{y + 4:.1f}" text-anchor="end">{step / 20:.2f}</text>'


def ticks(least: float, most: float) -> list[float]:
    """1, 2, 5, 10 and so on, from one at or under the least to one at or over the most."""
    steps = [factor * 10.0**power for power in range(-4, 7) for factor in (1, 2, 5)]
    first = max(n for n, step in enumerate(steps) if step <= least)
    last = min(n for n, step in enumerate(steps) if step >= most and n > first)
    return steps[first : last + 1]


def around(x: float, y: float, wide: float) -> Iterator[Box]:
    """Places for a label beside, above and below a mark, and farther off, in the order in which they are tried."""
    for off in (0, 1, 2, 3):
        for down in {0, off, -off}:
            top = y - LINE / 2 + down * LINE
            yield Box(x + 10, top, x + 10 + wide, top + LINE)
            yield Box(x - 10 - wide, top, x - 10, top + LINE)
        for down in (-1 - off, 1 + off):
            top = y - LINE / 2 + down * LINE
            yield Box(x - wide / 2, top, x + wide / 2, top + LINE)


def label_places(axes: Axes, points: Sequence[Point]) -> list[Box]:
    """A place for each name that meets neither a mark nor another name, where there is one."""
    marks = [
        Box(axes.x(time) - 6, axes.y(point.quality) - 6, axes.x(time) + 6, axes.y(point.quality) + 6)
        for point in points
        for time in (point.text, point.markdown)
        if time
    ]
    taken: list[Box] = []
    for point in points:
        places = list(around(axes.x(point.text), axes.y(point.quality), LETTER * len(point.name)))
        free = (
            place
            for place in places
            if place.left >= MARGIN
            and place.right <= WIDTH
            and not any(place.meets(other) for other in (*marks, *taken))
        )
        taken.append(next(free, places[0]))
    return taken


def mark(axes: Axes, point: Point, own: bool) -> Iterator[str]:
    """The dot of a contender, and its ring with a line to it."""
    kind, y = "own" if own else "peer", axes.y(point.quality)
    x = axes.x(point.text)
    if point.markdown:
        ring = axes.x(point.markdown)
        yield f'<line class="{kind}" x1="{x:.1f}" y1="{y:.1f}" x2="{ring - 5:.1f}" y2="{y:.1f}"/>'
        yield f'<circle class="{kind} ring" cx="{ring:.1f}" cy="{y:.1f}" r="5"/>'
    yield f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'


def scatter(points: Sequence[Point], floor: float, own: str = "cleaner") -> str:
    """An SVG of the points, with a line at the time that a bare parse takes. `own` is the point that stands out."""
    times = [time for point in points for time in (point.text, point.markdown, floor) if time]
    axes = Axes(times, [point.quality for point in points])
    parts = [
        f'<text x="{MARGIN}" y="22">word F1 of the main content over CPU time a page; better is up and left</text>',
        f'<text x="{MARGIN}" y="40">● to text   ○ to Markdown with metadata   ┆ bare parse</text>',
        *axes.drawn(),
        f'<line class="peer" stroke-dasharray="4" x1="{axes.x(floor):.1f}" y1="{MARGIN}" x2="{axes.x(floor):.1f}" '
        f'y2="{HEIGHT - MARGIN}"/>',
    ]
    for point, place in zip(points, label_places(axes, points), strict=True):
        parts += mark(axes, point, point.name == own)
        bold = ' class="bold"' if point.name == own else ""
        parts.append(
            f'<text{bold} x="{(place.left + place.right) / 2:.1f}" y="{place.bottom - 3:.1f}" text-anchor="middle">'
            f"{escape(point.name)}</text>"
        )
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
        f'font-size="12">\n<style>{STYLE}</style>\n<rect class="ground" width="100%" height="100%"/>\n{body}\n</svg>\n'
    )
