"""How many quotes are critical, neutral, supportive and unsure: of each speaker, toward each target."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import ORDER, Palette, empty_figure, palette, plain
from attribution.charts.rows import MOST_ROWS, name_rows, shown_speakers
from attribution.pages.words import STANCES, count, shorten, stance_label, stance_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote


def speaker_bars(
    quotes: Sequence[AttributedQuote], target: str | None, *, dark: bool = False, most: int = MOST_ROWS
) -> go.Figure:
    """How many quotes of each speaker are critical (left), neutral, supportive (right) and unsure.

    Neutral quotes lie around the middle, unsure ones in a column of their own. Without a target every
    quote counts as one without a stance, in one grey bar. `customdata` of a bar is the id of its speaker's
    first quote. Speakers beyond the `most` are left out.
    """
    groups = shown_speakers(quotes, target, most)
    tallies = {
        label: Counter(stance_label(quote, target) for quote in mine) for label, mine in groups.items()
    }
    figure = _stance_bars(tallies, target is not None, palette(dark))
    firsts = [[mine[0].id] for mine in groups.values()]
    told = [_told(label, tally) for label, tally in tallies.items()]
    return figure.update_traces(customdata=firsts, hovertext=told, hoverinfo="text")


def _told(speaker: str, tally: Counter) -> str:
    """What a speaker's bars tell when pointed at."""
    parts = [f"{tally[label]:,} {STANCES[label].lower()}" for label in ORDER if tally[label]]
    numbers = f"{count(tally.total(), 'quote')}{': ' if parts else ''}{', '.join(parts)}"
    return f"<b>{plain(shorten(speaker, 56))}</b><br>{numbers}"


def target_bars(
    quotes: Sequence[AttributedQuote], targets: Sequence[str], *, dark: bool = False
) -> go.Figure:
    """The same of each target: how many quotes are critical of it, neutral, supportive and unsure."""
    tallies = {
        target: Counter(stance_label(quote, target) for quote in quotes if stance_of(quote, target))
        for target in targets
    }
    return _stance_bars(tallies, True, palette(dark))


def _stance_bars(tallies: dict[str, Counter], asked: bool, colours: Palette) -> go.Figure:
    """A row of bars for each name; one grey bar without a stance `asked`."""
    counts = list(tallies.values())
    figure = empty_figure(colours)
    rows = [float(i) for i in range(len(counts))]
    has_unsure = any(tally["unsure"] for tally in counts)
    if not asked:
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
        height=38 * max(len(counts), 1) + 108,
        margin={"t": 46, "b": 52, "l": 8, "r": 8},
        xaxis={
            "range": [-reach * 1.06 if asked else 0, reach * 1.06],
            "domain": [0, 0.84] if has_unsure else [0, 1],
            "tickvals": ticks,
            "ticktext": [str(abs(tick)) for tick in ticks],
            "title": {
                "text": "← critical      quotes      supportive →" if asked else "quotes",
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
    if asked:
        figure.add_vline(x=0, line={"color": colours.faint, "width": 1})
    name_rows(figure, {name: tally.total() for name, tally in tallies.items()}, rows)
    figure.update_yaxes(range=[len(counts) - 0.5, -0.5])
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
        legendrank=ORDER.index(label),
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
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
