"""Voices by outlet: how many only this one quotes, how many others quote too, and how many it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import BAR, Palette, empty_figure, hatch, legend, palette, plain
from attribution.charts.newcomers import OutletVoices, outlet_voices
from attribution.charts.rows import MOST_ROWS
from attribution.pages.words import count, joined, shorten

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_TOO_FEW = "too few quotes to tell"


def outlet_voice_bars(
    quotes: Sequence[AttributedQuote],
    target: str | None = None,
    *,
    among: Sequence[AttributedQuote] | None = None,
    dark: bool = False,
    most: int = MOST_ROWS,
) -> go.Figure:
    """How many voices each outlet has alone and with others (right), and how many it leaves out (left).

    The outlets are those of `quotes`; they are compared over the quotes `among` which these are, the same
    ones if none are given: of one outlet alone nobody can say whom only it quotes. Of an outlet too small
    to say whom it leaves out nothing stands at the left, and its row says why. The quotes that nobody is
    named for have a number of their own. `customdata` of a bar is the id of its outlet's first quote. The
    stances toward `target` play no part. Beyond the `most` the outlets with the fewest quotes are left out.
    """
    colours = palette(dark)
    found = shown_outlet_voices(quotes, among, most)
    figure = empty_figure(colours)
    numbers = {
        "Others quote them too": [len(each.shared) for each in found],
        "Only here": [len(each.only) for each in found],
        "Most others quote them, not here": [-len(each.missing) for each in found],
    }
    for name, lengths in numbers.items():
        figure.add_trace(_bars(name, lengths, colours))
    figure.update_traces(
        customdata=[[each.quotes[0].id] for each in found],
        hovertext=[_told(each) for each in found],
        hoverinfo="text",
    )
    figure.update_yaxes(tickvals=list(range(len(found))), ticktext=[_named(each) for each in found])
    figure.update_yaxes(ticklabelstandoff=6, showgrid=False, automargin=True)
    figure.update_yaxes(range=[len(found) - 0.5, -0.5])
    _frame(figure, found)
    return figure


def shown_outlet_voices(
    quotes: Sequence[AttributedQuote], among: Sequence[AttributedQuote] | None = None, most: int = MOST_ROWS
) -> list[OutletVoices]:
    """Of the outlets of `quotes` the `most` with the most quotes `among` all, in reading order."""
    articles = {quote.article.id for quote in quotes}
    found = [
        each
        for each in outlet_voices(quotes if among is None else among)
        if any(quote.article.id in articles for quote in each.quotes)
    ]
    kept = sorted(range(len(found)), key=lambda i: -len(found[i].quotes))[:most]
    return [found[i] for i in sorted(kept)]


def _bars(name: str, lengths: Sequence[int], colours: Palette) -> go.Bar:
    """One kind of voices: grey for the shared, dark for its own, hatched for those left out."""
    missing = any(length < 0 for length in lengths) or name.startswith("Most")
    own = name == "Only here"
    fill = colours.text if own else colours.tints["neutral"] if missing else colours.marks["neutral"]
    return go.Bar(
        x=[length or None for length in lengths],
        y=list(range(len(lengths))),
        name=name,
        showlegend=any(lengths),
        text=[f"{abs(length):,}" if length else "" for length in lengths],
        textposition="inside",
        insidetextanchor="middle",
        constraintext="none",
        textangle=0,
        textfont={"color": colours.text if missing else colours.surface, "size": 13},
        marker={
            "color": fill,
            "line": {
                "color": colours.faint if missing else colours.surface,
                "width": 1.5 if missing else 0.5,
            },
            "pattern": hatch(missing, colours.faint),
        },
        **BAR,
    )


def _named(each: OutletVoices) -> str:
    """An outlet's name and its quotes, with what no bar can show."""
    facts = [count(len(each.quotes), "quote")]
    facts += [f"{each.unattributed:,} unattributed"] if each.unattributed else []
    lines = [", ".join(facts), *([_TOO_FEW] if each.few else [])]
    small = "".join(f"<br><span style='font-size:11px'>{line}</span>" for line in lines)
    return plain(shorten(each.outlet, 24)) + small


def _frame(figure: go.Figure, found: Sequence[OutletVoices]) -> None:
    """The axis and the keys."""
    most = max((len(each.only) + len(each.shared) for each in found), default=1)
    left = max((len(each.missing) for each in found), default=0)
    reach = max(most, 1) * 1.08
    step = max(1, round((reach + left) / 6))
    ticks = [*range(0, -left - 1, -step)][1:][::-1] + [*range(0, most + 1, step)]
    figure.update_xaxes(
        range=[-left * 1.08, reach],
        tickvals=ticks,
        ticktext=[f"{abs(tick):,}" for tick in ticks],
        title={"text": "← left out      voices      quoted →" if left else "voices quoted", "standoff": 8},
        zeroline=bool(left),
        zerolinecolor=figure.layout.template.layout.font.color,
    )
    figure.update_layout(
        barmode="relative",
        bargap=0.35,
        height=50 * max(len(found), 1) + 140,
        margin={"t": 78, "b": 52, "l": 8, "r": 8},
        legend=legend() | {"traceorder": "normal"},
    )


def _told(each: OutletVoices) -> str:
    """What an outlet's bars tell when pointed at."""
    lines = [
        f"<b>{plain(shorten(each.outlet, 56))}</b>",
        f"{count(len(each.quotes), 'quote')}, {each.unattributed:,} unattributed",
    ]
    for title, voices in (
        ("Only here", each.only),
        ("Others too", each.shared),
        ("Most others, not here", each.missing),
    ):
        if voices:
            names = joined([shorten(voice, 26) for voice in voices], most=3)
            lines.append(f"{title}: {plain(names)}")
    if each.few:
        lines.append("Too few attributed quotes to tell whom it leaves out")
    return "<br>".join(lines)
