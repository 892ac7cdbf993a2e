"""The pause of the garbage collection while a page is cleaned."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

import cleaner.engine
from cleaner.pause import COLLECTION_PAUSE, CollectionPause


@pytest.fixture(autouse=True)
def collection() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was_on else gc.disable)()


def test_collection_is_off_inside_and_on_behind() -> None:
    pause = CollectionPause()
    with pause:
        assert not gc.isenabled()
        with pause:
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    pause = CollectionPause()
    gc.disable()
    with pause:
        pass
    assert not gc.isenabled()


def test_an_exception_ends_the_pause() -> None:
    with pytest.raises(KeyError), CollectionPause():
        raise KeyError
    assert gc.isenabled()


def test_many_objects_are_searched_between_the_pages_of_threads_that_overlap() -> None:
    pause = CollectionPause()
    searched: list[int] = []
    gc.callbacks.append(note := lambda phase, info: searched.append(info["generation"]) if phase == "start" else None)
    try:
        with pause:
            with pause:
                kept = [[n] for n in range(300_000)]
            assert searched == [2]
    finally:
        gc.callbacks.remove(note)
    assert len(kept) == 300_000


@pytest.mark.skipif(not hasattr(os, "register_at_fork"), reason="the system does not fork")
def test_a_forked_process_starts_anew() -> None:
    pause = CollectionPause()
    pause.__enter__()
    pause.forget_threads()
    assert gc.isenabled()
    with pause:
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_page_is_cleaned_in_the_pause_and_leaves_collection_on(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []
    monkeypatch.setattr(cleaner.engine, "STAGES", (lambda work: inside.append(gc.isenabled()),))
    cleaner.clean("<p>A page.")
    assert inside == [False]
    assert gc.isenabled()
    assert COLLECTION_PAUSE is cleaner.engine.COLLECTION_PAUSE


def test_a_finalizer_may_clean_a_page_while_garbage_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    pause = CollectionPause()
    monkeypatch.setattr("cleaner.pause._MANY", 0)

    class Cleans:
        def __del__(self) -> None:
            with pause:
                pass

    with pause:
        with pause:
            own = Cleans()
            own.me = own  # type: ignore[attr-defined]
            del own
            kept = [[n] for n in range(10)]
        assert not gc.isenabled()
    assert gc.isenabled() and kept


def test_a_process_that_was_forked_inside_leaves_the_pause_as_others_do() -> None:
    pause = CollectionPause()
    with pause:
        pause.forget_threads()
    with pause:
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.parametrize("media_type", ["text/html", "text/plain", "text/markdown"])
def test_a_page_leaves_no_cycle_behind(media_type: str) -> None:
    page = "<h1>Bees</h1>\n\n" + "<p>A hive has one queen, who lays all of its eggs.</p>\n\n" * 20
    cleaner.clean(page, media_type=media_type)  # imports what it needs
    gc.collect()
    gc.disable()
    cleaner.clean(page, media_type=media_type)
    gc.disable()
    assert gc.collect() == 0
