"""The names behind the picture of new and missing voices: a row a finding, each a click from its quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from attribution import charts
from attribution.pages import view
from attribution.pages.words import FEW, count, joined, speaker_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote


def show_voices(quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote]) -> None:
    """What the picture cannot name: the table of voices, and what cannot be told of them, and why.

    The voices are those of the outlets of `quotes`, compared over `every` quote loaded.
    """
    found = charts.shown_outlet_voices(quotes, every)
    st.caption(" ".join(_explained(found, every)))
    rows = findings(quotes, every)
    if not rows:
        return
    key = view.widget_key("voices_table")

    def chosen() -> None:
        """A row was clicked: its voice's quotes only."""
        if picked := st.session_state[key].selection.rows:
            view.narrow("voices_table", rows[picked[0]]["Voice"])

    st.dataframe(
        rows,
        hide_index=True,
        key=key,
        on_select=chosen,
        selection_mode="single-row",
        height=min(38 + 35 * len(rows), 318),
        column_config={"Finding": st.column_config.TextColumn(width="large")},
        alt="Voices that only one outlet quotes, that it leaves out, or that are new, a row each",
    )


def findings(
    quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote]
) -> list[dict[str, str | int]]:
    """The rows of the table: voices left out first, then the new ones, then those of one outlet only.

    The new ones are those that `quotes` has, by the dates of `every`.
    """
    said: dict[str, int] = {}
    for quote in every:
        said[speaker_label(quote)] = said.get(speaker_label(quote), 0) + 1
    rows = [*_missing(quotes, every), *_new(quotes, every), *_only(quotes, every)]
    return [
        {"Voice": voice, "Outlet": outlet, "Finding": finding, "Quotes": said[voice]}
        for voice, outlet, finding in rows
    ]


_Row = tuple[str, str, str]


def _missing(quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote]) -> Iterator[_Row]:
    for each in charts.shown_outlet_voices(quotes, every):
        for voice in each.missing:
            others = f"more than half of the {each.others} other outlets quote them"
            yield voice, each.outlet, f"Left out here; {others}"


def _only(quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote]) -> Iterator[_Row]:
    for each in charts.shown_outlet_voices(quotes, every):
        if each.others:
            for voice in each.only:
                yield voice, each.outlet, "Only here"


def _new(quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote]) -> Iterator[_Row]:
    here = {speaker_label(quote) for quote in quotes}
    for each in charts.first_quoted(every):
        if each.new and each.voice in here:
            older = f"; {count(each.undated, 'quote')} without a date may be older" if each.undated else ""
            yield each.voice, joined(list(each.outlets)), f"New on {each.day:%-d %B %Y}{older}"


def _explained(found: Sequence[charts.OutletVoices], every: Sequence[AttributedQuote]) -> Iterator[str]:
    """What the picture means, and what it cannot tell here."""
    yield (
        f"A voice is a named speaker. All {count(len(every), 'quote')} loaded are compared, whatever the "
        "filters say; they choose the outlets shown. Click a bar for its outlet, a row for its voice."
    )
    if few := [each.outlet for each in found if each.few]:
        yield f"Fewer than {FEW} attributed quotes, too few to tell whom they leave out: {joined(few)}."
    large = max((each.others + (not each.few) for each in found), default=0)
    if large < 3:
        yield "“Left out” needs three outlets or more with enough quotes."
    articles = {quote.article.id: quote.article for quote in every}
    undated = sum(charts.published_on(article) is None for article in articles.values())
    if undated == len(articles):
        yield "No article has a date, so nobody can be told to be new."
    elif undated:
        yield (
            f"{undated:,} of {count(len(articles), 'article')} without a date: who is quoted only there is "
            "not told to be new."
        )
    yield "These are the voices of the articles loaded, not of everything that the outlets published."
