"""Tables become plotly figures: one template, one palette, for light and dark and for the colour-blind."""

from __future__ import annotations

import html
import math
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.pages.words import (
    FEW,
    STANCES,
    certainty,
    count,
    shorten,
    signed,
    speaker_label,
    stance_label,
    stance_of,
)

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. `marks` fill dots and bars (3:1 on the page), `tints` lie under text."""

    text: str
    faint: str
    grid: str
    surface: str
    marks: dict[str, str]
    tints: dict[str, str]


# Orange and blue stay apart for every common kind of colour blindness; grey lies between.
LIGHT = Palette(
    text="#22252b",
    faint="#5b6069",
    grid="#e3e1dc",
    surface="#ffffff",
    marks={"oppose": "#c2500a", "neutral": "#7a7d84", "support": "#2166ac", "unsure": "#7a7d84"},
    tints={"oppose": "#fce3d0", "neutral": "#e9e9ea", "support": "#d9e7f6", "unsure": "#f6f6f6"},
)
DARK = Palette(
    text="#ebe9e5",
    faint="#aeb1b8",
    grid="#343840",
    surface="#15171b",
    marks={"oppose": "#f2913d", "neutral": "#9da1a9", "support": "#6fb1f0", "unsure": "#9da1a9"},
    tints={"oppose": "#54300f", "neutral": "#383b41", "support": "#16385c", "unsure": "#24272c"},
)

SHAPES = {
    "direct": "circle",
    "partial": "diamond",
    "scare": "square",
    "headline": "triangle-up",
    "nested": "triangle-down",
    "block": "hexagon",
    "transcript": "pentagon",
}
MOST_ROWS = 40

_FONT = '"Source Sans", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif'
_NARROW = 230.0  # pixels from score −1 to +1 on the narrowest page: wider only moves dots further apart
_GAP = 2.0  # pixels between two dots
_ORDER = ("oppose", "neutral", "support", "unsure")


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light theme."""
    return DARK if dark else LIGHT


def plain(text: str) -> str:
    """`text` for a figure, where plotly would read some HTML: every tag shows as it is written.

    >>> plain("<b>Hill</b> & Co.")
    '&lt;b&gt;Hill&lt;/b&gt; &amp; Co.'
    """
    return html.escape(" ".join(text.split()), quote=False)


def by_speaker(quotes: Sequence[AttributedQuote], target: str | None) -> dict[str, list[AttributedQuote]]:
    """The quotes of each speaker, from the most supportive speaker to the most critical, the unnamed last.

    Without stances the speaker with the most quotes comes first.
    """
    groups: dict[str, list[AttributedQuote]] = defaultdict(list)
    for quote in quotes:
        groups[speaker_label(quote)].append(quote)

    def rank(label: str) -> tuple[bool, float, int, str]:
        mine = groups[label]
        scores = [stance.score for quote in mine if (stance := stance_of(quote, target))]
        named = any(quote.speaker.person for quote in mine)
        return not named, -sum(scores) / len(scores) if scores else 0.0, -len(mine), label

    return {label: groups[label] for label in sorted(groups, key=rank)}


def shown_speakers(quotes: Sequence[AttributedQuote], target: str | None) -> dict[str, list[AttributedQuote]]:
    """`by_speaker` for the `MOST_ROWS` speakers with the most quotes; the page says how many are left out."""
    groups = by_speaker(quotes, target)
    kept = set(sorted(groups, key=lambda label: -len(groups[label]))[:MOST_ROWS])
    return {label: mine for label, mine in groups.items() if label in kept}


def dot_size(words: int, quotes: int) -> float:
    """The diameter of a dot in pixels: it grows with the root of the words, and shrinks in a crowd.

    >>> dot_size(25, 10), dot_size(400, 10)
    (19.0, 30.0)
    """
    crowd = 1.0 if quotes <= 80 else max(0.4, math.sqrt(80 / quotes))
    return round(min(9 + 2 * math.sqrt(words), 30) * crowd, 1)


