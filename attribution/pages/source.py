"""*Source*: one whole article as published, every quote marked, and the evidence of the one selected."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import Article
from attribution.pages import frame, view
from attribution.pages.article_view import show_article
from attribution.pages.card import show_card
from attribution.pages.words import (
    STANCES,
    article_label,
    count,
    shorten,
    speaker_label,
    stance_label,
    target_label,
)
from attribution.pages.work import quotes_and_stances

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote


def main() -> None:
    """The page, from top to bottom."""
    heading = st.container(gap=None)
    found = quotes_and_stances()
    if found is None:
        return
    article = _chosen_article(found)
    if article is None:
        return
    target = view.shown_target()
    quotes = [quote for quote in found.quotes if quote.article.id == article.id]
    with heading:
        st.html(f'<h1 class="view">{escape(article.title or article.name)}</h1>')
        st.html(f'<p class="below">{escape(_facts(article, quotes, target))}</p>')
    text, card = st.columns([3, 2], gap="large")
    with text:
        _choose_article(found)
        show_article(
            article,
            quotes,
            target,
            selected=st.session_state["quote"],
            dark=frame.is_dark(),
            on_select=view.choose,
            passage=_passage(article),
        )
    with card, st.container(key="beside"):
        _evidence(article, quotes, target)


def _chosen_article(found: Analysis) -> Article | None:
    """The article of the address, else of the selected quote, else the first; one that is gone is told."""
    wanted, quote_id = st.session_state["article"], st.session_state["quote"]
    article = next((article for article in found.articles if article.id == wanted), None)
    of_quote = next((quote.article for quote in found.quotes if quote.id == quote_id), None)
    if wanted and article is None:
        frame.note(
            f"The article of this address ({wanted}) is not loaded here, or its text has changed.", "error"
        )
    if quote_id and of_quote is None:
        frame.note(
            f"The quote of this address ({quote_id}) is not in the articles loaded here. "
            "Its article is not loaded, or its text has changed.",
            "error",
        )
    article = article or of_quote or found.articles[0]
    st.session_state["article"] = article.id
    return article


def _passage(article: Article) -> tuple[int, int] | None:
    """The characters of the address that stand in bold, `120-180`; None without any."""
    start, dash, end = (st.session_state["passage"] or "").partition("-")
    if not (dash and start.isdecimal() and end.isdecimal() and len(start + end) < 20):
        return None
    return (int(start), int(end)) if int(start) < int(end) <= len(article.text) else None


def _choose_article(found: Analysis) -> None:
    names = {article.id: article_label(article) for article in found.articles}
    if len(names) > 1:
        st.selectbox(
            "Article",
            list(names),
            key="article",
            format_func=names.__getitem__,
            on_change=lambda: view.choose(None),
            persist_state="session",
        )


def _facts(article: Article, quotes: Sequence[AttributedQuote], target: str | None) -> str:
    """What stands under the title."""
    told = [article.outlet if article.title else None, article.published, count(len(quotes), "quote")]
    return " · ".join(
        [fact for fact in told if fact] + ([f"stance on {target_label(target)}"] if target else [])
    )


def _evidence(article: Article, quotes: Sequence[AttributedQuote], target: str | None) -> None:
    """The selected quote's card, or the list of the article's quotes."""
    _legend(quotes, target)
    if st.session_state.get("check"):
        st.page_link(
            frame.pages()[2],
            label="Back to the checked quotes",
            icon=":material/fact_check:",
            query_params=view.parameters(passage=None),
        )
    chosen = next((quote for quote in quotes if quote.id == st.session_state["quote"]), None)
    if chosen:
        with st.container(border=True):
            show_card(chosen, target, quotes, with_passage=False)
            st.page_link(
                frame.pages()[0],
                label="Back to who said what",
                icon=":material/forum:",
                query_params=view.parameters(passage=None),
            )
        return
    _remarks(article, quotes)
    if quotes:
        st.caption("Click a marked quote, or choose one here, to see why it stands with its speaker.")
    for quote in quotes[:_MOST_BUTTONS]:
        with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="center"):
            st.button("Show", key=f"show:{quote.id}", on_click=view.choose, args=(quote.id,))
            st.html(
                f'<span class="line"><b>{escape(speaker_label(quote))}</b> '
                f"“{escape(shorten(quote.quote.text, 70))}”</span>"
            )


_MOST_BUTTONS = 30


def _remarks(article: Article, quotes: Sequence[AttributedQuote]) -> None:
    """What an editor should look at again in this article, each with the way to its quote."""
    from attribution.lint import find_remarks

    remarks = find_remarks(article, quotes)
    if not remarks:
        return
    with st.expander(f"{count(len(remarks), 'remark')} on its quotes", icon=":material/rule:"):
        for number, remark in enumerate(remarks):
            st.html(f'<p class="line"><b>{escape(remark.kind)}</b> {escape(remark.message)}</p>')
            if remark.quote_id:
                st.button(
                    f"Show quote {number + 1}",
                    key=f"remark:{number}:{remark.quote_id}",
                    on_click=view.choose,
                    args=(remark.quote_id,),
                )


def _legend(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    labels = {stance_label(quote, target) for quote in quotes}
    chips = [f'<mark class="{label}">{name}</mark>' for label, name in STANCES.items() if label in labels]
    if st.session_state["passage"]:
        chips.append('<mark class="passage">passage of the checked quote</mark>')
    if chips:
        st.html(f'<p class="below key">Marked: {" ".join(chips)}</p>')


main()
