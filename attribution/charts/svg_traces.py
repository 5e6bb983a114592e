"""The dots, bars and words of a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attribution.charts.svg_axes import LINE_HEIGHT, Axis, line_width
from attribution.charts.svg_labels import stacked
from attribution.charts.svg_marks import Box, Disc, Group, Mark, Outline, Strokes, Words, hatched, symbol
from attribution.charts.svg_text import figure_lines

_TEXT_PAD = 3.0  # pixels between a bar's end and its number

Trace = Mapping[str, Any]


def all_marks(traces: Sequence[Trace], axes: Mapping[str, Axis], layout: Mapping[str, Any]) -> list[Mark]:
    """The marks of every trace, in the figure's order. Raises `ValueError` for another kind than these."""
    marks: list[Mark] = []
    lengths = iter(_bar_ends(traces, layout.get("barmode", "group")))
    for trace in traces:
        x, y = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
        if trace["type"] == "bar" and trace.get("orientation") == "h":
            marks += _bars(trace, next(lengths), x, y, layout)
        elif trace["type"] in ("scatter", "scattergl") and trace.get("mode") in ("markers", "text"):
            marks += _dots(trace, x, y) if trace["mode"] == "markers" else _texts(trace, x, y)
        else:
            raise ValueError(f"a {trace['type']} ({trace.get('mode')}) has no drawing without a browser")
    return marks


def farthest_dot(traces: Sequence[Trace], axes: Mapping[str, Axis]) -> float:
    """The pixel up to which the dots reach to the right."""
    farthest = 0.0
    for trace in (trace for trace in traces if trace.get("mode") == "markers"):
        x, sizes = axes[trace.get("xaxis", "x")], each(trace["marker"].get("size", 6), len(trace["x"]))
        places = zip(trace["x"], sizes, strict=True)
        farthest = max([farthest, *(x.at(at) + size / 2 for at, size in places if at is not None)])
    return farthest


def each(value: Any, number: int) -> list[Any]:
    """One value for each of `number` marks: the list given, or the same one for all."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return [value] * number


def outline(marker: Mapping[str, Any], fill: str) -> Outline:
    """How a mark is filled and outlined."""
    line = marker.get("line") or {}
    width = line.get("width", 0)
    return Outline(fill, line.get("color") if width else None, width)


def _dots(trace: Trace, x: Axis, y: Axis) -> Iterable[Mark]:
    marker, number = trace["marker"], len(trace["x"])
    told = each(trace.get("hovertext"), number)
    for at, up, size, shape, fill, hover in zip(
        trace["x"],
        trace["y"],
        each(marker["size"], number) if "size" in marker else [6] * number,
        each(marker.get("symbol", "circle"), number),
        each(marker.get("color"), number),
        told,
        strict=True,
    ):
        if at is None or up is None:
            continue  # a dot that nobody sees holds an entry of the legend
        style = outline(marker, fill)
        marks: tuple[Mark, ...] = (symbol(shape.removesuffix("-dot"), x.at(at), y.at(up), size / 2, style),)
        if shape.endswith("-dot"):
            point = max(1.0, min(1.8, size / 6))
            marks += (Disc(x.at(at), y.at(up), point, Outline(style.line or fill)),)
        yield Group(marks, title=_plain(hover) if hover else "")


def _plain(hover: str) -> str:
    return "\n".join(line.text for line in figure_lines(hover))


def _texts(trace: Trace, x: Axis, y: Axis) -> Iterable[Mark]:
    font = trace["textfont"]
    for at, up, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
        if text.strip():
            base = y.at(up) + font["size"] * 0.35
            (line,) = figure_lines(text)
            yield Words(x.at(at) + _TEXT_PAD + 1, base, line.text.strip(), font["size"], font["color"])


def _bar_ends(traces: Sequence[Trace], mode: str) -> Iterable[list[tuple[float, float] | None]]:
    """From where to where each bar of each bar trace runs: on top of the others, or from its own base."""
    stacks: dict[tuple[str, Any, bool], float] = defaultdict(float)
    for trace in (trace for trace in traces if trace["type"] == "bar"):
        bases, ends = each(trace.get("base"), len(trace["x"])), []
        for length, row, base in zip(trace["x"], trace["y"], bases, strict=True):
            if length is None:
                ends.append(None)
                continue
            place = (trace.get("xaxis", "x"), row, length < 0)
            start = base if base is not None else stacks[place] if mode in ("stack", "relative") else 0.0
            stacks[place] = start + length
            ends.append((start, start + length))
        yield ends


def _bars(
    trace: Trace,
    ends: Sequence[tuple[float, float] | None],
    x: Axis,
    y: Axis,
    layout: Mapping[str, Any],
) -> Iterable[Mark]:
    marker, number = trace["marker"], len(ends)
    thick = trace.get("width") or 1 - layout.get("bargap", 0.2)
    hovers = each(trace.get("hovertext") if trace.get("hoverinfo") == "text" else None, number)
    texts, fills = each(trace.get("text", ""), number), each(marker["color"], number)
    for run, row, fill, text, hover in zip(ends, trace["y"], fills, texts, hovers, strict=True):
        if run is None:
            continue
        left, right = sorted(map(x.at, run))
        top, bottom = sorted((y.at(row - thick / 2), y.at(row + thick / 2)))
        box = Box(left, top, right - left, bottom - top, outline(marker, fill))
        marks = (box, *_hatches(marker.get("pattern") or {}, box), *_bar_words(trace, text, box, run))
        yield Group(marks, title=_plain(hover)) if hover else Group(marks)


def _hatches(pattern: Mapping[str, Any], box: Box) -> list[Strokes]:
    if not pattern.get("shape"):
        return []
    size = pattern["size"]
    return [hatched(box, pattern["fgcolor"], size, size * pattern["solidity"] * 0.7)]


def _bar_words(trace: Trace, text: str, box: Box, run: tuple[float, float]) -> list[Words]:
    """A bar's number: in its middle, at its start or beyond its end."""
    if not text:
        return []
    lines, font = figure_lines(text), trace["textfont"]
    size, wide = font["size"], max(line_width(line, font["size"]) for line in lines)
    forward = run[1] >= run[0]
    if trace["textposition"] == "outside":
        middle = box.x + box.width + _TEXT_PAD + wide / 2 if forward else box.x - _TEXT_PAD - wide / 2
    elif trace.get("insidetextanchor") == "start":
        middle = box.x + _TEXT_PAD + wide / 2 if forward else box.x + box.width - _TEXT_PAD - wide / 2
    else:
        middle = box.x + box.width / 2
    top = box.y + box.height / 2 - len(lines) * size * LINE_HEIGHT / 2
    return stacked(lines, middle, top, size, font["color"], "middle")