def spread(dots: Sequence[tuple[float, float]]) -> list[float]:
    """How far each dot of one row stands below (+) or above (−) its middle, in pixels, to hide no other.

    `dots` are pairs of place along the row and diameter, both in pixels. Each goes to the nearest of the
    row's lanes that is free there: the same dots always come to the same places.

    >>> spread([(0, 10), (5, 10), (40, 10)])
    [0.0, 12.0, 0.0]
    """
    pitch = max((size for _, size in dots), default=0.0) + _GAP
    ends: list[float] = []  # the right edge of the last dot of each lane
    offsets = [0.0] * len(dots)
    for i in sorted(range(len(dots)), key=lambda i: (dots[i], i)):
        place, size = dots[i]
        lane = next((n for n, end in enumerate(ends) if end + _GAP <= place - size / 2), len(ends))
        ends[lane : lane + 1] = [place + size / 2]
        offsets[i] = (lane + 1) // 2 * pitch * (1 if lane % 2 else -1) + 0.0
    return offsets


def hover_text(quote: AttributedQuote, target: str | None) -> str:
    """What a dot tells when pointed at: speaker, quote and stance, wrapped and escaped."""
    lines = textwrap.wrap(f"“{' '.join(quote.quote.text.split())}”", 58, max_lines=7, placeholder=" …")
    stance = stance_of(quote, target)
    tail = f"{quote.quote.kind}, {count(quote.quote.words, 'word')}"
    if stance:
        tail = f"{STANCES[stance.label]} {signed(stance.score)} · {tail}"
    said_by = f"<b>{plain(shorten(speaker_label(quote), 56))}</b> ({certainty(quote.confidence)})"
    return "<br>".join([said_by, *map(plain, lines), plain(tail), plain(shorten(quote.article.name, 56))])


def strip_chart(quotes: Sequence[AttributedQuote], target: str, *, dark: bool = False) -> go.Figure:
    """Speakers by stance: one dot a quote, its size the words, its shape the kind, its colour the stance.

    Quotes without a stance toward `target` are left out, and so are speakers beyond `MOST_ROWS`.
    `customdata` of a dot is its quote's id. Two calls with the same quotes give the same figure.
    """
    colours = palette(dark)
    rated = [quote for quote in quotes if stance_of(quote, target)]
    groups = shown_speakers(rated, target)
    figure = _figure(colours)
    places, middles, height = _rows(groups, target, len(rated))
    for label in _ORDER:
        mine = [quote for quote in rated if quote.id in places and stance_label(quote, target) == label]
        figure.add_trace(_dots(mine, label, target, places, len(rated), colours))
    _legend(figure, rated, target, colours)
    for _, top in middles[1:]:
        figure.add_hline(y=top, line={"color": colours.grid, "width": 1}, layer="below")
    figure.add_vline(x=0, line={"color": colours.faint, "width": 1}, layer="below")
    figure.update_xaxes(
        range=[-1.14, 1.14],
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=["−1", "−0.5", "0", "+0.5", "+1"],
        title={"text": "← critical      stance      supportive →", "standoff": 8},
    )
    _name_rows(figure, groups, [middle for middle, _ in middles])
    figure.update_yaxes(range=[height, 0])
    figure.update_layout(height=round(height) + 122, margin={"t": 34, "b": 88, "l": 8, "r": 8})
    return figure


def _rows(
    groups: dict[str, list[AttributedQuote]], target: str, quotes: int
) -> tuple[dict[str, float], list[tuple[float, float]], float]:
    """In pixels from the top: every quote's y by its id, every row's middle and top, and their height."""
    places: dict[str, float] = {}
    middles: list[tuple[float, float]] = []
    top = 0.0
    for mine in groups.values():
        scores = [stance.score for quote in mine if (stance := stance_of(quote, target))]
        sizes = [dot_size(quote.quote.words, quotes) for quote in mine]
        offsets = spread(
            [((score + 1) / 2 * _NARROW, size) for score, size in zip(scores, sizes, strict=True)]
        )
        reach_up = max(size / 2 - offset for size, offset in zip(sizes, offsets, strict=True))
        reach_down = max(size / 2 + offset for size, offset in zip(sizes, offsets, strict=True))
        reach_up, reach_down = max(reach_up + 6, 24), max(reach_down + 6, 24)
        middle = top + reach_up
        places |= {quote.id: middle + offset for quote, offset in zip(mine, offsets, strict=True)}
        middles.append((middle, top))
        top += reach_up + reach_down
    return places, middles, max(top, 48.0)


