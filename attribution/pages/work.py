"""The analysis of the articles loaded: the page shows how far it is, and what of it is ready."""

from __future__ import annotations

from collections.abc import Hashable
from html import escape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from attribution.article import Article, AttributionError
from attribution.pages import analyses, library, view
from attribution.pages.again import there_is_more
from attribution.pages.frame import note
from attribution.pages.mending import dressed
from attribution.pages.words import count, isolated, joined

if TYPE_CHECKING:
    from attribution.analysis import Analysis
    from attribution.pages.worker import Job

_PATIENCE = 0.4  # seconds that a page waits before it shows how far the work is: of a few articles it is done
_OFTEN = 1.0  # seconds between two looks at the work


def quotes_and_stances(*, partly: bool = False) -> Analysis | None:
    """The analysis of the articles loaded; `None` where a line on the page says what is missing.

    It is made beside the page, which meanwhile says how far it is. With `partly` the page gets what is ready:
    the articles read so far, later all quotes with the stances read so far; `is_partial` tells.
    """
    st.session_state["partial"] = False
    loaded = library.articles()
    if not loaded:
        note("No article is loaded. Bring some on the page Add articles, or start with the name of a file.")
        return None
    try:
        found = found_quotes(loaded, partly)
    except AttributionError as error:
        note(str(error), "error")
        return None
    if found is not None:
        _tell_notes(found)
    if found is None or is_partial():
        return analyses.with_known_stances(found, view.targets()) if found else None
    if not found.quotes:
        note("These articles hold no direct quote: nothing stands in quotation marks that somebody said.")
    elif not st.session_state["target"]:
        note("Which operation? Name it in the sidebar to see each quote's stance on it.")
    else:
        try:
            return _with_stances(found, partly)
        except AttributionError as error:  # an operation that is none is told, and the quotes stay
            note(str(error), "error")
    return found


def is_partial() -> bool:
    """Whether what the page shows is a part, while the rest is still being made."""
    return bool(st.session_state.get("partial"))


def found_quotes(loaded: tuple[Article, ...], partly: bool = False) -> Analysis | None:
    """The quotes and speakers of the articles; `None` while they are being found, with `partly` a part.

    Raises `AttributionError` where a model is broken.
    """
    if _is_stopped(loaded):
        found = analyses.ready_part(loaded)
        read = len(found.articles) if found else 0
        _told_stopped(f"Stopped: {read:,} of {count(len(loaded), 'article')} read.", loaded)
        return found
    found = followed(analyses.extraction(loaded), "Finding quotes and speakers: articles", loaded, partly)
    if found is None:
        return None
    for file, reason in found.refused[:_MOST_TOLD]:
        note(f"{file}: {reason}. It is left out.", "error")
    if len(found.refused) > _MOST_TOLD:
        rest = joined([file for file, _ in found.refused[_MOST_TOLD:]])
        note(f"The same of {rest}: left out.", "error")
    return dressed(found, loaded)


_MOST_TOLD = 3


def _tell_notes(found: Analysis) -> None:
    """What to know of the articles, as that one is in another language: in quiet lines, many on a click."""
    names = {article.id: article.name for article in found.articles}
    lines = [f"{isolated(names[article])}: {told}" for article, told in found.notes]
    html = "".join(f'<p class="below">{escape(line)}</p>' for line in lines)
    if len(lines) > _MOST_TOLD:
        with st.expander(f"Notes on {count(len(lines), 'article')}", icon=":material/info:"):
            st.html(html)
    elif lines:
        st.html(html)


def _with_stances(found: Analysis, partly: bool) -> Analysis | None:
    """`found` with its stances, target after target, as far as they are read."""
    rated = []
    for target in view.targets():
        key = (found.articles, target)
        if _is_stopped(key):
            part = analyses.rated_part(found, target)
            read = sum(bool(quote.stances) for quote in part.quotes)
            _told_stopped(
                f"Stopped: the stances of {read:,} of {count(len(found.quotes), 'quote')} read.", key
            )
            rated.append(part)
            continue
        part = followed(analyses.rating(found, target), "Reading stances: quotes", key, partly)
        if part is None and not partly:
            return None
        rated.append(dressed(part, found.articles) if part else found)
        if is_partial():
            break
    return analyses.together(found, rated)


def followed(job: Job, what: str, key: Hashable | None, partly: bool = False) -> Any:
    """What the job has made; while it works a line says how far it is, and with `partly` its part is given.

    `what` is counted. `key` is what the job is known by where the visitor stops it; without one it cannot be
    stopped. Raises the job's error.
    """
    if st.session_state.get("awaited") is not job:
        job.finished.wait(_PATIENCE)
        st.session_state["awaited"] = job
    if job.finished.is_set() and (job.made is not None or job.error):
        st.session_state["awaited"] = None
        return job.result()
    st.session_state["partial"] = True
    _status(job, what, key, job.parts if partly else None)
    return job.part if partly else None


@st.fragment(run_every=_OFTEN)
def _status(job: Job, what: str, key: Hashable | None, parts: int | None) -> None:
    """How far the work is, the button that stops it, and the sign that there is more to draw."""
    job.watch(_visitor())
    if _is_stopped(key):
        view.touch()
        st.rerun()
    if job.finished.is_set() or (parts is not None and job.parts > parts):
        there_is_more()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="status"):
        told = f"{what} {job.done:,} of {job.total:,}" if job.total else f"{what} …"
        st.progress(min(job.done / max(job.total, 1), 1.0), text=told)
        if key is not None:
            icon = ":material/stop_circle:"
            st.button("Stop", key="status_stop", icon=icon, on_click=_stop, args=(job, key))


def _visitor() -> str:
    """What tells this visitor from the others."""
    return st.session_state.setdefault("visitor", uuid4().hex)


def _stop(job: Job, key: Hashable) -> None:
    """This visitor waits no more; the work goes on where somebody else still waits for it."""
    job.leave(_visitor())
    st.session_state["stopped"] = {*st.session_state.get("stopped", ()), key}
    view.touch()


def _is_stopped(key: Hashable | None) -> bool:
    return key in st.session_state.get("stopped", ())


def _told_stopped(text: str, key: Hashable) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"stopped:{hash(key)}"):
        note(text)
        st.button("Go on", key=f"go_on:{hash(key)}", on_click=_go_on, args=(key,))


def _go_on(key: Hashable) -> None:
    st.session_state["stopped"] = {other for other in st.session_state["stopped"] if other != key}
    view.touch()


def progress_bar(place: st.delta_generator.DeltaGenerator, what: str) -> analyses.Progress:
    """A progress bar. The analysis's own word for its step may be anybody's: it is left out."""
    place.progress(0.0, text=f"{what} …")

    def progress(done: int, total: int, _: str) -> None:
        place.progress(min(done / max(total, 1), 1.0), text=f"{what}: {done:,} of {total:,}")

    return progress
