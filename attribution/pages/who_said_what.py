"""*Who said what*: the speakers and their stances, the quotes behind them, and one quote's card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from attribution.pages import copies, frame, view
from attribution.pages.card import KEYS, show_card
from attribution.pages.columns import columns
from attribution.pages.downloads import download_menu, told_filters
from attribution.pages.filters import filter_bar
from attribution.pages.once import once
from attribution.pages.pictures import SIDES, show_pictures
from attribution.pages.words import (
    HELP,
    STANCES,
    certainty_of,
    count,
    is_unasked,
    joined,
    signed,
    speaker_label,
    stance_label,
    stance_of,
    stance_word,
    target_label,
)
from attribution.pages.work import is_partial, quotes_and_stances

if TYPE_CHECKING:
    from attribution.analysis import Analysis, AttributedQuote
    from attribution.stance import Stance


def main() -> None:
    """The page, from top to bottom."""
    target = view.shown_target()
    top = st.container(horizontal=True, vertical_alignment="top", key="top")
    heading = top.container(gap=None)
    with heading:
        about = f" about {target_label(target)}" if target else ""
        st.html(f'<h1 class="view">Who said what{escape(about)}</h1>')
    found = quotes_and_stances(partly=True)
    if found is None or not found.quotes:
        return
    if not columns(found, target).rated:
        target = None
    figures = st.container(key="figures")
    quotes = filter_bar(found, target)
    copies.notice(found)
    with heading:
        _caption(found, quotes, target)
    with figures:
        _key_figures(quotes, target)
    if not quotes:
        frame.note("No quote passes these filters. Take one away to see quotes again.")
        return
    with top:
        download_menu(found, quotes, target, told_filters(found))
    picture, card = st.columns([3, 2], gap="medium")
    with picture:
        show_pictures(quotes, target, copies.counted(found.quotes))
    with card:
        _card(found, quotes, target)
    _table(quotes, target)


def _caption(found: Analysis, quotes: Sequence[AttributedQuote], target: str | None) -> None:
    """What a screenshot of this page has to say about itself."""
    sources = joined([article.name for article in found.articles])
    models = once(_models, quotes, target)
    shown = f"{len(quotes):,} of {count(len(found.quotes), 'quote')}"
    parts = [
        count(len(quotes), "quote") if len(quotes) == len(found.quotes) else f"{shown} (filtered)",
        f"{count(len(found.articles), 'article')}: {sources}",
        f"stance read by {', '.join(models)}, check before use" if models else "no stance asked",
    ]
    st.html(f'<p class="below">{escape(" · ".join(parts))}</p>')


def _models(quotes: Sequence[AttributedQuote], target: str | None) -> list[str]:
    """The models that read the stances."""
    return sorted({stance.model for quote in quotes if (stance := stance_of(quote, target))})


class _Tally(NamedTuple):
    """What the key figures count."""

    articles: int
    speakers: int
    unnamed: int
    stances: Mapping[str | None, int]


def _tally(quotes: Sequence[AttributedQuote], target: str | None) -> _Tally:
    return _Tally(
        len({quote.article.id for quote in quotes}),
        len({speaker_label(quote) for quote in quotes if quote.speaker.person}),
        sum(quote.speaker.person is None for quote in quotes),
        Counter(stance_label(quote, target) for quote in quotes),
    )


def _key_figures(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    total = len(quotes)
    articles, speakers, unnamed, stances = once(_tally, quotes, target)
    shares = [(STANCES[label], stances[label], label) for label in STANCES] if target else []
    beside = iter(st.columns(3 + len(shares), gap="small"))
    with next(beside):
        st.metric(
            "Quotes", f"{total:,}", delta=f"in {count(articles, 'article')}", help=HELP["quotes"], **_PLAIN
        )
    with next(beside):
        st.metric("Speakers", f"{speakers:,}", delta="named", help=HELP["speakers"], **_PLAIN)
    for name, part, label in shares:
        with next(beside), st.container(key=f"figure_{label}"):
            _share(name, part, total, HELP["unsure" if label == "unsure" else "stance"])
    with next(beside):
        _share("Unattributed", unnamed, total, HELP["unattributed"])


_PLAIN = {"delta_color": "off", "delta_arrow": "off"}


def _share(name: str, part: int, total: int, help_text: str) -> None:
    share = f"{part / total:.0%}" if total else "–"
    st.metric(name, share, delta=f"{part:,} of {total:,}", help=help_text, **_PLAIN)


def _card(found: Analysis, quotes: Sequence[AttributedQuote], target: str | None) -> None:
    wanted = st.session_state["quote"]
    if not wanted:
        frame.part("No quote selected")
        with st.container(border=True):
            sides = SIDES.get(st.session_state["picture"]) if target else None
            dots = "a **dot** or " if sides else ""
            st.markdown(f"Click {dots}a **row of the table** for the quote, who said it and why we think so.")
            if sides:
                st.markdown(f"{sides}. Of a hollow dot the model was **unsure**.")
            st.button(
                "Read the first quote",
                key="card_first",
                shortcut=KEYS["Next"],
                on_click=view.choose,
                args=(quotes[0].id,),
            )
        return
    rows = columns(found, target)
    number = rows.number(wanted)
    frame.part("The selected quote")
    if number is None and is_partial():
        frame.note("The quote of this address is not read yet.")
        return
    if number is None:
        frame.note(
            f"The quote of this address ({wanted}) is not in the articles loaded here. "
            "Its article is not loaded, or its text has changed.",
            "error",
        )
        return
    quote = rows.quotes[number]
    if quote.id not in once(_numbers, quotes):
        frame.note("The filters hide this quote in the pictures and the table.")
    with st.container(border=True):
        show_card(quote, target, quotes, found)
        st.page_link(
            frame.pages()[1],
            label="Open in its source",
            icon=":material/article:",
            query_params=view.parameters(article=quote.article.id, passage=None),
        )


def _numbers(quotes: Sequence[AttributedQuote]) -> dict[str, int]:
    """Which quote has which id."""
    return {quote.id: number for number, quote in enumerate(quotes)}


_PAGE = 200  # rows of the table drawn at a time


def _table(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    """The quotes as a table, of many a page at a time; the page of the selected quote opens by itself."""
    frame.part("The same quotes as a table")
    chosen = once(_numbers, quotes).get(st.session_state["quote"])
    first = _first_row(len(quotes), chosen)
    shown = quotes[first : first + _PAGE]
    key = view.widget_key("table")
    at_row = chosen is not None and 0 <= chosen - first < _PAGE
    st.dataframe(
        [_row(quote, target) for quote in shown],
        hide_index=True,
        key=key,
        on_select=lambda: _choose_row(key, [quote.id for quote in shown]),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [chosen - first] if at_row else []}},
        column_config={
            "Quote": st.column_config.TextColumn(width="large"),
            "Score": st.column_config.NumberColumn(format="%+.2f", help=HELP["score"]),
            "Certainty": st.column_config.TextColumn(help=HELP["confidence"]),
        },
        alt="The quotes shown, with speaker, stance and article",
    )


def _first_row(total: int, chosen: int | None) -> int:
    """The first row of the page shown, and the choice of page where there are several."""
    pages = -(-total // _PAGE)
    if pages < 2:
        return 0
    selected = st.session_state["quote"]
    if chosen is not None and st.session_state.get("table_page_of") != (selected, total):
        st.session_state["table_page"] = chosen // _PAGE + 1
    st.session_state["table_page_of"] = (selected, total)
    st.session_state["table_page"] = min(st.session_state.get("table_page") or 1, pages)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="table_pages"):
        page = st.pagination(pages, key="table_page", on_change=_turn_page, persist_state="session")
        first = (page - 1) * _PAGE
        st.caption(f"Rows {first + 1:,} to {min(first + _PAGE, total):,} of {total:,}, in reading order")
    return first


def _turn_page() -> None:
    """Another page: a row marked on the one before must not choose a quote on this one."""
    view.renew("table")
    view.touch()


def _row(quote: AttributedQuote, target: str | None) -> dict[str, str | float | None]:
    stance = stance_of(quote, target)
    stances = {}
    if stance:
        score = None if is_unasked(quote, stance) else stance.score
        stances = {"Stance": stance_word(quote, stance), "Score": score}
    # Beside the stance shown, those toward the other operations asked about.
    stances |= {f"On {other.target}": _told(quote, other) for other in quote.stances if other is not stance}
    return {
        "Speaker": speaker_label(quote),
        "Quote": quote.quote.text,
        **stances,
        "Certainty": certainty_of(quote),
        "Kind": quote.quote.kind,
        "Article": quote.article.name,
    }


def _told(quote: AttributedQuote, stance: Stance) -> str:
    score = "" if is_unasked(quote, stance) else f" {signed(stance.score)}"
    return f"{stance_word(quote, stance)}{score}"


def _choose_row(key: str, ids: list[str]) -> None:
    """A row was clicked; the same row again leaves the card as it is."""
    if rows := st.session_state[key].selection.rows:
        view.choose(ids[rows[0]], by="table")


main()
