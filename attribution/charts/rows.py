"""The rows of a figure: a speaker each, or a target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import plain
from attribution.pages.words import FEW, count, shorten, speaker_label, stance_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote

MOST_ROWS = 40


def by_speaker(quotes: Sequence[AttributedQuote], target: str | None) -> dict[str, list[AttributedQuote]]:
    """The quotes of each speaker, from the most supportive speaker to the most critical, the unnamed last.

    Without stances the speaker with the most quotes comes first.
    """
    groups: dict[str, list[AttributedQuote]] = defaultdict(list)
    for quote in quotes:
        groups[speaker_label(quote)].append(quote)

    def rank(label: str) -> tuple[bool, float, int, str]:
        mine = groups[label]
        scores = [stance.score for quote in mine if (stance := stance_of(quote, target))]
        named = any(quote.speaker.person for quote in mine)
        return not named, -sum(scores) / len(scores) if scores else 0.0, -len(mine), label

    return {label: groups[label] for label in sorted(groups, key=rank)}


def shown_speakers(quotes: Sequence[AttributedQuote], target: str | None) -> dict[str, list[AttributedQuote]]:
    """`by_speaker` for the `MOST_ROWS` speakers with the most quotes; the page says how many are left out."""
    groups = by_speaker(quotes, target)
    kept = set(sorted(groups, key=lambda label: -len(groups[label]))[:MOST_ROWS])
    return {label: mine for label, mine in groups.items() if label in kept}


def name_rows(figure: go.Figure, sizes: dict[str, int], rows: Iterable[float]) -> None:
    """The name and number of quotes beside each row; few quotes are marked as few."""
    names = []
    for label, size in sizes.items():
        few = " (few)" if size < FEW else ""
        number = f"<span style='font-size:11px'>{count(size, 'quote')}{few}</span>"
        names.append(f"{plain(shorten(label, 24))}<br>{number}")
    figure.update_yaxes(tickvals=list(rows), ticktext=names, ticklabelstandoff=6)
    figure.update_yaxes(showgrid=False, automargin=True)
