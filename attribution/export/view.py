"""What a page shows, to be taken away: the quotes that pass its filters, and what they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import attribution
from attribution.article import Span, passage_bounds
from attribution.pages.words import (
    NOT_READ,
    STANCES,
    certainty,
    count,
    is_unasked,
    joined,
    language_of,
    signed,
    speaker_label,
    stance_label,
    stance_of,
    stance_word,
    target_label,
    told_unread,
)

if TYPE_CHECKING:
    from attribution.analysis import AttributedQuote
    from attribution.article import Article
    from attribution.stance import Stance

_AROUND = 600  # characters of a passage on either side of its quote


@dataclass(frozen=True)
class View:
    """A view to report on: its `quotes`, the `articles` that they were sought in, and its `target`.

    `total` is the number of quotes before any filter, `filters` say in words what they let pass, and
    `address` reopens the view. `picture` is the one on the screen; `targets` are all operations asked about,
    and `every` the quotes before any filter, which two of the pictures need.
    """

    quotes: tuple[AttributedQuote, ...]
    articles: tuple[Article, ...]
    target: str | None = None
    total: int | None = None
    filters: tuple[str, ...] = ()
    address: str | None = None
    picture: str = "dots"
    targets: tuple[str, ...] = ()
    every: tuple[AttributedQuote, ...] = ()

    @property
    def title(self) -> str:
        """What the view shows, in a line."""
        return f"Who said what about {target_label(self.target)}" if self.target else "Who said what"

    def facts(self) -> list[tuple[str, str]]:
        """Name and value of everything that a reader has to know of the view, its key figures first."""
        total = len(self.quotes)
        of = f" of {self.total:,} (filtered)" if self.total not in (None, total) else ""
        days = sorted({quote.article.published for quote in self.quotes if quote.article.published})
        undated = len({quote.article.id for quote in self.quotes if not quote.article.published})
        unknown = f"{count(undated, 'article')} without a date" if undated else ""
        dates = " to ".join(dict.fromkeys([days[0], days[-1]])) if days else ""
        models = sorted({s.model for quote in self.quotes if (s := stance_of(quote, self.target))})
        unread, counted = told_unread(self.quotes), f"{'unsure and ' if self.target else ''}unattributed"
        facts = [
            ("Target", self.target or "none asked for"),
            ("Quotes", f"{total:,}{of}"),
            ("Named speakers", f"{len({speaker_label(q) for q in self.quotes if q.speaker.person}):,}"),
            *self._stances(),
            ("Unattributed", _share(sum(quote.speaker.person is None for quote in self.quotes), total)),
            *([("Not read", f"{unread}, counted as {counted}")] if unread else ()),
            ("Filters", "; ".join(self.filters) or "none"),
            ("Sources", f"{count(len(self.articles), 'article')}: {_sources(self.articles)}"),
            ("Dates", ", ".join(fact for fact in (dates, unknown) if fact) or "none"),
            ("Stance model", f"{', '.join(models)}: check before use" if models else "none"),
            ("Version", f"attribution {attribution.__version__}"),
        ]
        return [*facts, ("Address", self.address)] if self.address else facts

    def small_print(self) -> str:
        """What a picture has to carry with it, in one paragraph without the address.

        >>> View((), ()).small_print()[:44]
        'Target: none asked for. Quotes: 0. Unattribu'
        """
        facts = dict(self.facts())
        facts["Sources"] = (
            f"{count(len(self.articles), 'article')}: {joined(_outlets(self.articles), most=8)}"
        )
        # Of the stances only the doubtful: the picture has the others.
        carried = (
            "Target",
            "Quotes",
            "Unsure",
            "Unattributed",
            "Not read",
            "Filters",
            "Sources",
            "Dates",
            "Stance model",
        )
        told = [f"{name}: {facts[name]}." for name in carried if facts.get(name) and facts[name] != "none"]
        return " ".join([*told, f"{facts['Version']}."])

    def _stances(self) -> list[tuple[str, str]]:
        """How many quotes are critical, neutral, supportive and unsure."""
        if not self.target:
            return []
        labels = Counter(stance_label(quote, self.target) for quote in self.quotes)
        return [(name, _share(labels[label], len(self.quotes))) for label, name in STANCES.items()]


def _share(part: int, total: int) -> str:
    return f"{part:,} of {total:,}" + (f" ({part / total:.0%})" if total else "")


def _sources(articles: Sequence[Article]) -> str:
    return ", ".join(_outlets(articles))


def _outlets(articles: Sequence[Article]) -> list[str]:
    """Where the articles come from, each source once with the number of its articles."""
    names = Counter(article.name for article in articles)
    return [name if times == 1 else f"{name} ({times})" for name, times in names.items()]


def stances_of(quote: AttributedQuote, target: str | None) -> list[Stance]:
    """The quote's stances, the one toward `target` first."""
    return sorted(quote.stances, key=lambda stance: stance.target != target)


def told_stance(quote: AttributedQuote, stance: Stance) -> str:
    """The stance of the quote in words, the unsure one with its leaning."""
    if is_unasked(quote, stance):
        return stance_word(quote, stance)
    leaning = f", leaning {STANCES[stance.best].lower()}" if stance.label == "unsure" else ""
    return f"{STANCES[stance.label]}{leaning} {signed(stance.score)}"


def doubts(quote: AttributedQuote, target: str | None) -> list[str]:
    """How sure the speaker and the stance are, and why not surer."""
    if quote.unread:
        told = [f"Speaker not read: the article is in {language_of(quote)}"]
    else:
        told = [f"Speaker {certainty(quote.confidence)} ({quote.confidence:.2f})"]
    if quote.alternatives:
        name, chance = quote.alternatives[0]
        told.append(f"Runner-up: {name} ({chance:.2f})")
    for stance in stances_of(quote, target)[:1]:
        reasons = f": {', '.join(stance.doubts)}" if stance.doubts else ""
        asked = NOT_READ if is_unasked(quote, stance) else f"{stance.confidence:.2f}"
        told.append(f"Stance {asked}{reasons}")
    return told


def passage(quote: AttributedQuote) -> list[tuple[str, bool]]:
    """The paragraphs around the quote as texts in a row, each with whether it is the quote's own."""
    start, end = passage_bounds(quote.article, quote.quote.start, quote.quote.end)
    first, last = max(start, quote.quote.start - _AROUND), min(end, quote.quote.end + _AROUND)
    text, at = quote.article.text, first
    parts: list[tuple[str, bool]] = [("… ", False)] if first > start else []
    piece: Span
    for piece in quote.quote.pieces:
        parts += [(text[at : piece.start], False), (piece.text, True)]
        at = piece.end
    parts += [(text[at:last], False), (" …" if last < end else "", False)]
    return [(part, own) for part, own in parts if part]


def place(quote: AttributedQuote) -> list[str]:
    """Where the quote stands: the source, its title where it has an outlet too, its file, the characters.

    Of the file only the name: a report goes to others, whom the writer's folders do not concern.
    """
    article = quote.article
    title = article.title if article.title and article.title != article.name else ""
    file = re.split(r"[\\/]", article.file)[-1]
    return [
        part
        for part in (
            article.name,
            title,
            file if file != article.name else "",
            f"characters {quote.quote.start}–{quote.quote.end}",
        )
        if part
    ]
