"""Speakers by stance: one dot a quote."""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from attribution.charts.look import ORDER, Palette, empty_figure, legend, palette, plain, rule
from attribution.charts.rows import MOST_ROWS, name_rows, shown_speakers
from attribution.pages.words import (
    STANCES,
    certainty_of,
    count,
    is_unasked,
    shorten,
    signed,
    speaker_label,
    stance_label,
    stance_of,
    stance_word,
)

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

SHAPES = {
    "direct": "circle",
    "partial": "diamond",
    "scare": "square",
    "headline": "triangle-up",
    "nested": "triangle-down",
    "block": "hexagon",
    "transcript": "pentagon",
}

_NARROW = 230.0  # pixels from score −1 to +1 on the narrowest page: wider only moves dots further apart
_GAP = 2.0  # pixels between two dots
MOST_LANES = 15  # of a row of dots: in a greater crowd the dots lie over each other
_MOST_SEARCHED = 3_000
_CROWDED = 1_500  # dots of a picture beyond which each tells less when pointed at, and has a thinner line
_GOLDEN = 0.618034  # its multiples fall evenly between two whole numbers, none on another


def dot_size(words: int, quotes: int) -> float:
    """The diameter of a dot in pixels: it grows with the root of the words, and shrinks in a crowd.

    >>> dot_size(25, 10), dot_size(400, 10)
    (19.0, 30.0)
    """
    crowd = 1.0 if quotes <= 80 else max(0.4 if quotes <= 2_000 else 0.25, math.sqrt(80 / quotes))
    return round(min(9 + 2 * math.sqrt(words), 30) * crowd, 1)


