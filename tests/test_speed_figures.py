"""The tables and the plot of `benchmarks/speed.py`, of figures that are made up."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture
def speed(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import speed

    return speed


def figures(speed: Any) -> dict[str, Any]:
    """A floor, cleaner, a peer with Markdown and one without."""
    return {
        speed.FLOOR: speed.Measured(speed.FLOOR, [2.0, 4.0, 3.0]),
        speed.OURS: speed.Measured(speed.OURS, [20.0, 24.0, 21.0], [30.0, 32.0, 34.0], 0.8844, 250.4),
        speed.PEER: speed.Measured("Trafilatura 9", [40.0, 72.0, 42.0], [90.0, 96.0, 170.0], 0.822, 300.0),
        "Quick & plain": speed.Measured("Quick & plain 1", [3.0, 3.0, 3.0], [], 0.79, 50.0),
    }


def test_a_row_has_the_medians_of_the_rounds(speed: Any) -> None:
    rows = speed.pages_table(figures(speed)).splitlines()
    assert rows[2:4] == ["| lxml's bare parse | 3.0 ms |  |  |  |", "| cleaner | 21.0 ms | 32.0 ms | 250 ms | .884 |"]
    assert rows[5] == "| Quick & plain 1 | 3.0 ms |  | 50 ms | .790 |"


def test_ratios_are_of_the_same_round(speed: Any) -> None:
    flat, batch = [speed.Flat("cleaner", 5.04, 0.86, 0.96)], speed.Batch(3000, 27_100.0, 11.0, 1.5, 1.94)
    shown = speed.ratios_table(figures(speed), flat, batch)
    values = [line.split(" | ")[-1].removesuffix(" |") for line in shown.splitlines()[2:]]
    assert values == ["7.0", "2.0", "3.0", "5.0 MB/s", "250 ms", "1.5 ms above 11.0 ms", "1.94"]
    assert "3,000 HTML files of 27 KB" in shown


def test_the_plot_names_each_contender_once_and_apart(speed: Any) -> None:
    import scatter

    points = speed.points(figures(speed))
    drawn = ElementTree.fromstring(scatter.scatter(points, 3.0))
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert [point.name for point in points] == ["cleaner", "Trafilatura", "Quick & plain"]
    assert all(texts.count(point.name) == 1 for point in points)
    crowd = [scatter.Point(f"library {n}", 20.0 + n / 10, 0.8) for n in range(4)]
    places = scatter.label_places(scatter.Axes([1.0, 50.0], [0.7, 0.9]), crowd)
    assert not any(one.meets(other) for one, other in combinations(places, 2))


def test_tables_are_put_between_their_comments(speed: Any, tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("Before\n<!-- speed: by x -->\n\nold\n\n<!-- end of speed -->\nAfter\n")
    speed.put(document, "speed", "new\n")
    assert document.read_text() == "Before\n<!-- speed: by x -->\n\nnew\n\n<!-- end of speed -->\nAfter\n"
    with pytest.raises(ValueError, match="no place for other"):
        speed.put(document, "other", "new\n")
