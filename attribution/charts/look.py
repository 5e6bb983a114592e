"""How every figure looks: one palette for light and dark and for the colour-blind, one template."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. `marks` fill dots and bars (3:1 on the page), `tints` lie under text.

    `deepest` is how much of a mark's colour text can still be read on.
    """

    text: str
    faint: str
    grid: str
    surface: str
    marks: dict[str, str]
    tints: dict[str, str]
    deepest: float

    @property
    def css(self) -> str:
        """The colours as CSS variables: `--text`, `--line`, `--mark-oppose`, `--tint-found` and the like."""
        values = {"text": self.text, "faint": self.faint, "line": self.grid, "surface": self.surface}
        values |= {f"mark-{label}": colour for label, colour in self.marks.items()}
        values |= {f"tint-{label}": colour for label, colour in self.tints.items()}
        return "".join(f"--{name}:{colour};" for name, colour in values.items())


# Orange and blue stay apart for every common kind of colour blindness; grey lies between.
LIGHT = Palette(
    text="#22252b",
    faint="#5b6069",
    grid="#e3e1dc",
    surface="#ffffff",
    marks={"oppose": "#c2500a", "neutral": "#71747b", "support": "#2166ac", "unsure": "#71747b"},
    tints={
        "oppose": "#fce3d0",
        "neutral": "#e9e9ea",
        "support": "#d9e7f6",
        "unsure": "#f6f6f6",
        "found": "#fbeea0",
    },
    deepest=0.65,
)
DARK = Palette(
    text="#ebe9e5",
    faint="#aeb1b8",
    grid="#343840",
    surface="#15171b",
    marks={"oppose": "#f2913d", "neutral": "#8e929a", "support": "#6fb1f0", "unsure": "#8e929a"},
    tints={
        "oppose": "#54300f",
        "neutral": "#383b41",
        "support": "#16385c",
        "unsure": "#24272c",
        "found": "#524812",
    },
    deepest=0.4,
)

HATCHED = ("oppose",)
"""The stances whose bars are hatched where no place tells them apart: for print without colour."""

_WHOLE = {"marker": {"opacity": 1}}
BAR = {"orientation": "h", "selected": _WHOLE, "unselected": _WHOLE}
"""What all bars share: they lie, and look the same whichever of them is clicked."""

_FONT = '"Source Sans", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif'
ORDER = ("oppose", "neutral", "support", "unsure")


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light theme."""
    return DARK if dark else LIGHT


def diverging(score: float, colours: Palette) -> str:
    """The colour of a mean `score`, from critical (−1) over grey to supportive (+1); text can lie on it.

    >>> diverging(0, LIGHT), diverging(-1, LIGHT), diverging(1, LIGHT)
    ('#e9e9ea', '#d08658', '#6794c2')
    """
    part = min(abs(score), 1.0) * colours.deepest
    ends = colours.tints["neutral"], colours.marks["oppose" if score < 0 else "support"]
    channels = ([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in ends)
    mixed = (round(a + (b - a) * part) for a, b in zip(*channels, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def hatch(shown: bool, colour: str, size: int = 7, solidity: float = 0.2) -> dict[str, Any]:
    """The pattern of a bar, for a plotly marker: lines of `colour`, `size` pixels apart, where `shown`."""
    return {"shape": "/" if shown else "", "fgcolor": colour, "size": size, "solidity": solidity}


def legend(edge: str = "top") -> dict[str, Any]:
    """The keys at the top or bottom `edge` of the picture, in a row; nothing happens on a click."""
    place = {"x": 0, "xref": "container", "y": int(edge == "top"), "yanchor": edge, "yref": "container"}
    return {"orientation": "h", "itemclick": False, "itemdoubleclick": False} | place


def rule(colour: str, *, x: Any = None, y: float | None = None) -> dict[str, Any]:
    """A thin line through the whole picture, below everything, at `x` or at `y`: a shape of its layout.

    Many at once are a list of shapes: `add_hline` and `add_vline` take 10 ms for each.
    """
    across = {"xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y}
    down = {"yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x}
    line = {"type": "line", "layer": "below", "line": {"color": colour, "width": 1}}
    return line | (across if x is None else down)


def plain(text: str) -> str:
    """`text` for a figure, where plotly would read some HTML: every tag shows as it is written.

    >>> plain("<b>Hill</b> & Co.")
    '&lt;b&gt;Hill&lt;/b&gt; &amp; Co.'
    """
    return html.escape(" ".join(text.split()), quote=False)


def empty_figure(colours: Palette) -> go.Figure:
    """An empty figure in the one template."""
    font = {"family": _FONT, "size": 13, "color": colours.text}
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "gridcolor": colours.grid,
        "tickfont": font,
        "title": {"font": font | {"color": colours.faint}},
    }
    hover = {"bgcolor": colours.surface, "bordercolor": colours.faint, "align": "left", "font": font}
    layout = {
        "font": font,
        "paper_bgcolor": colours.surface,
        "plot_bgcolor": colours.surface,
        "xaxis": axis,
        "yaxis": axis,
        "hoverlabel": hover | {"namelength": -1},
        "legend": {"font": font | {"size": 12}},
        "dragmode": False,
        "clickmode": "event+select",
    }
    return go.Figure(layout={"template": go.layout.Template(layout=layout)})
