"""The sidebar's articles: what is loaded, and the door for own texts."""

from __future__ import annotations

from html import escape

import streamlit as st

from attribution.article import Article
from attribution.pages import library, view
from attribution.pages.frame import note
from attribution.pages.words import count, shorten
from attribution.readers.formats import UPLOADS


def show_articles() -> None:
    """The list of what is loaded, and the form for own texts."""
    _list(library.articles())
    _own_text()


def _list(loaded: tuple[Article, ...]) -> None:
    own = {article.id for article in st.session_state["own"]}
    items = "".join(
        f"<li><b>{escape(shorten(article.name, 60))}</b>"
        f"<span>{escape(_about_article(article, article.id in own))}</span></li>"
        for article in loaded
    )
    st.html(f'<section class="articles"><h2>{count(len(loaded), "article")}</h2><ul>{items}</ul></section>')
    for line in library.refused():
        note(line, "error")


def _about_article(article: Article, own: bool) -> str:
    facts = [article.published or "", f"{len(article.text.split()):,} words", "your own text" if own else ""]
    return " · ".join(fact for fact in facts if fact)


def _own_text() -> None:
    with st.expander("Add your own text", icon=":material/add:", key="own_text"):
        with st.form("own_form", clear_on_submit=True, border=False):
            title = st.text_input("Title", placeholder="My draft", max_chars=120)
            pasted = st.text_area("Text", height=140, placeholder="Paste an article")
            files = st.file_uploader("or files", type=list(UPLOADS), accept_multiple_files=True)
            sent = st.form_submit_button("Find its quotes", type="primary", width="stretch")
        if sent:
            _add(title, pasted, [(file.name, file.getvalue()) for file in files])
        for line in st.session_state.pop("own_errors", []):
            note(line, "error")
        st.caption("It stays on this computer and goes away with this browser tab.")
    for article in st.session_state["own"]:
        st.button(
            "Remove my text" if len(st.session_state["own"]) == 1 else f"Remove my text {article.id[:4]}",
            key=f"remove:{article.id}",
            on_click=_remove,
            args=(article.id,),
            width="stretch",
        )


def _add(title: str, pasted: str, files: list[tuple[str, bytes]]) -> None:
    """Load what was pasted and every file; what fails is told, the rest goes on."""
    errors: list[str | None] = [*library.add_files(files)]
    if pasted.strip():
        title = title.strip() or "My text"
        errors.append(library.add_own(title, pasted.encode("utf-8", "surrogatepass"), title=title))
    if not files and not pasted.strip():
        errors = ["Nothing to read yet: paste a text or choose a file."]
    st.session_state["own_errors"] = [error for error in errors if error]
    view.touch()
    st.rerun()


def _remove(article_id: str) -> None:
    library.remove_own(article_id)
    view.touch()
