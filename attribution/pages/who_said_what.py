"""*Who said what*: the speakers and their stances, the quotes behind them, and one quote's card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.pages import frame, view
from attribution.pages.card import show_card
from attribution.pages.downloads import download_menu, told_filters
from attribution.pages.filters import filter_bar
from attribution.pages.pictures import SIDES, show_pictures
from attribution.pages.words import (
    HELP,
    STANCES,
    certainty,
    count,
    joined,
    signed,
    speaker_label,
    stance_label,
    stance_of,
    target_label,
)
from attribution.pages.work import quotes_and_stances

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
    found = quotes_and_stances()
    if found is None or not found.quotes:
        return
    if not any(stance_of(quote, target) for quote in found.quotes):
        target = None
    figures = st.container(key="figures")
    quotes = filter_bar(found, target)
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
        show_pictures(quotes, target)
    with card:
        _card(found, quotes, target)
    _table(quotes, target)


def _caption(found: Analysis, quotes: Sequence[AttributedQuote], target: str | None) -> None:
    """What a screenshot of this page has to say about itself."""
    sources = joined([article.name for article in found.articles])
    models = sorted({stance.model for quote in quotes if (stance := stance_of(quote, target))})
    shown = f"{len(quotes):,} of {count(len(found.quotes), 'quote')}"
    parts = [
        count(len(quotes), "quote") if len(quotes) == len(found.quotes) else f"{shown} (filtered)",
        f"{count(len(found.articles), 'article')}: {sources}",
        f"stance read by {', '.join(models)}, check before use" if models else "no stance asked",
    ]
    st.html(f'<p class="below">{escape(" · ".join(parts))}</p>')


def _key_figures(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    total = len(quotes)
    speakers = {speaker_label(quote) for quote in quotes if quote.speaker.person}
    stances = Counter(stance_label(quote, target) for quote in quotes)
    unnamed = sum(quote.speaker.person is None for quote in quotes)
    shares = [(STANCES[label], stances[label], label) for label in STANCES] if target else []
    columns = iter(st.columns(3 + len(shares), gap="small"))
    with next(columns):
        st.metric("Quotes", f"{total:,}", delta=_per_article(quotes), help=HELP["quotes"], **_PLAIN)
    with next(columns):
        st.metric("Speakers", f"{len(speakers):,}", delta="named", help=HELP["speakers"], **_PLAIN)
    for name, part, label in shares:
        with next(columns), st.container(key=f"figure_{label}"):
            _share(name, part, total, HELP["unsure" if label == "unsure" else "stance"])
    with next(columns):
        _share("Unattributed", unnamed, total, HELP["unattributed"])


_PLAIN = {"delta_color": "off", "delta_arrow": "off"}


def _share(name: str, part: int, total: int, help_text: str) -> None:
    share = f"{part / total:.0%}" if total else "–"
    st.metric(name, share, delta=f"{part:,} of {total:,}", help=help_text, **_PLAIN)


def _per_article(quotes: Sequence[AttributedQuote]) -> str:
    return f"in {count(len({quote.article.id for quote in quotes}), 'article')}"


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
            st.button("Read the first quote", on_click=view.choose, args=(quotes[0].id,), key="card_first")
        return
    quote = next((quote for quote in found.quotes if quote.id == wanted), None)
    frame.part("The selected quote")
    if quote is None:
        frame.note(
            f"The quote of this address ({wanted}) is not in the articles loaded here. "
            "Its article is not loaded, or its text has changed.",
            "error",
        )
        return
    if all(quote.id != other.id for other in quotes):
        frame.note("The filters hide this quote in the pictures and the table.")
    with st.container(border=True):
        show_card(quote, target, quotes)
        st.page_link(
            frame.pages()[1],
            label="Open in its source",
            icon=":material/article:",
            query_params=view.parameters(article=quote.article.id, passage=None),
        )


def _table(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    frame.part("The same quotes as a table")
    ids = [quote.id for quote in quotes]
    key = view.widget_key("table")
    chosen = ids.index(st.session_state["quote"]) if st.session_state["quote"] in ids else None
    st.dataframe(
        [_row(quote, target) for quote in quotes],
        hide_index=True,
        key=key,
        on_select=lambda: _choose_row(key, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [] if chosen is None else [chosen]}},
        column_config={
            "Quote": st.column_config.TextColumn(width="large"),
            "Score": st.column_config.NumberColumn(format="%+.2f", help=HELP["stance"]),
            "Certainty": st.column_config.TextColumn(help=HELP["confidence"]),
        },
        alt="The quotes shown, with speaker, stance and article",
    )


def _row(quote: AttributedQuote, target: str | None) -> dict[str, str | float | None]:
    stance = stance_of(quote, target)
    stances = {"Stance": STANCES[stance.label], "Score": stance.score} if stance else {}
    # Beside the stance shown, those toward the other operations asked about.
    stances |= {f"On {other.target}": _told(other) for other in quote.stances if other is not stance}
    return {
        "Speaker": speaker_label(quote),
        "Quote": quote.quote.text,
        **stances,
        "Certainty": certainty(quote.confidence),
        "Kind": quote.quote.kind,
        "Article": quote.article.name,
    }


def _told(stance: Stance) -> str:
    return f"{STANCES[stance.label]} {signed(stance.score)}"


def _choose_row(key: str, ids: list[str]) -> None:
    """A row was clicked; the same row again leaves the card as it is."""
    if rows := st.session_state[key].selection.rows:
        view.choose(ids[rows[0]], by="table")


main()
