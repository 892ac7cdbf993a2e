"""Contextual conditions: a block that goes is no evidence for what is said of another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import Cleaner, load_rules

BRIDGE = "The bridge was closed for repairs in the spring, and the ferry took all the traffic of the town."
JUNE = "It opened again in June, two months later than the council had promised to the whole town."
PAYS = "Nobody wants to say who pays for the delay, and the builder has gone home for the summer."
ADVERT = "Advertising in the harbour paper pays for the ferry, and has done so for as long as anybody knows."


def html(blocks: list[str]) -> str:
    return "".join(f"<p>{block}</p>" for block in blocks)


def text(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


LABELS_IN_A_ROW = [
    ([html, text], ["Advertisement", "Story continues below advertisement"]),
    ([html, text], ["Advertisement", "Advertisement - Scroll to continue", "Story continues below advertisement"]),
    ([html, text], ["Anzeige | Weiterlesen"]),
    ([html, text], ["Anzeige", "Anzeige | Weiterlesen"]),
    ([html, text], ["Anzeige", "Werbung – weiter unten"]),
    ([html, text], ["Publicité – La suite ci-dessous"]),
    ([html, text], ["PUBLICITÉ", "Publicité – La suite ci-dessous"]),
    ([html, text], ["Publicidad · Continúa leyendo", "Publicidad · Continúa leyendo"]),
    ([html, text], ["Advertentie", "Reclame - lees verder"]),
    ([html, text], ["РЕКЛАМА", "Реклама | Читать далее"]),
    ([html, text], ["Anzeige | Weiterlesen", "Artikel wird nach der Anzeige fortgesetzt"]),
    ([text], ["Werbung", "Werbung", "Anzeige"]),
    ([text], ["Publicité", "La suite après cette publicité"]),
]


@pytest.mark.parametrize(
    ("write", "labels"),
    [
        pytest.param(write, labels, id=f"{write.__name__}: {' / '.join(labels)}")
        for writes, labels in LABELS_IN_A_ROW
        for write in writes
    ],
)
def test_labels_in_a_row_all_go(write: Callable[[list[str]], str], labels: list[str]) -> None:
    document = Cleaner().clean(write([BRIDGE, *labels, JUNE, PAYS]))
    assert [block.text for block in document.blocks] == [BRIDGE, JUNE, PAYS]
    assert [removal.text for removal in document.removed] == labels


def removed(tmp_path: Path, rules: str, data: str, **options: object) -> list[tuple[str, str]]:
    path = tmp_path / "own.yaml"
    path.write_text(rules, "utf-8")
    cleaner = Cleaner(load_rules(path, shipped=False), **({"extractor": "none"} | options))  # type: ignore[arg-type]
    return [(removal.text, removal.reason) for removal in cleaner.clean(data).removed]


HEADS_NEXT = "rules:\n- drop: {text: Advertising, heads_next: false}\n  id: label\n"


@pytest.mark.parametrize(
    ("more", "blocks", "goes"),
    [
        ("", ["Advertising", ADVERT], False),
        ("", ["Advertising", JUNE], True),
        ("", ["Advertising", BRIDGE, ADVERT], True),
        # What a rule drops stands between nothing.
        ("- drop: Advertising rates\n  id: rates\n", ["Advertising", "Advertising rates", BRIDGE], True),
        ("- drop: Rates\n  id: rates\n", ["Advertising", "Rates", ADVERT], False),
        # What a rule keeps is there, whatever drops it.
        ("- drop: Rates\n  id: rates\n- keep: Rates\n", ["Advertising", "Rates", ADVERT], True),
    ],
)
def test_the_next_block_is_one_that_stays(tmp_path: Path, more: str, blocks: list[str], goes: bool) -> None:
    found = removed(tmp_path, HEADS_NEXT + more, html(blocks))
    assert (("Advertising", "label") in found) is goes


def test_what_the_extractor_drops_is_no_next_block(tmp_path: Path) -> None:
    menu = "".join(
        f'<li><a href="/{n}">Advertising in {town}</a></li>' for n, town in enumerate(["Ost", "Wye", "Tarn"])
    )
    page = html([BRIDGE, JUNE, PAYS, BRIDGE, JUNE]) + f"<p>Advertising</p><footer><ul>{menu}</ul></footer>"
    page = f"<body><article>{page}</article></body>"
    assert ("Advertising", "label") in removed(tmp_path, HEADS_NEXT, page, extractor="auto")


RECURS = "rules:\n- drop: {recurs_irregularly: 3, kind: paragraph}\n  id: recurs\n"


@pytest.mark.parametrize(
    ("more", "goes"),
    [
        ("", False),  # another text comes back too
        ("- drop: Skip\n  id: skip\n", True),  # that one goes
        ("- drop: {repeats: 3, text: Skip}\n  id: skip\n", True),  # also where it goes for its context
    ],
)
def test_what_goes_does_not_come_back(tmp_path: Path, more: str, goes: bool) -> None:
    blocks = [BRIDGE, "Klarix", JUNE, "Skip", PAYS, "Klarix", BRIDGE, "Skip", JUNE, "Klarix", PAYS, "Skip", BRIDGE]
    assert (("Klarix", "recurs") in removed(tmp_path, RECURS + more, html(blocks))) is goes


def test_running_heads_of_printed_pages_do_not_come_back(tmp_path: Path) -> None:
    pages = [f"Harbour News\n\n{BRIDGE}\n\nKlarix\n\n{JUNE}\n\n{PAYS}\n\n{number}" for number in range(1, 5)]
    found = removed(tmp_path, RECURS, "\f".join(pages), extractor="auto")
    assert found.count(("Klarix", "recurs")) == 4
    assert ("Harbour News", "text.printed") in found
