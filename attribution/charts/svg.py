"""A figure as a picture of its own, drawn without a browser: what plotly would show, as a list of marks.

Every picture of the pages is a plotly figure. Here the same figure is read and drawn again: its rows, their
order, numbers, colours and patterns are those on the screen, because they are not made a second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attribution.charts.svg_axes import Axis, beside, lean, read_axis
from attribution.charts.svg_keys import Keys, colour_scale, read_keys, scale_height
from attribution.charts.svg_labels import grid_lines, labels_along, labels_beside, stacked
from attribution.charts.svg_marks import Box, Drawing, Line, Mark, Outline
from attribution.charts.svg_text import figure_lines
from attribution.charts.svg_traces import all_marks, farthest_dot

if TYPE_CHECKING:
    import plotly.graph_objects as go

_LEAST = 60.0  # pixels of the plot, however little room its labels leave


@dataclass(frozen=True)
class _Plot:
    """Where the dots and bars lie within the picture, and how high it is, in pixels."""

    left: float
    top: float
    width: float
    height: float
    total: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class FigureParts:
    """A figure read once, to be measured and drawn in several sizes."""

    layout: Mapping[str, Any]
    traces: Sequence[Mapping[str, Any]]
    axes: Mapping[str, Axis]

    def height(self, width: float) -> float:
        """How high the picture is where it is `width` pixels wide."""
        return self._plot(width, None, read_keys(self.traces, self.layout, width))[0].total

    def drawn(
        self, width: float, *, height: float | None = None, names: Sequence[str] = (), label: str = ""
    ) -> Drawing:
        """The figure as a drawing, see `draw_figure`."""
        keys = read_keys(self.traces, self.layout, width)
        plot, axes = self._plot(width, height, keys)
        below, above = _shapes(self.layout, axes, plot)
        marks = [
            Box(0, 0, width, plot.total, Outline(self.layout["paper_bgcolor"])),
            *below,
            *_around(axes, plot, width, names),
            *all_marks(self.traces, axes, self.layout),
            *above,
            *colour_scale(self.traces, plot.left, plot.bottom, self.layout),
            *keys.placed(plot.total),
        ]
        return Drawing(width, plot.total, tuple(marks), label)

    def _plot(self, width: float, height: float | None, keys: Keys) -> tuple[_Plot, dict[str, Axis]]:
        """Where the plot lies, and its axes in their places."""
        scale, more = scale_height(self.traces), 0.0
        for _ in range(3):  # dots that moved aside in a crowd may lie beyond the plot: it makes room for them
            plot = _laid_out(self.layout, self.axes, keys, scale, width - more, height)
            placed = {
                name: axis.placed(plot.left, plot.width)
                if axis.across
                else axis.placed(plot.top, plot.height)
                for name, axis in self.axes.items()
            }
            if (beyond := farthest_dot(self.traces, placed) + 2 - width) <= 0:
                break
            more += beyond
        return plot, placed


def read_figure(figure: go.Figure) -> FigureParts:
    """The figure's layout, what it shows, and its axes."""
    told = figure.to_dict()
    layout = _merged(told["layout"]["template"]["layout"], told["layout"])
    axes = {
        name.replace("axis", ""): read_axis(name.replace("axis", ""), axis, layout["font"])
        for name, axis in layout.items()
        if name[1:5] == "axis"
    }
    return FigureParts(layout, [trace for trace in told["data"] if trace.get("visible", True) is True], axes)


def draw_figure(
    figure: go.Figure,
    width: float,
    *,
    height: float | None = None,
    names: Sequence[str] = (),
    label: str = "",
) -> Drawing:
    """The figure as a drawing, `width` pixels wide and as high as the figure is, or `height` pixels.

    `names` are the whole names of its rows and columns, in their order, for who points at a shortened one;
    `label` says what the picture shows. Raises `ValueError` for what no picture of the pages has, as a pie.
    """
    return read_figure(figure).drawn(width, height=height, names=names, label=label)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two layouts in one, `over` ruling; a second axis starts as the template's first."""
    merged = {key: value for key, value in under.items() if key != "template"}
    for key, value in over.items():
        base = under.get(key, under.get(key[:5], {}) if key[1:5] == "axis" else {})
        merged[key] = _merged(base, value) if isinstance(value, Mapping) else value
    return merged


