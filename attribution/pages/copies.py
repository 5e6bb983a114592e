"""Copies: articles that are one text. How many quotes come from them, and whether the pictures count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import Article
from attribution.pages import analyses, frame, view
from attribution.pages.once import once
from attribution.pages.words import count
from attribution.pages.work import is_partial

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.duplicates import DuplicateGroup
    from attribution.pages.worker import Job

# The address's `without` has the ids of the articles that are left out; without any all are counted.


_PATIENCE = 0.4  # seconds that a page waits for the groups: of 200 articles they are found in less


def groups(articles: tuple[Article, ...]) -> list[DuplicateGroup]:
    """The articles that are one text, group by group; none while they are looked for, which the page says."""
    job = analyses.grouping(articles)
    if not job.finished.wait(_PATIENCE):
        _wait(job)
        return []
    return job.result() or []


@st.fragment(run_every=1.0)
def _wait(job: Job) -> None:
    job.watch("copies")
    if not job.finished.is_set():
        st.caption("Looking for copies among the articles …")
        return
    view.touch()
    st.rerun()


def kept(group: DuplicateGroup) -> Article:
    """The one that stays where the copies are left out: a text's newest version, else who had it first."""
    if group.kind == "versions":
        return group.newest or group.articles[-1]
    return group.articles[0]


def others(found: Iterable[DuplicateGroup]) -> list[str]:
    """The ids of the articles that repeat another one of their group."""
    return [article.id for group in found for article in group.articles if article is not kept(group)]


def left_out() -> set[str]:
    """The ids of the articles that the pictures do not count."""
    return set(st.session_state["without"])


def counted(quotes: Sequence[AttributedQuote]) -> Sequence[AttributedQuote]:
    """The quotes without those of articles that are left out."""
    out = left_out()
    return once(_without, quotes, frozenset(out)) if out else quotes


def _without(quotes: Sequence[AttributedQuote], out: frozenset[str]) -> list[AttributedQuote]:
    return [quote for quote in quotes if quote.article.id not in out]


def leave_out(ids: Sequence[str]) -> None:
    """Count the articles `ids` no more."""
    st.session_state["without"] = list(dict.fromkeys([*st.session_state["without"], *ids]))
    view.touch()


def count_again(ids: Sequence[str]) -> None:
    """Count the articles `ids` too."""
    st.session_state["without"] = [each for each in st.session_state["without"] if each not in ids]
    view.touch()


def notice(found: Analysis) -> None:
    """How many of the quotes come from copies, and the click that leaves them out or counts them again."""
    if is_partial():  # the other articles may come in the next moment
        return
    loaded = {article.id for article in found.articles}
    out = [each for each in st.session_state["without"] if each in loaded]
    copies = [each for each in others(groups(found.articles)) if each not in out]
    if not (out or copies):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="copies"):
        if copies:
            frame.note(
                f"{_counted(found, copies)} of {len(found.quotes):,} stand in copies or older versions of "
                "other articles here, and count each time."
            )
            st.button("Leave copies out", key="copies_out", on_click=leave_out, args=(copies,))
        if out:
            frame.note(f"Left out as copies: {_counted(found, out)} in {count(len(out), 'article')}.")
            st.button("Count them too", key="copies_in", on_click=count_again, args=(out,))
        st.page_link(frame.page("add"), label="Which?", query_params=view.parameters())


def _counted(found: Analysis, ids: Sequence[str]) -> str:
    wanted = set(ids)
    return count(sum(quote.article.id in wanted for quote in found.quotes), "quote")
