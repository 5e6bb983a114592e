"""The analysis of the articles loaded, made once, with its progress and its first results on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import AttributionError
from attribution.pages import state
from attribution.pages.frame import note
from attribution.pages.words import count, speaker_label

if TYPE_CHECKING:
    from attribution.analysis import Analysis


def quotes_and_stances() -> Analysis | None:
    """The analysis of the articles loaded; `None` where a line on the page says what is missing."""
    loaded = state.articles()
    if not loaded:
        note("No article is loaded. Add your own text in the sidebar, or start with the name of a file.")
        return None
    waiting = st.empty()
    try:
        found = state.extracted(loaded, _bar(waiting, "Finding quotes and speakers, articles done"))
        if not found.quotes:
            note("These articles hold no direct quote: nothing stands in quotation marks that somebody said.")
        elif not st.session_state["target"]:
            note("Which operation? Name it in the sidebar to see each quote's stance on it.")
        else:
            found = _with_stances(found, waiting)
    except AttributionError as error:
        note(str(error), "error")
        return None
    finally:
        waiting.empty()
    return found


def _with_stances(found: Analysis, waiting: st.delta_generator.DeltaGenerator) -> Analysis:
    """`found` with its stances; an operation that is none is told, and the quotes stay."""
    try:
        wanted = state.targets()
        if not all(state.is_classified(found, target) for target in wanted):
            with waiting.container():
                progress = _bar(st.empty(), "Reading stances, quotes done")
                rows = [
                    {"Speaker": speaker_label(quote), "Quote": quote.quote.text}
                    for quote in found.quotes[:200]
                ]
                st.caption(f"{count(len(found.quotes), 'quote')} found; their stances follow.")
                st.dataframe(rows, hide_index=True)
                return state.classified(found, wanted, progress)
        return state.classified(found, wanted, lambda done, total, what: None)
    except AttributionError as error:
        note(str(error), "error")
        return found


def _bar(place: st.delta_generator.DeltaGenerator, what: str) -> state.Progress:
    """A progress bar. The analysis's own word for its step may be anybody's: it is left out."""
    place.progress(0.0, text=f"{what} …")

    def progress(done: int, total: int, _: str) -> None:
        place.progress(min(done / max(total, 1), 1.0), text=f"{what}: {done:,} of {total:,}")

    return progress
