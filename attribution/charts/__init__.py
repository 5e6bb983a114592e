"""Tables become plotly figures: one template, one palette, for light and dark and for the colour-blind."""

from attribution.charts.bars import speaker_bars, target_bars
from attribution.charts.dots import SHAPES, dot_size, hover_text, spread, strip_chart
from attribution.charts.look import DARK, LIGHT, Palette, palette, plain
from attribution.charts.rows import MOST_ROWS, by_speaker, shown_speakers

__all__ = [
    "DARK",
    "LIGHT",
    "MOST_ROWS",
    "SHAPES",
    "Palette",
    "by_speaker",
    "dot_size",
    "hover_text",
    "palette",
    "plain",
    "shown_speakers",
    "speaker_bars",
    "spread",
    "strip_chart",
    "target_bars",
]