def _laid_out(
    layout: Mapping[str, Any],
    axes: Mapping[str, Axis],
    keys: Keys,
    scale: float,
    width: float,
    height: float | None,
) -> _Plot:
    """The room that is left for the plot beside its labels and keys."""
    margin, along = layout["margin"], [axis for axis in axes.values() if axis.across]
    above = max((axis.room for axis in along if axis.on_top), default=0.0)
    below = max((axis.room for axis in along if not axis.on_top), default=0.0)
    left, right = max(margin["l"], beside(list(axes.values()))), float(margin["r"])
    for _ in range(2):  # the narrower the plot, the further its labels reach out
        reach = [lean(axis, width - left - right) for axis in along]
        left = max(left, *(before + 2 for before, _ in reach))
        right = max(right, *(after + 2 for _, after in reach))
    top = max(margin["t"], keys.above + above + 6)
    bottom = max(margin["b"], below + keys.below + scale + 6)
    plain = layout["height"] - margin["t"] - margin["b"]
    tall = plain if height is None else max(height - top - bottom, _LEAST)
    return _Plot(left, top, max(width - left - right, _LEAST), tall, top + tall + bottom)


def _around(axes: Mapping[str, Axis], plot: _Plot, width: float, names: Sequence[str]) -> list[Mark]:
    """The lines and labels of every axis, the lines first."""
    marks: list[Mark] = []
    for axis in axes.values():
        marks += grid_lines(axis, (plot.top, plot.bottom) if axis.across else (plot.left, plot.right))
    for axis in axes.values():
        if axis.across:
            marks += labels_along(axis, plot.top if axis.on_top else plot.bottom, width, names)
        else:
            marks += labels_beside(axis, plot.left, names)
    return marks


def _shapes(
    layout: Mapping[str, Any], axes: Mapping[str, Axis], plot: _Plot
) -> tuple[Sequence[Mark], Sequence[Mark]]:
    """The figure's own lines and grounds, those below everything and those above; its notes are above."""
    below: list[Mark] = []
    above: list[Mark] = []
    for shape in layout.get("shapes", ()):
        x0, x1 = (_across(shape[end], shape.get("xref", "x"), axes, plot) for end in ("x0", "x1"))
        y0, y1 = (_down(shape[end], shape.get("yref", "y"), axes, plot) for end in ("y0", "y1"))
        line = shape.get("line", {})
        colour, thick = line.get("color"), line.get("width", 2)
        if shape["type"] == "line":
            mark: Mark = Line(x0, y0, x1, y1, colour, thick)
        elif shape["type"] == "rect":
            (left, right), (top, bottom) = sorted((x0, x1)), sorted((y0, y1))
            style = Outline(shape.get("fillcolor"), colour if thick else None, thick)
            mark = Box(left, top, right - left, bottom - top, style)
        else:
            raise ValueError(f"a {shape['type']} has no drawing without a browser")
        (below if shape.get("layer") == "below" else above).append(mark)
    for note in layout.get("annotations", ()):
        x = _across(note["x"], note.get("xref", "x"), axes, plot) + note.get("xshift", 0)
        y = _down(note["y"], note.get("yref", "y"), axes, plot) - note.get("yshift", 0)
        font = layout["font"] | note.get("font", {})
        lines, anchor = figure_lines(note["text"]), note.get("xanchor", "center")
        start = {"left": "start", "right": "end"}.get(anchor, "middle")
        above += stacked(lines, x, y - len(lines) * font["size"] * 0.62, font["size"], font["color"], start)
    return below, above


def _across(value: Any, along: str, axes: Mapping[str, Axis], plot: _Plot) -> float:
    """The pixel from the left of a place on an axis, or of a part of the plot."""
    name, _, domain = along.partition(" ")
    if name == "paper":
        return plot.left + plot.width * value
    axis = axes[name]
    return axis.start + (axis.end - axis.start) * value if domain else axis.at(value)


def _down(value: Any, along: str, axes: Mapping[str, Axis], plot: _Plot) -> float:
    """The pixel from the top of a place on an axis, or of a part of the plot, which counts from its foot."""
    name, _, domain = along.partition(" ")
    if name == "paper" or domain:
        return plot.bottom - plot.height * value
    return axes[name].at(value)
