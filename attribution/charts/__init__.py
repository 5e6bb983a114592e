"""Tables become plotly figures: one template, one palette, for light and dark and for the colour-blind."""

from attribution.charts.bars import speaker_bars, target_bars
from attribution.charts.cells import outlet_cells
from attribution.charts.dots import SHAPES, dot_size, hover_text, spread, strip_chart, swarm
from attribution.charts.look import DARK, LIGHT, Palette, diverging, palette, plain
from attribution.charts.newcomers import FirstQuoted, OutletVoices, first_quoted, outlet_voices
from attribution.charts.outlet_bars import outlet_voice_bars, shown_outlet_voices
from attribution.charts.rows import (
    MOST_OUTLETS,
    MOST_ROWS,
    by_outlet,
    by_speaker,
    outlet_articles,
    shown_outlets,
    shown_speakers,
)
from attribution.charts.timeline import published_on, time_line
from attribution.charts.voices import by_words, voice_bars

__all__ = [
    "DARK",
    "LIGHT",
    "MOST_OUTLETS",
    "MOST_ROWS",
    "SHAPES",
    "FirstQuoted",
    "OutletVoices",
    "Palette",
    "by_outlet",
    "by_speaker",
    "by_words",
    "diverging",
    "dot_size",
    "first_quoted",
    "hover_text",
    "outlet_articles",
    "outlet_cells",
    "outlet_voice_bars",
    "outlet_voices",
    "palette",
    "plain",
    "published_on",
    "shown_outlet_voices",
    "shown_outlets",
    "shown_speakers",
    "speaker_bars",
    "spread",
    "strip_chart",
    "swarm",
    "target_bars",
    "time_line",
    "voice_bars",
]
