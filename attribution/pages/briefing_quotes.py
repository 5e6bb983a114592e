"""The quotes of the briefing: check marks in a list of all, and the chosen ones in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from attribution.pages import frame
from attribution.pages.briefing_choice import MOST_QUOTES, Choice, choose
from attribution.pages.words import count, shorten, speaker_label, stance_of, stance_word

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_LISTED = 30  # chosen quotes with buttons of their own


def show_list(quotes: Sequence[AttributedQuote], target: str | None, choice: Choice) -> None:
    """The quotes of the view as a table with a check mark each."""
    frame.part("The quotes of the view")
    st.caption("A check mark puts a quote on the sheet, after those chosen before.")
    ids = [quote.id for quote in quotes]
    key = _list_key(ids, choice)
    st.dataframe(
        [_row(quote, target) for quote in quotes],
        hide_index=True,
        key=key,
        on_select=lambda: _checked(key, ids, choice),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [at for at, one in enumerate(ids) if one in choice.quotes]}},
        column_config={"Quote": st.column_config.TextColumn(width="large")},
        alt="The quotes of the view, to choose from",
    )


def _row(quote: AttributedQuote, target: str | None) -> dict[str, str]:
    stance = stance_of(quote, target)
    return {
        "Speaker": speaker_label(quote),
        "Quote": quote.quote.text,
        **({"Stance": stance_word(quote, stance)} if stance else {}),
        "Article": quote.article.name,
    }


def _list_key(ids: Sequence[str], choice: Choice) -> str:
    """The table's key: a new one where its rows or marks changed without a click in it."""
    shown = (tuple(ids), frozenset(choice.quotes))
    if st.session_state.get("briefing_marks") != shown:
        st.session_state["briefing_marks"] = shown
        st.session_state["briefing_turn"] = st.session_state.get("briefing_turn", 0) + 1
    return f"briefing_list:{st.session_state['briefing_turn']}"


def _checked(key: str, ids: Sequence[str], choice: Choice) -> None:
    """A check mark was set or taken away; quotes that the table does not have stay chosen."""
    marked = {ids[row] for row in st.session_state[key].selection.rows if row < len(ids)}
    kept = [quote for quote in choice.quotes if quote in marked or quote not in ids]
    new = [quote for quote in ids if quote in marked and quote not in choice.quotes]
    quotes = tuple((kept + new)[:MOST_QUOTES])
    st.session_state["briefing_marks"] = (tuple(ids), frozenset(quotes))
    choose(replace(choice, quotes=quotes))


def show_chosen(quotes: Sequence[AttributedQuote], gone: Sequence[str], passing: int, choice: Choice) -> None:
    """The chosen quotes in their order, with buttons, and what became of the others."""
    frame.part(f"Chosen quotes ({len(quotes):,})")
    if gone:
        frame.note(
            f"{count(len(gone), 'quote')} of this briefing {'is' if len(gone) == 1 else 'are'} not in the "
            "articles loaded here: an article is missing, or its text has changed. The sheet goes without."
        )
        st.button(
            "Forget what is not here",
            key="briefing_forget",
            on_click=choose,
            args=(replace(choice, quotes=tuple(quote.id for quote in quotes)),),
        )
    if not quotes:
        st.caption("None yet: check marks below, or “Add to briefing” on a quote's card, put them here.")
    hidden = len(quotes) - passing
    if hidden:
        st.caption(
            f"Of these {hidden:,} would not pass the filters; chosen ones are on the sheet all the same."
        )
    for at, quote in enumerate(quotes[:_LISTED]):
        _chosen_row(at, quote, choice)
    if len(quotes) > _LISTED:
        st.caption(f"… and {count(len(quotes) - _LISTED, 'more quote')}, in the table below.")


def _chosen_row(at: int, quote: AttributedQuote, choice: Choice) -> None:
    row = st.container(gap=None, key=f"briefing_row_{at}")
    who, said = escape(speaker_label(quote)), escape(shorten(quote.quote.text, 90))
    row.html(f'<p class="picked"><b>{who}</b> “{said}”</p>')
    buttons = row.container(horizontal=True, gap="small")
    others = [one for one in choice.quotes if one != quote.id]
    place = choice.quotes.index(quote.id)
    earlier = (*others[: max(place - 1, 0)], quote.id, *others[max(place - 1, 0) :])
    for name, icon, told, to in (
        ("up", "arrow_upward", "Move up", earlier),
        ("out", "close", "Take out", tuple(others)),
    ):
        buttons.button(
            told,
            key=f"briefing_{name}_{quote.id}",
            icon=f":material/{icon}:",
            type="tertiary",
            disabled=name == "up" and at == 0,
            on_click=choose,
            args=(replace(choice, quotes=to),),
        )