def _dots(
    quotes: Sequence[AttributedQuote],
    label: str,
    target: str,
    places: dict[str, float],
    of: int,
    colours: Palette,
) -> go.Scatter:
    """The dots of one stance; hollow for `unsure`."""
    colour = colours.marks[label]
    hollow = label == "unsure"
    return go.Scatter(
        x=[stance.score for quote in quotes if (stance := stance_of(quote, target))],
        y=[places[quote.id] for quote in quotes],
        mode="markers",
        name=STANCES[label],
        customdata=[[quote.id] for quote in quotes],
        hovertext=[hover_text(quote, target) for quote in quotes],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
        marker={
            "size": [dot_size(quote.quote.words, of) for quote in quotes],
            "symbol": [SHAPES[quote.quote.kind] for quote in quotes],
            "color": colours.surface if hollow else colour,
            "opacity": 1,
            "line": {"color": colour if hollow else colours.surface, "width": 2 if hollow else 1},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.5}},
    )


def _legend(figure: go.Figure, quotes: Sequence[AttributedQuote], target: str, colours: Palette) -> None:
    """Colour above the rows, shape below them: only what the figure shows."""
    labels = {stance_label(quote, target) for quote in quotes}
    kinds = {quote.quote.kind for quote in quotes}
    for label in (label for label in _ORDER if label in labels):
        hollow = label == "unsure"
        fill = colours.surface if hollow else colours.marks[label]
        line = {"color": colours.marks[label], "width": 2 if hollow else 0}
        figure.add_trace(_key(STANCES[label], "circle", fill, line, "legend"))
    for kind in (kind for kind in SHAPES if kind in kinds):
        line = {"color": colours.faint, "width": 0}
        figure.add_trace(_key(kind, SHAPES[kind], colours.faint, line, "legend2"))
    shared = {"orientation": "h", "itemclick": False, "itemdoubleclick": False, "x": 0, "xref": "container"}
    figure.update_layout(
        legend=shared | {"y": 1, "yanchor": "top", "yref": "container"},
        legend2=shared
        | {"y": 0, "yanchor": "bottom", "yref": "container"}
        | {"title": {"text": "Size: words. Shape: ", "font": {"size": 12}}},
    )


def _key(name: str, symbol: str, fill: str, line: dict, legend: str) -> go.Scatter:
    """One entry of a legend."""
    marker = {"size": 11, "symbol": symbol, "color": fill, "line": line}
    return go.Scatter(
        x=[None], y=[None], mode="markers", name=name, marker=marker, legend=legend, hoverinfo="skip"
    )


def speaker_bars(quotes: Sequence[AttributedQuote], target: str | None, *, dark: bool = False) -> go.Figure:
    """How many quotes of each speaker are critical (left), neutral, supportive (right) and unsure.

    Neutral quotes lie around the middle, unsure ones in a column of their own. Without a target every
    quote counts as one without a stance, in one grey bar.
    """
    colours = palette(dark)
    groups = shown_speakers(quotes, target)
    counts = [Counter(stance_label(quote, target) for quote in mine) for mine in groups.values()]
    figure = _figure(colours)
    rows = [float(i) for i in range(len(groups))]
    has_unsure = any(tally["unsure"] for tally in counts)
    if target is None:
        figure.add_trace(_bar(rows, [tally[None] for tally in counts], "neutral", "No stance asked", colours))
    else:
        _diverging(figure, rows, counts, colours)
    left = max((tally["oppose"] + tally["neutral"] / 2 for tally in counts), default=0)
    right = max((tally["support"] + tally["neutral"] / 2 + tally[None] for tally in counts), default=0)
    reach = max(left, right, 1)
    step = max(1, math.ceil(reach / 4))
    ticks = [*range(-step * 4, 0, step), *range(0, step * 4 + 1, step)]
    figure.update_layout(
        barmode="relative",
        bargap=0.35,
        height=34 * max(len(groups), 1) + 96,
        margin={"t": 34, "b": 52, "l": 8, "r": 8},
        xaxis={
            "range": [-reach * 1.06 if target else 0, reach * 1.06],
            "domain": [0, 0.84] if has_unsure else [0, 1],
            "tickvals": ticks,
            "ticktext": [str(abs(tick)) for tick in ticks],
            "title": {
                "text": "← critical      quotes      supportive →" if target else "quotes",
                "standoff": 8,
            },
        },
        legend={"orientation": "h", "itemclick": False, "itemdoubleclick": False}
        | {"x": 0, "xref": "container", "y": 1, "yanchor": "top", "yref": "container"},
    )
    if has_unsure:
        most = max(tally["unsure"] for tally in counts)
        figure.update_layout(
            xaxis2={
                "domain": [0.87, 1],
                "range": [0, most * 1.4],
                "showgrid": False,
                "showticklabels": False,
            }
            | {"title": {"text": "unsure", "standoff": 8}, "fixedrange": True}
        )
    if target:
        figure.add_vline(x=0, line={"color": colours.faint, "width": 1})
    _name_rows(figure, groups, rows)
    figure.update_yaxes(range=[len(groups) - 0.5, -0.5])
    return figure


