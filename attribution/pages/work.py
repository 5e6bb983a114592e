"""The analysis of the articles loaded, made once, with its progress and its first results on the page."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import AttributionError
from attribution.charts import strip_chart
from attribution.pages import analyses, library, view
from attribution.pages.frame import is_dark, note
from attribution.pages.words import STANCES, count, speaker_label, target_label

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote


def quotes_and_stances() -> Analysis | None:
    """The analysis of the articles loaded; `None` where a line on the page says what is missing."""
    loaded = library.articles()
    if not loaded:
        note("No article is loaded. Add your own text in the sidebar, or start with the name of a file.")
        return None
    waiting = st.empty()
    try:
        found = analyses.extracted(
            loaded, progress_bar(waiting, "Finding quotes and speakers, articles done")
        )
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
        wanted = view.targets()
        if all(analyses.is_classified(found, target) for target in wanted):
            return analyses.classified(found, wanted, lambda done, total, what: None, lambda part: None)
        with waiting.container():
            progress = progress_bar(st.empty(), "Reading stances, quotes done")
            st.caption(f"{count(len(found.quotes), 'quote')} found; their stances follow.")
            return analyses.classified(found, wanted, progress, _FirstResults(found, st.empty()))
    except AttributionError as error:
        note(str(error), "error")
        return found


class _FirstResults:
    """The picture and the words of the quotes read so far, drawn again now and then as more are."""

    def __init__(self, found: Analysis, place: st.delta_generator.DeltaGenerator) -> None:
        self._place = place
        self._draw(replace(found, quotes=()), found.quotes[:_ROWS])
        self._drawn = self._took = 0.0  # the first stances are drawn as soon as they come

    def __call__(self, part: Analysis) -> None:
        # Drawing must not hold up the reading: most of the time goes to that.
        if time.monotonic() - self._drawn > max(1.0, 4 * self._took):
            self._draw(part, part.quotes[-_ROWS:])

    def _draw(self, part: Analysis, quotes: Sequence[AttributedQuote]) -> None:
        began = time.monotonic()
        with self._place.container():
            if part.quotes:
                target = part.quotes[0].stances[0].target
                figure = strip_chart(part.quotes, target, dark=is_dark())
                st.html(f'<p class="below">{escape(f"Toward {target_label(target)}, so far")}</p>')
                config = {"displayModeBar": False, "typesetMath": False}
                # Another key each time: the same one twice in a run is an error.
                st.plotly_chart(figure, theme=None, key=f"first:{target}:{len(part.quotes)}", config=config)
            st.dataframe([_row(quote) for quote in quotes], hide_index=True)
        self._drawn = time.monotonic()
        self._took = self._drawn - began


_ROWS = 200


def _row(quote: AttributedQuote) -> dict[str, str]:
    stance = {"Stance": STANCES[quote.stances[0].label]} if quote.stances else {}
    return {"Speaker": speaker_label(quote), "Quote": quote.quote.text} | stance


def progress_bar(place: st.delta_generator.DeltaGenerator, what: str) -> analyses.Progress:
    """A progress bar. The analysis's own word for its step may be anybody's: it is left out."""
    place.progress(0.0, text=f"{what} …")

    def progress(done: int, total: int, _: str) -> None:
        place.progress(min(done / max(total, 1), 1.0), text=f"{what}: {done:,} of {total:,}")

    return progress
