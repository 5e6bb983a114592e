"""The rows of a figure: a speaker each, or a target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from attribution.charts.look import plain
from attribution.pages.words import FEW, UNNAMED, count, shorten, speaker_label, stance_of

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.article import Article

MOST_ROWS = 40
MOST_OUTLETS = 8


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


def shown_speakers(
    quotes: Sequence[AttributedQuote], target: str | None, most: int = MOST_ROWS
) -> dict[str, list[AttributedQuote]]:
    """`by_speaker` for the `most` speakers with the most quotes; the page says how many are left out.

    The quotes of which nobody is named the speaker are never left out.
    """
    groups = by_speaker(quotes, target)
    kept = set(sorted(groups, key=lambda label: (label != UNNAMED, -len(groups[label])))[:most])
    return {label: mine for label, mine in groups.items() if label in kept}


def by_outlet(quotes: Sequence[AttributedQuote]) -> dict[str, list[AttributedQuote]]:
    """The quotes of each outlet, in reading order; an article whose outlet is not known stands for itself."""
    groups: dict[str, list[AttributedQuote]] = defaultdict(list)
    for quote in quotes:
        groups[quote.article.outlet or quote.article.id].append(quote)
    names = Counter(mine[0].article.name for mine in groups.values())
    return {_outlet_label(mine[0].article, names): mine for mine in groups.values()}


def _outlet_label(article: Article, names: Counter[str]) -> str:
    return article.name if names[article.name] == 1 else f"{article.name} ({article.id[:4]})"


def shown_outlets(quotes: Sequence[AttributedQuote]) -> dict[str, list[AttributedQuote]]:
    """`by_outlet`; of more than `MOST_OUTLETS`, those with the fewest quotes together in a last group."""
    groups = by_outlet(quotes)
    if len(groups) <= MOST_OUTLETS:
        return groups
    kept = set(sorted(groups, key=lambda label: -len(groups[label]))[: MOST_OUTLETS - 1])
    shown = {label: mine for label, mine in groups.items() if label in kept}
    rest = [quote for label, mine in groups.items() if label not in kept for quote in mine]
    return shown | {count(len(groups) - len(kept), "other outlet"): rest}


def outlet_articles(quotes: Sequence[AttributedQuote], quote_id: str) -> list[str]:
    """The ids of the articles in the column of `shown_outlets` that the quote stands in."""
    column = next(
        (mine for mine in shown_outlets(quotes).values() if any(quote.id == quote_id for quote in mine)),
        [],
    )
    return list(dict.fromkeys(quote.article.id for quote in column))


def name_rows(figure: go.Figure, sizes: dict[str, int], rows: Iterable[float]) -> None:
    """The name and number of quotes beside each row; few quotes are marked as few."""
    names = []
    for label, size in sizes.items():
        few = " (few)" if size < FEW else ""
        number = f"<span style='font-size:11px'>{count(size, 'quote')}{few}</span>"
        names.append(f"{plain(shorten(label, 24))}<br>{number}")
    figure.update_yaxes(tickvals=list(rows), ticktext=names, ticklabelstandoff=6)
    figure.update_yaxes(showgrid=False, automargin=True)
