"""The frame around every page: styles, notes, and the sidebar with operations, articles and own texts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from attribution.article import Article
from attribution.charts import palette
from attribution.pages import state
from attribution.pages.words import HELP, count, shorten
from attribution.readers.formats import UPLOADS
from attribution.stance import Target, is_claim

_HERE = Path(__file__).parent
# A picture of our own: Streamlit would fetch an icon named by its name from elsewhere.
ICON = _HERE / "icon.svg"
_STYLES = (_HERE / "page.css").read_text(encoding="utf-8")


def pages() -> tuple[st.Page, st.Page, st.Page, st.Page]:
    """*Who said what*, *Source*, *Check quotes* and *Compare outlets*."""
    names = ("who_said_what", "source", "check_quotes", "compare_outlets")
    said, source, check, compare = (_HERE / f"{name}.py" for name in names)
    return (
        st.Page(said, title="Who said what", icon=":material/forum:", default=True),
        st.Page(source, title="Source", icon=":material/article:", url_path="source"),
        st.Page(check, title="Check quotes", icon=":material/fact_check:", url_path="check"),
        st.Page(compare, title="Compare outlets", icon=":material/compare_arrows:", url_path="compare"),
    )


def is_dark() -> bool:
    """Whether the visitor's page is dark."""
    return st.context.theme.type == "dark"


def styles() -> None:
    """The pages' own styles, in the colours of the visitor's theme."""
    st.html(f"<style>:root{{{palette(is_dark()).css}}}\n{_STYLES}</style>")


def note(text: str, kind: Literal["info", "error"] = "info") -> None:
    """A line for the visitor. It may hold an article's words: they show as they are written."""
    role = "alert" if kind == "error" else "status"
    st.html(f'<p class="note {kind}" role="{role}">{escape(text)}</p>')


def part(title: str) -> None:
    """The heading of a part of a page."""
    st.html(f'<h2 class="part">{escape(title)}</h2>')


def sidebar() -> None:
    """Operations, articles, and the door for own texts."""
    with st.sidebar:
        _operations()
        _articles(state.articles())
        _own_text()


def _operations() -> None:
    offered = state.suggestions()
    st.multiselect(
        "Operation",
        options=list(dict.fromkeys([*st.session_state["target"], *(target.name for target in offered)])),
        key="target",
        accept_new_options=True,
        placeholder="Name an operation",
        help=HELP["target"],
        on_change=state.touch,
        persist_state="session",
    )
    target, names = state.shown_target(), state.target_names()
    _offers([offer for offer in offered if offer.name not in names])
    if target and len(names) > 1:
        st.selectbox("Shown now", names, key="shown", on_change=state.touch, persist_state="session")
    if target:
        _told_of(target)


def _offers(offered: Sequence[Target]) -> None:
    """What else the articles name, a click each."""
    if not offered:
        return
    with st.container(gap=None, key="offers"):
        st.caption("The articles also name" if state.target_names() else "The articles name")
        for target in offered[:_MOST_OFFERS]:
            st.button(
                shorten(target.name, 34),
                key=f"offer:{target.name}",
                icon=":material/add:",
                type="tertiary",
                on_click=state.add_target,
                args=(target,),
            )


_MOST_OFFERS = 4


def _told_of(name: str) -> None:
    """What the shown operation is, and what else it is called."""
    fields = {
        "about": ("What is it?", "optional, in a few words", 160),
        "alias": ("What else is it called?", "the surge, the crackdown", 200),
    }
    for key, (label, example, most) in fields.items():
        st.session_state.setdefault(f"{key}:{name}", "")
        st.text_input(
            label,
            key=f"{key}:{name}",
            placeholder=example,
            help=HELP[key],
            on_change=_keep,
            args=(name, key),
            max_chars=most,
            persist_state="session",
        )
    if is_claim(name):
        st.caption("Read as a claim: a critical quote disagrees with it, a supportive one agrees.")


def _keep(name: str, key: str) -> None:
    state.tell_of_target(name, key, st.session_state[f"{key}:{name}"].strip())
    state.touch()


def _articles(loaded: tuple[Article, ...]) -> None:
    own = {article.id for article in st.session_state["own"]}
    items = "".join(
        f"<li><b>{escape(shorten(article.name, 60))}</b>"
        f"<span>{escape(_about_article(article, article.id in own))}</span></li>"
        for article in loaded
    )
    st.html(f'<section class="articles"><h2>{count(len(loaded), "article")}</h2><ul>{items}</ul></section>')
    for line in state.refused():
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
            on_click=state.remove_own,
            args=(article.id,),
            width="stretch",
        )


def _add(title: str, pasted: str, files: list[tuple[str, bytes]]) -> None:
    """Load what was pasted and every file; what fails is told, the rest goes on."""
    errors: list[str | None] = [*state.add_files(files)]
    if pasted.strip():
        title = title.strip() or "My text"
        errors.append(state.add_own(title, pasted.encode("utf-8", "surrogatepass"), title=title))
    if not files and not pasted.strip():
        errors = ["Nothing to read yet: paste a text or choose a file."]
    st.session_state["own_errors"] = [error for error in errors if error]
    state.touch()
    st.rerun()
