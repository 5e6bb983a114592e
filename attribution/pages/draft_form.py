"""The form of *Check quotes*: which draft, and against which sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from attribution import readers
from attribution.article import Article, AttributionError
from attribution.pages import library, view
from attribution.pages.frame import note, part
from attribution.pages.words import HELP, article_label, count
from attribution.readers.formats import UPLOADS

_WAYS = {"text": "Pasted text", "file": "A file", "article": "A loaded article"}
_KINDS = list(UPLOADS)
_MOST_MEGABYTES = 50


@dataclass(frozen=True)
class Asked:
    """What a visitor asked to be checked."""

    draft: Article
    sources: tuple[Article, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The same for the same texts under the same names."""
        return tuple(f"{article.id} {article.file}" for article in (self.draft, *self.sources))


def draft_form() -> None:
    """The draft, its sources and the button; what was wrong with the last try stands below it."""
    if library.read_only() and st.session_state.get("check_from") == "file":
        st.session_state["check_from"] = "text"
    st.radio(
        "The draft is",
        [way for way in _WAYS if way != "file" or not library.read_only()],
        key="check_from",
        format_func=_WAYS.__getitem__,
        horizontal=True,
        on_change=_changed,
        persist_state="session",
    )
    # In a form the button waits for uploads: a source that is still on its way would be left out silently.
    with st.form("check_form", border=False, enter_to_submit=False):
        draft, sources = st.columns(2, gap="large")
        with draft:
            part("The draft")
            _draft_field()
        with sources:
            part("Its sources")
            _source_fields()
        st.form_submit_button(
            "Check the quotes", key="check_now", type="primary", icon=":material/fact_check:", on_click=_ask
        )
    if error := st.session_state.get("check_error"):
        note(error, "error")


def _draft_field() -> None:
    """A field a kind of draft; the others are there unseen, so that a pasted text is not lost."""
    others = ",".join(f".st-key-draft_{way}" for way in _WAYS if way != st.session_state["check_from"])
    st.html(f"<style>{others} {{ display: none; }}</style>")
    with st.container(key="draft_text"):
        st.text_area(
            "Draft text",
            key="check_text",
            height=180,
            placeholder="Paste the draft. What stands in quotation marks is checked.",
            persist_state="session",
        )
    if not library.read_only():
        with st.container(key="draft_file"):
            st.file_uploader("Draft file", type=_KINDS, key="check_file", max_upload_size=_MOST_MEGABYTES)
    with st.container(key="draft_article"):
        loaded = {article.id: article_label(article) for article in library.articles()}
        if st.session_state.get("check_article") not in loaded:
            st.session_state["check_article"] = next(iter(loaded), None)
        st.selectbox(
            "Draft article",
            list(loaded),
            key="check_article",
            format_func=loaded.__getitem__,
            disabled=not loaded,
            persist_state="session",
        )


def _source_fields() -> None:
    loaded = {article.id: article_label(article) for article in library.articles()}
    chosen = st.session_state.get("check_sources", [])
    if any(article_id not in loaded for article_id in chosen):
        st.session_state["check_sources"] = [article_id for article_id in chosen if article_id in loaded]
    st.multiselect(
        "Loaded articles",
        list(loaded),
        key="check_sources",
        format_func=loaded.__getitem__,
        placeholder=f"All: {count(len(loaded), 'article')}" if loaded else "None yet",
        disabled=not loaded,
        persist_state="session",
    )
    if library.read_only():
        st.caption(
            "This page only shows: no file can be added. A draft can be pasted, and is kept by nobody."
        )
        return
    st.file_uploader(
        "More sources: transcripts, statements, press releases",
        type=_KINDS,
        accept_multiple_files=True,
        max_upload_size=_MOST_MEGABYTES,
        key=_files_key(),
        help=HELP["more_sources"],
    )


def _changed() -> None:
    """Another kind of draft: what was wrong with the last try is told no more."""
    st.session_state["check_error"] = None
    view.touch()


def _files_key() -> str:
    """Another one after each check: its files are loaded then, and stand with the articles."""
    return f"check_files:{st.session_state.get('check_turn', 0)}"


def _ask() -> None:
    """The button was pressed: keep what is to be checked, or in one line why nothing can be."""
    st.session_state["check_error"] = None
    try:
        draft = _draft()
        sources = _sources()
    except AttributionError as error:
        st.session_state["check_error"] = str(error)
    else:
        others = tuple(source for source in sources if source.sha256 != draft.sha256)
        st.session_state["check"] = Asked(draft, others or sources)
        st.session_state["check_turn"] = st.session_state.get("check_turn", 0) + 1
        for key in ("check_chosen", "check_show", "check_most", "check_open"):
            st.session_state.pop(key, None)
    view.touch()


def _draft() -> Article:
    way = st.session_state["check_from"]
    if way == "file":
        library.check_may_change()
        if (file := st.session_state["check_file"]) is None:
            raise AttributionError("There is no draft yet. Choose its file.")
        return readers.article_from_upload(file.name, file.getvalue())
    if way == "article":
        wanted = st.session_state["check_article"]
        draft = next((article for article in library.articles() if article.id == wanted), None)
        if draft is None:
            raise AttributionError("No article is loaded. Paste the draft, or choose its file.")
        return draft
    pasted = st.session_state["check_text"]
    if not pasted.strip():
        raise AttributionError("There is no draft yet. Paste it, choose its file, or take a loaded article.")
    return readers.article_from_upload("the pasted draft", pasted.encode("utf-8", "surrogatepass"))


def _sources() -> tuple[Article, ...]:
    """The loaded articles chosen, all without a choice, and the files given here, which are loaded too."""
    files = st.session_state.get(_files_key()) or ()
    if files:
        library.check_may_change()
    read = readers.read_uploads((file.name, file.getvalue()) for file in files)
    if read.refused:
        raise AttributionError(": ".join(read.refused[0]))
    files = read.articles
    library.load_own(*files)
    chosen: Sequence[str] = st.session_state["check_sources"]
    if chosen:
        chosen = list(dict.fromkeys([*chosen, *(article.id for article in files)]))
        st.session_state["check_sources"] = chosen
    return tuple(article for article in library.articles() if not chosen or article.id in chosen)
