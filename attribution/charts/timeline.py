"""When it was said: every quote at its article's date, those without a date in a lane of their own."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.dots import add_dots, add_keys, dot_size, swarm
from attribution.charts.look import Palette, empty_figure, palette, plain, rule
from attribution.pages.words import shorten, stance_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.article import Article

_TALL = 400.0  # pixels from the lowest to the highest score shown
_NARROW = 330.0  # pixels across on the narrowest page: wider only moves dots further apart
_REACH = 1.12  # the scores shown, to either side
_CROWD = 2  # times as many dots as there are, for their size: they have less room than in the strip chart
_GAP = 0.04  # between the lane and the dates, of the width
_FARTHEST = 60.0  # pixels from its day to a dot: in a greater crowd dots lie over each other
_DAY = 86_400_000  # milliseconds
_NOTHING = datetime.timedelta()

_Place = tuple[object, float]


def published_on(article: Article) -> datetime.date | None:
    """The day an article appeared; `None` where that is not known.

    >>> from attribution.article import Article
    >>> published_on(Article("…", file="-", published="2026-02-04T09:30Z"))
    datetime.date(2026, 2, 4)
    """
    try:
        return datetime.datetime.fromisoformat((article.published or "").strip()).date()
    except ValueError:
        return None


def time_line(
    quotes: Sequence[AttributedQuote], target: str, *, dark: bool = False, webgl: bool = False
) -> go.Figure:
    """Quotes by date and stance: one dot a quote, drawn as in `strip_chart`, at the day of its article.

    Quotes of articles without a date stand in a lane at the left, a column an article, in the order in
    which they were loaded. No line joins the dots: they are no series. A dot with a point in it is a quote
    of which nobody is named the speaker. Quotes without a stance toward `target` are left out.
    `customdata` of a dot is its quote's id.
    """
    colours = palette(dark)
    rated = [quote for quote in quotes if stance_of(quote, target)]
    days: dict[datetime.date, list[AttributedQuote]] = defaultdict(list)
    undated: dict[str, list[AttributedQuote]] = defaultdict(list)
    for quote in rated:
        day = published_on(quote.article)
        (days[day] if day else undated[quote.article.id]).append(quote)
    figure = empty_figure(colours)
    lane, crowd = _lane_width(len(undated), bool(days)), _CROWD * len(rated)
    loose = "x2" if days else "x"  # the axis of the lane
    for places, axis in (
        (_on_days(dict(sorted(days.items())), target, lane, crowd), "x"),
        (_in_lane(undated, target, lane, crowd), loose),
    ):
        mine = [quote for quote in rated if quote.id in places]
        if mine:
            add_dots(figure, mine, target, places, colours, crowd, webgl=webgl, xaxis=axis)
    _mark_unattributed(figure, {quote.id for quote in rated if quote.speaker.person is None})
    if days:
        _draw_days(figure, sorted(days), lane, colours)
    if undated:
        _draw_lane(figure, list(undated.values()), lane, loose, colours)
    _draw_scores(figure, loose if undated else "x", colours)
    add_keys(figure, rated, target, colours)
    return figure


def _mark_unattributed(figure: go.Figure, unattributed: set[str]) -> None:
    """A point in the dots that nobody is named for: no row of this picture tells who speaks."""
    for trace in figure.data:
        if trace.customdata is not None and len(trace.customdata):
            trace.marker.symbol = [
                f"{symbol}-dot" if row[0] in unattributed else symbol
                for row, symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
            ]


def _lane_width(articles: int, dated: bool) -> float:
    """How much of the width the articles without a date take."""
    if not articles:
        return 0.0
    return min(0.12 + 0.05 * articles, 0.42) if dated else 1.0


def _moves(
    quotes: Sequence[AttributedQuote], across: Sequence[float], target: str, crowd: int, most: float
) -> list[float]:
    """How far each dot moves from its place `across` to hide no other, in pixels."""
    return swarm(
        [
            (x, _score(quote, target) * _TALL / 2 / _REACH, dot_size(quote.quote.words, crowd))
            for quote, x in zip(quotes, across, strict=True)
        ],
        most,
    )


def _score(quote: AttributedQuote, target: str) -> float:
    stance = stance_of(quote, target)
    return stance.score if stance else 0.0


def _on_days(
    days: dict[datetime.date, list[AttributedQuote]], target: str, lane: float, crowd: int
) -> dict[str, _Place]:
    """Where the quotes with a date stand."""
    if not days:
        return {}
    first, last = _bounds(list(days))
    pixel = (last - first) / (_NARROW * (1 - lane - _GAP))
    dated = [(day, quote) for day, mine in days.items() for quote in mine]
    across = [(_moment(day, _NOTHING) - first) / pixel for day, _ in dated]
    moves = _moves([quote for _, quote in dated], across, target, crowd, _FARTHEST)
    return {
        quote.id: (_moment(day, move * pixel), _score(quote, target))
        for (day, quote), move in zip(dated, moves, strict=True)
    }


def _moment(day: datetime.date, away: datetime.timedelta) -> datetime.datetime:
    at = datetime.datetime.combine(day, datetime.time())
    try:
        return at + away
    except OverflowError:
        return at


def _bounds(days: Sequence[datetime.date]) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and the last moment shown."""
    pad = max((max(days) - min(days)) * 0.07, datetime.timedelta(days=1))
    return _moment(min(days), -pad), _moment(max(days), pad)