def spread(dots: Sequence[tuple[float, float]]) -> list[float]:
    """How far each dot of one row stands below (+) or above (−) its middle, in pixels, to hide no other.

    `dots` are pairs of place along the row and diameter, both in pixels. Each goes to the nearest of the
    row's lanes that is free there: the same dots always come to the same places. Beyond `MOST_LANES` they
    begin again in the middle, half a lane off.

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
        turn, lane = divmod(lane, MOST_LANES)
        offsets[i] = (lane + 1) // 2 * pitch * (1 if lane % 2 else -1) + turn % 2 * pitch / 2 + 0.0
    return offsets


def swarm(dots: Sequence[tuple[float, float, float]], most: float) -> list[float]:
    """How far each dot moves to the right (+) or left (−), in pixels, to hide no other.

    `dots` are place across, place down and diameter, in pixels. In order, each goes to the nearest place
    that is free at its height; where none is within `most` pixels it lies over others, though never on
    the middle of all of them. Of more than 3,000 dots, for whom the search would take long, all are
    spread like those.

    >>> swarm([(0, 0, 10), (0, 0, 10), (0, 50, 10)], 40)
    [0.0, 12.0, 0.0]
    """
    if len(dots) > _MOST_SEARCHED:
        return [most * (2 * (number * _GOLDEN % 1) - 1) for number in range(len(dots))]
    band = max((size for _, _, size in dots), default=1.0) + _GAP
    placed: dict[int, list[tuple[float, float, float]]] = defaultdict(list)  # by height, a band each
    moves, crowded = [], 0
    for x, y, size in dots:
        number = int(y // band)
        taken = []
        for at, down, other in (dot for near in (-1, 0, 1) for dot in placed[number + near]):
            apart = ((size + other) / 2 + _GAP) ** 2 - (y - down) ** 2
            if apart > 0 and abs(at - x) < most + band:
                taken.append((at - math.sqrt(apart), at + math.sqrt(apart)))
        free = (at for at in (x, *chain(*taken)) if all(at <= a or at >= b for a, b in taken))
        at = min(free, key=lambda at: (abs(at - x), -at), default=x)
        if abs(at - x) > most:
            crowded += 1
            at = x + most * (2 * (crowded * _GOLDEN % 1) - 1)
        placed[number].append((at, y, size))
        moves.append(at - x + 0.0)
    return moves


def hover_text(quote: AttributedQuote, target: str | None, *, brief: bool = False) -> str:
    """What a dot tells when pointed at: speaker, quote and stance, wrapped and escaped.

    With `brief` of the quote its first words: thousands of dots would be megabytes for the browser.
    """
    said = f"“{shorten(quote.quote.text, 56)}”" if brief else f"“{' '.join(quote.quote.text.split())}”"
    lines = [said] if brief else textwrap.wrap(said, 58, max_lines=7, placeholder=" …")
    stance = stance_of(quote, target)
    tail = f"{quote.quote.kind}, {count(quote.quote.words, 'word')}"
    if stance:
        score = "" if is_unasked(quote, stance) else f" {signed(stance.score)}"
        tail = f"{stance_word(quote, stance)}{score} · {tail}"
    said_by = f"<b>{plain(shorten(speaker_label(quote), 56))}</b> ({certainty_of(quote)})"
    return "<br>".join([said_by, *map(plain, lines), plain(tail), plain(shorten(quote.article.name, 56))])


def strip_chart(
    quotes: Sequence[AttributedQuote],
    target: str,
    *,
    dark: bool = False,
    most: int = MOST_ROWS,
    width: float = _NARROW,
    webgl: bool = False,
) -> go.Figure:
    """Speakers by stance: one dot a quote, its size the words, its shape the kind, its colour the stance.

    Quotes without a stance toward `target` are left out, and so are speakers beyond the `most`.
    No dot hides another where the picture has `width` pixels from score −1 to +1, but for a row of more than
    `MOST_LANES` lanes: there they lie over each other. `webgl` draws them by WebGL, for thousands of dots.
    `customdata` of a dot is its quote's id. Two calls with the same quotes give the same figure.
    """
    colours = palette(dark)
    rated = [quote for quote in quotes if stance_of(quote, target)]
    groups = shown_speakers(rated, target, most)
    figure = empty_figure(colours)
    places, middles, height = row_places(groups, target, width, len(rated))
    shown = [quote for quote in rated if quote.id in places]
    add_dots(figure, shown, target, places, colours, len(rated), webgl=webgl)
    add_keys(figure, rated, target, colours)
    rows = [rule(colours.grid, y=top) for _, top in middles[1:]]
    figure.update_layout(shapes=[*rows, rule(colours.faint, x=0)])
    figure.update_xaxes(
        range=[-1.14, 1.14],
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=["−1", "−0.5", "0", "+0.5", "+1"],
        title={"text": "← critical      stance      supportive →", "standoff": 8},
    )
    name_rows(figure, {label: len(mine) for label, mine in groups.items()}, [middle for middle, _ in middles])
    figure.update_yaxes(range=[height, 0])
    figure.update_layout(height=round(height) + 122, margin={"t": 34, "b": 88, "l": 8, "r": 8})
    return figure


def row_places(
    groups: Mapping[str, Sequence[AttributedQuote]], target: str, width: float, crowd: int
) -> tuple[dict[str, tuple[float, float]], list[tuple[float, float]], float]:
    """Every quote's score and pixels from the top by its id; every row's middle and top, and their height.

    The picture is at least `width` pixels wide from score −1 to +1; its dots are as large as in a `crowd`.
    """
    places: dict[str, tuple[float, float]] = {}
    middles: list[tuple[float, float]] = []
    top = 0.0
    for mine in groups.values():
        scores = [stance.score for quote in mine if (stance := stance_of(quote, target))]
        sizes = [dot_size(quote.quote.words, crowd) for quote in mine]
        offsets = spread([((score + 1) / 2 * width, size) for score, size in zip(scores, sizes, strict=True)])
        reach_up = max(size / 2 - offset for size, offset in zip(sizes, offsets, strict=True))
        reach_down = max(size / 2 + offset for size, offset in zip(sizes, offsets, strict=True))
        reach_up, reach_down = max(reach_up + 6, 24), max(reach_down + 6, 24)
        middle = top + reach_up
        for quote, score, offset in zip(mine, scores, offsets, strict=True):
            places[quote.id] = score, middle + offset
        middles.append((middle, top))
        top += reach_up + reach_down
    return places, middles, max(top, 48.0)


def add_dots(
    figure: go.Figure,
    quotes: Sequence[AttributedQuote],
    target: str,
    places: Mapping[str, tuple[object, float]],
    colours: Palette,
    crowd: int,
    *,
    webgl: bool = False,
    **axes: str,
) -> None:
    """A trace of dots for each stance, hollow for `unsure`; `places` are x and y by the quote's id.

    `crowd` is the number of dots of the whole picture; `webgl` draws them by WebGL.
    """
    for label in ORDER:
        mine = [quote for quote in quotes if stance_label(quote, target) == label]
        made = _dots(mine, label, target, places, colours, crowd) | axes
        figure.add_trace(_by_webgl(made) if webgl else made | {"type": "scatter", "cliponaxis": False})


def _by_webgl(dots: dict[str, Any]) -> dict[str, Any]:
    """The same dots by WebGL; as arrays, which plotly does not look through one by one."""
    for name in ("y", "customdata", "hovertext"):
        dots[name] = np.array(dots[name])
    dots["marker"]["size"] = np.array(dots["marker"]["size"])
    return dots | {"type": "scattergl", "x": np.array(dots["x"])}


def _dots(
    quotes: Sequence[AttributedQuote],
    label: str,
    target: str,
    places: Mapping[str, tuple[object, float]],
    colours: Palette,
    crowd: int,
) -> dict[str, Any]:
    """The dots of one stance."""
    colour = colours.marks[label]
    hollow = label == "unsure"
    wide, narrow = (2, 1) if crowd <= _CROWDED else (1.2, 0.5)
    return {
        "x": [places[quote.id][0] for quote in quotes],
        "y": [places[quote.id][1] for quote in quotes],
        "mode": "markers",
        "name": STANCES[label],
        "customdata": [[quote.id] for quote in quotes],
        "hovertext": [hover_text(quote, target, brief=crowd > _CROWDED) for quote in quotes],
        "hoverinfo": "text",
        "showlegend": False,
        "marker": {
            "size": [dot_size(quote.quote.words, crowd) for quote in quotes],
            "symbol": [SHAPES[quote.quote.kind] for quote in quotes],
            "color": colours.surface if hollow else colour,
            "opacity": 1,
            "line": {"color": colour if hollow else colours.surface, "width": wide if hollow else narrow},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0.5}},
    }


def add_keys(figure: go.Figure, quotes: Sequence[AttributedQuote], target: str, colours: Palette) -> None:
    """Colour above the rows, shape below them: only what the figure shows."""
    labels = {stance_label(quote, target) for quote in quotes}
    kinds = {quote.quote.kind for quote in quotes}
    for label in (label for label in ORDER if label in labels):
        hollow = label == "unsure"
        fill = colours.surface if hollow else colours.marks[label]
        line = {"color": colours.marks[label], "width": 2 if hollow else 0}
        figure.add_trace(_key(STANCES[label], "circle", fill, line, "legend"))
    for kind in (kind for kind in SHAPES if kind in kinds):
        line = {"color": colours.faint, "width": 0}
        figure.add_trace(_key(kind, SHAPES[kind], colours.faint, line, "legend2"))
    small = {"size": 11}
    shapes = {"font": small, "title": {"text": "Size: words. Shape: ", "font": small}}
    figure.update_layout(legend=legend(), legend2=legend("bottom") | shapes)


def _key(name: str, symbol: str, fill: str, line: dict, legend: str) -> go.Scatter:
    """One entry of a legend."""
    marker = {"size": 11, "symbol": symbol, "color": fill, "line": line}
    return go.Scatter(
        x=[None], y=[None], mode="markers", name=name, marker=marker, legend=legend, hoverinfo="skip"
    )
