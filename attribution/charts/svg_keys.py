"""The keys of a figure: what its colours and shapes mean, and the scale of its colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from attribution.charts.svg_marks import Box, Group, Mark, Outline, Words, hatched, symbol
from attribution.charts.svg_text import text_width
from attribution.charts.svg_traces import Trace, outline

_SIZE = 12.0  # of the letters, in pixels
_ROW, _ENTRY_GAP, _SYMBOL = 20.0, 16.0, 18.0
_SCALE_STEPS = 48


@dataclass(frozen=True)
class Keys:
    """The rows of entries over the plot and under it; `above` and `below` are their heights in pixels."""

    over: tuple[Mark, ...]
    under: tuple[Mark, ...]
    above: float
    below: float

    def placed(self, height: float) -> list[Mark]:
        """Where they stand in a picture `height` pixels high."""
        return [Group(self.over), Group(self.under, y=height - self.below)]


def read_keys(traces: Sequence[Trace], layout: Mapping[str, Any], width: float) -> Keys:
    """The figure's legends, on as many rows as they need."""
    sides: dict[bool, tuple[list[Mark], float]] = {True: ([], 0.0), False: ([], 0.0)}
    for name in sorted(key for key in layout if key.startswith("legend")):
        entries = [trace for trace in traces if _is_shown(trace) and trace.get("legend", "legend") == name]
        if not entries:
            continue
        on_top = layout[name].get("y", 1) > 0.5
        marks, height = sides[on_top]
        rows, more = _rows(entries, layout[name], layout, width, height)
        sides[on_top] = (marks + rows, height + more)
    (over, above), (under, below) = sides[True], sides[False]
    return Keys(tuple(over), tuple(under), above, below)


def _is_shown(trace: Trace) -> bool:
    return trace.get("showlegend", True) and bool(trace.get("name"))


def _rows(
    traces: Sequence[Trace], legend: Mapping[str, Any], layout: Mapping[str, Any], width: float, top: float
) -> tuple[list[Mark], float]:
    """The entries beside each other from pixel 2 on, and the height of their rows."""
    colour = layout["font"]["color"]
    marks: list[Mark] = []
    x, y = 2.0, top + _ROW / 2
    title = ((legend.get("title") or {}).get("text") or "").strip()
    if title:
        marks.append(Words(x, y + 4, title, _SIZE, colour))
        x += text_width(title, _SIZE) + 10
    # As in a legend of plotly, whose entries keep their order where they have the same rank.
    for trace in sorted(traces, key=lambda trace: trace.get("legendrank", 1000)):
        wide = _SYMBOL + text_width(trace["name"], _SIZE)
        if x + wide > width and x > 2:
            x, y = 2.0, y + _ROW
        marks += [*_symbol(trace, x + 7, y), Words(x + _SYMBOL, y + 4, trace["name"], _SIZE, colour)]
        x += wide + _ENTRY_GAP
    return marks, y + _ROW / 2 - top


def _symbol(trace: Trace, x: float, y: float) -> list[Mark]:
    marker = trace["marker"]
    fill = marker["color"] if isinstance(marker["color"], str) else marker["color"][0]
    if trace["type"] != "bar":
        return [symbol(marker.get("symbol", "circle"), x, y, marker["size"] / 2, outline(marker, fill))]
    box = Box(x - 6, y - 6, 12, 12, outline(marker, fill))
    pattern = marker.get("pattern") or {}
    if not pattern.get("shape"):
        return [box]
    return [box, hatched(box, pattern["fgcolor"], 5, 1.2)]


def scale_height(traces: Sequence[Trace]) -> float:
    """The room that the scale of colours takes, in pixels."""
    return 40.0 if any(trace.get("marker", {}).get("showscale") for trace in traces) else 0.0


def colour_scale(traces: Sequence[Trace], left: float, top: float, layout: Mapping[str, Any]) -> list[Mark]:
    """The scale of the cells' colours, from one end to the other, with its numbers."""
    marks: list[Mark] = []
    for marker in (trace["marker"] for trace in traces if trace.get("marker", {}).get("showscale")):
        bar, low, high = marker["colorbar"], marker["cmin"], marker["cmax"]
        step = bar["len"] / _SCALE_STEPS
        for number in range(_SCALE_STEPS):
            fill = _between(marker["colorscale"], (number + 0.5) / _SCALE_STEPS)
            # A little wider than its step, or a line would show between two.
            marks.append(Box(left + number * step, top + 8, step + 0.5, bar["thickness"], Outline(fill)))
        for value, text in zip(bar["tickvals"], bar["ticktext"], strict=True):
            x = left + (value - low) / (high - low) * bar["len"]
            anchor = "start" if value == low else "end" if value == high else "middle"
            size = bar["tickfont"]["size"]
            base = top + 8 + bar["thickness"] + size * 1.2
            marks.append(Words(x, base, text, size, layout["font"]["color"], anchor=anchor))
    return marks


def _between(scale: Sequence[Sequence[Any]], part: float) -> str:
    """The colour at `part` (0…1) of a scale of places and colours."""
    (low, first), (high, last) = next(
        pair for pair in zip(scale, scale[1:], strict=False) if pair[1][0] >= part - 1e-9
    )
    share = (part - low) / (high - low)
    channels = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (first, last))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*channels, strict=True))
