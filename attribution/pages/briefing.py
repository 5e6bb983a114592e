"""*Briefing*: quotes and pictures chosen for one sheet, to be shown, printed and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from attribution.export.pictures import offered_pictures
from attribution.export.sheet import FORMATS, Briefing
from attribution.pages import frame, view
from attribution.pages.briefing_choice import LONGEST_NOTE, LONGEST_TITLE, Choice, choose, chosen
from attribution.pages.briefing_quotes import show_chosen, show_list
from attribution.pages.briefing_sheet import set_alone, show_alone, show_sheet
from attribution.pages.downloads import briefing_menu, shown_view, told_filters
from attribution.pages.filters import filter_bar
from attribution.pages.pictures import PICTURES
from attribution.pages.words import HELP, stance_of
from attribution.pages.work import quotes_and_stances

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.export.view import View


def main() -> None:
    """The page, from top to bottom; with `alone` in the address the sheet and nothing else."""
    alone = st.session_state["alone"] == "1"
    top = st.container(horizontal=True, vertical_alignment="top", key="top")
    top.html('<h1 class="view">Briefing</h1>')
    found = quotes_and_stances()
    if found is None or not found.quotes:
        return
    target = view.shown_target()
    if not any(stance_of(quote, target) for quote in found.quotes):
        target = None
    choice = _choice()
    with st.expander("Filters of the pictures and the list", icon=":material/filter_alt:"):
        quotes = filter_bar(found, target)
    by_id = {quote.id: quote for quote in found.quotes}
    picked = [by_id[quote] for quote in choice.quotes if quote in by_id]
    gone = [quote for quote in choice.quotes if quote not in by_id]
    shown = shown_view(found, quotes, target, told_filters(found), of_briefing=True)
    briefing = _briefing(shown, picked, choice)
    if alone:
        show_alone(briefing)
        return
    with top:
        st.button(
            "Show alone", icon=":material/fullscreen:", help=HELP["alone"], on_click=set_alone, args=("1",)
        )
        briefing_menu(briefing)
    settings, sheet = st.columns([1, 2], gap="medium")
    with settings:
        _settings(shown, choice)
        passing = {quote.id for quote in quotes}
        show_chosen(picked, gone, sum(quote.id in passing for quote in picked), choice)
    with sheet:
        show_sheet(briefing)
    show_list(quotes, target, choice)


def _choice() -> Choice:
    """What was chosen; a damaged address is told and starts anew."""
    try:
        return chosen()
    except ValueError as error:
        frame.note(f"The briefing of this address cannot be read: {error}. It starts empty.", "error")
        st.session_state["briefing"] = None
        return Choice()


def _briefing(shown: View, picked: Sequence[AttributedQuote], choice: Choice) -> Briefing:
    offered = offered_pictures(shown)
    pictures = tuple(name for name in choice.pictures if name in offered)
    return Briefing(shown, tuple(picked), pictures, choice.title, choice.note, choice.format)


def _settings(shown: View, choice: Choice) -> None:
    """The fields for pictures, title, note and format."""
    offered = offered_pictures(shown)
    fields = {
        "briefing_title": choice.title,
        "briefing_note": choice.note,
        "briefing_pictures": [name for name in choice.pictures if name in offered],
        "briefing_format": choice.format,
    }
    for key, value in fields.items():
        st.session_state[key] = value
    told = {"on_change": _changed, "args": (choice, offered)}
    st.segmented_control(
        "Format",
        list(FORMATS),
        key="briefing_format",
        format_func=lambda name: FORMATS[name].label,
        required=True,
        help=HELP["format"],
        **told,
    )
    st.text_input(
        "Title",
        key="briefing_title",
        placeholder=shown.title,
        max_chars=LONGEST_TITLE,
        help=HELP["title"],
        **told,
    )
    st.text_area("Note", key="briefing_note", max_chars=LONGEST_NOTE, height=96, help=HELP["note"], **told)
    st.pills(
        "Pictures",
        offered,
        selection_mode="multi",
        wrap=True,
        key="briefing_pictures",
        format_func=_NAMES.__getitem__ if shown.target else (_NAMES | {"dots": "Quotes"}).__getitem__,
        help=HELP["pictures"],
        **told,
    )


_NAMES = PICTURES | {"sides": "Side by side"}


def _changed(choice: Choice, offered: Sequence[str]) -> None:
    """Keep what the fields say; pictures that there cannot be now stay chosen for when there can."""
    said = st.session_state
    wanted = {*said["briefing_pictures"], *(name for name in choice.pictures if name not in offered)}
    choose(
        replace(
            choice,
            title=said["briefing_title"],
            note=said["briefing_note"],
            format=said["briefing_format"] or choice.format,
            pictures=tuple(wanted),
        )
    )


main()
