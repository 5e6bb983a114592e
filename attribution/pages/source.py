"""*Source*: one whole article as published, every quote marked, and the evidence of the one selected."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.article import Article
from attribution.pages import frame, view
from attribution.pages.article_view import show_article
from attribution.pages.card import KEYS, show_card
from attribution.pages.cite import web_address
from attribution.pages.words import (
    HELP,
    STANCES,
    article_label,
    count,
    isolated,
    shorten,
    speaker_label,
    stance_label,
    target_label,
)
from attribution.pages.work import quotes_and_stances
from attribution.readers.pages import page_of, time_of

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote


def main() -> None:
    """The page, from top to bottom."""
    heading = st.container(gap=None)
    found = quotes_and_stances()
    article = _chosen_article(found) if found else None
    if found is None or article is None:
        with heading:
            st.html('<h1 class="view">Source</h1>')
        return
    target = view.shown_target()
    quotes = [quote for quote in found.quotes if quote.article.id == article.id]
    with heading:
        st.html(f'<h1 class="view">{escape(article.title or article.name)}</h1>')
        st.html(f'<p class="below">{escape(_facts(article, quotes, target))}{_original(article)}</p>')
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
        _evidence(found, article, quotes, target)


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
            help=HELP["source"],
            on_change=lambda: view.choose(None),
            persist_state="session",
        )


def _facts(article: Article, quotes: Sequence[AttributedQuote], target: str | None) -> str:
    """What stands under the title."""
    told = [
        article.outlet if article.title else None,
        f"by {article.author}" if article.author else None,
        article.published or "no date",
        count(len(quotes), "quote"),
        f"stance on {target_label(target)}" if target else None,
    ]
    return " · ".join(isolated(fact) for fact in told if fact)


def _original(article: Article) -> str:
    """The address that the article was published at, as a link that tells where it leads."""
    if not (url := web_address(article)):
        return ""
    shown = escape(shorten(url, 90))
    return f' · Published at <a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def _evidence(
    found: Analysis, article: Article, quotes: Sequence[AttributedQuote], target: str | None
) -> None:
    """The selected quote's card, or the list of the article's quotes."""
    _legend(quotes, target)
    if st.session_state.get("check"):
        st.page_link(
            frame.page("check"),
            label="Back to the checked quotes",
            icon=":material/fact_check:",
            query_params=view.parameters(passage=None),
        )
    chosen = next((quote for quote in quotes if quote.id == st.session_state["quote"]), None)
    if chosen:
        with st.container(border=True):
            show_card(chosen, target, quotes, found, with_passage=False)
            st.page_link(
                frame.page(""),
                label="Back to who said what",
                icon=":material/forum:",
                query_params=view.parameters(passage=None),
            )
        return
    _remarks(article, quotes)
    if quotes:
        _list(quotes, target)
    else:
        st.caption("No words here stand in quotation marks that somebody said. Choose another article.")


def _list(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    """The article's quotes in reading order, a button each, some at a time."""
    st.caption(
        "Click a marked quote, or choose one here, to see why it stands with its speaker. By keyboard: Tab "
        f"and Enter, or {KEYS['Next']} and {KEYS['Previous']} from quote to quote."
    )
    st.button(
        "Read the first quote",
        key="source_first",
        shortcut=KEYS["Next"],
        on_click=view.choose,
        args=(quotes[0].id,),
    )
    most = st.session_state.setdefault("source_most", _STEP)
    for number, quote in enumerate(quotes[:most], start=1):
        with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="center"):
            st.button(f"Show {number}", key=f"show:{quote.id}", on_click=view.choose, args=(quote.id,))
            st.html(_line(quote, target))
    if len(quotes) > most:
        more = f"List {min(_STEP, len(quotes) - most)} more of {len(quotes):,}"
        st.button(more, key="source_more", on_click=_list_more)


_STEP = 30  # quotes listed at first, and with each click for more


def _list_more() -> None:
    st.session_state["source_most"] += _STEP
    view.touch()


def _line(quote: AttributedQuote, target: str | None) -> str:
    """A quote in the list: speaker, words, stance, and its page or time where the text tells."""
    label = stance_label(quote, target)
    page, time = (
        page_of(quote.article.text, quote.quote.start),
        time_of(quote.article.text, quote.quote.start),
    )
    facts = [STANCES[label] if label else "", f"page {page}" if page else "", f"at {time}" if time else ""]
    told = " · ".join(fact for fact in facts if fact)
    speaker, words = escape(speaker_label(quote)), escape(shorten(quote.quote.text, 70))
    return (
        f'<span class="line"><b><bdi>{speaker}</bdi></b> <bdi>“{words}”</bdi> '
        f"<small>{escape(told)}</small></span>"
    )


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
                    f"Show the quote of remark {number + 1}",
                    key=f"remark:{number}:{remark.quote_id}",
                    on_click=view.choose,
                    args=(remark.quote_id,),
                )


def _legend(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    labels = {stance_label(quote, target) for quote in quotes}
    chips = [f'<mark class="{label}">{name}</mark>' for label, name in STANCES.items() if label in labels]
    if None in labels and quotes:
        chips.append('<mark class="none">a quote, no stance asked</mark>')
    if any(quote.quote.kind == "nested" for quote in quotes):
        chips.append('<mark class="nested">a quote in a quote</mark>')
    if st.session_state["passage"]:
        chips.append('<mark class="passage">passage of the checked quote</mark>')
    if chips:
        st.html(f'<p class="below key">Marked, by colour and line: {", ".join(chips)}</p>')


main()