def _in_lane(
    undated: dict[str, list[AttributedQuote]], target: str, lane: float, crowd: int
) -> dict[str, _Place]:
    """Where the quotes without a date stand: a column an article, in loading order."""
    column = _NARROW * lane / max(len(undated), 1)
    places: dict[str, _Place] = {}
    for number, mine in enumerate(undated.values()):
        moves = _moves(mine, [0.0] * len(mine), target, crowd, column / 2)
        for quote, move in zip(mine, moves, strict=True):
            places[quote.id] = number + 0.5 + move / column, _score(quote, target)
    return places


def _draw_lane(
    figure: go.Figure,
    articles: Sequence[Sequence[AttributedQuote]],
    lane: float,
    axis: str,
    colours: Palette,
) -> None:
    """The lane of the articles without a date: a ground of its own, a column an article."""
    level = len(articles) <= (4 if lane == 1 else 1)  # whether the names have room beside each other
    named = len(articles) <= (20 if lane == 1 else 6)
    names = [plain(shorten(mine[0].article.name, 18 if level else 14)) for mine in articles] if named else []
    title = "date unknown: in the order loaded" if lane == 1 else "date unknown:<br>in the order loaded"
    figure.layout[axis.replace("x", "xaxis")] = {
        "domain": [0, lane],
        "range": [0, len(articles)],
        "tickvals": [number + 0.5 for number in range(len(names))],
        "ticktext": names,
        "tickangle": -40 if named and not level else 0,
        "tickfont": {"size": 12 if level else 11},
        "ticklabeloverflow": "allow",
        "showgrid": False,
        "title": {"text": title, "standoff": 8},
    }
    ground = {"type": "rect", "xref": "paper", "yref": "paper", "x0": 0, "x1": lane, "y0": 0, "y1": 1}
    figure.add_shape(ground | {"fillcolor": colours.tints["unsure"], "line": {"width": 0}, "layer": "below"})


def _draw_days(figure: go.Figure, days: Sequence[datetime.date], lane: float, colours: Palette) -> None:
    """The axis of dates, with a thin line at each day that has an article."""
    first, last = _bounds(days)
    few = len(days) <= 5 and all(b - a > (last - first) / 8 for a, b in zip(days, days[1:], strict=False))
    axis = {"tickmode": "array", "tickvals": list(days)} if few else {"nticks": 5}
    if not few and (last - first).days <= 10:
        axis = {"dtick": _DAY * 2}
    figure.update_layout(
        xaxis={"type": "date", "range": [first, last], "domain": [lane + _GAP if lane else 0, 1]}
        | {"tickformat": "%-d %b<br>%Y", "tickangle": 0, "showgrid": False}
        | {"title": {"text": "date of the article", "standoff": 8}}
        | axis
    )
    if len(days) <= 60:
        at = [datetime.datetime.combine(day, datetime.time()) for day in days]
        figure.update_layout(shapes=[rule(colours.grid, x=moment) for moment in at])


def _draw_scores(figure: go.Figure, beside: str, colours: Palette) -> None:
    """The axis of scores, critical below, `beside` the leftmost axis."""
    figure.update_yaxes(
        anchor=beside,
        range=[-_REACH, _REACH],
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=["−1", "−0.5", "0", "+0.5", "+1"],
        title={"text": "← critical    stance    supportive →", "standoff": 4},
        automargin=True,
        zeroline=True,
        zerolinecolor=colours.faint,
    )
    aslant = figure.layout[beside.replace("x", "xaxis")].tickangle == -40
    below = 150 if aslant else 112
    figure.update_layout(height=round(_TALL) + 34 + below, margin={"t": 34, "b": below, "l": 8, "r": 8})
