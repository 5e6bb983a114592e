"""How many quotes are critical, neutral, supportive and unsure: of each speaker, toward each target."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import BAR, ORDER, Palette, empty_figure, legend, palette, plain
from attribution.charts.rows import MOST_ROWS, name_rows, shown_speakers
from attribution.pages.words import (
    NOT_READ,
    STANCES,
    count,
    leanings,
    shorten,
    stance_label,
    stance_of,
    told_leanings,
)

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_SIDES = ("oppose", "neutral", "support")
_LEANINGS = (*_SIDES, NOT_READ)  # of those unsure, from left to right


@dataclass(frozen=True)
class _Tally:
    """The stances of a row's quotes, counted: by label, and of those unsure by what they lean to."""

    labels: Counter[str | None]
    leanings: Counter[str]

    @classmethod
    def of(cls, quotes: Sequence[AttributedQuote], target: str | None) -> _Tally:
        return cls(Counter(stance_label(quote, target) for quote in quotes), leanings(quotes, target))


def speaker_bars(
    quotes: Sequence[AttributedQuote], target: str | None, *, dark: bool = False, most: int = MOST_ROWS
) -> go.Figure:
    """How many quotes of each speaker are critical (left), neutral, supportive (right) and unsure.

    Neutral quotes lie around the middle, unsure ones in a column of their own, hollow, from those that
    lean critical to those that lean supportive. Without a target every quote counts as one without a stance,
    in one grey bar. `customdata` of a bar is the id of its speaker's
    first quote. Speakers beyond the `most` are left out.
    """
    groups = shown_speakers(quotes, target, most)
    tallies = {label: _Tally.of(mine, target) for label, mine in groups.items()}
    figure = _stance_bars(tallies, target is not None, palette(dark))
    firsts = [[mine[0].id] for mine in groups.values()]
    told = [_told(label, tally) for label, tally in tallies.items()]
    return figure.update_traces(customdata=firsts, hovertext=told, hoverinfo="text")


def _told(speaker: str, tally: _Tally) -> str:
    """What a speaker's bars tell when pointed at."""
    labels = tally.labels
    parts = [f"{labels[label]:,} {STANCES[label].lower()}" for label in ORDER if labels[label]]
    numbers = f"{count(labels.total(), 'quote')}{': ' if parts else ''}{', '.join(parts)}"
    leaning = f" ({told_leanings(tally.leanings)})" if tally.leanings else ""
    return f"<b>{plain(shorten(speaker, 56))}</b><br>{numbers}{leaning}"


def target_bars(
    quotes: Sequence[AttributedQuote], targets: Sequence[str], *, dark: bool = False
) -> go.Figure:
    """The same of each target: how many quotes are critical of it, neutral, supportive and unsure."""
    tallies = {
        target: _Tally.of([quote for quote in quotes if stance_of(quote, target)], target)
        for target in targets
    }
    return _stance_bars(tallies, True, palette(dark))