def _diverging(figure: go.Figure, rows: list[float], counts: list[Counter], colours: Palette) -> None:
    """Neutral halves first, so that they lie around the middle, then what leans to either side."""
    halves = [tally["neutral"] / 2 for tally in counts]
    figure.add_trace(_bar(rows, [-half for half in halves], "neutral", "Neutral", colours, written=False))
    figure.add_trace(
        _bar(rows, halves, "neutral", "Neutral", colours, shown=[2 * half for half in halves], key=False)
    )
    figure.add_trace(_bar(rows, [-tally["oppose"] for tally in counts], "oppose", STANCES["oppose"], colours))
    figure.add_trace(
        _bar(rows, [tally["support"] for tally in counts], "support", STANCES["support"], colours)
    )
    if any(tally["unsure"] for tally in counts):
        unsure = _bar(rows, [tally["unsure"] for tally in counts], "unsure", STANCES["unsure"], colours)
        figure.add_trace(unsure.update(xaxis="x2"))


def _bar(
    rows: list[float],
    lengths: Sequence[float],
    label: str,
    name: str,
    colours: Palette,
    *,
    shown: Sequence[float] | None = None,
    written: bool = True,
    key: bool = True,
) -> go.Bar:
    """One stance's bars with their counts in them."""
    hollow = label == "unsure"
    numbers = [round(abs(length)) for length in (shown or lengths)]
    return go.Bar(
        x=[length or None for length in lengths],
        y=rows,
        orientation="h",
        name=name,
        legendrank=_ORDER.index(label),
        showlegend=key and any(lengths),
        text=[str(number) if number and written else "" for number in numbers],
        textposition="outside" if hollow else "inside",
        constraintext="none",
        cliponaxis=False,
        insidetextanchor="start" if shown else "middle",
        textangle=0,
        textfont={"color": colours.text if hollow else colours.surface, "size": 13},
        hoverinfo="skip",
        marker={
            "color": colours.surface if hollow else colours.marks[label],
            "line": {"color": colours.marks[label], "width": 1.5 if hollow else 0},
        },
    )


def _name_rows(figure: go.Figure, groups: dict[str, list[AttributedQuote]], rows: Iterable[float]) -> None:
    """The speaker's name and number of quotes beside each row; few quotes are marked as few."""
    names = []
    for label, mine in groups.items():
        few = " (few)" if len(mine) < FEW else ""
        number = f"<span style='font-size:11px'>{count(len(mine), 'quote')}{few}</span>"
        names.append(f"{plain(shorten(label, 24))}<br>{number}")
    figure.update_yaxes(tickvals=list(rows), ticktext=names, ticklabelstandoff=6)
    figure.update_yaxes(showgrid=False, automargin=True)


def _figure(colours: Palette) -> go.Figure:
    """An empty figure in the one template."""
    font = {"family": _FONT, "size": 13, "color": colours.text}
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "gridcolor": colours.grid,
        "tickfont": font,
        "title": {"font": font | {"color": colours.faint}},
    }
    hover = {"bgcolor": colours.surface, "bordercolor": colours.faint, "align": "left", "font": font}
    layout = {
        "font": font,
        "paper_bgcolor": colours.surface,
        "plot_bgcolor": colours.surface,
        "xaxis": axis,
        "yaxis": axis,
        "hoverlabel": hover | {"namelength": -1},
        "legend": {"font": font | {"size": 12}},
        "dragmode": False,
        "clickmode": "event+select",
    }
    return go.Figure(layout={"template": go.layout.Template(layout=layout)})
