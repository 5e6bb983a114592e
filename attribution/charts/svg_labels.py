"""What stands around a plot: the lines of its axes, their labels and titles."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.charts.svg_axes import LINE_HEIGHT, Axis, line_width
from attribution.charts.svg_marks import Group, Line, Mark, Words
from attribution.charts.svg_text import TextLine

_PAD = 6.0  # pixels between the plot and its labels


def grid_lines(axis: Axis, across: tuple[float, float]) -> list[Line]:
    """A line at each tick, and one at zero; `across` are the pixels from which to which they run."""
    lines = [(at, axis.grid) for at, _ in axis.ticks if axis.grid]
    if axis.zero and min(axis.low, axis.high) <= 0 <= max(axis.low, axis.high):
        lines.append((0.0, axis.zero))
    return [
        Line(axis.at(at), across[0], axis.at(at), across[1], colour)
        if axis.across
        else Line(across[0], axis.at(at), across[1], axis.at(at), colour)
        for at, colour in lines
    ]


def labels_beside(axis: Axis, left: float, names: Sequence[str]) -> list[Mark]:
    """The names at the left of the rows, each with its number below it, and the axis's title."""
    marks: list[Mark] = []
    left_over = list(names)
    for at, lines in axis.ticks:
        y = axis.at(at) - len(lines) * axis.size * LINE_HEIGHT / 2
        words = stacked(lines, left - 2 * _PAD, y, axis.size, axis.colour, "end")
        marks.append(_named(words, lines[0].text if lines else "", left_over))
    middle = (axis.start + axis.end) / 2
    for number, line in enumerate(axis.title):
        x = left - axis.room + (number + 1) * axis.size
        marks.append(Words(x, middle, line.text, axis.size, axis.faint, anchor="middle", turn=-90))
    return marks


def labels_along(axis: Axis, edge: float, width: float, names: Sequence[str]) -> list[Mark]:
    """The labels below the plot's `edge`, or above it, and the axis's title; nothing leaves the `width`."""
    marks: list[Mark] = []
    left_over = list(names)
    for at, lines in axis.ticks:
        x, high = axis.at(at), len(lines) * axis.size * LINE_HEIGHT
        if axis.angle:
            anchor, y = ("start", edge - _PAD) if axis.on_top else ("end", edge + _PAD + axis.size * 0.7)
            words = [_turned(lines[0], x, y, axis, anchor)] if lines else []
        else:
            y = edge - _PAD - high if axis.on_top else edge + _PAD
            words = stacked(lines, x, y, axis.size, axis.colour, "middle", within=width)
        marks.append(_named(words, "".join(line.text for line in lines), left_over))
    if axis.title:
        y = edge + axis.room - len(axis.title) * axis.size * LINE_HEIGHT
        middle = (axis.start + axis.end) / 2
        marks += stacked(axis.title, middle, y, axis.size, axis.faint, "middle", within=width)
    return marks


def stacked(
    lines: Sequence[TextLine],
    x: float,
    top: float,
    size: float,
    colour: str,
    anchor: str,
    *,
    within: float | None = None,
) -> list[Words]:
    """Lines of text below each other from `top`; moved sideways where they would leave the picture."""
    words = []
    for number, line in enumerate(lines):
        at, wide = x, line_width(line, size)
        if within is not None and anchor == "middle":
            at = max(wide / 2 + 2, min(x, within - wide / 2 - 2))
        base = top + (number + 0.8) * size * LINE_HEIGHT
        words.append(Words(at, base, line.text, line.size or size, colour, line.bold, anchor))
    return words


def _turned(line: TextLine, x: float, y: float, axis: Axis, anchor: str) -> Words:
    return Words(x, y, line.text, line.size or axis.size, axis.colour, line.bold, anchor, turn=axis.angle)


def _named(words: Sequence[Words], shown: str, names: list[str]) -> Mark:
    """A label; a shortened one with its whole name, taken from the `names` left, for who points at it."""
    start = _solid(shown.removesuffix("…"))
    name = next((name for name in names if _solid(name).startswith(start)), "") if "…" in shown else ""
    if name:
        names.remove(name)
    return words[0] if len(words) == 1 and not name else Group(tuple(words), title=name)


def _solid(text: str) -> str:
    """`text` without its spaces: a label is broken between words."""
    return "".join(text.split())
