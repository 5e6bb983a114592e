"""Quotes on a sheet: each with its speaker, stance and source, in letters as large as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attribution.charts import LIGHT
from attribution.charts.svg_marks import Box, Group, Line, Mark, Outline
from attribution.charts.svg_text import fit_lines, text_width, wrap_text
from attribution.export.pictures import FAINT, INK, LINE, write
from attribution.export.view import told_stance
from attribution.pages.words import count, speaker_label, stance_label, stance_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

_FEWEST = 2  # lines of a quote, where there is no room for more
_NARROW = 17.0  # letters of a line: columns are never narrower, in ems


@dataclass(frozen=True)
class Block:
    """One quote laid out: its marks from its own upper left corner, and its height."""

    marks: tuple[Mark, ...]
    height: float


def quotes_height(quotes: Sequence[AttributedQuote], target: str | None, size: float, width: float) -> float:
    """How high the quotes are in letters of `size` pixels, none cut, in the columns that `width` has."""
    columns, wide = _columns(size, width, len(quotes))
    heights = [quote_block(quote, target, size, wide).height for quote in quotes]
    low, high = max(heights, default=0.0), sum(heights) + size * len(heights)
    while high - low > 4:
        middle = (low + high) / 2
        low, high = (low, middle) if _flow(heights, columns, middle, size) else (middle, high)
    return high


def quote_marks(
    quotes: Sequence[AttributedQuote],
    target: str | None,
    sizes: Sequence[float],
    x: float,
    y: float,
    width: float,
    height: float,
) -> list[Mark]:
    """The quotes within the area: whole in the largest letters that have room, else cut, else fewer.

    Whatever is left out is counted: “… 12 more words” in a quote, “… 3 more quotes” after the last.
    """
    for size in sizes:
        columns, wide = _columns(size, width, len(quotes))
        blocks = [quote_block(quote, target, size, wide) for quote in quotes]
        if places := _flow([block.height for block in blocks], columns, height, size):
            return _placed(blocks, places, x, y, wide, size)
    most = 12
    while most >= _FEWEST:
        blocks = [quote_block(quote, target, size, wide, most) for quote in quotes]
        if places := _flow([block.height for block in blocks], columns, height, size):
            return _placed(blocks, places, x, y, wide, size)
        most -= 1
    line = size * LINE
    for kept in range(len(blocks) - 1, 0, -1):
        if places := _flow([block.height for block in blocks[:kept]], columns, height - line, size):
            marks = _placed(blocks[:kept], places, x, y, wide, size)
            left = f"… {count(len(blocks) - kept, 'more quote')}"
            write(marks, [left], x, y + height - line, size, INK, bold=True)
            return marks
    marks = []
    write(marks, [f"… {count(len(blocks), 'quote')}: no room here"], x, y, size, INK, bold=True)
    return marks


def _columns(size: float, width: float, quotes: int) -> tuple[int, float]:
    """How many columns of legible width there are, and how wide each is."""
    gap = 1.6 * size
    columns = max(1, min(3, quotes, int((width + gap) // (_NARROW * 1.35 * size + gap))))
    return columns, (width - gap * (columns - 1)) / columns


def _flow(
    heights: Sequence[float], columns: int, height: float, size: float
) -> list[tuple[int, float]] | None:
    """Each block's column and place from the top; `None` where they do not all fit."""
    places, column, y = [], 0, 0.0
    for high in heights:
        if y and y + high > height:
            column, y = column + 1, 0.0
        if column >= columns or high > height:
            return None
        places.append((column, y))
        y += high + size
    return places


def _placed(
    blocks: Sequence[Block],
    places: Sequence[tuple[int, float]],
    x: float,
    y: float,
    width: float,
    size: float,
) -> list[Mark]:
    step = width + 1.6 * size
    return [
        Group(block.marks, x + column * step, y + down)
        for block, (column, down) in zip(blocks, places, strict=True)
    ]


def quote_block(
    quote: AttributedQuote, target: str | None, size: float, width: float, most: int | None = None
) -> Block:
    """One quote with who said it, its stance and its source; at most `most` lines of its words."""
    inset, small = size * 0.75, size * 0.68
    room = width - inset
    marks: list[Mark] = []
    text = f"“{' '.join(quote.quote.text.split())}”"
    lines = fit_lines(text, room, size, most) if most else wrap_text(text, room, size)
    y = write(marks, lines, inset, 0, size, INK) + size * 0.2
    speaker = speaker_label(quote)
    y = write(
        marks, fit_lines(speaker, room, size * 0.85, 2, bold=True), inset, y, size * 0.85, INK, bold=True
    )
    if quote.speaker.role:
        y = write(marks, fit_lines(quote.speaker.role, room, small, 2), inset, y, small, FAINT)
    source = " · ".join(filter(None, (quote.article.name, quote.article.published or "date unknown")))
    y = write(marks, fit_lines(source, room, small, 2), inset, y, small, FAINT)
    stance = stance_of(quote, target)
    if stance:
        y = _chip(marks, stance.label, told_stance(quote, stance), inset, y + small * 0.3, small)
    return Block((_bar(stance_label(quote, target), y), *marks), y)


def _chip(marks: list[Mark], label: str, told: str, x: float, y: float, size: float) -> float:
    """The stance in words on its colour, dashed where the model is unsure."""
    wide, high = text_width(told, size, bold=True) + size, size * 1.6
    dash = (3.0, 2.0) if label == "unsure" else ()
    style = Outline(LIGHT.tints[label], LIGHT.marks[label], 1.2, dash)
    marks.append(Box(x, y, wide, high, style, high / 2))
    write(marks, [told], x + size / 2, y + size * 0.16, size, INK, bold=True)
    return y + high + 2


def _bar(label: str | None, height: float) -> Mark:
    """The line at a quote's left in the colour of its stance, broken where the model is unsure."""
    colour = LIGHT.marks[label] if label else LIGHT.faint
    return Line(2, 2, 2, height - 2, colour, 4, (8, 5) if label == "unsure" else ())
