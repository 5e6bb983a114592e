"""The pictures of *Who said what*, one at a time: which one is a word of the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from attribution import charts
from attribution.pages import frame, view
from attribution.pages.card import KEYS
from attribution.pages.linked import mark_selected
from attribution.pages.once import once
from attribution.pages.voices import show_voices
from attribution.pages.webgl import wants_webgl
from attribution.pages.words import (
    FEW,
    HELP,
    count,
    leanings,
    speaker_label,
    stance_of,
    told_leanings,
    told_unread,
)
from attribution.pages.work import is_partial

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from attribution.analysis import AttributedQuote

PICTURES = {
    "dots": "Dots",
    "balance": "Balance",
    "outlets": "Outlets",
    "time": "Time",
    "share": "Share of voice",
    "voices": "New and missing",
}
SIDES = {"dots": "Left is critical, right supportive", "time": "Below is critical, above supportive"}
"""The pictures with a dot a quote, and which side of them is which."""

_NEED_STANCES = ("balance", "time")  # without an operation the first picture is the balance, in one grey bar
_CONFIG = {"displayModeBar": False, "typesetMath": False}


def show_pictures(
    quotes: Sequence[AttributedQuote],
    target: str | None,
    every: Sequence[AttributedQuote] | None = None,
) -> None:
    """The choice of picture, and the picture chosen, the selected quote marked in it.

    `every` are the quotes before any filter, these ones if none are given.
    """
    every = quotes if every is None else every
    picture = _choice(target)
    if picture == "voices":
        _voices(quotes, every, target)
    else:
        {"dots": _dots, "balance": _balance, "outlets": _outlets, "time": _time, "share": _share}[picture](
            quotes, target
        )
    mark_selected(picture, quotes, every)


def _choice(target: str | None) -> str:
    """Which picture the visitor chose, of those that there can be."""
    offered = [name for name in PICTURES if target or name not in _NEED_STANCES]
    if st.session_state["picture"] not in offered:
        if is_partial():  # the stances are still being read: the picture asked for comes with them
            return offered[0]
        st.session_state["picture"] = offered[0]
    names = PICTURES if target else PICTURES | {"dots": "Quotes"}
    return st.segmented_control(
        "Picture",
        offered,
        key="picture",
        format_func=names.__getitem__,
        required=True,
        help=HELP["picture"],
        on_change=view.touch,
        label_visibility="collapsed",
        wrap=True,
        persist_state="session",
    )


def _dots(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    if target:
        frame.part("Every quote by its speaker and stance")
        _to_choose(
            once(
                _drawn,
                quotes,
                charts.strip_chart,
                target,
                dark=frame.is_dark(),
                webgl=wants_webgl(len(quotes)),
            ),
            "strip",
            f"{count(len(quotes), 'dot')}, a row a speaker, critical on the left; the table has the same",
        )
        st.caption(_DOTS_BY_KEYS)
    _balance(quotes, target)


def _balance(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    frame.part("How often each speaker was critical or supportive" if target else "Quotes of each speaker")
    _to_narrow(
        once(_drawn, quotes, charts.speaker_bars, target, dark=frame.is_dark()),
        "bars",
        quotes,
        "The number of critical, neutral, supportive and unsure quotes of each speaker",
    )
    _caption(
        f"“Few” marks fewer than {FEW} quotes: too few to tell a tendency.",
        quotes,
        target,
        "hollow, in a column of their own at the right",
    )
    _side_by_side(quotes)


def _side_by_side(quotes: Sequence[AttributedQuote]) -> None:
    """How the same quotes stand toward each operation asked about."""
    names = [name for name in view.target_names() if any(stance_of(quote, name) for quote in quotes)]
    if len(names) > 1:
        frame.part("The operations side by side")
        st.plotly_chart(
            once(_drawn, quotes, charts.target_bars, tuple(names), dark=frame.is_dark()),
            theme=None,
            key="targets",
            config=_CONFIG,
            alt="The number of critical, neutral, supportive and unsure quotes toward each operation",
        )


def _outlets(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    frame.part(
        "Whom each outlet quotes, and where these quotes lean" if target else "Whom each outlet quotes"
    )
    _to_narrow(
        once(_drawn, quotes, charts.outlet_cells, target, dark=frame.is_dark()),
        "outlets",
        quotes,
        "A row a speaker, a column an outlet: the number of quotes, their mean stance and the unsure ones",
    )
    means = (
        f"Bold: quotes. Colour and figure: the mean stance of those not unsure, from {FEW} on; "
        "fewer are hatched and have none, too few to tell a tendency."
        if target
        else "The figures are numbers of quotes."
    )
    _caption(
        f"{means} Click a cell to see its quotes only, and again to see all. {_BY_KEYS}",
        quotes,
        target,
        "a number in their cell",
    )


def _time(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    frame.part("When it was said")
    _to_choose(
        once(
            charts.time_line,
            quotes,
            target or "",
            dark=frame.is_dark(),
            webgl=wants_webgl(len(quotes)),
        ),
        "time",
        f"{count(len(quotes), 'dot')} by date and stance, critical below; the table has the same",
    )
    articles = {quote.article.id: quote.article for quote in quotes}
    undated = sum(charts.published_on(article) is None for article in articles.values())
    unknown = (
        f"Of {undated:,} of {count(len(articles), 'article')} the date is not known: on the grey ground, "
        "a column each, in the order loaded. "
        if undated
        else ""
    )
    st.caption(
        f"A dot stands at its article's date; those of one day are spread beside it. {unknown}"
        f"No line joins the dots: they are what these articles quote, no trend. {_DOTS_BY_KEYS} "
        + _never_silent(quotes, target, "hollow dots", "dots with a point in them")
    )


def _share(quotes: Sequence[AttributedQuote], target: str | None) -> None:
    frame.part("How many words each speaker is quoted with")
    _to_narrow(
        once(_drawn, quotes, charts.voice_bars, target, dark=frame.is_dark()),
        "share",
        quotes,
        "The words quoted of each speaker, by the stance of the quote, and the share of all words",
    )
    _caption(
        "At each bar’s end its words and their share of all words quoted here. Words of a quote within a "
        "quote count for both speakers. Click a bar to see this speaker only, and again to see all. "
        + _BY_KEYS,
        quotes,
        target,
        "hollow bars",
    )


def _voices(quotes: Sequence[AttributedQuote], every: Sequence[AttributedQuote], target: str | None) -> None:
    frame.part("Whom only one outlet quotes, and whom it leaves out")
    _to_narrow(
        charts.outlet_voice_bars(quotes, target, among=every, dark=frame.is_dark()),
        "voices",
        quotes,
        "A row an outlet: how many voices only it quotes, others quote too, and most others quote but it "
        "does not; the table below has the names",
        every=every,
    )
    show_voices(quotes, every)
    st.caption(
        _never_silent(
            quotes, target, "counted like all others", "no voice, a number under their outlet's name"
        )
    )


_DOTS_BY_KEYS = (
    f"By keyboard: {KEYS['Next']} and {KEYS['Previous']} go from quote to quote, as the rows of the table do."
)
_BY_KEYS = "By keyboard: the filters Speaker and Article above do the same."


def _caption(text: str, quotes: Sequence[AttributedQuote], target: str | None, unsure: str) -> None:
    """What explains a picture, and whatever has no place of its own in it."""
    hidden = once(_speakers, quotes) - charts.MOST_ROWS
    more = f" {count(hidden, 'speaker')} with fewer quotes: in the table only." if hidden > 0 else ""
    st.caption(f"{text}{more} {_never_silent(quotes, target, unsure, 'in the rows of those not named')}")


def _never_silent(
    quotes: Sequence[AttributedQuote], target: str | None, unsure: str, unattributed: str
) -> str:
    """How many quotes are unsure and how many unattributed, and where the picture has them."""
    told = []
    if target:
        found = once(leanings, quotes, target)
        where = f", {unsure}: {told_leanings(found)}" if found else ""
        told.append(f"Unsure: {found.total():,} of {count(len(quotes), 'quote')}{where}.")
    number = once(_unattributed, quotes)
    of = "" if target else f" of {count(len(quotes), 'quote')}"
    told.append(f"Unattributed: {number:,}{of}{f', {unattributed}' if number else ''}.")
    if unread := once(told_unread, quotes):
        told.append(f"Not read: {unread}, counted among these.")
    return " ".join(told)


def _speakers(quotes: Sequence[AttributedQuote]) -> int:
    return len({speaker_label(quote) for quote in quotes})


def _unattributed(quotes: Sequence[AttributedQuote]) -> int:
    return sum(quote.speaker.person is None for quote in quotes)


def _to_choose(figure: go.Figure, name: str, alt: str) -> None:
    """A picture whose dots choose a quote. A click beside the dots leaves the card as it is."""

    def clicked(quote_id: str) -> None:
        view.choose(quote_id, by=name)

    _clickable(figure, name, alt, clicked)


def _to_narrow(
    figure: go.Figure,
    name: str,
    quotes: Sequence[AttributedQuote],
    alt: str,
    every: Sequence[AttributedQuote] = (),
) -> None:
    """A picture whose bars or cells filter the view to their speaker, their outlet or both."""

    def clicked(quote_id: str) -> None:
        quote = next((quote for quote in every or quotes if quote.id == quote_id), None)
        if not quote:
            return
        if name == "voices":
            outlet = quote.article.outlet
            mine = [
                q.article for q in every if q.article.id == quote.article.id or outlet == q.article.outlet
            ]
            view.narrow(name, None, list(dict.fromkeys(a.id for a in mine if outlet or a is quote.article)))
            return
        articles = charts.outlet_articles(quotes, quote_id) if name == "outlets" else ()
        view.narrow(name, speaker_label(quote), articles)

    _clickable(figure, name, alt, clicked)


def _drawn(
    quotes: Sequence[AttributedQuote], chart: Callable[..., go.Figure], *more: Any, **named: Any
) -> go.Figure:
    """The `chart` of the quotes, for `once`: nobody changes it any more, so its parts are laid out once."""
    figure = chart(quotes, *more, **named)
    told = figure.to_dict()
    figure.to_dict = lambda: told
    return figure


def _clickable(figure: go.Figure, name: str, alt: str, clicked: Callable[[str], None]) -> None:
    key = view.widget_key(name)

    def selected() -> None:
        if points := st.session_state[key].selection.points:
            clicked(points[0]["customdata"][0])

    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=selected,
        selection_mode="points",
        config=_CONFIG,
        alt=alt,
    )
