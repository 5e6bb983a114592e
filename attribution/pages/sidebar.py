"""The sidebar: the operations asked about, and the articles."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from attribution.pages import library, view
from attribution.pages.sidebar_articles import show_articles
from attribution.pages.tour import ask_again
from attribution.pages.words import HELP, shorten
from attribution.stance import Target, is_claim


def sidebar() -> None:
    """Operations and articles."""
    library.collect()
    with st.sidebar:
        _operations()
        show_articles()
        ask_again()


def _operations() -> None:
    offered = library.suggestions()
    st.multiselect(
        "Operation",
        options=list(dict.fromkeys([*st.session_state["target"], *(target.name for target in offered)])),
        key="target",
        accept_new_options=True,
        placeholder="Name an operation",
        help=HELP["target"],
        on_change=view.touch,
        persist_state="session",
    )
    target, names = view.shown_target(), view.target_names()
    _offers([offer for offer in offered if offer.name not in names])
    if target and len(names) > 1:
        st.selectbox(
            "Shown now",
            names,
            key="shown",
            help=HELP["shown"],
            on_change=view.touch,
            persist_state="session",
        )
    if target:
        _told_of(target)


def _offers(offered: Sequence[Target]) -> None:
    """What else the articles name, a click each."""
    if not offered:
        return
    with st.container(gap=None, key="offers"):
        st.caption("The articles also name" if view.target_names() else "The articles name")
        for target in offered[:_MOST_OFFERS]:
            st.button(
                shorten(target.name, 34),
                key=f"offer:{target.name}",
                icon=":material/add:",
                type="tertiary",
                on_click=view.add_target,
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
    view.tell_of_target(name, key, st.session_state[f"{key}:{name}"].strip())
    view.touch()
