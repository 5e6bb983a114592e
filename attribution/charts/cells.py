"""Speakers by outlets: how many quotes each outlet has of each speaker, and where they lean."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import BAR, Palette, diverging, empty_figure, hatch, legend, palette, plain, rule
from attribution.charts.rows import MOST_ROWS, name_rows, shown_outlets, shown_speakers
from attribution.pages.words import FEW, STANCES, count, shorten, signed, speaker_label, stance_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_ROW, _TALL_ROW = 52, 70  # pixels: without and with a mean in the cells
_LEVEL = 4  # outlets whose names can stand level; of more they stand aslant
_LETTER, _COLUMN = 5.2, 34  # pixels of a letter that stands aslant, and of the narrowest column


@dataclass(frozen=True)
class _Cell:
    """The quotes of one speaker in one outlet; `row` and `column` from 0."""

    row: int
    column: int
    quotes: tuple[AttributedQuote, ...]
    tally: dict[str, int]
    mean: float | None  # of the scores that the model was sure of; none where they are few


def outlet_cells(
    quotes: Sequence[AttributedQuote], target: str | None, *, dark: bool = False, most: int = MOST_ROWS
) -> go.Figure:
    """Speakers by outlets: the number of quotes in each cell, its colour their mean score toward `target`.

    The mean is of the quotes that are not `unsure`. Of fewer than `FEW` there is none: the cell is hatched,
    without a colour. `customdata` of a cell is the id of its first quote. Beyond `MOST_OUTLETS` the
    outlets with the fewest quotes share a column; speakers beyond the `most` are left out. Without a
    target the cells have numbers only.
    """
    colours = palette(dark)
    speakers, outlets = shown_speakers(quotes, target, most), shown_outlets(quotes)
    cells = _cells(list(speakers), outlets, target)
    figure = empty_figure(colours)
    for hatched in (False, True):
        mine = [cell for cell in cells if (target is not None and cell.mean is None) is hatched]
        figure.add_trace(_boxes(mine, list(outlets), colours, hatched=hatched))
    if len(outlets) > _LEVEL and any(cell.tally["unsure"] for cell in cells):
        figure.add_trace(_unsure_key(colours))
    coloured = any(cell.mean is not None for cell in cells)
    if coloured:
        figure.add_trace(_colour_key(colours))
    name_rows(figure, {label: len(mine) for label, mine in speakers.items()}, range(len(speakers)))
    figure.update_xaxes(
        range=[0, max(len(outlets), 1)],
        tickvals=[column + 0.5 for column in range(len(outlets))],
        ticktext=[_headed(label, len(outlets)) for label in outlets],
        tickangle=0 if len(outlets) <= _LEVEL else -40,
        side="top",
        showgrid=False,
        automargin=True,
        ticklabeloverflow="allow",
    )
    figure.update_yaxes(range=[len(speakers) - 0.5, -0.5])
    top, bottom = (60 if len(outlets) <= _LEVEL else 100), (86 if coloured else 40)
    figure.update_layout(
        barmode="overlay",
        height=(_TALL_ROW if coloured else _ROW) * max(len(speakers), 1) + top + bottom,
        margin={"t": top, "b": bottom, "l": 8, "r": _lean(list(outlets))},
        shapes=[rule(colours.grid, y=row - 0.5) for row in range(1, len(speakers))],
        legend=legend("bottom"),
    )
    return figure


def _cells(
    speakers: Sequence[str], outlets: dict[str, list[AttributedQuote]], target: str | None
) -> list[_Cell]:
    """Every cell that has a quote, row by row."""
    rows = {label: row for row, label in enumerate(speakers)}
    found: dict[tuple[int, int], list[AttributedQuote]] = {}
    for column, mine in enumerate(outlets.values()):
        for quote in mine:
            if (row := rows.get(speaker_label(quote))) is not None:
                found.setdefault((row, column), []).append(quote)
    return [_cell(row, column, found[row, column], target) for row, column in sorted(found)]


def _cell(row: int, column: int, quotes: Sequence[AttributedQuote], target: str | None) -> _Cell:
    stances = [stance for quote in quotes if (stance := stance_of(quote, target))]
    tally = {label: sum(stance.label == label for stance in stances) for label in STANCES}
    sure = [stance.score for stance in stances if stance.label != "unsure"]
    mean = sum(sure) / len(sure) if len(sure) >= FEW else None
    return _Cell(row, column, tuple(quotes), tally, mean)


def _boxes(
    cells: Sequence[_Cell], outlets: Sequence[str], colours: Palette, *, hatched: bool = False
) -> go.Bar:
    """The cells as boxes with their numbers: bars, since only those and dots can be clicked."""
    means = [cell.mean for cell in cells]
    fills = [colours.tints["unsure"] if mean is None else diverging(mean, colours) for mean in means]
    return go.Bar(
        x=[0.94] * len(cells),
        base=[cell.column + 0.03 for cell in cells],
        y=[cell.row for cell in cells],
        width=0.9,
        name=f"Fewer than {FEW} quotes that the model is sure of: no mean" if hatched else "",
        showlegend=hatched and bool(cells),
        text=[_written(cell, short=len(outlets) > _LEVEL) for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        constraintext="none",
        textangle=0,
        textfont={"color": colours.text, "size": 13},
        customdata=[[cell.quotes[0].id] for cell in cells],
        hovertext=[_told(cell, outlets[cell.column]) for cell in cells],
        hoverinfo="text",
        marker={
            "color": fills,
            "line": {"color": colours.grid, "width": 1},
            "pattern": hatch(hatched, colours.grid, solidity=0.25),
        },
        **BAR,
    )


def _written(cell: _Cell, *, short: bool) -> str:
    """What stands in a cell: the number of quotes, their mean where they are enough, and the unsure.

    In narrow columns a hollow dot stands for “unsure”, as in the other pictures.
    """
    lines = [f"<b>{len(cell.quotes):,}</b>"]
    if cell.mean is not None:
        lines.append(f"<span style='font-size:11px'>{signed(cell.mean)}</span>")
    if cell.tally["unsure"]:
        lines.append(
            f"<span style='font-size:11px'>{cell.tally['unsure']:,} {'○' if short else 'unsure'}</span>"
        )
    return "<br>".join(lines)


def _told(cell: _Cell, outlet: str) -> str:
    """What a cell tells when pointed at."""
    parts = [f"{number:,} {STANCES[label].lower()}" for label, number in cell.tally.items() if number]
    lines = [
        f"<b>{plain(shorten(speaker_label(cell.quotes[0]), 56))}</b> in {plain(shorten(outlet, 56))}",
        f"{count(len(cell.quotes), 'quote')}{': ' if parts else ''}{', '.join(parts)}",
    ]
    if cell.mean is not None:
        lines.append(f"Mean of those not unsure: {signed(cell.mean)}")
    elif parts:
        lines.append(f"Fewer than {FEW} not unsure: too few for a mean")
    return "<br>".join(lines)


def _lean(labels: Sequence[str]) -> int:
    """How far the names over the last columns lean out to the right, in pixels."""
    if len(labels) <= _LEVEL:
        return 8
    lean = (_LETTER * min(len(name), 20) - _COLUMN * (at + 0.5) for at, name in enumerate(reversed(labels)))
    return max(8, round(max(lean)))


def _headed(label: str, outlets: int) -> str:
    """An outlet's name over its column: on three lines at most, or aslant on one."""
    if outlets > _LEVEL:
        return plain(shorten(label, 20))
    lines = textwrap.wrap(shorten(label, 40), 14, max_lines=3, placeholder="…")
    return "<br>".join(map(plain, lines))


def _unsure_key(colours: Palette) -> go.Scatter:
    """The hollow dot of narrow cells, explained."""
    line = {"color": colours.marks["unsure"], "width": 2}
    marker = {"symbol": "circle", "size": 10, "color": colours.surface, "line": line}
    return go.Scatter(x=[None], y=[None], mode="markers", name="unsure", marker=marker, hoverinfo="skip")


def _colour_key(colours: Palette) -> go.Scatter:
    """A dot that nobody sees, with the scale of the cells' colours."""
    steps = [step / 10 for step in range(11)]
    bar = {
        "orientation": "h",
        "thickness": 10,
        "lenmode": "pixels",
        "len": 280,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "tickvals": [-1, 0, 1],
        "ticktext": ["−1 critical", "mean stance", "+1 supportive"],
        "outlinewidth": 0,
        "tickfont": {"size": 12},
    }
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        showlegend=False,
        hoverinfo="skip",
        marker={
            "color": [0],
            "cmin": -1,
            "cmax": 1,
            "colorscale": [[step, diverging(2 * step - 1, colours)] for step in steps],
            "showscale": True,
            "colorbar": bar,
        },
    )
