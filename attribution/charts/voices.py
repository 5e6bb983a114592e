"""Share of voice: how many words each speaker is quoted with, by stance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import BAR, HATCHED, ORDER, Palette, empty_figure, hatch, legend, palette, plain
from attribution.charts.rows import MOST_ROWS, name_rows
from attribution.pages.words import STANCES, UNNAMED, count, shorten, speaker_label, stance_label

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote


def by_words(quotes: Sequence[AttributedQuote], most: int = MOST_ROWS) -> dict[str, list[AttributedQuote]]:
    """The quotes of the `most` speakers with the most words, most first, `UNNAMED` always last."""
    groups: dict[str, list[AttributedQuote]] = defaultdict(list)
    for quote in quotes:
        groups[speaker_label(quote)].append(quote)
    ranked = sorted(groups, key=lambda label: (-_words(groups[label]), label))
    shown = [label for label in ranked if label != UNNAMED][: most - (UNNAMED in groups)]
    return {label: groups[label] for label in (*shown, UNNAMED) if label in groups}


def voice_bars(
    quotes: Sequence[AttributedQuote], target: str | None, *, dark: bool = False, most: int = MOST_ROWS
) -> go.Figure:
    """How many words each speaker is quoted with, parted by the quotes' stance toward `target`.

    The shares are of all words of `quotes`, also where speakers beyond the `most` are left out.
    `customdata` of a bar is the id of its speaker's first quote. Without a target the bars are grey.
    """
    colours = palette(dark)
    groups, total = by_words(quotes, most), _words(quotes)
    figure = empty_figure(colours)
    for label in ORDER if target else (None,):
        parts = [[q for q in mine if stance_label(q, target) == label] for mine in groups.values()]
        if any(parts):
            figure.add_trace(_bars(parts, label, colours))
    firsts = [[mine[0].id] for mine in groups.values()]
    told = [_told(label, mine, target, total) for label, mine in groups.items()]
    figure.update_traces(customdata=firsts, hovertext=told, hoverinfo="text")
    sums = [_words(mine) for mine in groups.values()]
    figure.add_trace(_totals(sums, total, colours))
    name_rows(figure, {label: len(mine) for label, mine in groups.items()}, range(len(groups)))
    figure.update_yaxes(range=[len(groups) - 0.5, -0.5])
    figure.update_xaxes(
        range=[0, max([*sums, 1]) * 1.4],
        title={"text": "words quoted", "standoff": 8},
        nticks=6,
        tickformat=",",
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.35,
        height=38 * max(len(groups), 1) + 108,
        margin={"t": 46, "b": 52, "l": 8, "r": 8},
        legend=legend() | {"traceorder": "normal"},
    )
    return figure


def _words(quotes: Sequence[AttributedQuote]) -> int:
    return sum(quote.quote.words for quote in quotes)


def _bars(parts: Sequence[Sequence[AttributedQuote]], label: str | None, colours: Palette) -> go.Bar:
    """One stance's part of every speaker's bar, hollow for `unsure`."""
    hollow = label == "unsure"
    colour = colours.marks[label or "neutral"]
    return go.Bar(
        x=[_words(mine) or None for mine in parts],
        y=list(range(len(parts))),
        name=STANCES[label] if label else "No stance asked",
        showlegend=True,
        marker={
            "color": colours.surface if hollow else colour,
            "line": {"color": colour if hollow else colours.surface, "width": 1.5 if hollow else 0.5},
            "pattern": hatch(label in HATCHED, colours.surface, 8) | {"fillmode": "overlay"},
        },
        **BAR,
    )


def _totals(sums: Sequence[int], total: int, colours: Palette) -> go.Scatter:
    """The words and the share of each speaker, at the end of the bar."""
    return go.Scatter(
        x=list(sums),
        y=list(range(len(sums))),
        mode="text",
        text=[f" {words:,} · {words / max(total, 1):.0%}" for words in sums],
        textposition="middle right",
        textfont={"color": colours.text, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _told(label: str, quotes: Sequence[AttributedQuote], target: str | None, total: int) -> str:
    """What a speaker's bar tells when pointed at."""
    parts = []
    for stance in ORDER if target else ():
        words = _words([quote for quote in quotes if stance_label(quote, target) == stance])
        if words:
            parts.append(f"{STANCES[stance].lower()} {words:,}")
    words = _words(quotes)
    lines = [
        f"<b>{plain(shorten(label, 56))}</b>",
        f"{count(words, 'word')} in {count(len(quotes), 'quote')}, {words / max(total, 1):.0%} of all",
        f"Words by stance: {', '.join(parts)}" if parts else "",
    ]
    return "<br>".join(line for line in lines if line)