def _stance_bars(tallies: Mapping[str, _Tally], asked: bool, colours: Palette) -> go.Figure:
    """A row of bars for each name; one grey bar without a stance `asked`."""
    counts, leanings = (
        [getattr(tally, part) for tally in tallies.values()] for part in ("labels", "leanings")
    )
    figure = empty_figure(colours)
    rows = [float(i) for i in range(len(counts))]
    left = max((tally["oppose"] + tally["neutral"] / 2 for tally in counts), default=0)
    right = max((tally["support"] + tally["neutral"] / 2 + tally[None] for tally in counts), default=0)
    reach = max(left, right, 1)
    unsure = max((tally["unsure"] for tally in counts), default=0)
    # A quote is about as long in the one column as in the other, but neither may be crowded out.
    end = 1 - min(max(unsure / (unsure + 2 * reach), 0.13), 0.5) if unsure else 1.0
    if asked:
        _diverging(figure, rows, counts, colours, reach / end / 20)
    else:
        numbers = [tally[None] for tally in counts]
        bar = _bar(rows, numbers, "neutral", colours).update(name="No stance asked", text=numbers)
        figure.add_trace(bar.update(textposition="auto"))
    step = max(1, math.ceil(reach / 4))
    ticks = [*range(-step * 4, 0, step), *range(0, step * 4 + 1, step)]
    figure.update_layout(
        barmode="overlay",
        bargap=0.35,
        height=38 * max(len(counts), 1) + 108,
        margin={"t": 46, "b": 52, "l": 8, "r": 8},
        xaxis={
            "range": [-reach * 1.06 if asked else 0, reach * 1.06],
            "domain": [0, end - 0.03 if unsure else end],
            "tickvals": ticks,
            "ticktext": [str(abs(tick)) for tick in ticks],
            "title": {
                "text": "← critical      quotes      supportive →" if asked else "quotes",
                "standoff": 8,
            },
        },
        legend=legend(),
    )
    if unsure:
        _undecided(figure, rows, [tally.leanings for tally in tallies.values()], colours)
        figure.update_layout(
            xaxis2={
                "domain": [end, 1],
                "range": [0, unsure * 1.4],
                "showgrid": False,
                "showticklabels": False,
            }
            | {"title": {"text": "unsure", "standoff": 8}, "fixedrange": True}
        )
        keys = sum(trace.showlegend for trace in figure.data)
        figure.update_layout(height=figure.layout.height + 18 * max(0, keys - 2))  # on a phone, two a line
    if asked:
        figure.add_vline(x=0, line={"color": colours.faint, "width": 1}, layer="below")
    name_rows(figure, {name: tally.labels.total() for name, tally in tallies.items()}, rows)
    figure.update_yaxes(range=[len(counts) - 0.5, -0.5])
    return figure


def _diverging(
    figure: go.Figure, rows: list[float], counts: Sequence[Counter], colours: Palette, digit: float
) -> None:
    """Neutral ones around the middle, and on either side of them what is critical or supportive.

    A number stands in its bar where it has room: `digit` is how long a bar must be for each of its digits.
    """
    halves = [tally["neutral"] / 2 for tally in counts]
    for label in _SIDES:
        numbers = [tally[label] for tally in counts]
        bar = _bar(rows, [-number if label == "oppose" else number for number in numbers], label, colours)
        texts = [f"{number:,}" if number >= digit * len(str(number)) else "" for number in numbers]
        bar.update(base=halves if label == "support" else [-half for half in halves], text=texts)
        figure.add_trace(bar.update(insidetextanchor="middle", textfont_color=colours.surface))


def _undecided(figure: go.Figure, rows: list[float], unsure: Sequence[Counter], colours: Palette) -> None:
    """Those unsure, in a column of their own: hollow, from leaning critical to leaning supportive."""
    last = [max(map(_LEANINGS.index, tally), default=None) for tally in unsure]
    bases = [0] * len(rows)
    for place, side in enumerate(_LEANINGS):
        lengths = [tally[side] for tally in unsure]
        sums = [f"{tally.total():,}" if at == place else "" for tally, at in zip(unsure, last, strict=True)]
        bar = _bar(rows, lengths, "unsure", colours).update(base=bases, text=sums, xaxis="x2")
        bar.update(marker_line_color=colours.marks.get(side, colours.faint), textposition="outside")
        name = "Not read" if side == NOT_READ else f"Leaning {STANCES[side].lower()}"
        figure.add_trace(bar.update(name=name, legendrank=len(ORDER) + place))
        bases = [base + length for base, length in zip(bases, lengths, strict=True)]


def _bar(rows: list[float], lengths: Sequence[int], label: str, colours: Palette) -> go.Bar:
    """One stance's bars."""
    hollow = label == "unsure"
    return go.Bar(
        x=[length or None for length in lengths],
        y=rows,
        name=STANCES[label],
        legendrank=ORDER.index(label),
        showlegend=any(lengths),
        textposition="inside",
        constraintext="none",
        cliponaxis=False,
        textangle=0,
        textfont={"color": colours.text, "size": 13},
        hoverinfo="skip",
        marker={
            "color": colours.surface if hollow else colours.marks[label],
            "line": {"color": colours.marks[label], "width": 1.5 if hollow else 0},
        },
        **BAR,
    )
