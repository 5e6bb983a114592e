"""The strip chart as a picture of its own: SVG without a script, for files that open anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from attribution.charts.dots import SHAPES, dot_size, row_places
from attribution.charts.look import ORDER
from attribution.charts.rows import shown_speakers
from attribution.pages.words import (
    FEW,
    STANCES,
    count,
    shorten,
    signed,
    speaker_label,
    stance_label,
    stance_of,
)

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_NAMES, _WIDE, _RIGHT = 210.0, 640.0, 24.0  # pixels for names, from score −1 to +1, and beside it
_TOP, _BOTTOM = 30.0, 74.0  # pixels for the legend above, and for the axis and the shapes below

# Corners on the circle, and the turn of the first one in degrees from the right.
_CORNERS = {
    "diamond": (4, 0),
    "square": (4, 45),
    "triangle-up": (3, -90),
    "triangle-down": (3, 90),
    "hexagon": (6, 0),
    "pentagon": (5, -90),
}


def strip_svg(quotes: Sequence[AttributedQuote], target: str) -> str:
    """`strip_chart` as an SVG element to stand in an HTML page, drawn the same.

    Its colours are the page's: the classes `oppose`, `neutral`, `support` and `unsure` are the dots,
    `row` and `middle` the lines, `faint` the lesser words.
    """
    rated = [quote for quote in quotes if stance_of(quote, target)]
    groups = shown_speakers(rated, target)
    places, rows, height = row_places(groups, target, _WIDE)
    shown = [quote for quote in rated if quote.id in places]
    width, tall = _NAMES + _WIDE + _RIGHT, height + _TOP + _BOTTOM
    said = f"{count(len(shown), 'quote')} of {count(len(groups), 'speaker')} by stance, critical on the left"
    body = [
        *_axis(height),
        *(_row(label, len(mine), row) for (label, mine), row in zip(groups.items(), rows, strict=True)),
        *(_dot(quote, target, places, len(shown)) for quote in shown),
        *_keys(shown, target, tall),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {tall:g}" role="img" '
        f'aria-label="{escape(said)}">{"".join(body)}</svg>'
    )


def _x(score: float) -> float:
    return _NAMES + (score + 1) / 2 * _WIDE


def _axis(height: float) -> list[str]:
    """The scale of scores below the rows."""
    bottom = _TOP + height
    parts = []
    for score, label in ((-1, "−1"), (-0.5, "−0.5"), (0, "0"), (0.5, "+0.5"), (1, "+1")):
        style = "middle" if score == 0 else "row"
        parts.append(
            f'<line class="{style}" x1="{_x(score):g}" x2="{_x(score):g}" y1="{_TOP:g}" y2="{bottom:g}"/>'
        )
        parts.append(_text(_x(score), bottom + 16, label, "faint", "middle"))
    title = "← critical      stance      supportive →"
    return [*parts, _text(_x(0), bottom + 36, title, "faint", "middle")]


def _row(label: str, size: int, row: tuple[float, float]) -> str:
    """A speaker's name and number of quotes, and the line above."""
    middle, top = row
    y = _TOP + middle
    few = " (few)" if size < FEW else ""
    return (
        f'<line class="row" x1="0" x2="{_NAMES + _WIDE + _RIGHT:g}" y1="{_TOP + top:g}" y2="{_TOP + top:g}"/>'
        + _text(_NAMES - 24, y - 2, shorten(label, 26), "", "end")
        + _text(_NAMES - 24, y + 14, f"{count(size, 'quote')}{few}", "faint", "end")
    )


def _dot(quote: AttributedQuote, target: str, places: Mapping[str, tuple[float, float]], crowd: int) -> str:
    score, y = places[quote.id]
    words = shorten(f"“{quote.quote.text}”", 300)
    told = (
        f"{speaker_label(quote)}: {words} {STANCES[stance_label(quote, target) or 'unsure']} {signed(score)}"
    )
    size = dot_size(quote.quote.words, crowd)
    shape = _shape(SHAPES[quote.quote.kind], _x(score), _TOP + y, size / 2)
    return f'<g class="{stance_label(quote, target)}"><title>{escape(told)}</title>{shape}</g>'


def _shape(shape: str, x: float, y: float, radius: float) -> str:
    """A dot's outline; those with corners are as large to the eye as the circle."""
    if shape not in _CORNERS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    corners, turn = _CORNERS[shape]
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    points = " ".join(f"{x + radius * math.cos(a):.1f},{y + radius * math.sin(a):.1f}" for a in angles)
    return f'<polygon points="{points}"/>'


def _keys(quotes: Sequence[AttributedQuote], target: str, tall: float) -> list[str]:
    """Colours above the rows, shapes below them: those that are shown."""
    labels = {stance_label(quote, target) for quote in quotes}
    kinds = {quote.quote.kind for quote in quotes}
    colours = [(label, "circle", STANCES[label]) for label in ORDER if label in labels]
    shapes = [("faint", SHAPES[kind], kind) for kind in SHAPES if kind in kinds]
    return [
        *_key_row(colours, 0.0, 14.0),
        _text(0, tall - 8, "Size: words. Shape:", "faint", "start"),
        *_key_row(shapes, 136.0, tall - 12),
    ]


def _key_row(entries: Sequence[tuple[str, str, str]], x: float, y: float) -> list[str]:
    parts = []
    for style, shape, name in entries:
        parts.append(f'<g class="{style}">{_shape(shape, x + 7, y, 5.5)}</g>' + _text(x + 18, y + 4, name))
        x += 34 + 7.5 * len(name)
    return parts


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x:g}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(text)}</text>'
